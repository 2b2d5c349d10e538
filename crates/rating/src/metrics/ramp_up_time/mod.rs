//! How fast does a newcomer get a first result?

mod files;

use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use crate::text::{Topic, substance};
use touchstone_domain::Metric;
use touchstone_domain::facts::HubInfo;

const SNIPPET: Criterion = Criterion {
    key: "snippet",
    points: 0.30,
    looks_at: "a Python example in the card that loads this model: whole where it runs as it \
               stands, half where it has to be mended",
    because: "An example that runs is the shortest way to a first result.",
};
const USAGE: Criterion = Criterion {
    key: "usage",
    points: 0.09,
    looks_at: "what the card says on how to use it, by different words and what can be checked \
               in them",
    because: "A newcomer has to know what goes in and what comes out.",
};
const INTENDED_USE: Criterion = Criterion {
    key: "intended_use",
    points: 0.06,
    looks_at: "what the card says on what it is meant for, measured as the usage is",
    because: "A newcomer has to see whether it is the right model before trying it.",
};
const LIMITATIONS: Criterion = Criterion {
    key: "limitations",
    points: 0.06,
    looks_at: "what the card says on what it cannot do, measured as the usage is",
    because: "Knowing where it fails saves the time of finding out.",
};
const TASK: Criterion = Criterion {
    key: "task",
    points: 0.04,
    looks_at: "a stated task (`pipeline_tag`)",
    because: "The task says which interface the model has.",
};
const LIBRARY: Criterion = Criterion {
    key: "library",
    points: 0.04,
    looks_at: "a stated library (`library_name`)",
    because: "A library that loads it spares writing the loading code.",
};
const CONFIGURATION: Criterion = Criterion {
    key: "configuration",
    points: 0.06,
    looks_at: "a `config.json` that names the architecture",
    because: "Automatic classes load a model by the architecture that its configuration names.",
};
const PREPARATION: Criterion = Criterion {
    key: "preparation",
    points: 0.10,
    looks_at: "files of a tokenizer, feature extractor or other preprocessor",
    because: "Without them the user's own input cannot be brought into the model's form.",
};
const EXAMPLE_FILES: Criterion = Criterion {
    key: "example_files",
    points: 0.06,
    looks_at: "notebooks and example scripts in the repository: whole where one loads this model, \
               half where it is merely there",
    because: "A file that can be started teaches faster than a description.",
};
const TEXT: Criterion = Criterion {
    key: "text",
    points: 0.09,
    looks_at: "the card's text as a whole: half at 150 different words, nearing all of it",
    because: "More to read answers more questions, each page less than the one before.",
};
const DOWNLOADS: Criterion = Criterion {
    key: "downloads",
    points: 0.06,
    looks_at: "downloads in a month, on a logarithmic scale: whole at a million",
    because: "What many use has answers elsewhere, and problems that others met first.",
};
const LIKES: Criterion = Criterion {
    key: "likes",
    points: 0.04,
    looks_at: "likes, on a logarithmic scale: whole at a thousand",
    because: "Likes hint that others reached a result; they are cheap, so they count little.",
};

/// What the card alone can tell.
const IN_CARD: [Criterion; 5] = [SNIPPET, USAGE, INTENDED_USE, LIMITATIONS, TEXT];

/// The sections that a newcomer looks for.
const SECTIONS: [(Topic, Criterion, &str); 3] = [
    (Topic::Usage, USAGE, "how to use it"),
    (Topic::IntendedUse, INTENDED_USE, "what it is meant for"),
    (Topic::Limitations, LIMITATIONS, "what it cannot do"),
];

/// What a newcomer finds.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::RampUpTime,
    question: "How fast does a newcomer get a first result?",
    facts: &[
        "the card's Python examples",
        "the card's sections",
        "the Hub's record: task, library, downloads, likes",
        "`config.json`",
        "the list of the repository's files",
    ],
    criteria: &[
        SNIPPET,
        USAGE,
        INTENDED_USE,
        LIMITATIONS,
        TASK,
        LIBRARY,
        CONFIGURATION,
        PREPARATION,
        EXAMPLE_FILES,
        TEXT,
        DOWNLOADS,
        LIKES,
    ],
    instead: &[],
    on_top: &[],
    limits: &[
        "More documentation never lowers it.",
        "Downloads and likes alone give 0.10 at most.",
    ],
    cannot_see: &[
        "Whether the example runs: it is read, never executed.",
        "Documentation that lies elsewhere, behind a link.",
        "Whether what the card says is true.",
    ],
};

