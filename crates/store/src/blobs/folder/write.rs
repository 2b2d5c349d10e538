//! The way into a file: hashed and written on the blocking pool, one buffer ahead of what comes.

use super::super::digest::Digest;
use super::super::key::key;
use super::super::{Expected, Written};
use super::incoming::Incoming;
use super::{blocking, joined};
use crate::error::StoreError;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// How many bytes are hashed and written at once. Two such buffers are the memory of a writer.
const BUFFER_BYTES: usize = 256 * 1024;

const WRITE: &str = "write a blob";

/// A file on its way in. Dropping it removes the file, at once.
#[derive(Debug)]
pub(in super::super) struct FolderSink {
    root: Arc<Path>,
    incoming: Incoming,
    buffer: Vec<u8>,
    state: State,
}

/// Who has the file.
#[derive(Debug)]
enum State {
    Idle(Box<Open>),
    Writing(JoinHandle<io::Result<Box<Open>>>),
    Broken,
}

/// The file with the digest of what is in it and a spare buffer.
#[derive(Debug)]
struct Open {
    file: File,
    digest: Digest,
    spare: Vec<u8>,
}

impl Open {
    fn append(mut self: Box<Self>, mut buffer: Vec<u8>) -> io::Result<Box<Self>> {
        self.digest.update(&buffer);
        self.file.write_all(&buffer)?;
        buffer.clear();
        self.spare = buffer;
        Ok(self)
    }
}

impl FolderSink {
    pub(super) async fn create(root: Arc<Path>, digest: Digest) -> Result<Self, StoreError> {
        let inside = root.clone();
        let (incoming, file) = blocking(WRITE, move || Incoming::create(&inside)).await?;
        let state = State::Idle(Box::new(Open { file, digest, spare: Vec::new() }));
        Ok(Self { root, incoming, buffer: Vec::new(), state })
    }

    pub(in super::super) async fn write(&mut self, mut bytes: &[u8]) -> Result<(), StoreError> {
        while !bytes.is_empty() {
            let room = BUFFER_BYTES - self.buffer.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.buffer.extend_from_slice(now);
            bytes = later;
            if self.buffer.len() == BUFFER_BYTES {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Hands the buffer over, once the one before it has been written.
    async fn flush(&mut self) -> Result<(), StoreError> {
        let mut open = self.settle().await?;
        let full = std::mem::replace(&mut self.buffer, std::mem::take(&mut open.spare));
        self.state = State::Writing(tokio::task::spawn_blocking(move || open.append(full)));
        Ok(())
    }

    async fn settle(&mut self) -> Result<Box<Open>, StoreError> {
        // The handle stays in place while it is awaited: a caller that gives up may come back.
        let outcome = match &mut self.state {
            State::Writing(writing) => Some(writing.await),
            State::Idle(_) | State::Broken => None,
        };
        match (std::mem::replace(&mut self.state, State::Broken), outcome) {
            (_, Some(outcome)) => joined(WRITE, outcome),
            (State::Idle(open), None) => Ok(open),
            _ => Err(StoreError::Unavailable { what: WRITE.to_owned(), cause: None }),
        }
    }

    pub(in super::super) async fn finish(
        mut self,
        expected: &Expected,
    ) -> Result<Written, StoreError> {
        self.flush().await?;
        let Open { file, digest, .. } = *self.settle().await?;
        let written = digest.verify(expected)?;
        let (root, incoming, kept) = (self.root, self.incoming, written.clone());
        blocking(WRITE, move || keep(&root, incoming, &file, &kept)).await?;
        Ok(written)
    }
}

/// Gives the file its name so that it survives a power loss from here on.
fn keep(root: &Path, incoming: Incoming, file: &File, written: &Written) -> io::Result<()> {
    let path = root.join(key(&written.sha256));
    // One of another size was damaged from outside, and is replaced.
    let kept_already = path.metadata().is_ok_and(|found| found.len() == written.size_bytes);
    if !kept_already {
        file.sync_all()?;
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        incoming.rename(&path)?;
    }
    // Also where it is kept already: whoever renamed it may not have come to this yet. A folder
    // that has not changed costs nothing to sync.
    path.ancestors().skip(1).take(4).try_for_each(|folder| File::open(folder)?.sync_all())
}
