//! What was measured, beside what is to be reached.

use super::Bench;
use std::fmt::Write as _;

/// One line of the table.
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) what: String,
    /// What is to be reached.
    pub(crate) target: String,
    /// The rounds, in the unit.
    pub(crate) rounds: Vec<f64>,
    /// The unit.
    pub(crate) unit: &'static str,
    /// Whether the median reaches the target, where there is one.
    pub(crate) reached: Option<bool>,
    /// How, and beside what.
    pub(crate) how: String,
}

impl Figure {
    /// Of rounds that nothing is demanded of.
    pub(crate) fn of(what: &str, unit: &'static str, rounds: Vec<f64>) -> Self {
        let (what, target) = (what.to_owned(), String::new());
        Self { what, target, rounds, unit, reached: None, how: String::new() }
    }

    /// Of rounds whose median must be at least this.
    pub(crate) fn at_least(what: &str, least: f64, unit: &'static str, rounds: Vec<f64>) -> Self {
        let (target, reached) = (format!("at least {least} {unit}"), median(&rounds) >= least);
        Self { target, reached: Some(reached), ..Self::of(what, unit, rounds) }
    }

    /// Of rounds whose median must be at most this.
    pub(crate) fn at_most(what: &str, most: f64, unit: &'static str, rounds: Vec<f64>) -> Self {
        let (target, reached) = (format!("at most {most} {unit}"), median(&rounds) <= most);
        Self { target, reached: Some(reached), ..Self::of(what, unit, rounds) }
    }

    /// With a word on how.
    pub(crate) fn how(mut self, how: impl Into<String>) -> Self {
        self.how = how.into();
        self
    }
}

/// The middle value.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The page.
pub(crate) fn page(machine: &str, bench: &Bench, figures: &[Figure]) -> String {
    let mut page = String::from("# Benchmarks\n\n");
    let _ = writeln!(
        page,
        "Written by `cargo xtask bench --seconds {} --rounds {} --artifacts {}`.\n\n{machine}\n",
        bench.seconds, bench.rounds, bench.artifacts
    );
    page.push_str(
        "Medians of the rounds, with the smallest and largest. Ratios are taken within \
                   one round, where both sides ran on the same machine one after the other.\n\n",
    );
    page.push_str("| what | to reach | median (smallest – largest) | reached | how |\n");
    page.push_str("| --- | --- | --- | --- | --- |\n");
    for figure in figures {
        let smallest = figure.rounds.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = figure.rounds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let _ = writeln!(
            page,
            "| {} | {} | {:.2} ({smallest:.2} – {largest:.2}) {} | {} | {} |",
            figure.what,
            figure.target,
            median(&figure.rounds),
            figure.unit,
            figure.reached.map_or("", |reached| if reached { "yes" } else { "**no**" }),
            figure.how,
        );
    }
    page
}
