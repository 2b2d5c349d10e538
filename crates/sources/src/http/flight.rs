//! The same document asked for many times at once is asked for once.

use super::Reply;
use crate::SourceError;
use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Outcome = Result<Arc<Reply>, SourceError>;
type Flight = Shared<BoxFuture<'static, Outcome>>;

/// Requests under way, by what they ask for.
#[derive(Default, Clone)]
pub(super) struct Flights {
    under_way: Arc<Mutex<HashMap<String, Flight>>>,
}

impl Flights {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Flight>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins the request for this key, or begins it. Whoever waits drives it, so it goes on when
    /// the one that began it gives up; it is forgotten when it is over or all have given up.
    pub(super) async fn join(
        &self,
        key: &str,
        begin: impl FnOnce() -> BoxFuture<'static, Outcome>,
    ) -> Outcome {
        let flight = {
            let mut under_way = self.lock();
            under_way.entry(key.to_owned()).or_insert_with(|| begin().shared()).clone()
        };
        let seat = Seat { flights: self, key, flight: Some(flight.clone()) };
        let outcome = flight.await;
        drop(seat);
        outcome
    }
}

/// Somebody who waits, or gave up waiting.
struct Seat<'a> {
    flights: &'a Flights,
    key: &'a str,
    flight: Option<Flight>,
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut under_way = self.flights.lock();
        let Some(flight) = self.flight.take() else { return };
        // Ours and the one that is remembered.
        let is_last = flight.strong_count().is_none_or(|holders| holders <= 2);
        let is_over = flight.peek().is_some() || is_last;
        // A later request under the same key must stay.
        if is_over && under_way.get(self.key).is_some_and(|other| other.ptr_eq(&flight)) {
            under_way.remove(self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Flights;
    use futures::FutureExt as _;

    #[tokio::test]
    async fn what_all_have_given_up_waiting_for_is_forgotten() {
        let flights = Flights::default();
        let never = || futures::future::pending().boxed();
        let mut waiting = Box::pin(flights.join("a", never));
        let mut other = Box::pin(flights.join("a", never));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert!(other.as_mut().now_or_never().is_none());
        drop(waiting);
        assert_eq!(flights.lock().len(), 1);
        drop(other);
        assert_eq!(flights.lock().len(), 0);
    }
}
