//! The project's own commands, the same for people and for CI: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "commands talk to a terminal")]

mod bench;
mod commands;
mod coverage;
mod licences;
mod lint;
mod rate_report;
mod rating_pages;
mod serve;
mod setup;
mod test;
mod tidy;
mod web;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build and start a registry on port 8000 of this machine.
    Serve(serve::Serve),
    /// Install what the tests need, lint, and run every test.
    Test(test::Test),
    /// Formatting, clippy, documentation and the house rules.
    Lint,
    /// Print the coverage of the last test run.
    Coverage,
    /// Measure speed and memory, and write docs/benchmarks.md.
    Bench(bench::Bench),
    /// Compare the licence rules with the OSADL matrix, and write docs/licences*.md.
    Licences,
    RateReport(rate_report::RateReport),
    /// Write the pages on the metrics, docs/rating, from the tables in the code.
    Docs,
    /// Install what the tests need.
    Setup,
    /// Build the web application, for the next build of the server to embed.
    Web {
        /// Show every page in both themes and two widths, as pictures in web/e2e/screenshots.
        #[arg(long)]
        screenshots: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Test(test) => test.run(),
        Command::Lint => lint::check(),
        Command::Coverage => coverage::report(),
        Command::Bench(bench) => bench.run(),
        Command::Licences => licences::write_pages(),
        Command::RateReport(report) => report.run(),
        Command::Docs => rating_pages::write(),
        Command::Setup => setup::install(),
        Command::Web { screenshots: true } => web::screenshots(),
        Command::Web { screenshots: false } => web::build(),
    }
}
