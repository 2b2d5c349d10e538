//! A regular expression that is safe to search with, and the literals that a match must contain.

mod fold;
mod formula;
mod literals;
#[cfg(test)]
mod properties;

pub(crate) use fold::fold;

use formula::Formula;
use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

/// Why a pattern cannot be searched with: one sentence for the client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidPattern(pub String);

/// What names and READMEs are searched for, letter case ignored: an unanchored regular expression,
/// or words that must all be there.
#[derive(Debug, Clone)]
pub struct SearchPattern {
    /// Each must be found in the name or in the README.
    regexes: Vec<Regex>,
    index_query: Option<String>,
}

impl SearchPattern {
    /// How much of a README is searched, in bytes.
    pub const MAX_README_BYTES: usize = 256 * 1024;
    /// The longest pattern, in bytes.
    pub const MAX_BYTES: usize = 1_000;
    /// The most words of a plain text.
    pub const MAX_WORDS: usize = 20;
    const NEST_LIMIT: u32 = 50;
    /// Bounds the automaton, and with it the time that each byte of text can take: at worst about
    /// a quarter of a microsecond.
    const SIZE_LIMIT_BYTES: usize = 512 * 1024;
    /// Bounds what is remembered of the automaton while it runs.
    const CACHE_LIMIT_BYTES: usize = 1024 * 1024;

    /// Reads a pattern.
    ///
    /// # Errors
    /// [`InvalidPattern`] where it is empty, not a regular expression, too long, or would need an
    /// automaton that is too large.
    pub fn parse(pattern: &str) -> Result<Self, InvalidPattern> {
        if pattern.is_empty() {
            return Err(InvalidPattern("the regular expression is empty".to_owned()));
        }
        if pattern.len() > Self::MAX_BYTES {
            let problem =
                format!("the regular expression is longer than {} bytes", Self::MAX_BYTES);
            return Err(InvalidPattern(problem));
        }
        let syntax = Self::syntax(pattern)?;
        let index_query = literals::required_by(&syntax).index_query();
        Ok(Self { regexes: vec![Self::compile(pattern)?], index_query })
    }

    /// Reads plain text: its words must all be there, in any order, in the name or in the README.
    ///
    /// # Errors
    /// [`InvalidPattern`] where there is no word or the text is too long.
    pub fn words(text: &str) -> Result<Self, InvalidPattern> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        words.sort_unstable();
        words.dedup();
        if words.is_empty() {
            return Err(InvalidPattern("there is no word to search for".to_owned()));
        }
        if text.len() > Self::MAX_BYTES || words.len() > Self::MAX_WORDS {
            return Err(InvalidPattern(format!(
                "the search is longer than {} words or {} bytes",
                Self::MAX_WORDS,
                Self::MAX_BYTES
            )));
        }
        let required = Formula::all(words.iter().map(|word| Formula::containing(&fold(word))));
        let regexes = words.into_iter().map(|word| Self::compile(&regex::escape(word)));
        Ok(Self {
            regexes: regexes.collect::<Result<_, _>>()?,
            index_query: required.index_query(),
        })
    }

    fn compile(pattern: &str) -> Result<Regex, InvalidPattern> {
        RegexBuilder::new(pattern)
            .case_insensitive(true)
            .nest_limit(Self::NEST_LIMIT)
            .size_limit(Self::SIZE_LIMIT_BYTES)
            .dfa_size_limit(Self::CACHE_LIMIT_BYTES)
            .build()
            .map_err(|_| InvalidPattern("the regular expression is too complex".to_owned()))
    }

    fn syntax(pattern: &str) -> Result<Hir, InvalidPattern> {
        let mut parser =
            ParserBuilder::new().case_insensitive(true).nest_limit(Self::NEST_LIMIT).build();
        parser.parse(pattern).map_err(|problem| {
            let reason = match &problem {
                regex_syntax::Error::Parse(problem) => problem.kind().to_string(),
                regex_syntax::Error::Translate(problem) => problem.kind().to_string(),
                _ => "it cannot be read".to_owned(),
            };
            InvalidPattern(format!("the regular expression is not valid: {reason}"))
        })
    }

    /// What the index is asked for candidates; nothing where every artifact is one.
    pub(crate) fn index_query(&self) -> Option<&str> {
        self.index_query.as_deref()
    }

    /// Whether it is found in an artifact's name or README.
    pub(crate) fn is_in(&self, name: &str, readme: Option<&str>) -> bool {
        self.regexes.iter().all(|regex| {
            regex.is_match(name) || readme.is_some_and(|readme| regex.is_match(readme))
        })
    }

    /// As much of a README as is searched: bounds the time that one artifact can take.
    pub(crate) fn searched(readme: &str) -> &str {
        readme.get(..readme.floor_char_boundary(Self::MAX_README_BYTES)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::SearchPattern;

    fn refusal(pattern: &str) -> String {
        SearchPattern::parse(pattern).unwrap_err().to_string()
    }

    #[test]
    fn a_pattern_without_meaning_is_refused_with_its_reason() {
        assert_eq!(refusal(""), "the regular expression is empty");
        assert_eq!(refusal("(a"), "the regular expression is not valid: unclosed group");
        assert!(refusal(r"\p{nonsense}").starts_with("the regular expression is not valid: "));
    }

    #[test]
    fn a_pattern_that_needs_too_much_is_refused() {
        assert!(refusal(&"a".repeat(1_001)).contains("longer than 1000 bytes"));
        assert!(refusal(r"(?:\w{100}){100}").contains("too complex"));
        assert!(refusal("(a{1000}){1000}").contains("too complex"));
        assert!(refusal(&("(".repeat(60) + &")".repeat(60))).contains("nest"));
        assert!(refusal(r"(a)\1").contains("backreferences"));
        assert!(refusal("a(?=b)").contains("look-around"));
    }

    #[test]
    fn ordinary_patterns_are_accepted() {
        for pattern in [r"\w+-\d+[bB]", r"^bert.*(large|base)$", r"(?m)^#+ licen[cs]e\s*$", "日本"]
        {
            assert!(SearchPattern::parse(pattern).is_ok(), "{pattern}");
        }
    }
}
