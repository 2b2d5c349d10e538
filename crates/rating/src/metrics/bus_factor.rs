//! What if the main author leaves?

use super::{Outcome, Tally};
use crate::context::Context;
use std::collections::BTreeSet;
use touchstone_domain::Timestamp;
use touchstone_domain::facts::{Contributors, RepositoryFacts};

/// Points for the fewest people who made half of the commits.
const HALF: [(u64, f64); 5] = [(1, 0.08), (2, 0.20), (3, 0.28), (4, 0.34), (5, 0.40)];
/// Points for people who committed at all.
const PEOPLE: [(u64, f64); 5] = [(1, 0.00), (2, 0.05), (5, 0.10), (10, 0.15), (20, 0.20)];
/// Points for authors of the Hub repository's own commits.
const HUB_AUTHORS: [(u64, f64); 3] = [(1, 0.03), (2, 0.09), (3, 0.15)];
/// Points for members of the owning organisation.
const MEMBERS: [(u64, f64); 4] = [(1, 0.03), (2, 0.07), (5, 0.11), (20, 0.15)];
/// Points for the days since the last change: at most that many.
const DAYS: [(i64, f64); 3] = [(365, 0.10), (2 * 365, 0.06), (4 * 365, 0.03)];

const SECONDS_A_DAY: i64 = 86_400;

/// How many people stand behind the model.
///
/// | points | for |
/// |---|---|
/// | 0.40 | the fewest people who made half of the linked repository's commits: 1 gives 0.08, 2 0.20, 3 0.28, 4 0.34, 5 0.40 |
/// | 0.20 | people who committed to it: 2 give 0.05, 5 0.10, 10 0.15, 20 0.20 |
/// | 0.15 | authors of the Hub repository's own commits: 1 gives 0.03, 2 0.09, 3 0.15 |
/// | 0.15 | members of the organisation that owns it: 1 gives 0.03, 2 0.07, 5 0.11, 20 0.15; a personal account 0 |
/// | 0.10 | the last change: within one year 0.10, two 0.06, four 0.03 |
///
/// Programs are no people. One author ever with a personal account stays at 0.21 at most.
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    linked(context, &mut tally);
    hub_authors(context, &mut tally);
    organisation(context, &mut tally);
    recency(context, &mut tally);
    tally.outcome()
}

fn linked(context: &Context<'_>, tally: &mut Tally) {
    let of = top(&HALF) + top(&PEOPLE);
    let Some(repository) = super::linked_repository(context) else {
        tally.unnamed(of, "No code repository is linked whose authors could be counted.", None);
        return;
    };
    match &repository.contributors.found {
        Ok(contributors) => people(repository, contributors, tally),
        Err(why) => {
            let what = format!("The list of those who committed to {}", repository.named_as);
            tally.missing(of, &what, repository.contributors.seen_at.clone(), why);
        }
    }
}

fn people(repository: &RepositoryFacts, contributors: &Contributors, tally: &mut Tally) {
    let seen_at = &repository.contributors.seen_at;
    let mut commits: Vec<u64> = contributors
        .contributors
        .iter()
        .filter(|one| !one.is_bot && one.commits > 0)
        .map(|one| one.commits)
        .collect();
    commits.sort_unstable_by(|a, b| b.cmp(a));
    let half = fewest_for_half(&commits);
    let people = commits.len() as u64;
    let name = &repository.named_as;
    let verb = if half == 1 { "person" } else { "people" };
    tally.give(
        reached(&HALF, half),
        top(&HALF),
        format!("Half of the commits to {name} were made by {half} {verb}."),
        seen_at.clone(),
    );
    let at_least = if contributors.complete { "" } else { "at least " };
    tally.give(
        reached(&PEOPLE, people),
        top(&PEOPLE),
        format!("The repository {name} has commits of {at_least}{people} people."),
        seen_at.clone(),
    );
}

/// The fewest people whose commits make at least half of all; `commits` is sorted, most first.
fn fewest_for_half(commits: &[u64]) -> u64 {
    let total: u128 = commits.iter().map(|&one| u128::from(one)).sum();
    let mut made = 0_u128;
    let mut people = 0;
    for &one in commits {
        if made * 2 >= total {
            break;
        }
        made += u128::from(one);
        people += 1;
    }
    people
}

fn hub_authors(context: &Context<'_>, tally: &mut Tally) {
    let history = &context.model.history;
    let of = top(&HUB_AUTHORS);
    match &history.found {
        Ok(found) => {
            let authors: BTreeSet<String> = found
                .commits
                .iter()
                .flat_map(|commit| &commit.authors)
                .filter(|author| !super::is_program(author))
                .map(|author| author.to_lowercase())
                .collect();
            let sentence = format!(
                "The newest {} commits of the model's own repository have {} authors.",
                found.commits.len(),
                authors.len()
            );
            let points = reached(&HUB_AUTHORS, authors.len() as u64);
            tally.give(points, of, sentence, history.seen_at.clone());
        }
        Err(why) => tally.missing(of, "The model's history", history.seen_at.clone(), why),
    }
}

fn organisation(context: &Context<'_>, tally: &mut Tally) {
    let owner = &context.model.owner;
    let of = top(&MEMBERS);
    let seen_at = owner.seen_at.clone();
    match &owner.found {
        Ok(found) if !found.is_organisation => {
            tally.give(0.0, of, "The model belongs to a personal account.", seen_at);
        }
        Ok(found) => {
            let members = found.members.map_or("not stated".to_owned(), |count| count.to_string());
            let points = reached(&MEMBERS, found.members.unwrap_or(1));
            let sentence = format!("It belongs to an organisation; members: {members}.");
            tally.give(points, of, sentence, seen_at);
        }
        Err(why) => tally.missing(of, "The model's owner", seen_at, why),
    }
}

/// The newest of the changes to the model and to its linked repository.
fn recency(context: &Context<'_>, tally: &mut Tally) {
    let of = DAYS[0].1;
    let info = &context.model.info;
    let hub = info.value().and_then(|found| Some((found.last_modified?, &info.seen_at)));
    let code = super::linked_repository(context).and_then(|repository| {
        Some((repository.info.value()?.pushed_at?, &repository.info.seen_at))
    });
    let Some((last, seen_at)) = hub.into_iter().chain(code).max_by_key(|(last, _)| *last) else {
        match info.why_missing() {
            Some(why) => {
                tally.missing(of, "The model's metadata", info.seen_at.clone(), why);
            }
            None => tally.unnamed(of, "No date of a last change is stated.", info.seen_at.clone()),
        }
        return;
    };
    let days = days_between(last, context.collected_at);
    let points = DAYS.iter().find(|(limit, _)| days <= *limit).map_or(0.0, |(_, points)| *points);
    let sentence = format!("The last change was {days} days before the facts were collected.");
    tally.give(points, of, sentence, seen_at.clone());
}

/// Whole days; a change "after" the collection is one of the same day.
pub(super) fn days_between(earlier: Timestamp, later: Timestamp) -> i64 {
    (later.as_second().saturating_sub(earlier.as_second()) / SECONDS_A_DAY).max(0)
}

fn reached(scale: &[(u64, f64)], count: u64) -> f64 {
    scale.iter().rev().find(|(least, _)| count >= *least).map_or(0.0, |(_, points)| *points)
}

fn top(scale: &[(u64, f64)]) -> f64 {
    scale.last().map_or(0.0, |(_, points)| *points)
}
