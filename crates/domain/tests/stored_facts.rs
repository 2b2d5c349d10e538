//! Facts as earlier programs stored them, and as later ones may.

use touchstone_domain::{Facts, Missing};

/// From before facts could be completed.
const EARLIER: &str = r#"{
  "collected_at": "2026-01-05T00:00:00Z",
  "model": {
    "source": {"host": "hugging_face", "kind": "model", "repository": "willow/leaf", "revision": null},
    "commit": "6936485050b3",
    "renamed_from": null,
    "info": {"seen_at": "https://x", "found": {"Err": {"reason": "failed", "detail": "it hung"}}},
    "files": {"seen_at": "https://x", "found": {"Ok": []}},
    "card": {"seen_at": "https://x", "found": {"Ok": {"path": "README.md", "text": "Leaf"}}},
    "config": {"seen_at": "https://x", "found": {"Err": {"reason": "absent"}}},
    "adapter_config": {"seen_at": "https://x", "found": {"Err": {"reason": "forbidden"}}},
    "license_file": {"seen_at": "https://x", "found": {"Err": {"reason": "too_large"}}},
    "documents": [],
    "history": {"seen_at": "https://x", "found": {"Err": {"reason": "not_asked"}}},
    "owner": {"seen_at": "https://x", "found": {"Err": {"reason": "rate_limited", "until": "2026-01-05T01:00:00Z"}}}
  },
  "datasets": [],
  "repositories": [],
  "parents": [],
  "grade": null
}"#;

#[test]
fn facts_that_an_earlier_program_stored_are_read() {
    let facts: Facts = serde_json::from_str(EARLIER).unwrap();
    assert_eq!(facts.model.card.value().map(|card| card.text.as_str()), Some("Leaf"));
    assert_eq!((facts.completed_at, facts.model.unread.len()), (None, 0));
    let lacks = facts.lacks();
    let what: Vec<&str> = lacks.iter().map(|lack| lack.what.as_str()).collect();
    assert_eq!(what, ["The model's metadata", "The model's owner"]);
    assert!(matches!(lacks[1].why, Missing::RateLimited { .. }));
}

#[test]
fn what_a_later_program_adds_is_passed_over() {
    let later = EARLIER.replace(r#""grade": null"#, r#""grade": null, "mood": {"of": "the day"}"#);
    let facts: Facts = serde_json::from_str(&later).unwrap();
    assert_eq!(facts, serde_json::from_str(EARLIER).unwrap());
}
