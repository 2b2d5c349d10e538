//! Regular expressions over names and READMEs.

use super::Bench;
use super::artifacts::filled;
use super::figures::Figure;
use super::registry::{Registry, empty_folder, post};
use super::wrk::load;
use anyhow::Result;
use std::time::Instant;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let registry = Registry::start(&filled(bench.artifacts)?)?;
    let script = empty_folder("scripts")?.join("search.lua");
    std::fs::write(&script, selective_script(bench.artifacts))?;
    let (mut selective, mut everything, mut hostile) = (Vec::new(), Vec::new(), Vec::new());
    let url = registry.url("/artifact/byRegEx");
    for _ in 0..bench.rounds {
        selective.push(load(&url, 1, bench.seconds, Some(&script))?.p99_milliseconds);
        everything.push(milliseconds(|| {
            post(registry.address, "/artifact/byRegEx", r#"{"regex":"."}"#)
        })?);
        let regex = r#"{"regex":"(a|b|c|d)+[0-9]{3}(x+x+)+y$"}"#;
        hostile.push(milliseconds(|| post(registry.address, "/artifact/byRegEx", regex))?);
    }
    let how = format!("{} artifacts with 4 kB READMEs, one connection", bench.artifacts);
    Ok(vec![
        Figure::at_most("selective regular expression, 99th percentile", 20.0, "ms", selective)
            .how(how),
        Figure::at_most("one that matches everything, a page", 20.0, "ms", everything),
        Figure::at_most("a hostile one, until it is answered or refused", 1000.0, "ms", hostile),
    ])
}

fn milliseconds<T>(work: impl FnOnce() -> Result<T>) -> Result<f64> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed().as_secs_f64() * 1000.0)
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
