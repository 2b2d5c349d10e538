//! A reader of tar streams (POSIX ustar with pax and GNU long names), fed piece by piece.
//!
//! Only regular files come out; links and devices are passed over. Nothing is ever written to a
//! path that an archive names.

use crate::ArchivePart;
use bytes::{Buf as _, BytesMut};

const BLOCK: usize = 512;
/// The longest extended header that is read.
const MOST_HEADER_BYTES: u64 = 1024 * 1024;

/// Why a stream is no archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotAnArchive;

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Expecting {
    #[default]
    Header,
    /// Bytes of a file, then padding.
    Content { left: u64, padding: u64 },
    /// An extended header of this kind.
    Extended { kind: u8, size: u64 },
    /// Bytes of something that is passed over.
    Nothing { left: u64 },
    /// The two zero blocks were seen, or the first of them.
    End,
}

/// The state between pieces.
#[derive(Debug, Default)]
pub(super) struct Entries {
    buffer: BytesMut,
    expecting: Expecting,
    long_name: Option<String>,
}

impl Entries {
    /// Whether the stream may end here.
    pub(super) fn is_whole(&self) -> bool {
        self.expecting == Expecting::End
    }

    /// Takes a piece and gives what it completes.
    pub(super) fn feed(&mut self, piece: &[u8]) -> Result<Vec<ArchivePart>, NotAnArchive> {
        self.buffer.extend_from_slice(piece);
        let mut parts = Vec::new();
        while self.step(&mut parts)? {}
        Ok(parts)
    }

    /// One step; false where more bytes are needed.
    fn step(&mut self, parts: &mut Vec<ArchivePart>) -> Result<bool, NotAnArchive> {
        match self.expecting.clone() {
            Expecting::End => {
                self.buffer.clear();
                Ok(false)
            }
            Expecting::Header if self.buffer.len() < BLOCK => Ok(false),
            Expecting::Header => {
                let block = self.buffer.split_to(BLOCK);
                self.header(&block, parts)?;
                Ok(true)
            }
            Expecting::Content { left: 0, padding } => {
                self.expecting = passed_over(padding);
                Ok(true)
            }
            Expecting::Content { left, padding } => {
                let there = (self.buffer.len() as u64).min(left);
                if there == 0 {
                    return Ok(false);
                }
                let count = usize::try_from(there).map_err(|_| NotAnArchive)?;
                parts.push(ArchivePart::Bytes(self.buffer.split_to(count).freeze()));
                self.expecting = Expecting::Content { left: left - there, padding };
                Ok(true)
            }
            Expecting::Nothing { left: 0 } => {
                self.expecting = Expecting::Header;
                Ok(true)
            }
            Expecting::Nothing { left } => {
                let there = (self.buffer.len() as u64).min(left);
                self.buffer.advance(usize::try_from(there).map_err(|_| NotAnArchive)?);
                self.expecting = Expecting::Nothing { left: left - there };
                Ok(there > 0)
            }
            Expecting::Extended { kind, size } => self.extended(kind, size),
        }
    }

    fn header(&mut self, block: &[u8], parts: &mut Vec<ArchivePart>) -> Result<(), NotAnArchive> {
        if block.iter().all(|byte| *byte == 0) {
            self.expecting = Expecting::End;
            return Ok(());
        }
        if !checksum_holds(block) {
            return Err(NotAnArchive);
        }
        let size = number(&block[124..136]).ok_or(NotAnArchive)?;
        let padding = size.next_multiple_of(BLOCK as u64) - size;
        self.expecting = match block[156] {
            b'x' | b'g' | b'L' if size > MOST_HEADER_BYTES => return Err(NotAnArchive),
            kind @ (b'x' | b'L') => Expecting::Extended { kind, size },
            0 | b'0' | b'7' => {
                let name = self.long_name.take().unwrap_or_else(|| name(block));
                // The first segment is the folder that the archive is packed in.
                let path = name.split_once('/').map_or(name.as_str(), |(_, path)| path);
                parts.push(ArchivePart::File { path: path.to_owned(), size_bytes: size });
                Expecting::Content { left: size, padding }
            }
            _ => {
                self.long_name = None;
                Expecting::Nothing { left: size.checked_add(padding).ok_or(NotAnArchive)? }
            }
        };
        Ok(())
    }

