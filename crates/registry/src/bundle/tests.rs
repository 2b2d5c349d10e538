//! What a bundle promises: the bytes of any range, and a ZIP that other programs accept.

use super::{BundleEntry, BundleError, BundleLayout, ReferencedEntry};
use bytes::Bytes;
use futures::TryStreamExt as _;
use std::collections::BTreeMap;
use std::ops::Range;
use std::process::Command;
use touchstone_domain::{FileEntry, FileHolding, Manifest, Sha256};
use touchstone_store::{BlobSettings, Blobs, Expected, StoreError};

const GIB: u64 = 1 << 30;

async fn held(blobs: &Blobs, path: &str, content: &[u8]) -> BundleEntry {
    let mut writer = blobs.writer(Expected::default()).await.unwrap();
    writer.write(Bytes::copy_from_slice(content)).await.unwrap();
    let written = writer.finish().await.unwrap();
    let path = path.to_owned();
    let (size_bytes, crc32, sha256) = (written.size_bytes, written.crc32, written.sha256);
    BundleEntry { path, size_bytes, crc32, sha256 }
}

/// A file that is nowhere: for layouts that are not read.
fn imagined(path: &str, size_bytes: u64) -> BundleEntry {
    let sha256 = Sha256::from_digest(&[1; 32]);
    BundleEntry { path: path.to_owned(), size_bytes, crc32: 0x0102_0304, sha256 }
}

fn referenced(path: &str) -> ReferencedEntry {
    ReferencedEntry { path: path.to_owned(), size_bytes: 6 * GIB, sha256: None }
}

async fn sample(blobs: &Blobs) -> BundleLayout {
    let long: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let entries = vec![
        held(blobs, "config.json", b"{}").await,
        held(blobs, "empty", b"").await,
        held(blobs, "onnx/modèle 日本.onnx", &long).await,
        held(blobs, "same as config.json", b"{}").await,
    ];
    BundleLayout::new(entries, &[referenced("pytorch_model.bin")]).unwrap()
}

async fn memory() -> Blobs {
    Blobs::open(&BlobSettings::Memory).await.unwrap()
}

async fn read(layout: &BundleLayout, blobs: &Blobs, range: Range<u64>) -> Vec<u8> {
    let pieces: Vec<Bytes> = layout.read(blobs, range).try_collect().await.unwrap();
    pieces.concat()
}

async fn whole(layout: &BundleLayout, blobs: &Blobs) -> Vec<u8> {
    read(layout, blobs, 0..layout.size_bytes()).await
}

/// What of a layout can be made without blobs, from `start` to its end.
fn made_from(layout: &BundleLayout, start: u64) -> Vec<u8> {
    let mut made = Vec::new();
    while let Some(part) = layout.part(start + made.len() as u64, u64::MAX) {
        match part {
            super::layout::Part::Made(bytes) => made.extend_from_slice(&bytes),
            super::layout::Part::Blob(..) => panic!("a blob after {start}"),
        }
    }
    made
}

/// What Python's `zipfile` finds: paths with the SHA-256 of their bytes, after its own test.
fn unpacked_by_python(zip: &[u8]) -> BTreeMap<String, String> {
    const PROGRAM: &str = "import sys, json, zipfile, hashlib
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
assert all(i.date_time == (1980, 1, 1, 0, 0, 0) and i.flag_bits == 0x800 for i in z.infolist())
print(json.dumps({n: hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist()}))";
    serde_json::from_slice(&python(PROGRAM, zip)).unwrap()
}

fn python(program: &str, zip: &[u8]) -> Vec<u8> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), zip).unwrap();
    let ran = Command::new("python3").args(["-c", program]).arg(file.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    ran.stdout
}

#[tokio::test]
async fn the_length_is_known_beforehand_and_the_bytes_are_the_same_each_time() {
    let blobs = memory().await;
    let layout = sample(&blobs).await;
    let first = whole(&layout, &blobs).await;
    assert_eq!(first.len() as u64, layout.size_bytes());
    let again = sample(&blobs).await;
    assert_eq!(again.etag(), layout.etag());
    assert!(whole(&again, &blobs).await == first);
}

