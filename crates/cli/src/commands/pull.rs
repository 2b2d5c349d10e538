//! `touchstone pull`.

use super::Context;
use super::table::{bytes, printable};
use crate::client::{Client, percent_encoded};
use crate::exit::Failure;
use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use futures::StreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::{Method, header};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::path::{Component, Path, PathBuf};
use tokio::fs;
use tokio::io::AsyncWriteExt as _;

/// Download an artifact's files
///
/// Files that are there already with the right hash are not brought again, and what broke off is
/// resumed. Every file is compared with its hash.
#[derive(Args, Debug)]
pub(crate) struct Pull {
    /// Its id, or its name where only one has it
    artifact: String,
    /// The folder to write into; its name where none is given
    into: Option<PathBuf>,
    /// Only files whose path begins with this
    #[arg(long, value_name = "PREFIX")]
    only: Option<String>,
}

impl Pull {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        let client = context.client().await?;
        let found = client.find(&self.artifact).await?;
        let base = format!("/artifact/{}/{}", found.kind, found.id);
        let manifest = client.get(&format!("{base}/files")).await?;
        let commit = manifest["commit"].as_str().unwrap_or_default();
        let files: Vec<&Value> = manifest["files"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|file| {
                let path = file["path"].as_str().unwrap_or_default();
                self.only.as_deref().is_none_or(|prefix| path.starts_with(prefix))
            })
            .collect();
        let total: u64 = files.iter().filter_map(|file| file["size_bytes"].as_u64()).sum();
        let into = self.into.clone().unwrap_or_else(|| PathBuf::from(file_name(&found.name)));
        let bar = ProgressBar::new(total).with_style(ProgressStyle::with_template(
            "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
        )?);
        for file in &files {
            let address = format!("{base}/download?revision={commit}");
            one(&client, &address, file, &into, &bar).await?;
        }
        bar.finish_and_clear();
        if context.json {
            let count = files.len();
            println!("{}", serde_json::json!({ "into": into, "files": count, "bytes": total }));
        } else {
            println!("{} files ({}) in {}", files.len(), bytes(total), into.display());
        }
        Ok(())
    }
}

fn file_name(name: &str) -> String {
    let plain = |letter: char| if matches!(letter, '/' | '\\') { '_' } else { letter };
    match name {
        "." | ".." => "artifact".to_owned(),
        other => other.chars().map(plain).collect(),
    }
}

/// Where a file goes: never outside the folder, whatever its path says.
fn place(into: &Path, path: &str) -> Result<PathBuf> {
    let relative = Path::new(path);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if path.is_empty() || !inside {
        bail!("the path {} would lead out of the folder", printable(path));
    }
    Ok(into.join(relative))
}

async fn one(
    client: &Client,
    address: &str,
    file: &Value,
    into: &Path,
    bar: &ProgressBar,
) -> Result<()> {
    let path = file["path"].as_str().context("a file of the manifest has no path")?;
    let size = file["size_bytes"].as_u64().context("a file of the manifest has no size")?;
    let expected = file["sha256"].as_str();
    let target = place(into, path)?;
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).await?;
    }
    if is_whole(&target, size, expected).await? {
        bar.inc(size);
        return Ok(());
    }
    let part = target.with_extension(match target.extension() {
        Some(extension) => format!("{}.part", extension.to_string_lossy()),
        None => "part".to_owned(),
    });
    let address = format!("{address}&file={}", percent_encoded(path));
    bring(client, &address, &part, size, bar).await.with_context(|| printable(path))?;
    if !is_whole(&part, size, expected).await? {
        let _ = fs::remove_file(&part).await;
        let problem = format!("{} came with other bytes than promised", printable(path));
        return Err(anyhow!(Failure::Unsound).context(problem));
    }
    Ok(fs::rename(&part, &target).await?)
}

/// Writes what is missing of a file behind what is there of it.
async fn bring(
    client: &Client,
    address: &str,
    part: &Path,
    size: u64,
    bar: &ProgressBar,
) -> Result<()> {
    let there = fs::metadata(part).await.map_or(0, |found| found.len());
    let there = if there < size { there } else { 0 };
    let mut request = client.request(Method::GET, address);
    if there > 0 {
        request = request.header(header::RANGE, format!("bytes={there}-"));
    }
    let answer = client.send(request).await?;
    let resumed = answer.status() == reqwest::StatusCode::PARTIAL_CONTENT;
    let mut output = fs::OpenOptions::new()
        .create(true)
        .write(true)
        .append(resumed)
        .truncate(!resumed)
        .open(part)
        .await
        .with_context(|| format!("cannot write {}", part.display()))?;
    bar.inc(if resumed { there } else { 0 });
    let mut body = answer.bytes_stream();
    while let Some(piece) = body.next().await {
        let piece = piece.context("the download broke off; the same command resumes it")?;
        output.write_all(&piece).await?;
        bar.inc(piece.len() as u64);
    }
    Ok(output.sync_all().await?)
}

async fn is_whole(path: &Path, size: u64, expected: Option<&str>) -> Result<bool> {
    if !fs::metadata(path).await.is_ok_and(|found| found.len() == size) {
        return Ok(false);
    }
    let Some(expected) = expected else { return Ok(true) };
    let path = path.to_owned();
    let found = tokio::task::spawn_blocking(move || -> std::io::Result<String> {
        let mut hash = Sha256::new();
        std::io::copy(&mut std::fs::File::open(path)?, &mut Hashing(&mut hash))?;
        Ok(touchstone_domain::Sha256::from_digest(&hash.finalize().into()).as_str().to_owned())
    });
    Ok(found.await?? == expected)
}

/// Bytes that are written to it are hashed.
struct Hashing<'a>(&'a mut Sha256);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
