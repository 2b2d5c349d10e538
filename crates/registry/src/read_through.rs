//! A referenced file's bytes from its source, verified while they pass.

use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use sha1::Sha1;
use sha2::{Digest, Sha256 as Sha256Hasher};
use std::io;
use touchstone_domain::{FileEntry, Sha256};
use touchstone_sources::{FileStream, SourceError};

/// A stream that is hashed as it passes. The last piece is held back until all are verified, so
/// that nobody takes wrong bytes for whole ones.
struct Verifying {
    body: BoxStream<'static, Result<Bytes, SourceError>>,
    hash: Hash,
    left_bytes: u64,
    held_back: Option<Bytes>,
    done: bool,
}

/// The hash that upstream states of a file, and that of the bytes so far.
enum Hash {
    Sha256(Sha256Hasher, Sha256),
    /// Git's name for a blob of these bytes.
    Git(Sha1, String),
    /// Upstream states none.
    None,
}

pub(crate) fn verified(
    opened: FileStream,
    file: &FileEntry,
) -> BoxStream<'static, io::Result<Bytes>> {
    let verifying = Verifying {
        body: opened.body,
        hash: Hash::of(file),
        left_bytes: file.size_bytes,
        held_back: None,
        done: false,
    };
    stream::try_unfold(verifying, Verifying::next).boxed()
}

impl Verifying {
    async fn next(mut self) -> io::Result<Option<(Bytes, Self)>> {
        while !self.done {
            let Some(piece) = self.body.try_next().await.map_err(io::Error::other)? else {
                self.done = true;
                self.check()?;
                break;
            };
            self.hash.update(&piece);
            let left_bytes = self.left_bytes.checked_sub(piece.len() as u64);
            self.left_bytes =
                left_bytes.ok_or_else(|| wrong("upstream gives more bytes than it listed"))?;
            if let Some(earlier) = self.held_back.replace(piece) {
                return Ok(Some((earlier, self)));
            }
        }
        Ok(self.held_back.take().map(|last| (last, self)))
    }

    fn check(&mut self) -> io::Result<()> {
        if self.left_bytes > 0 {
            return Err(wrong("upstream broke off"));
        }
        if std::mem::replace(&mut self.hash, Hash::None).ends_as_stated() {
            return Ok(());
        }
        Err(wrong("upstream's bytes do not have the hash that it listed"))
    }
}

impl Hash {
    /// Git's SHA-1 of a file in large-file storage is that of its pointer.
    fn of(file: &FileEntry) -> Self {
        match (file.sha256(), &file.git_sha1) {
            (Some(sha256), _) => Self::Sha256(Sha256Hasher::new(), sha256.clone()),
            (None, Some(git_sha1)) => {
                let begun = Sha1::new().chain_update(format!("blob {}\0", file.size_bytes));
                Self::Git(begun, git_sha1.clone())
            }
            (None, None) => Self::None,
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hasher, _) => hasher.update(bytes),
            Self::Git(hasher, _) => hasher.update(bytes),
            Self::None => {}
        }
    }

    fn ends_as_stated(self) -> bool {
        match self {
            Self::Sha256(hasher, stated) => {
                Sha256::from_digest(&hasher.finalize().into()) == stated
            }
            Self::Git(hasher, stated) => {
                let got = format!("{:x}", Bytes::copy_from_slice(&hasher.finalize()));
                got.eq_ignore_ascii_case(&stated)
            }
            Self::None => true,
        }
    }
}

fn wrong(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem.to_owned())
}
