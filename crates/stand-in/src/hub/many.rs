//! Synthetic models for load tests.

use super::{Kind, Repository};
use crate::content::safetensors;

const FILLER: &str = "Every paragraph of this card is made up so that an index has something to \
    hold: rivers, lanterns, copper, harvest, tunnels and a few other words come back in turn.\n\n";

const FRONT_MATTER: &str = "---\nlicense: apache-2.0\nlanguage: en\n---\n";

/// The synthetic repository of this name, if its number is below `count`.
pub(super) fn named(kind: Kind, id: &str, count: usize) -> Option<Repository> {
    let number = |prefix: &str| id.strip_prefix(prefix)?.parse().ok().filter(|it| *it < count);
    match kind {
        Kind::Model => number("synthetic/model-").map(model),
        Kind::Dataset => number("synthetic/dataset-").map(dataset),
    }
}

pub(super) fn model(number: usize) -> Repository {
    let weights = safetensors(&[("embeddings.weight", &[40, 64])], number as u64);
    let config = format!("{{\"model_type\":\"bert\",\"hidden_size\":64,\"seed\":{number}}}\n");
    Repository::model(&format!("synthetic/model-{number:05}"))
        .card(&card("Model", number))
        .file("config.json", config)
        .file("model.safetensors", weights)
        .downloads(number as u64)
}

fn dataset(number: usize) -> Repository {
    Repository::dataset(&format!("synthetic/dataset-{number:05}"))
        .card(&card("Data set", number))
        .file("train.csv", format!("text,label\nmade up,{number}\n"))
        .downloads(number as u64)
}

/// Four kilobytes with one word, the marker, that no other card has.
fn card(what: &str, number: usize) -> String {
    let filler = FILLER.repeat(22);
    format!("{FRONT_MATTER}# {what} {number:05}\n\nMarker m{number:05}x.\n\n{filler}")
}
