//! What follows from a licence's terms for a use, against the licence of a product.

use super::expression::{Expression, License};
use super::terms::{self, Kind};
use std::cmp::Ordering;
use touchstone_domain::license::{Use, Verdict};

/// What follows, and the rule as one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ruling {
    /// What follows.
    pub(super) verdict: Verdict,
    /// The clause or rule.
    pub(super) because: String,
}

/// Rules for weights and data, and for code.
///
/// | terms | run | ship beside | fine-tune | distill | link | merge |
/// |---|---|---|---|---|---|---|
/// | permissive | yes | yes | yes | yes | by merge | by the target |
/// | fixed terms | yes | yes | yes | yes | yes | unclear, GNU no |
/// | file or library copyleft | yes | yes | yes | yes | yes | same family only |
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
/// A product that is itself under non-commercial terms may use non-commercial things.
pub(super) fn rule(license: &License, purpose: Use, target: &Expression) -> Ruling {
    target
        .licenses()
        .into_iter()
        .map(|product| against(license, purpose, product))
        .max_by_key(|ruling| ruling.verdict)
        .unwrap_or_else(|| Ruling {
            verdict: Verdict::Unclear,
            because: "The product's licence is not known.".to_owned(),
        })
}

fn against(license: &License, purpose: Use, product: &License) -> Ruling {
    let verdict = match purpose {
        Use::Merge => merge(license, product),
        Use::Link => link(license, product),
        Use::FineTune => fine_tune(license, product),
        Use::Run | Use::ShipBeside | Use::Distill => on_its_own(license, purpose, product),
    };
    Ruling { verdict, because: sentence(license, purpose, product, verdict) }
}

/// Uses that leave the licensed thing as it is.
fn on_its_own(license: &License, purpose: Use, product: &License) -> Verdict {
    match license.terms.kind {
        Kind::NonCommercial => non_commercial(license, purpose, product),
        Kind::NoGrant => Verdict::Forbidden,
        Kind::OutputRestricted if purpose == Use::Distill => Verdict::Forbidden,
        Kind::Custom | Kind::UseRestricted | Kind::OutputRestricted => Verdict::Unclear,
        Kind::NetworkCopyleft if purpose == Use::Run && license.base != product.base => {
            Verdict::Unclear
        }
        Kind::ShareAlike | Kind::NoDerivatives if purpose == Use::Distill => Verdict::Unclear,
        _ => Verdict::Allowed,
    }
}

fn non_commercial(license: &License, purpose: Use, product: &License) -> Verdict {
    if product.terms.kind != Kind::NonCommercial {
        return Verdict::Forbidden;
    }
    let changes = matches!(purpose, Use::FineTune | Use::Merge | Use::Link);
    let has = |element: &str| license.base.split('-').any(|part| part == element);
    match changes {
        true if has("ND") => Verdict::Forbidden,
        true if license.base == product.base => Verdict::Allowed,
        true if has("SA") => Verdict::Unclear,
        _ => Verdict::Allowed,
    }
}

/// A fine-tuned model is a modified work under its base's terms, and the product has to carry it.
fn fine_tune(license: &License, product: &License) -> Verdict {
    match license.terms.kind {
        Kind::Copyleft | Kind::NetworkCopyleft => merge(license, product),
        Kind::NoDerivatives => Verdict::Forbidden,
        Kind::ShareAlike if license.base == product.base => Verdict::Allowed,
        Kind::ShareAlike => Verdict::Unclear,
        _ => on_its_own(license, Use::FineTune, product),
    }
}

/// Code used as a library keeps its own licence: what reaches only files or the library itself
/// meets only a product whose licence asks for the whole, and a product that is a library under its
/// own terms leaves what is linked to it alone.
fn link(license: &License, product: &License) -> Verdict {
    let whole_is_gnu = gnu(&product.base).is_some_and(|(reach, _)| reach > Reach::Library);
    match license.terms.kind {
        Kind::Permissive
        | Kind::PermissivePatent
        | Kind::PermissiveCondition
        | Kind::PermissiveAttribution
        | Kind::FileCopyleft
        | Kind::FixedTerms
        | Kind::LibraryCopyleft
            if !whole_is_gnu =>
        {
            Verdict::Allowed
        }
        Kind::Copyleft if license.linking_exception => Verdict::Allowed,
        Kind::ShareAlike | Kind::NoDerivatives | Kind::UseRestricted | Kind::OutputRestricted => {
            Verdict::Unclear
        }
        _ => merge(license, product),
    }
}

/// Copied into one work under the product's licence: what the licence asks for must be all asked
/// for, and nothing more may be asked for than the product's licence does.
fn merge(license: &License, product: &License) -> Verdict {
    if license.id == product.id
        && license.terms.kind != Kind::NoGrant
        && license.terms.kind != Kind::Custom
    {
        return Verdict::Allowed;
    }
    if terms::names_as_successor(&license.base, &product.base) {
        return Verdict::Allowed;
    }
    match license.terms.kind {
        Kind::Permissive => Verdict::Allowed,
        // Exhibit A lets its first contributor name the GNU licences as secondary ones.
        Kind::FileCopyleft if license.base == "EPL-2.0" && is_secondary(product) => {
            Verdict::Unclear
        }
        Kind::PermissivePatent => match strictness(product) {
            Around::Free => Verdict::Allowed,
            _ if license.base == "Apache-2.0" && !is_gnu_2(product) => Verdict::Allowed,
            _ if is_gnu_2(product) => Verdict::Forbidden,
            Around::Gnu => Verdict::Allowed,
            Around::Other | Around::Unknown => Verdict::Unclear,
        },
        Kind::PermissiveCondition => match strictness(product) {
            Around::Free => Verdict::Allowed,
            Around::Gnu => Verdict::Forbidden,
            Around::Other | Around::Unknown => Verdict::Unclear,
        },
        Kind::FixedTerms if is_copyleft_gnu(product) => Verdict::Forbidden,
        Kind::PermissiveAttribution => match strictness(product) {
            Around::Free => Verdict::Allowed,
            _ => Verdict::Unclear,
        },
        Kind::LibraryCopyleft | Kind::Copyleft | Kind::NetworkCopyleft => {
            gnu_into_gnu(license, product)
        }
        Kind::FileCopyleft => unless_unknown(product, license.base == product.base),
        Kind::NonCommercial => non_commercial(license, Use::Merge, product),
        Kind::ShareAlike => share_alike(license, product),
        Kind::FixedTerms | Kind::OpenSource | Kind::Custom => Verdict::Unclear,
        Kind::NoDerivatives | Kind::UseRestricted | Kind::OutputRestricted | Kind::NoGrant => {
            Verdict::Forbidden
        }
    }
}

