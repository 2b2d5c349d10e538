//! Pages of a long list, at its beginning and in its middle.

use super::Bench;
use super::figures::Figure;
use super::filled::filled;
use super::http::get;
use super::registry::Registry;
use super::wrk::load;
use anyhow::{Context, Result};

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let registry = Registry::start(&filled(bench.artifacts)?)?;
    let middle = cursor_after(&registry, bench.artifacts / 2)?;
    let first = registry.url("/artifacts/dataset?limit=100");
    let later = registry.url(&format!("/artifacts/dataset?limit=100&offset={middle}"));
    let (mut early, mut late, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let (at_first, at_later) =
            (load(&first, 1, bench.seconds, None)?, load(&later, 1, bench.seconds, None)?);
        early.push(at_first.p99_milliseconds);
        late.push(at_later.p99_milliseconds);
        ratios.push(100.0 * at_later.requests_per_second / at_first.requests_per_second);
    }
    Ok(vec![
        Figure::at_most("the first page of a list", 5.0, "ms", early)
            .how("100 rows, 99th percentile, one connection"),
        Figure::at_most("a page from the middle", 5.0, "ms", late)
            .how("the same, after the cursor of the row in the middle"),
        Figure::at_least("pages a second from the middle, beside the first", 90.0, "%", ratios)
            .how("the same cost, within noise"),
    ])
}

/// The id of the row in the middle: ids are cursors of lists in the order of creation.
fn cursor_after(registry: &Registry, row: u64) -> Result<String> {
    let path = format!("/artifacts/dataset?limit=1&offset={row}");
    let page: serde_json::Value = serde_json::from_str(&get(registry.address, &path)?)?;
    Ok(page[0]["id"].as_str().context("the store holds too few data sets")?.to_owned())
}
