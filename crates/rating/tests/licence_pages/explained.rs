//! Why the answers differ where they differ: one row for each reason. The first row that fits a
//! disagreement counts.

use touchstone_domain::license::Use::{self, Link, Merge};
use touchstone_domain::license::Verdict::{self, Allowed, Forbidden, Unclear};

/// Disagreements of one kind and their reason.
pub(crate) struct Explanation {
    /// The uses that were asked about.
    uses: &'static [Use],
    /// The rule that gave our answer.
    pub(crate) rule: &'static str,
    /// The licences of what is used; all where none is named.
    licenses: &'static [&'static str],
    /// Our answer.
    pub(crate) ours: Verdict,
    /// The matrix's answers.
    theirs: &'static [&'static str],
    /// Why they differ.
    pub(crate) because: &'static str,
}

impl Explanation {
    pub(crate) fn fits(
        &self,
        purpose: Use,
        license: &str,
        (rule, ours): (&str, Verdict),
        theirs: &str,
    ) -> bool {
        self.uses.contains(&purpose)
            && self.rule == rule
            && self.ours == ours
            && self.theirs.contains(&theirs)
            && (self.licenses.is_empty() || self.licenses.contains(&license))
    }
}

const fn row(
    uses: &'static [Use],
    rule: &'static str,
    licenses: &'static [&'static str],
    ours: Verdict,
    theirs: &'static [&'static str],
    because: &'static str,
) -> Explanation {
    Explanation { uses, rule, licenses, ours, theirs, because }
}

const BOTH: &[Use] = &[Merge, Link];

