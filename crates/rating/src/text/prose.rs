//! Content told from filler: what a stretch of prose says that could be checked.

use std::collections::BTreeSet;
use std::fmt;

/// Phrases that templates leave behind; a line that holds one says nothing.
const FILLER: [&str; 14] = [
    "more information needed",
    "more info needed",
    "needs more information",
    "information needed",
    "[optional]",
    "coming soon",
    "to be added",
    "to be done",
    "lorem ipsum",
    "work in progress",
    "fill in",
    "insert your",
    "provide a quick summary",
    "add your",
];

/// Whether a line is what a template leaves behind.
fn is_filler(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(bare, "" | "n/a" | "na" | "none" | "todo" | "tbd" | "tba" | "wip" | "unknown")
        || line.starts_with("todo")
        || FILLER.iter().any(|phrase| line.contains(phrase))
}

/// How much a stretch of prose says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Substance {
    /// Different words; repeating them adds nothing.
    pub(crate) words: usize,
    /// Different tokens that could be checked: numbers, names, identifiers.
    pub(crate) specifics: usize,
}

impl Substance {
    /// How much of a short section's worth is said, 0 to 1: two dozen different words, among them
    /// four that could be checked. Words without anything that could be checked earn a tenth.
    pub(crate) fn share(self) -> f64 {
        const FULL_WORDS: f64 = 24.0;
        const FULL_SPECIFICS: f64 = 4.0;
        let words = (self.words as f64 / FULL_WORDS).min(1.0);
        let specifics = (self.specifics as f64 / FULL_SPECIFICS).min(1.0);
        words * (0.1 + 0.9 * specifics)
    }
}

/// As the end of a sentence about where it stands.
impl fmt::Display for Substance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { words, specifics } = self;
        match words {
            0 => f.write_str("no words of its own"),
            _ => write!(
                f,
                "{words} different words, {specifics} of them names or figures that can be checked"
            ),
        }
    }
}

/// Counts what lines of prose say, filler left out.
pub(crate) fn substance<'a>(lines: impl Iterator<Item = &'a str>) -> Substance {
    let mut words = BTreeSet::new();
    let mut specifics = BTreeSet::new();
    for line in lines.filter(|line| !is_filler(line)) {
        let mut begins_sentence = true;
        for word in line.split_whitespace().take(20_000) {
            let ends_sentence = word.ends_with(['.', '!', '?', ':']);
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() && word.len() <= 60 {
                let is_capital = word.chars().next().is_some_and(char::is_uppercase);
                let mixed = word.chars().any(|c| c.is_numeric() || "-_/".contains(c))
                    || word.chars().skip(1).any(char::is_uppercase);
                if mixed || is_capital && !begins_sentence {
                    specifics.insert(word.to_lowercase());
                }
                words.insert(word.to_lowercase());
            }
            begins_sentence = ends_sentence;
        }
    }
    Substance { words: words.len(), specifics: specifics.len() }
}
