//! The YAML between the `---` lines at the top of a card, under limits.

use serde_json::{Map, Value};
use std::borrow::Cow;

const MAX_YAML_BYTES: usize = 1_000_000;
const MAX_DEPTH: usize = 32;
const MAX_NODES: usize = 200_000;
/// Lines in which a front matter without its opening line must close.
const UNOPENED_LINES: usize = 60;

/// A card's text, divided.
pub(super) struct Divided<'a> {
    /// What stands between the `---` lines.
    pub(super) yaml: Option<&'a str>,
    /// The Markdown after it.
    pub(super) body: &'a str,
    /// The line of the file, counted from 1, on which the body begins.
    pub(super) body_line: usize,
}

/// Divides a card. The opening `---` is sometimes forgotten: then a block of `key:` lines that a
/// `---` closes is taken too.
pub(super) fn divide(text: &str) -> Divided<'_> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let opened = text.lines().next().is_some_and(|line| line.trim_end() == "---");
    if !opened && !begins_with_key(text) {
        return Divided { yaml: None, body: text, body_line: 1 };
    }
    let first = if opened { text.find('\n').map_or(text.len(), |at| at + 1) } else { 0 };
    let limit = if opened { usize::MAX } else { UNOPENED_LINES };
    let mut at = first;
    for (index, line) in text[first..].split_inclusive('\n').enumerate().take(limit) {
        if matches!(line.trim_end(), "---" | "...") {
            let end = at + line.len();
            let body_line = index + 2 + usize::from(opened);
            return Divided { yaml: Some(&text[first..at]), body: &text[end..], body_line };
        }
        at += line.len();
    }
    Divided { yaml: None, body: text, body_line: 1 }
}

fn begins_with_key(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    line.split_once(':').is_some_and(|(key, _)| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'-')
    })
}

/// Reads front matter as a mapping; else why it cannot be read, as the end of a sentence about it.
pub(super) fn read(yaml: &str) -> Result<Map<String, Value>, &'static str> {
    if yaml.len() > MAX_YAML_BYTES {
        return Err("is larger than we read");
    }
    // A tab may not indent YAML, but people's editors put it there.
    let spaced = if yaml.contains('\t') {
        Cow::Owned(yaml.replace('\t', "  "))
    } else {
        Cow::Borrowed(yaml)
    };
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MAX_DEPTH,
            max_nodes: MAX_NODES,
            max_events: MAX_NODES * 2,
            max_aliases: 1000,
            max_anchors: 1000,
            max_documents: 1,
        },
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: serde_saphyr::NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options(&spaced, options) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(Value::Null) => Ok(Map::new()),
        Ok(_) => Err("is no list of fields"),
        Err(_) => Err("is no valid YAML, or too entangled to be read"),
    }
}

/// Reads a whole YAML document under the same limits, of whatever shape.
pub(crate) fn read_document(yaml: &str) -> Option<Value> {
    // One key makes a mapping of any document that is written in block style.
    let indented: String = yaml.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    read(&format!("document:\n{indented}")).ok()?.remove("document")
}
