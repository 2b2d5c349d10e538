//! The code repositories: one kept as software should be, a hobby, and one given up.

use super::{Past, license_text, texts};
use crate::github::{CodeRepository, Commit, PullRequest};

/// Who works on the well-kept repository.
const TEAM: [&str; 5] = ["ines-okafor", "tomasz-vell", "ruth-adair", "sam-lindqvist", "yara-costa"];

const CHANGES: [&str; 12] = [
    "Speed up the tokenizer's inner loop",
    "Refuse empty batches",
    "Document the masking schedule",
    "Test resuming from a checkpoint",
    "Name the learning rate's unit",
    "Keep the vocabulary's order stable",
    "Read letters in parallel",
    "Pin the evaluation's seed",
    "Report the loss per bucket",
    "Split the trainer from the loop",
    "Type the configuration",
    "Handle letters without a date",
];

pub(super) fn all(past: Past) -> Vec<CodeRepository> {
    vec![tern(past), notes_tagger(past), merge_tools(past)]
}

fn with_texts(name: &str) -> CodeRepository {
    let repository = CodeRepository::new(name);
    texts(&format!("code/{name}")).fold(repository, |it, (path, text)| it.file(&path, text))
}

/// Five people, four of five changes through a pull request that another one approved.
fn tern(past: Past) -> CodeRepository {
    let mut repository = with_texts("lanternfish-lab/tern")
        .file("LICENSE", license_text("Apache-2.0"))
        .license("Apache-2.0", "Apache License 2.0")
        .description("Training and evaluation of the tern text encoders")
        .topic("language-model")
        .topic("nlp")
        .popularity(2_140, 183)
        .issues(23, 418)
        .commit(Commit::new(TEAM[0], past.days_ago(700), "Begin").lines(900, 0));
    for (number, days) in (1..=90_u64).zip((5..).step_by(7)).collect::<Vec<_>>().into_iter().rev() {
        repository = change(repository, past, 91 - number, days);
    }
    repository
        .release("v1.0.0", past.days_ago(600))
        .release("v1.1.0", past.days_ago(400))
        .release("v1.2.0", past.days_ago(170))
        .release("v1.3.0", past.days_ago(25))
}

fn change(repository: CodeRepository, past: Past, number: u64, days: i64) -> CodeRepository {
    let at = |offset: u64, length: usize| usize::try_from(number + offset).unwrap_or(0) % length;
    let (author, reviewer) = (TEAM[at(0, TEAM.len())], TEAM[at(2, TEAM.len())]);
    let title = CHANGES[at(0, CHANGES.len())];
    let date = past.days_ago(days);
    let (additions, deletions) = (12 + number * 37 % 160, number * 13 % 70);
    if number.is_multiple_of(9) {
        let commit = Commit::new(author, date, title).lines(additions / 4, deletions);
        return repository.commit(commit);
    }
    let author = if number.is_multiple_of(11) { "dependabot[bot]" } else { author };
    let pull = PullRequest::new(number, author, date, title).lines(additions, deletions);
    let pull = pull.commented_by(author).merged_by(reviewer);
    repository.pull_request(match number % 8 {
        3 => pull,
        5 => pull.changes_requested_by(reviewer).approved_by(reviewer),
        6 => pull.approved_by(reviewer).review_required(),
        _ => pull.approved_by(reviewer),
    })
}

/// One person, everything pushed directly, nothing for a year.
fn notes_tagger(past: Past) -> CodeRepository {
    let repository = with_texts("mira-oduya/notes-tagger").issues(4, 1).popularity(3, 0);
    let messages = ["start", "wip", "fix", "it works now", "tune", "readme"];
    messages.into_iter().zip((420..).step_by(9)).collect::<Vec<_>>().into_iter().rev().fold(
        repository,
        |it, (message, days)| {
            it.commit(Commit::new("mira-oduya", past.days_ago(days), message).lines(55, 12))
        },
    )
}

/// Two people, then nobody.
fn merge_tools(past: Past) -> CodeRepository {
    let own = PullRequest::new(2, "oldmill", past.days_ago(1_190), "Weigh layers one by one");
    let other = PullRequest::new(3, "finn-gray", past.days_ago(1_150), "Read sharded checkpoints");
    with_texts("oldmill/merge-tools")
        .file("LICENSE", license_text("MIT"))
        .license("MIT", "MIT License")
        .description("Put fine-tuned checkpoints together")
        .popularity(212, 40)
        .issues(31, 22)
        .release("0.2", past.days_ago(1_140))
        .commit(Commit::new("oldmill", past.days_ago(1_300), "Linear merge").lines(310, 0))
        .commit(Commit::new("oldmill", past.days_ago(1_240), "Spherical merge").lines(140, 20))
        .pull_request(own.lines(90, 30))
        .pull_request(other.lines(120, 15).approved_by("oldmill").merged_by("oldmill"))
        .commit(Commit::new("oldmill", past.days_ago(1_100), "No longer maintained").lines(4, 1))
        .archived()
}
