//! `touchstone show`.

use super::table::{bytes, printable, table, word};
use super::terminal::Sheet;
use super::{Context, explanation};
use crate::client::{Client, Found};
use anyhow::{Context as _, Result};
use clap::Args;
use serde::Deserialize as _;
use serde_json::{Value, json};
use touchstone_domain::Rating;

/// Show an artifact: source, status, score, licence, size
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// Its id, or its name where only one has it
    artifact: String,
    /// Also show every observation that the rating rests on
    #[arg(long)]
    explain: bool,
}

impl Show {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        let client = context.client().await?;
        let found = client.find(&self.artifact).await?;
        let shown = everything(&client, &found).await?;
        if context.json {
            println!("{shown}");
        } else {
            print(&found, &shown, self.explain)?;
        }
        Ok(())
    }
}

async fn everything(client: &Client, found: &Found) -> Result<Value> {
    let path = format!("/artifact/{}/{}", found.kind, found.id);
    let artifact = client.get(&format!("/artifacts/{}/{}", found.kind, found.id)).await?;
    let files = client.get(&format!("{path}/files")).await?;
    let rating = if found.kind == "model" {
        client.get(&format!("{path}/rate/evidence")).await?
    } else {
        Value::Null
    };
    Ok(json!({ "artifact": artifact, "files": files, "rating": rating }))
}

fn print(found: &Found, shown: &Value, explain: bool) -> Result<()> {
    let files = shown["files"]["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    let total: u64 = files.iter().filter_map(|file| file["size_bytes"].as_u64()).sum();
    let referenced = files.iter().filter(|file| file["holding"] == "referenced").count();
    let mut rows = table([]);
    rows.add_row(["name".to_owned(), printable(&found.name)]);
    rows.add_row(["type".to_owned(), found.kind.clone()]);
    rows.add_row(["id".to_owned(), found.id.clone()]);
    rows.add_row(["source".to_owned(), word(&shown["artifact"]["data"]["url"])]);
    rows.add_row(["files".to_owned(), format!("{} ({})", files.len(), bytes(total))]);
    if referenced > 0 {
        rows.add_row(["not held here".to_owned(), format!("{referenced} files, referenced only")]);
    }
    println!("{rows}\n");
    if shown["rating"].is_null() {
        return Ok(());
    }
    let rating = Rating::deserialize(&shown["rating"]["rating"]);
    let rating = rating.context("the registry explains ratings in another form")?;
    let mut sheet = Sheet::for_output();
    explanation::write(&mut sheet, &rating, explain);
    sheet.print()
}