/// Adds up what a newcomer finds, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    card(context, &mut tally);
    loading(context, &mut tally);
    files::look(context, &mut tally);
    adoption(context, &mut tally);
    tally.outcome()
}

fn card(context: &Context<'_>, tally: &mut Tally) {
    let card = &context.model.card;
    if let Some(why) = card.why_missing() {
        return tally.missing_all(&IN_CARD, "The card", &card.seen_at, why);
    }
    snippet(context, tally);
    for (topic, criterion, what) in SECTIONS {
        let said = context.card.said_about(topic);
        let seen_at = context.card.line_about(topic).map(|line| context.card_line_url(line));
        let observation = if seen_at.is_none() {
            format!("No section of the card says {what}.")
        } else {
            format!("The card says {what} in {said}.")
        };
        let seen_at = seen_at.unwrap_or_else(|| context.card_url());
        tally.give(&criterion, said.share(), observation, seen_at);
    }
    let lines = context.card.own_sections().flat_map(|section| section.prose.lines());
    let said = substance(lines);
    let share = said.words as f64 / (said.words as f64 + 150.0) * said.share();
    let observation = format!("The card's text has {} different words.", said.words);
    tally.give(&TEXT, share, observation, context.card_url());
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
        tally.give(&SNIPPET, share, observation, context.card_line_url(line));
    } else {
        let observation = "No example in the card loads this model.";
        tally.give(&SNIPPET, 0.0, observation, context.card_url());
    }
}

fn loading(context: &Context<'_>, tally: &mut Tally) {
    let info = &context.model.info;
    let of_hub = |read: fn(&HubInfo) -> Option<&String>| info.value().and_then(read);
    stated(&TASK, "pipeline_tag", of_hub(|it| it.pipeline_tag.as_ref()), context, tally);
    stated(&LIBRARY, "library_name", of_hub(|it| it.library_name.as_ref()), context, tally);
    config(context, tally);
}

/// A field of the card's front matter, else what the Hub's record says of it.
fn stated(
    criterion: &Criterion,
    field: &str,
    by_hub: Option<&String>,
    context: &Context<'_>,
    tally: &mut Tally,
) {
    let what = criterion.key;
    let info = &context.model.info;
    let by_card = context.card.strings(field).first().map(|word| (*word).to_owned());
    match (by_card, by_hub, &info.found) {
        (Some(word), _, _) => {
            let observation = format!("The {what} is stated: {word}.");
            tally.give(criterion, 1.0, observation, context.card_field_url(field));
        }
        (None, Some(word), _) => {
            let observation = format!("The {what} is stated: {word}.");
            tally.give(criterion, 1.0, observation, info.seen_at.clone());
        }
        (None, None, Err(why)) => {
            let what = format!("The Hub's record of the {what}");
            tally.missing(criterion, &what, info.seen_at.clone(), why);
        }
        (None, None, Ok(_)) => {
            tally.give(criterion, 0.0, format!("No {what} is stated."), info.seen_at.clone());
        }
    }
}

fn config(context: &Context<'_>, tally: &mut Tally) {
    let config = &context.model.config;
    let document = match &config.found {
        Ok(document) => document,
        Err(why) => {
            return tally.missing(&CONFIGURATION, "`config.json`", config.seen_at.clone(), why);
        }
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
            tally.give(&CONFIGURATION, 1.0, observation, seen_at);
        }
        None => {
            tally.give(&CONFIGURATION, 0.0, "`config.json` names no architecture.", seen_at);
        }
    }
}

fn adoption(context: &Context<'_>, tally: &mut Tally) {
    let record = &context.model.info;
    let info = match &record.found {
        Ok(info) => info,
        Err(why) => {
            let what = "The Hub's record of downloads and likes";
            return tally.missing_all(&[DOWNLOADS, LIKES], what, &record.seen_at, why);
        }
    };
    let share = |count: u64, whole: f64| ((count as f64).ln_1p() / whole.ln_1p()).min(1.0);
    let downloads = format!("{} downloads in the last 30 days.", info.downloads);
    tally.give(&DOWNLOADS, share(info.downloads, 1e6), downloads, record.seen_at.clone());
    let likes = format!("{} likes.", info.likes);
    tally.give(&LIKES, share(info.likes, 1e3), likes, record.seen_at.clone());
}
