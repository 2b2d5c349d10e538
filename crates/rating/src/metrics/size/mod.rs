//! Can this device hold the model?

mod weights;

use self::weights::{WeightSet, smallest_set};
use super::tally::to_thousandths;
use super::{Outcome, Tally};
use crate::context::Context;
use touchstone_domain::facts::ParentFacts;
use touchstone_domain::lineage::Relation;
use touchstone_domain::rating::SizeScores;

/// Each device's share of the score.
const RASPBERRY_PI: f64 = 0.15;
const JETSON_NANO: f64 = 0.15;
const DESKTOP_PC: f64 = 0.35;
const AWS_SERVER: f64 = 0.35;

/// What has to be held.
enum Need {
    /// This many bytes, said in a sentence.
    Bytes { bytes: u64, observation: String, seen_at: String },
    /// It cannot be told, for the reason that the tally states.
    Unknown(Box<Tally>),
}

/// The share of each device's memory that the weights leave free, weighted.
///
/// | points | for |
/// |---|---|
/// | 0.15 | a Raspberry Pi: `1 - bytes / 2 GB`, not under 0 |
/// | 0.15 | a Jetson Nano: `1 - bytes / 4 GB` |
/// | 0.35 | a desktop computer: `1 - bytes / 16 GB` |
/// | 0.35 | a server in the cloud: `1 - bytes / 128 GB` |
///
/// The budgets are the operator's. The bytes are those of the smallest complete weight set: one
/// format, all of its shards; for GGUF the median quantisation; an adapter's and its base's
/// together. Without weights nothing is given, and the size is unavailable.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let (bytes, observation, seen_at) = match need(context) {
        Need::Bytes { bytes, observation, seen_at } => (bytes, observation, seen_at),
        Need::Unknown(tally) => return tally.outcome(),
    };
    let mut tally = Tally::default();
    tally.remark(observation, seen_at.clone());
    for (device, share, budget) in devices(context) {
        let free = free_share(bytes, budget);
        let sentence = format!(
            "{device} with {} for weights keeps {:.1} % of it free.",
            readable(budget),
            free * 100.0
        );
        tally.give(share * free, share, sentence, seen_at.clone());
    }
    tally.outcome()
}

/// How well each class of device holds the model; all 0 where its size is not known.
pub(crate) fn by_device(context: &Context<'_>) -> SizeScores {
    let bytes = match need(context) {
        Need::Bytes { bytes, .. } => Some(bytes),
        Need::Unknown(_) => None,
    };
    let fits = |budget| bytes.map_or(0.0, |bytes| to_thousandths(free_share(bytes, budget)));
    let budgets = &context.settings.budgets;
    SizeScores {
        raspberry_pi: fits(budgets.raspberry_pi),
        jetson_nano: fits(budgets.jetson_nano),
        desktop_pc: fits(budgets.desktop_pc),
        aws_server: fits(budgets.aws_server),
    }
}

fn devices(context: &Context<'_>) -> [(&'static str, f64, u64); 4] {
    let budgets = &context.settings.budgets;
    [
        ("A Raspberry Pi", RASPBERRY_PI, budgets.raspberry_pi),
        ("A Jetson Nano", JETSON_NANO, budgets.jetson_nano),
        ("A desktop computer", DESKTOP_PC, budgets.desktop_pc),
        ("A server in the cloud", AWS_SERVER, budgets.aws_server),
    ]
}

fn free_share(bytes: u64, budget: u64) -> f64 {
    if budget == 0 { 0.0 } else { (1.0 - bytes as f64 / budget as f64).clamp(0.0, 1.0) }
}

fn need(context: &Context<'_>) -> Need {
    let mut tally = Tally::default();
    let files = match &context.model.files.found {
        Ok(files) => files,
        Err(why) => {
            let seen_at = context.model.files.seen_at.clone();
            tally.missing(1.0, "The model's file list", seen_at, why);
            return Need::Unknown(Box::new(tally));
        }
    };
    let seen_at = context.model.files.seen_at.clone();
    let Some(set) = smallest_set(files) else {
        let sentence = "No complete set of weights of a known size is among the files.";
        tally.unnamed(1.0, sentence, seen_at);
        return Need::Unknown(Box::new(tally));
    };
    if set.is_adapter {
        return with_base(context, &set, seen_at);
    }
    let observation = format!("The smallest complete weight set is {}.", described(&set));
    Need::Bytes { bytes: set.bytes, observation, seen_at }
}

/// An adapter is of no use without its base: what has to be held is both.
fn with_base(context: &Context<'_>, adapter: &WeightSet, seen_at: String) -> Need {
    let base_set = |parent: &ParentFacts| {
        smallest_set(parent.model.as_deref()?.files.value()?).filter(|set| !set.is_adapter)
    };
    let stated = context.parents.iter().filter(|parent| parent.relation == Relation::Adapter);
    let others = context.parents.iter().filter(|parent| parent.relation == Relation::BaseModel);
    let found = stated.chain(others).find_map(|parent| Some((parent, base_set(parent)?)));
    let Some((parent, base)) = found else {
        let mut tally = Tally::default();
        let sentence = format!(
            "The weights are an adapter, {}, whose base has no known size.",
            described(adapter)
        );
        tally.unnamed(1.0, sentence, seen_at);
        return Need::Unknown(Box::new(tally));
    };
    let observation = format!(
        "The weights are an adapter, {}, over its base {}, {}.",
        described(adapter),
        parent.canonical,
        described(&base)
    );
    Need::Bytes { bytes: adapter.bytes.saturating_add(base.bytes), observation, seen_at }
}

fn described(set: &WeightSet) -> String {
    let files = if set.files == 1 { "1 file".to_owned() } else { format!("{} files", set.files) };
    format!("{} in {} ({files}, {})", set.name, set.format, readable(set.bytes))
}

fn readable(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{bytes} bytes"),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}
