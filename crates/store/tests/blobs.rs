//! What every place of bytes promises.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, and says where"
)]

use bytes::Bytes;
use futures::TryStreamExt as _;
use proptest::prelude::*;
use std::collections::BTreeSet;
use touchstone_domain::Sha256;
use touchstone_store::{BlobSettings, Blobs, Expected, StoreError, Written};

/// Opens a new place; the folder lives as long as the second part.
async fn memory() -> (Blobs, ()) {
    (Blobs::open(&BlobSettings::Memory).await.unwrap(), ())
}

async fn folder() -> (Blobs, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made/where/missing");
    (Blobs::open(&BlobSettings::Folder { path }).await.unwrap(), folder)
}

/// Bytes that differ everywhere, so that a piece from the wrong place shows.
fn noise(len: usize) -> Bytes {
    let mut state = 0x9e37_79b9_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(len).collect()
}

async fn write(blobs: &Blobs, bytes: &Bytes, expected: Expected) -> Result<Written, StoreError> {
    let mut writer = blobs.writer(expected).await?;
    for start in (0..bytes.len()).step_by(16_000) {
        writer.write(bytes.slice(start..bytes.len().min(start + 16_000))).await?;
    }
    assert_eq!(writer.written_bytes(), bytes.len() as u64);
    writer.finish().await
}

async fn read(blobs: &Blobs, blob: &Sha256, range: std::ops::Range<u64>) -> Bytes {
    let pieces: Vec<Bytes> = blobs.read(blob, range).await.unwrap().try_collect().await.unwrap();
    assert!(pieces.iter().all(|piece| piece.len() <= 512 * 1024), "pieces are bounded");
    pieces.concat().into()
}

async fn listed(blobs: &Blobs) -> BTreeSet<(Sha256, u64)> {
    let found = blobs.list().map_ok(|blob| (blob.sha256, blob.size_bytes));
    found.try_collect().await.unwrap()
}

fn sha256_of_abc() -> Sha256 {
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".parse().unwrap()
}

/// `printf abc | git hash-object --stdin`.
const GIT_SHA1_OF_ABC: &str = "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f";

mod promises {
    use super::*;

    pub(super) async fn what_was_written_is_read_again_under_its_hash(blobs: &Blobs) {
        let expected = Expected {
            size_bytes: Some(3),
            sha256: Some(sha256_of_abc()),
            git_sha1: Some(GIT_SHA1_OF_ABC.to_owned()),
        };
        let written = write(blobs, &Bytes::from("abc"), expected).await.unwrap();
        assert_eq!(written, Written { sha256: sha256_of_abc(), crc32: 0x3524_41c2, size_bytes: 3 });
        assert_eq!(blobs.size(&written.sha256).await.unwrap(), Some(3));
        assert_eq!(read(blobs, &written.sha256, 0..3).await, "abc");
    }

    pub(super) async fn an_empty_blob_is_a_blob(blobs: &Blobs) {
        let written = write(blobs, &Bytes::new(), Expected::default()).await.unwrap();
        assert_eq!(blobs.size(&written.sha256).await.unwrap(), Some(0));
        assert_eq!(read(blobs, &written.sha256, 0..0).await, "");
    }

    pub(super) async fn many_parts_come_together_whether_the_hash_was_promised_or_not(
        blobs: &Blobs,
    ) {
        let bytes = noise(17 * 1024 * 1024 + 5);
        let written = write(blobs, &bytes, Expected::default()).await.unwrap();
        assert!(read(blobs, &written.sha256, 0..written.size_bytes).await == bytes);
        blobs.delete(&written.sha256).await.unwrap();
        let sha256 = Some(written.sha256.clone());
        let again = write(blobs, &bytes, Expected { sha256, ..Expected::default() }).await.unwrap();
        assert_eq!(again, written);
        assert!(read(blobs, &written.sha256, 0..written.size_bytes).await == bytes);
        assert_eq!(listed(blobs).await, [(written.sha256, written.size_bytes)].into());
    }

    pub(super) async fn a_blob_that_is_not_kept_is_not_found(blobs: &Blobs) {
        let absent = sha256_of_abc();
        assert_eq!(blobs.size(&absent).await.unwrap(), None);
        for range in [0..3, 0..0] {
            assert!(matches!(blobs.read(&absent, range).await, Err(StoreError::NotFound)));
        }
        blobs.delete(&absent).await.unwrap();
    }

    pub(super) async fn a_range_without_bytes_gives_none(blobs: &Blobs) {
        let abc = write(blobs, &Bytes::from("abc"), Expected::default()).await.unwrap().sha256;
        assert_eq!(read(blobs, &abc, 1..1).await, "");
        assert_eq!(read(blobs, &abc, 9..9).await, "");
    }

    pub(super) async fn a_blob_shorter_than_recorded_ends_as_corrupt(blobs: &Blobs) {
        let bytes = noise(300_000);
        let blob = write(blobs, &bytes, Expected::default()).await.unwrap().sha256;
        for recorded in [300_001, 600_000, u64::MAX] {
            let mut stream = blobs.read(&blob, 0..recorded).await.unwrap();
            let mut came = 0;
            let error = loop {
                match stream.try_next().await {
                    Ok(piece) => came += piece.expect("an error before the end").len(),
                    Err(error) => break error,
                }
            };
            assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
            assert!(came <= 300_000);
            assert!(stream.try_next().await.unwrap().is_none(), "nothing follows");
        }
    }

