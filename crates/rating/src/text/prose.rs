//! Content told from filler: what a stretch of prose says that could be checked.

use std::collections::BTreeSet;
use std::fmt;

/// Phrases that templates leave behind; a line that holds one says nothing.
const FILLER: [&str; 16] = [
    "more information needed",
    "more info needed",
    "needs more information",
    "information needed",
    "coming soon",
    "to be added",
    "to be done",
    "to be filled",
    "lorem ipsum",
    "work in progress",
    "insert your",
    "please fill",
    "provide a quick summary",
    "add your text",
    "add your description",
    "your text here",
];

/// Whether a line is what a template leaves behind.
fn is_filler(line: &str) -> bool {
    let line = line.trim();
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(bare, "" | "n/a" | "na" | "none" | "todo" | "tbd" | "tba" | "wip" | "unknown")
        || line.starts_with("TODO")
        || lower.starts_with("todo:")
        || FILLER.iter().any(|phrase| lower.contains(phrase))
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

/// Words of a line that are counted.
const MOST_WORDS: usize = 20_000;
/// Longer ones are no words.
const LONGEST_WORD: usize = 60;

/// Counts what lines of prose say, filler left out.
pub(crate) fn substance<'a>(lines: impl Iterator<Item = &'a str>) -> Substance {
    let mut counted = Counted::default();
    for line in lines.filter(|line| !is_filler(line)) {
        counted.line(line);
    }
    Substance { words: counted.words.len(), specifics: counted.specifics.len() }
}

#[derive(Default)]
struct Counted {
    words: BTreeSet<String>,
    specifics: BTreeSet<String>,
}

impl Counted {
    fn line(&mut self, line: &str) {
        let mut begins_sentence = true;
        for word in line.split_whitespace().take(MOST_WORDS) {
            let ends_sentence = word.ends_with(['.', '!', '?', ':']);
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.chars().any(is_unspaced) {
                self.unspaced(word);
            } else {
                self.word(word, begins_sentence);
            }
            begins_sentence = ends_sentence;
        }
    }

    fn word(&mut self, word: &str, begins_sentence: bool) {
        if word.is_empty() || word.len() > LONGEST_WORD {
            return;
        }
        let is_capital = word.chars().next().is_some_and(char::is_uppercase);
        let mixed = word.chars().any(|c| c.is_numeric() || "-_/".contains(c))
            || word.chars().skip(1).any(char::is_uppercase);
        if mixed || is_capital && !begins_sentence {
            self.specifics.insert(word.to_lowercase());
        }
        self.words.insert(word.to_lowercase());
    }

    /// A run of a script that puts no blanks between words: two characters stand for a word, and
    /// what is written in other letters or digits among them is a name or figure.
    fn unspaced(&mut self, run: &str) {
        let characters: Vec<char> = run.chars().take(MOST_WORDS).collect();
        for part in characters.chunk_by(|one, next| is_unspaced(*one) == is_unspaced(*next)) {
            if part.first().copied().is_some_and(is_unspaced) {
                self.words.extend(part.chunks(2).map(String::from_iter));
                continue;
            }
            let text = String::from_iter(part);
            let text = text.trim_matches(|c: char| !c.is_alphanumeric());
            if !text.is_empty() && text.len() <= LONGEST_WORD {
                self.specifics.insert(text.to_lowercase());
                self.words.insert(text.to_lowercase());
            }
        }
    }
}

/// Chinese, Japanese and Thai letters.
const fn is_unspaced(letter: char) -> bool {
    matches!(
        letter,
        '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{2fa1f}'
            | '\u{e00}'..='\u{e7f}'
    )
}
