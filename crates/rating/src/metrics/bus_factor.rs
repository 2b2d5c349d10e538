//! What if the main author leaves?

use super::{Criterion, Outcome, Scale, Tally};
use crate::context::Context;
use std::collections::BTreeSet;
use touchstone_domain::facts::{Contributors, HubHistory, RepositoryFacts, is_program};
use touchstone_domain::{Metric, Timestamp};

const HALF: Criterion = Criterion {
    key: "half_of_the_work",
    points: 0.40,
    looks_at: "the fewest people who made half of the linked repository's commits: 1 gives 0.08, \
               2 give 0.20, 3 give 0.28, 4 give 0.34, 5 give 0.40",
    because: "If they leave, half of what is known of the code leaves with them.",
};
const PEOPLE: Criterion = Criterion {
    key: "people",
    points: 0.20,
    looks_at: "people who committed to the linked repository: 2 give 0.05, 5 give 0.10, 10 give \
               0.15, 20 give 0.20",
    because: "Whoever committed once can do it again.",
};
const HUB_AUTHORS: Criterion = Criterion {
    key: "hub_authors",
    points: 0.15,
    looks_at: "authors of the model repository's own commits: 1 gives 0.03, 2 give 0.09, 3 give \
               0.15",
    because: "They are those who can change the model itself.",
};
const MEMBERS: Criterion = Criterion {
    key: "members",
    points: 0.15,
    looks_at: "members of the organisation that owns it: 1 gives 0.03, 2 give 0.07, 5 give 0.11, \
               20 give 0.15; a personal account gives nothing",
    because: "An organisation can hand the model on when somebody leaves.",
};
const RECENCY: Criterion = Criterion {
    key: "recency",
    points: 0.10,
    looks_at: "the last change of the model or its code: within one year 0.10, two 0.06, four 0.03",
    because: "What was touched lately has somebody who still knows it.",
};

/// Shares for the fewest people who made half of the commits.
const HALF_BY: [(u64, f64); 5] = [(1, 0.20), (2, 0.50), (3, 0.70), (4, 0.85), (5, 1.0)];
/// Shares for people who committed at all.
const PEOPLE_BY: [(u64, f64); 5] = [(1, 0.0), (2, 0.25), (5, 0.50), (10, 0.75), (20, 1.0)];
/// Shares for authors of the Hub repository's own commits.
const HUB_AUTHORS_BY: [(u64, f64); 3] = [(1, 0.2), (2, 0.6), (3, 1.0)];
/// Shares for members of the owning organisation, in fifteenths as the points are hundredths.
const MEMBERS_BY: [(u64, f64); 4] = [(1, 3.0 / 15.0), (2, 7.0 / 15.0), (5, 11.0 / 15.0), (20, 1.0)];
/// Shares for the days since the last change: at most that many.
const DAYS_BY: [(i64, f64); 3] = [(365, 1.0), (2 * 365, 0.6), (4 * 365, 0.3)];

const SECONDS_A_DAY: i64 = 86_400;

/// How many people stand behind the model.
pub(super) const SCALE: Scale = Scale {
    metric: Metric::BusFactor,
    question: "What if the main author leaves?",
    facts: &[
        "the authors of the linked repository's commits",
        "the authors of the model repository's own commits",
        "the owner: an organisation or one person, and how many members",
        "the dates of the last changes",
    ],
    criteria: &[HALF, PEOPLE, HUB_AUTHORS, MEMBERS, RECENCY],
    instead: &[],
    on_top: &[],
    limits: &[
        "A person counts once, whatever accounts, mails and names they sign with.",
        "Programs are no people: they are told by the marks that hosts put on them.",
        "One author ever and a personal account give 0.21 at most.",
    ],
    cannot_see: &[
        "How much each person knows: commits are counted, not understood.",
        "People who work on the model without committing.",
        "Co-authors of older commits, where the host gives all authors but not all commits.",
        "Whether the members of an organisation have anything to do with the model.",
    ],
};

/// Adds up the people behind the model, by [`SCALE`].
pub(crate) fn score(context: &Context<'_>) -> Outcome {
    let mut tally = Tally::default();
    linked(context, &mut tally);
    hub_authors(context, &mut tally);
    organisation(context, &mut tally);
    recency(context, &mut tally);
    tally.outcome()
}

