//! How the GNU licences go together, by reach and version.

use super::{Finding, Rule};
use crate::license::expression::License;
use std::cmp::Ordering;
use touchstone_domain::license::Verdict::{Allowed, Forbidden, Unclear};

/// How far a GNU licence's copyleft reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Library,
    Program,
    Network,
}

/// Versions 2 and 3 of the GNU licences, in tenths.
const GNU_2: u32 = 20;
const GNU_3: u32 = 30;

/// The GNU licences by reach and version in tenths.
fn read(base: &str) -> Option<(Reach, u32)> {
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

pub(super) fn is_gnu(license: &License) -> bool {
    read(&license.base).is_some()
}

/// Whether the licence asks for everything that a program is linked to.
pub(super) fn covers_the_whole(license: &License) -> bool {
    read(&license.base).is_some_and(|(reach, _)| reach > Reach::Library)
}

/// Version 2 of the GNU licences or before, without regard to the choice of a later one.
pub(super) fn is_version_2(license: &License) -> bool {
    read(&license.base).is_some_and(|(_, version)| version < GNU_3)
}

/// The program's and the library's licence from version 2 on.
pub(super) fn is_secondary(license: &License) -> bool {
    read(&license.base).is_some_and(|(reach, version)| reach < Reach::Network && version >= GNU_2)
}

/// Whether one GNU licence's work may go into a work under another: under the same version, under a
/// later one where that may be chosen, and from the library's licence to the program's. Nothing
/// where one of them is no GNU licence.
pub(super) fn into_gnu(license: &License, product: &License) -> Option<Finding> {
    let ((from, version), (to, above)) = (read(&license.base)?, read(&product.base)?);
    if (from == Reach::Network) != (to == Reach::Network) {
        // Section 13 of both versions 3 lets them be combined, each part under its own licence.
        let may_be_3 = |one: &License, version| one.or_later || version == GNU_3;
        let can = may_be_3(license, version) || from == Reach::Library;
        let joined = can && may_be_3(product, above);
        return Some(if joined {
            (Unclear, Rule::GnuNetworkJoined)
        } else {
            (Forbidden, Rule::GnuVersionsApart)
        });
    }
    // What is fixed to one version cannot go where a later one may be chosen, and a product's
    // exception cannot be given for work that came without it.
    let versions_fit =
        if license.or_later { above >= version } else { above == version && !product.or_later };
    let fits = match from.cmp(&to) {
        _ if product.linking_exception && !license.linking_exception => false,
        // Section 3 of the library's version 2 turns it into the program's, from version 2 on.
        Ordering::Less if version < GNU_3 => above >= GNU_2 || product.or_later,
        Ordering::Less | Ordering::Equal => versions_fit,
        Ordering::Greater => false,
    };
    Some(if fits { (Allowed, Rule::GnuVersionsFit) } else { (Forbidden, Rule::GnuVersionsApart) })
}
