//! Speed and memory on this machine, as ratios beside a named peer, written to
//! `docs/benchmarks.md` with the command that repeats them.

mod artifacts;
mod downloads;
mod figures;
mod machine;
mod registry;
mod search;
mod startup;
mod wrk;

use crate::commands::{cargo, root, run};
use anyhow::{Context, Result};
use clap::Args;
use figures::Figure;

/// Measure speed and memory, and write docs/benchmarks.md.
#[derive(Args)]
pub(crate) struct Bench {
    /// Seconds that each load runs.
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// Times that each measurement is repeated; the median is what counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Artifacts in the store that searches and lists run on.
    #[arg(long, default_value_t = 100_000)]
    artifacts: u64,
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        machine::require(&["wrk", "nginx"])?;
        run(cargo().args(["build", "--release", "-p", "touchstone", "-p", "touchstone-stand-in"]))?;
        run(cargo().args(["build", "--release", "--examples", "-p", "touchstone-store"]))?;
        run(cargo().args(["build", "--release", "--examples", "-p", "touchstone-server"]))?;
        let mut all: Vec<Figure> = Vec::new();
        all.extend(startup::measure(self)?);
        all.extend(artifacts::measure(self)?);
        all.extend(search::measure(self)?);
        all.extend(downloads::measure(self)?);
        let page = figures::page(&machine::describe(), self, &all);
        let docs = root().join("docs");
        std::fs::create_dir_all(&docs).context("cannot make the folder docs")?;
        let path = docs.join("benchmarks.md");
        std::fs::write(&path, &page).context("cannot write docs/benchmarks.md")?;
        println!("{page}");
        Ok(())
    }
}
