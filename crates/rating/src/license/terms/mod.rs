//! What each licence asks for: tables, with the clause that each row rests on. [`spdx`] has the
//! licences of the SPDX list and [`families`] those of machine-learning models that it lacks.

pub(super) mod families;
mod spdx;

/// What kind of terms a licence has. The rules in [`super::rules`] speak of kinds, never of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Everything, as long as notices are kept.
    Permissive,
    /// Everything, with patent terms that version 2 of the GNU licences does not have.
    PermissivePatent,
    /// Everything, with a condition (advertising, naming) that the GNU licences do not have.
    PermissiveCondition,
    /// Everything, with a condition on marking changes or origin that the GNU licences take, and
    /// others may not.
    PermissiveNotice,
    /// Everything, with attribution whose fit with copyleft was not settled.
    PermissiveAttribution,
    /// Everything, but its source only under these very terms.
    FixedTerms,
    /// Meets the Open Source Definition, and nothing more is known of it here.
    OpenSource,
    /// Changed files stay under the licence; the work around them is free.
    FileCopyleft,
    /// The library and its changes stay under the licence; programs that use it are free.
    LibraryCopyleft,
    /// The whole derived work stays under the licence.
    Copyleft,
    /// The whole derived work stays under the licence, and users over a network count.
    NetworkCopyleft,
    /// Adapted material stays under the licence.
    ShareAlike,
    /// Adapted material may not be shared.
    NoDerivatives,
    /// No commercial use.
    NonCommercial,
    /// Uses are restricted by a list that every recipient must be bound to.
    UseRestricted,
    /// Restricted, and its outputs may not be used to improve other models.
    OutputRestricted,
    /// Terms that are not known here.
    Custom,
    /// A statement that the licence is not known: as good as none.
    Unstated,
    /// A statement that no licence is given.
    NoGrant,
}

impl Kind {
    /// What this kind of terms asks for.
    pub(super) const fn says(self) -> &'static str {
        match self {
            Self::Permissive => "Everything is allowed if notices are kept",
            Self::PermissivePatent => "Permissive, with patent terms",
            Self::PermissiveCondition => {
                "Permissive, with a condition on naming or acknowledgement"
            }
            Self::PermissiveNotice => "Permissive, with a condition on marking changes or origin",
            Self::PermissiveAttribution => "Permissive, with attribution",
            Self::FixedTerms => "Permissive, but source stays under these very terms",
            Self::OpenSource => "Open source of other terms",
            Self::FileCopyleft => "Copyleft of files",
            Self::LibraryCopyleft => "Copyleft of a library",
            Self::Copyleft => "Copyleft of the whole work",
            Self::NetworkCopyleft => "Copyleft that counts users over a network",
            Self::ShareAlike => "Adapted material stays under the licence",
            Self::NoDerivatives => "Adapted material may not be shared",
            Self::NonCommercial => "No commercial use",
            Self::UseRestricted => "Uses or users are restricted",
            Self::OutputRestricted => "Restricted, and outputs may not improve other models",
            Self::Custom => "Unknown terms",
            Self::Unstated => "The licence is said to be unknown",
            Self::NoGrant => "No licence is given",
        }
    }
}

/// What a licence asks for, and where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// The kind of terms.
    pub(super) kind: Kind,
    /// The clause they rest on: the subject of a sentence.
    pub(super) clause: &'static str,
}

/// A licence that has terms here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseTerms {
    /// Its SPDX id or its family's name.
    pub license: &'static str,
    /// What kind of terms it has, as a heading.
    pub kind: &'static str,
    /// The clause they rest on.
    pub clause: &'static str,
}

/// The elements that a Creative Commons licence may have.
const CREATIVE_COMMONS: [&str; 6] = [
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0",
];

