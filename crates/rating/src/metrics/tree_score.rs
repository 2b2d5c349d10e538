//! Are its parents good?

use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use crate::license::Declared;
use crate::net_score;
use crate::text::Card;
use std::collections::BTreeSet;
use touchstone_domain::Metric;
use touchstone_domain::facts::{Gated, ModelFacts, ParentFacts};
use touchstone_domain::lineage::{Edge, disputes};
use touchstone_domain::rating::BlockingFinding;

/// How many generations are looked at.
const MAX_DEPTH: usize = 5;
/// How many parents of one model are looked at.
const MAX_PARENTS: usize = 16;
/// A parent rated under this is a finding of its own.
const LOW_SCORE: f64 = 0.5;

const PARENTS: Criterion = Criterion {
    key: "parents",
    points: 1.0,
    looks_at: "in equal shares each immediate parent: its net score in this registry, else the \
               net score of its metadata alone, which has no linked data or code to earn by",
    because: "What is wrong with a parent is in its children too.",
};

/// How good the models are that this one was made from.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::TreeScore,
    question: "Are its parents good?",
    facts: &[
        "the parents' ratings in this registry",
        "the parents' metadata, and that of their parents up to five generations",
    ],
    criteria: &[PARENTS],
    instead: &[],
    on_top: &[],
    limits: &[
        "A parent of which nothing is known gives nothing; a name that only a sentence or a \
         configuration gives and that upstream does not have is none.",
        "What sources say against each other about a parent is shown and moves no points.",
        "A model that is its own ancestor is counted once, and at most 16 parents are looked at.",
        "A model without parents is not asked: it reports 0, and the weight goes to the others.",
        "Findings beside the score: a parent that is non-commercial, gated, or rated under 0.5 here.",
    ],
    cannot_see: &["Parents that nobody states.", "How much of a parent is left in the model."],
};

/// The mean of the immediate parents' net scores, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let line = BTreeSet::from([own_name(context.model)]);
    score_at(context, &line, MAX_DEPTH)
}

/// `line` names the models between the rated one and here.
fn score_at(context: &Context<'_>, line: &BTreeSet<String>, depth: usize) -> Outcome {
    let mut seen = line.clone();
    let parents: Vec<&ParentFacts> = context
        .parents
        .iter()
        .filter(|parent| parent.relation.is_model() && !parent.is_nothing())
        .filter(|parent| seen.insert(parent.canonical.to_lowercase()))
        .take(MAX_PARENTS)
        .collect();
    if parents.is_empty() {
        return Outcome::not_applicable("No parent model is stated.");
    }
    let mut tally = Tally::default();
    let part = PARENTS.one_of(parents.len());
    let edges: Vec<Edge> = parents.iter().map(|parent| parent.edge()).collect();
    for (parent, disputes) in parents.into_iter().zip(disputes(&edges)) {
        for dispute in disputes {
            let sentence = format!("That {} is a parent is disputed. {dispute}", parent.canonical);
            tally.remark(sentence, page(parent));
        }
        rate_parent(context, parent, line, depth, &part, &mut tally);
        tally.blocking.extend(findings(parent));
    }
    tally.outcome()
}

fn rate_parent(
    context: &Context<'_>,
    parent: &ParentFacts,
    line: &BTreeSet<String>,
    depth: usize,
    part: &Criterion,
    tally: &mut Tally,
) {
    let name = &parent.canonical;
    if let Some(registered) = &parent.registered {
        let net = if registered.net_score.is_finite() { registered.net_score } else { 0.0 };
        let how = how_known(parent);
        let sentence =
            format!("The parent {name}{how} is registered here with a net score of {net:.3}.");
        tally.give(part, net, sentence, page(parent));
        return;
    }
    let Some(model) = parent.model.as_deref() else {
        let how = how_known(parent);
        tally.unnamed(part, format!("Nothing is known of the parent {name}{how}."), page(parent));
        return;
    };
    let seen_at = model.info.seen_at.clone();
    if let Some(why) = model.info.why_missing() {
        tally.missing(part, &format!("The metadata of the parent {name}"), seen_at, why);
        return;
    }
    let Some(above) = context.of_parent(parent).filter(|_| depth > 0) else {
        tally.unnamed(part, format!("The parent {name} is too far up to be rated."), seen_at);
        return;
    };
    let net = net_of(&above, line, depth);
    let how = how_known(parent);
    let sentence =
        format!("By its metadata alone the parent {name}{how} has a net score of {net:.3}.");
    tally.give(part, net, sentence, seen_at);
}

/// A metadata-only rating of an ancestor.
fn net_of(context: &Context<'_>, line: &BTreeSet<String>, depth: usize) -> f64 {
    let mut line = line.clone();
    line.insert(own_name(context.model));
    let outcomes = Metric::ALL.map(|metric| match metric {
        Metric::TreeScore => score_at(context, &line, depth - 1),
        other => super::answer(other, context),
    });
    net_score::combine(context, outcomes).net_score
}

fn own_name(model: &ModelFacts) -> String {
    model.source.canonical().to_lowercase()
}

/// Where the model states this parent, as an insertion in a sentence.
fn how_known(parent: &ParentFacts) -> String {
    let places: BTreeSet<String> =
        parent.statements.iter().map(|statement| statement.stated_in.to_string()).collect();
    let places = places.into_iter().collect::<Vec<_>>().join(", ");
    if places.is_empty() { places } else { format!(" (stated in {places})") }
}

fn page(parent: &ParentFacts) -> String {
    format!("https://{}", parent.canonical)
}

fn findings(parent: &ParentFacts) -> Vec<BlockingFinding> {
    let mut findings = Vec::new();
    let mut add = |code: &str, summary: String, seen_at: Option<String>| {
        findings.push(BlockingFinding { code: code.to_owned(), summary, seen_at });
    };
    let name = &parent.canonical;
    if let Some(registered) = parent.registered.as_ref().filter(|it| it.net_score < LOW_SCORE) {
        let net = registered.net_score;
        add(
            "parent_low_score",
            format!("The parent {name} is registered here with a net score of only {net:.3}."),
            Some(page(parent)),
        );
    }
    let Some(model) = parent.model.as_deref() else { return findings };
    let info = model.info.value();
    if info.is_some_and(|info| info.gated != Gated::No) {
        let summary = format!("The parent {name} gives its files only to those who accept terms.");
        add("parent_gated", summary, Some(model.info.seen_at.clone()));
    }
    let declared = Declared::of(model, &Card::of(model));
    if let Some(id) = declared.non_commercial() {
        let summary = format!("The parent {name} is under {id}, which forbids commercial use.");
        add("parent_non_commercial", summary, declared.seen_at());
    }
    findings
}
