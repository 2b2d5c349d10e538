//! Is the code maintained like software?

mod card_python;
mod listing;
mod packaging;

use self::card_python::CardPython;
use self::listing::Listing;
use self::packaging::Packaging;
use super::bus_factor::days_between;
use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use touchstone_domain::Metric;
use touchstone_domain::facts::{RepositoryFacts, RepositoryInfo};

const TEST_FILES: Criterion = Criterion::new(
    "test_files",
    0.12,
    "test files: half for one, three quarters for five, all for twenty",
    "Code without tests works until somebody changes it.",
);
const TESTED_SHARE: Criterion = Criterion::new(
    "tested_share",
    0.13,
    "the share of source files with tests, all from one half on",
    "Many tests of one corner leave the rest untested.",
);
const INTEGRATION: Criterion = Criterion::new(
    "integration",
    0.15,
    "configuration of continuous integration",
    "Tests that nobody starts find nothing.",
);
const LINTED: Criterion = Criterion::new(
    "linted",
    0.05,
    "configuration of a linter or formatter",
    "Machines find what tired eyes pass over.",
);
const TYPED: Criterion = Criterion::new(
    "typed",
    0.05,
    "configuration of a type checker, or a language whose compiler checks types",
    "Checked types rule out a whole class of mistakes before anything runs.",
);
const PACKAGED: Criterion = Criterion::new(
    "packaged",
    0.08,
    "a packaging file",
    "What can be installed by name can be used elsewhere and updated.",
);
const BOUNDED: Criterion = Criterion::new(
    "bounded",
    0.07,
    "the share of the dependencies that are pinned or bounded; all with a lock file",
    "Open-ended dependencies break code that nobody touched.",
);
const RELEASES: Criterion = Criterion::new(
    "releases",
    0.08,
    "releases or tags: half for one, three quarters for three, all for ten",
    "A release is a state that somebody vouches for.",
);
const COMMITS: Criterion = Criterion::new(
    "commits",
    0.10,
    "commits within a year before collection, on a logarithmic scale up to fifty",
    "Code that nobody touches ages with everything around it.",
);
const DOCUMENTED: Criterion = Criterion::new(
    "documented",
    0.05,
    "a folder of documentation",
    "Who explains the code expects others to use it.",
);
const README: Criterion = Criterion::new(
    "readme",
    0.05,
    "a README, growing up to 3,000 bytes",
    "It is the first thing that a newcomer reads.",
);
const ISSUES: Criterion = Criterion::new(
    "issues",
    0.07,
    "the share of closed issues, in full from ten issues on",
    "Somebody answers.",
);

const OWN_FILES: Criterion = Criterion::new(
    "own_files",
    0.20,
    "code files in the model's own repository: two fifths for one, seven tenths for three, all for six",
    "Code that lies beside the model is kept with it.",
);
const OWN_PACKAGED: Criterion = Criterion::new(
    "own_packaged",
    0.10,
    "a packaging or requirements file",
    "It says what the code needs to run.",
);
const OWN_TESTS: Criterion = Criterion::new(
    "own_tests",
    0.10,
    "test files",
    "Code without tests works until somebody changes it.",
);
const OWN_PYTHON: Criterion = Criterion::new(
    "own_python",
    0.20,
    "the share of the card's Python blocks that parse",
    "An example with a syntax error was never run as it stands.",
);

/// What the listing of the linked repository tells.
const IN_LISTING: [Criterion; 8] =
    [TEST_FILES, TESTED_SHARE, INTEGRATION, LINTED, TYPED, PACKAGED, BOUNDED, DOCUMENTED];
/// What the listing of the model's own repository tells.
const IN_OWN_LISTING: [Criterion; 3] = [OWN_FILES, OWN_PACKAGED, OWN_TESTS];

/// Test files that give so much of their points.
const TESTS: [(usize, f64); 3] = [(1, 0.5), (5, 0.75), (20, 1.0)];
/// Releases that give so much of their points.
const RELEASED: [(usize, f64); 3] = [(1, 0.5), (3, 0.75), (10, 1.0)];
/// Code files of the model's own repository that give so much of their points.
const FILES: [(usize, f64); 3] = [(1, 0.4), (3, 0.7), (6, 1.0)];
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
pub(super) const SCALE: Scale = Scale {
    metric: Metric::CodeQuality,
    question: "Is the code maintained like software?",
    facts: &[
        "the linked repository's list of files",
        "its packaging and configuration files",
        "its newest commits, releases and issues",
        "its README",
        "the list of the model's own files",
        "the card's Python",
    ],
    criteria: &[
        TEST_FILES,
        TESTED_SHARE,
        INTEGRATION,
        LINTED,
        TYPED,
        PACKAGED,
        BOUNDED,
        RELEASES,
        COMMITS,
        DOCUMENTED,
        README,
        ISSUES,
    ],
    instead: &[OWN_FILES, OWN_PACKAGED, OWN_TESTS, OWN_PYTHON],
    on_top: &[],
    limits: &[
        "Without a linked repository it is 0.6 at most.",
        "What the model's own repository earns is the least that a linked one gives.",
        "Vendored and generated files are not counted.",
    ],
    cannot_see: &[
        "Whether the tests pass, or test anything.",
        "What the code does: no file of it is read but those of packaging and configuration.",
        "Repositories on other hosts than GitHub.",
    ],
};

