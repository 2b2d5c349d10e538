//! The same document asked for many times at once is asked for once.

use super::Reply;
use crate::SourceError;
use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Outcome = Result<Arc<Reply>, SourceError>;

/// Requests under way, by what they ask for.
#[derive(Default, Clone)]
pub(super) struct Flights {
    under_way: Arc<Mutex<HashMap<String, Shared<BoxFuture<'static, Outcome>>>>>,
}

impl Flights {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Shared<BoxFuture<'static, Outcome>>>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins the request for this key, or begins it. Whoever waits drives it, so it goes on when
    /// the one that began it gives up.
    pub(super) async fn join(
        &self,
        key: &str,
        begin: impl FnOnce() -> BoxFuture<'static, Outcome>,
    ) -> Outcome {
        let shared = {
            let mut under_way = self.lock();
            under_way.entry(key.to_owned()).or_insert_with(|| begin().shared()).clone()
        };
        let outcome = shared.clone().await;
        let mut under_way = self.lock();
        // A later request under the same key must stay.
        if under_way.get(key).is_some_and(|other| other.ptr_eq(&shared)) {
            under_way.remove(key);
        }
        outcome
    }
}
