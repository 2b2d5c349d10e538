//! What is known of bytes once they have passed, compared with what was promised.

use super::{Expected, Written};
use crate::error::StoreError;
use bytes::Bytes;
use sha1::Sha1;
use sha2::{Digest as _, Sha256 as Sha256Hasher};
use std::fmt::Display;
use touchstone_domain::Sha256;

const SIZE: &str = "the size";
const SHA256: &str = "the SHA-256";
const GIT_SHA1: &str = "git's SHA-1";

/// All hashes of a stream of bytes, in one pass.
#[derive(Debug)]
pub(super) struct Digest {
    sha256: Sha256Hasher,
    crc32: crc32fast::Hasher,
    git_sha1: Option<Sha1>,
    size_bytes: u64,
}

impl Digest {
    /// Ready for the first byte.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`] where git's SHA-1 is promised without a size: it begins with it.
    pub(super) fn new(expected: &Expected) -> Result<Self, StoreError> {
        let git_sha1 = match (&expected.git_sha1, expected.size_bytes) {
            (None, _) => None,
            (Some(_), Some(size_bytes)) => {
                Some(Sha1::new().chain_update(format!("blob {size_bytes}\0")))
            }
            (Some(promised), None) => {
                return Err(mismatch(GIT_SHA1, promised, &"no size to compute it with"));
            }
        };
        let (sha256, crc32) = (Sha256Hasher::new(), crc32fast::Hasher::new());
        Ok(Self { sha256, crc32, git_sha1, size_bytes: 0 })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.crc32.update(bytes);
        if let Some(git_sha1) = &mut self.git_sha1 {
            git_sha1.update(bytes);
        }
        self.size_bytes += bytes.len() as u64;
    }

    /// What came, where it is what was promised.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`].
    pub(super) fn verify(self, expected: &Expected) -> Result<Written, StoreError> {
        if let Some(promised) = expected.size_bytes
            && promised != self.size_bytes
        {
            return Err(size_mismatch(promised, self.size_bytes));
        }
        let sha256 = Sha256::from_digest(&self.sha256.finalize().into());
        if let Some(promised) = &expected.sha256
            && *promised != sha256
        {
            return Err(mismatch(SHA256, promised, &sha256));
        }
        if let (Some(promised), Some(hasher)) = (&expected.git_sha1, self.git_sha1) {
            let got = format!("{:x}", Bytes::copy_from_slice(&hasher.finalize()));
            if !promised.eq_ignore_ascii_case(&got) {
                return Err(mismatch(GIT_SHA1, promised, &got));
            }
        }
        Ok(Written { sha256, crc32: self.crc32.finalize(), size_bytes: self.size_bytes })
    }
}

/// More or fewer bytes than were promised.
pub(super) fn size_mismatch(expected: u64, got: u64) -> StoreError {
    mismatch(SIZE, &expected, &got)
}

fn mismatch(what: &'static str, expected: &dyn Display, got: &dyn Display) -> StoreError {
    StoreError::Mismatch { what, expected: expected.to_string(), got: got.to_string() }
}
