//! What follows from a licence's terms for a use, against the licence of a product.
//!
//! [`weights`] has the uses of weights and data, [`code`] those of code, and [`gnu`] how the GNU
//! licences and their versions go together. Each ruling names its [`Rule`].

mod code;
mod gnu;
mod weights;

use super::expression::{Expression, License};
use touchstone_domain::license::{Use, Verdict};

/// Why a ruling is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// The product is under the very same licence.
    SameLicence,
    /// What is granted is granted for every use and every product.
    Granted,
    /// The product's licence asks for nothing of what is merged into it.
    ProductAsksNothing,
    /// The product's licence reaches only files that were under it.
    OtherFilesFree,
    /// The licence's own text names the product's.
    NamedSuccessor,
    /// The licence's own text lets its first contributor name the product's.
    SecondaryLicence,
    /// The GNU licences take no conditions beyond their own.
    NoFurtherConditions,
    /// Whether the licence's conditions are beyond those of the product's was not settled.
    ConditionsUnsettled,
    /// Both are GNU licences of the same reach or of the library into the program.
    GnuVersionsFit,
    /// Both are GNU licences whose versions or reaches do not go together.
    GnuVersionsApart,
    /// Section 13 joins version 3 of the GNU licence and of the network's, each part under its own.
    GnuNetworkJoined,
    /// Copyleft keeps the work under its own licence.
    KeepsItsOwn,
    /// Copyleft meets a licence of unknown terms.
    ProductUnknown,
    /// As a library it keeps its own licence, and the product keeps its own.
    LibraryApart,
    /// Its exception lets others be linked to it.
    LinkingException,
    /// The weights stay a work of their own beside the product.
    StaysApart,
    /// Running it offers it to users over a network.
    OfferedOverNetwork,
    /// Adapted material has to go under the same licence.
    ShareAlike,
    /// Adapted material may not be shared.
    NoAdaptations,
    /// Commercial use is not granted.
    NonCommercial,
    /// The product is bound to non-commercial terms too.
    BothNonCommercial,
    /// Uses are restricted, and whether the product's fits is for somebody to read.
    UsesRestricted,
    /// Its restrictions cannot be kept in a work under another licence.
    RestrictionsLost,
    /// Its outputs may not improve other models.
    OutputsRestricted,
    /// Its terms are not known here.
    TermsUnknown,
    /// Nothing is granted.
    NothingGranted,
}

impl Rule {
    /// The rule as a word for programs.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::SameLicence => "same_licence",
            Self::Granted => "granted",
            Self::ProductAsksNothing => "product_asks_nothing",
            Self::OtherFilesFree => "other_files_free",
            Self::NamedSuccessor => "named_successor",
            Self::SecondaryLicence => "secondary_licence",
            Self::NoFurtherConditions => "no_further_conditions",
            Self::ConditionsUnsettled => "conditions_unsettled",
            Self::GnuVersionsFit => "gnu_versions_fit",
            Self::GnuVersionsApart => "gnu_versions_apart",
            Self::GnuNetworkJoined => "gnu_network_joined",
            Self::KeepsItsOwn => "keeps_its_own",
            Self::ProductUnknown => "product_unknown",
            Self::LibraryApart => "library_apart",
            Self::LinkingException => "linking_exception",
            Self::StaysApart => "stays_apart",
            Self::OfferedOverNetwork => "offered_over_network",
            Self::ShareAlike => "share_alike",
            Self::NoAdaptations => "no_adaptations",
            Self::NonCommercial => "non_commercial",
            Self::BothNonCommercial => "both_non_commercial",
            Self::UsesRestricted => "uses_restricted",
            Self::RestrictionsLost => "restrictions_lost",
            Self::OutputsRestricted => "outputs_restricted",
            Self::TermsUnknown => "terms_unknown",
            Self::NothingGranted => "nothing_granted",
        }
    }

    /// The rule as the end of a sentence.
    const fn says(self) -> &'static str {
        match self {
            Self::SameLicence => "the product is under the same licence",
            Self::Granted => "what it grants, it grants for every product",
            Self::ProductAsksNothing => "the product's licence asks nothing of what goes into it",
            Self::OtherFilesFree => "the product's licence leaves files of others under theirs",
            Self::NamedSuccessor => "its own text lets its works go under the product's licence",
            Self::SecondaryLicence => {
                "only where its first contributor named the product's licence"
            }
            Self::NoFurtherConditions => "the product's licence takes no conditions beyond its own",
            Self::ConditionsUnsettled => {
                "whether the product's licence takes its conditions is not settled"
            }
            Self::GnuVersionsFit => "the versions of the two GNU licences go together",
            Self::GnuVersionsApart => "the two GNU licences or their versions do not go together",
            Self::GnuNetworkJoined => "section 13 joins the two, each part under its own licence",
            Self::KeepsItsOwn => "what contains it stays under it, not under the product's licence",
            Self::ProductUnknown => "the terms of the product's licence are not known here",
            Self::LibraryApart => "a library keeps its licence and the product its own",
            Self::LinkingException => "its exception leaves what is linked to it alone",
            Self::StaysApart => "it stays a work of its own under its own licence",
            Self::OfferedOverNetwork => {
                "a changed version has to be offered to everybody who uses the service"
            }
            Self::ShareAlike => "an adapted version has to go under the same licence",
            Self::NoAdaptations => "an adapted version may not be shared",
            Self::NonCommercial => "commercial use is not granted",
            Self::BothNonCommercial => "the product is under non-commercial terms as well",
            Self::UsesRestricted => {
                "somebody has to read whether the product's use is among those it restricts"
            }
            Self::RestrictionsLost => "the product's licence would not pass its restrictions on",
            Self::OutputsRestricted => "its outputs may not improve other models",
            Self::TermsUnknown => "what it allows is not known here",
            Self::NothingGranted => "nothing was granted",
        }
    }
}

