//! Is the code maintained like software?

mod card_python;
mod listing;
mod packaging;

use self::card_python::CardPython;
use self::listing::Listing;
use self::packaging::Packaging;
use super::bus_factor::days_between;
use super::{Outcome, Tally};
use crate::context::Context;
use touchstone_domain::facts::{RepositoryFacts, RepositoryInfo};

const TEST_FILES: [(usize, f64); 3] = [(1, 0.06), (5, 0.09), (20, 0.12)];
const TESTED_SHARE: f64 = 0.13;
const INTEGRATION: f64 = 0.15;
const LINTED: f64 = 0.05;
const TYPED: f64 = 0.05;
const PACKAGED: f64 = 0.08;
const BOUNDED: f64 = 0.07;
const RELEASES: [(u64, f64); 3] = [(1, 0.04), (3, 0.06), (10, 0.08)];
const COMMITS: f64 = 0.10;
const DOCUMENTED: f64 = 0.05;
const README: f64 = 0.05;
const ISSUES: f64 = 0.07;

const OWN_FILES: [(usize, f64); 3] = [(1, 0.08), (3, 0.14), (6, 0.20)];
const OWN_PACKAGED: f64 = 0.10;
const OWN_TESTS: f64 = 0.10;
const OWN_PYTHON: f64 = 0.20;
const ONLY_LINKED: f64 = 0.40;

/// Share of source files with tests that gives all of its points.
const ENOUGH_TESTED: f64 = 0.5;
/// Commits within a year that give all of their points.
const ENOUGH_COMMITS: f64 = 50.0;
/// Bytes of a README that give all of its points.
const ENOUGH_README: f64 = 3000.0;
/// Issues from which on the share of the closed ones counts in full.
const ENOUGH_ISSUES: f64 = 10.0;
const YEAR_DAYS: i64 = 365;

/// How the code that goes with the model is kept.
///
/// With a linked repository, from its listing and a few documents:
///
/// | points | for |
/// |---|---|
/// | 0.12 | test files: 1 gives 0.06, 5 give 0.09, 20 give 0.12 |
/// | 0.13 | share of source files with tests, all from one half on |
/// | 0.15 | configuration of continuous integration |
/// | 0.05 | configuration of a linter or formatter |
/// | 0.05 | configuration of a type checker, or a language whose compiler checks types |
/// | 0.08 | a packaging file |
/// | 0.07 | share of the dependencies that are pinned or bounded; all with a lock file |
/// | 0.08 | releases: 1 gives 0.04, 3 give 0.06, 10 give 0.08 |
/// | 0.10 | commits within a year before collection, on a logarithmic scale up to 50 |
/// | 0.05 | a folder of documentation |
/// | 0.05 | a README, growing up to 3,000 bytes |
/// | 0.07 | share of closed issues, in full from 10 issues on |
///
/// Without one, at most 0.6 from the model's own repository; a linked repository never counts less:
///
/// | points | for |
/// |---|---|
/// | 0.20 | code files: 1 gives 0.08, 3 give 0.14, 6 give 0.20 |
/// | 0.10 | a packaging or requirements file |
/// | 0.10 | test files |
/// | 0.20 | share of the card's Python blocks that parse |
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let own = own(context);
    let Some(repository) = super::linked_repository(context) else { return own.outcome() };
    let linked = linked(context, repository);
    if linked.points() >= own.points() { linked.outcome() } else { own.outcome() }
}

fn linked(context: &Context<'_>, repository: &RepositoryFacts) -> Tally {
    let mut tally = Tally::default();
    match &repository.tree.found {
        Ok(tree) => {
            let listing = Listing::of(&tree.files);
            from_listing(repository, &listing, &mut tally);
        }
        Err(why) => {
            let of = TEST_FILES[2].1 + TESTED_SHARE + INTEGRATION + LINTED + TYPED + PACKAGED;
            let what = format!("The file list of {}", repository.named_as);
            let seen_at = repository.tree.seen_at.clone();
            tally.missing(of + BOUNDED + DOCUMENTED, &what, seen_at, why);
        }
    }
    if let Some(info) = repository.info.value() {
        releases(repository, info, &mut tally);
        issues(repository, info, &mut tally);
    }
    commits(context, repository, &mut tally);
    readme(repository, &mut tally);
    tally
}

