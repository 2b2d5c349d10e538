//! What a folder of bytes promises beyond what every place does: crashes, other processes, damage
//! from outside, full disks.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails, and says where"
)]

use bytes::Bytes;
use futures::TryStreamExt as _;
use std::fs::{File, read_dir};
use std::path::{Path, PathBuf};
use std::process::Command;
use touchstone_domain::Sha256;
use touchstone_store::{BlobSettings, Blobs, Expected, StoreError};

/// Tells the child of a test which folder it shares.
const FOLDER: &str = "BLOBS_TEST_FOLDER";

async fn open(path: &Path) -> Blobs {
    Blobs::open(&BlobSettings::Folder { path: path.to_owned() }).await.unwrap()
}

async fn keep(blobs: &Blobs, bytes: &'static [u8]) -> Result<Sha256, StoreError> {
    let mut writer = blobs.writer(Expected::default()).await?;
    writer.write(Bytes::from_static(bytes)).await?;
    Ok(writer.finish().await?.sha256)
}

fn incoming(folder: &Path) -> Vec<PathBuf> {
    read_dir(folder.join("incoming")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn path_of(folder: &Path, blob: &Sha256) -> PathBuf {
    let digits = blob.as_str();
    folder.join("sha256").join(&digits[..2]).join(&digits[2..4]).join(digits)
}

/// Runs one ignored test of this file in a process of its own, after these shell commands.
fn in_a_child(name: &str, folder: &Path, before: &str) -> std::process::Output {
    let program = std::env::current_exe().unwrap();
    Command::new("sh")
        .args(["-c", &format!("{before} exec \"$@\""), "sh"])
        .arg(program)
        .args(["--ignored", "--exact", "--nocapture", name])
        .env(FOLDER, folder)
        .output()
        .unwrap()
}

fn shared_folder() -> PathBuf {
    std::env::var_os(FOLDER).expect("only as the child of another test").into()
}

#[tokio::test]
async fn blobs_lie_where_their_hash_says_and_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let blob = keep(&open(folder.path()).await, b"abc").await.unwrap();
    assert_eq!(std::fs::read(path_of(folder.path(), &blob)).unwrap(), b"abc");
    assert_eq!(open(folder.path()).await.size(&blob).await.unwrap(), Some(3));
}

#[tokio::test]
async fn a_finished_refused_or_dropped_writer_leaves_no_temporary_file() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    keep(&blobs, b"finished").await.unwrap();
    keep(&blobs, b"finished").await.unwrap();
    let short = Expected { size_bytes: Some(9), ..Expected::default() };
    blobs.writer(short).await.unwrap().finish().await.unwrap_err();
    let mut dropped = blobs.writer(Expected::default()).await.unwrap();
    dropped.write(Bytes::from(vec![1; 3_000_000])).await.unwrap();
    assert_eq!(incoming(folder.path()).len(), 1);
    drop(dropped);
    blobs.probe().await.unwrap();
    assert_eq!(incoming(folder.path()), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn opening_removes_what_a_killed_process_left_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let kept = keep(&blobs, b"kept").await.unwrap();
    let mut alive = blobs.writer(Expected::default()).await.unwrap();
    alive.write(Bytes::from_static(b"still ")).await.unwrap();
    let child = in_a_child("a_process_that_dies_while_it_writes", folder.path(), "");
    assert!(!child.status.success(), "it was to die");
    assert_eq!(incoming(folder.path()).len(), 2);
    open(folder.path()).await;
    assert_eq!(incoming(folder.path()).len(), 1, "the one that is still written");
    alive.write(Bytes::from_static(b"alive")).await.unwrap();
    let written = alive.finish().await.unwrap();
    assert_eq!(blobs.size(&written.sha256).await.unwrap(), Some(11));
    assert_eq!(blobs.size(&kept).await.unwrap(), Some(4));
}

#[tokio::test]
#[ignore = "runs as the child of another test"]
async fn a_process_that_dies_while_it_writes() {
    let blobs = open(&shared_folder()).await;
    let mut writer = blobs.writer(Expected::default()).await.unwrap();
    writer.write(Bytes::from(vec![1; 1_000_000])).await.unwrap();
    std::process::abort();
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // The kernel then refuses to let any file grow beyond that many blocks, as a full disk would.
    let child =
        in_a_child("a_process_whose_disk_is_full", folder.path(), "trap '' XFSZ; ulimit -f 600;");
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
    assert!(String::from_utf8_lossy(&child.stdout).contains("1 passed"), "the child ran");
    assert_eq!(incoming(folder.path()), [] as [PathBuf; 0]);
    let blobs = open(folder.path()).await;
    let sizes: Vec<u64> = blobs.list().map_ok(|blob| blob.size_bytes).try_collect().await.unwrap();
    assert_eq!(sizes, [5]);
}

#[tokio::test]
#[ignore = "runs as the child of another test"]
async fn a_process_whose_disk_is_full() {
    let blobs = open(&shared_folder()).await;
    let mut writer = blobs.writer(Expected::default()).await.unwrap();
    let refused = async {
        for _ in 0..40 {
            writer.write(Bytes::from(vec![1; 50_000])).await?;
        }
        writer.finish().await
    };
    assert!(matches!(refused.await, Err(StoreError::Full)));
    keep(&blobs, b"small").await.unwrap();
}

#[tokio::test]
async fn a_blob_that_was_cut_off_ends_as_corrupt_and_is_mended_by_writing_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let blob = keep(&blobs, b"the whole of it").await.unwrap();
    let path = path_of(folder.path(), &blob);
    File::options().write(true).open(&path).unwrap().set_len(9).unwrap();
    let read = blobs.read(&blob, 0..15).await.unwrap().try_collect::<Vec<Bytes>>().await;
    assert!(matches!(read, Err(StoreError::Corrupt { .. })));
    keep(&blobs, b"the whole of it").await.unwrap();
    assert_eq!(std::fs::read(path).unwrap(), b"the whole of it");
}

#[tokio::test]
async fn files_that_are_no_blobs_are_not_listed() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let blob = keep(&blobs, b"abc").await.unwrap();
    std::fs::write(folder.path().join("sha256/README"), "not a blob").unwrap();
    let beside = path_of(folder.path(), &blob).with_file_name("f".repeat(64));
    std::fs::write(beside, "in the wrong folder").unwrap();
    let listed: Vec<Sha256> = blobs.list().map_ok(|blob| blob.sha256).try_collect().await.unwrap();
    assert_eq!(listed, [blob]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_unavailable() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let settings = BlobSettings::Folder { path: file.path().join("below a file") };
    assert!(matches!(Blobs::open(&settings).await, Err(StoreError::Unavailable { .. })));
}
