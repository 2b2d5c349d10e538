//! Bringing the bytes: each file once, verified, and kept from being collected meanwhile.

mod archive;
mod here;
mod plan;
mod single;

use super::outcome::Setback;
use super::worker::Attempt;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use here::Earlier;
use plan::Plan;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use touchstone_domain::facts::{Document, Gated, RepositoryFile};
use touchstone_domain::{Artifact, FileEntry, FileHolding, Manifest, Sha256, Source};
use touchstone_sources::{Snapshot, SnapshotInfo};
use touchstone_store::{Expected, StoreError, Written};

/// Files of one artifact that are on their way at the same time.
const AT_ONCE: usize = 4;

/// How often files are brought again that a sweep took away before they could be pinned.
const ROUNDS: usize = 3;

/// How often, and after how long, a blob is asked for that is being swept.
const PIN_TRIES: usize = 40;
const PIN_WAIT: Duration = Duration::from_millis(250);

/// A transfer under way.
struct Transfer<'a> {
    attempt: &'a Attempt,
    snapshot: &'a Snapshot,
    documents: &'a [&'a Document],
    earlier: Earlier,
    /// Whether upstream has refused a file: of a gated repository it would refuse the others too.
    refused: AtomicBool,
    /// What a file whose size upstream does not state may have.
    left_bytes: u64,
}

impl Attempt {
    /// Brings the files that are to be held here, and gives the manifest of all. A file that
    /// upstream does not show to us is referenced; `refused` says that it has refused some already.
    pub(super) async fn transfer(
        &self,
        artifact: &Artifact,
        snapshot: &Snapshot,
        documents: &[&Document],
        refused: bool,
    ) -> Result<Manifest, Setback> {
        let inner = &self.registry.inner;
        let plan = Plan::new(&snapshot.files, inner.settings.mirror_max_bytes);
        let now = inner.clock.now();
        self.tell(|progress| {
            progress.bytes_done = 0;
            progress.bytes_total = Some(plan.held_bytes());
            progress.transfer_started_at = Some(now);
        });
        let earlier = Earlier::of(inner.store.as_ref(), artifact).await?;
        let left_bytes = plan.left_bytes;
        let refused = AtomicBool::new(refused);
        let transfer =
            Transfer { attempt: self, snapshot, documents, earlier, refused, left_bytes };
        let mut files = transfer.bring_all(plan.held).await?;
        files.extend(plan.referenced.iter().map(referenced));
        Ok(Manifest::new(files))
    }
}