pub(crate) const EXPLANATIONS: &[Explanation] = &[
    row(
        &[Link],
        "library_apart",
        &[
            "LGPL-2.0-only",
            "LGPL-2.0-or-later",
            "LGPL-2.1-only",
            "LGPL-2.1-or-later",
            "LGPL-3.0-only",
            "LGPL-3.0-or-later",
        ],
        Allowed,
        &["No"],
        "The matrix asks whether both can be one work under the product's licence, and this licence \
         stays. Linking is what it was written for: sections 5 and 6 of version 2.1 and section 4 of \
         version 3 let a program under any terms use the library if the library itself stays under \
         it and can be replaced.",
    ),
    row(
        &[Link],
        "library_apart",
        &[
            "CDDL-1.0",
            "CDDL-1.1",
            "EPL-1.0",
            "EPL-2.0",
            "MPL-1.1",
            "MPL-2.0",
            "MPL-2.0-no-copyleft-exception",
        ],
        Allowed,
        &["No", "Check dependency"],
        "The matrix asks whether both can be one work under the product's licence. These licences \
         keep their own files and let a larger work around them go under other terms, which is how \
         a library is used; the GNU licences for programs, which ask for the whole, are judged as \
         one work.",
    ),
    row(
        &[Link],
        "library_apart",
        &[],
        Allowed,
        &["No", "Unknown"],
        "The matrix asks whether the product's licence takes the conditions of this one into the \
         same work. A library that is linked keeps its own notices and conditions, and a product \
         whose licence does not ask for the whole program is not touched by them.",
    ),
    row(
        &[Link],
        "linking_exception",
        &[],
        Allowed,
        &["No"],
        "The exception is permission to link the library to independent modules whatever their \
         licence. The matrix asks about one work, for which the exception does not hold.",
    ),
    row(
        BOTH,
        "gnu_network_joined",
        &["LGPL-2.0-only", "LGPL-2.0-or-later"],
        Unclear,
        &["No"],
        "Section 3 of the library's version 2.0 has the same choice of the program's licence, in any \
         later version, as that of version 2.1, for which the matrix says that it depends.",
    ),
    row(
        BOTH,
        "gnu_versions_apart",
        &["AGPL-3.0-only", "AGPL-3.0-or-later"],
        Forbidden,
        &["Check dependency"],
        "Section 13 of the network licence joins it to version 3 of the program's licence. A product \
         that is held to version 2.0 or 2.1 of the library's cannot become that.",
    ),
    row(
        BOTH,
        "gnu_versions_fit",
        &["LGPL-2.0-or-later"],
        Allowed,
        &["No"],
        "“Or any later version” lets the work be taken under version 2.1 or 3.0 of the library's \
         licence. The matrix says yes to the same step for the program's licence.",
    ),
    row(
        BOTH,
        "granted",
        &["PostgreSQL"],
        Allowed,
        &["Unknown"],
        "The matrix has not assessed it. The licence asks for nothing but its own notice in all \
         copies, as the MIT licence does, to which the matrix says yes.",
    ),
    row(
        BOTH,
        "granted",
        &["ZPL-2.0"],
        Allowed,
        &["Unknown"],
        "The matrix has not assessed it for these products, and says yes for others with the same \
         kind of copyleft. It asks for notices and marks on changed files, which stand beside them.",
    ),
    row(
        BOTH,
        "granted",
        &["Artistic-2.0"],
        Allowed,
        &["Unknown"],
        "Section 4(c)(ii) lets a modified version go under any licence that lets its recipients \
         copy, change and redistribute it freely and asks for the source, as version 1 of the GNU \
         licence does.",
    ),
    row(
        BOTH,
        "granted",
        &["LicenseRef-scancode-ppp"],
        Allowed,
        &["Unknown"],
        "The matrix says yes for every other product, `GPL-2.0-or-later` among them.",
    ),
    row(
        BOTH,
        "keeps_its_own",
        &["EPL-2.0", "EUPL-1.1", "MPL-2.0"],
        Forbidden,
        &["Check dependency"],
        "These name version 2 of the GNU licence and later ones. A product that leaves version 1 \
         open to its recipients offers more than they grant.",
    ),
    row(
        BOTH,
        "keeps_its_own",
        &["EUPL-1.1", "MPL-2.0"],
        Forbidden,
        &["Yes"],
        "They name version 2 of the program's or 2.1 of the library's licence. Version 2.0 of the \
         library's is not among them, and the exception that the product gives its recipients \
         cannot be given for work that came without it; for EUPL-1.2 the matrix says no as well.",
    ),
    row(
        BOTH,
        "keeps_its_own",
        &["CPL-1.0", "EPL-1.0"],
        Forbidden,
        &["Yes"],
        "The steward's later agreements are new versions of the earlier one, so works go from it to \
         them. Nothing lets them go back.",
    ),
    row(
        BOTH,
        "named_successor",
        &["CDDL-1.0"],
        Allowed,
        &["No"],
        "Section 4.2 lets the covered software be used under any later version that the steward \
         publishes, unless a notice by the initial developer forbids it.",
    ),
    row(
        BOTH,
        "named_successor",
        &["EUPL-1.1"],
        Allowed,
        &["No"],
        "The appendix of article 5 lists this licence among the compatible ones.",
    ),
    row(
        BOTH,
        "no_further_conditions",
        &["MS-PL"],
        Forbidden,
        &["Unknown"],
        "Section 3(D) keeps source under this licence alone, which the GNU licences do not \
         take; the Free Software Foundation's list calls it incompatible with them.",
    ),
    row(
        BOTH,
        "no_further_conditions",
        &["Minpack", "PHP-3.01"],
        Forbidden,
        &["Unknown"],
        "Article 5 of the product's licence forbids further conditions, and these ask for an \
         acknowledgement. The matrix says no to the same condition in other licences.",
    ),
    row(
        &[Merge],
        "other_files_free",
        &["Apache-2.0"],
        Allowed,
        &["No", "Unknown"],
        "The product's licence reaches only files that contain its own code, and lets a larger work \
         hold others. The matrix says yes for the other licences of this kind (EPL, MPL-2.0).",
    ),
    row(
        &[Merge],
        "conditions_unsettled",
        &["BSD-4-Clause", "BSD-4-Clause-UC"],
        Unclear,
        &["Yes"],
        "The product's licence keeps source under its very terms, and these ask for an \
         acknowledgement in advertising. That both hold at once is not said anywhere, so it is \
         left open.",
    ),
    row(
        &[Merge],
        "conditions_unsettled",
        &["IJG", "OpenSSL", "XFree86-1.1"],
        Unclear,
        &["No"],
        "Article 5 of the product's licence forbids terms that restrict its own. Whether an \
         acknowledgement in documentation does that is not settled, so it is left open.",
    ),
];
