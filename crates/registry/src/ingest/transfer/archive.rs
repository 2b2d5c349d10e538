//! The files of a code repository, all in one request.

use super::super::outcome::Setback;
use super::{Transfer, entry, promised};
use crate::spread::spread;
use futures::StreamExt as _;
use std::collections::HashMap;
use std::time::Duration;
use touchstone_domain::FileEntry;
use touchstone_domain::facts::RepositoryFile;
use touchstone_sources::{ArchivePart, SourceError};
use touchstone_store::{BlobWriter, StoreError};

/// How often an archive is opened, in all.
const OPENINGS: u32 = 3;

const WAIT: Duration = Duration::from_millis(500);

/// The file of an archive that is being written.
type Open = Option<(RepositoryFile, BlobWriter)>;

impl Transfer<'_> {
    /// Takes from the archive what it holds as promised, and gives back what it does not: an
    /// archive may leave files out, or change them as their repository says.
    pub(super) async fn take_from_archive(
        &self,
        wanted: Vec<RepositoryFile>,
        brought: &mut Vec<FileEntry>,
    ) -> Result<Vec<RepositoryFile>, Setback> {
        let mut wanted: HashMap<String, RepositoryFile> =
            wanted.into_iter().map(|file| (file.path.clone(), file)).collect();
        for opening in 1.. {
            let Err(error) = self.read_archive(&mut wanted, brought).await? else { break };
            let limited = matches!(error, SourceError::RateLimited { .. });
            if opening == OPENINGS || limited || !error.is_passing() {
                return Err(Setback::upstream(&self.snapshot.source, &error));
            }
            tokio::time::sleep(spread(WAIT)).await;
        }
        Ok(wanted.into_values().collect())
    }

    /// The inner error is upstream's.
    async fn read_archive(
        &self,
        wanted: &mut HashMap<String, RepositoryFile>,
        brought: &mut Vec<FileEntry>,
    ) -> Result<Result<(), SourceError>, Setback> {
        let (source, commit) = (&self.snapshot.source, &self.snapshot.commit);
        let mut parts = match self.attempt.registry.inner.sources.open_archive(source, commit).await
        {
            Ok(parts) => parts,
            Err(error) => return Ok(Err(error)),
        };
        let mut open: Open = None;
        while let Some(part) = parts.next().await {
            match part {
                Err(error) => {
                    self.uncount(open.map_or(0, |(_, writer)| writer.written_bytes()));
                    return Ok(Err(error));
                }
                Ok(ArchivePart::File { path, size_bytes }) => {
                    self.close(open.take(), wanted, brought).await?;
                    let next = wanted.get(&path).filter(|file| file.size_bytes == Some(size_bytes));
                    open = match next {
                        Some(file) => Some((file.clone(), self.writer(file).await?)),
                        None => None,
                    };
                }
                Ok(ArchivePart::Bytes(bytes)) => {
                    if let Some((_, writer)) = &mut open {
                        let more = bytes.len() as u64;
                        writer.write(bytes).await?;
                        self.count(more);
                    }
                }
            }
        }
        self.close(open, wanted, brought).await?;
        Ok(Ok(()))
    }

    async fn writer(&self, file: &RepositoryFile) -> Result<BlobWriter, StoreError> {
        self.attempt.registry.inner.blobs.writer(promised(file)).await
    }

    /// A file that is not what was promised stays wanted.
    async fn close(
        &self,
        open: Open,
        wanted: &mut HashMap<String, RepositoryFile>,
        brought: &mut Vec<FileEntry>,
    ) -> Result<(), Setback> {
        let Some((file, writer)) = open else { return Ok(()) };
        let counted = writer.written_bytes();
        match writer.finish().await {
            Err(StoreError::Mismatch { .. }) => self.uncount(counted),
            finished => {
                wanted.remove(&file.path);
                brought.push(entry(&file, finished?));
            }
        }
        Ok(())
    }
}
