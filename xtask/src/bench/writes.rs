//! Registering data sets durably, on a small and on a large store, and publishing them.

use super::Bench;
use super::figures::Figure;
use super::filled::{copy_of, filled, publish_more};
use super::registry::{Registry, empty_folder};
use super::wrk::load;
use anyhow::Result;
use std::path::Path;

const CLIENTS: u32 = 32;

/// What is "a few" stored artifacts, beside which many are measured.
const FEW: u64 = 1000;

/// How many data sets are published to measure what one costs.
const PUBLISHED: u64 = 1000;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (small, large) = (filled(FEW)?, filled(bench.artifacts)?);
    let (mut rates, mut shares, mut published) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..bench.rounds {
        let at_few = registrations(bench, &small, round)?;
        let at_many = registrations(bench, &large, round)?;
        rates.push(at_many);
        shares.push(100.0 * at_many / at_few);
        let copy = copy_of(&large, "writes")?;
        published.push(publish_more(&copy, bench.artifacts, PUBLISHED)?);
    }
    let stored = format!("{} stored", bench.artifacts);
    Ok(vec![
        Figure::at_least("register data sets from 32 clients, durable", 2000.0, "/s", rates)
            .how(format!("{stored}; each answer after its commit was synced")),
        Figure::at_least("the same, beside 1,000 stored", 95.0, "%", shares)
            .how("no slower, within noise"),
        Figure::of("register and publish with a 4 kB README", "/s", published)
            .how(format!("{stored}; 64 at the same time, straight into the store")),
    ])
}

/// Registrations a second on a copy of this folder.
fn registrations(bench: &Bench, folder: &Path, round: usize) -> Result<f64> {
    let script = empty_folder("scripts")?.join("register.lua");
    std::fs::write(&script, register_script(round))?;
    let registry = Registry::start(&copy_of(folder, "writes")?)?;
    let load = load(&registry.url("/artifact/dataset"), CLIENTS, bench.seconds, Some(&script))?;
    anyhow::ensure!(load.failures == 0.0, "{} registrations failed", load.failures);
    Ok(load.requests_per_second)
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
