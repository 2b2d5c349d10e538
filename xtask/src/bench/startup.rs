//! Start-up to the first answer, and memory when idle.

use super::Bench;
use super::figures::Figure;
use super::registry::{Registry, empty_folder};
use anyhow::Result;
use std::time::Duration;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let (mut milliseconds, mut megabytes) = (Vec::new(), Vec::new());
    let data = empty_folder("startup")?;
    for _ in 0..bench.rounds.max(3) {
        let registry = Registry::start(&data)?;
        milliseconds.push(registry.started_in.as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_secs(2));
        megabytes.push(registry.process.resident_megabytes());
    }
    Ok(vec![
        Figure::at_most("start-up to the first answer", 150.0, "ms", milliseconds)
            .how("process start to the body of `GET /tracks`, store opened and migrated"),
        Figure::at_most("idle memory", 40.0, "MB", megabytes)
            .how("resident, two seconds after the first answer"),
    ])
}
