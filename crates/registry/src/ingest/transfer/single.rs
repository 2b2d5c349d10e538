//! One file from upstream, taken up again where it broke off.

use super::super::outcome::Setback;
use super::{Transfer, entry, promised};
use crate::spread::spread;
use futures::StreamExt as _;
use std::time::Duration;
use touchstone_domain::FileEntry;
use touchstone_domain::facts::RepositoryFile;
use touchstone_sources::{FileStream, SourceError};
use touchstone_store::{BlobWriter, StoreError, Written};

/// How often a file is opened, in all.
const OPENINGS: u32 = 5;

/// The wait after the first break; each further one doubles it.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// How far an opening came.
enum Poured {
    Whole,
    BrokeOff(SourceError),
}

/// Why there are no bytes of a file, though nothing broke.
enum Unbrought {
    /// They are others than promised.
    Unlike(StoreError),
    /// Upstream does not show them to us.
    Refused,
}

impl Transfer<'_> {
    /// Brings a file, or references it where upstream does not show it to us. Bytes that are not
    /// those promised are fetched once more, whole: the fault may lie on the way.
    pub(super) async fn single(&self, file: RepositoryFile) -> Result<FileEntry, Setback> {
        if self.is_closed() {
            return Ok(self.refused(&file));
        }
        let brought = match self.whole(&file).await? {
            Err(Unbrought::Unlike(_)) => self.whole(&file).await?,
            brought => brought,
        };
        match brought {
            Ok(written) => Ok(entry(&file, written)),
            Err(Unbrought::Refused) => Ok(self.refused(&file)),
            Err(Unbrought::Unlike(error)) => Err(self.unlike_promised(&file.path, &error)),
        }
    }

    async fn whole(&self, file: &RepositoryFile) -> Result<Result<Written, Unbrought>, Setback> {
        let mut writer = self.attempt.registry.inner.blobs.writer(promised(file)).await?;
        let poured = self.pour_all(file, &mut writer).await?;
        let counted = writer.written_bytes();
        let finished = match poured {
            Ok(()) => writer.finish().await,
            Err(Unbrought::Unlike(mismatch)) => Err(mismatch),
            Err(refused @ Unbrought::Refused) => return Ok(Err(refused)),
        };
        match finished {
            Err(mismatch @ StoreError::Mismatch { .. }) => {
                self.uncount(counted);
                Ok(Err(Unbrought::Unlike(mismatch)))
            }
            finished => Ok(Ok(finished?)),
        }
    }

    async fn pour_all(
        &self,
        file: &RepositoryFile,
        writer: &mut BlobWriter,
    ) -> Result<Result<(), Unbrought>, Setback> {
        let mut opening = 1;
        loop {
            let broke_off = match self.pour(file, writer).await {
                Ok(Poured::Whole) => return Ok(Ok(())),
                Ok(Poured::BrokeOff(SourceError::Forbidden { .. })) => {
                    return Ok(Err(Unbrought::Refused));
                }
                Ok(Poured::BrokeOff(error)) => error,
                Err(error @ StoreError::Mismatch { .. }) => {
                    return Ok(Err(Unbrought::Unlike(error)));
                }
                Err(error) => return Err(error.into()),
            };
            let limited = matches!(broke_off, SourceError::RateLimited { .. });
            if opening == OPENINGS || limited || !broke_off.is_passing() {
                return Err(Setback::upstream(&self.snapshot.source, &broke_off));
            }
            tokio::time::sleep(spread(FIRST_WAIT.saturating_mul(1 << opening))).await;
            opening += 1;
        }
    }

    /// Opens the file where the writer stands, and writes what comes.
    async fn pour(
        &self,
        file: &RepositoryFile,
        writer: &mut BlobWriter,
    ) -> Result<Poured, StoreError> {
        let (source, commit) = (&self.snapshot.source, &self.snapshot.commit);
        let at = writer.written_bytes();
        let sources = &self.attempt.registry.inner.sources;
        let mut stream = match sources.open_file(source, commit, &file.path, at).await {
            Ok(stream) => stream,
            Err(error) => return Ok(Poured::BrokeOff(error)),
        };
        let mut skip = at.saturating_sub(stream.offset);
        while let Some(piece) = stream.body.next().await {
            let mut piece = match piece {
                Ok(piece) => piece,
                // What is promised is there; whether it is right, its hash tells.
                Err(_) if file.size_bytes == Some(writer.written_bytes()) => break,
                Err(error) => return Ok(Poured::BrokeOff(error)),
            };
            let skipped = piece.len().min(usize::try_from(skip).unwrap_or(usize::MAX));
            skip -= skipped as u64;
            let rest = piece.split_off(skipped);
            if rest.is_empty() {
                continue;
            }
            let bytes = rest.len() as u64;
            if file.size_bytes.is_none() && writer.written_bytes() + bytes > self.left_bytes {
                return Ok(Poured::BrokeOff(self.too_large(file)));
            }
            writer.write(rest).await?;
            self.count(bytes);
        }
        Ok(self.ended(&stream, file, writer.written_bytes()))
    }

    /// A stream that ends too early has broken off without saying so.
    fn ended(&self, stream: &FileStream, file: &RepositoryFile, written_bytes: u64) -> Poured {
        match file.size_bytes.or(stream.size_bytes) {
            Some(size_bytes) if written_bytes < size_bytes => {
                Poured::BrokeOff(SourceError::Failed {
                    host: self.snapshot.source.repository().to_owned(),
                    detail: format!(
                        "gave {written_bytes} of the {size_bytes} bytes of {}",
                        file.path
                    ),
                })
            }
            _ => Poured::Whole,
        }
    }

    fn too_large(&self, file: &RepositoryFile) -> SourceError {
        SourceError::TooLarge {
            what: format!("{} of {}", file.path, self.snapshot.source.repository()),
            limit_bytes: self.left_bytes,
        }
    }
}
