//! Load from `wrk`, and what it says of it.

use crate::commands::output;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// What a load came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Load {
    /// Answers a second.
    pub(crate) requests_per_second: f64,
    /// Megabytes (10^6) a second.
    pub(crate) megabytes_per_second: f64,
    /// The 99th percentile of the latency, in milliseconds.
    pub(crate) p99_milliseconds: f64,
    /// Answers that were not 2xx or 3xx, and broken connections.
    pub(crate) failures: f64,
}

/// Loads an address, with a Lua script where one is given.
pub(crate) fn load(
    url: &str,
    connections: u32,
    seconds: u32,
    script: Option<&Path>,
) -> Result<Load> {
    let mut wrk = Command::new("wrk");
    wrk.args(["--latency", "--threads", "1", "--timeout", "30s"]);
    wrk.args(["--connections", &connections.to_string()]);
    wrk.args(["--duration", &format!("{seconds}s")]);
    if let Some(script) = script {
        wrk.arg("--script").arg(script);
    }
    read(&output(wrk.arg(url))?)
}

fn read(said: &str) -> Result<Load> {
    let after = |key: &str| said.lines().find_map(|line| line.trim().strip_prefix(key));
    let requests = after("Requests/sec:").context("wrk says nothing of requests")?;
    Ok(Load {
        requests_per_second: requests.trim().parse().context("wrk counts in no number")?,
        megabytes_per_second: after("Transfer/sec:").map_or(0.0, megabytes),
        p99_milliseconds: after("99%").map_or(f64::NAN, milliseconds),
        failures: after("Non-2xx or 3xx responses:")
            .and_then(|count| count.trim().parse().ok())
            .unwrap_or_default(),
    })
}

/// `1.23GB`, in wrk's binary units.
fn megabytes(text: &str) -> f64 {
    number_and_unit(text, &[("KB", 1.024e-3), ("MB", 1.048_576), ("GB", 1_073.741_824)])
}

/// `1.23ms`.
fn milliseconds(text: &str) -> f64 {
    number_and_unit(text, &[("us", 1e-3), ("ms", 1.0), ("m", 60_000.0), ("s", 1_000.0)])
}

fn number_and_unit(text: &str, units: &[(&str, f64)]) -> f64 {
    let text = text.trim();
    let found = units.iter().find_map(|(unit, factor)| {
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        Some(number * factor)
    });
    found.unwrap_or(f64::NAN)
}
