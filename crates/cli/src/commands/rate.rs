//! `touchstone rate`.

use super::Context;
use super::table::{printable, score, table};
use crate::wiring;
use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use futures::stream::{self, StreamExt as _};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::time::Duration;
use touchstone_domain::rating::{RatingLatency, SizeScores};
use touchstone_domain::{ArtifactType, Metric, Rating, Source};
use touchstone_registry::{Linked, Registry};

/// Models that are rated at the same time.
const AT_ONCE: usize = 8;
/// A list of addresses larger than this is none.
const MOST_LIST_BYTES: u64 = 16 * 1024 * 1024;

/// Rate models by their addresses, or those that a file lists, without registering them
///
/// A file has lines of `code_url, dataset_url, model_url`, of which the first two may be empty; one
/// JSON object a model is printed, in the order of the lines. A data set of an earlier line counts
/// for a later model that names it.
#[derive(Args, Debug)]
pub(crate) struct Rate {
    /// Files of addresses, or addresses of models
    #[arg(required = true)]
    what: Vec<String>,
    /// Also show every observation that the scores rest on
    #[arg(long)]
    explain: bool,
}

/// One model to rate.
struct Wanted {
    model: String,
    linked: Linked,
    from_file: bool,
}

impl Rate {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        let mut wanted = Vec::new();
        for word in &self.what {
            if is_address(word) {
                let linked = Linked::default();
                wanted.push(Wanted { model: word.clone(), linked, from_file: false });
            } else {
                wanted.extend(read_list(Path::new(word))?);
            }
        }
        let registry = wiring::open(&context.settings).await?;
        let opened = &registry;
        let mut rated = stream::iter(&wanted)
            .map(|one| async move { (one, rate(opened, one).await) })
            .buffered(AT_ONCE);
        let mut failed = 0;
        while let Some((one, outcome)) = rated.next().await {
            match outcome {
                Ok((name, rating, latency)) if one.from_file || context.json => {
                    println!("{}", line(&name, &rating, &latency));
                }
                Ok((name, rating, _)) => {
                    println!("{}\n", printable(&name));
                    print_rating(&serde_json::to_value(&rating)?, self.explain);
                }
                Err(error) => {
                    failed += 1;
                    eprintln!("{}: {error:#}", printable(&one.model));
                }
            }
        }
        drop(rated);
        registry.close().await;
        if failed > 0 {
            return Err(anyhow!("{failed} of {} models could not be rated", wanted.len()));
        }
        Ok(())
    }
}

async fn rate(registry: &Registry, wanted: &Wanted) -> Result<(String, Rating, RatingLatency)> {
    let source = Source::parse(&wanted.model, ArtifactType::Model)?;
    eprintln!("rating {source}");
    let (rating, latency) = registry.rate_source(&source, &wanted.linked).await?;
    Ok((source.default_name().to_owned(), rating, latency))
}

fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

fn read_list(file: &Path) -> Result<Vec<Wanted>> {
    let size =
        std::fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    if size.len() > MOST_LIST_BYTES {
        bail!("{} is too large for a list of addresses", file.display());
    }
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut wanted = Vec::new();
    let mut datasets_so_far: Vec<String> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let (code, dataset, model) = match cells.as_slice() {
            [] | [""] => continue,
            [model] => ("", "", *model),
            [code, dataset, model, ..] => (*code, *dataset, *model),
            _ => bail!("line {} of {} needs three addresses", number + 1, file.display()),
        };
        if !dataset.is_empty() {
            datasets_so_far.push(dataset.to_owned());
        }
        if model.is_empty() {
            continue;
        }
        let one = |word: &str| {
            if word.is_empty() { Vec::new() } else { vec![word.to_owned()] }
        };
        let linked = Linked {
            datasets: one(dataset),
            repositories: one(code),
            datasets_if_named: datasets_so_far.clone(),
        };
        wanted.push(Wanted { model: model.to_owned(), linked, from_file: true });
    }
    Ok(wanted)
}

/// The compact form of a rating: scores with two decimals, latencies in whole milliseconds.
fn line(name: &str, rating: &Rating, latency: &RatingLatency) -> Value {
    let milliseconds = |seconds: f64| {
        let duration = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default();
        json!(duration.as_micros().div_ceil(1000))
    };
    let two_decimals = |score: f64| json!((score * 100.0).round() / 100.0);
    let mut line = Map::new();
    line.insert("name".to_owned(), json!(name));
    line.insert("category".to_owned(), json!("MODEL"));
    line.insert("net_score".to_owned(), two_decimals(rating.net_score));
    line.insert("net_score_latency".to_owned(), milliseconds(latency.net_seconds));
    for metric in &rating.metrics {
        let key = match metric.metric {
            Metric::TreeScore => "treescore",
            other => other.as_str(),
        };
        let value = match metric.metric {
            Metric::SizeScore => {
                let SizeScores { raspberry_pi, jetson_nano, desktop_pc, aws_server } = rating.size;
                json!({
                    "raspberry_pi": two_decimals(raspberry_pi),
                    "jetson_nano": two_decimals(jetson_nano),
                    "desktop_pc": two_decimals(desktop_pc),
                    "aws_server": two_decimals(aws_server),
                })
            }
            _ => two_decimals(metric.score),
        };
        let seconds = latency.metric_seconds.get(&metric.metric).copied().unwrap_or_default();
        line.insert(key.to_owned(), value);
        line.insert(format!("{key}_latency"), milliseconds(seconds));
    }
    Value::Object(line)
}

/// A rating for people: a line a metric, with its observations where wanted.
pub(super) fn print_rating(rating: &Value, explain: bool) {
    let net = score(&rating["net_score"]);
    let coverage = rating["coverage"].as_f64().unwrap_or_default() * 100.0;
    println!("net score {net}, {coverage:.0} % of it rests on facts that were there");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for finding in list(&rating["blocking"]) {
        println!("! {}", printable(finding["summary"].as_str().unwrap_or_default()));
    }
    for missing in list(&rating["provisional"]) {
        println!("provisional: {}", printable(missing.as_str().unwrap_or_default()));
    }
    println!();
    let mut rows = table(["METRIC", "SCORE", "WEIGHT", ""]);
    for metric in list(&rating["metrics"]) {
        let counted = metric["counted"].as_f64().unwrap_or_default();
        let name = metric["metric"].as_str().unwrap_or_default().replace('_', " ");
        rows.add_row([name, score(&metric["score"]), score(&metric["weight"]), bar(counted)]);
        for evidence in list(&metric["evidence"]).iter().filter(|_| explain) {
            let points = if evidence["of"].as_f64() == Some(0.0) {
                String::new()
            } else {
                format!("{}/{}", score(&evidence["points"]), score(&evidence["of"]))
            };
            let said = printable(evidence["observation"].as_str().unwrap_or_default());
            let seen = evidence["seen_at"].as_str().map(printable).unwrap_or_default();
            rows.add_row([String::new(), points, String::new(), format!("{said}\n{seen}")]);
        }
    }
    println!("{rows}");
}

fn bar(share: f64) -> String {
    const WIDTH: usize = 20;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the bar's width"
    )]
    let filled = (share.clamp(0.0, 1.0) * WIDTH as f64).round() as usize;
    format!("{}{}", "█".repeat(filled), "░".repeat(WIDTH - filled))
}
