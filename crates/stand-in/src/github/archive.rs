//! The repository as a compressed tar, and where it is redirected to.

use super::{Answer, CodeRepository};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

const TAR_BLOCK_BYTES: usize = 512;

/// The address that `tarball` redirects to; really on another host.
pub(super) fn address(repository: &CodeRepository, origin: &str) -> String {
    let branch = &repository.default_branch;
    format!("{origin}/codeload/{}/legacy.tar.gz/refs/heads/{branch}", repository.name)
}

pub(super) fn tarball(repository: &CodeRepository) -> Answer {
    match packed(repository) {
        Ok(bytes) => Answer::Bytes("application/x-gzip", Bytes::from(bytes)),
        Err(_) => Answer::Problem(500, "Server Error"),
    }
}

fn packed(repository: &CodeRepository) -> io::Result<Vec<u8>> {
    let (owner, name) = repository.owner_and_name();
    let top = format!("{owner}-{name}-{}", &repository.head_sha()[..7]);
    let mut archive = GzEncoder::new(Vec::new(), Compression::fast());
    archive.write_all(&header(&format!("{top}/"), 0, b'5'))?;
    for (path, content) in &repository.files {
        let bytes = content.document().unwrap_or_default();
        archive.write_all(&header(&format!("{top}/{path}"), bytes.len(), b'0'))?;
        archive.write_all(&bytes)?;
        archive.write_all(&vec![0; bytes.len().next_multiple_of(TAR_BLOCK_BYTES) - bytes.len()])?;
    }
    archive.write_all(&[0; 2 * TAR_BLOCK_BYTES])?;
    archive.finish()
}

/// A POSIX ustar header; names over a hundred bytes are cut.
fn header(name: &str, size: usize, kind: u8) -> [u8; TAR_BLOCK_BYTES] {
    let mut header = [0; TAR_BLOCK_BYTES];
    let mut field = |start: usize, text: &str| {
        header[start..start + text.len()].copy_from_slice(text.as_bytes());
    };
    field(0, name.get(..100).unwrap_or(name));
    field(100, if kind == b'5' { "0000755" } else { "0000644" });
    field(108, "0000000");
    field(116, "0000000");
    field(124, &format!("{size:011o}"));
    field(136, "00000000000");
    field(148, "        ");
    field(257, "ustar");
    field(263, "00");
    header[156] = kind;
    let checksum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{checksum:06o}\0 ").as_bytes());
    header
}
