//! `touchstone search`.

use super::Context;
use super::table::{table, word};
use anyhow::Result;
use clap::Args;
use serde_json::json;

/// Find artifacts by a regular expression over names and READMEs
#[derive(Args, Debug)]
pub(crate) struct Search {
    /// The regular expression; letter case does not count
    pattern: String,
}

impl Search {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        let client = context.client().await?;
        let found = client.post("/artifact/byRegEx", &json!({ "regex": self.pattern })).await?;
        if context.json {
            println!("{found}");
            return Ok(());
        }
        let mut rows = table(["TYPE", "NAME", "ID"]);
        for artifact in found.as_array().into_iter().flatten() {
            rows.add_row([word(&artifact["type"]), word(&artifact["name"]), word(&artifact["id"])]);
        }
        println!("{rows}");
        Ok(())
    }
}
