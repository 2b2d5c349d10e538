//! A regular expression that is safe to search with, and the literals that a match must contain.

use regex::Regex;

/// Why a pattern cannot be searched with: one sentence for the client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidPattern(pub String);

/// A case-insensitive, unanchored regular expression over names and READMEs.
#[derive(Debug, Clone)]
pub struct SearchPattern {
    #[expect(dead_code, reason = "filled in by the next step")]
    regex: Regex,
}

impl SearchPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`InvalidPattern`] where it is empty, not a regular expression, too long, or would need an
    /// automaton that is too large.
    pub fn parse(_pattern: &str) -> Result<Self, InvalidPattern> {
        todo!()
    }
}
