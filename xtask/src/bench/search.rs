//! Regular expressions over names and READMEs.

use super::Bench;
use super::figures::{Figure, median};
use super::filled::filled;
use super::http::{milliseconds, post};
use super::lookups::first_data_set;
use super::registry::{Registry, empty_folder};
use super::wrk::load;
use anyhow::Result;
use std::sync::atomic::{AtomicBool, Ordering};

const SEARCH: &str = "/artifact/byRegEx";

/// No literal for the index, nothing that matches, and as many states as are allowed.
const HOSTILE: &str = r#"{"regex":"(a|b|c|d)+[0-9]{3}(x+x+)+y$"}"#;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let registry = Registry::start(&filled(bench.artifacts)?)?;
    let script = empty_folder("scripts")?.join("search.lua");
    std::fs::write(&script, selective_script(bench.artifacts))?;
    let (mut selective, mut everything, mut hostile) = (Vec::new(), Vec::new(), Vec::new());
    let (mut delays, mut waits) = (Vec::new(), Vec::new());
    let search = |regex: &str| milliseconds(|| post(registry.address, SEARCH, regex));
    for _ in 0..bench.rounds {
        let url = registry.url(SEARCH);
        selective.push(load(&url, 1, bench.seconds, Some(&script))?.p99_milliseconds);
        everything.push(search(r#"{"regex":"."}"#)?);
        hostile.push(search(HOSTILE)?);
        let (alone, beside) = lookups_beside_hostile(bench, &registry)?;
        delays.push(100.0 * beside / alone);
        waits.push(beside);
    }
    let how = format!("{} artifacts with 4 kB READMEs, one connection", bench.artifacts);
    let waits = format!("one connection; {:.2} ms beside it", median(&waits));
    Ok(vec![
        Figure::at_most("selective regular expression, 99th percentile", 20.0, "ms", selective)
            .how(how),
        Figure::at_most("one that matches everything, a page", 20.0, "ms", everything),
        Figure::at_most("a hostile one, until it is answered or refused", 1000.0, "ms", hostile),
        Figure::of("99th percentile of lookups beside a hostile one, of that without", "%", delays)
            .how(waits),
    ])
}

/// The 99th percentile of lookups, without and with a hostile search always going on.
fn lookups_beside_hostile(bench: &Bench, registry: &Registry) -> Result<(f64, f64)> {
    let url = registry.url(&first_data_set(registry.address)?);
    let lookups = || load(&url, 1, bench.seconds, None).map(|load| load.p99_milliseconds);
    let alone = lookups()?;
    let over = AtomicBool::new(false);
    let beside = std::thread::scope(|scope| {
        scope.spawn(|| {
            let search = || post(registry.address, SEARCH, HOSTILE);
            while !over.load(Ordering::Relaxed) {
                if search().is_err() {
                    break;
                }
            }
        });
        let beside = lookups();
        over.store(true, Ordering::Relaxed);
        beside
    })?;
    Ok((alone, beside))
}

/// Each request asks for a word that one README has.
fn selective_script(artifacts: u64) -> String {
    format!(
        "local n = 0\n\
         request = function()\n\
           n = (n * 7919 + 104729) % {artifacts}\n\
           local body = string.format('{{\"regex\":\"uni[qk]ue%08dx\"}}', n)\n\
           return wrk.format('POST', nil, {{['Content-Type'] = 'application/json'}}, body)\n\
         end\n"
    )
}