/// What a product's licence asks of everything that is merged into it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Nothing.
    Free,
    /// That nothing further is asked for, as the GNU licences do.
    Gnu,
    /// That it is under other copyleft terms.
    Other,
    /// It cannot be told.
    Unknown,
}

fn strictness(product: &License) -> Around {
    match product.terms.kind {
        Kind::Permissive
        | Kind::PermissivePatent
        | Kind::PermissiveCondition
        | Kind::PermissiveAttribution => Around::Free,
        _ if is_copyleft_gnu(product) => Around::Gnu,
        Kind::Custom | Kind::OpenSource | Kind::NoGrant => Around::Unknown,
        _ => Around::Other,
    }
}

fn is_copyleft_gnu(license: &License) -> bool {
    gnu(&license.base).is_some()
}

/// Version 2 of the GNU licences, without the choice of a later one.
fn is_gnu_2(license: &License) -> bool {
    gnu(&license.base).is_some_and(|(_, version)| version < GNU_3)
}

/// The program's and the library's licence from version 2 on.
fn is_secondary(product: &License) -> bool {
    gnu(&product.base).is_some_and(|(reach, version)| reach < Reach::Network && version >= GNU_2)
}

/// Versions 2 and 3 of the GNU licences, in tenths.
const GNU_2: u32 = 20;
const GNU_3: u32 = 30;

/// The GNU licences by reach (library, program, network) and version in tenths.
fn gnu(base: &str) -> Option<(Reach, u32)> {
    let (name, version) = base.split_once('-')?;
    let reach = match name {
        "LGPL" => Reach::Library,
        "GPL" => Reach::Program,
        "AGPL" => Reach::Network,
        _ => return None,
    };
    let (major, minor) = version.split_once('.')?;
    let (major, minor): (u32, u32) = (major.parse().ok()?, minor.parse().ok()?);
    Some((reach, major.checked_mul(10)?.checked_add(minor)?))
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Library,
    Program,
    Network,
}

/// Whether one GNU licence's work may go into a work under another: under the same version, under a
/// later one where that may be chosen, and from the library's licence to the program's.
fn gnu_into_gnu(license: &License, product: &License) -> Verdict {
    let (Some((from, version)), Some((to, above))) = (gnu(&license.base), gnu(&product.base))
    else {
        let same = license.base == product.base && gnu(&license.base).is_none();
        return unless_unknown(product, same);
    };
    if (from == Reach::Network) != (to == Reach::Network) {
        // Section 13 of both versions 3 lets them be combined, each part under its own licence.
        let may_be_3 = |one: &License, version| one.or_later || version == GNU_3;
        let can = may_be_3(license, version) || from == Reach::Library;
        return if can && may_be_3(product, above) { Verdict::Unclear } else { Verdict::Forbidden };
    }
    // What is fixed to one version cannot go where a later one may be chosen, and a product's
    // exception cannot be given for work that came without it.
    let versions_fit =
        if license.or_later { above >= version } else { above == version && !product.or_later };
    let allowed = match from.cmp(&to) {
        _ if product.linking_exception && !license.linking_exception => false,
        // Section 3 of the library's version 2 turns it into the program's, from version 2 on.
        Ordering::Less if version < GNU_3 => above >= GNU_2 || product.or_later,
        Ordering::Less | Ordering::Equal => versions_fit,
        Ordering::Greater => false,
    };
    if allowed { Verdict::Allowed } else { Verdict::Forbidden }
}

/// Version 4.0 of the share-alike licence names version 3 of the GNU licence as compatible.
fn share_alike(license: &License, product: &License) -> Verdict {
    let named = license.base == "CC-BY-SA-4.0" && product.base == "GPL-3.0";
    unless_unknown(product, named || license.base == product.base)
}

fn unless_unknown(product: &License, allowed: bool) -> Verdict {
    match strictness(product) {
        _ if allowed => Verdict::Allowed,
        Around::Unknown => Verdict::Unclear,
        _ => Verdict::Forbidden,
    }
}

fn sentence(license: &License, purpose: Use, product: &License, verdict: Verdict) -> String {
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
    let clause = license.terms.clause;
    let met = match license.terms.kind {
        Kind::PermissivePatent | Kind::PermissiveCondition | Kind::FixedTerms
            if verdict == Verdict::Forbidden =>
        {
            "; the product's licence allows no conditions beyond its own"
        }
        _ => "",
    };
    let (id, product) = (&license.id, &product.id);
    format!("{id} {follows} {doing} under {product}, resting on {clause}{met}.")
}
