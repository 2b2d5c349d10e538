//! `touchstone ingest`.

use super::Context;
use super::table::{printable, table};
use crate::client::Client;
use crate::exit::Failure;
use anyhow::{Result, anyhow};
use clap::Args;
use futures::stream::{self, StreamExt as _};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::time::Duration;
use touchstone_domain::ArtifactType;

/// Ingests that are watched at the same time.
const AT_ONCE: usize = 16;
/// Between two looks at an ingest under way.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Register models, data sets and code by their addresses
#[derive(Args, Debug)]
pub(crate) struct Ingest {
    /// Addresses on Hugging Face or GitHub, or of plain files
    #[arg(required = true)]
    urls: Vec<String>,
    /// What they are; told from the address where it is not said
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<ArtifactType>,
    /// A name, for a single address
    #[arg(long)]
    name: Option<String>,
    /// Keep trying to reach a registry that is just being started
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    connect_within_seconds: u64,
    /// Do not wait for the bytes and the rating
    #[arg(long)]
    no_wait: bool,
}

/// How one address fared.
struct Fared {
    url: String,
    outcome: Result<Value>,
}

impl Ingest {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        if self.name.is_some() && self.urls.len() > 1 {
            return Err(anyhow!("--name goes with a single address"));
        }
        let client = context.client().await?;
        client.answers_within(Duration::from_secs(self.connect_within_seconds)).await?;
        let wait = !self.no_wait || context.server.is_none();
        let bars = MultiProgress::new();
        let all: Vec<Fared> = stream::iter(self.urls.clone())
            .map(|url| {
                let (client, bars, this) = (&client, &bars, &self);
                async move {
                    let outcome = this.one(client, bars, &url, wait).await;
                    Fared { url, outcome }
                }
            })
            .buffered(AT_ONCE)
            .collect()
            .await;
        if context.json {
            print_json(&all);
        } else {
            print_table(&all);
        }
        all.into_iter().find_map(|fared| fared.outcome.err()).map_or(Ok(()), Err)
    }

    /// Registers one address and, where wanted, follows its ingest to the end.
    async fn one(
        &self,
        client: &Client,
        bars: &MultiProgress,
        url: &str,
        wait: bool,
    ) -> Result<Value> {
        let kind = self.kind.unwrap_or_else(|| kind_of(url));
        let body = match &self.name {
            Some(name) => json!({ "url": url, "name": name }),
            None => json!({ "url": url }),
        };
        let artifact = client.post(&format!("/artifact/{kind}"), &body).await?;
        if !wait {
            return Ok(artifact);
        }
        let id = artifact["metadata"]["id"].as_str().unwrap_or_default().to_owned();
        let bar = bars.add(ProgressBar::new(0).with_style(style()?));
        bar.set_prefix(printable(artifact["metadata"]["name"].as_str().unwrap_or_default()));
        follow(client, &format!("/artifact/{kind}/{id}/progress"), &bar).await?;
        bar.finish_and_clear();
        if kind == ArtifactType::Model {
            let rating = client.get(&format!("/artifact/model/{id}/rate")).await?;
            return Ok(json!({ "artifact": artifact, "net_score": rating["net_score"] }));
        }
        Ok(json!({ "artifact": artifact }))
    }
}

fn style() -> Result<ProgressStyle> {
    Ok(ProgressStyle::with_template(
        "{prefix:30!} {msg:10} {wide_bar} {bytes}/{total_bytes} {eta}",
    )?)
}

/// Looks at the progress until the ingest has ended.
async fn follow(client: &Client, path: &str, bar: &ProgressBar) -> Result<()> {
    loop {
        let progress = client.get(path).await?;
        bar.set_message(progress["stage"].as_str().unwrap_or_default().to_owned());
        bar.set_length(progress["bytes_total"].as_u64().unwrap_or_default());
        bar.set_position(progress["bytes_done"].as_u64().unwrap_or_default());
        match progress["state"].as_str() {
            Some("done") => return Ok(()),
            Some("failed") => {
                let reason = progress["reason"].as_str().unwrap_or("no reason is given").to_owned();
                return Err(anyhow!(Failure::IngestFailed).context(reason));
            }
            _ => tokio::time::sleep(LOOK_EVERY).await,
        }
    }
}

/// What an address most likely is.
fn kind_of(url: &str) -> ArtifactType {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let github =
        host.eq_ignore_ascii_case("github.com") || host.eq_ignore_ascii_case("www.github.com");
    if github || path.starts_with("spaces/") {
        ArtifactType::Code
    } else if path.starts_with("datasets/") {
        ArtifactType::Dataset
    } else {
        ArtifactType::Model
    }
}

fn print_json(all: &[Fared]) {
    let lines = all.iter().map(|fared| match &fared.outcome {
        Ok(answer) => json!({ "url": fared.url, "result": answer }),
        Err(error) => json!({ "url": fared.url, "error": format!("{error}") }),
    });
    println!("{}", Value::Array(lines.collect()));
}

fn print_table(all: &[Fared]) {
    let mut rows = table(["URL", "ID", "NET SCORE", "RESULT"]);
    for fared in all {
        let (id, score, result) = match &fared.outcome {
            Ok(answer) => {
                let artifact =
                    if answer["artifact"].is_null() { answer } else { &answer["artifact"] };
                let id = super::table::word(&artifact["metadata"]["id"]);
                (id, super::table::score(&answer["net_score"]), "registered".to_owned())
            }
            Err(error) => ("–".to_owned(), "–".to_owned(), printable(&format!("{error}"))),
        };
        rows.add_row([printable(&fared.url), id, score, result]);
    }
    println!("{rows}");
}