fn from_listing(repository: &RepositoryFacts, listing: &Listing, tally: &mut Tally) {
    let name = &repository.named_as;
    let seen_at = || repository.tree.seen_at.clone();
    let (tests, sources) = (listing.tests, listing.sources);
    let points = reached(&TEST_FILES, tests);
    tally.give(points, TEST_FILES[2].1, format!("Test files of {name}: {tests}."), seen_at());
    let share = listing.tested_share();
    let sentence =
        format!("About {:.0} % of its {sources} source files have tests.", share * 100.0);
    let points = TESTED_SHARE * (share / ENOUGH_TESTED).min(1.0);
    tally.give(points, TESTED_SHARE, sentence, seen_at());
    found(tally, INTEGRATION, "continuous integration", listing.integration.as_ref(), &seen_at());
    let packaging = Packaging::of(&repository.documents);
    let linted = listing.lint.as_ref().or(packaging.lint.as_ref());
    found(tally, LINTED, "a linter or formatter", linted, &seen_at());
    let typed = listing.types.as_ref().or(packaging.types.as_ref());
    found(tally, TYPED, "checking types", typed, &seen_at());
    found(tally, PACKAGED, "packaging", listing.packaging.as_ref(), &seen_at());
    let (share, sentence) = match (&listing.lock, packaging.bounded_share()) {
        (Some(lock), _) => (1.0, format!("{lock} pins every dependency.")),
        (None, Some(share)) => (
            share,
            format!(
                "Of {} stated dependencies {} are pinned or bounded.",
                packaging.dependencies, packaging.bounded
            ),
        ),
        (None, None) => (0.0, "No list of dependencies was read.".to_owned()),
    };
    tally.give(BOUNDED * share, BOUNDED, sentence, seen_at());
    found(tally, DOCUMENTED, "documentation", listing.documentation.as_ref(), &seen_at());
}

/// All points for a file of that purpose.
fn found(tally: &mut Tally, of: f64, purpose: &str, path: Option<&String>, seen_at: &str) {
    let (points, sentence) = match path {
        Some(path) => (of, format!("For {purpose} there is {path}.")),
        None => (0.0, format!("Nothing for {purpose} was found.")),
    };
    tally.give(points, of, sentence, seen_at.to_owned());
}

fn releases(repository: &RepositoryFacts, info: &RepositoryInfo, tally: &mut Tally) {
    let of = RELEASES[2].1;
    let seen_at = repository.info.seen_at.clone();
    match info.releases {
        Some(count) => {
            let points = RELEASES.iter().rev().find(|(least, _)| count >= *least);
            let points = points.map_or(0.0, |(_, points)| *points);
            tally.give(points, of, format!("It has {count} releases or tags."), seen_at);
        }
        None => tally.unnamed(of, "Its releases were not counted.", seen_at),
    }
}

fn issues(repository: &RepositoryFacts, info: &RepositoryInfo, tally: &mut Tally) {
    let seen_at = repository.info.seen_at.clone();
    let Some(closed) = info.closed_issues else {
        tally.unnamed(ISSUES, "Its closed issues were not counted.", seen_at);
        return;
    };
    let open = info.open_issues;
    let total = closed as f64 + open as f64;
    let share = if total > 0.0 { closed as f64 / total } else { 0.0 };
    let points = ISSUES * share * (total / ENOUGH_ISSUES).min(1.0);
    let sentence = format!("{closed} issues are closed and {open} are open.");
    tally.give(points, ISSUES, sentence, seen_at);
}

