//! Which files make the smallest complete weight set, and what each device holds.

use crate::support::{facts, files, known, model, parent, rating, score};
use proptest::prelude::*;
use touchstone_domain::facts::Facts;
use touchstone_domain::lineage::Relation;
use touchstone_domain::{Metric, Missing};
use touchstone_rating::{DeviceBudgets, RatingSettings};

const GB: u64 = 1_000_000_000;

fn with(list: &[(&str, u64)]) -> Facts {
    let mut facts = facts();
    facts.model.files = files(list);
    facts
}

/// The bytes that the rating counted, by the share of a desktop's 16 GB that they leave.
fn gigabytes(facts: &Facts) -> f64 {
    let free = rating(facts).size.desktop_pc;
    ((1.0 - free) * 16.0 * 100.0).round() / 100.0
}

#[test]
fn the_same_weights_in_several_formats_count_once() {
    let facts = with(&[
        ("model.safetensors", 4 * GB),
        ("pytorch_model.bin", 4 * GB + 1000),
        ("tf_model.h5", 5 * GB),
        ("flax_model.msgpack", 4 * GB + 2000),
        ("training_args.bin", 3000),
        ("tokenizer.json", 1_000_000),
    ]);
    assert!((gigabytes(&facts) - 4.0).abs() < 0.02);
}

#[test]
fn all_shards_count_and_an_incomplete_set_does_not() {
    let whole = with(&[
        ("model-00001-of-00002.safetensors", 4 * GB),
        ("model-00002-of-00002.safetensors", 4 * GB),
    ]);
    let broken =
        with(&[("model-00001-of-00002.safetensors", 2 * GB), ("pytorch_model.bin", 8 * GB)]);
    let uncounted = with(&[("consolidated.00.pth", 4 * GB), ("consolidated.01.pth", 4 * GB)]);
    assert!((gigabytes(&uncounted) - 8.0).abs() < 0.02);
    let nothing = with(&[("model-00001-of-00002.safetensors", 2 * GB)]);
    assert!((gigabytes(&whole) - 8.0).abs() < 0.02);
    assert!((gigabytes(&broken) - 8.0).abs() < 0.02);
    assert!(score(&nothing, Metric::SizeScore).abs() < f64::EPSILON);
}

#[test]
fn the_median_quantisation_stands_for_gguf() {
    let facts = with(&[
        ("name.Q2_K.gguf", GB),
        ("name.Q4_K_M.gguf", 2 * GB),
        ("name.Q8_0.gguf", 6 * GB),
        ("mmproj-f16.gguf", 100),
    ]);
    assert!((gigabytes(&facts) - 2.0).abs() < 0.02);
}

#[test]
fn every_component_of_a_pipeline_counts_in_its_smallest_form() {
    let facts = with(&[
        ("model_index.json", 500),
        ("unet/diffusion_pytorch_model.safetensors", 4 * GB),
        ("unet/diffusion_pytorch_model.fp16.safetensors", 2 * GB),
        ("vae/diffusion_pytorch_model.bin", GB),
        ("text_encoder/model.safetensors", GB),
        ("name-pruned.ckpt", 9 * GB),
    ]);
    assert!((gigabytes(&facts) - 4.0).abs() < 0.02);
}

#[test]
fn an_adapter_needs_its_base() {
    let mut facts = with(&[("adapter_model.safetensors", GB)]);
    assert!(score(&facts, Metric::SizeScore).abs() < f64::EPSILON);
    let mut base = model("base/name");
    base.files = files(&[("model.safetensors", 3 * GB)]);
    let mut parent = parent("huggingface.co/base/name", Relation::Adapter);
    parent.model = Some(Box::new(base));
    facts.parents.push(parent);
    assert!((gigabytes(&facts) - 4.0).abs() < 0.02);
}

#[test]
fn without_weights_the_size_is_unavailable() {
    let rating = rating(&with(&[("README.md", 100)]));
    let size = rating.metric(Metric::SizeScore).unwrap();
    assert!(size.score.abs() < f64::EPSILON && size.coverage.abs() < f64::EPSILON);
    assert!(size.evidence[0].observation.starts_with("No complete set of weights"));
}

#[test]
fn a_listing_that_could_not_be_read_shows_as_such() {
    let mut facts = facts();
    let why = Missing::Failed { detail: "it hung".to_owned() };
    facts.model.files = touchstone_domain::Fact::missing("https://upstream.test/files", why);
    let rating = rating(&facts);
    assert!(rating.metric(Metric::SizeScore).unwrap().evidence[0].unavailable);
    assert!(rating.is_provisional());
}

#[test]
fn a_tiny_model_fits_everywhere_and_a_huge_one_nowhere() {
    assert!(score(&with(&[("model.safetensors", 1)]), Metric::SizeScore) > 0.999);
    assert!(score(&with(&[("model.safetensors", u64::MAX)]), Metric::SizeScore) < 0.001);
}

proptest! {
    #[test]
    fn a_bigger_device_never_scores_lower(bytes in 1..200 * GB, budget in 1..200 * GB, more in 0..200 * GB) {
        let mut facts = facts();
        facts.model.files = files(&[("model.safetensors", bytes)]);
        let at = |desktop_pc| {
            let budgets = DeviceBudgets { desktop_pc, ..DeviceBudgets::default() };
            let settings = RatingSettings { budgets, ..RatingSettings::default() };
            touchstone_rating::rate(&facts, &settings, &crate::support::Still).rating
        };
        let (small, large) = (at(budget), at(budget + more));
        prop_assert!(large.size.desktop_pc >= small.size.desktop_pc);
        prop_assert!(large.net_score >= small.net_score);
    }

    #[test]
    fn any_listing_is_answered_within_bounds(list in prop::collection::vec(("[a-z0-9_/.-]{0,40}(-0000[1-3]-of-0000[1-3])?\\.(bin|gguf|safetensors|onnx)", any::<u64>()), 0..20)) {
        let list: Vec<_> = list.iter().map(|(path, size)| crate::support::file(path, *size)).collect();
        let mut facts = facts();
        facts.model.files = known(list);
        let score = score(&facts, Metric::SizeScore);
        prop_assert!((0.0..=1.0).contains(&score));
        prop_assert_eq!(rating(&facts), rating(&facts.clone()));
    }
}
