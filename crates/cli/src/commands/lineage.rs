//! `touchstone lineage`.

use super::Context;
use super::table::{table, word};
use anyhow::Result;
use clap::Args;
use serde_json::Value;
use std::collections::BTreeMap;

/// Show what a model comes from and what was made from it
#[derive(Args, Debug)]
pub(crate) struct Lineage {
    /// Its id, or its name where only one has it
    model: String,
    /// Also show data sets, code and what is not registered here
    #[arg(long)]
    all: bool,
}

impl Lineage {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        let client = context.client().await?;
        let found = client.find(&self.model).await?;
        let include = if self.all { "?include=datasets,code,external" } else { "" };
        let graph = client.get(&format!("/artifact/model/{}/lineage{include}", found.id)).await?;
        if context.json {
            println!("{graph}");
            return Ok(());
        }
        let list = |key: &str| graph[key].as_array().cloned().unwrap_or_default();
        let names: BTreeMap<String, String> = list("nodes")
            .iter()
            .map(|node| (word(&node["artifact_id"]), word(&node["name"])))
            .collect();
        let name = |id: &Value| names.get(&word(id)).cloned().unwrap_or_else(|| word(id));
        let edges = list("edges");
        if edges.is_empty() {
            println!(
                "{} stands alone: no base model and nothing made from it is registered.",
                found.name
            );
            return Ok(());
        }
        let mut rows = table(["FROM", "TO", "RELATION"]);
        for edge in &edges {
            rows.add_row([
                name(&edge["from_node_artifact_id"]),
                name(&edge["to_node_artifact_id"]),
                word(&edge["relationship"]),
            ]);
        }
        println!("{rows}");
        Ok(())
    }
}
