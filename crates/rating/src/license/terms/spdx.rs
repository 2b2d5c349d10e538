//! The terms of the licences of the SPDX list.

use super::Kind;

type Row = (&'static [&'static str], Kind, &'static str);

/// Licences by SPDX id; of the GNU licences every version and `-only` or `-or-later`.
pub(super) const TABLE: &[Row] = &[
    (
        &["CC0-1.0", "Unlicense", "0BSD", "WTFPL", "MIT-0", "PDDL-1.0", "blessing"],
        Kind::Permissive,
        "its dedication or grant, which asks for nothing in return",
    ),
    (
        &[
            "MIT",
            "MIT-CMU",
            "X11",
            "ISC",
            "BSD-1-Clause",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-2-Clause-Patent",
            "BSD-3-Clause-Open-MPI",
            "BSD-Source-Code",
            "BSD-3-Clause-Clear",
            "BSL-1.0",
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
            "ZPL-2.0",
            "ZPL-2.1",
            "EFL-2.0",
            "CDLA-Permissive-2.0",
            "scancode-ppp",
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
        Kind::PermissiveNotice,
        "section 4, which lets modified versions go out under other free terms and says how",
    ),
    (
        &[
            "IJG",
            "W3C",
            "W3C-19980720",
            "W3C-20150513",
            "bzip2-1.0.5",
            "bzip2-1.0.6",
            "scancode-info-zip-2003-05",
        ],
        Kind::PermissiveNotice,
        "its permission notice, which asks that changes or its origin be marked",
    ),
    (
        &["OpenMDW-1.0"],
        Kind::Permissive,
        "its grant for all model materials, which asks for its own text and origin notices",
    ),
    (&["JSON"], Kind::UseRestricted, "its condition that the software be used for good, not evil"),
    (
        &["PolyForm-Noncommercial-1.0.0"],
        Kind::NonCommercial,
        "its grant, which is for non-commercial purposes",
    ),
    (
        &["BUSL-1.1", "PolyForm-Small-Business-1.0.0", "Elastic-2.0", "Hippocratic-2.1"],
        Kind::UseRestricted,
        "its limits on production, on who may use it or on what for",
    ),
    (&["MS-PL"], Kind::FixedTerms, "section 3(D), which keeps its source under this licence"),
    (&["OpenSSL"], Kind::FixedTerms, "its closing words, by which its terms cannot be changed"),
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
    (
        &["EUPL-1.2"],
        Kind::Copyleft,
        "article 5, which keeps derivative works under it or a licence of its appendix",
    ),
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
        &["LGPL-2.0", "LGPL-2.1", "LGPL-3.0", "LGPLLR"],
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

/// Licences whose own text names others that its works may go under: the successions and appendices.
pub(super) const SUCCESSORS: &[(&str, &[&str])] = &[
    // Sections 1.12 and 3.3: the secondary licences.
    ("MPL-2.0", &MPL_SECONDARY),
    // Section 6.2: later versions.
    ("MPL-1.1", &["MPL-2.0"]),
    ("CDDL-1.0", &["CDDL-1.1"]),
    // Section 7: new versions of the agreement, as which its steward published the other two.
    ("IPL-1.0", &["CPL-1.0", "EPL-1.0"]),
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
