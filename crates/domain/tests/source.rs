//! Addresses as people type them.
#![expect(clippy::panic, reason = "a test that cannot go on fails, and says where")]

use proptest::prelude::*;
use touchstone_domain::source::{HubKind, canonical_model};
use touchstone_domain::{ArtifactType, Source};

fn parse(text: &str, kind: ArtifactType) -> Source {
    Source::parse(text, kind).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refusal(text: &str) -> String {
    match Source::parse(text, ArtifactType::Model) {
        Ok(source) => panic!("{text} was taken for {source}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_spelling_of_a_model_is_one_source() {
    let spellings = [
        "https://huggingface.co/google-bert/bert-base-uncased",
        "http://huggingface.co/google-bert/bert-base-uncased/",
        "https://HuggingFace.co/google-bert/bert-base-uncased/tree/main",
        "https://www.huggingface.co/google-bert/bert-base-uncased/blob/main/README.md",
        "https://hf.co/google-bert/bert-base-uncased?library=transformers#usage",
        " https://huggingface.co/Google-BERT/bert-base-uncased ",
    ];
    for spelling in spellings {
        let source = parse(spelling, ArtifactType::Model);
        assert_eq!(source.canonical(), "huggingface.co/google-bert/bert-base-uncased");
        assert_eq!(source.revision(), None, "{spelling}");
        assert_eq!(source.default_name(), "bert-base-uncased");
    }
}

#[test]
fn every_spelling_of_a_repository_is_one_source() {
    for spelling in [
        "https://github.com/openai/whisper",
        "https://github.com/OpenAI/Whisper.git",
        "http://www.github.com/openai/whisper/tree/main/",
    ] {
        let source = parse(spelling, ArtifactType::Code);
        assert_eq!(source.canonical(), "github.com/openai/whisper");
    }
}

#[test]
fn a_revision_other_than_the_default_branch_is_kept() {
    let source = parse("https://huggingface.co/a/b/tree/v1.0", ArtifactType::Model);
    assert_eq!(source.revision(), Some("v1.0"));
    let source = parse("https://github.com/a/b/commit/abc123", ArtifactType::Code);
    assert_eq!(source.revision(), Some("abc123"));
}

#[test]
fn the_hub_s_oldest_models_have_no_owner() {
    let source = parse("https://huggingface.co/gpt2", ArtifactType::Model);
    assert_eq!(source.repository(), "gpt2");
}

#[test]
fn the_part_of_the_hub_decides_the_type() {
    let dataset = "https://huggingface.co/datasets/rajpurkar/squad";
    let source = parse(dataset, ArtifactType::Dataset);
    assert!(matches!(source, Source::HuggingFace { kind: HubKind::Dataset, .. }));
    assert!(refusal(dataset).contains("data set"));
    assert!(Source::parse("https://huggingface.co/a/b", ArtifactType::Dataset).is_err());
    assert!(Source::parse("https://huggingface.co/spaces/a/b", ArtifactType::Code).is_ok());
}

#[test]
fn what_is_not_a_public_address_is_refused() {
    for text in [
        "",
        "bert",
        "ftp://huggingface.co/a/b",
        "file:///etc/passwd",
        "https://user:secret@huggingface.co/a/b",
        "https://localhost/a/b",
        "https://registry/a/b",
        "https://metadata.google.internal/computeMetadata/v1/",
        "https://127.0.0.1/a/b",
        "https://127.1/a/b",
        "https://2130706433/a/b",
        "https://0x7f000001/a/b",
        "https://017700000001/a/b",
        "https://10.1.2.3/a/b",
        "https://172.16.0.1/a/b",
        "https://192.168.1.1/a/b",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/a/b",
        "https://0.0.0.0/a/b",
        "https://[::1]/a/b",
        "https://[::]/a/b",
        "https://[::ffff:10.0.0.1]/a/b",
        "https://[fd00::1]/a/b",
        "https://[fe80::1]/a/b",
        "https://[64:ff9b::7f00:1]/a/b",
        "http://example.org/data.csv",
        "https://huggingface.co/",
        "https://huggingface.co/a/b/c/d",
        "https://huggingface.co/-a/b",
        "https://huggingface.co/a--b/c",
        "https://github.com/openai",
    ] {
        assert!(!refusal(text).is_empty());
    }
}

#[test]
fn a_plain_file_keeps_its_whole_address() {
    let source = parse("https://data.example.org/sets/a.csv?v=2#top", ArtifactType::Dataset);
    assert_eq!(source.canonical(), "data.example.org/sets/a.csv?v=2");
    assert_eq!(source.default_name(), "a.csv");
}

#[test]
fn names_in_cards_are_models_or_nothing() {
    let canonical = |name: &str| canonical_model(name).map(|source| source.canonical());
    assert_eq!(canonical("Org/Model").as_deref(), Some("huggingface.co/org/model"));
    assert_eq!(canonical("https://huggingface.co/o/m").as_deref(), Some("huggingface.co/o/m"));
    for name in ["./checkpoint-500", "/home/me/model", "../up", "a/b/c", "https://example.org/m"] {
        assert_eq!(canonical(name), None, "{name}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,200}") {
        for kind in ArtifactType::ALL {
            let _ = Source::parse(&text, kind);
        }
    }

    #[test]
    fn a_source_s_page_is_the_same_source(owner in "[a-z][a-z0-9]{0,8}", name in "[A-Za-z][A-Za-z0-9_]{0,12}") {
        let text = format!("https://huggingface.co/{owner}/{name}");
        let source = Source::parse(&text, ArtifactType::Model).unwrap();
        let again = Source::parse(&source.page_url(), ArtifactType::Model).unwrap();
        prop_assert_eq!(again, source);
    }
}
