//! How an attempt can end without a publication, and when it is tried again.

use crate::spread::spread;
use std::time::Duration;
use touchstone_domain::{Source, Timestamp};
use touchstone_sources::SourceError;
use touchstone_store::{Outcome, StoreError};

/// The wait after the first attempt; each further one doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// Why an attempt did not end in a publication. Reasons are one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Setback {
    /// It may be better later: at `at`, where upstream says so.
    Passing { reason: String, at: Option<Timestamp> },
    /// It will be the same every time.
    Lasting { reason: String },
    /// The job is somebody else's by now, or nobody's.
    LeaseLost,
}

impl Setback {
    pub(super) fn lasting(reason: impl Into<String>) -> Self {
        Self::Lasting { reason: reason.into() }
    }

    pub(super) fn passing(reason: impl Into<String>) -> Self {
        Self::Passing { reason: reason.into(), at: None }
    }

    /// What upstream did, said of the repository it was asked for.
    pub(super) fn upstream(source: &Source, error: &SourceError) -> Self {
        let told = error.to_string();
        let reason = if told.contains(source.repository()) {
            told
        } else {
            format!("{} could not be taken: {told}", source.repository())
        };
        match error {
            SourceError::RateLimited { until, .. } => Self::Passing { reason, at: Some(*until) },
            error if error.is_passing() => Self::passing(reason),
            _ => Self::Lasting { reason },
        }
    }

    /// As the store is told, after so many attempts of at most `max_attempts`.
    pub(super) fn outcome(
        self,
        attempts: u32,
        max_attempts: u32,
        now: Timestamp,
    ) -> Option<Outcome> {
        match self {
            Self::LeaseLost => None,
            Self::Lasting { reason } => Some(Outcome::Fail { reason }),
            Self::Passing { reason, .. } if attempts >= max_attempts => {
                Some(Outcome::Fail { reason })
            }
            Self::Passing { reason, at } => {
                let after = now.checked_add(wait(attempts)).unwrap_or(Timestamp::MAX);
                Some(Outcome::Retry { at: at.map_or(after, |at| at.max(now)), reason })
            }
        }
    }
}

impl From<StoreError> for Setback {
    /// The store's own words are for the log.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::LeaseLost | StoreError::NotFound => Self::LeaseLost,
            StoreError::Conflict { existing } => Self::lasting(format!(
                "upstream has renamed the repository to one that is registered already as \
                 {existing}"
            )),
            StoreError::BeingCollected => Self::passing("a file it needs is being collected"),
            StoreError::Full => Self::passing("the registry's disk is full"),
            StoreError::Unavailable { .. }
            | StoreError::Corrupt { .. }
            | StoreError::Mismatch { .. } => {
                tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
                Self::passing("the registry's store could not be used")
            }
        }
    }
}

/// The wait after an attempt: doubling, and spread so that many jobs that failed together do not
/// come back together.
fn wait(attempts: u32) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(1 << attempts.saturating_sub(1).min(16));
    spread(doubled.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passing() -> Setback {
        Setback::passing("willow/leaf could not be taken")
    }

    #[test]
    fn waits_double_and_are_spread() {
        for attempt in 1..12 {
            let doubled = FIRST_WAIT.mul_f64(f64::from(1 << (attempt - 1))).min(LONGEST_WAIT);
            let waited = wait(attempt);
            assert!(waited <= doubled && waited * 2 >= doubled, "{attempt}: {waited:?}");
        }
    }

    #[test]
    fn a_passing_fault_is_given_up_with_its_reason_when_the_attempts_are_used_up() {
        let fail = Outcome::Fail { reason: "willow/leaf could not be taken".to_owned() };
        assert_eq!(passing().outcome(5, 5, Timestamp::UNIX_EPOCH), Some(fail));
        let retry = passing().outcome(4, 5, Timestamp::UNIX_EPOCH);
        assert!(matches!(retry, Some(Outcome::Retry { at, .. }) if at > Timestamp::UNIX_EPOCH));
    }

    #[test]
    fn a_limit_is_waited_for_as_long_as_upstream_says() {
        let until = Timestamp::from_second(3600).unwrap();
        let limited = SourceError::RateLimited { host: "huggingface.co".to_owned(), until };
        let source = touchstone_domain::source::canonical_model("willow/leaf").unwrap();
        let outcome = Setback::upstream(&source, &limited).outcome(1, 5, Timestamp::UNIX_EPOCH);
        assert!(matches!(outcome, Some(Outcome::Retry { at, .. }) if at == until));
    }

    #[test]
    fn a_reason_names_the_repository() {
        let error = SourceError::ForbiddenAddress { host: "cdn.example".to_owned() };
        let source = touchstone_domain::source::canonical_model("willow/leaf").unwrap();
        let Setback::Lasting { reason } = Setback::upstream(&source, &error) else {
            panic!("a forbidden address stays forbidden");
        };
        assert!(reason.contains("willow/leaf"), "{reason}");
    }
}
