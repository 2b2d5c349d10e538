//! How much is brought, and how.

use clap::Args;

#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Ingest")]
pub(crate) struct IngestOptions {
    /// Bytes of one artifact that are held here, small files first; what is beyond is referenced
    #[arg(
        long,
        env = "MIRROR_MAX_BYTES",
        default_value_t = 5_000_000_000,
        value_name = "BYTES",
        global = true
    )]
    pub(crate) mirror_max_bytes: u64,
    /// How long requests wait for a model that is being ingested
    #[arg(
        long,
        env = "INGEST_WAIT_SECONDS",
        default_value_t = 120,
        value_name = "SECONDS",
        global = true
    )]
    pub(crate) ingest_wait_seconds: u64,
    /// Ingests at the same time
    #[arg(
        long,
        env = "INGEST_WORKERS",
        default_value_t = 16,
        value_name = "COUNT",
        value_parser = clap::value_parser!(u16).range(1..=256),
        global = true
    )]
    pub(crate) ingest_workers: u16,
    /// How long bytes that nothing names any more are kept before `gc` deletes them
    #[arg(
        long,
        env = "GC_GRACE_SECONDS",
        default_value_t = 86_400,
        value_name = "SECONDS",
        global = true
    )]
    pub(crate) gc_grace_seconds: u64,
}