/// A verdict and the rule that it follows from.
pub(super) type Finding = (Verdict, Rule);

/// What follows, and why as one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ruling {
    /// What follows.
    pub(super) verdict: Verdict,
    /// From which rule.
    pub(super) rule: Rule,
    /// The clause and the rule.
    pub(super) because: String,
}

/// Rules for weights and data, and for code.
///
/// | terms | run | ship beside | fine-tune | distill | link | merge |
/// |---|---|---|---|---|---|---|
/// | permissive | yes | yes | yes | yes | yes, GNU by merge | by the target |
/// | fixed terms | yes | yes | yes | yes | yes, GNU by merge | unclear, GNU no |
/// | file or library copyleft | yes | yes | yes | yes | yes, GNU by merge | same family only |
/// | copyleft | yes | yes | by merge | yes | by merge | same family only |
/// | network copyleft | unclear | yes | by merge | yes | by merge | same family only |
/// | share-alike | yes | yes | unclear | unclear | unclear | same only |
/// | no derivatives | yes | yes | no | unclear | unclear | no |
/// | non-commercial | no | no | no | no | no | no |
/// | use-restricted | unclear | unclear | unclear | unclear | unclear | no |
/// | outputs restricted | unclear | unclear | unclear | no | unclear | no |
/// | not known | unclear | unclear | unclear | unclear | unclear | unclear |
/// | no grant | no | no | no | no | no | no |
///
/// A product that is itself under non-commercial terms may use non-commercial things. Under a choice
/// or several licences of the product, all have to be kept.
pub(super) fn rule(license: &License, purpose: Use, target: &Expression) -> Option<Ruling> {
    let products = target.licenses();
    let rulings = products.into_iter().map(|product| against(license, purpose, product));
    rulings.reduce(
        |strictest, other| {
            if other.verdict > strictest.verdict { other } else { strictest }
        },
    )
}

fn against(license: &License, purpose: Use, product: &License) -> Ruling {
    let (verdict, rule) = match purpose {
        Use::Merge => code::merge(license, product),
        Use::Link => code::link(license, product),
        Use::FineTune => weights::fine_tune(license, product),
        Use::Run | Use::ShipBeside | Use::Distill => weights::unchanged(license, purpose, product),
    };
    Ruling { verdict, rule, because: sentence(license, purpose, product, (verdict, rule)) }
}

fn sentence(license: &License, purpose: Use, product: &License, finding: Finding) -> String {
    let (verdict, rule) = finding;
    let doing = match purpose {
        Use::Run => "running it in a service",
        Use::ShipBeside => "shipping it beside a product",
        Use::FineTune => "distributing a fine-tuned version with a product",
        Use::Distill => "training another model on its outputs",
        Use::Link => "using it as a library of a product",
        Use::Merge => "copying it into one work",
    };
    let follows = match verdict {
        Verdict::Allowed => "allows",
        Verdict::Unclear => "does not clearly allow",
        Verdict::Forbidden => "rules out",
    };
    let (id, product, clause, says) = (&license.id, &product.id, license.terms.clause, rule.says());
    format!("{id} {follows} {doing} under {product}, resting on {clause}; {says}.")
}
