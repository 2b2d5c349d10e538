//! Models side by side, for people and for programs.

use super::super::Context;
use super::super::explanation::{Files, mark, spoken};
use super::super::table::printable;
use super::super::terminal::{Sheet, Tone};
use crate::client::{Client, percent_encoded};
use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use touchstone_domain::Rating;
use touchstone_domain::comparison::{Comparison, CriterionComparison, MetricComparison};

/// Columns of a metric's or row's name.
const NAME: usize = 24;
/// Columns of one model's score.
const SCORE: usize = 9;

/// Models by name, and where their ratings differ.
#[derive(Serialize)]
pub(super) struct Compared {
    models: Vec<String>,
    comparison: Comparison,
}

impl Compared {
    /// Ratings that were made here.
    pub(super) fn of(rated: Vec<(String, Rating)>) -> Result<Self> {
        if !(2..=5).contains(&rated.len()) {
            bail!("name two to five models to compare, not {}", rated.len());
        }
        let ratings: Vec<&Rating> = rated.iter().map(|(_, rating)| rating).collect();
        let comparison = Comparison::of(&ratings);
        Ok(Self { models: rated.into_iter().map(|(name, _)| name).collect(), comparison })
    }

    /// Ratings that the registry has.
    pub(super) async fn of_registered(client: &Client, words: &[String]) -> Result<Self> {
        let mut found = Vec::with_capacity(words.len());
        for word in words {
            found.push(client.find(word).await?);
        }
        let [first, others @ ..] = found.as_slice() else { bail!("name models to compare") };
        let others: Vec<String> = others.iter().map(|one| percent_encoded(&one.id)).collect();
        let path = format!("/artifact/model/{}/rate/compare/{}", first.id, others.join(","));
        let answer = serde_json::from_value(client.get(&path).await?);
        let answer: Answer = answer.context("the registry compares in another form")?;
        let net_scores = answer.models.iter().map(|model| model.net_score).collect();
        Ok(Self {
            models: found.into_iter().map(|one| one.name).collect(),
            comparison: Comparison { net_scores, metrics: answer.metrics },
        })
    }

    /// Prints it as the context wants it.
    pub(super) fn print(&self, context: &Context) -> Result<()> {
        if context.json {
            println!("{}", serde_json::to_string(self)?);
            return Ok(());
        }
        let mut sheet = Sheet::for_output();
        self.write(&mut sheet);
        sheet.print()
    }

    fn write(&self, sheet: &mut Sheet) {
        let files: Vec<Files<'_>> = (0..self.models.len()).map(|side| self.files(side)).collect();
        for ((letter, name), files) in letters().zip(&self.models).zip(&files) {
            sheet.paragraph(&format!("{letter}  "), 3, Tone::Strong, &printable(name));
            files.introduce(sheet, "   ", "files at ");
        }
        sheet.line("");
        let heads: String =
            letters().take(self.models.len()).map(|it| cell(&it.to_string())).collect();
        sheet.line(&format!("{:<NAME$}{heads}", ""));
        let net: String =
            self.comparison.net_scores.iter().map(|score| cell(&format!("{score:.2}"))).collect();
        let net = sheet.tinted(Tone::Strong, &format!("{:<NAME$}{net}", "net score"));
        sheet.line(&net);
        for metric in &self.comparison.metrics {
            write_metric(sheet, metric, &files);
        }
    }

    /// Where one model's files are.
    fn files(&self, side: usize) -> Files<'_> {
        let rows = self.comparison.metrics.iter().flat_map(|metric| &metric.criteria);
        Files::of(rows.filter_map(|row| row.sides.get(side)).flat_map(|side| &side.evidence))
    }
}

/// What the registry answers, as far as it is shown.
#[derive(Deserialize)]
struct Answer {
    models: Vec<Model>,
    metrics: Vec<MetricComparison>,
}

#[derive(Deserialize)]
struct Model {
    net_score: f64,
}

fn letters() -> impl Iterator<Item = char> {
    'A'..='E'
}

fn cell(text: &str) -> String {
    format!("{text:>SCORE$}")
}

fn write_metric(sheet: &mut Sheet, metric: &MetricComparison, files: &[Files<'_>]) {
    let score = |side: &touchstone_domain::comparison::MetricSide| {
        if side.applies { cell(&format!("{:.2}", side.score)) } else { cell("–") }
    };
    let scores: String = metric.sides.iter().map(score).collect();
    if !metric.differs {
        sheet.line(&format!("{:<NAME$}{scores}  alike", spoken(metric.metric)));
        return;
    }
    sheet.line("");
    let line = format!("{:<NAME$}{scores}", spoken(metric.metric));
    let line = sheet.tinted(Tone::Strong, &line);
    sheet.line(&line);
    for row in metric.criteria.iter().filter(|row| row.differs) {
        write_row(sheet, row, files);
    }
}

fn write_row(sheet: &mut Sheet, row: &CriterionComparison, files: &[Files<'_>]) {
    let points = row.sides.iter().map(|side| {
        let shown = if side.of > 0.0 { format!("{:.2}", side.points) } else { "–".to_owned() };
        let (_, tone) = mark(side.points, side.of, side.unavailable);
        sheet.tinted(tone, &cell(&shown))
    });
    let points: String = points.collect();
    let name = format!("  {}", row.criterion.replace('_', " "));
    sheet.line(&format!("{name:<NAME$}{points}"));
    sheet.paragraph("      ", 6, Tone::Quiet, &row.because);
    for ((letter, side), files) in letters().zip(&row.sides).zip(files) {
        let (sign, tone) = mark(side.points, side.of, side.unavailable);
        let lead = sheet.tinted(tone, &format!("    {letter} {sign} "));
        if side.evidence.is_empty() {
            sheet.paragraph(&lead, 8, Tone::Plain, "is not asked this.");
        }
        for line in &side.evidence {
            sheet.paragraph(&lead, 8, Tone::Plain, &printable(&line.observation));
            if let Some(seen_at) = &line.seen_at {
                sheet.paragraph("        ", 8, Tone::Quiet, &files.shown(seen_at));
            }
        }
    }
}
