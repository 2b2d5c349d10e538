//! Which of the newest commits came through which pull request, from two lists of the REST
//! interface. They state neither lines nor reviews: each commit counts as one line, and who merged
//! a pull request is all that can be seen of a second reader.

use super::people;
use super::wire::{count, list, text, time};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use touchstone_domain::Timestamp;
use touchstone_domain::facts::{CommitFacts, PullRequest, ReviewHistory};

/// The account that signs what is merged on the web; it is nobody.
const WEB: &str = "web-flow";
/// A rebase writes its commits anew within this time of the merge.
const REBASE_SECONDS: i64 = 10;

/// A row of the list of commits, with what joins it to others.
struct Row {
    facts: CommitFacts,
    parents: Vec<String>,
    committer: Option<String>,
}

/// The newest commits, each with the pull request into `branch` that it came through.
pub(super) fn history(commits: &Value, pulls: &Value, branch: &str) -> ReviewHistory {
    let mut rows: Vec<Row> = list(commits).filter_map(row).collect();
    let places: HashMap<String, usize> =
        rows.iter().enumerate().map(|(at, row)| (row.facts.oid.clone(), at)).collect();
    let merged: Vec<(usize, &Value)> = list(pulls)
        .filter(|pull| pull["merged_at"].is_string() && pull["base"]["ref"] == branch)
        .filter_map(|pull| Some((*places.get(pull["merge_commit_sha"].as_str()?)?, pull)))
        .collect();
    let tips: HashSet<usize> = merged.iter().map(|(tip, _)| *tip).collect();
    for (tip, pull) in merged {
        let came = if rows[tip].facts.parents > 1 {
            merged_in(&rows, &places, tip)
        } else {
            rebased(&rows, &places, &tips, tip, time(&pull["merged_at"]))
        };
        let request = request(pull, &rows[tip]);
        for at in came {
            rows[at].facts.pull_request.get_or_insert_with(|| request.clone());
        }
    }
    let commits = rows.into_iter().map(|row| row.facts).collect();
    ReviewHistory { total_commits: None, commits, sampled: true }
}

fn row(commit: &Value) -> Option<Row> {
    let signatures = people::signatures(commit);
    let parents: Vec<String> =
        list(&commit["parents"]).filter_map(|parent| text(&parent["sha"])).collect();
    let mut shown = signatures.iter().map(people::Signature::shown);
    let facts = CommitFacts {
        oid: text(&commit["sha"])?,
        author: shown.next().flatten(),
        co_authors: shown.flatten().collect(),
        committed_at: time(&commit["commit"]["committer"]["date"]),
        additions: 1,
        parents: u32::try_from(parents.len()).unwrap_or(u32::MAX),
        pull_request: None,
    };
    let committer = text(&commit["committer"]["login"]).filter(|login| login != WEB);
    Some(Row { facts, parents, committer })
}

/// A merge commit's author, or who wrote a squashed or rebased commit to the branch, merged it.
fn request(pull: &Value, tip: &Row) -> PullRequest {
    let merged_by =
        if tip.facts.parents > 1 { tip.facts.author.clone() } else { tip.committer.clone() };
    PullRequest {
        number: count(&pull["number"]),
        author: text(&pull["user"]["login"]),
        merged_by: text(&pull["merged_by"]["login"]).or(merged_by),
        reviewers: Vec::new(),
        approvers: Vec::new(),
        added: None,
    }
}

/// The merge commit and what it brought: what its later parents reach and its first does not.
fn merged_in(rows: &[Row], places: &HashMap<String, usize>, tip: usize) -> Vec<usize> {
    let before = reached(rows, places, rows[tip].parents.iter().take(1), &HashSet::new());
    let brought = reached(rows, places, rows[tip].parents.iter().skip(1), &before);
    std::iter::once(tip).chain(brought).collect()
}

fn reached<'a>(
    rows: &'a [Row],
    places: &HashMap<String, usize>,
    from: impl Iterator<Item = &'a String>,
    known: &HashSet<usize>,
) -> HashSet<usize> {
    let mut waiting: Vec<&String> = from.collect();
    let mut found = HashSet::new();
    while let Some(oid) = waiting.pop() {
        let Some(&at) = places.get(oid) else { continue };
        if !known.contains(&at) && found.insert(at) {
            waiting.extend(&rows[at].parents);
        }
    }
    found
}

/// The commit itself and, where it was rebased, those before it that were written at its time.
fn rebased(
    rows: &[Row],
    places: &HashMap<String, usize>,
    tips: &HashSet<usize>,
    tip: usize,
    merged_at: Option<Timestamp>,
) -> Vec<usize> {
    let mut came = vec![tip];
    let mut at = tip;
    while let [parent] = rows[at].parents.as_slice() {
        let Some(&next) = places.get(parent) else { break };
        let row = &rows[next];
        let near = |one: Timestamp, other: Timestamp| {
            (one.as_second() - other.as_second()).abs() <= REBASE_SECONDS
        };
        let at_once = row.facts.committed_at.zip(merged_at).is_some_and(|(a, b)| near(a, b));
        // A history that names itself as its own parent ends here.
        if !at_once || tips.contains(&next) || came.contains(&next) || row.facts.parents > 1 {
            break;
        }
        came.push(next);
        at = next;
    }
    came
}
