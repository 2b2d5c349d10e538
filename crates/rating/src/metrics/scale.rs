//! A metric's table of points as data: scores, evidence and documentation all follow from it.

use touchstone_domain::Metric;

/// One row of a metric's table of points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion {
    /// Its name in evidence, unique in its scale.
    pub key: &'static str,
    /// What it can give, as a share of the metric's score.
    pub points: f64,
    /// What is looked at, and how points follow from it.
    pub looks_at: &'static str,
    /// Why it counts, as one sentence.
    pub because: &'static str,
}

impl Criterion {
    /// A row of these columns.
    pub(crate) const fn new(
        key: &'static str,
        points: f64,
        looks_at: &'static str,
        because: &'static str,
    ) -> Self {
        Self { key, points, looks_at, because }
    }

    /// The part of it that one of several equal things can give, so that all of them give their
    /// mean.
    pub(crate) fn one_of(self, things: usize) -> Self {
        Self { points: self.points / things.max(1) as f64, ..self }
    }
}

/// A metric's table: what `docs/rating/<metric>.md` is generated from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Which metric.
    pub metric: Metric,
    /// The question that it answers.
    pub question: &'static str,
    /// The facts that it may use, most decisive first.
    pub facts: &'static [&'static str],
    /// The rows; their points sum to 1.
    pub criteria: &'static [Criterion],
    /// Rows that count instead of `criteria` where those have nothing to look at; their points sum
    /// to the most that such a model can reach.
    pub instead: &'static [Criterion],
    /// Rows that count on top where an operator asked for them; the score still ends at 1.
    pub on_top: &'static [Criterion],
    /// Bounds that hold whatever the facts are.
    pub limits: &'static [&'static str],
    /// What it would have to know and cannot.
    pub cannot_see: &'static [&'static str],
}

impl Scale {
    /// All rows: those that usually count, those that count instead and those on top.
    pub fn rows(&self) -> impl Iterator<Item = &'static Criterion> {
        self.criteria.iter().chain(self.instead).chain(self.on_top)
    }
}

/// A language model's grade of a text, where an operator configured one.
pub(crate) const GRADE: Criterion = Criterion {
    key: "language_model",
    points: 0.2,
    looks_at: "the grade that a configured language model gives the text; never more than was \
               earned without it",
    because: "A reader of text sees content that rules miss, but can be talked into things: so \
              its word moves the score a little and decides nothing.",
};
