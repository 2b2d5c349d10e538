//! Shares of clients: a token bucket each, in bounded memory.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Locks that clients are spread over.
const SHARDS: usize = 16;

/// Clients remembered by each of them.
const CLIENTS_PER_SHARD: usize = 4096;

/// How many times as many downloads as other requests one client may make.
const DOWNLOAD_FACTOR: u32 = 10;

/// Which share a request is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Share {
    /// Requests of the API.
    Api,
    /// Downloads, which programs make by the hundred.
    Download,
}

/// The share that a route's requests are taken from. Probes, pages and measurements are nobody's.
pub(crate) fn share_of(route: &str) -> Option<Share> {
    if route.ends_with("/download") {
        Some(Share::Download)
    } else if route.starts_with("/artifact") || matches!(route, "/reset" | "/authenticate") {
        Some(Share::Api)
    } else {
        None
    }
}

/// What is left of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Requests a minute.
    limit: u32,
    /// Requests that could be made at once now.
    remaining: u32,
    /// Seconds until all of the share is there again.
    reset_seconds: u64,
    /// Seconds until the next request is taken, where this one is not.
    pub(crate) retry_after_seconds: Option<u64>,
}

impl Allowance {
    /// Says it in headers.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let values = [
            ("ratelimit-limit", u64::from(self.limit)),
            ("ratelimit-remaining", u64::from(self.remaining)),
            ("ratelimit-reset", self.reset_seconds),
        ];
        for (name, value) in values {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}

/// When each client's bucket will be full again: all that a token bucket has to remember.
type Buckets = HashMap<(IpAddr, Share), Duration>;

/// The shares of all clients.
pub(crate) struct RateLimits {
    per_minute: u32,
    hasher: RandomState,
    shards: [Mutex<Buckets>; SHARDS],
}

impl RateLimits {
    /// So many requests a minute for each client; 0 for no limit.
    pub(crate) fn new(per_minute: u32) -> Self {
        Self {
            per_minute,
            hasher: RandomState::new(),
            shards: std::array::from_fn(|_| Mutex::new(Buckets::new())),
        }
    }

    /// Takes one request from a client's share; nothing where there is no limit.
    pub(crate) fn take(&self, client: IpAddr, share: Share, now: Duration) -> Option<Allowance> {
        let limit = match share {
            Share::Api => self.per_minute,
            Share::Download => self.per_minute.saturating_mul(DOWNLOAD_FACTOR),
        };
        if limit == 0 {
            return None;
        }
        let key = (household(client), share);
        let place = usize::try_from(self.hasher.hash_one(key)).unwrap_or(0) % SHARDS;
        let mut buckets = self.shards.get(place)?.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut buckets, now);
        let full_at = buckets.entry(key).or_insert(now);
        Some(draw(full_at, limit, now))
    }
}

/// Takes one token. The bucket holds a minute's worth and fills steadily.
fn draw(full_at: &mut Duration, limit: u32, now: Duration) -> Allowance {
    const MINUTE: Duration = Duration::from_mins(1);
    let token = MINUTE / limit;
    let missing = full_at.saturating_sub(now);
    let too_much = (missing + token).saturating_sub(MINUTE);
    let refused = !too_much.is_zero();
    if !refused {
        *full_at = now + missing + token;
    }
    let missing = full_at.saturating_sub(now);
    let left = MINUTE.saturating_sub(missing).as_nanos() / token.as_nanos().max(1);
    Allowance {
        limit,
        remaining: u32::try_from(left).unwrap_or(limit).min(limit),
        reset_seconds: whole_seconds(missing),
        retry_after_seconds: refused.then(|| whole_seconds(too_much).max(1)),
    }
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// Forgets clients whose buckets are full; where that does not help, all of them.
fn make_room(buckets: &mut Buckets, now: Duration) {
    if buckets.len() < CLIENTS_PER_SHARD {
        return;
    }
    buckets.retain(|_, full_at| *full_at > now);
    if buckets.len() >= CLIENTS_PER_SHARD {
        buckets.clear();
    }
}

/// Whoever has one IPv6 address has all of its /64.
fn household(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        IpAddr::V4(_) => client,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn client(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn a_client_gets_its_share_and_then_waits_for_the_next_token() {
        let limits = RateLimits::new(60);
        for left in (0..60).rev() {
            let allowance = limits.take(client(1), Share::Api, SECOND).unwrap();
            assert_eq!((allowance.remaining, allowance.retry_after_seconds), (left, None));
        }
        let refused = limits.take(client(1), Share::Api, SECOND).unwrap();
        assert_eq!((refused.remaining, refused.retry_after_seconds), (0, Some(1)));
        let later = limits.take(client(1), Share::Api, SECOND * 2).unwrap();
        assert_eq!(later.retry_after_seconds, None);
    }

    #[test]
    fn downloads_and_other_clients_have_shares_of_their_own() {
        let limits = RateLimits::new(1);
        assert_eq!(limits.take(client(1), Share::Api, SECOND).unwrap().retry_after_seconds, None);
        assert_eq!(
            limits.take(client(1), Share::Api, SECOND).unwrap().retry_after_seconds,
            Some(60)
        );
        for (who, share) in [(client(1), Share::Download), (client(2), Share::Api)] {
            assert_eq!(limits.take(who, share, SECOND).unwrap().retry_after_seconds, None);
        }
    }

    #[test]
    fn one_household_does_not_get_more_by_changing_addresses() {
        let limits = RateLimits::new(1);
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        limits.take(address("2001:db8::1"), Share::Api, SECOND);
        let again = limits.take(address("2001:db8::2"), Share::Api, SECOND).unwrap();
        assert!(again.retry_after_seconds.is_some());
    }

    #[test]
    fn any_number_of_clients_is_remembered_in_bounded_memory() {
        let limits = RateLimits::new(600);
        for number in 0..200_000_u32 {
            limits.take(IpAddr::from(number.to_be_bytes()), Share::Api, SECOND);
        }
        let remembered: usize = limits.shards.iter().map(|shard| shard.lock().unwrap().len()).sum();
        assert!(remembered <= SHARDS * CLIENTS_PER_SHARD);
    }

    #[test]
    fn no_limit_is_no_limit() {
        assert_eq!(RateLimits::new(0).take(client(1), Share::Api, SECOND), None);
    }
}
