//! The texts of the SPDX list, ready to be compared with.

use super::words::{self, Pair, Word};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// One licence's text.
pub(super) struct Listed {
    /// The SPDX id; of the GNU licences, whose texts do not say it, the one with `-only`.
    pub(super) id: &'static str,
    /// The words of its terms, in order.
    pub(super) words: Vec<Word>,
    /// How often each pair of words stands in its terms.
    pub(super) terms: HashMap<Pair, u32>,
    /// How many pairs its terms have.
    pub(super) length: u32,
    /// The words of its appendix: how to apply it, a notice to fill in.
    pub(super) appendix: Vec<Word>,
    /// The pairs of its appendix.
    pub(super) appendix_pairs: HashSet<Pair>,
    /// A fixed sixteenth of the pairs of its terms, to leave out quickly what is nothing alike.
    sketch: Vec<Pair>,
}

/// The texts, made ready when one is first needed.
pub(super) static LISTED: LazyLock<Vec<Listed>> = LazyLock::new(|| {
    let texts = spdx::text::LICENSE_TEXTS.iter();
    texts.filter(|(id, _)| is_current(id)).map(|(id, text)| Listed::new(id, text)).collect()
});

/// Deprecated ids and the `-or-later` ones have the text of another.
fn is_current(id: &str) -> bool {
    let deprecated = spdx::license_id(id).is_none_or(spdx::LicenseId::is_deprecated);
    !deprecated && !id.ends_with("-or-later")
}

/// A text this short has no sketch worth the name.
const SHORT: u32 = 160;

impl Listed {
    fn new(id: &'static str, text: &str) -> Self {
        let (terms, appendix) = text.split_at(end_of_terms(id, text));
        let numbers = |text: &str| words::words(text).map(words::number).collect::<Vec<Word>>();
        let (terms, appendix) = (numbers(terms), numbers(appendix));
        let mut counts = HashMap::new();
        for pair in words::pairs(&terms) {
            *counts.entry(pair).or_insert(0) += 1;
        }
        let sketch = counts.keys().filter(|(one, next)| (one ^ next) % 16 == 0).copied().collect();
        Self {
            id,
            length: counts.values().sum(),
            terms: counts,
            words: terms,
            appendix_pairs: words::pairs(&appendix).collect(),
            appendix,
            sketch,
        }
    }

    /// Whether the text could have most of this licence's terms, judged by its sketch.
    pub(super) fn resembles(&self, text: &HashMap<Pair, u32>) -> bool {
        let found = self.sketch.iter().filter(|pair| text.contains_key(pair)).count();
        self.length < SHORT || found * 3 >= self.sketch.len()
    }
}

/// Lines that end the terms.
const ENDS: [&str; 5] = [
    "end of terms and conditions",
    "how to apply these terms",
    "appendix",
    "exhibit a ",
    "exhibit b ",
];

/// Where the terms end and the appendix begins, in bytes.
fn end_of_terms(id: &str, text: &str) -> usize {
    // The list prints version 3 of the library's licence with the program's, on which it rests.
    let rests_on = id.starts_with("LGPL-3.0").then_some("gnu general public license");
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.trim().to_lowercase();
        if ENDS.iter().any(|end| lower.starts_with(end)) || rests_on == Some(lower.as_str()) {
            return at;
        }
        at += line.len();
    }
    text.len()
}
