//! Uses of code: as a library, and copied into one work.

use super::{Finding, Rule, gnu, weights};
use crate::license::expression::License;
use crate::license::terms::{self, Kind};
use touchstone_domain::license::Use;
use touchstone_domain::license::Verdict::{Allowed, Forbidden, Unclear};

/// Code used as a library keeps its own licence: what reaches only files or the library itself
/// meets only a product whose licence asks for the whole, and a product that is a library under its
/// own terms leaves what is linked to it alone.
pub(super) fn link(license: &License, product: &License) -> Finding {
    match license.terms.kind {
        Kind::Permissive
        | Kind::PermissivePatent
        | Kind::PermissiveCondition
        | Kind::PermissiveNotice
        | Kind::PermissiveAttribution
        | Kind::FileCopyleft
        | Kind::FixedTerms
        | Kind::LibraryCopyleft
            if !gnu::covers_the_whole(product) =>
        {
            (Allowed, Rule::LibraryApart)
        }
        Kind::Copyleft if license.linking_exception => (Allowed, Rule::LinkingException),
        Kind::ShareAlike | Kind::NoDerivatives | Kind::UseRestricted | Kind::OutputRestricted => {
            (Unclear, Rule::ConditionsUnsettled)
        }
        _ => merge(license, product),
    }
}

/// Copied into one work under the product's licence: what the licence asks for must be all asked
/// for, and nothing more may be asked for than the product's licence does.
pub(super) fn merge(license: &License, product: &License) -> Finding {
    if license.id == product.id
        && !matches!(license.terms.kind, Kind::NoGrant | Kind::Unstated | Kind::Custom)
    {
        return (Allowed, Rule::SameLicence);
    }
    // A product's exception cannot be given for work that came without it.
    let same_exception = license.linking_exception == product.linking_exception;
    if same_exception && terms::names_as_successor(&license.base, &product.base) {
        return (Allowed, Rule::NamedSuccessor);
    }
    match license.terms.kind {
        Kind::Permissive => (Allowed, Rule::Granted),
        Kind::PermissivePatent
        | Kind::PermissiveCondition
        | Kind::PermissiveNotice
        | Kind::PermissiveAttribution => permissive(license, product),
        // Exhibit A lets its first contributor name the GNU licences as secondary ones.
        Kind::FileCopyleft if license.base == "EPL-2.0" && gnu::is_secondary(product) => {
            (Unclear, Rule::SecondaryLicence)
        }
        Kind::FixedTerms if gnu::is_gnu(product) => (Forbidden, Rule::NoFurtherConditions),
        Kind::FixedTerms => (Unclear, Rule::ConditionsUnsettled),
        Kind::LibraryCopyleft | Kind::Copyleft | Kind::NetworkCopyleft => {
            gnu::into_gnu(license, product).unwrap_or_else(|| own_family(license, product))
        }
        // Version 4.0 names version 3 of the GNU licence as compatible.
        Kind::ShareAlike if license.base == "CC-BY-SA-4.0" && product.base == "GPL-3.0" => {
            (Allowed, Rule::NamedSuccessor)
        }
        Kind::FileCopyleft | Kind::ShareAlike => own_family(license, product),
        Kind::NonCommercial => weights::non_commercial(license, Use::Merge, product),
        Kind::OpenSource | Kind::Custom => (Unclear, Rule::TermsUnknown),
        Kind::NoDerivatives => (Forbidden, Rule::NoAdaptations),
        Kind::UseRestricted | Kind::OutputRestricted => (Forbidden, Rule::RestrictionsLost),
        Kind::NoGrant | Kind::Unstated => (Forbidden, Rule::NothingGranted),
    }
}

/// Permissive terms with a condition of their own.
fn permissive(license: &License, product: &License) -> Finding {
    match (license.terms.kind, around(product)) {
        (_, Around::Free) => (Allowed, Rule::ProductAsksNothing),
        (Kind::PermissiveNotice, Around::Gnu) => (Allowed, Rule::Granted),
        // Version 3 of the GNU licences has patent terms of its own, in section 11.
        (Kind::PermissivePatent, Around::Gnu) if !gnu::is_version_2(product) => {
            (Allowed, Rule::Granted)
        }
        (Kind::PermissivePatent, Around::Files) if license.base == "Apache-2.0" => {
            (Allowed, Rule::OtherFilesFree)
        }
        (Kind::PermissivePatent, Around::Gnu) => (Forbidden, Rule::NoFurtherConditions),
        (Kind::PermissiveCondition, Around::Gnu | Around::Closed) => {
            (Forbidden, Rule::NoFurtherConditions)
        }
        _ => (Unclear, Rule::ConditionsUnsettled),
    }
}

/// Copyleft goes into a work under the same licence only.
fn own_family(license: &License, product: &License) -> Finding {
    match around(product) {
        _ if license.base == product.base => (Allowed, Rule::SameLicence),
        Around::Unknown => (Unclear, Rule::ProductUnknown),
        _ => (Forbidden, Rule::KeepsItsOwn),
    }
}

/// What a product's licence asks of everything that is merged into it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Nothing.
    Free,
    /// That nothing further is asked for, as the GNU licences do.
    Gnu,
    /// That nothing further is asked for, as article 5 of the European Union's does.
    Closed,
    /// Nothing of files that were not under it before.
    Files,
    /// That it is under other copyleft terms.
    Other,
    /// It cannot be told.
    Unknown,
}

fn around(product: &License) -> Around {
    match product.terms.kind {
        Kind::Permissive
        | Kind::PermissivePatent
        | Kind::PermissiveCondition
        | Kind::PermissiveNotice
        | Kind::PermissiveAttribution => Around::Free,
        _ if gnu::is_gnu(product) => Around::Gnu,
        _ if product.base.starts_with("EUPL-") => Around::Closed,
        Kind::FileCopyleft => Around::Files,
        Kind::Custom | Kind::OpenSource | Kind::Unstated | Kind::NoGrant => Around::Unknown,
        _ => Around::Other,
    }
}
