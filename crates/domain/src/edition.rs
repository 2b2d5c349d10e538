//! Under which rules a rating was made.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The scoring version and a digest of the operator's settings that count in a score, as text.
/// Editions sort by their version first, so that what is older can be found without reading all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Edition(String);

impl Edition {
    /// Of this scoring version, under settings with this digest.
    #[must_use]
    pub fn new(scoring_version: u32, settings_digest: &str) -> Self {
        Self(format!("{scoring_version:010}-{settings_digest}"))
    }

    /// What sorts before every edition: of a rating from before editions were noted.
    #[must_use]
    pub fn unknown() -> Self {
        Self(String::new())
    }

    /// What sorts behind every edition of the same version and before every newer one.
    #[must_use]
    pub fn end_of_version(&self) -> Self {
        let version = self.0.split('-').next().unwrap_or_default();
        // The character behind the hyphen.
        Self(format!("{version}."))
    }

    /// Whether a rating made under `self` is to be made again where `other` is in force. What a
    /// newer program has rated is left to newer programs.
    #[must_use]
    pub fn is_outdated_under(&self, other: &Self) -> bool {
        self != other && *self < other.end_of_version()
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Edition {
    fn from(written: String) -> Self {
        Self(written)
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Edition;

    #[test]
    fn older_versions_and_other_settings_are_outdated_and_newer_versions_are_not() {
        let ours = Edition::new(12, "beech");
        let outdated = |version, digest| Edition::new(version, digest).is_outdated_under(&ours);
        assert!(outdated(9, "beech") && outdated(12, "alder") && outdated(12, "willow"));
        assert!(Edition::unknown().is_outdated_under(&ours));
        assert!(!outdated(12, "beech") && !outdated(13, "alder") && !outdated(100, "beech"));
    }
}
