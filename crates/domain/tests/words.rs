//! Ids, names, hashes and manifests that cannot be wrong.

use touchstone_domain::cost::megabytes;
use touchstone_domain::{
    ArtifactId, ArtifactName, ArtifactType, FileEntry, FileHolding, Manifest, Sha256, Timestamp,
};

#[test]
fn ids_are_letters_digits_and_hyphens() {
    assert!("48472749248".parse::<ArtifactId>().is_ok());
    for word in ["", "a b", "a/b", "ä", "a_b", &"x".repeat(65)] {
        assert!(word.parse::<ArtifactId>().is_err(), "{word}");
    }
}

#[test]
fn ids_sort_by_the_time_they_were_made() {
    let at = |nanoseconds| ArtifactId::new(Timestamp::from_nanosecond(nanoseconds).unwrap());
    let start = 1_790_000_000_000_000_000;
    let ids: Vec<ArtifactId> = (0..100).map(|step| at(start + step * 10_000)).collect();
    assert!(ids.is_sorted());
}

#[test]
fn what_is_external_has_the_same_id_everywhere() {
    let id = || ArtifactId::for_external("huggingface.co/a/b", ArtifactType::Model);
    assert_eq!(id(), id());
    assert_ne!(id(), ArtifactId::for_external("huggingface.co/a/b", ArtifactType::Dataset));
}

#[test]
fn names_that_no_keyboard_writes_are_refused() {
    assert!("bert-base (uncased)".parse::<ArtifactName>().is_ok());
    for word in ["", "  ", "*", "a\nb", "a\u{7f}", &"x".repeat(513)] {
        assert!(word.parse::<ArtifactName>().is_err(), "{word:?}");
    }
}

#[test]
fn names_are_compared_without_letter_case() {
    let folded = |word: &str| word.parse::<ArtifactName>().unwrap().folded();
    assert_eq!(folded("BERT-Große"), folded("bert-große"));
}

#[test]
fn a_hash_is_64_lower_case_digits() {
    let hash = Sha256::from_digest(&[0xab; 32]);
    assert_eq!(hash.as_str(), "ab".repeat(32));
    assert_eq!(hash.as_str().parse::<Sha256>().unwrap(), hash);
    assert!("AB".repeat(32).parse::<Sha256>().is_err());
}

fn file(path: &str, size_bytes: u64, stored: bool) -> FileEntry {
    let holding = if stored {
        FileHolding::Stored { sha256: Sha256::from_digest(&[1; 32]), crc32: 7 }
    } else {
        FileHolding::Referenced { sha256: None }
    };
    FileEntry { path: path.to_owned(), size_bytes, git_sha1: None, holding }
}

#[test]
fn a_manifest_is_sorted_and_holds_a_path_once() {
    let files = vec![file("b", 2, true), file("a", 1, true), file("b", 3, true)];
    let manifest = Manifest::new(files);
    let paths: Vec<&str> = manifest.files().iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["a", "b"]);
    assert_eq!(manifest.file("b").unwrap().size_bytes, 2, "the first is kept");
}

#[test]
fn bytes_held_here_are_told_from_all_bytes() {
    let manifest = Manifest::new(vec![file("a", 10, true), file("b", 90, false)]);
    assert_eq!((manifest.stored_bytes(), manifest.total_bytes()), (10, 100));
}

#[test]
fn a_manifest_survives_being_written_down() {
    let manifest = Manifest::new(vec![file("a", 10, true), file("b", 90, false)]);
    let written = serde_json::to_string(&manifest).unwrap();
    assert_eq!(serde_json::from_str::<Manifest>(&written).unwrap(), manifest);
}

#[test]
fn costs_are_megabytes_of_a_million_with_one_decimal() {
    assert!((megabytes(412_460_000) - 412.5).abs() < f64::EPSILON);
    assert!(megabytes(0).abs() < f64::EPSILON);
}
