//! From eleven answers to one rating: what does not apply leaves, the rest is scaled to sum to 1.

use crate::SCORING_VERSION;
use crate::context::Context;
use crate::metrics::{Outcome, by_device, why_missing};
use touchstone_domain::facts::{DatasetFacts, ModelFacts, ParentFacts, RepositoryFacts};
use touchstone_domain::rating::{BlockingFinding, MetricScore};
use touchstone_domain::{Fact, Metric, Rating};

/// Puts the answers, in [`Metric::ALL`]'s order, together.
pub(crate) fn combine(context: &Context<'_>, outcomes: [Outcome; 11]) -> Rating {
    let mut blocking = renamed(context.model);
    let mut metrics = Vec::with_capacity(outcomes.len());
    let total = applicable_weight(context, &outcomes);
    for (metric, outcome) in Metric::ALL.into_iter().zip(outcomes) {
        let share = if total > 0.0 { weight(context, metric) / total } else { 0.0 };
        blocking.extend(outcome.blocking);
        metrics.push(MetricScore {
            metric,
            score: outcome.score,
            counted: outcome.counted,
            weight: if outcome.applies { share } else { 0.0 },
            applies: outcome.applies,
            coverage: outcome.coverage,
            evidence: outcome.evidence,
        });
    }
    let info = context.model.info.value();
    Rating {
        scoring_version: SCORING_VERSION,
        collected_at: context.collected_at,
        net_score: weighted(&metrics, |score| score.counted),
        category: info
            .and_then(|info| info.pipeline_tag.clone())
            .unwrap_or_else(|| "unknown".to_owned()),
        size: by_device(context),
        coverage: weighted(&metrics, |score| score.coverage),
        weakest: weakest(&metrics),
        metrics,
        blocking,
        provisional: provisional(context),
    }
}

/// The operator's weight of a metric; an unset or senseless one counts nothing.
fn weight(context: &Context<'_>, metric: Metric) -> f64 {
    let weight = context.settings.weights.get(&metric).copied().unwrap_or(0.0);
    if weight.is_finite() { weight.max(0.0) } else { 0.0 }
}

fn applicable_weight(context: &Context<'_>, outcomes: &[Outcome; 11]) -> f64 {
    let all = Metric::ALL.into_iter().zip(outcomes);
    all.filter(|(_, outcome)| outcome.applies).map(|(metric, _)| weight(context, metric)).sum()
}

/// Summed in [`Metric::ALL`]'s order: floating-point sums depend on their order.
fn weighted(metrics: &[MetricScore], part: impl Fn(&MetricScore) -> f64) -> f64 {
    let sum: f64 = metrics.iter().map(|score| score.weight * part(score)).sum();
    (sum.clamp(0.0, 1.0) * 1e6).round() / 1e6
}

/// The lowest counted score among the metrics that count; the first of equal ones.
fn weakest(metrics: &[MetricScore]) -> Metric {
    let counting = metrics.iter().filter(|score| score.applies);
    counting
        .min_by(|a, b| a.counted.total_cmp(&b.counted))
        .map_or(Metric::RampUpTime, |score| score.metric)
}

fn renamed(model: &ModelFacts) -> Vec<BlockingFinding> {
    let finding = |old: &String| BlockingFinding {
        code: "renamed_upstream".to_owned(),
        summary: format!(
            "The repository was asked for as {old} and answered as {}.",
            model.source.repository()
        ),
        seen_at: Some(model.source.page_url()),
    };
    model.renamed_from.iter().map(finding).collect()
}

/// Every fact that is missing for a passing reason, as one sentence each.
fn provisional(context: &Context<'_>) -> Vec<String> {
    let mut passing = Passing::default();
    passing.model(context.model);
    context.datasets.iter().for_each(|dataset| passing.dataset(dataset));
    context.repositories.iter().for_each(|repository| passing.repository(repository));
    context.parents.iter().for_each(|parent| passing.parent(parent));
    passing.sentences
}

/// Collects the facts that are missing for a passing reason.
#[derive(Default)]
struct Passing {
    sentences: Vec<String>,
}

impl Passing {
    fn look<T>(&mut self, what: &str, fact: &Fact<T>) {
        if let Some(why) = fact.why_missing().filter(|why| why.is_passing()) {
            self.sentences.push(format!("{what} {} ({}).", why_missing(why), fact.seen_at));
        }
    }

    fn model(&mut self, model: &ModelFacts) {
        self.look("The model's metadata", &model.info);
        self.look("The model's file list", &model.files);
        self.look("The model card", &model.card);
        self.look("The model's configuration", &model.config);
        self.look("The adapter's configuration", &model.adapter_config);
        self.look("The licence file", &model.license_file);
        self.look("The model's history", &model.history);
        self.look("The model's owner", &model.owner);
    }

    fn dataset(&mut self, dataset: &DatasetFacts) {
        self.look(&format!("The data set {}", dataset.named_as), &dataset.info);
        self.look(&format!("The card of the data set {}", dataset.named_as), &dataset.card);
    }

    fn repository(&mut self, repository: &RepositoryFacts) {
        let name = &repository.named_as;
        self.look(&format!("The repository {name}"), &repository.info);
        self.look(&format!("The contributors of {name}"), &repository.contributors);
        self.look(&format!("The file list of {name}"), &repository.tree);
        self.look(&format!("The reviews of {name}"), &repository.reviews);
        self.look(&format!("The README of {name}"), &repository.readme);
        self.look(&format!("The licence of {name}"), &repository.license);
    }

    /// Only the parent's own metadata counts: what lies further up is the parent's rating.
    fn parent(&mut self, parent: &ParentFacts) {
        if let (None, Some(model)) = (&parent.registered, &parent.model) {
            self.look(&format!("The parent {}", parent.canonical), &model.info);
        }
    }
}
