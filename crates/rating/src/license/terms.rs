//! What each licence asks for: one table, with the clause that each row rests on.

/// What kind of terms a licence has. The rules in [`super::rules`] speak of kinds, never of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Everything, as long as notices are kept.
    Permissive,
    /// Everything, with patent terms that version 2 of the GNU licences does not have.
    PermissivePatent,
    /// Everything, with a condition (advertising, naming) that the GNU licences do not have.
    PermissiveCondition,
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
    /// A statement that no licence is given.
    NoGrant,
}

/// What a licence asks for, and where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// The kind of terms.
    pub(super) kind: Kind,
    /// The clause they rest on: the subject of a sentence.
    pub(super) clause: &'static str,
}

type Row = (&'static [&'static str], Kind, &'static str);

/// Licences by SPDX id; of the GNU licences every version and `-only` or `-or-later`.
const TABLE: &[Row] = &[
    (
        &[
            "MIT",
            "MIT-0",
            "MIT-CMU",
            "X11",
            "ISC",
            "0BSD",
            "BSD-1-Clause",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-2-Clause-Patent",
            "BSD-3-Clause-Open-MPI",
            "BSD-Source-Code",
            "BSD-3-Clause-Clear",
            "BSL-1.0",
            "CC0-1.0",
            "Unlicense",
            "WTFPL",
            "Zlib",
            "Libpng",
            "libpng-2.0",
            "libtiff",
            "curl",
            "NCSA",
            "NTP",
            "PostgreSQL",
            "HPND",
            "ICU",
            "IJG",
            "IBM-pibs",
            "FSFAP",
            "FSFUL",
            "FSFULLR",
            "FSFULLRWD",
            "JasPer-2.0",
            "MirOS",
            "OLDAP-2.8",
            "SGI-B-2.0",
            "SMLNJ",
            "SSH-OpenSSH",
            "SSH-short",
            "Saxpath",
            "SunPro",
            "UPL-1.0",
            "Unicode-DFS-2016",
            "Unicode-3.0",
            "W3C",
            "W3C-19980720",
            "W3C-20150513",
            "ZPL-2.0",
            "ZPL-2.1",
            "blessing",
            "bzip2-1.0.5",
            "bzip2-1.0.6",
            "EFL-2.0",
            "PDDL-1.0",
            "CDLA-Permissive-2.0",
            "scancode-ppp",
            "scancode-info-zip-2003-05",
        ],
        Kind::Permissive,
        "its permission notice, which allows use, change and distribution if notices are kept",
    ),
    (
        &["Apache-2.0", "ECL-2.0"],
        Kind::PermissivePatent,
        "sections 2 to 4, which grant copyright and patent rights if notices and the licence are kept",
    ),
    (
        &[
            "Apache-1.0",
            "Apache-1.1",
            "BSD-4-Clause",
            "BSD-4-Clause-UC",
            "FTL",
            "PHP-3.01",
            "Python-2.0",
            "Minpack",
            "zlib-acknowledgement",
        ],
        Kind::PermissiveCondition,
        "its permission notice, with a further condition on naming or acknowledgement",
    ),
    (
        &[
            "AFL-2.0",
            "AFL-2.1",
            "AFL-3.0",
            "Artistic-1.0",
            "Artistic-1.0-Perl",
            "Bitstream-Vera",
            "ECL-1.0",
            "ImageMagick",
            "Info-ZIP",
            "NBPL-1.0",
            "Qhull",
            "RSA-MD",
            "Unicode-DFS-2015",
            "CDLA-Permissive-1.0",
            "etalab-2.0",
            "ODC-By-1.0",
        ],
        Kind::PermissiveAttribution,
        "its grant, which asks for attribution",
    ),
    (
        &["Artistic-2.0"],
        Kind::Permissive,
        "section 4, which lets modified versions go out under other free terms",
    ),
    (
        &["MS-PL", "OpenSSL"],
        Kind::FixedTerms,
        "its last condition, which keeps its source under these very terms",
    ),
    (
        &["XFree86-1.1"],
        Kind::PermissivePatent,
        "its condition on acknowledgement, which only version 3 of the GNU licences takes up",
    ),
    (
        &["MPL-2.0"],
        Kind::FileCopyleft,
        "sections 3.1 to 3.3, which keep its files under it and name the GNU licences as secondary",
    ),
    (&["EUPL-1.2"], Kind::FileCopyleft, "article 5 with its appendix of compatible licences"),
    (
        &["EUPL-1.1", "OSL-3.0", "Sleepycat", "IPL-1.0", "CPL-1.0", "MS-RL"],
        Kind::Copyleft,
        "its clause on distributing modified versions, which keeps them under it",
    ),
    (
        &["MPL-1.1", "MPL-2.0-no-copyleft-exception", "CDDL-1.0", "CDDL-1.1", "EPL-1.0", "EPL-2.0"],
        Kind::FileCopyleft,
        "its clause on modifications, which keeps changed files under it",
    ),
    (
        &["LGPL-2.0", "LGPL-2.1", "LGPL-3.0"],
        Kind::LibraryCopyleft,
        "its terms for combined works, which keep the library under it and leave the rest free",
    ),
    (
        &["GPL-1.0", "GPL-2.0", "GPL-3.0"],
        Kind::Copyleft,
        "its clause on modified works, which puts the whole work under it when it is conveyed",
    ),
    (
        &["AGPL-1.0", "AGPL-3.0"],
        Kind::NetworkCopyleft,
        "section 13, which offers the source of a modified version to its users over a network",
    ),
    (
        &["ODbL-1.0", "CDLA-Sharing-1.0", "GFDL-1.1", "GFDL-1.2", "GFDL-1.3"],
        Kind::ShareAlike,
        "its share-alike clause",
    ),
    (
        &["OFL-1.1", "LPPL-1.3c"],
        Kind::FileCopyleft,
        "its clause on modified versions, which keeps them under it",
    ),
];

