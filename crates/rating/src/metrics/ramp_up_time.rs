//! How fast does a newcomer get a first result?

use super::{Outcome, Tally};
use crate::context::Context;
use crate::text::{Topic, substance};
use touchstone_domain::facts::HubInfo;

/// Points for a snippet that runs as it stands.
const SNIPPET: f64 = 0.30;
/// Points for each of the sections that a newcomer looks for.
const SECTIONS: [(Topic, f64, &str); 3] = [
    (Topic::Usage, 0.09, "how to use it"),
    (Topic::IntendedUse, 0.06, "what it is meant for"),
    (Topic::Limitations, 0.06, "what it cannot do"),
];
const LENGTH: f64 = 0.09;
const ADOPTION: f64 = 0.10;

/// Adds up what a newcomer finds.
///
/// | points | for |
/// |---|---|
/// | 0.30 | a Python example that loads this model and runs as it stands; 0.15 where it has to be mended |
/// | 0.21 | what the card says on usage (0.09), intended use (0.06) and limitations (0.06), by different words and what can be checked in them |
/// | 0.14 | the task (0.04) and the library that loads it (0.04), with a `config.json` that names its architecture (0.06) |
/// | 0.10 | tokenizer or preprocessor files |
/// | 0.06 | notebooks or example scripts in the repository |
/// | 0.09 | the card's text: half at 150 different words, nearing the whole |
/// | 0.10 | adoption: downloads (0.06, whole at a million a month) and likes (0.04, whole at a thousand), on a logarithmic scale |
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    card(context, &mut tally);
    loading(context, &mut tally);
    files(context, &mut tally);
    match &context.model.info.found {
        Ok(info) => adoption(info, context, &mut tally),
        Err(why) => {
            let seen_at = context.model.info.seen_at.clone();
            tally.missing(ADOPTION, "The Hub's record of downloads and likes", seen_at, why);
        }
    }
    tally.outcome()
}

fn card(context: &Context<'_>, tally: &mut Tally) {
    if let Some(why) = context.model.card.why_missing() {
        let of = SNIPPET + 0.21 + LENGTH;
        tally.missing(of, "The card", context.model.card.seen_at.clone(), why);
        return;
    }
    snippet(context, tally);
    for (topic, of, what) in SECTIONS {
        let said = context.card.said_about(topic);
        let seen_at = context.card.line_about(topic).map(|line| context.card_line_url(line));
        let observation = if seen_at.is_none() {
            format!("No section of the card says {what}.")
        } else {
            let (words, specifics) = (said.words, said.specifics);
            format!(
                "The card says {what} in {words} different words, {specifics} of them names or \
                 figures that can be checked."
            )
        };
        let seen_at = seen_at.unwrap_or_else(|| context.card_url());
        tally.give(of * said.share(), of, observation, seen_at);
    }
    let lines = context.card.own_sections().flat_map(|section| section.prose.lines());
    let said = substance(lines);
    let share = said.words as f64 / (said.words as f64 + 150.0) * said.share();
    let observation = format!("The card's text has {} different words.", said.words);
    tally.give(LENGTH * share, LENGTH, observation, context.card_url());
}

fn snippet(context: &Context<'_>, tally: &mut Tally) {
    let own = || context.examples.iter().filter(|example| example.loads_this);
    let whole = own().find(|example| example.problem.is_none());
    if let Some(example) = whole.or_else(|| own().next()) {
        let (share, how) = match &example.problem {
            None => (1.0, "and runs as it stands".to_owned()),
            Some(problem) => (0.5, format!("but {problem}")),
        };
        let line = example.line;
        let observation = format!("The example on line {line} loads this model {how}.");
        tally.give(SNIPPET * share, SNIPPET, observation, context.card_line_url(line));
    } else {
        let observation = "No example in the card loads this model.";
        tally.give(0.0, SNIPPET, observation, context.card_url());
    }
}

