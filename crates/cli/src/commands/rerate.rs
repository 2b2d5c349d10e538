//! `touchstone rerate`.

use super::Context;
use crate::wiring;
use anyhow::{Result, anyhow, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

/// Rate anew, from stored facts, what was rated under older rules or other settings
///
/// Works on the local store, also while a registry runs on it, which does the same by itself after
/// its start. Nobody is asked, and earlier ratings are kept.
#[derive(Args, Debug)]
pub(crate) struct Rerate {}

impl Rerate {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        if context.server.is_some() {
            bail!(
                "rerate works on the local store; run it where the registry runs, without --server"
            );
        }
        let registry = wiring::open(&context.settings).await?;
        let bar = ProgressBar::new(registry.outdated_ratings().await?).with_style(
            ProgressStyle::with_template("{bar:40} {pos} of {len} rated, {per_sec}, {eta} left")?,
        );
        let rerated =
            registry.rerate_all(|so_far| bar.set_position(so_far.rated + so_far.failed)).await?;
        bar.finish_and_clear();
        registry.close().await;
        if context.json {
            println!("{}", json!({ "rated": rerated.rated, "failed": rerated.failed }));
        } else {
            println!("{} ratings were made anew.", rerated.rated);
        }
        match rerated.failed {
            0 => Ok(()),
            failed => Err(anyhow!("{failed} ratings could not be made anew, see the log")),
        }
    }
}
