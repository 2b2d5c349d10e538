//! Answers kept for conditional requests, across restarts where there is a folder.
//!
//! A file is the SHA-256 of all that follows, one line of JSON, and the body. What cannot be read or
//! is not what was written is as if it were not there.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// What the folder may hold, in bytes; the files that were not used for longest go first.
const MOST_BYTES_ON_DISK: u64 = 512 * 1024 * 1024;
/// What is written between two looks at how full the folder is, in bytes.
const MOST_BYTES_BETWEEN: u64 = 32 * 1024 * 1024;
/// What is kept without a folder, in bytes.
const MOST_BYTES_IN_MEMORY: usize = 16 * 1024 * 1024;
/// What an answer without a body takes in memory, in bytes, generously.
const EMPTY_BYTES: usize = 1024;
/// Answers larger than this are not worth keeping.
const MOST_BYTES_EACH: usize = 8 * 1024 * 1024;

const DIGEST_BYTES: usize = 32;

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// What to send as `If-None-Match`.
    pub(super) etag: Option<String>,
    /// Whether it can never change: it is of a pinned commit.
    pub(super) immutable: bool,
    /// Other headers that readers need.
    pub(super) headers: Vec<(String, String)>,
    #[serde(skip)]
    pub(super) body: Bytes,
}

/// The place.
#[derive(Clone)]
pub(super) enum Cache {
    Folder(PathBuf, Arc<AtomicU64>),
    Memory(Arc<Mutex<VecDeque<(String, Kept)>>>),
}

impl Cache {
    /// Opens the folder and makes room in it, or begins in memory.
    pub(super) fn open(folder: Option<&Path>) -> std::io::Result<Self> {
        let Some(folder) = folder else {
            return Ok(Self::Memory(Arc::default()));
        };
        std::fs::create_dir_all(folder)?;
        remove_left_over(folder);
        make_room(folder);
        Ok(Self::Folder(folder.to_owned(), Arc::default()))
    }

    /// The key of an answer: whatever could make it another one.
    pub(super) fn key(parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        touchstone_domain::Sha256::from_digest(&hash.finalize().into()).as_str().to_owned()
    }

    pub(super) async fn get(&self, key: &str) -> Option<Kept> {
        match self {
            Self::Folder(folder, _) => {
                let path = folder.join(key);
                tokio::task::spawn_blocking(move || read(&path)).await.ok().flatten()
            }
            Self::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.iter().find(|(of, _)| of == key).map(|(_, kept)| kept.clone())
            }
        }
    }

    pub(super) async fn put(&self, key: &str, answer: Kept) {
        if answer.body.len() > MOST_BYTES_EACH {
            return;
        }
        match self {
            Self::Folder(folder, since) => {
                let (folder, key) = (folder.clone(), key.to_owned());
                let bytes = answer.body.len() as u64;
                let full = since.fetch_add(bytes, Ordering::Relaxed) + bytes > MOST_BYTES_BETWEEN;
                if full {
                    since.store(0, Ordering::Relaxed);
                }
                let write = move || {
                    if full {
                        make_room(&folder);
                    }
                    write(&folder, &key, &answer)
                };
                let written = tokio::task::spawn_blocking(write).await;
                if let Ok(Err(error)) = written {
                    tracing::warn!(%error, "an upstream answer could not be kept");
                }
            }
            Self::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.retain(|(of, _)| of != key);
                kept.push_back((key.to_owned(), answer));
                let size = |kept: &Kept| EMPTY_BYTES + kept.body.len();
                let mut bytes: usize = kept.iter().map(|(_, kept)| size(kept)).sum();
                while bytes > MOST_BYTES_IN_MEMORY {
                    bytes -= kept.pop_front().map_or(bytes, |(_, oldest)| size(&oldest));
                }
            }
        }
    }
}

fn read(path: &Path) -> Option<Kept> {
    let mut content = Bytes::from(std::fs::read(path).ok()?);
    let digest = content.split_to(content.len().min(DIGEST_BYTES));
    if digest[..] != Sha256::digest(&content)[..] {
        tracing::warn!(path = %path.display(), "a kept answer is damaged and is asked for again");
        return None;
    }
    let line_end = content.iter().position(|byte| *byte == b'\n')?;
    let mut kept: Kept = serde_json::from_slice(&content[..line_end]).ok()?;
    kept.body = content.slice(line_end + 1..);
    // The age by which room is made is that of the last use.
    if let Ok(file) = std::fs::File::options().append(true).open(path) {
        #[expect(clippy::disallowed_methods, reason = "a file's own time, no rule's")]
        let _ = file.set_modified(SystemTime::now());
    }
    Some(kept)
}

fn write(folder: &Path, key: &str, answer: &Kept) -> std::io::Result<()> {
    let part = folder.join(format!("{key}.{:x}.part", rand::random::<u64>()));
    let mut head = serde_json::to_vec(answer)?;
    head.push(b'\n');
    let digest = Sha256::new().chain_update(&head).chain_update(&answer.body).finalize();
    let mut file = std::fs::File::create(&part)?;
    for bytes in [&digest[..], &head, &answer.body] {
        file.write_all(bytes)?;
    }
    std::fs::rename(part, folder.join(key))
}

/// Removes what a crash left half written.
fn remove_left_over(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "part") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes the files unused for longest until the rest fits.
fn make_room(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
        .filter_map(|entry| {
            let about = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some((about.modified().ok()?, about.len(), entry.path()))
        })
        .collect();
    files.sort();
    let mut total: u64 = files.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in files {
        let whole = path.extension().is_none();
        if whole && total > MOST_BYTES_ON_DISK && std::fs::remove_file(&path).is_ok() {
            total -= size;
        }
    }
}
