//! Is the data any good?

use super::{Outcome, Tally};
use crate::context::Context;
use crate::text::{Card, Topic};
use std::collections::BTreeSet;
use touchstone_domain::facts::{DatasetFacts, HubInfo};
use touchstone_domain::source::{HubKind, Source};

/// What a data set's card should say, with the points for it.
const SECTIONS: [(Topic, f64, &str); 8] = [
    (Topic::Description, 0.12, "description"),
    (Topic::Structure, 0.10, "structure"),
    (Topic::Splits, 0.08, "splits"),
    (Topic::Collection, 0.10, "collection"),
    (Topic::Annotation, 0.08, "annotation"),
    (Topic::Limitations, 0.10, "bias and limits"),
    (Topic::License, 0.05, "licence terms"),
    (Topic::Citation, 0.05, "citation"),
];

/// The mean over the linked data sets; each by the scale below, and never under what the model
/// card's own words on its data earn.
///
/// | points | for |
/// |---|---|
/// | 0.68 | its card, by content: description 0.12, structure 0.10, splits 0.08, collection 0.10, annotation 0.08, bias and limits 0.10, licence terms 0.05, citation 0.05 |
/// | 0.08 | a licence in its metadata |
/// | 0.06 | its size category |
/// | 0.06 | its task, language or source in its metadata |
/// | 0.08 | downloads (whole at a hundred thousand a month) and likes (whole at five hundred), logarithmic |
/// | 0.04 | changed within three years before the collection |
///
/// Without a linked data set: at most 0.5 for the model card's training-data section: 0.2 for its
/// text, 0.15 for figures in it (four and more), 0.15 for links to its sources (two and more).
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    let own = in_own_words(context);
    let scores: Vec<f64> = context.datasets.iter().map(|it| quality(it, context)).collect();
    let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    if scores.is_empty() || mean < own {
        own_words(context, own, &mut tally);
        for dataset in context.datasets {
            linked(dataset, 0.0, 0.0, context, &mut tally);
        }
        return tally.outcome();
    }
    let part = 1.0 / scores.len() as f64;
    for (dataset, score) in context.datasets.iter().zip(&scores) {
        linked(dataset, score * part, part, context, &mut tally);
    }
    tally.outcome()
}

/// What the model card's own words on its data earn, 0 to 0.5.
fn in_own_words(context: &Context<'_>) -> f64 {
    let sections = || context.card.about(Topic::TrainingData);
    let words = sections().flat_map(|section| section.prose.split_whitespace());
    let is_figure = |word: &&str| word.bytes().filter(u8::is_ascii_digit).count() >= 2;
    let figures: BTreeSet<&str> = words.filter(is_figure).collect();
    let sources: BTreeSet<&str> =
        sections().flat_map(|section| &section.links).map(|link| link.url.as_str()).collect();
    let share = |count: usize, whole: f64| (count as f64 / whole).min(1.0);
    let text = context.card.said_about(Topic::TrainingData).share();
    text * (0.2 + 0.15 * share(figures.len(), 4.0) + 0.15 * share(sources.len(), 2.0))
}

fn own_words(context: &Context<'_>, points: f64, tally: &mut Tally) {
    if let Some(why) = context.model.card.why_missing() {
        return tally.missing(1.0, "The card", context.model.card.seen_at.clone(), why);
    }
    let line = context.card.line_about(Topic::TrainingData);
    let seen_at = line.map_or_else(|| context.card_url(), |line| context.card_line_url(line));
    let said = context.card.said_about(Topic::TrainingData);
    let observation = if line.is_some() {
        format!(
            "The card's own words on its data: {} different ones, {} of them names or figures \
             that can be checked; without a linked data set they earn at most 0.5.",
            said.words, said.specifics
        )
    } else {
        "The card links no data set and has no section on its training data.".to_owned()
    };
    tally.give(points, 1.0, observation, seen_at);
}

fn linked(dataset: &DatasetFacts, points: f64, of: f64, context: &Context<'_>, tally: &mut Tally) {
    let name = &dataset.named_as;
    let what = format!("The data set {name}");
    let Some(info) = dataset.info.value() else {
        if let Some(why) = dataset.info.why_missing() {
            tally.missing(of, &what, dataset.info.seen_at.clone(), why);
        }
        return;
    };
    let said = documented(dataset);
    let said = if said.is_empty() { "nothing".to_owned() } else { said.join(", ") };
    let quality = super::tally::to_thousandths(quality(dataset, context));
    let observation = format!(
        "{what} earns {quality} of 1: its card says something on {said}; {} downloads, {} likes.",
        info.downloads, info.likes
    );
    tally.give(points, of, observation, page(dataset));
}

fn page(dataset: &DatasetFacts) -> String {
    let repository = dataset.info.value().map_or(&dataset.named_as, |info| &info.id).clone();
    let source = Source::HuggingFace { kind: HubKind::Dataset, repository, revision: None };
    source.page_url()
}

/// The parts that a data set's card says something on.
fn documented(dataset: &DatasetFacts) -> Vec<&'static str> {
    let card = Card::read(dataset.card.value(), dataset.info.value());
    let says = |topic: Topic| card.said_about(topic).share() > 0.2;
    SECTIONS.iter().filter(|(topic, _, _)| says(*topic)).map(|(_, _, what)| *what).collect()
}

/// How complete a data set's card is, 0 to 1: its part of the scale alone.
pub(super) fn completeness(dataset: &DatasetFacts) -> f64 {
    let card = Card::read(dataset.card.value(), dataset.info.value());
    let whole: f64 = SECTIONS.iter().map(|(_, of, _)| of).sum();
    let said = SECTIONS.iter().map(|(topic, of, _)| of * card.said_about(*topic).share());
    said.sum::<f64>() / whole
}

/// One data set's points, 0 to 1.
fn quality(dataset: &DatasetFacts, context: &Context<'_>) -> f64 {
    let Some(info) = dataset.info.value() else { return 0.0 };
    let card = Card::read(dataset.card.value(), Some(info));
    let states = |fields: &[&str]| {
        let tagged =
            |field: &str| info.tags.iter().any(|tag| tag.starts_with(&format!("{field}:")));
        let any = fields.iter().any(|field| !card.strings(field).is_empty() || tagged(field));
        f64::from(u8::from(any))
    };
    let share = |count: u64, whole: f64| ((count as f64).ln_1p() / whole.ln_1p()).min(1.0);
    0.68 * completeness(dataset)
        + 0.08 * states(&["license"])
        + 0.06 * states(&["size_categories"])
        + 0.06 * states(&["task_categories", "language", "source_datasets"])
        + 0.05 * share(info.downloads, 1e5)
        + 0.03 * share(info.likes, 500.0)
        + 0.04 * f64::from(u8::from(is_recent(info, context)))
}

fn is_recent(info: &HubInfo, context: &Context<'_>) -> bool {
    const THREE_YEARS_SECONDS: i64 = 3 * 365 * 86_400;
    info.last_modified.is_some_and(|changed| {
        context.collected_at.as_second() - changed.as_second() < THREE_YEARS_SECONDS
    })
}
