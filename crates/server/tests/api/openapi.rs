//! The document that describes the routes.

use std::path::Path;

/// The committed document, from which clients' types are made.
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

#[test]
fn the_committed_document_is_the_one_that_is_served() {
    let made = touchstone_server::openapi() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(Path::new(COMMITTED), &made).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(
        made == committed,
        "the routes have changed: run the tests once with UPDATE_OPENAPI=1 and look at the change"
    );
}

#[test]
fn every_operation_has_an_id_of_its_own_and_says_what_it_does() {
    let document: serde_json::Value = serde_json::from_str(&touchstone_server::openapi()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} stands twice");
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
            assert!(operation["tags"].is_array(), "{method} {path} has no tag");
        }
    }
    assert!(ids.len() > 30, "{ids:?}");
}
