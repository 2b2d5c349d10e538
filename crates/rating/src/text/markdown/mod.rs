//! A Markdown text as sections with their prose, code, tables and links, in one pass without
//! recursion and under limits.

mod flow;
mod html_tables;
mod reader;
mod section;

pub(crate) use section::{CodeBlock, Section};

use pulldown_cmark::{Options, Parser};
use reader::Reader;
use std::borrow::Cow;

/// More than this of a card is not read.
const MAX_BYTES: usize = 5_000_000;
/// Blanks and list or quote marks that a line may begin with: bounds how deep anything nests.
const MAX_LEADING: usize = 160;
const MAX_EVENTS: usize = 1_000_000;
const MAX_SECTIONS: usize = 2_000;

/// A text, read.
pub(super) struct Read {
    /// Its sections, in order.
    pub(super) sections: Vec<Section>,
    /// Where reading ended before the text did: why, as one sentence.
    pub(super) cut: Option<String>,
}

/// Reads a body that begins on the given line of its file.
pub(super) fn read(body: &str, first_line: usize) -> Read {
    let mut cut = (body.len() > MAX_BYTES)
        .then(|| format!("Only the first {} MB of the card are read.", MAX_BYTES / 1_000_000));
    let body = bounded(body);
    let mut reader = Reader::new(&body, first_line);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (count, (event, range)) in Parser::new_ext(&body, options).into_offset_iter().enumerate() {
        if count >= MAX_EVENTS || reader.sections.len() > MAX_SECTIONS {
            let line = reader.line;
            cut = Some(format!("The card has so many parts that it is read to line {line} only."));
            break;
        }
        reader.at(range.start);
        reader.read(event);
    }
    Read { sections: reader.finish(), cut }
}

/// Cuts a text to what is read of it, and the marks and blanks that a line begins with.
fn bounded(body: &str) -> Cow<'_, str> {
    let body = &body[..body.floor_char_boundary(MAX_BYTES)];
    let leading = |line: &str| {
        line.len() - line.trim_start_matches(|c: char| " \t>-*+.)0123456789".contains(c)).len()
    };
    if body.lines().all(|line| leading(line) <= MAX_LEADING) {
        return Cow::Borrowed(body);
    }
    let mut shorter = String::with_capacity(body.len());
    for line in body.split_inclusive('\n') {
        let run = leading(line);
        shorter.push_str(&line[run.saturating_sub(MAX_LEADING).min(run)..]);
    }
    Cow::Owned(shorter)
}
