//! The records of a ZIP file, byte by byte, after PKWARE's APPNOTE 6.3.10 (its section numbers
//! stand at each).
//!
//! Every record's length depends on sizes and offsets alone, so that the layout can be computed
//! without writing it.

/// 4.4.5: not compressed.
const STORED: u16 = 0;
/// 4.4.4, bit 11: the name is UTF-8.
const UTF8: u16 = 1 << 11;
/// 4.4.6: midnight.
const TIME: u16 = 0;
/// 4.4.6: 1 January 1980, the first day that can be named.
const DATE: u16 = 1 << 5 | 1;
/// 4.4.2.2: a Unix wrote it, so that the upper half of the external attributes is a mode.
const UNIX: u16 = 3 << 8;
/// A regular file that its owner may write and everybody may read.
const REGULAR_FILE: u32 = 0o100_644 << 16;
/// 4.4.3.2: plain files; ZIP64.
const PLAIN_VERSION: u16 = 10;
const ZIP64_VERSION: u16 = 45;
/// 4.5.3: the extra field that holds what does not fit 32 bits.
const ZIP64_EXTRA: u16 = 1;
/// 4.4.1.4: says that the number is in the ZIP64 record.
const ELSEWHERE_32: u32 = u32::MAX;
const ELSEWHERE_16: u16 = u16::MAX;

/// What the records of a file say of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    pub(super) size_bytes: u64,
    pub(super) crc32: u32,
}

impl File<'_> {
    /// What stands before the file's bytes (4.3.7).
    pub(super) fn local_header(&self) -> Vec<u8> {
        let extra = if is_large(self.size_bytes) { [self.size_bytes; 2].to_vec() } else { vec![] };
        let mut record = Record::new(0x0403_4b50);
        record.u16(version(&extra));
        self.common(&mut record, &extra);
        record.bytes(self.path.as_bytes());
        record.zip64_extra(&extra);
        record.0
    }

    /// The file's line in the directory at the end (4.3.12); `offset` is its local header's.
    pub(super) fn directory_entry(&self, offset: u64) -> Vec<u8> {
        let mut extra = if is_large(self.size_bytes) { vec![self.size_bytes; 2] } else { vec![] };
        if is_large(offset) {
            extra.push(offset);
        }
        let mut record = Record::new(0x0201_4b50);
        record.u16(UNIX | version(&extra));
        record.u16(version(&extra));
        self.common(&mut record, &extra);
        record.u16(0); // comment
        record.u16(0); // disk
        record.u16(0); // internal attributes
        record.u32(REGULAR_FILE);
        record.u32(narrow_32(offset));
        record.bytes(self.path.as_bytes());
        record.zip64_extra(&extra);
        record.0
    }

    pub(super) fn local_header_bytes(&self) -> u64 {
        let extra = if is_large(self.size_bytes) { 4 + 16 } else { 0 };
        30 + self.path.len() as u64 + extra
    }

    pub(super) fn directory_entry_bytes(&self, offset: u64) -> u64 {
        let numbers = 2 * u64::from(is_large(self.size_bytes)) + u64::from(is_large(offset));
        let extra = if numbers > 0 { 4 + 8 * numbers } else { 0 };
        46 + self.path.len() as u64 + extra
    }

    /// The fields that both records share, from the flags to the length of the extra field.
    fn common(&self, record: &mut Record, extra: &[u64]) {
        record.u16(UTF8);
        record.u16(STORED);
        record.u16(TIME);
        record.u16(DATE);
        record.u32(self.crc32);
        record.u32(narrow_32(self.size_bytes));
        record.u32(narrow_32(self.size_bytes));
        record.u16(u16::try_from(self.path.len()).unwrap_or(ELSEWHERE_16));
        record.u16(if extra.is_empty() { 0 } else { 4 + extra_bytes(extra) });
    }
}

/// The directory at the end: where it is and how much is in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directory {
    pub(super) entries: u64,
    pub(super) offset: u64,
    pub(super) size_bytes: u64,
}

impl Directory {
    /// What ends the file (4.3.14 to 4.3.16).
    pub(super) fn end(&self) -> Vec<u8> {
        let mut end = if self.needs_zip64() { self.zip64_end() } else { Vec::new() };
        let entries = u16::try_from(self.entries).unwrap_or(ELSEWHERE_16);
        let mut record = Record::new(0x0605_4b50);
        record.u16(0); // this disk
        record.u16(0); // the directory's disk
        record.u16(entries);
        record.u16(entries);
        record.u32(narrow_32(self.size_bytes));
        record.u32(narrow_32(self.offset));
        record.u16(0); // comment
        end.extend(record.0);
        end
    }

    pub(super) fn end_bytes(&self) -> u64 {
        22 + if self.needs_zip64() { 56 + 20 } else { 0 }
    }

    fn needs_zip64(&self) -> bool {
        self.entries >= u64::from(ELSEWHERE_16)
            || is_large(self.offset)
            || is_large(self.size_bytes)
    }

    fn zip64_end(&self) -> Vec<u8> {
        let mut record = Record::new(0x0606_4b50);
        record.u64(44); // bytes of this record that follow
        record.u16(UNIX | ZIP64_VERSION);
        record.u16(ZIP64_VERSION);
        record.u32(0); // this disk
        record.u32(0); // the directory's disk
        record.u64(self.entries);
        record.u64(self.entries);
        record.u64(self.size_bytes);
        record.u64(self.offset);
        record.u32(0x0706_4b50); // 4.3.15: where that record is
        record.u32(0);
        record.u64(self.offset + self.size_bytes);
        record.u32(1); // disks
        record.0
    }
}

/// Whether the number needs ZIP64.
fn is_large(number: u64) -> bool {
    number >= u64::from(ELSEWHERE_32)
}

fn narrow_32(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(ELSEWHERE_32)
}

fn version(extra: &[u64]) -> u16 {
    if extra.is_empty() { PLAIN_VERSION } else { ZIP64_VERSION }
}

/// The bytes of at most three numbers.
fn extra_bytes(extra: &[u64]) -> u16 {
    extra.iter().map(|_| 8).sum()
}

/// Numbers in little-endian order, one after another.
struct Record(Vec<u8>);

impl Record {
    fn new(signature: u32) -> Self {
        Self(signature.to_le_bytes().to_vec())
    }

    fn u16(&mut self, number: u16) {
        self.bytes(&number.to_le_bytes());
    }

    fn u32(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    fn u64(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn zip64_extra(&mut self, numbers: &[u64]) {
        if numbers.is_empty() {
            return;
        }
        self.u16(ZIP64_EXTRA);
        self.u16(extra_bytes(numbers));
        for number in numbers {
            self.u64(*number);
        }
    }
}
