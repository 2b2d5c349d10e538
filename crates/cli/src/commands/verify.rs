//! `touchstone verify`.

use super::Context;
use super::table::{bytes, table};
use crate::exit::Failure;
use crate::wiring;
use anyhow::{Result, anyhow, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

/// Read every stored byte again and compare it with its hash
#[derive(Args, Debug)]
pub(crate) struct Verify {}

impl Verify {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        if context.server.is_some() {
            bail!(
                "verify works on the local store; run it where the registry runs, without --server"
            );
        }
        let registry = wiring::open(&context.settings).await?;
        let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template(
            "{spinner} {bytes} verified, {bytes_per_sec}",
        )?);
        let verified = registry.verify(|bytes| bar.inc(bytes)).await?;
        bar.finish_and_clear();
        registry.close().await;
        if context.json {
            println!(
                "{}",
                json!({
                    "files": verified.files, "bytes": verified.bytes,
                    "referenced_files": verified.referenced_files,
                    "unsound": verified.unsound.iter().map(|file| json!({
                        "artifact": file.artifact.as_str(), "path": file.path,
                        "problem": file.problem,
                    })).collect::<Vec<_>>(),
                })
            );
        } else {
            println!("{} stored blobs with {} read.", verified.files, bytes(verified.bytes));
            if verified.referenced_files > 0 {
                println!("{} referenced files are not held here.", verified.referenced_files);
            }
        }
        if verified.unsound.is_empty() {
            return Ok(());
        }
        if !context.json {
            let mut rows = table(["ARTIFACT", "PATH", "PROBLEM"]);
            for file in &verified.unsound {
                rows.add_row([file.artifact.as_str(), &file.path, &file.problem]);
            }
            println!("{rows}");
        }
        let count = verified.unsound.len();
        Err(anyhow!(Failure::Unsound).context(format!("{count} files are not what they should be")))
    }
}