/// Families of the field that SPDX does not list, by beginnings of their names in lower case; the
/// first that fits counts.
const FAMILIES: &[Row] = &[
    (
        &[
            "fair-noncommercial",
            "intel-research",
            "h-research",
            "apple-amlr",
            "research-only",
            "non-commercial",
            "noncommercial",
            "deepfloyd",
        ],
        Kind::NonCommercial,
        "its limit to research or non-commercial purposes",
    ),
    (
        &["llama2", "llama-2", "llama3-", "llama-3-", "llama3 "],
        Kind::OutputRestricted,
        "section 1.b: its acceptable use policy, and that its outputs may not improve other language models",
    ),
    (
        &["llama3.", "llama-3.", "llama4", "llama-4"],
        Kind::UseRestricted,
        "section 1.b with its acceptable use policy and the limit of 700 million monthly users",
    ),
    (
        &["llama3", "llama-3"],
        Kind::OutputRestricted,
        "section 1.b: its acceptable use policy, and that its outputs may not improve other language models",
    ),
    (&["gemma"], Kind::UseRestricted, "section 3.2 with its prohibited use policy"),
    (
        &[
            "openrail",
            "bigscience-openrail",
            "bigscience-bloom-rail",
            "creativeml-openrail",
            "bigcode-openrail",
            "openrail++",
            "rail",
        ],
        Kind::UseRestricted,
        "its use-based restrictions (paragraph 5 and attachment A), which bind every recipient",
    ),
    (
        &["qwen", "tongyi-qianwen", "deepseek", "nvidia-open-model", "falcon-llm", "c-uda"],
        Kind::UseRestricted,
        "its own community terms, which restrict uses or users",
    ),
    (
        &[
            "unknown",
            "none",
            "unlicensed",
            "proprietary",
            "noassertion",
            "all-rights-reserved",
            "all rights reserved",
        ],
        Kind::NoGrant,
        "copyright law, under which nothing is allowed that was not granted",
    ),
];

/// The terms of a licence of the SPDX list. `base` is its id without `-only` and `-or-later`.
pub(super) fn of_spdx(base: &str, open_source: bool) -> Terms {
    if let Some(terms) = of_creative_commons(base) {
        return terms;
    }
    let row = TABLE.iter().find(|(ids, ..)| ids.contains(&base));
    match row {
        Some(&(_, kind, clause)) => Terms { kind, clause },
        None if open_source => Terms {
            kind: Kind::OpenSource,
            clause: "points 1, 3 and 6 of the Open Source Definition, which it was found to meet",
        },
        None => CUSTOM,
    }
}

/// Licences whose own text names others that its works may go under: the successions and appendices.
const SUCCESSORS: &[(&str, &[&str])] = &[
    // Sections 1.12 and 3.3: the secondary licences.
    ("MPL-2.0", &MPL_SECONDARY),
    // Section 6.2: later versions.
    ("MPL-1.1", &["MPL-2.0"]),
    ("CDDL-1.0", &["CDDL-1.1"]),
    // Section 7: new versions of the agreement, under whichever name its steward gives them.
    ("CPL-1.0", &["EPL-1.0", "EPL-2.0"]),
    ("EPL-1.0", &["EPL-2.0"]),
    // Article 5 and the appendix of compatible licences.
    ("EUPL-1.1", &["EUPL-1.2", "GPL-2.0", "OSL-3.0", "CPL-1.0", "EPL-1.0"]),
    ("EUPL-1.2", &EUPL_COMPATIBLE),
];
const MPL_SECONDARY: [&str; 7] = [
    "GPL-2.0",
    "GPL-3.0",
    "LGPL-2.1",
    "LGPL-3.0",
    "AGPL-3.0",
    "EUPL-1.2",
    "MPL-2.0-no-copyleft-exception",
];
const EUPL_COMPATIBLE: [&str; 9] = [
    "GPL-2.0",
    "GPL-3.0",
    "AGPL-3.0",
    "OSL-3.0",
    "EPL-1.0",
    "MPL-2.0",
    "LGPL-2.1",
    "LGPL-3.0",
    "CECILL-2.1",
];

/// Whether a licence's own text lets its works go under the other one. Both without `-only` and
/// `-or-later`.
pub(super) fn names_as_successor(base: &str, other: &str) -> bool {
    SUCCESSORS.iter().any(|(from, to)| *from == base && to.contains(&other))
}

/// The terms of a licence that an expression refers to by a name outside the SPDX list.
pub(super) fn of_reference(name: &str) -> Terms {
    let row = TABLE.iter().find(|(ids, ..)| ids.contains(&name));
    row.map_or(CUSTOM, |&(_, kind, clause)| Terms { kind, clause })
}

/// The terms of a family by its name in lower case, where it is one.
pub(super) fn of_family(name: &str) -> Option<Terms> {
    let fits = |row: &&Row| match row.1 {
        // That nothing is granted is said in one of these words, not at the beginning of a name.
        Kind::NoGrant => row.0.contains(&name),
        _ => row.0.iter().any(|beginning| name.starts_with(beginning)),
    };
    FAMILIES.iter().find(fits).map(|&(_, kind, clause)| Terms { kind, clause })
}

/// Terms that nothing is known of.
pub(super) const CUSTOM: Terms =
    Terms { kind: Kind::Custom, clause: "its own terms, which are not known here," };

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