fn commits(context: &Context<'_>, repository: &RepositoryFacts, tally: &mut Tally) {
    let within_a_year = |at| days_between(at, context.collected_at) <= YEAR_DAYS;
    let history = &repository.reviews;
    match (&history.found, repository.info.value().and_then(|info| info.pushed_at)) {
        (Ok(found), _) => {
            let dates = found.commits.iter().filter_map(|commit| commit.committed_at);
            let count = dates.filter(|&at| within_a_year(at)).count();
            let share = (count as f64 + 1.0).ln() / (ENOUGH_COMMITS + 1.0).ln();
            let sentence =
                format!("The newest commits hold {count} of the year before collection.");
            tally.give(COMMITS * share.min(1.0), COMMITS, sentence, history.seen_at.clone());
        }
        (Err(_), Some(pushed)) => {
            let share = if within_a_year(pushed) { 1.0 / 3.0 } else { 0.0 };
            let sentence =
                format!("Its commits could not be read; it was last pushed to at {pushed}.");
            tally.give(COMMITS * share, COMMITS, sentence, repository.info.seen_at.clone());
        }
        (Err(why), None) => {
            let what = format!("The history of {}", repository.named_as);
            tally.missing(COMMITS, &what, history.seen_at.clone(), why);
        }
    }
}

fn readme(repository: &RepositoryFacts, tally: &mut Tally) {
    let seen_at = repository.readme.seen_at.clone();
    match &repository.readme.found {
        Ok(document) => {
            let bytes = document.text.trim().len();
            let share = (bytes as f64 / ENOUGH_README).min(1.0);
            tally.give(README * share, README, format!("Its README has {bytes} bytes."), seen_at);
        }
        Err(why) => tally.missing(README, "Its README", seen_at, why),
    }
}

/// What the model's own repository holds.
fn own(context: &Context<'_>) -> Tally {
    let mut tally = Tally::default();
    let sentence = match context.repositories.first() {
        Some(named) if named.info.value().is_none() => {
            format!("The linked repository {} cannot be seen.", named.named_as)
        }
        Some(_) => "The linked repository would give less than the model's own files.".to_owned(),
        None => "No code repository is linked.".to_owned(),
    };
    tally.unnamed(ONLY_LINKED, sentence, None);
    let files = &context.model.files;
    match &files.found {
        Ok(found) => {
            let listing = Listing::of(found);
            let seen_at = || files.seen_at.clone();
            let (code, tests) = (listing.sources + listing.tests, listing.tests);
            let points = reached(&OWN_FILES, code);
            let sentence = format!("Files of code in the model's own repository: {code}.");
            tally.give(points, OWN_FILES[2].1, sentence, seen_at());
            found_own(&mut tally, &listing, tests, &seen_at());
        }
        Err(why) => {
            let of = OWN_FILES[2].1 + OWN_PACKAGED + OWN_TESTS;
            tally.missing(of, "The model's file list", files.seen_at.clone(), why);
        }
    }
    card_python(context, &mut tally);
    tally
}

fn found_own(tally: &mut Tally, listing: &Listing, tests: usize, seen_at: &str) {
    found(tally, OWN_PACKAGED, "packaging", listing.packaging.as_ref(), seen_at);
    let points = if tests > 0 { OWN_TESTS } else { 0.0 };
    tally.give(points, OWN_TESTS, format!("Test files among them: {tests}."), seen_at.to_owned());
}

fn card_python(context: &Context<'_>, tally: &mut Tally) {
    let card = match &context.model.card.found {
        Ok(card) => card,
        Err(why) => {
            let seen_at = context.model.card.seen_at.clone();
            tally.missing(OWN_PYTHON, "The model card", seen_at, why);
            return;
        }
    };
    let CardPython { blocks, parsing } = CardPython::of(&card.text);
    if blocks == 0 {
        tally.unnamed(OWN_PYTHON, "The card shows no Python.", context.card_url());
        return;
    }
    let share = parsing as f64 / blocks as f64;
    let sentence = format!("Of {blocks} blocks of Python in the card {parsing} parse.");
    tally.give(OWN_PYTHON * share, OWN_PYTHON, sentence, context.card_url());
}

fn reached(scale: &[(usize, f64)], count: usize) -> f64 {
    scale.iter().rev().find(|(least, _)| count >= *least).map_or(0.0, |(_, points)| *points)
}
