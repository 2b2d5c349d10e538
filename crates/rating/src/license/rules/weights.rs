//! Uses of weights and data.

use super::{Finding, Rule, code};
use crate::license::expression::License;
use crate::license::terms::Kind;
use touchstone_domain::license::Use;
use touchstone_domain::license::Verdict::{Allowed, Forbidden, Unclear};

/// Uses that leave the licensed thing as it is.
pub(super) fn unchanged(license: &License, purpose: Use, product: &License) -> Finding {
    match license.terms.kind {
        Kind::NonCommercial => non_commercial(license, purpose, product),
        Kind::NoGrant | Kind::Unstated => (Forbidden, Rule::NothingGranted),
        Kind::OutputRestricted if purpose == Use::Distill => (Forbidden, Rule::OutputsRestricted),
        Kind::UseRestricted | Kind::OutputRestricted => (Unclear, Rule::UsesRestricted),
        Kind::Custom => (Unclear, Rule::TermsUnknown),
        Kind::NetworkCopyleft if purpose == Use::Run && license.base != product.base => {
            (Unclear, Rule::OfferedOverNetwork)
        }
        Kind::ShareAlike if purpose == Use::Distill => (Unclear, Rule::ShareAlike),
        Kind::NoDerivatives if purpose == Use::Distill => (Unclear, Rule::NoAdaptations),
        Kind::Permissive
        | Kind::PermissivePatent
        | Kind::PermissiveCondition
        | Kind::PermissiveNotice
        | Kind::PermissiveAttribution => (Allowed, Rule::Granted),
        _ => (Allowed, Rule::StaysApart),
    }
}

/// A fine-tuned model is a modified work under its base's terms, and the product has to carry it.
pub(super) fn fine_tune(license: &License, product: &License) -> Finding {
    match license.terms.kind {
        Kind::Copyleft | Kind::NetworkCopyleft => code::merge(license, product),
        Kind::NoDerivatives => (Forbidden, Rule::NoAdaptations),
        Kind::ShareAlike if license.base == product.base => (Allowed, Rule::SameLicence),
        Kind::ShareAlike => (Unclear, Rule::ShareAlike),
        _ => unchanged(license, Use::FineTune, product),
    }
}

/// Non-commercial terms, by the elements that stand in a Creative Commons id.
pub(super) fn non_commercial(license: &License, purpose: Use, product: &License) -> Finding {
    if product.terms.kind != Kind::NonCommercial {
        return (Forbidden, Rule::NonCommercial);
    }
    let changes = matches!(purpose, Use::FineTune | Use::Merge | Use::Link);
    let has = |element: &str| license.base.split('-').any(|part| part == element);
    match changes {
        true if has("ND") => (Forbidden, Rule::NoAdaptations),
        true if license.base == product.base => (Allowed, Rule::SameLicence),
        true if has("SA") => (Unclear, Rule::ShareAlike),
        _ => (Allowed, Rule::BothNonCommercial),
    }
}
