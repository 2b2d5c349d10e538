//! `touchstone gc`.

use super::Context;
use super::table::bytes;
use crate::wiring;
use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;
use touchstone_registry::SweepMode;

/// Delete bytes that no artifact names any more
///
/// Works on the local store, also while a registry runs on it. A first sweep marks what nothing
/// needs; a later one deletes what has been marked for longer than the grace time.
#[derive(Args, Debug)]
pub(crate) struct Gc {
    /// Only say what nothing needs
    #[arg(long)]
    dry_run: bool,
}

impl Gc {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        if context.server.is_some() {
            bail!("gc works on the local store; run it where the registry runs, without --server");
        }
        let registry = wiring::open(&context.settings).await?;
        let mode = if self.dry_run { SweepMode::DryRun } else { SweepMode::Collect };
        let sweep = registry.sweep(mode).await?;
        registry.close().await;
        if context.json {
            println!(
                "{}",
                json!({
                    "blobs": sweep.blobs, "bytes": sweep.bytes,
                    "unneeded_blobs": sweep.unneeded_blobs, "unneeded_bytes": sweep.unneeded_bytes,
                    "deleted_blobs": sweep.deleted_blobs, "deleted_bytes": sweep.deleted_bytes,
                })
            );
        } else {
            println!("{} blobs hold {}.", sweep.blobs, bytes(sweep.bytes));
            println!(
                "{} of them ({}) are needed by nothing.",
                sweep.unneeded_blobs,
                bytes(sweep.unneeded_bytes)
            );
            println!("{} were deleted ({}).", sweep.deleted_blobs, bytes(sweep.deleted_bytes));
        }
        Ok(())
    }
}