impl Transfer<'_> {
    /// Brings these files. What is known by its hash is pinned before it is looked for; what is
    /// not, once it is written, and then looked for again: a sweep may have come between.
    async fn bring_all(&self, mut wanted: Vec<RepositoryFile>) -> Result<Vec<FileEntry>, Setback> {
        let known = wanted.iter().filter_map(|file| self.earlier.hash_of(file)).collect();
        self.pin(known).await?;
        let mut files = Vec::with_capacity(wanted.len());
        for _ in 0..ROUNDS {
            let brought = self.bring(std::mem::take(&mut wanted)).await?;
            let held = brought.iter().filter(|file| file.is_stored());
            self.pin(held.filter_map(FileEntry::sha256).cloned().collect()).await?;
            for file in brought {
                if !file.is_stored() || self.is_kept(&file).await? {
                    files.push(file);
                } else {
                    self.uncount(file.size_bytes);
                    wanted.extend(self.listed(&file.path));
                }
            }
            if wanted.is_empty() {
                return Ok(files);
            }
        }
        Err(Setback::passing("files were collected as soon as they were written"))
    }

    /// What is here already, what the archive holds, and the rest one by one.
    async fn bring(&self, wanted: Vec<RepositoryFile>) -> Result<Vec<FileEntry>, Setback> {
        let looked = stream::iter(wanted)
            .map(|file| async move { Ok::<_, Setback>((self.here(&file).await?, file)) })
            .buffer_unordered(AT_ONCE);
        let looked: Vec<_> = looked.try_collect().await?;
        let (mut brought, mut missing) = (Vec::new(), Vec::new());
        for (held, file) in looked {
            match held {
                Some(entry) => {
                    self.count(entry.size_bytes);
                    brought.push(entry);
                }
                None => missing.push(file),
            }
        }
        if matches!(self.snapshot.source, Source::GitHub { .. }) && !missing.is_empty() {
            missing = self.take_from_archive(missing, &mut brought).await?;
        }
        missing.sort_by_key(|file| file.size_bytes);
        let fetched = stream::iter(missing).map(|file| self.single(file)).buffer_unordered(AT_ONCE);
        brought.extend(fetched.try_collect::<Vec<_>>().await?);
        Ok(brought)
    }

    async fn pin(&self, hashes: Vec<Sha256>) -> Result<(), Setback> {
        if hashes.is_empty() {
            return Ok(());
        }
        let store = &self.attempt.registry.inner.store;
        for _ in 0..PIN_TRIES {
            match store.pin(&self.attempt.lease, &hashes).await {
                Err(StoreError::BeingCollected) => tokio::time::sleep(PIN_WAIT).await,
                pinned => return Ok(pinned?),
            }
        }
        Err(StoreError::BeingCollected.into())
    }

    async fn is_kept(&self, file: &FileEntry) -> Result<bool, Setback> {
        let Some(sha256) = file.sha256() else { return Ok(false) };
        let kept = self.attempt.registry.inner.blobs.size(sha256).await?;
        Ok(kept == Some(file.size_bytes))
    }

    fn listed(&self, path: &str) -> Option<RepositoryFile> {
        self.snapshot.files.iter().find(|file| file.path == path).cloned()
    }

    fn count(&self, bytes: u64) {
        self.attempt.tell(|progress| progress.bytes_done += bytes);
    }

    /// A file that upstream does not show to us.
    fn refused(&self, file: &RepositoryFile) -> FileEntry {
        self.refused.store(true, Ordering::Relaxed);
        let bytes = file.size_bytes.unwrap_or(0);
        self.attempt.tell(|progress| {
            progress.bytes_total = progress.bytes_total.map(|total| total.saturating_sub(bytes));
        });
        referenced(file)
    }

    /// Whether upstream would refuse this repository's files.
    fn is_closed(&self) -> bool {
        let gated = match &self.snapshot.info {
            SnapshotInfo::HuggingFace(info) => info.gated != Gated::No,
            SnapshotInfo::GitHub(_) | SnapshotInfo::File => false,
        };
        gated && self.refused.load(Ordering::Relaxed)
    }

    /// Takes back what was counted and is to come again.
    fn uncount(&self, bytes: u64) {
        self.attempt
            .tell(|progress| progress.bytes_done = progress.bytes_done.saturating_sub(bytes));
    }

    fn unlike_promised(&self, path: &str, error: &StoreError) -> Setback {
        let repository = self.snapshot.source.repository();
        Setback::lasting(format!("{path} of {repository} is not what upstream promised: {error}"))
    }
}

/// What upstream promises of a file's bytes. Git's SHA-1 of a file in large-file storage is that of
/// its pointer.
fn promised(file: &RepositoryFile) -> Expected {
    let git_sha1 = file.git_sha1.clone();
    let git_sha1 = git_sha1.filter(|_| file.sha256.is_none() && file.size_bytes.is_some());
    Expected { size_bytes: file.size_bytes, sha256: file.sha256.clone(), git_sha1 }
}

/// A file that is not held here.
fn referenced(file: &RepositoryFile) -> FileEntry {
    FileEntry {
        path: file.path.clone(),
        size_bytes: file.size_bytes.unwrap_or(0),
        git_sha1: file.git_sha1.clone(),
        holding: FileHolding::Referenced { sha256: file.sha256.clone() },
    }
}

fn entry(file: &RepositoryFile, written: Written) -> FileEntry {
    FileEntry {
        path: file.path.clone(),
        size_bytes: written.size_bytes,
        git_sha1: file.git_sha1.clone(),
        holding: FileHolding::Stored { sha256: written.sha256, crc32: written.crc32 },
    }
}
