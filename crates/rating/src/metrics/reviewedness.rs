//! How much of the code did a second person read?

use super::{Outcome, Tally};
use crate::context::Context;
use touchstone_domain::facts::{CommitFacts, RepositoryFacts, ReviewHistory};

/// The share of the linked repository's added lines that somebody other than their author read.
///
/// | points | for |
/// |---|---|
/// | 1.00 | the fraction of the added lines, over the newest commits that were looked at, that came through a merged pull request which a person other than its author reviewed |
///
/// A merge commit adds nothing: its lines came with its parents. Programs are no reviewers. Without
/// a linked repository the reported score is -1 and counts as 0.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    let Some(repository) = super::linked_repository(context) else {
        let sentence = match context.repositories.first() {
            Some(named) => format!("The linked repository {} cannot be seen.", named.named_as),
            None => "No code repository is linked whose reviews could be read.".to_owned(),
        };
        let seen_at = context.repositories.first().map(|named| named.info.seen_at.clone());
        tally.unnamed(1.0, sentence, seen_at);
        return Outcome { score: -1.0, ..tally.outcome() };
    };
    let seen_at = repository.reviews.seen_at.clone();
    match &repository.reviews.found {
        Ok(history) => reviewed(repository, history, seen_at, &mut tally),
        Err(why) => {
            let what = format!("The review history of {}", repository.named_as);
            tally.missing(1.0, &what, seen_at, why);
        }
    }
    tally.outcome()
}

fn reviewed(
    repository: &RepositoryFacts,
    history: &ReviewHistory,
    seen_at: String,
    tally: &mut Tally,
) {
    let name = &repository.named_as;
    let counted: Vec<&CommitFacts> = history.commits.iter().filter(|one| one.parents < 2).collect();
    let added = lines(counted.iter().copied());
    let read = lines(counted.iter().copied().filter(|commit| is_reviewed(commit)));
    if history.sampled {
        let sentence = format!("The history of {name} was sampled: its figures are estimates.");
        tally.remark(sentence, seen_at.clone());
    }
    if added == 0 {
        let sentence = format!("The newest commits of {name} add no lines that could be reviewed.");
        tally.unnamed(1.0, sentence, seen_at);
        return;
    }
    let commits = counted.len();
    let sentence = format!(
        "Of {added} lines added in the newest {commits} commits of {name}, {read} came through a \
         pull request that somebody else reviewed."
    );
    tally.give(read as f64 / added as f64, 1.0, sentence, seen_at);
}

fn lines<'a>(commits: impl Iterator<Item = &'a CommitFacts>) -> u128 {
    commits.map(|commit| u128::from(commit.additions)).sum()
}

/// Whether a person who wrote neither the commit nor the pull request reviewed it. Where nobody is
/// known to have written it, nobody is known to be somebody else.
fn is_reviewed(commit: &CommitFacts) -> bool {
    let Some(request) = &commit.pull_request else { return false };
    let authors = [commit.author.as_deref(), request.author.as_deref()];
    if authors.iter().all(Option::is_none) {
        return false;
    }
    request.reviewers.iter().chain(&request.approvers).any(|reviewer| {
        !super::is_program(reviewer)
            && authors.iter().flatten().all(|author| !author.eq_ignore_ascii_case(reviewer))
    })
}