fn loading(context: &Context<'_>, tally: &mut Tally) {
    let info = context.model.info.value();
    let card = |field: &str| context.card.strings(field).first().map(|it| (*it).to_owned());
    let task = info.and_then(|it| it.pipeline_tag.clone()).or_else(|| card("pipeline_tag"));
    let library = info.and_then(|it| it.library_name.clone()).or_else(|| card("library_name"));
    let seen_at = context.model.info.seen_at.clone();
    for (what, stated) in [("task", task), ("library", library)] {
        match (stated, &context.model.info.found) {
            (Some(stated), _) => {
                tally.give(0.04, 0.04, format!("The {what} is stated: {stated}."), seen_at.clone());
            }
            (None, Err(why)) => {
                tally.missing(
                    0.04,
                    &format!("The Hub's record of the {what}"),
                    seen_at.clone(),
                    why,
                );
            }
            (None, Ok(_)) => {
                tally.give(0.0, 0.04, format!("No {what} is stated."), seen_at.clone());
            }
        }
    }
    config(context, tally);
}

fn config(context: &Context<'_>, tally: &mut Tally) {
    const OF: f64 = 0.06;
    let config = &context.model.config;
    let document = match &config.found {
        Ok(document) => document,
        Err(why) => return tally.missing(OF, "`config.json`", config.seen_at.clone(), why),
    };
    let read = serde_json::from_str::<serde_json::Value>(&document.text).ok();
    let named = read.as_ref().and_then(|config| {
        let first = config.get("architectures").and_then(|list| list.get(0)?.as_str());
        first.or_else(|| config.get("model_type")?.as_str())
    });
    let seen_at = context.file_url(&document.path);
    match named {
        Some(name) => {
            let observation = format!("`config.json` names the architecture {name}.");
            tally.give(OF, OF, observation, seen_at);
        }
        None => tally.give(0.0, OF, "`config.json` names no architecture.", seen_at),
    }
}

/// Files that turn a user's input into the model's.
const PREPARATION: [&str; 10] = [
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
    "vocab.json",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "preprocessor_config.json",
    "processor_config.json",
    "feature_extractor_config.json",
];

fn files(context: &Context<'_>, tally: &mut Tally) {
    let listing = match &context.model.files.found {
        Ok(files) => files,
        Err(why) => {
            let seen_at = context.model.files.seen_at.clone();
            return tally.missing(0.16, "The list of the repository's files", seen_at, why);
        }
    };
    let prepares = |path: &str| PREPARATION.iter().any(|name| path.ends_with(name));
    let mut give = |of: f64, what: &str, found: Option<&str>| {
        if let Some(path) = found {
            let observation = format!("The repository has a {what}: `{path}`.");
            tally.give(of, of, observation, context.file_url(path));
        } else {
            let observation = format!("The repository has no {what}.");
            tally.give(0.0, of, observation, context.model.files.seen_at.clone());
        }
    };
    let filled = || listing.iter().filter(|it| it.size_bytes != Some(0)).map(|it| it.path.as_str());
    give(0.10, "tokenizer or preprocessor", filled().find(|path| prepares(path)));
    give(0.06, "notebook or example script", filled().find(|path| is_example(path)));
}

fn is_example(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let named = ["example", "demo", "inference", "usage", "quickstart"];
    match lower.rsplit_once('.') {
        Some((_, "ipynb")) => true,
        Some((_, "py" | "sh")) => named.iter().any(|word| lower.contains(word)),
        _ => false,
    }
}

fn adoption(info: &HubInfo, context: &Context<'_>, tally: &mut Tally) {
    let seen_at = context.model.info.seen_at.clone();
    let share = |count: u64, whole: f64| ((count as f64).ln_1p() / whole.ln_1p()).min(1.0);
    let downloads = format!("{} downloads in the last 30 days.", info.downloads);
    tally.give(0.06 * share(info.downloads, 1e6), 0.06, downloads, seen_at.clone());
    let likes = format!("{} likes.", info.likes);
    tally.give(0.04 * share(info.likes, 1e3), 0.04, likes, seen_at);
}
