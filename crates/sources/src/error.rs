//! What can go wrong upstream, named by outcome.

use touchstone_domain::{Missing, Timestamp};

/// Why upstream did not give what was asked for. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It is not there, or not shown to anonymous callers.
    #[error("{what} does not exist upstream, or is private")]
    NotFound {
        /// What was asked for, as an address or a name.
        what: String,
    },
    /// It is gated, private or disabled.
    #[error("{what} is not open: {detail}")]
    Forbidden {
        /// What was asked for.
        what: String,
        /// What upstream says, or what is missing.
        detail: String,
    },
    /// Upstream's limit is used up.
    #[error("{host} limits requests until {until}")]
    RateLimited {
        /// Who limits.
        host: String,
        /// When to ask again.
        until: Timestamp,
    },
    /// The name resolves to an address that may not be asked.
    #[error("{host} resolves to an address that is not public, so it was not asked")]
    ForbiddenAddress {
        /// The host.
        host: String,
    },
    /// It is larger than what is read.
    #[error("{what} is larger than the {limit_bytes} bytes that are read")]
    TooLarge {
        /// What was asked for.
        what: String,
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// Upstream hung, broke off, failed or answered nonsense. It may be better later.
    #[error("{host} {detail}")]
    Failed {
        /// Who failed.
        host: String,
        /// How: a verb phrase, such as "did not answer within 30 seconds".
        detail: String,
    },
    /// The settings do not make a client.
    #[error("the upstream settings cannot be used: {0}")]
    Settings(String),
}

impl SourceError {
    /// Whether asking again later could have another answer.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Failed { .. })
    }

    /// The same as a missing fact.
    #[must_use]
    pub fn to_missing(&self) -> Missing {
        match self {
            Self::NotFound { .. } => Missing::Absent,
            Self::Forbidden { .. } | Self::ForbiddenAddress { .. } => Missing::Forbidden,
            Self::RateLimited { until, .. } => Missing::RateLimited { until: *until },
            Self::TooLarge { .. } => Missing::TooLarge,
            Self::Failed { .. } | Self::Settings(_) => Missing::Failed { detail: self.to_string() },
        }
    }
}
