//! The words of a licence question and its answer.

use serde::{Deserialize, Serialize};

/// What is to be done with the licensed thing. The same licence has different answers for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Inference as a service.
    Run,
    /// Weights distributed with a product, as data.
    ShipBeside,
    /// A derived model distributed under its own terms, the base's terms kept.
    FineTune,
    /// Outputs used to train another model.
    Distill,
    /// Code used as a library.
    Link,
    /// Copied into one work under the target's licence.
    Merge,
}

/// What a licence says of a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Clearly allowed.
    Allowed,
    /// A licence is declared but its reach is not clear: custom or use-restricted terms.
    Unclear,
    /// Clearly forbidden, or no licence at all.
    Forbidden,
}

/// What part a member of a model's lineage has in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The model that is asked about.
    Model,
    /// A model that it was made from, at any distance.
    Ancestor,
    /// A data set that it names.
    Data,
}

/// Whose terms a step speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its canonical upstream id, as [`crate::Source::canonical`] writes it.
    pub name: String,
    /// Its part.
    pub role: Role,
    /// The members between the model and it, from the model upwards; both ends are left out.
    pub through: Vec<String>,
}

/// One step of the reasoning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenseReason {
    /// Which use it speaks of.
    pub relation: Use,
    /// Whose terms it speaks of.
    pub member: Member,
    /// The rule that was applied, as a word.
    pub rule: String,
    /// The licence it rests on: an SPDX id or a family's name; nothing where none was found.
    pub license: Option<String>,
    /// Where the licence was seen: an address.
    pub seen_at: Option<String>,
    /// What follows for that use.
    pub verdict: Verdict,
    /// The clause or rule, as one sentence.
    pub because: String,
}

/// The answer to a licence question with its derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenseAnswer {
    /// Whether every asked use is clearly allowed.
    pub compatible: bool,
    /// The strictest verdict over all reasons.
    pub verdict: Verdict,
    /// The model's licence as it was understood.
    pub subject: Option<String>,
    /// The product's licence as it was understood.
    pub target: Option<String>,
    /// The steps, in the order of the asked uses; for each the model's own before its lineage's.
    pub reasons: Vec<LicenseReason>,
}

impl LicenseAnswer {
    /// The step that decides: the first of the strictest.
    #[must_use]
    pub fn deciding(&self) -> Option<&LicenseReason> {
        self.reasons.iter().find(|reason| reason.verdict == self.verdict)
    }
}