    pub(super) async fn what_does_not_match_is_refused_and_not_kept(blobs: &Blobs) {
        let abc = Bytes::from("abc");
        let wrong_hash = Some(Sha256::from_digest(&[7; 32]));
        let wrong_git = Some("0".repeat(40));
        let refused = [
            ("the size", Expected { size_bytes: Some(2), ..Expected::default() }),
            ("the size", Expected { size_bytes: Some(4), ..Expected::default() }),
            ("the SHA-256", Expected { sha256: wrong_hash, ..Expected::default() }),
            (
                "git's SHA-1",
                Expected { size_bytes: Some(3), git_sha1: wrong_git.clone(), sha256: None },
            ),
            ("git's SHA-1", Expected { git_sha1: wrong_git, ..Expected::default() }),
        ];
        for (part, expected) in refused {
            match write(blobs, &abc, expected).await {
                Err(StoreError::Mismatch { what, .. }) => assert_eq!(what, part),
                other => panic!("{part}: {other:?}"),
            }
            assert!(listed(blobs).await.is_empty());
        }
    }

    pub(super) async fn too_many_bytes_are_refused_before_they_end(blobs: &Blobs) {
        let expected = Expected { size_bytes: Some(10), ..Expected::default() };
        let mut writer = blobs.writer(expected).await.unwrap();
        writer.write(noise(10)).await.unwrap();
        let refused = writer.write(noise(1)).await;
        assert!(matches!(refused, Err(StoreError::Mismatch { what: "the size", .. })));
        assert_eq!(writer.written_bytes(), 10);
    }

    pub(super) async fn nothing_can_be_read_before_the_end(blobs: &Blobs) {
        let bytes = noise(9 * 1024 * 1024);
        let sha256 = write(blobs, &bytes, Expected::default()).await.unwrap().sha256;
        blobs.delete(&sha256).await.unwrap();
        let expected = Expected { sha256: Some(sha256.clone()), ..Expected::default() };
        let mut writer = blobs.writer(expected).await.unwrap();
        writer.write(bytes).await.unwrap();
        assert_eq!(blobs.size(&sha256).await.unwrap(), None);
        drop(writer);
        assert!(listed(blobs).await.is_empty());
    }

    pub(super) async fn writers_of_the_same_bytes_do_not_disturb_each_other(blobs: &Blobs) {
        let bytes = noise(700_000);
        let together = (0..8).map(|_| write(blobs, &bytes, Expected::default()));
        let written = futures::future::try_join_all(together).await.unwrap();
        assert!(written.iter().all(|one| *one == written[0]));
        assert_eq!(listed(blobs).await, [(written[0].sha256.clone(), 700_000)].into());
        assert!(read(blobs, &written[0].sha256, 0..700_000).await == bytes);
    }

    pub(super) async fn every_blob_is_listed_once_until_it_is_deleted(blobs: &Blobs) {
        let mut kept = BTreeSet::new();
        for len in 0..40 {
            let written = write(blobs, &noise(len), Expected::default()).await.unwrap();
            kept.insert((written.sha256, written.size_bytes));
        }
        assert_eq!(listed(blobs).await, kept);
        let (gone, _) = kept.pop_first().unwrap();
        blobs.delete(&gone).await.unwrap();
        assert_eq!(blobs.size(&gone).await.unwrap(), None);
        assert_eq!(listed(blobs).await, kept);
    }

    pub(super) async fn a_reader_outlives_the_deletion(blobs: &Blobs) {
        let bytes = noise(400_000);
        let blob = write(blobs, &bytes, Expected::default()).await.unwrap().sha256;
        let stream = blobs.read(&blob, 0..400_000).await.unwrap();
        blobs.delete(&blob).await.unwrap();
        let pieces: Vec<Bytes> = stream.try_collect().await.unwrap();
        assert!(pieces.concat() == bytes);
    }

    pub(super) async fn a_probe_succeeds_and_leaves_nothing(blobs: &Blobs) {
        blobs.probe().await.unwrap();
        assert!(listed(blobs).await.is_empty());
    }
}

/// One test for each driver and promise.
macro_rules! every_driver_promises {
    ($($promise:ident)*) => {
        mod in_memory { $(
            #[tokio::test]
            async fn $promise() {
                let (blobs, _place) = super::memory().await;
                super::promises::$promise(&blobs).await;
            }
        )* }
        mod in_a_folder { $(
            #[tokio::test]
            async fn $promise() {
                let (blobs, _place) = super::folder().await;
                super::promises::$promise(&blobs).await;
            }
        )* }
    };
}

every_driver_promises! {
    what_was_written_is_read_again_under_its_hash
    an_empty_blob_is_a_blob
    many_parts_come_together_whether_the_hash_was_promised_or_not
    a_blob_that_is_not_kept_is_not_found
    a_range_without_bytes_gives_none
    a_blob_shorter_than_recorded_ends_as_corrupt
    what_does_not_match_is_refused_and_not_kept
    too_many_bytes_are_refused_before_they_end
    nothing_can_be_read_before_the_end
    writers_of_the_same_bytes_do_not_disturb_each_other
    every_blob_is_listed_once_until_it_is_deleted
    a_reader_outlives_the_deletion
    a_probe_succeeds_and_leaves_nothing
}

#[test]
fn every_range_is_the_slice_of_the_whole() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let whole = noise(700_001);
    let (memory, ()) = runtime.block_on(memory());
    let (folder, _place) = runtime.block_on(folder());
    let blob = runtime.block_on(async {
        write(&memory, &whole, Expected::default()).await.unwrap();
        write(&folder, &whole, Expected::default()).await.unwrap().sha256
    });
    proptest!(ProptestConfig::with_cases(64), |(a in 0_usize..=700_001, b in 0_usize..=700_001)| {
        let (start, end) = (a.min(b), a.max(b));
        for blobs in [&memory, &folder] {
            let came = runtime.block_on(read(blobs, &blob, start as u64..end as u64));
            prop_assert!(came == whole[start..end]);
        }
    });
}
