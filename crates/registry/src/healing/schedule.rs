//! When missing facts are looked for again, and when no more.

use crate::spread::spread;
use std::time::Duration;
use touchstone_domain::{Facts, Healing, Missing, Rating, Timestamp};

/// The wait after the first collection where upstream names no time; doubled with each look.
const FIRST_WAIT: Duration = Duration::from_mins(1);
const LONGEST_WAIT: Duration = Duration::from_hours(6);
/// Facts that stay away for so long are not looked for any more.
pub(super) const GIVEN_UP_AFTER: Duration = Duration::from_hours(7 * 24);
/// More looks than fit into that time, unless looks break off before their end.
const MOST_ATTEMPTS: u32 = 100;

/// Of a rating that has just been made; nothing where it is final.
pub(crate) fn first(facts: &Facts, rating: &Rating, now: Timestamp) -> Option<Healing> {
    let begun = Healing { since: now, attempts: 0, due_at: None };
    rating.is_provisional().then(|| next(&begun, facts, now))
}

/// After a look, with what is lacking still.
pub(super) fn next(taken: &Healing, facts: &Facts, now: Timestamp) -> Healing {
    let Healing { since, attempts, .. } = *taken;
    let due_at = (!is_over(taken, now)).then(|| due(attempts, facts, now));
    Healing { since, attempts, due_at }
}

/// Whether it is time to give up.
pub(super) fn is_over(healing: &Healing, now: Timestamp) -> bool {
    let end = healing.since.checked_add(GIVEN_UP_AFTER).unwrap_or(Timestamp::MAX);
    healing.attempts >= MOST_ATTEMPTS || now >= end
}

/// The earliest time that any upstream names for what is lacking; where one names none, after a
/// growing wait. That is the least wait from the second look on.
fn due(attempts: u32, facts: &Facts, now: Timestamp) -> Timestamp {
    let after_wait = now.checked_add(wait(attempts)).unwrap_or(Timestamp::MAX);
    let least = if attempts == 0 { now } else { after_wait };
    let named = facts.lacks().into_iter().map(|lack| match lack.why {
        Missing::RateLimited { until } => *until,
        _ => after_wait,
    });
    named.min().unwrap_or(after_wait).max(least)
}

fn wait(attempts: u32) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(1 << attempts.min(16));
    spread(doubled.min(LONGEST_WAIT))
}
