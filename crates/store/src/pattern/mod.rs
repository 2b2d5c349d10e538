//! A regular expression that is safe to search with, and the literals that a match must contain.

use regex::{Regex, RegexBuilder};

/// Why a pattern cannot be searched with: one sentence for the client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidPattern(pub String);

/// A case-insensitive, unanchored regular expression over names and READMEs.
#[derive(Debug, Clone)]
pub struct SearchPattern {
    regex: Regex,
}

impl SearchPattern {
    /// The longest pattern, in bytes.
    pub const MAX_BYTES: usize = 1_000;
    const NEST_LIMIT: u32 = 50;
    const SIZE_LIMIT_BYTES: usize = 1 << 20;

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
            return Err(InvalidPattern(
                "the regular expression is longer than 1,000 bytes".to_owned(),
            ));
        }
        let regex = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .nest_limit(Self::NEST_LIMIT)
            .size_limit(Self::SIZE_LIMIT_BYTES)
            .dfa_size_limit(Self::SIZE_LIMIT_BYTES)
            .build()
            .map_err(|_| InvalidPattern("the regular expression cannot be read".to_owned()))?;
        Ok(Self { regex })
    }

    /// What the index is asked for candidates; nothing where every artifact is one.
    pub(crate) fn index_query(&self) -> Option<String> {
        None
    }

    /// Whether it is found in this text.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// The text as the index holds it.
pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase()
}
