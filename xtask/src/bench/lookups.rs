//! Looking one artifact up, beside a handler that does nothing but answer.

use super::Bench;
use super::figures::{Figure, median};
use super::filled::filled;
use super::http::get;
use super::registry::{Process, Registry, binary, first_line};
use super::wrk::load;
use anyhow::{Context, Result};
use std::net::SocketAddr;
use std::process::Command;

const CONNECTIONS: u32 = 32;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let registry = Registry::start(&filled(bench.artifacts)?)?;
    let peer = Trivial::start()?;
    let url = registry.url(&first_data_set(registry.address)?);
    let (mut shares, mut p99, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let bare = load(&format!("http://{}/", peer.address), CONNECTIONS, bench.seconds, None)?;
        let ours = load(&url, CONNECTIONS, bench.seconds, None)?;
        shares.push(100.0 * ours.requests_per_second / bare.requests_per_second);
        p99.push(ours.p99_milliseconds);
        rates.push(ours.requests_per_second);
    }
    let what = "`GET /artifacts/{type}/{id}` beside a trivial axum handler";
    let how = format!("{CONNECTIONS} connections, {:.0} requests/s", median(&rates));
    Ok(vec![
        Figure::at_least(what, 60.0, "%", shares).how(how),
        Figure::at_most("the same, 99th percentile", 5.0, "ms", p99),
    ])
}

/// The path of the data set that was registered first.
pub(crate) fn first_data_set(address: SocketAddr) -> Result<String> {
    let listed = get(address, "/artifacts/dataset?limit=1")?;
    let first: serde_json::Value = serde_json::from_str(&listed)?;
    let id = first[0]["id"].as_str().context("the store holds no data set")?;
    Ok(format!("/artifacts/dataset/{id}"))
}

/// A handler that does nothing but answer, in a process of its own.
struct Trivial {
    _process: Process,
    address: SocketAddr,
}

impl Trivial {
    fn start() -> Result<Self> {
        let (process, said) = first_line(&mut Command::new(binary("examples/trivial")))?;
        Ok(Self { _process: process, address: said.trim().parse()? })
    }
}
