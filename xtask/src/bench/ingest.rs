//! What an ingest asks of its upstreams, and how long it takes where each answer takes 100 ms.

use super::Bench;
use super::figures::Figure;
use super::http::milliseconds;
use super::registry::{Registry, empty_folder};
use super::upstream::Upstream;
use anyhow::Result;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Of the demonstration: names a data set, a code repository and a parent.
const MODEL: &str = "copperwick/tern-base-support-intent";

/// How many models are ingested at the same time.
const MODELS: usize = 500;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let models = MODELS.to_string();
    let mut upstream = Upstream::start(&["--demo", "--latency-ms", "100", "--synthetic", &models])?;
    let (mut counts, mut repeated) = (Vec::new(), Vec::new());
    let (mut one, mut many) = (Vec::new(), Vec::new());
    for round in 0..bench.rounds {
        let registry = Registry::start_over(&empty_folder("ingest")?, &upstream)?;
        // Until it has looked whether its upstreams are there.
        std::thread::sleep(Duration::from_secs(1));
        upstream.requests()?;
        one.push(milliseconds(|| registry.rating(&registry.register_model(MODEL)?))?);
        let requests = upstream.requests()?;
        counts.push(requests.len() as f64);
        let different: HashSet<_> = requests.iter().collect();
        repeated.push((requests.len() - different.len()) as f64);
        if round == 0 {
            many.push(seconds_for_many(&registry)?);
        }
    }
    Ok(vec![
        Figure::at_most(
            "upstream requests for a model with data set, code and parent",
            16.0,
            "",
            counts,
        )
        .how("counted by the upstreams"),
        Figure::at_most("requests among them that repeat another", 0.0, "", repeated),
        Figure::at_most("that model rated, upstream latency 100 ms", 1500.0, "ms", one)
            .how("from registration to the answer of its rating, files stored"),
        Figure::at_most("500 small models rated, the same latency", 60.0, "s", many)
            .how("registered one after another, ingested by 16 workers; one round"),
    ])
}

fn seconds_for_many(registry: &Registry) -> Result<f64> {
    let begun = Instant::now();
    let ids = (0..MODELS)
        .map(|number| registry.register_model(&format!("synthetic/model-{number:05}")))
        .collect::<Result<Vec<_>>>()?;
    ids.iter().try_for_each(|id| registry.rating(id).map(drop))?;
    Ok(begun.elapsed().as_secs_f64())
}
