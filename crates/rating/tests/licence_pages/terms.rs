//! The page of all licences that have terms here.

use std::fmt::Write;
use touchstone_domain::license::{Use, Verdict};
use touchstone_rating::{LicenseTerms, license_between, license_terms};

const INTRODUCTION: &str = "# What each licence asks for

This page is made by `cargo xtask licences` from the tables that the rating and the licence check
answer by; a test fails when it is out of date.

A licence answer holds for one use. The columns say, for a product under LGPL-2.1-only (the default
`LICENSE_TARGET`), whether the use is allowed (yes), forbidden (no), or for somebody to read (?):

| column | use |
|---|---|
| run | inference as a service |
| ship | weights distributed beside a product, as data |
| tune | a fine-tuned model distributed with a product, the base's terms kept |
| distil | outputs used to train another model |
| link | code used as a library |
| merge | code copied into one work under the product's licence |

A licence of the SPDX list that stands in no row, but was found to meet the Open Source Definition,
allows what keeps it apart and leaves merging open. Any other text or name is unknown, and unknown is
the answer. Where the text of a licence numbers its clauses differently from version to version, the
clause is given by its title.
";

const USES: [Use; 6] =
    [Use::Run, Use::ShipBeside, Use::FineTune, Use::Distill, Use::Link, Use::Merge];

pub(crate) fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut kind = "";
    for alike in license_terms().chunk_by(|one, next| row(one) == row(next)) {
        let Some(first) = alike.first() else { continue };
        if first.kind != kind {
            kind = first.kind;
            let _ = writeln!(
                page,
                "\n## {kind}\n\n| licence | run | ship | tune | distil | link | merge | rests on |\n\
                 |---|---|---|---|---|---|---|---|"
            );
        }
        let names: Vec<&str> = alike.iter().map(|terms| terms.license).collect();
        let _ = writeln!(page, "| {} | {} |", names.join(", "), row(first));
    }
    page
}

/// The answers and what they rest on.
fn row(terms: &LicenseTerms) -> String {
    let answers = USES.map(|purpose| said(terms.license, purpose)).join(" | ");
    format!("{answers} | {}", terms.clause)
}

fn said(license: &str, purpose: Use) -> &'static str {
    match license_between(license, "LGPL-2.1-only", purpose).verdict {
        Verdict::Allowed => "yes",
        Verdict::Unclear => "?",
        Verdict::Forbidden => "no",
    }
}
