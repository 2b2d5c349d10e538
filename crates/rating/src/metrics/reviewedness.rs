//! How much of the code did a second person read?

use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use std::collections::BTreeMap;
use touchstone_domain::Metric;
use touchstone_domain::facts::{
    CommitFacts, PullRequest, RepositoryFacts, RepositoryTree, ReviewHistory, has_lines,
    is_program, is_written_by_hand,
};

const REVIEWED: Criterion = Criterion {
    key: "reviewed_lines",
    points: 1.0,
    looks_at: "of the lines that people wrote, added by the newest commits of the linked \
               repository's default branch, the share that came through a merged pull request \
               which somebody other than its authors approved; lines that somebody else commented \
               on or asked to change, without approving them, count half",
    because: "A second reader finds mistakes, and one more person knows the code.",
};

/// What a line counts that somebody read without approving it, or that only somebody else merged.
const WEAKER: f64 = 0.5;

/// How much of the code a second person read.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::Reviewedness,
    question: "How much of the code did a second person read?",
    facts: &[
        "the newest commits of the linked repository's default branch",
        "the merged pull request into that branch that each came through, and its reviews",
        "the files that pull requests add lines to",
    ],
    criteria: &[REVIEWED],
    instead: &[],
    on_top: &[],
    limits: &[
        "Without a linked repository the reported score is -1 and counts as 0.",
        "A merge commit adds nothing: its lines came with its parents. Squashed and rebased \
         commits count as themselves.",
        "Programs are no reviewers, and nobody reviews what they wrote or helped to write.",
        "Pull requests into other branches do not count.",
        "Lines of generated and vendored files, lock files, weights, data and notebooks are left \
         out: as listed, for a pull request; estimated by the files of the repository for a \
         commit that was pushed directly.",
        "Without a token neither lines nor reviews can be read: commits are counted, and those \
         that somebody other than the author merged count half.",
    ],
    cannot_see: &[
        "How well a reviewer read.",
        "Reviews that happened elsewhere: on mailing lists, in person, before an import.",
        "Commits older than the newest hundred.",
    ],
};

/// The share of added lines that somebody else read, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    let Some(repository) = super::linked_repository(context) else {
        let sentence = match context.repositories.first() {
            Some(named) => format!("The linked repository {} cannot be seen.", named.named_as),
            None => "No code repository is linked whose reviews could be read.".to_owned(),
        };
        let seen_at = context.repositories.first().map(|named| named.info.seen_at.clone());
        match context.repositories.first().and_then(|named| named.info.why_missing()) {
            Some(why) if why.is_passing() => {
                tally.missing(&REVIEWED, "The linked repository", seen_at, why);
            }
            _ => tally.unnamed(&REVIEWED, sentence, seen_at),
        }
        return Outcome { score: -1.0, ..tally.outcome() };
    };
    match &repository.reviews.found {
        Ok(history) => reviewed(repository, history, &mut tally),
        Err(why) => {
            let what = format!("The review history of {}", repository.named_as);
            tally.missing(&REVIEWED, &what, repository.reviews.seen_at.clone(), why);
        }
    }
    tally.outcome()
}

fn reviewed(repository: &RepositoryFacts, history: &ReviewHistory, tally: &mut Tally) {
    let name = &repository.named_as;
    let seen_at = repository.reviews.seen_at.clone();
    let counted: Vec<&CommitFacts> = history.commits.iter().filter(|one| one.parents < 2).collect();
    let usual = hand_written_share(repository.tree.value());
    let (mut added, mut approved, mut weaker) = (0.0, 0.0, 0.0);
    for commit in &counted {
        let lines = hand_written_lines(commit, if history.sampled { 1.0 } else { usual });
        added += lines;
        match reading(commit, history.sampled) {
            Reading::Approved => approved += lines,
            Reading::Weaker => weaker += lines,
            Reading::Nobody => {}
        }
    }
    if added <= 0.0 {
        let sentence = format!("The newest commits of {name} add no lines that people wrote.");
        tally.unnamed(&REVIEWED, sentence, seen_at);
        return;
    }
    let commits = counted.len();
    let sentence = if history.sampled {
        format!(
            "Of the newest {commits} commits of {name}, {weaker:.0} were merged by somebody else."
        )
    } else {
        format!(
            "Of {added:.0} lines that people wrote in the newest {commits} commits of {name}, \
             somebody else approved {approved:.0} and read {weaker:.0} without approving them."
        )
    };
    let share = (approved + WEAKER * weaker) / added;
    tally.give(&REVIEWED, share.min(1.0), sentence, seen_at.clone());
    tally.remark(how_they_came(&history.commits), seen_at.clone());
    tally.remark(how_exact(&counted, history.sampled), seen_at);
}

