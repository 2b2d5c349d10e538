//! What an operator may set for the use cases.

use std::time::Duration;
use touchstone_rating::RatingSettings;

/// How the registry behaves.
#[derive(Debug, Clone, PartialEq)]
pub struct RegistrySettings {
    /// How ratings are made.
    pub rating: RatingSettings,
    /// Bytes of one artifact that are held here (`MIRROR_MAX_BYTES`, default 5 GB); files beyond
    /// it are referenced. Small files first.
    pub mirror_max_bytes: u64,
    /// How long requests wait for a model that is being ingested (`INGEST_WAIT_SECONDS`, default
    /// 120).
    pub ingest_wait: Duration,
    /// Ingests at the same time (`INGEST_WORKERS`, default 16).
    pub ingest_workers: usize,
    /// How long gathering the facts of a model may take; what is not there by then is a missing
    /// fact.
    pub collect_within: Duration,
    /// How long a worker holds a job between signs of life: after a crash a job that was under way
    /// waits for so long.
    pub lease_for: Duration,
    /// Attempts before a job is given up.
    pub max_attempts: u32,
    /// How long an unneeded blob is kept before it is swept (`GC_GRACE_SECONDS`, default 24 h).
    pub gc_grace: Duration,
    /// How long one regular expression may search.
    pub search_budget: Duration,
    /// A net score under which a model is refused (`ADMISSION_MIN_NET_SCORE`, default 0: all are
    /// admitted).
    pub admission_min_net_score: f64,
}

impl Default for RegistrySettings {
    fn default() -> Self {
        Self {
            rating: RatingSettings::default(),
            mirror_max_bytes: 5_000_000_000,
            ingest_wait: Duration::from_mins(2),
            ingest_workers: 16,
            collect_within: Duration::from_mins(1),
            lease_for: Duration::from_secs(20),
            max_attempts: 5,
            gc_grace: Duration::from_hours(24),
            search_budget: Duration::from_millis(800),
            admission_min_net_score: 0.0,
        }
    }
}