fn linked(context: &Context<'_>, tally: &mut Tally) {
    let Some(repository) = super::linked_repository(context) else {
        let observation = "No code repository is linked whose authors could be counted.";
        tally.unnamed(&HALF, observation, context.card_url());
        tally.unnamed(&PEOPLE, observation, context.card_url());
        return;
    };
    match &repository.contributors.found {
        Ok(contributors) => people(repository, contributors, tally),
        Err(why) => {
            let what = format!("The list of those who committed to {}", repository.named_as);
            tally.missing_all(&[HALF, PEOPLE], &what, &repository.contributors.seen_at, why);
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
        &HALF,
        reached(&HALF_BY, half),
        format!("Half of the commits to {name} were made by {half} {verb}."),
        seen_at.clone(),
    );
    let at_least = if contributors.complete { "" } else { "at least " };
    tally.give(
        &PEOPLE,
        reached(&PEOPLE_BY, people),
        format!("The repository {name} has commits of {at_least}{people} people."),
        seen_at.clone(),
    );
    tally.remark(how_much_was_seen(repository, contributors), seen_at.clone());
}

/// How much of the history the counts rest on.
fn how_much_was_seen(repository: &RepositoryFacts, contributors: &Contributors) -> String {
    let programs = contributors.contributors.iter().filter(|one| one.is_bot).count();
    let authors = if contributors.complete {
        "All authors of the history were counted"
    } else {
        "The host gave only those authors who committed most"
    };
    let of = contributors.co_authors_of;
    let total = repository.reviews.value().and_then(|history| history.total_commits);
    let co_authors = match total {
        Some(total) if of < total => format!("co-authors of the newest {of} of {total} commits"),
        _ => format!("co-authors of {of} commits"),
    };
    format!("{authors}, and {co_authors}; programs left out: {programs}.")
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
    match &history.found {
        Ok(found) => {
            let authors: BTreeSet<String> = found
                .commits
                .iter()
                .flat_map(|commit| &commit.authors)
                .filter(|author| !is_program(author))
                .map(|author| author.to_lowercase())
                .collect();
            let sentence = format!(
                "{} of the model's own repository have {} authors.",
                seen_commits(found),
                authors.len()
            );
            let share = reached(&HUB_AUTHORS_BY, authors.len() as u64);
            tally.give(&HUB_AUTHORS, share, sentence, history.seen_at.clone());
        }
        Err(why) => {
            tally.missing(&HUB_AUTHORS, "The model's history", history.seen_at.clone(), why);
        }
    }
}

/// Whether these are all commits or the newest of them.
fn seen_commits(history: &HubHistory) -> String {
    let seen = history.commits.len();
    match history.total {
        Some(total) if total <= seen as u64 => format!("All {seen} commits"),
        Some(total) => format!("The newest {seen} of {total} commits"),
        None => format!("The newest {seen} commits"),
    }
}

fn organisation(context: &Context<'_>, tally: &mut Tally) {
    let owner = &context.model.owner;
    let seen_at = owner.seen_at.clone();
    match &owner.found {
        Ok(found) if !found.is_organisation => {
            tally.give(&MEMBERS, 0.0, "The model belongs to a personal account.", seen_at);
        }
        Ok(found) => {
            let members = found.members.map_or("not stated".to_owned(), |count| count.to_string());
            let share = reached(&MEMBERS_BY, found.members.unwrap_or(1));
            let sentence = format!("It belongs to an organisation; members: {members}.");
            tally.give(&MEMBERS, share, sentence, seen_at);
        }
        Err(why) => tally.missing(&MEMBERS, "The model's owner", seen_at, why),
    }
}

/// The newest of the changes to the model and to its linked repository.
fn recency(context: &Context<'_>, tally: &mut Tally) {
    let info = &context.model.info;
    let hub = info.value().and_then(|found| Some((found.last_modified?, &info.seen_at)));
    let code = super::linked_repository(context).and_then(|repository| {
        Some((repository.info.value()?.pushed_at?, &repository.info.seen_at))
    });
    let Some((last, seen_at)) = hub.into_iter().chain(code).max_by_key(|(last, _)| *last) else {
        if let Some(why) = info.why_missing() {
            tally.missing(&RECENCY, "The model's metadata", info.seen_at.clone(), why);
        } else {
            let observation = "No date of a last change is stated.";
            tally.unnamed(&RECENCY, observation, info.seen_at.clone());
        }
        return;
    };
    let days = days_between(last, context.collected_at);
    let share = DAYS_BY.iter().find(|(limit, _)| days <= *limit).map_or(0.0, |(_, share)| *share);
    let sentence = format!("The last change was {days} days before the facts were collected.");
    tally.give(&RECENCY, share, sentence, seen_at.clone());
}

/// Whole days; a change "after" the collection is one of the same day.
pub(super) fn days_between(earlier: Timestamp, later: Timestamp) -> i64 {
    (later.as_second().saturating_sub(earlier.as_second()) / SECONDS_A_DAY).max(0)
}

fn reached(scale: &[(u64, f64)], count: u64) -> f64 {
    scale.iter().rev().find(|(least, _)| count >= *least).map_or(0.0, |(_, share)| *share)
}