/// Every licence that has terms here, by kind; of Creative Commons version 4.0 stands for all.
#[must_use]
pub fn license_terms() -> Vec<LicenseTerms> {
    let listed = spdx::TABLE.iter().flat_map(|(ids, kind, clause)| {
        // Ids that the list lacks are there for the matrix that answers are compared with.
        let ids = ids.iter().filter(|id| !id.starts_with("scancode-"));
        ids.map(|id| (*id, Terms { kind: *kind, clause }))
    });
    let commons = CREATIVE_COMMONS.iter().filter_map(|id| Some((*id, of_creative_commons(id)?)));
    let families = families::FAMILIES
        .iter()
        .map(|family| (family.id, Terms { kind: family.kind, clause: family.clause }));
    let nothing = NOT_KNOWN.iter().map(|word| (*word, UNSTATED));
    let nothing = nothing.chain(NOTHING_GRANTED.iter().map(|word| (*word, NO_GRANT)));
    let mut all: Vec<_> = listed.chain(commons).chain(families).chain(nothing).collect();
    all.sort_by_key(|(_, terms)| terms.kind as u8);
    let row = |(license, Terms { kind, clause })| LicenseTerms {
        license,
        kind: Kind::says(kind),
        clause,
    };
    all.into_iter().map(row).collect()
}

/// Terms that nothing is known of.
pub(super) const CUSTOM: Terms =
    Terms { kind: Kind::Custom, clause: "its own terms, which are not known here" };

/// The terms of a statement that no licence is given.
const NO_GRANT: Terms = Terms {
    kind: Kind::NoGrant,
    clause: "copyright law, under which nothing is allowed that was not granted",
};

/// The terms of a statement that the licence is not known.
const UNSTATED: Terms = Terms { kind: Kind::Unstated, clause: NO_GRANT.clause };

/// What is written where nobody looked for a licence.
const NOT_KNOWN: [&str; 3] = ["unknown", "noassertion", "unspecified"];

/// What is written where no licence is given.
const NOTHING_GRANTED: [&str; 6] =
    ["none", "unlicensed", "proprietary", "all-rights-reserved", "no-license", "no-licence"];

/// The terms of a licence of the SPDX list. `base` is its id without `-only` and `-or-later`.
pub(super) fn of_spdx(base: &str, open_source: bool) -> Terms {
    if let Some(terms) = of_creative_commons(base).or_else(|| in_table(base)) {
        return terms;
    }
    if open_source {
        return Terms {
            kind: Kind::OpenSource,
            clause: "points 1, 3 and 6 of the Open Source Definition, which it was found to meet",
        };
    }
    CUSTOM
}

/// The terms of a licence that an expression refers to by a name outside the SPDX list.
pub(super) fn of_reference(name: &str) -> Terms {
    in_table(name).or_else(|| of_creative_commons(&name.to_uppercase())).unwrap_or(CUSTOM)
}

/// The terms of a name that says that no licence is given: in lower case, words divided by `-`.
pub(super) fn of_nothing(name: &str) -> Option<Terms> {
    let unstated = NOT_KNOWN.contains(&name).then_some(UNSTATED);
    unstated.or_else(|| NOTHING_GRANTED.contains(&name).then_some(NO_GRANT))
}

/// Whether a licence's own text lets its works go under the other one. Both without `-only` and
/// `-or-later`.
pub(super) fn names_as_successor(base: &str, other: &str) -> bool {
    spdx::SUCCESSORS.iter().any(|(from, to)| *from == base && to.contains(&other))
}

fn in_table(id: &str) -> Option<Terms> {
    let row = spdx::TABLE.iter().find(|(ids, ..)| ids.contains(&id));
    row.map(|&(_, kind, clause)| Terms { kind, clause })
}

/// The elements of a Creative Commons licence stand in its id.
fn of_creative_commons(base: &str) -> Option<Terms> {
    let elements = base.strip_prefix("CC-BY")?;
    let has = |element: &str| elements.split('-').any(|part| part == element);
    Some(if has("NC") {
        Terms {
            kind: Kind::NonCommercial,
            clause: "section 2(a)(1) (before version 4.0: 4(b) or 4(c)), which grants no commercial use",
        }
    } else if has("ND") {
        Terms {
            kind: Kind::NoDerivatives,
            clause: "section 2(a)(1)(B) (before version 4.0: section 3), which lets nobody share adapted material",
        }
    } else if has("SA") {
        Terms {
            kind: Kind::ShareAlike,
            clause: "section 3(b) (before version 4.0: 4(b)), which keeps adapted material under it",
        }
    } else {
        Terms {
            kind: Kind::PermissiveAttribution,
            clause: "sections 2(a) and 3(a), which grant all uses with attribution",
        }
    })
}
