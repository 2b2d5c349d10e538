//! Is the data any good?

use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use crate::text::{Card, Topic};
use std::collections::BTreeSet;
use touchstone_domain::facts::{DatasetFacts, HubInfo};
use touchstone_domain::source::{HubKind, Source};
use touchstone_domain::{Metric, Missing};

const SECONDS_A_DAY: i64 = 86_400;

const DESCRIPTION: Criterion = Criterion::new(
    "description",
    0.12,
    "what the card says the data are",
    "Who cannot say what the data are cannot say what a model learned from them.",
);
const STRUCTURE: Criterion = Criterion::new(
    "structure",
    0.10,
    "what the card says on fields and examples",
    "Fields that are explained are used as they were meant.",
);
const SPLITS: Criterion = Criterion::new(
    "splits",
    0.08,
    "what the card says on how the data are divided",
    "Results are only comparable on the same division.",
);
const COLLECTION: Criterion = Criterion::new(
    "collection",
    0.10,
    "what the card says on where the data come from and how they were collected",
    "Origin decides what is in the data, and who had a say in it.",
);
const ANNOTATION: Criterion = Criterion::new(
    "annotation",
    0.08,
    "what the card says on how and by whom the data were labelled",
    "Labels are judgements, and as good as whoever made them.",
);
const LIMITATIONS: Criterion = Criterion::new(
    "limitations",
    0.10,
    "what the card says on biases and limits",
    "Every collection leaves something out; honest ones say what.",
);
const TERMS: Criterion = Criterion::new(
    "terms",
    0.05,
    "what the card says on the terms of use",
    "Data under terms that nobody knows may not be built upon.",
);
const CITATION: Criterion = Criterion::new(
    "citation",
    0.05,
    "what the card says on how to cite it",
    "A publication has been read by others.",
);
const LICENSE: Criterion = Criterion::new(
    "license",
    0.08,
    "a licence in its metadata",
    "A licence that programs can read is found by those who must check it.",
);
const SIZE: Criterion = Criterion::new(
    "size",
    0.06,
    "a size category in its metadata",
    "How much there is says what can be learned from it.",
);
const METADATA: Criterion = Criterion::new(
    "metadata",
    0.06,
    "a task, language or source in its metadata",
    "Data that are sorted in are found and compared.",
);
const DOWNLOADS: Criterion = Criterion::new(
    "downloads",
    0.05,
    "downloads in a month, on a logarithmic scale: whole at a hundred thousand",
    "Mistakes in data that many use are found and told.",
);
const LIKES: Criterion = Criterion::new(
    "likes",
    0.03,
    "likes, on a logarithmic scale: whole at five hundred",
    "Likes hint at use; they are cheap, so they count little.",
);
const RECENCY: Criterion = Criterion::new(
    "recency",
    0.04,
    "a change within three years before the facts were collected",
    "Data that somebody looks after are mended.",
);

const OWN_TEXT: Criterion = Criterion::new(
    "own_text",
    0.20,
    "what the model card says on its training data, by different words and what can be checked in \
     them",
    "The author's own words are something, but nobody else can open the data.",
);
const OWN_FIGURES: Criterion = Criterion::new(
    "own_figures",
    0.15,
    "different figures in that text, whole at four, in the measure of the text",
    "Figures can be checked; adjectives cannot.",
);
const OWN_SOURCES: Criterion = Criterion::new(
    "own_sources",
    0.15,
    "different links in that text, whole at two, in the measure of the text",
    "A source that is linked can be looked at.",
);

/// What a data set's card should say.
const SECTIONS: [(Topic, Criterion); 8] = [
    (Topic::Description, DESCRIPTION),
    (Topic::Structure, STRUCTURE),
    (Topic::Splits, SPLITS),
    (Topic::Collection, COLLECTION),
    (Topic::Annotation, ANNOTATION),
    (Topic::Limitations, LIMITATIONS),
    (Topic::License, TERMS),
    (Topic::Citation, CITATION),
];
const IN_OWN_WORDS: [Criterion; 3] = [OWN_TEXT, OWN_FIGURES, OWN_SOURCES];

