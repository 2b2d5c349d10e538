//! Looking again for the facts that a provisional rating lacks.

use crate::clock::Timestamp;
use serde::{Deserialize, Serialize};

/// How the search for the missing facts of a revision stands. A revision whose rating is final has
/// none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Healing {
    /// Since when facts have been missing.
    pub since: Timestamp,
    /// How many times they were looked for since.
    pub attempts: u32,
    /// When they are looked for next, or when the look that is under way counts as broken off;
    /// nothing once it was given up.
    pub due_at: Option<Timestamp>,
}

impl Healing {
    /// The same, taken by somebody who has until `until`.
    #[must_use]
    pub fn taken(&self, until: Timestamp) -> Self {
        Self { attempts: self.attempts.saturating_add(1), due_at: Some(until), since: self.since }
    }
}