    fn extended(&mut self, kind: u8, size: u64) -> Result<bool, NotAnArchive> {
        let size = usize::try_from(size).map_err(|_| NotAnArchive)?;
        if self.buffer.len() < size {
            return Ok(false);
        }
        let content = self.buffer.split_to(size);
        let found = if kind == b'L' {
            let end = content.iter().position(|byte| *byte == 0).unwrap_or(size);
            Some(String::from_utf8_lossy(&content[..end]).into_owned())
        } else {
            pax_path(&content)
        };
        self.long_name = found.or_else(|| self.long_name.take());
        self.expecting = passed_over((size.next_multiple_of(BLOCK) - size) as u64);
        Ok(true)
    }
}

fn passed_over(left: u64) -> Expecting {
    Expecting::Nothing { left }
}

/// Octal digits, or a big-endian number where the first bit is set (GNU).
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        return field.iter().enumerate().try_fold(0_u64, |number, (at, byte)| {
            let bits = if at == 0 { byte & 0x7f } else { *byte };
            // Larger than any file; keeps sums from overflowing.
            (number < 1 << 54).then_some(number << 8 | u64::from(bits))
        });
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// The sum of all bytes, the checksum's own counted as spaces.
fn checksum_holds(block: &[u8]) -> bool {
    let sum: u64 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u64::from(*byte) })
        .sum();
    number(&block[148..156]) == Some(sum)
}

fn name(block: &[u8]) -> String {
    let field = |range: std::ops::Range<usize>| {
        let field = &block[range];
        let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
        String::from_utf8_lossy(&field[..end]).into_owned()
    };
    let (name, prefix) = (field(0..100), field(345..500));
    if &block[257..262] == b"ustar" && !prefix.is_empty() {
        return format!("{prefix}/{name}");
    }
    name
}

/// `<length> path=<value>\n` among the records of a pax header.
fn pax_path(mut records: &[u8]) -> Option<String> {
    let mut path = None;
    while let Some(space) = records.iter().position(|byte| *byte == b' ') {
        let length: usize = std::str::from_utf8(&records[..space]).ok()?.parse().ok()?;
        let record = records.get(space + 1..length)?;
        if let Some(value) = record.strip_prefix(b"path=") {
            let value = value.strip_suffix(b"\n").unwrap_or(value);
            path = Some(String::from_utf8_lossy(value).into_owned());
        }
        records = records.get(length..)?;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::Entries;
    use crate::ArchivePart;
    use proptest::prelude::*;

    fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (path, content) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            builder.append_data(&mut header, format!("top/{path}"), content.as_slice()).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn read(archive: &[u8], piece: usize) -> (Vec<(String, Vec<u8>)>, bool) {
        let mut entries = Entries::default();
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for piece in archive.chunks(piece) {
            for part in entries.feed(piece).unwrap() {
                match part {
                    ArchivePart::File { path, .. } => files.push((path, Vec::new())),
                    ArchivePart::Bytes(bytes) => files.last_mut().unwrap().1.extend(bytes),
                }
            }
        }
        (files, entries.is_whole())
    }

    proptest! {
        #[test]
        fn files_come_out_as_they_went_in_whatever_the_pieces(
            files in proptest::collection::vec(("[a-z]{1,40}(/[a-z]{1,60}){0,3}", proptest::collection::vec(any::<u8>(), 0..2000)), 0..6),
            piece in 1_usize..3000,
        ) {
            let (found, whole) = read(&archive(&files), piece);
            prop_assert_eq!(found, files);
            prop_assert!(whole);
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let _ = Entries::default().feed(&bytes);
        }
    }

    #[test]
    fn a_stream_that_breaks_off_is_not_whole() {
        let archive = archive(&[("a".to_owned(), vec![1; 700])]);
        assert!(!read(&archive[..900], 100).1);
    }
}
