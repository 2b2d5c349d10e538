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

/// One step of the reasoning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenseReason {
    /// Which use it speaks of.
    pub relation: Use,
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
    /// The steps, in the order of the asked uses.
    pub reasons: Vec<LicenseReason>,
}
