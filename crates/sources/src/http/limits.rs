//! What upstreams say of their limits, remembered and obeyed.
//!
//! The Hub: `RateLimit: "api";r=<left>;t=<seconds>` and `RateLimit-Policy: …;q=<quota>`. GitHub:
//! `x-ratelimit-{limit,remaining,reset,resource}`. Anybody: `Retry-After`, in seconds or as a date.

use super::Origin;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::HeaderMap;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use touchstone_domain::Timestamp;

/// A limit as an answer states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) resource: String,
    pub(super) remaining: Option<u64>,
    pub(super) limit: Option<u64>,
    pub(super) resets_at: Option<Timestamp>,
}

impl Stated {
    fn closed_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.resets_at.filter(|until| self.remaining == Some(0) && *until > now)
    }
}

/// Limits that are remembered: any host that a file comes from may state some, under any name.
const MOST_REMEMBERED: usize = 1024;
/// Longer than any resource's name.
const LONGEST_NAME: usize = 64;

/// The last word of every origin on each of its resources.
#[derive(Default)]
pub(super) struct Limits {
    stated: Mutex<HashMap<(Origin, String), Stated>>,
}

impl Limits {
    /// Remembers what an answer says.
    pub(super) fn learn(&self, origin: &Origin, headers: &HeaderMap, now: Timestamp) {
        if let Some(stated) = github(headers, now).or_else(|| hub(headers, now)) {
            self.remember(origin, stated, now);
        }
    }

    /// Where there is no room, limits that close nothing now are forgotten first.
    fn remember(&self, origin: &Origin, stated: Stated, now: Timestamp) {
        let mut known = self.stated.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (origin.clone(), stated.resource.clone());
        if known.len() >= MOST_REMEMBERED && !known.contains_key(&key) {
            known.retain(|_, stated| stated.closed_until(now).is_some());
        }
        if known.len() < MOST_REMEMBERED || known.contains_key(&key) {
            known.insert(key, stated);
        }
    }

    /// Remembers a refusal that says until when, whatever was left before.
    pub(super) fn close(&self, origin: &Origin, resource: &str, until: Timestamp, now: Timestamp) {
        let before = self.of(origin).into_iter().find(|stated| stated.resource == resource);
        let limit = before.and_then(|stated| stated.limit);
        let resource = resource.to_owned();
        let stated = Stated { resource, remaining: Some(0), limit, resets_at: Some(until) };
        self.remember(origin, stated, now);
    }

    /// Until when this resource of the origin may not be asked.
    pub(super) fn closed_until(
        &self,
        origin: &Origin,
        resource: &str,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let known = self.stated.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(origin.clone(), resource.to_owned()))?.closed_until(now)
    }

    /// Everything that is known of an origin.
    pub(super) fn of(&self, origin: &Origin) -> Vec<Stated> {
        let known = self.stated.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<Stated> = known
            .iter()
            .filter(|((of, _), _)| of == origin)
            .map(|(_, stated)| stated.clone())
            .collect();
        found.sort_by(|a, b| a.resource.cmp(&b.resource));
        found
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.trim().parse().ok()
}

fn github(headers: &HeaderMap, now: Timestamp) -> Option<Stated> {
    let remaining = number(headers, "x-ratelimit-remaining")?;
    let reset =
        number(headers, "x-ratelimit-reset").and_then(|seconds| i64::try_from(seconds).ok());
    Some(Stated {
        resource: name(text(headers, "x-ratelimit-resource").unwrap_or("core")),
        remaining: Some(remaining),
        limit: number(headers, "x-ratelimit-limit"),
        resets_at: reset
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .map(|at| bounded(at, now)),
    })
}

fn hub(headers: &HeaderMap, now: Timestamp) -> Option<Stated> {
    let stated = text(headers, "ratelimit")?;
    let resource = name(stated.split(';').next()?.trim().trim_matches('"'));
    let seconds = parameter(stated, "t").map(|seconds| seconds.saturating_add(1));
    Some(Stated {
        resource,
        remaining: parameter(stated, "r"),
        limit: text(headers, "ratelimit-policy").and_then(|policy| parameter(policy, "q")),
        resets_at: seconds.and_then(|seconds| later(now, seconds)),
    })
}

fn name(written: &str) -> String {
    written.chars().take(LONGEST_NAME).collect()
}

fn parameter(field: &str, name: &str) -> Option<u64> {
    let value = field.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
    value?.trim().parse().ok()
}

/// Longer than upstream may send us away for: a day.
const LONGEST_WAIT_SECONDS: u64 = 86_400;

