//! Which licence a text is. The texts of the SPDX list are compared with it word for word; the
//! families that the list lacks are told by their title and passages of their own.

mod families;
mod listed;
mod words;

use self::listed::{LISTED, Listed};
use self::words::{Pair, Word};
use super::expression::{self, Expression};
use super::names;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The share of a licence's terms that its text must have. A text with less is another's, or
/// changed.
const WHOLE: f64 = 0.9;
/// The similarity from which a text counts as a changed version of a licence.
const ALIKE: f64 = 0.6;
/// Licences in one file; more of them are not told apart.
const MOST: usize = 4;
/// As many words in a row are a phrase: less is found in any text.
const PHRASE: usize = 4;
/// As many words in a row that no licence has are an addition, whatever they say.
const LONG_ADDITION: usize = 12;
/// As many words of a licence in a row that its text lacks are a term left out.
const LONG_GAP: usize = 25;
/// Words that make an addition of any length a condition.
const CONDITIONS: [&str; 13] = [
    "not",
    "no",
    "noncommercial",
    "commercial",
    "only",
    "must",
    "shall",
    "cannot",
    "prohibited",
    "forbidden",
    "restricted",
    "except",
    "military",
];
/// How many words of an addition are quoted.
const QUOTED: usize = 16;

/// What a text was recognised as.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Recognised {
    /// The licence or licences, and what was added to them as a licence of its own.
    pub(super) expression: Expression,
    /// Whether the text is the licence's, whole and without additions.
    pub(super) exact: bool,
    /// What was seen, as the end of a sentence that begins with the file's name.
    pub(super) finding: String,
}

/// Recognises a text; nothing where it is like no licence known here.
pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let words: Vec<&str> = words::words(text).collect();
    let text = Text::new(&words);
    let found = text.licenses();
    if let Some(first) = found.first() {
        return match text.gap(first.listed) {
            Some(words) => Some(shortened(first, words)),
            None => described(&text, &found, first),
        };
    }
    families::recognise(&words.join(" ").to_lowercase()).or_else(|| text.nearest())
}

/// A licence that stands in a text.
struct Match {
    listed: &'static Listed,
    /// Twice the shared pairs of words over the pairs of both texts (Sørensen and Dice), 0 to 1.
    similarity: f64,
}

struct Text<'a> {
    words: &'a [&'a str],
    numbers: Vec<Word>,
    pairs: HashMap<Pair, u32>,
}

impl<'a> Text<'a> {
    fn new(words: &'a [&'a str]) -> Self {
        let numbers: Vec<Word> = words.iter().map(|word| words::number(word)).collect();
        let mut pairs = HashMap::new();
        for pair in words::pairs(&numbers) {
            *pairs.entry(pair).or_insert(0) += 1;
        }
        Self { words, numbers, pairs }
    }

    /// The licences whose terms it has, the one that explains most of it first.
    fn licenses(&self) -> Vec<Match> {
        let mut left = self.pairs.clone();
        let mut found = Vec::new();
        while found.len() < MOST {
            let best = best(&left, WHOLE);
            let Some(best) = best else { break };
            for (pair, count) in &best.listed.terms {
                if let Some(there) = left.get_mut(pair) {
                    *there = there.saturating_sub(*count);
                }
            }
            left.retain(|pair, count| *count > 0 && !best.listed.appendix_pairs.contains(pair));
            found.push(best);
        }
        found
    }

    /// The licence that it is a changed version of.
    fn nearest(&self) -> Option<Recognised> {
        let best = best(&self.pairs, 0.0).filter(|it| it.similarity >= ALIKE)?;
        let id = best.listed.id;
        let percent = percent(best.similarity);
        let finding =
            format!("is nearest to that of {id} (similarity {percent} %), but was changed");
        let expression = expression::custom(&format!("a changed {id}"));
        Some(Recognised { expression, exact: false, finding })
    }

    /// The runs of words that none of the licences has.
    fn additions(&self, found: &[Match]) -> Vec<&[&'a str]> {
        let listed = found.iter().flat_map(|it| [&it.listed.words, &it.listed.appendix]);
        let phrases = listed.flat_map(|words| words.windows(PHRASE)).collect();
        let runs = strange_runs(&self.numbers, &phrases);
        runs.into_iter().filter_map(|run| self.words.get(run)).collect()
    }

    /// How many words of a licence's terms are left out in a row, where they are many.
    fn gap(&self, listed: &Listed) -> Option<usize> {
        let runs = strange_runs(&listed.words, &self.numbers.windows(PHRASE).collect());
        runs.into_iter().map(|run| run.len()).max().filter(|words| *words >= LONG_GAP)
    }
}