enum Reading {
    Approved,
    Weaker,
    Nobody,
}

/// What somebody who wrote neither the commit nor the pull request did with it. Where nobody is
/// known to have written it, nobody is known to be somebody else.
fn reading(commit: &CommitFacts, sampled: bool) -> Reading {
    let Some(request) = &commit.pull_request else { return Reading::Nobody };
    let authors: Vec<&String> =
        commit.author.iter().chain(&commit.co_authors).chain(&request.author).collect();
    if authors.is_empty() {
        return Reading::Nobody;
    }
    let is_second = |reader: &String| {
        !is_program(reader) && authors.iter().all(|author| !author.eq_ignore_ascii_case(reader))
    };
    if request.approvers.iter().any(is_second) {
        return Reading::Approved;
    }
    let merged = sampled && request.merged_by.as_ref().is_some_and(is_second);
    if merged || request.reviewers.iter().any(is_second) {
        return Reading::Weaker;
    }
    Reading::Nobody
}

/// The lines of a commit that people wrote, by its pull request's files or else by the usual share.
fn hand_written_lines(commit: &CommitFacts, usual: f64) -> f64 {
    let share = listed(commit.pull_request.as_ref()).unwrap_or(usual);
    commit.additions as f64 * share
}

fn listed(request: Option<&PullRequest>) -> Option<f64> {
    let added = request?.added.filter(|added| added.in_all > 0)?;
    Some((added.by_hand as f64 / added.in_all as f64).min(1.0))
}

/// Which share of a repository's text people wrote, by the sizes of its files; all of it where they
/// are not known.
fn hand_written_share(tree: Option<&RepositoryTree>) -> f64 {
    let (mut by_hand, mut all) = (0.0, 0.0);
    let files = tree.map_or(&[][..], |tree| &tree.files);
    for file in files.iter().filter(|file| has_lines(&file.path)) {
        let bytes = file.size_bytes.unwrap_or_default() as f64;
        all += bytes;
        by_hand += if is_written_by_hand(&file.path) { bytes } else { 0.0 };
    }
    if by_hand > 0.0 { by_hand / all } else { 1.0 }
}

/// By which kinds of merges the commits came. One commit of a pull request was squashed, several
/// without a merge commit were rebased.
fn how_they_came(commits: &[CommitFacts]) -> String {
    let mut requests: BTreeMap<u64, (usize, bool)> = BTreeMap::new();
    for commit in commits {
        if let Some(request) = &commit.pull_request {
            let (count, merged) = requests.entry(request.number).or_default();
            *count += 1;
            *merged |= commit.parents > 1;
        }
    }
    let kind = |fits: fn(&(usize, bool)) -> bool| requests.values().filter(|it| fits(it)).count();
    let merged = kind(|(_, merged)| *merged);
    let squashed = kind(|(count, merged)| !merged && *count == 1);
    let rebased = kind(|(count, merged)| !merged && *count > 1);
    let direct = commits.iter().filter(|one| one.pull_request.is_none() && one.parents < 2).count();
    format!(
        "Pull requests merged by a merge commit: {merged}, squashed: {squashed}, rebased: \
         {rebased}; commits pushed directly: {direct}."
    )
}

fn how_exact(counted: &[&CommitFacts], sampled: bool) -> String {
    if sampled {
        return "This is an estimate from a sample: without a token neither lines nor reviews can \
                be read."
            .to_owned();
    }
    let is_exact = |commit: &&&CommitFacts| {
        let added = commit.pull_request.as_ref().and_then(|request| request.added);
        added.is_some_and(|added| added.complete && added.in_all == commit.additions)
    };
    let exact = counted.iter().filter(is_exact).count();
    format!(
        "What nobody writes by hand is left out: as listed for {exact} commits, estimated for {}.",
        counted.len() - exact
    )
}
