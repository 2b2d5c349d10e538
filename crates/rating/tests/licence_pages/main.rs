//! The pages on licences: what each asks for, and the code relations beside the OSADL licence
//! compatibility matrix, over all its pairs.

#![expect(clippy::unwrap_used, reason = "the package's data has one known form")]
#![expect(clippy::panic, reason = "a failed set-up has to say what to do")]

mod explained;
mod matrix;
mod page;
mod terms;

use explained::EXPLANATIONS;
use matrix::Matrix;
use std::collections::BTreeSet;
use touchstone_domain::license::Use::{Link, Merge};

/// Where the committed pages are.
const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");

#[test]
fn every_disagreement_has_its_reason() {
    let matrix = Matrix::read();
    let unexplained: Vec<_> = [Merge, Link]
        .into_iter()
        .flat_map(|purpose| matrix.disagreements(purpose))
        .filter(|differ| differ.explanation.is_none())
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
}

#[test]
fn every_reason_explains_a_disagreement() {
    let matrix = Matrix::read();
    let differ = [Merge, Link].into_iter().flat_map(|purpose| matrix.disagreements(purpose));
    let used: BTreeSet<usize> = differ.filter_map(|differ| differ.explanation).collect();
    assert_eq!(used.len(), EXPLANATIONS.len());
}

#[test]
fn copying_into_one_work_is_judged_as_the_matrix_judges_it() {
    let matrix = Matrix::read();
    assert_eq!((matrix.size(), matrix.pairs()), (110, 12_100));
    let share = |purpose| matrix.disagreements(purpose).len() as f64 / matrix.pairs() as f64;
    assert!(share(Merge) < 0.007, "{}", share(Merge));
    assert!(share(Link) < 0.2, "{}", share(Link));
}

#[test]
fn the_committed_pages_are_the_ones_that_the_rules_make() {
    for (name, made) in
        [("licences.md", terms::page()), ("licences-osadl.md", page::page(&Matrix::read()))]
    {
        let path = format!("{DOCS}/{name}");
        if std::env::var_os("UPDATE_LICENCE_PAGES").is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(made == committed, "licence rules have changed: run `cargo xtask licences`");
    }
}