/// Runs of words that stand in none of the phrases.
fn strange_runs(words: &[Word], phrases: &HashSet<&[Word]>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut known_until = 0;
    for at in 0..words.len() {
        if words.get(at..at + PHRASE).is_some_and(|phrase| phrases.contains(phrase)) {
            known_until = at + PHRASE;
        }
        if at < known_until {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

fn says_something(run: &[&str]) -> bool {
    let is_condition = |word: &&str| CONDITIONS.contains(&word.to_lowercase().as_str());
    run.len() >= LONG_ADDITION || run.iter().any(is_condition)
}

/// The licence most like what is left of a text, among those of whose terms it has enough.
fn best(text: &HashMap<Pair, u32>, enough: f64) -> Option<Match> {
    let length: u32 = text.values().sum();
    let compared = LISTED.iter().filter(|listed| listed.resembles(text)).filter_map(|listed| {
        let shared: u32 =
            listed.terms.iter().filter_map(|(pair, count)| Some(*text.get(pair)?.min(count))).sum();
        let in_appendix = text.iter().filter(|(pair, _)| listed.appendix_pairs.contains(pair));
        let appendix: u32 = in_appendix
            .map(|(pair, count)| count.saturating_sub(listed.terms.get(pair).copied().unwrap_or(0)))
            .sum();
        let both = f64::from(length - appendix + listed.length);
        let is_whole = f64::from(shared) >= enough * f64::from(listed.length) && shared > 0;
        is_whole.then(|| Match { listed, similarity: 2.0 * f64::from(shared) / both })
    });
    compared.max_by(|one, other| {
        one.similarity.total_cmp(&other.similarity).then_with(|| other.listed.id.cmp(one.listed.id))
    })
}

/// What is left out could be anything, so the rest is not the licence.
fn shortened(first: &Match, words: usize) -> Recognised {
    let (id, percent) = (first.listed.id, percent(first.similarity));
    Recognised {
        expression: expression::custom(&format!("a changed {id}")),
        exact: false,
        finding: format!(
            "is nearest to that of {id} (similarity {percent} %), but leaves out {words} words of it in a row"
        ),
    }
}

fn described(text: &Text<'_>, found: &[Match], first: &Match) -> Option<Recognised> {
    let understood = found.iter().filter_map(|it| expression::understand(it.listed.id));
    let licenses = expression::all(understood)?;
    let similarity = match found {
        [_] => format!(" (similarity {} %)", percent(first.similarity)),
        _ => " one after another".to_owned(),
    };
    let added = text.additions(found);
    let telling = added.iter().filter(|run| says_something(run)).max_by_key(|run| run.len());
    let Some(telling) = telling else {
        let finding = format!("is that of {licenses}{similarity}");
        return Some(Recognised { expression: licenses, exact: true, finding });
    };
    let quoted = telling.get(..QUOTED).map_or_else(|| telling.join(" "), |it| it.join(" ") + " …");
    let words: usize = added.iter().map(|run| run.len()).sum();
    let finding = format!("is that of {licenses}{similarity} with {words} words added: “{quoted}”");
    let named = names::in_prose(&added.concat().join(" "));
    let added = named.unwrap_or_else(|| expression::custom("terms added to it"));
    let expression = expression::all([licenses, added])?;
    Some(Recognised { expression, exact: false, finding })
}

/// Whole per cent, never 100 where something differs.
fn percent(similarity: f64) -> f64 {
    if similarity < 1.0 { (similarity * 100.0).floor() } else { 100.0 }
}