#[tokio::test]
async fn python_unpacks_every_file() {
    let blobs = memory().await;
    let layout = sample(&blobs).await;
    let unpacked = unpacked_by_python(&whole(&layout, &blobs).await);
    let paths: Vec<&str> = unpacked.keys().map(String::as_str).collect();
    let expected = [
        "REFERENCED-FILES.json",
        "config.json",
        "empty",
        "onnx/modèle 日本.onnx",
        "same as config.json",
    ];
    assert_eq!(paths, expected);
    let empty_object = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert_eq!(unpacked["config.json"], empty_object);
    assert_eq!(unpacked["same as config.json"], empty_object);
}

#[tokio::test]
async fn a_bundle_of_nothing_is_an_empty_zip() {
    let blobs = memory().await;
    let layout = BundleLayout::new(vec![], &[]).unwrap();
    assert_eq!(layout.size_bytes(), 22);
    assert!(unpacked_by_python(&whole(&layout, &blobs).await).is_empty());
}

#[test]
fn every_range_is_the_slice_of_the_whole() {
    use proptest::prelude::*;
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let blobs = runtime.block_on(memory());
    let layout = runtime.block_on(sample(&blobs));
    let whole = runtime.block_on(whole(&layout, &blobs));
    let len = whole.len();
    // Half of them near an end, where the records are.
    let place = prop_oneof![0..=len, 0..200_usize, len - 700..=len];
    proptest!(ProptestConfig::with_cases(400), |(a in place.clone(), b in place)| {
        let (start, end) = (a.min(b), a.max(b));
        let came = runtime.block_on(read(&layout, &blobs, start as u64..end as u64));
        prop_assert!(came == whole[start..end]);
    });
}

#[tokio::test]
async fn a_range_beyond_the_end_stops_there() {
    let blobs = memory().await;
    let layout = sample(&blobs).await;
    let end = layout.size_bytes();
    assert_eq!(read(&layout, &blobs, end - 22..u64::MAX).await.len(), 22);
    assert_eq!(read(&layout, &blobs, end..end + 5).await, b"");
    assert_eq!(read(&layout, &blobs, u64::MAX - 1..u64::MAX).await, b"");
}

