//! Are the claims backed?

mod results;

use super::{Outcome, Tally};
use crate::context::Context;
use crate::text::{LinkKind, Topic};
use results::Reported;
use std::collections::BTreeSet;

const STATED: f64 = 0.55;
const BREADTH: f64 = 0.15;
const PAPER: f64 = 0.12;
const BASELINE: f64 = 0.10;
const DESCRIBED: f64 = 0.08;

/// Adds up what backs the model's claims.
///
/// | points | for |
/// |---|---|
/// | 0.55 | the best-backed result: verified by the Hub 1, in `.eval_results` 0.9, in `model-index` 0.85, in a table or sentence of an evaluation section 0.7, each with data set, metric and value; a number without its data set or metric 0.1 |
/// | 0.15 | different results with data set and metric: 1 gives a quarter, 4 and more the whole |
/// | 0.12 | a link to a paper or leaderboard, beside a result; 0.06 alone |
/// | 0.10 | a table that sets a result with data set and metric beside another model's |
/// | 0.08 | how it was evaluated, in words of an evaluation section that can be checked |
///
/// A language model's grade, where one is configured, adds up to 0.2, never more than the points
/// above and never over 1.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    let model = context.model;
    let has_results = context.card.front_matter.contains_key("model-index")
        || model.documents.iter().any(|it| it.path.starts_with(".eval_results/"));
    if let Some(why) = model.card.why_missing().filter(|_| !has_results) {
        tally.missing(1.0, "The card", model.card.seen_at.clone(), why);
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
        let points = STATED * result.backing();
        tally.give(points, STATED, result.sentence(), result.seen_at.clone());
    } else {
        let observation = "No result is stated: no `.eval_results`, no `model-index`, no number \
             under an evaluation heading.";
        tally.give(0.0, STATED, observation, context.card_url());
    }
}

fn breadth(context: &Context<'_>, tied: &[&Reported], tally: &mut Tally) {
    let different: BTreeSet<_> = tied.iter().map(|result| result.key()).collect();
    let count = different.len();
    let share = (count as f64 / 4.0).min(1.0);
    let seen_at = tied.first().map_or_else(|| context.card_url(), |first| first.seen_at.clone());
    let observation = format!("{count} different pairs of data set and metric have a value.");
    tally.give(BREADTH * share, BREADTH, observation, seen_at);
}

fn papers(context: &Context<'_>, beside_results: bool, tally: &mut Tally) {
    let is_source = |link: &&crate::text::Link| {
        link.kind == LinkKind::Paper || link.url.to_ascii_lowercase().contains("leaderboard")
    };
    if let Some(link) = context.card.links().find(is_source) {
        let share = if beside_results { 1.0 } else { 0.5 };
        let address: String = link.url.chars().take(120).collect();
        let observation = format!("The card links to a paper or leaderboard: {address}.");
        tally.give(PAPER * share, PAPER, observation, context.card_line_url(link.line));
    } else {
        let observation = "The card links to no paper and no leaderboard.";
        tally.give(0.0, PAPER, observation, context.card_url());
    }
}

fn baselines(context: &Context<'_>, tied: &[&Reported], tally: &mut Tally) {
    if let Some(result) = tied.iter().find(|result| result.compared) {
        let observation = format!(
            "A table sets {} on {} beside other models' results.",
            result.metric, result.dataset
        );
        tally.give(BASELINE, BASELINE, observation, result.seen_at.clone());
    } else {
        let observation = "No result is set beside another model's.";
        tally.give(0.0, BASELINE, observation, context.card_url());
    }
}

fn described(context: &Context<'_>, tally: &mut Tally) {
    let said = context.card.said_about(Topic::Evaluation);
    let line = context.card.line_about(Topic::Evaluation);
    let seen_at = line.map_or_else(|| context.card_url(), |line| context.card_line_url(line));
    let observation = match line {
        Some(_) => format!(
            "The evaluation is described in {} different words, {} of them names or figures that \
             can be checked.",
            said.words, said.specifics
        ),
        None => "No section of the card is about evaluation.".to_owned(),
    };
    tally.give(DESCRIBED * said.share(), DESCRIBED, observation, seen_at);
}
