//! Synthetic models for load tests.

use super::Repository;
use crate::content::safetensors;

const FILLER: &str = "Every paragraph of this card is made up so that an index has something to \
    hold: rivers, lanterns, copper, harvest, tunnels and a few other words come back in turn.\n\n";

pub(super) fn synthetic_model(number: usize) -> Repository {
    let id = format!("synthetic/model-{number:05}");
    let front = "---\nlicense: apache-2.0\nlanguage: en\npipeline_tag: feature-extraction\n---\n";
    let card =
        format!("{front}# Model {number:05}\n\nMarker m{number:05}x.\n\n{}", FILLER.repeat(22));
    let weights = safetensors(&[("embeddings.weight", &[40, 64])], number as u64);
    let config = format!("{{\"model_type\":\"bert\",\"hidden_size\":64,\"seed\":{number}}}\n");
    Repository::model(&id)
        .card(&card)
        .file("config.json", config)
        .file("model.safetensors", weights)
        .downloads(number as u64)
}
