//! Can this device hold the model?

mod weights;

use self::weights::{WeightSet, smallest_set};
use super::tally::to_thousandths;
use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use std::collections::BTreeMap;
use touchstone_domain::Metric;
use touchstone_domain::facts::ParentFacts;
use touchstone_domain::lineage::Relation;
use touchstone_domain::rating::SizeScores;

const RASPBERRY_PI: Criterion = Criterion {
    key: "raspberry_pi",
    points: 0.15,
    looks_at: "the share of 2 GB that the weights leave free",
    because: "A Raspberry Pi runs models where there is no network.",
};
const JETSON_NANO: Criterion = Criterion {
    key: "jetson_nano",
    points: 0.15,
    looks_at: "the share of 4 GB that the weights leave free",
    because: "A Jetson Nano is a small machine with an accelerator, as in devices and robots.",
};
const DESKTOP_PC: Criterion = Criterion {
    key: "desktop_pc",
    points: 0.35,
    looks_at: "the share of 16 GB that the weights leave free",
    because: "A desktop computer is what most people try a model on.",
};
const AWS_SERVER: Criterion = Criterion {
    key: "aws_server",
    points: 0.35,
    looks_at: "the share of 128 GB that the weights leave free",
    because: "A server in the cloud is what most services run on.",
};

/// Which devices hold the model.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::SizeScore,
    question: "Can this device hold the model?",
    facts: &[
        "the list of the repository's files with their sizes",
        "the headers of the weight files that are stored here",
        "the file list of an adapter's base",
    ],
    criteria: &[RASPBERRY_PI, JETSON_NANO, DESKTOP_PC, AWS_SERVER],
    instead: &[],
    on_top: &[],
    limits: &[
        "Counted are the bytes of the smallest complete weight set: one format, all of its shards; \
         for GGUF the median quantisation; an adapter's and its base's together.",
        "A larger device never scores lower. The budgets are the operator's.",
        "Without weights of a known size nothing is given, and the size is unavailable.",
    ],
    cannot_see: &[
        "What running needs beyond the weights: activations, caches, the runtime.",
        "How fast it runs there.",
    ],
};

/// What has to be held.
enum Need {
    /// This many bytes, said in a sentence.
    Bytes { bytes: u64, observation: String, seen_at: String },
    /// It cannot be told, for the reason that the tally states.
    Unknown(Box<Tally>),
}

/// The share of each device's memory that the weights leave free, weighted, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let (bytes, observation, seen_at) = match need(context) {
        Need::Bytes { bytes, observation, seen_at } => (bytes, observation, seen_at),
        Need::Unknown(tally) => return tally.outcome(),
    };
    let mut tally = Tally::default();
    tally.remark(observation, seen_at.clone());
    headers(context, &mut tally);
    for (device, criterion, budget) in devices(context) {
        let free = free_share(bytes, budget);
        let sentence = format!(
            "{device} with {} for weights keeps {:.1} % of it free.",
            readable(budget),
            free * 100.0
        );
        tally.give(&criterion, free, sentence, seen_at.clone());
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

fn devices(context: &Context<'_>) -> [(&'static str, Criterion, u64); 4] {
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
            let seen_at = &context.model.files.seen_at;
            tally.missing_all(SCALE.criteria, "The model's file list", seen_at, why);
            return Need::Unknown(Box::new(tally));
        }
    };
    let seen_at = context.model.files.seen_at.clone();
    let Some(set) = smallest_set(files) else {
        let sentence = "No complete set of weights of a known size is among the files.";
        return unknown(tally, sentence, &seen_at);
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
        let sentence = format!(
            "The weights are an adapter, {}, whose base has no known size.",
            described(adapter)
        );
        return unknown(Tally::default(), &sentence, &seen_at);
    };
    let observation = format!(
        "The weights are an adapter, {}, over its base {}, {}.",
        described(adapter),
        parent.canonical,
        described(&base)
    );
    Need::Bytes { bytes: adapter.bytes.saturating_add(base.bytes), observation, seen_at }
}

fn unknown(mut tally: Tally, sentence: &str, seen_at: &str) -> Need {
    for criterion in SCALE.criteria {
        tally.unnamed(criterion, sentence, seen_at.to_owned());
    }
    Need::Unknown(Box::new(tally))
}

/// What the headers of the stored weight files say: how many parameters in which number format, and
/// what is wrong with a header.
fn headers(context: &Context<'_>, tally: &mut Tally) {
    let mut parameters = BTreeMap::<&str, u64>::new();
    for header in &context.model.weight_headers {
        if let Some(problem) = &header.problem {
            let sentence =
                format!("The header of `{}` cannot be relied on: {problem}.", header.path);
            tally.remark(sentence, context.file_url(&header.path));
        }
        for (format, count) in &header.parameters {
            let counted = parameters.entry(format).or_default();
            *counted = counted.saturating_add(*count);
        }
    }
    let formats: Vec<String> =
        parameters.iter().take(6).map(|(format, count)| format!("{count} in {format}")).collect();
    if !formats.is_empty() {
        let sentence = format!(
            "The headers of the stored weight files count parameters: {}.",
            formats.join(", ")
        );
        tally.remark(sentence, context.model.files.seen_at.clone());
    }
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
