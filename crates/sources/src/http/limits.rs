//! What upstreams say of their limits, remembered and obeyed.
//!
//! The Hub: `RateLimit: "api";r=<left>;t=<seconds>` and `RateLimit-Policy: …;q=<quota>`. GitHub:
//! `x-ratelimit-{limit,remaining,reset,resource}`. Both: `Retry-After` in seconds.

use super::Origin;
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

/// The last word of every origin on each of its resources.
#[derive(Default)]
pub(super) struct Limits {
    stated: Mutex<HashMap<(Origin, String), Stated>>,
}

impl Limits {
    /// Remembers what an answer says.
    pub(super) fn learn(&self, origin: &Origin, headers: &HeaderMap, now: Timestamp) {
        if let Some(stated) = github(headers, now).or_else(|| hub(headers, now)) {
            let mut known = self.stated.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert((origin.clone(), stated.resource.clone()), stated);
        }
    }

    /// Remembers a refusal that says until when, whatever was left before.
    pub(super) fn close(&self, origin: &Origin, resource: &str, until: Timestamp) {
        let mut known = self.stated.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (origin.clone(), resource.to_owned());
        let limit = known.get(&key).and_then(|stated| stated.limit);
        let resource = resource.to_owned();
        let stated = Stated { resource, remaining: Some(0), limit, resets_at: Some(until) };
        known.insert(key, stated);
    }

    /// Until when this resource of the origin may not be asked.
    pub(super) fn closed_until(
        &self,
        origin: &Origin,
        resource: &str,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let known = self.stated.lock().unwrap_or_else(PoisonError::into_inner);
        let stated = known.get(&(origin.clone(), resource.to_owned()))?;
        stated.resets_at.filter(|until| stated.remaining == Some(0) && *until > now)
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
        resource: text(headers, "x-ratelimit-resource").unwrap_or("core").to_owned(),
        remaining: Some(remaining),
        limit: number(headers, "x-ratelimit-limit"),
        resets_at: reset
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .map(|at| later(now, LONGEST_WAIT_SECONDS).map_or(at, |latest| at.min(latest))),
    })
}

fn hub(headers: &HeaderMap, now: Timestamp) -> Option<Stated> {
    let stated = text(headers, "ratelimit")?;
    let resource = stated.split(';').next()?.trim().trim_matches('"').to_owned();
    let seconds = parameter(stated, "t").map(|seconds| seconds.saturating_add(1));
    Some(Stated {
        resource,
        remaining: parameter(stated, "r"),
        limit: text(headers, "ratelimit-policy").and_then(|policy| parameter(policy, "q")),
        resets_at: seconds.and_then(|seconds| later(now, seconds)),
    })
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

/// When to ask again after a refusal: `Retry-After`, else the limit's reset where it is used up.
pub(super) fn retry_at(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    if let Some(seconds) = number(headers, "retry-after") {
        return later(now, seconds);
    }
    let stated = github(headers, now).or_else(|| hub(headers, now))?;
    stated.resets_at.filter(|_| stated.remaining == Some(0))
}

#[cfg(test)]
mod tests {
    use super::{hub, retry_at};
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
