//! Are the claims backed?

mod results;

use super::scale::GRADE;
use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use crate::text::{LinkKind, Topic};
use results::Reported;
use std::collections::BTreeSet;
use touchstone_domain::Metric;

const STATED: Criterion = Criterion {
    key: "stated",
    points: 0.55,
    looks_at: "the best-backed result: verified by the Hub 1, in `.eval_results` 0.9, in \
               `model-index` 0.85, in a table, sentence or output of an evaluation 0.7, or 0.6 \
               where only the text around says what is measured, each with data set, metric and \
               value; a number without its data set or metric 0.1",
    because: "Only a number that says on what and by which measure can be checked.",
};
const BREADTH: Criterion = Criterion {
    key: "breadth",
    points: 0.15,
    looks_at: "different pairs of data set and metric with a value: one gives a quarter, four and \
               more the whole",
    because: "One number can be luck; several that agree are harder to pick.",
};
const PAPER: Criterion = Criterion {
    key: "paper",
    points: 0.12,
    looks_at: "a link to a paper or leaderboard beside a result; half without a result",
    because: "A paper or leaderboard says how the number came about, under other people's eyes.",
};
const BASELINE: Criterion = Criterion {
    key: "baseline",
    points: 0.10,
    looks_at: "a table that sets a result with data set and metric beside another model's",
    because: "A number says little until it stands beside another one.",
};
const DESCRIBED: Criterion = Criterion {
    key: "described",
    points: 0.08,
    looks_at: "how it was evaluated, in words of an evaluation section that can be checked",
    because: "Who knows how it was measured can measure again.",
};

/// What backs the model's claims.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::PerformanceClaims,
    question: "Are the claims backed?",
    facts: &[
        "the files in `.eval_results`",
        "the front matter's `model-index`",
        "the card's tables, sentences and outputs on evaluation",
        "the card's links",
    ],
    criteria: &[STATED, BREADTH, PAPER, BASELINE, DESCRIBED],
    instead: &[],
    on_top: &[GRADE],
    limits: &[
        "Stating more results never lowers it.",
        "Numbers without data set or metric give 0.055 at most, however many there are.",
    ],
    cannot_see: &[
        "Whether a number is true, unless the Hub verified it.",
        "Results in pictures.",
        "Results that only a linked paper or page states.",
    ],
};

/// Adds up what backs the model's claims, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    let model = context.model;
    let has_results = context.card.front_matter.contains_key("model-index")
        || model.documents.iter().any(|it| it.path.starts_with(".eval_results/"));
    if let Some(why) = model.card.why_missing().filter(|_| !has_results) {
        tally.missing_all(SCALE.criteria, "The card", &model.card.seen_at, why);
        return tally.outcome();
    }
    let results = results::all(context);
    let tied: Vec<&Reported> = results.iter().filter(|it| it.is_tied()).collect();
    best(context, &results, &mut tally);
    breadth(context, &tied, &mut tally);
    papers(context, !tied.is_empty(), &mut tally);
    baselines(context, &tied, &mut tally);
    described(context, &mut tally);
    tally.grade(context.grade, |grade| grade.performance_claims);
    tally.outcome()
}

fn best(context: &Context<'_>, results: &[Reported], tally: &mut Tally) {
    let mut best: Option<&Reported> = None;
    for result in results {
        if best.is_none_or(|best| result.backing() > best.backing()) {
            best = Some(result);
        }
    }
    if let Some(result) = best {
        tally.give(&STATED, result.backing(), result.sentence(), result.seen_at.clone());
    } else {
        let observation = "No result is stated: no `.eval_results`, no `model-index`, no number \
             under an evaluation heading.";
        tally.give(&STATED, 0.0, observation, context.card_url());
    }
}

fn breadth(context: &Context<'_>, tied: &[&Reported], tally: &mut Tally) {
    let different: BTreeSet<_> = tied.iter().map(|result| result.key()).collect();
    let count = different.len();
    let share = (count as f64 / 4.0).min(1.0);
    let seen_at = tied.first().map_or_else(|| context.card_url(), |first| first.seen_at.clone());
    let observation = match count {
        0 => "No pair of data set and metric has a value.".to_owned(),
        1 => "One pair of data set and metric has a value.".to_owned(),
        _ => format!("{count} different pairs of data set and metric have a value."),
    };
    tally.give(&BREADTH, share, observation, seen_at);
}

fn papers(context: &Context<'_>, beside_results: bool, tally: &mut Tally) {
    let is_source = |link: &&crate::text::Link| {
        link.kind == LinkKind::Paper || link.url.to_ascii_lowercase().contains("leaderboard")
    };
    if let Some(link) = context.card.links().find(is_source) {
        let share = if beside_results { 1.0 } else { 0.5 };
        let address: String = link.url.chars().take(120).collect();
        let observation = format!("The card links to a paper or leaderboard: {address}.");
        tally.give(&PAPER, share, observation, context.card_line_url(link.line));
    } else {
        let observation = "The card links to no paper and no leaderboard.";
        tally.give(&PAPER, 0.0, observation, context.card_url());
    }
}

fn baselines(context: &Context<'_>, tied: &[&Reported], tally: &mut Tally) {
    if let Some(result) = tied.iter().find(|result| result.compared) {
        let observation = format!(
            "A table sets {} on {} beside other models' results.",
            result.metric, result.dataset
        );
        tally.give(&BASELINE, 1.0, observation, result.seen_at.clone());
    } else {
        let observation = "No result is set beside another model's.";
        tally.give(&BASELINE, 0.0, observation, context.card_url());
    }
}

fn described(context: &Context<'_>, tally: &mut Tally) {
    let said = context.card.said_about(Topic::Evaluation);
    let line = context.card.line_about(Topic::Evaluation);
    let seen_at = line.map_or_else(|| context.card_url(), |line| context.card_line_url(line));
    let observation = match line {
        Some(_) => format!("The evaluation is described in {said}."),
        None => "No section of the card is about evaluation.".to_owned(),
    };
    tally.give(&DESCRIBED, said.share(), observation, seen_at);
}
