//! A rating for people: a line a metric, and where wanted every observation that it rests on.

use super::table::printable;
use super::terminal::{Sheet, Tone};
use touchstone_domain::rating::{Evidence, MetricScore};
use touchstone_domain::{Metric, Rating};

/// Columns before an observation: its mark and its points.
const MARGIN: usize = 16;

/// Writes a rating.
pub(super) fn write(sheet: &mut Sheet, rating: &Rating, explain: bool) {
    summary(sheet, rating);
    let evidence = rating.metrics.iter().flat_map(|answer| &answer.evidence);
    let files = Files::of(evidence);
    if explain {
        files.introduce(sheet, "", "files at ");
    } else {
        sheet.line("");
    }
    for answer in &rating.metrics {
        if explain {
            sheet.line("");
        }
        metric(sheet, answer);
        for lines in same(&answer.evidence).into_iter().filter(|_| explain) {
            observation(sheet, lines, &files);
        }
    }
    if explain {
        sheet.line("");
        sheet.line("+ all points   ~ some   - looked for and not found   ? could not be looked at");
    }
}

fn summary(sheet: &mut Sheet, rating: &Rating) {
    let state = if rating.is_provisional() { "provisional" } else { "final" };
    let net = sheet.tinted(Tone::Strong, &format!("net score {:.2}", rating.net_score));
    let rests = rating.coverage * 100.0;
    sheet.line(&format!("{net}, {state}; {rests:.0} % of it rests on facts that were there"));
    sheet.line(&format!("weakest: {}", spoken(rating.weakest)));
    for finding in &rating.blocking {
        let mark = sheet.tinted(Tone::Bad, "! ");
        sheet.paragraph(&mark, 2, Tone::Plain, &printable(&finding.summary));
        if let Some(seen_at) = &finding.seen_at {
            sheet.paragraph("  ", 2, Tone::Quiet, &printable(seen_at));
        }
    }
    for missing in &rating.provisional {
        let mark = sheet.tinted(Tone::Unknown, "? ");
        sheet.paragraph(&mark, 2, Tone::Plain, &printable(missing));
    }
}

/// The files of a model at its pinned commit: what lies there is shown by its path.
pub(super) struct Files<'a>(Option<&'a str>);

impl<'a> Files<'a> {
    /// The first such address in the evidence.
    pub(super) fn of(evidence: impl Iterator<Item = &'a Evidence>) -> Self {
        let mut places = evidence.filter_map(|line| line.seen_at.as_deref());
        Self(places.find_map(|place| {
            let (before, after) = place.split_once("/blob/")?;
            let commit = after.find('/')?;
            place.get(..before.len() + "/blob/".len() + commit + 1)
        }))
    }

    /// Says once where they are.
    pub(super) fn introduce(&self, sheet: &mut Sheet, mark: &str, words: &str) {
        if let Some(address) = self.0 {
            let text = printable(&format!("{words}{address}"));
            sheet.paragraph(mark, mark.len(), Tone::Quiet, &text);
        }
    }

    /// An address, by its path where it is one of theirs.
    pub(super) fn shown(&self, place: &str) -> String {
        let path = self.0.and_then(|address| place.strip_prefix(address));
        printable(path.unwrap_or(place))
    }
}

/// A metric's name as people say it.
pub(super) fn spoken(metric: Metric) -> String {
    metric.as_str().replace('_', " ")
}

fn metric(sheet: &mut Sheet, answer: &MetricScore) {
    let name = sheet.tinted(Tone::Strong, &format!("{:<23}", spoken(answer.metric)));
    if answer.applies {
        let (score, weight) = (answer.score, answer.weight * 100.0);
        let bar = bar(answer.counted);
        sheet.line(&format!("{name} {score:>5.2}  {bar}  counts {weight:>2.0} %"));
    } else {
        sheet.line(&format!("{name}     –  does not apply"));
    }
}

/// Neighbouring lines that say the same, as one: a file that is not there leaves several rows empty.
fn same(evidence: &[Evidence]) -> Vec<&[Evidence]> {
    let alike = |a: &Evidence, b: &Evidence| {
        a.observation == b.observation && a.seen_at == b.seen_at && a.of > 0.0 && b.of > 0.0
    };
    evidence.chunk_by(alike).collect()
}

fn observation(sheet: &mut Sheet, lines: &[Evidence], files: &Files<'_>) {
    let Some(first) = lines.first() else { return };
    let points: f64 = lines.iter().map(|line| line.points).sum();
    let of: f64 = lines.iter().map(|line| line.of).sum();
    let (mark, tone) = mark(points, of, lines.iter().any(|line| line.unavailable));
    let share = if of > 0.0 { format!("{points:.2} of {of:.2}") } else { String::new() };
    let mark = sheet.tinted(tone, &format!("{mark} {share:<14}"));
    sheet.paragraph(&mark, MARGIN, Tone::Plain, &printable(&first.observation));
    let indent = " ".repeat(MARGIN);
    if let Some(seen_at) = &first.seen_at {
        sheet.paragraph(&indent, MARGIN, Tone::Quiet, &files.shown(seen_at));
    }
    if let [line] = lines {
        sheet.paragraph(&indent, MARGIN, Tone::Quiet, &line.because);
    } else {
        let rows: Vec<&str> = lines.iter().map(|line| line.criterion.as_str()).collect();
        let rows = format!("for {}", rows.join(", ").replace('_', " "));
        sheet.paragraph(&indent, MARGIN, Tone::Quiet, &rows);
    }
}

/// How much of its points something gave, as a sign that needs no colour.
pub(super) fn mark(points: f64, of: f64, unavailable: bool) -> (char, Tone) {
    if unavailable {
        ('?', Tone::Unknown)
    } else if of <= 0.0 {
        (' ', Tone::Plain)
    } else if points <= 0.0 {
        ('-', Tone::Bad)
    } else if points < of - 0.0005 {
        ('~', Tone::Partly)
    } else {
        ('+', Tone::Good)
    }
}

fn bar(share: f64) -> String {
    const WIDTH: usize = 20;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the bar's width"
    )]
    let filled = (share.clamp(0.0, 1.0) * WIDTH as f64).round() as usize;
    format!("{}{}", "█".repeat(filled), "░".repeat(WIDTH - filled))
}
