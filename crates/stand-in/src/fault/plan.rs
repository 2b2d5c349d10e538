//! Which faults are on, for which paths, and how many times yet.

use super::Fault;
use crate::pattern;
use std::sync::{Mutex, PoisonError};

#[derive(Debug, Default)]
pub(crate) struct Plan(Mutex<Vec<Planned>>);

#[derive(Debug)]
struct Planned {
    pattern: String,
    fault: Fault,
    /// `None` is for ever.
    remaining: Option<usize>,
}

impl Plan {
    pub(crate) fn add(&self, pattern: &str, fault: Fault, times: Option<usize>) {
        let planned = Planned { pattern: pattern.to_owned(), fault, remaining: times };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(planned);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The first fault that is on for this request; one of its times is then used up.
    pub(crate) fn strike(&self, method: &str, path: &str) -> Option<Fault> {
        let mut planned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = planned.iter_mut().find(|planned| {
            planned.remaining != Some(0) && pattern::matches_request(&planned.pattern, method, path)
        })?;
        due.remaining = due.remaining.map(|times| times - 1);
        Some(due.fault.clone())
    }
}
