//! How observations add up: a tally of points becomes a score, its coverage and its evidence.

use super::scale::{Criterion, GRADE};
use touchstone_domain::facts::TextGrade;
use touchstone_domain::rating::BlockingFinding;
use touchstone_domain::{Evidence, Missing};

/// One metric's answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    /// The reported score, 0 to 1; -1 only for reviewedness without a linked repository.
    pub(crate) score: f64,
    /// The score as it counts in the net score, 0 to 1.
    pub(crate) counted: f64,
    /// Whether the question can be asked of this model at all.
    pub(crate) applies: bool,
    /// Share of the possible points that rest on facts that were really there, 0 to 1.
    pub(crate) coverage: f64,
    /// The observations.
    pub(crate) evidence: Vec<Evidence>,
    /// Findings that no average may launder.
    pub(crate) blocking: Vec<BlockingFinding>,
}

impl Outcome {
    /// An outcome whose question cannot be asked of this model, and why.
    pub(crate) fn not_applicable(because: impl Into<String>) -> Self {
        let mut tally = Tally::default();
        tally.remark(because, None);
        Self { applies: false, ..tally.outcome() }
    }
}

/// Collects observations. Points are shares of the metric's score: what could have been given adds
/// up to 1 over a whole metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Tally {
    evidence: Vec<Evidence>,
    /// Points that could have been given and rest on facts that were really there.
    covered: f64,
    /// Findings that no average may launder.
    pub(crate) blocking: Vec<BlockingFinding>,
}

impl Tally {
    /// A fact was there, and gives that share (0 to 1) of the criterion's points.
    pub(crate) fn give(
        &mut self,
        criterion: &Criterion,
        share: f64,
        observation: impl Into<String>,
        seen_at: impl Into<Option<String>>,
    ) {
        self.covered += criterion.points;
        self.push(criterion, criterion.points * share, observation.into(), seen_at.into(), false);
    }

    /// A whole fact was not there or could not be looked at: it gives nothing.
    pub(crate) fn missing(
        &mut self,
        criterion: &Criterion,
        what: &str,
        seen_at: impl Into<Option<String>>,
        why: &Missing,
    ) {
        let observation = format!("{what} {}.", why_missing(why));
        self.push(criterion, 0.0, observation, seen_at.into(), *why != Missing::Absent);
    }

    /// The one place where all of these rows look was not there or could not be looked at.
    pub(crate) fn missing_all(
        &mut self,
        criteria: &[Criterion],
        what: &str,
        seen_at: &str,
        why: &Missing,
    ) {
        for criterion in criteria {
            self.missing(criterion, what, seen_at.to_owned(), why);
        }
    }

    /// Nothing there to look at, because nothing names it: it gives nothing.
    pub(crate) fn unnamed(
        &mut self,
        criterion: &Criterion,
        observation: impl Into<String>,
        seen_at: impl Into<Option<String>>,
    ) {
        self.push(criterion, 0.0, observation.into(), seen_at.into(), false);
    }

    /// A language model's grade: one more observation, which moves the score by at most 0.2 and
    /// never counts for more than what was seen without it.
    pub(crate) fn grade(
        &mut self,
        grade: Option<&TextGrade>,
        part: impl Fn(&TextGrade) -> Option<f64>,
    ) {
        let Some((grade, value)) = grade.and_then(|grade| Some((grade, part(grade)?))) else {
            return;
        };
        let value = if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 };
        let observation = format!("The language model {} grades the text {value:.2}.", grade.model);
        let earned = self.points();
        let most = earned.min(1.0 - earned) / GRADE.points;
        self.give(&GRADE, value.min(most), observation, None);
    }

    /// Only explains.
    pub(crate) fn remark(
        &mut self,
        observation: impl Into<String>,
        seen_at: impl Into<Option<String>>,
    ) {
        let row = Criterion { key: "", points: 0.0, looks_at: "", because: "" };
        self.push(&row, 0.0, observation.into(), seen_at.into(), false);
    }

    fn push(
        &mut self,
        row: &Criterion,
        points: f64,
        observation: String,
        seen_at: Option<String>,
        unavailable: bool,
    ) {
        self.evidence.push(Evidence {
            criterion: row.key.to_owned(),
            observation,
            seen_at,
            points: to_thousandths(points.clamp(0.0, row.points)).min(row.points),
            of: row.points,
            because: row.because.to_owned(),
            unavailable,
        });
    }

    /// The points given so far.
    pub(crate) fn points(&self) -> f64 {
        to_thousandths(self.evidence.iter().map(|evidence| evidence.points).sum())
    }

    /// The answer: the sum of the points, between 0 and 1.
    pub(crate) fn outcome(self) -> Outcome {
        let score = self.points().clamp(0.0, 1.0);
        let possible: f64 = self.evidence.iter().map(|evidence| evidence.of).sum();
        // Rows that count instead of others give less than a whole score: the rest was not there.
        let coverage = self.covered / possible.max(1.0);
        Outcome {
            score,
            counted: score,
            applies: true,
            coverage: to_thousandths(coverage.clamp(0.0, 1.0)),
            evidence: self.evidence,
            blocking: self.blocking,
        }
    }
}

/// Points are shown and added in thousandths, so that a reader who adds them up finds the score.
pub(crate) fn to_thousandths(points: f64) -> f64 {
    if points.is_finite() { (points * 1000.0).round() / 1000.0 } else { 0.0 }
}

/// Why something is missing, as the end of a sentence about it.
pub(crate) fn why_missing(why: &Missing) -> String {
    match why {
        Missing::Absent => "does not exist".to_owned(),
        Missing::Forbidden => "is not shown to us: it is private or gated".to_owned(),
        Missing::RateLimited { until } => {
            format!("could not be looked at: upstream's limit is used up until {until}")
        }
        Missing::Failed { detail } => {
            format!("could not be looked at: {}", detail.trim_end_matches('.'))
        }
        Missing::TooLarge => "is larger than we read".to_owned(),
        Missing::NotAsked => "was not asked for".to_owned(),
    }
}
