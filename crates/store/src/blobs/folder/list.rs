//! Every file of the folder that is a blob.

use super::super::BlobListing;
use super::super::key::{BLOBS, parse_key};
use super::absent_as_none;
use crate::error::StoreError;
use futures::stream::{self, BoxStream, StreamExt as _};
use std::fs::DirEntry;
use std::io;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use touchstone_domain::Timestamp;

/// How many blobs may be found before they are taken.
const AHEAD: usize = 256;

type Found = Result<BlobListing, StoreError>;

pub(super) fn list(folder: PathBuf) -> BoxStream<'static, Found> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        if let Err(cause) = walk(&folder, &sender) {
            let what = "list the blobs".to_owned();
            let error = StoreError::Unavailable { what, cause: Some(cause.into()) };
            // Nobody to tell where the listing has been dropped.
            let _ = sender.blocking_send(Err(error));
        }
    });
    stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) })
        .boxed()
}

/// Goes through both levels, until nobody listens.
fn walk(folder: &Path, found: &mpsc::Sender<Found>) -> io::Result<()> {
    for first in folders(folder)? {
        for second in folders(&first)? {
            for entry in std::fs::read_dir(second)? {
                if let Some(blob) = blob(folder, &entry?)?
                    && found.blocking_send(Ok(blob)).is_err()
                {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

/// The blob this is; none where it is something else or has been deleted meanwhile.
fn blob(folder: &Path, entry: &DirEntry) -> io::Result<Option<BlobListing>> {
    let path = entry.path();
    let inside = path.strip_prefix(folder).ok().and_then(Path::to_str);
    let Some(sha256) = inside.and_then(|inside| parse_key(&format!("{BLOBS}/{inside}"))) else {
        return Ok(None);
    };
    let Some(metadata) = absent_as_none(entry.metadata())? else {
        return Ok(None);
    };
    let written_at = Timestamp::try_from(metadata.modified()?).map_err(io::Error::other)?;
    Ok(Some(BlobListing { sha256, size_bytes: metadata.len(), written_at }))
}
