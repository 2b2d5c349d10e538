//! From eleven answers to one rating: what does not apply leaves, the rest is scaled to sum to 1.

use crate::SCORING_VERSION;
use crate::context::Context;
use crate::metrics::{Outcome, by_device, why_missing};
use touchstone_domain::facts::{ModelFacts, lacks};
use touchstone_domain::rating::{BlockingFinding, MetricScore};
use touchstone_domain::{Metric, Rating};

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
    let lacks =
        lacks(context.model, context.datasets, context.repositories, context.parents).into_iter();
    lacks
        .map(|lack| format!("{} {} ({}).", lack.what, why_missing(lack.why), lack.seen_at))
        .collect()
}
