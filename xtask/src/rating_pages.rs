//! The pages on the metrics, made from the tables that ratings are made from.

use crate::commands::root;
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::path::PathBuf;
use touchstone_domain::Metric;
use touchstone_rating::{Criterion, RatingSettings, Scale, scale};

const MADE: &str =
    "<!-- Made by `cargo xtask docs` from the tables in crates/rating/src/metrics. -->\n\n";

/// Writes them.
pub(crate) fn write() -> Result<()> {
    for (path, text) in pages() {
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Fails where one of them does not say what the tables say.
pub(crate) fn check() -> Result<()> {
    for (path, text) in pages() {
        if std::fs::read_to_string(&path).unwrap_or_default() != text {
            bail!("{} is out of date: run `cargo xtask docs`", path.display());
        }
    }
    Ok(())
}

fn pages() -> Vec<(PathBuf, String)> {
    let folder = root().join("docs/rating");
    let page =
        |metric: Metric| (folder.join(format!("{}.md", metric.as_str())), of_metric(scale(metric)));
    let index = (folder.join("README.md"), index());
    Metric::ALL.map(page).into_iter().chain([index]).collect()
}

fn index() -> String {
    let weights = RatingSettings::default().weights;
    let mut text = format!(
        "{MADE}# How a model is rated\n\nEleven questions, each answered from facts between 0 and \
         1. The net score is their weighted mean; where a question cannot be asked, its weight \
         leaves and the others are scaled to sum to 1. The pages say for each question what is \
         looked at, what it gives and why, and what it cannot see. [How a rating can be \
         gamed](gaming.md) says what that leaves open.\n\n| question | weight | page |\n\
         | --- | --- | --- |\n"
    );
    for metric in Metric::ALL {
        let name = metric.as_str();
        let weight = weights.get(&metric).copied().unwrap_or(0.0);
        let question = scale(metric).question;
        let _ = writeln!(text, "| {question} | {weight:.2} | [{name}]({name}.md) |");
    }
    text
}

fn of_metric(scale: &Scale) -> String {
    let mut text = format!("{MADE}# `{}`\n\n{}\n", scale.metric.as_str(), scale.question);
    list(&mut text, "What is looked at, most decisive first", scale.facts);
    table(&mut text, "Points", scale.criteria);
    table(&mut text, "Instead, where those have nothing to look at", scale.instead);
    table(&mut text, "On top, where an operator asked for it", scale.on_top);
    list(&mut text, "Limits", scale.limits);
    list(&mut text, "What it cannot see", scale.cannot_see);
    text
}

fn list(text: &mut String, heading: &str, lines: &[&str]) {
    let _ = write!(text, "\n## {heading}\n\n");
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
}

fn table(text: &mut String, heading: &str, rows: &[Criterion]) {
    if rows.is_empty() {
        return;
    }
    let _ = write!(
        text,
        "\n## {heading}\n\n| row | points | for | because |\n| --- | --- | --- | --- |\n"
    );
    for Criterion { key, points, looks_at, because } in rows {
        let _ = writeln!(text, "| `{key}` | {points:.2} | {looks_at} | {because} |");
    }
}