/// How good the linked data sets are.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::DatasetQuality,
    question: "Is the data any good?",
    facts: &[
        "the linked data sets' cards, by section",
        "the Hub's record of them: licence, size, task, language, downloads, likes, last change",
        "the model card's section on its training data",
    ],
    criteria: &[
        DESCRIPTION,
        STRUCTURE,
        SPLITS,
        COLLECTION,
        ANNOTATION,
        LIMITATIONS,
        TERMS,
        CITATION,
        LICENSE,
        SIZE,
        METADATA,
        DOWNLOADS,
        LIKES,
        RECENCY,
    ],
    instead: &IN_OWN_WORDS,
    on_top: &[],
    limits: &[
        "Every linked data set has an equal share: the score is their mean.",
        "What the model card's own words earn is the least that linked data sets give.",
        "Without a linked data set it is 0.5 at most.",
    ],
    cannot_see: &[
        "The data themselves.",
        "Whether what a card says is true.",
        "Data sets outside the Hub.",
    ],
};

/// The mean over the linked data sets, by [`SCALE`], and never under what the model card's own
/// words on its data earn.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut linked = Tally::default();
    for (dataset, card) in context.data() {
        judge(dataset, card, context, &mut linked);
    }
    let mut own = Tally::default();
    in_own_words(context, &mut own);
    if context.datasets.is_empty() || linked.points() < own.points() {
        for (dataset, _) in context.data() {
            let name = &dataset.named_as;
            let observation = format!(
                "The data set {name} is linked, but the card's own words earn more than its card."
            );
            own.remark(observation, dataset.info.seen_at.clone());
        }
        return own.outcome();
    }
    linked.outcome()
}

/// One data set's share of the points.
fn judge(dataset: &DatasetFacts, card: &Card, context: &Context<'_>, tally: &mut Tally) {
    let parts = context.datasets.len();
    let name = &dataset.named_as;
    let Some(info) = dataset.info.value() else {
        let what = format!("The data set {name}");
        if let Some(why) = dataset.info.why_missing() {
            for criterion in SCALE.criteria {
                let seen_at = dataset.info.seen_at.clone();
                tally.missing(&criterion.one_of(parts), &what, seen_at, why);
            }
        }
        return;
    };
    for (topic, criterion) in SECTIONS {
        let said = card.said_about(topic);
        let looked_for = criterion.looks_at.trim_start_matches("what the card says ");
        let observation = match card.line_about(topic) {
            Some(_) => format!("The card of {name} says {looked_for} in {said}."),
            None => format!("No section of the card of {name} says {looked_for}."),
        };
        let seen_at = dataset.card.seen_at.clone();
        match dataset.card.why_missing().filter(|why| **why != Missing::Absent) {
            Some(why) => {
                let what = format!("The card of {name}");
                tally.missing(&criterion.one_of(parts), &what, seen_at, why);
            }
            None => tally.give(&criterion.one_of(parts), said.share(), observation, seen_at),
        }
    }
    metadata(name, info, card, parts, tally);
    adoption(name, info, parts, tally);
    recency(name, info, context, tally);
}

fn metadata(name: &str, info: &HubInfo, card: &Card, parts: usize, tally: &mut Tally) {
    let rows: [(Criterion, &[&str], &str); 3] = [
        (LICENSE, &["license"], "a licence"),
        (SIZE, &["size_categories"], "a size category"),
        (
            METADATA,
            &["task_categories", "language", "source_datasets"],
            "a task, language or source",
        ),
    ];
    for (criterion, fields, what) in rows {
        let tagged =
            |field: &&&str| info.tags.iter().find(|tag| tag.starts_with(&format!("{field}:")));
        let stated = fields.iter().find_map(|field| {
            let value = card.strings(field).first().map(|value| (*value).to_owned());
            value.or_else(|| tagged(&field).cloned())
        });
        let observation = match &stated {
            Some(value) => {
                let value: String = value.chars().take(60).collect();
                format!("The metadata of {name} state {what}: {value}.")
            }
            None => format!("The metadata of {name} state no {}.", what.trim_start_matches("a ")),
        };
        let share = f64::from(u8::from(stated.is_some()));
        tally.give(&criterion.one_of(parts), share, observation, page(info));
    }
}

