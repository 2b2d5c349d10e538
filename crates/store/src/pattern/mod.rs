//! A regular expression that is safe to search with, and the literals that a match must contain.

mod fold;
mod formula;
mod literals;
#[cfg(test)]
mod properties;

pub(crate) use fold::fold;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

/// Why a pattern cannot be searched with: one sentence for the client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidPattern(pub String);

/// A case-insensitive, unanchored regular expression over names and READMEs.
#[derive(Debug, Clone)]
pub struct SearchPattern {
    regex: Regex,
    index_query: Option<String>,
}

impl SearchPattern {
    /// How much of a README is searched, in bytes.
    pub const MAX_README_BYTES: usize = 256 * 1024;
    /// The longest pattern, in bytes.
    pub const MAX_BYTES: usize = 1_000;
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
        let regex = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .nest_limit(Self::NEST_LIMIT)
            .size_limit(Self::SIZE_LIMIT_BYTES)
            .dfa_size_limit(Self::CACHE_LIMIT_BYTES)
            .build()
            .map_err(|_| InvalidPattern("the regular expression is too complex".to_owned()))?;
        Ok(Self { regex, index_query: literals::required_by(&syntax).index_query() })
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

    /// Whether it is found in this text.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
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