/// How the code that goes with the model is kept, by [`SCALE`].
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
            let what = format!("The file list of {}", repository.named_as);
            tally.missing_all(&IN_LISTING, &what, &repository.tree.seen_at, why);
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
    let sentence = format!("Test files of {name}: {tests}.");
    tally.give(&TEST_FILES, reached(&TESTS, tests), sentence, seen_at());
    let share = listing.tested_share();
    let sentence =
        format!("About {:.0} % of its {sources} source files have tests.", share * 100.0);
    tally.give(&TESTED_SHARE, (share / ENOUGH_TESTED).min(1.0), sentence, seen_at());
    found(tally, &INTEGRATION, "continuous integration", listing.integration.as_ref(), &seen_at());
    let packaging = Packaging::of(&repository.documents);
    let linted = listing.lint.as_ref().or(packaging.lint.as_ref());
    found(tally, &LINTED, "a linter or formatter", linted, &seen_at());
    let typed = listing.types.as_ref().or(packaging.types.as_ref());
    found(tally, &TYPED, "checking types", typed, &seen_at());
    found(tally, &PACKAGED, "packaging", listing.packaging.as_ref(), &seen_at());
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
    tally.give(&BOUNDED, share, sentence, seen_at());
    found(tally, &DOCUMENTED, "documentation", listing.documentation.as_ref(), &seen_at());
}

/// All points for a file of that purpose.
fn found(
    tally: &mut Tally,
    criterion: &Criterion,
    purpose: &str,
    path: Option<&String>,
    seen_at: &str,
) {
    let (share, sentence) = match path {
        Some(path) => (1.0, format!("For {purpose} there is {path}.")),
        None => (0.0, format!("Nothing for {purpose} was found.")),
    };
    tally.give(criterion, share, sentence, seen_at.to_owned());
}

fn releases(repository: &RepositoryFacts, info: &RepositoryInfo, tally: &mut Tally) {
    let seen_at = repository.info.seen_at.clone();
    match info.releases {
        Some(count) => {
            let share = reached(&RELEASED, usize::try_from(count).unwrap_or(usize::MAX));
            tally.give(&RELEASES, share, format!("It has {count} releases or tags."), seen_at);
        }
        None => tally.unnamed(&RELEASES, "Its releases were not counted.", seen_at),
    }
}

fn issues(repository: &RepositoryFacts, info: &RepositoryInfo, tally: &mut Tally) {
    let seen_at = repository.info.seen_at.clone();
    let Some(closed) = info.closed_issues else {
        tally.unnamed(&ISSUES, "Its closed issues were not counted.", seen_at);
        return;
    };
    let open = info.open_issues;
    let total = closed as f64 + open as f64;
    let share = if total > 0.0 { closed as f64 / total } else { 0.0 };
    let share = share * (total / ENOUGH_ISSUES).min(1.0);
    let sentence = format!("{closed} issues are closed and {open} are open.");
    tally.give(&ISSUES, share, sentence, seen_at);
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
            tally.give(&COMMITS, share.min(1.0), sentence, history.seen_at.clone());
        }
        (Err(_), Some(pushed)) => {
            let share = if within_a_year(pushed) { 1.0 / 3.0 } else { 0.0 };
            let sentence =
                format!("Its commits could not be read; it was last pushed to at {pushed}.");
            tally.give(&COMMITS, share, sentence, repository.info.seen_at.clone());
        }
        (Err(why), None) => {
            let what = format!("The history of {}", repository.named_as);
            tally.missing(&COMMITS, &what, history.seen_at.clone(), why);
        }
    }
}

fn readme(repository: &RepositoryFacts, tally: &mut Tally) {
    let seen_at = repository.readme.seen_at.clone();
    match &repository.readme.found {
        Ok(document) => {
            let bytes = document.text.trim().len();
            let share = (bytes as f64 / ENOUGH_README).min(1.0);
            tally.give(&README, share, format!("Its README has {bytes} bytes."), seen_at);
        }
        Err(why) => tally.missing(&README, "Its README", seen_at, why),
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
    tally.remark(sentence, None);
    let files = &context.model.files;
    match &files.found {
        Ok(found) => {
            let listing = Listing::of(found);
            let seen_at = || files.seen_at.clone();
            let (code, tests) = (listing.sources + listing.tests, listing.tests);
            let sentence = format!("Files of code in the model's own repository: {code}.");
            tally.give(&OWN_FILES, reached(&FILES, code), sentence, seen_at());
            found_own(&mut tally, &listing, tests, &seen_at());
        }
        Err(why) => {
            tally.missing_all(&IN_OWN_LISTING, "The model's file list", &files.seen_at, why);
        }
    }
    card_python(context, &mut tally);
    tally
}

fn found_own(tally: &mut Tally, listing: &Listing, tests: usize, seen_at: &str) {
    found(tally, &OWN_PACKAGED, "packaging", listing.packaging.as_ref(), seen_at);
    let share = f64::from(u8::from(tests > 0));
    tally.give(&OWN_TESTS, share, format!("Test files among them: {tests}."), seen_at.to_owned());
}

fn card_python(context: &Context<'_>, tally: &mut Tally) {
    let card = match &context.model.card.found {
        Ok(card) => card,
        Err(why) => {
            let seen_at = context.model.card.seen_at.clone();
            tally.missing(&OWN_PYTHON, "The model card", seen_at, why);
            return;
        }
    };
    let CardPython { blocks, parsing } = CardPython::of(&card.text);
    if blocks == 0 {
        tally.unnamed(&OWN_PYTHON, "The card shows no Python.", context.card_url());
        return;
    }
    let share = parsing as f64 / blocks as f64;
    let sentence = format!("Of {blocks} blocks of Python in the card {parsing} parse.");
    tally.give(&OWN_PYTHON, share, sentence, context.card_url());
}

fn reached(scale: &[(usize, f64)], count: usize) -> f64 {
    scale.iter().rev().find(|(least, _)| count >= *least).map_or(0.0, |(_, points)| *points)
}
