//! Ratings side by side: where they differ, and which observations make the difference.

use crate::rating::{Evidence, Metric, MetricScore, Rating};
use serde::{Deserialize, Serialize};

/// Scores nearer to each other than this are shown alike, and so are no difference.
const SMALLEST: f64 = 0.0005;

/// Ratings side by side; every list of sides is in the order of the ratings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The net scores.
    pub net_scores: Vec<f64>,
    /// The questions, in [`Metric::ALL`]'s order.
    pub metrics: Vec<MetricComparison>,
}

/// The answers to one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricComparison {
    /// Which question.
    pub metric: Metric,
    /// Whether the answers differ.
    pub differs: bool,
    /// What each rating answered.
    pub sides: Vec<MetricSide>,
    /// The rows of the metric's table of points that any of the ratings used.
    pub criteria: Vec<CriterionComparison>,
}

/// One rating's answer to one question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MetricSide {
    /// The reported score, 0 to 1; -1 for reviewedness without a linked repository.
    pub score: f64,
    /// What it adds to the net score: the counted score times its weight.
    pub adds: f64,
    /// Whether the question can be asked of this model at all.
    pub applies: bool,
    /// Share of the possible points that rest on facts that were really there, 0 to 1.
    pub coverage: f64,
}

/// What one row of a table of points gave to each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionComparison {
    /// The row's name.
    pub criterion: String,
    /// Why it counts.
    pub because: String,
    /// Whether it gave more to one than to another.
    pub differs: bool,
    /// What it gave to each.
    pub sides: Vec<CriterionSide>,
}

/// What one row gave to one model, and what was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionSide {
    /// Points given.
    pub points: f64,
    /// Points that could have been given; 0 where the row was not used for this model.
    pub of: f64,
    /// Whether any of it could not be looked at.
    pub unavailable: bool,
    /// What was seen, or looked for and not found.
    pub evidence: Vec<Evidence>,
}

impl Comparison {
    /// Puts ratings side by side.
    #[must_use]
    pub fn of(ratings: &[&Rating]) -> Self {
        let metrics = Metric::ALL.into_iter().map(|metric| compare(metric, ratings));
        Self {
            net_scores: ratings.iter().map(|rating| rating.net_score).collect(),
            metrics: metrics.collect(),
        }
    }
}

fn compare(metric: Metric, ratings: &[&Rating]) -> MetricComparison {
    let answers: Vec<Option<&MetricScore>> =
        ratings.iter().map(|rating| rating.metric(metric)).collect();
    let sides: Vec<MetricSide> = answers.iter().map(|answer| side(*answer)).collect();
    let evidence: Vec<&[Evidence]> =
        answers.iter().map(|answer| answer.map_or(&[][..], |it| &it.evidence)).collect();
    let mut criteria: Vec<CriterionComparison> = Vec::new();
    for line in evidence.iter().copied().flatten().filter(|line| line.of > 0.0) {
        if criteria.iter().all(|known| known.criterion != line.criterion) {
            criteria.push(row(line, &evidence));
        }
    }
    let applies = sides.first().is_some_and(|side| side.applies);
    MetricComparison {
        metric,
        differs: spread(sides.iter().map(|side| side.score)) >= SMALLEST
            || sides.iter().any(|side| side.applies != applies),
        sides,
        criteria,
    }
}

fn side(answer: Option<&MetricScore>) -> MetricSide {
    MetricSide {
        score: answer.map_or(0.0, |it| it.score),
        adds: answer.map_or(0.0, |it| it.counted * it.weight),
        applies: answer.is_some_and(|it| it.applies),
        coverage: answer.map_or(0.0, |it| it.coverage),
    }
}

/// The row that this line belongs to, in all ratings.
fn row(line: &Evidence, evidence: &[&[Evidence]]) -> CriterionComparison {
    let sides: Vec<CriterionSide> = evidence
        .iter()
        .map(|lines| {
            let own: Vec<Evidence> = lines
                .iter()
                .filter(|one| one.of > 0.0 && one.criterion == line.criterion)
                .cloned()
                .collect();
            CriterionSide {
                points: own.iter().map(|one| one.points).sum(),
                of: own.iter().map(|one| one.of).sum(),
                unavailable: own.iter().any(|one| one.unavailable),
                evidence: own,
            }
        })
        .collect();
    CriterionComparison {
        criterion: line.criterion.clone(),
        because: line.because.clone(),
        differs: spread(sides.iter().map(|side| side.points)) >= SMALLEST,
        sides,
    }
}

fn spread(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    let least = values.fold(f64::INFINITY, f64::min);
    most - least
}