#[tokio::test]
async fn only_the_blobs_of_a_range_are_read() {
    let blobs = memory().await;
    let entries = vec![imagined("absent", 100), held(&blobs, "kept", b"kept").await];
    let layout = BundleLayout::new(entries, &[]).unwrap();
    let kept = 30 + 6 + 100 + 30 + 4;
    assert_eq!(read(&layout, &blobs, kept..kept + 4).await, b"kept");
    let failed = layout.read(&blobs, 0..200).try_collect::<Vec<Bytes>>().await;
    assert!(matches!(failed, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn referenced_files_are_listed_in_a_last_entry() {
    let blobs = memory().await;
    let hash = Sha256::from_digest(&[0xcd; 32]);
    let file = |path: &str, holding| FileEntry {
        path: path.to_owned(),
        size_bytes: 5,
        git_sha1: None,
        holding,
    };
    let entry = held(&blobs, "a", b"12345").await;
    let stored = FileHolding::Stored { sha256: entry.sha256, crc32: entry.crc32 };
    let manifest = Manifest::new(vec![
        file("REFERENCED-FILES.json", stored.clone()),
        file("a", stored),
        file("b", FileHolding::Referenced { sha256: Some(hash.clone()) }),
        file("c", FileHolding::Referenced { sha256: None }),
    ]);
    let zip = whole(&BundleLayout::of(&manifest).unwrap(), &blobs).await;
    let program = "import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.namelist()[-1] == '_REFERENCED-FILES.json' and len(z.namelist()) == 3
sys.stdout.write(z.read('_REFERENCED-FILES.json').decode())";
    let list: serde_json::Value = serde_json::from_slice(&python(program, &zip)).unwrap();
    let expected = serde_json::json!({ "referenced_files": [
        { "path": "b", "size_bytes": 5, "sha256": hash },
        { "path": "c", "size_bytes": 5, "sha256": null },
    ]});
    assert_eq!(list, expected);
}

#[test]
fn the_etag_changes_with_anything_that_changes_the_bytes() {
    let etag = |entries, referenced: &[ReferencedEntry]| {
        BundleLayout::new(entries, referenced).unwrap().etag().to_owned()
    };
    let mut other_crc = imagined("a", 1);
    other_crc.crc32 += 1;
    let mut other_hash = imagined("a", 1);
    other_hash.sha256 = Sha256::from_digest(&[2; 32]);
    let all = [
        etag(vec![], &[]),
        etag(vec![imagined("a", 1)], &[]),
        etag(vec![imagined("a", 2)], &[]),
        etag(vec![imagined("b", 1)], &[]),
        etag(vec![other_crc], &[]),
        etag(vec![other_hash], &[]),
        etag(vec![imagined("a", 1), imagined("b", 1)], &[]),
        etag(vec![imagined("b", 1), imagined("a", 1)], &[]),
        etag(vec![imagined("a", 1)], &[referenced("c")]),
        etag(vec![imagined("a", 1)], &[referenced("d")]),
    ];
    let different: std::collections::HashSet<&String> = all.iter().collect();
    assert_eq!(different.len(), all.len());
}

#[test]
fn hostile_paths_and_sizes_are_refused() {
    let refused = |entries| BundleLayout::new(entries, &[]).unwrap_err();
    for path in ["", "/a", "../a", "a/../b", "a\\b"] {
        assert_eq!(refused(vec![imagined(path, 1)]), BundleError::UnsafePath(path.to_owned()));
    }
    let twice = vec![imagined("a", 1), imagined("a", 2)];
    assert_eq!(refused(twice), BundleError::SamePath("a".to_owned()));
    assert_eq!(refused(vec![imagined("a", u64::MAX)]), BundleError::TooLarge);
    assert_eq!(refused(vec![imagined("a", u64::MAX - 60)]), BundleError::TooLarge);
    assert_eq!(
        refused(vec![imagined("a", u64::MAX / 2), imagined("b", u64::MAX / 2)]),
        BundleError::TooLarge
    );
}

/// What Python reads in the directory of a ZIP of which only the end is there: the file is made
/// as long as the whole, with a hole where the blobs would be.
fn directory_read_by_python(layout: &BundleLayout, directory: u64) -> serde_json::Value {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.seek(SeekFrom::Start(directory)).unwrap();
    file.write_all(&made_from(layout, directory)).unwrap();
    let program = "import sys, json, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([[i.filename, i.file_size, i.header_offset] for i in z.infolist()]))";
    let ran = Command::new("python3").args(["-c", program]).arg(file.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

#[test]
fn sizes_and_offsets_beyond_four_gigabytes_are_written_as_zip64() {
    let entries = vec![
        imagined("just below", u64::from(u32::MAX) - 1),
        imagined("large", 5 * GIB),
        imagined("behind", 7),
    ];
    let layout = BundleLayout::new(entries, &[]).unwrap();
    let large = 30 + 10 + u64::from(u32::MAX) - 1;
    let behind = large + 30 + 5 + 20 + 5 * GIB;
    let directory = behind + 30 + 6 + 7;
    let expected = serde_json::json!([
        ["just below", u32::MAX - 1, 0],
        ["large", 5 * GIB, large],
        ["behind", 7, behind]
    ]);
    assert_eq!(directory_read_by_python(&layout, directory), expected);
    let made = made_from(&layout, directory);
    assert_eq!(directory + made.len() as u64, layout.size_bytes());
    assert_eq!(made[46 + 10 + 46 + 5..][..4], [1, 0, 24, 0], "sizes and offset");
    assert_eq!(made[made.len() - 6..], [0xff, 0xff, 0xff, 0xff, 0, 0], "the offset is elsewhere");
    let Some(super::layout::Part::Made(header)) = layout.part(large, u64::MAX) else {
        panic!("no header at {large}");
    };
    assert_eq!(header[18..26], [0xff; 8]);
    assert_eq!(header[35..39], [1, 0, 16, 0]);
    assert_eq!(header[39..47], (5 * GIB).to_le_bytes());
}

#[test]
fn more_entries_than_sixteen_bits_count_are_written_as_zip64() {
    for count in [65_534_u32, 65_535, 70_000] {
        let entries = (0..count).map(|n| imagined(&format!("{n:05}"), 1)).collect();
        let layout = BundleLayout::new(entries, &[]).unwrap();
        let directory = u64::from(count) * (30 + 5 + 1);
        let end = 22 + if count >= 65_535 { 76 } else { 0 };
        assert_eq!(layout.size_bytes(), directory + u64::from(count) * (46 + 5) + end);
        let read = directory_read_by_python(&layout, directory);
        assert_eq!(read.as_array().unwrap().len(), count as usize);
    }
}
