//! Lookups, registrations and lists, on a small and on a large store.

use super::Bench;
use super::figures::{Figure, median};
use super::registry::{Process, Registry, binary, empty_folder, get};
use super::wrk::load;
use crate::commands::{run, target_dir};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A data folder whose store holds so many published data sets. Kept between runs.
pub(crate) fn filled(artifacts: u64) -> Result<PathBuf> {
    let folder = target_dir().join("bench").join(format!("filled-{artifacts}"));
    let done = folder.join("filled");
    if !done.exists() {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let mut fill = Command::new(binary("examples/fill"));
        run(fill.arg(folder.join("registry.db")).arg(artifacts.to_string()))?;
        std::fs::write(&done, "")?;
    }
    Ok(folder)
}

/// A copy that measurements may write to.
fn copy_of(folder: &Path, name: &str) -> Result<PathBuf> {
    let copy = empty_folder(name)?;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            std::fs::copy(&path, copy.join(path.file_name().context("a file has a name")?))?;
        }
    }
    Ok(copy)
}

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let large = filled(bench.artifacts)?;
    let mut all = lookups(bench, &large)?;
    all.extend(registrations(bench, &large)?);
    all.extend(lists(bench, &large)?);
    Ok(all)
}

/// A handler that does nothing but answer, in a process of its own.
struct Trivial {
    _process: Process,
    address: SocketAddr,
}

impl Trivial {
    fn start() -> Result<Self> {
        let mut command = Command::new(binary("examples/trivial"));
        let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the peer")?;
        let output = child.stdout.take().context("the peer says nothing")?;
        let mut said = String::new();
        BufReader::new(output).read_line(&mut said)?;
        Ok(Self { _process: Process(child), address: said.trim().parse()? })
    }
}

fn lookups(bench: &Bench, data: &Path) -> Result<Vec<Figure>> {
    let registry = Registry::start(data)?;
    let peer = Trivial::start()?;
    let listed = get(registry.address, "/artifacts/dataset?limit=1")?;
    let first: serde_json::Value = serde_json::from_str(&listed)?;
    let id = first[0]["id"].as_str().context("the store holds no data set")?;
    let url = registry.url(&format!("/artifacts/dataset/{id}"));
    let (mut shares, mut p99, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let bare = load(&format!("http://{}/", peer.address), 32, bench.seconds, None)?;
        let ours = load(&url, 32, bench.seconds, None)?;
        shares.push(100.0 * ours.requests_per_second / bare.requests_per_second);
        p99.push(ours.p99_milliseconds);
        rates.push(ours.requests_per_second);
    }
    let how = format!("32 connections, {:.0} requests/s", median(&rates));
    Ok(vec![
        Figure::at_least(
            "`GET /artifacts/{type}/{id}` beside a trivial axum handler",
            60.0,
            "%",
            shares,
        )
        .how(how),
        Figure::at_most("the same, 99th percentile", 5.0, "ms", p99),
    ])
}

fn registrations(bench: &Bench, large: &Path) -> Result<Vec<Figure>> {
    let small = filled(1000)?;
    let script = empty_folder("scripts")?.join("register.lua");
    let (mut rates, mut shares) = (Vec::new(), Vec::new());
    for round in 0..bench.rounds {
        let rate = |folder: &Path| -> Result<f64> {
            let data = copy_of(folder, "registrations")?;
            std::fs::write(&script, register_script(round))?;
            let registry = Registry::start(&data)?;
            let load = load(&registry.url("/artifact/dataset"), 32, bench.seconds, Some(&script))?;
            anyhow::ensure!(load.failures == 0.0, "{} registrations failed", load.failures);
            Ok(load.requests_per_second)
        };
        let at_thousand = rate(&small)?;
        let at_many = rate(large)?;
        rates.push(at_many);
        shares.push(100.0 * at_many / at_thousand);
    }
    let stored = bench.artifacts;
    Ok(vec![
        Figure::at_least("register data sets from 32 clients, durable", 2000.0, "/s", rates)
            .how(format!("{stored} stored; each answer after its commit was synced")),
        Figure::at_least("the same, beside 1,000 stored", 90.0, "%", shares)
            .how("no slower, within noise"),
    ])
}

fn register_script(round: usize) -> String {
    format!(
        "local n = 0\n\
         request = function()\n\
           n = n + 1\n\
           local body = '{{\"url\":\"https://huggingface.co/datasets/orchard{round}/data-' .. n .. '\"}}'\n\
           return wrk.format('POST', nil, {{['Content-Type'] = 'application/json'}}, body)\n\
         end\n"
    )
}

fn lists(bench: &Bench, data: &Path) -> Result<Vec<Figure>> {
    let registry = Registry::start(data)?;
    let middle = cursor_after(&registry, bench.artifacts / 2)?;
    let (mut early, mut late) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let url = registry.url("/artifacts/dataset?limit=100");
        early.push(load(&url, 1, bench.seconds, None)?.p99_milliseconds);
        let url = registry.url(&format!("/artifacts/dataset?limit=100&offset={middle}"));
        late.push(load(&url, 1, bench.seconds, None)?.p99_milliseconds);
    }
    Ok(vec![
        Figure::at_most("the first page of a list", 5.0, "ms", early)
            .how("100 rows, 99th percentile, one connection"),
        Figure::at_most("a page from the middle", 5.0, "ms", late)
            .how("the same, after the cursor of the row in the middle"),
    ])
}

/// The id of the row in the middle: ids are cursors of lists in the order of creation.
fn cursor_after(registry: &Registry, row: u64) -> Result<String> {
    let path = format!("/artifacts/dataset?limit=1&offset={row}");
    let page: serde_json::Value = serde_json::from_str(&get(registry.address, &path)?)?;
    Ok(page[0]["id"].as_str().context("the store holds too few data sets")?.to_owned())
}
