//! Speed and memory on this machine, as ratios beside a named peer, written to
//! `docs/benchmarks.md` with the command that repeats them.

mod downloads;
mod figures;
mod filled;
mod http;
mod ingest;
mod lists;
mod lookups;
mod machine;
mod rating;
mod registry;
mod search;
mod startup;
mod upstream;
mod writes;
mod wrk;

use crate::commands::{cargo, root, run};
use anyhow::{Context, Result};
use clap::Args;
use figures::Figure;

/// What is measured together, in the order of the page.
type Group = (&'static str, fn(&Bench) -> Result<Vec<Figure>>);

const GROUPS: [Group; 8] = [
    ("startup", startup::measure),
    ("lookups", lookups::measure),
    ("writes", writes::measure),
    ("lists", lists::measure),
    ("search", search::measure),
    ("downloads", downloads::measure),
    ("ingest", ingest::measure),
    ("rating", rating::measure),
];

/// Packages whose release binaries or examples are measured or measured beside.
const BINARIES: [&str; 2] = ["touchstone", "touchstone-stand-in"];
const EXAMPLES: [&str; 3] = ["touchstone-store", "touchstone-server", "touchstone-rating"];

/// Measure speed and memory, and write docs/benchmarks.md.
#[derive(Args)]
pub(crate) struct Bench {
    /// Seconds that each load runs.
    #[arg(long, default_value_t = 5)]
    seconds: u32,
    /// Times that each measurement is repeated; the median is what counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Artifacts in the store that lookups, writes, lists and searches run on.
    #[arg(long, default_value_t = 100_000)]
    artifacts: u64,
    /// Measure this group alone and leave docs/benchmarks.md as it is.
    #[arg(long, value_parser = GROUPS.map(|(name, _)| name))]
    only: Option<String>,
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        machine::require(&["wrk", "nginx"])?;
        build()?;
        let wanted = |name: &str| self.only.as_deref().is_none_or(|only| only == name);
        let mut all = Vec::new();
        for (name, measure) in GROUPS.into_iter().filter(|(name, _)| wanted(name)) {
            println!("measuring {name}");
            all.extend(measure(self).with_context(|| format!("cannot measure {name}"))?);
        }
        let page = figures::page(&machine::describe(), self, &all);
        println!("{page}");
        if self.only.is_some() {
            return Ok(());
        }
        let docs = root().join("docs");
        std::fs::create_dir_all(&docs).context("cannot make the folder docs")?;
        std::fs::write(docs.join("benchmarks.md"), &page).context("cannot write the benchmarks")
    }
}

fn build() -> Result<()> {
    let packages = |names: &[&'static str]| names.iter().flat_map(|name| ["-p", name]).collect();
    let (binaries, examples): (Vec<_>, Vec<_>) = (packages(&BINARIES), packages(&EXAMPLES));
    run(cargo().args(["build", "--release"]).args(binaries))?;
    run(cargo().args(["build", "--release", "--examples"]).args(examples))
}
