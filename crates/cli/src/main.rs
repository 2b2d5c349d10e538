//! The `touchstone` binary: reads settings, opens drivers, starts things, decides exit codes.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "commands talk to a terminal")]

mod client;
mod commands;
mod exit;
mod origin;
mod settings;
mod telemetry;
mod wiring;

use clap::{CommandFactory, FromArgMatches, Parser};
use commands::Command;
use settings::Settings;
use std::process::ExitCode;

/// A trustworthy registry for machine-learning models.
#[derive(Parser, Debug)]
#[command(name = "touchstone", version, max_term_width = 100, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// A running registry to work against; without one, the local store is opened
    #[arg(long, env = "TOUCHSTONE_SERVER", value_name = "URL", global = true)]
    server: Option<url::Url>,
    /// Answer in JSON, for programs
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

fn main() -> ExitCode {
    let dot_env = origin::load_dot_env();
    let matches = Arguments::command().get_matches();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    // A file descriptor a connection and one a file: the usual soft limit of 1024 is too low for
    // a thousand downloads.
    if let Ok((_, hard)) = rlimit::getrlimit(rlimit::Resource::NOFILE) {
        let _ = rlimit::setrlimit(rlimit::Resource::NOFILE, hard.min(65_536), hard);
    }
    let context = commands::Context {
        server: arguments.server,
        json: arguments.json,
        settings: arguments.settings,
        origins: origin::Origins::new(matches, dot_env),
    };
    match run(arguments.command, context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::report(&error),
    }
}

fn run(command: Command, context: commands::Context) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(64)
        .build()?
        .block_on(command.run(context))
}