fn later(now: Timestamp, seconds: u64) -> Option<Timestamp> {
    now.checked_add(Duration::from_secs(seconds.min(LONGEST_WAIT_SECONDS))).ok()
}

fn bounded(at: Timestamp, now: Timestamp) -> Timestamp {
    later(now, LONGEST_WAIT_SECONDS).map_or(at, |latest| at.min(latest))
}

/// When to ask again after a refusal: `Retry-After`, else the limit's reset where it is used up.
pub(super) fn retry_at(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    if let Some(at) = text(headers, "retry-after").and_then(|stated| retry_after(stated, now)) {
        return Some(at);
    }
    let stated = github(headers, now).or_else(|| hub(headers, now))?;
    stated.resets_at.filter(|_| stated.remaining == Some(0))
}

/// A date with the wrong day of the week still says when.
static DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Seconds, or a date as HTTP writes it (RFC 9110, 10.2.3).
fn retry_after(stated: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(seconds) = stated.trim().parse() {
        return later(now, seconds);
    }
    let date = DATES.parse_timestamp(stated.trim()).ok()?;
    Some(bounded(date, now))
}

#[cfg(test)]
mod tests {
    use super::{Limits, Origin, hub, later, retry_at};
    use proptest::prelude::*;
    use reqwest::header::{HeaderMap, HeaderValue};
    use touchstone_domain::Timestamp;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn the_hub_s_limit_is_read_with_its_quota_and_one_second_more() {
        let now = Timestamp::UNIX_EPOCH;
        let headers = headers(&[
            ("ratelimit", "\"api\";r=0;t=55"),
            ("ratelimit-policy", "\"fixed window\";\"api\";q=500;w=300"),
        ]);
        let stated = hub(&headers, now).unwrap();
        assert_eq!((stated.remaining, stated.limit), (Some(0), Some(500)));
        assert_eq!(stated.resets_at, Some(Timestamp::from_second(56).unwrap()));
    }

    #[test]
    fn retry_after_goes_before_the_limit_s_reset() {
        let headers = headers(&[
            ("retry-after", "7"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "5000"),
        ]);
        let at = retry_at(&headers, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(at, Timestamp::from_second(7).unwrap());
    }

    #[test]
    fn retry_after_may_be_a_date_of_the_next_day_at_the_most() {
        let now = Timestamp::from_second(784_111_700).unwrap();
        let at = |date: &str| retry_at(&headers(&[("retry-after", date)]), now);
        let in_77_seconds = Timestamp::from_second(784_111_777).unwrap();
        assert_eq!(at("Sun, 06 Nov 1994 08:49:37 GMT"), Some(in_77_seconds));
        assert_eq!(at("Sat, 06 Nov 2994 08:49:37 GMT"), super::later(now, 86_400));
        assert_eq!(at("tomorrow"), None);
    }

    #[test]
    fn any_number_of_limits_is_remembered_in_bounded_memory() {
        let (limits, now) = (Limits::default(), Timestamp::UNIX_EPOCH);
        let origin = Origin::of(&"https://files.example".parse().unwrap());
        limits.close(&origin, "closed", later(now, 60).unwrap(), now);
        for number in 0..10_000 {
            let open = format!("\"{number}{}\";r=1;t=55", "x".repeat(500));
            limits.learn(&origin, &headers(&[("ratelimit", &open)]), now);
        }
        let known = limits.of(&origin);
        assert!(known.len() <= super::MOST_REMEMBERED);
        assert!(known.iter().all(|stated| stated.resource.len() <= super::LONGEST_NAME));
        assert!(limits.closed_until(&origin, "closed", now).is_some(), "what is closed stays");
    }

    #[test]
    fn a_refusal_with_quota_left_says_nothing_of_when() {
        let headers = headers(&[("x-ratelimit-remaining", "12"), ("x-ratelimit-reset", "5000")]);
        assert_eq!(retry_at(&headers, Timestamp::UNIX_EPOCH), None);
    }

    proptest! {
        #[test]
        fn no_header_breaks_the_reader(value in "\\PC{0,80}") {
            let Ok(value) = HeaderValue::from_str(&value) else { return Ok(()) };
            let mut headers = HeaderMap::new();
            for name in ["ratelimit", "retry-after", "x-ratelimit-reset", "x-ratelimit-remaining"] {
                headers.insert(name, value.clone());
            }
            let _ = retry_at(&headers, Timestamp::UNIX_EPOCH);
        }
    }
}