fn adoption(name: &str, info: &HubInfo, parts: usize, tally: &mut Tally) {
    let share = |count: u64, whole: f64| ((count as f64).ln_1p() / whole.ln_1p()).min(1.0);
    let observation = format!("{name} had {} downloads in the last 30 days.", info.downloads);
    tally.give(&DOWNLOADS.one_of(parts), share(info.downloads, 1e5), observation, page(info));
    let observation = format!("{name} has {} likes.", info.likes);
    tally.give(&LIKES.one_of(parts), share(info.likes, 500.0), observation, page(info));
}

fn recency(name: &str, info: &HubInfo, context: &Context<'_>, tally: &mut Tally) {
    const THREE_YEARS_SECONDS: i64 = 3 * 365 * SECONDS_A_DAY;
    let seconds = info
        .last_modified
        .map(|changed| context.collected_at.as_second().saturating_sub(changed.as_second()));
    // Clocks differ a little; a change of tomorrow is nobody's.
    let (share, observation) = match seconds {
        Some(seconds) if seconds < -SECONDS_A_DAY => {
            (0.0, format!("The last change of {name} is dated in the future."))
        }
        Some(seconds) => (
            f64::from(u8::from(seconds < THREE_YEARS_SECONDS)),
            format!(
                "{name} changed {} days before the facts were collected.",
                seconds.max(0) / SECONDS_A_DAY
            ),
        ),
        None => (0.0, format!("No date of a last change of {name} is stated.")),
    };
    tally.give(&RECENCY.one_of(context.datasets.len()), share, observation, page(info));
}

/// What the model card's own words on its data earn.
fn in_own_words(context: &Context<'_>, tally: &mut Tally) {
    if let Some(why) = context.model.card.why_missing() {
        return tally.missing_all(&IN_OWN_WORDS, "The card", &context.model.card.seen_at, why);
    }
    let Some(line) = context.card.line_about(Topic::TrainingData) else {
        for criterion in &IN_OWN_WORDS {
            let observation = if context.datasets.is_empty() {
                "The card links no data set and has no section on its training data."
            } else {
                "The card has no section on its training data."
            };
            tally.unnamed(criterion, observation, context.card_url());
        }
        return;
    };
    let sections = || context.card.about(Topic::TrainingData);
    let words = sections().flat_map(|section| section.prose.split_whitespace());
    let is_figure = |word: &&str| word.bytes().filter(u8::is_ascii_digit).count() >= 2;
    let figures = words.filter(is_figure).collect::<BTreeSet<&str>>().len();
    let links = sections().flat_map(|section| &section.links);
    let sources = links.map(|link| link.url.as_str()).collect::<BTreeSet<&str>>().len();
    let share = |count: usize, whole: f64| (count as f64 / whole).min(1.0);
    let said = context.card.said_about(Topic::TrainingData);
    let text = said.share();
    let seen_at = context.card_line_url(line);
    let observation = format!("The card describes its data in {said}.");
    tally.give(&OWN_TEXT, text, observation, seen_at.clone());
    let observation = format!("That text has {figures} different figures.");
    tally.give(&OWN_FIGURES, text * share(figures, 4.0), observation, seen_at.clone());
    let observation = format!("That text links {sources} sources.");
    tally.give(&OWN_SOURCES, text * share(sources, 2.0), observation, seen_at);
}

fn page(info: &HubInfo) -> String {
    let (kind, repository) = (HubKind::Dataset, info.id.clone());
    Source::HuggingFace { kind, repository, revision: None }.page_url()
}

/// How complete a data set's card is, 0 to 1: its part of the scale alone.
pub(super) fn completeness(card: &Card) -> f64 {
    let whole: f64 = SECTIONS.iter().map(|(_, criterion)| criterion.points).sum();
    let said = SECTIONS
        .iter()
        .map(|(topic, criterion)| criterion.points * card.said_about(*topic).share());
    said.sum::<f64>() / whole
}
