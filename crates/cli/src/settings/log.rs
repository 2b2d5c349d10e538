//! What is said about what happens.

use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Log")]
pub(crate) struct LogOptions {
    /// How much is logged: 0 nothing, 1 what happens, 2 how it happens
    #[arg(
        long,
        env = "LOG_LEVEL",
        default_value_t = 1,
        value_parser = clap::value_parser!(u8).range(0..=2),
        global = true
    )]
    pub(crate) log_level: u8,
    /// A file that the log goes to, instead of standard error
    #[arg(long, env = "LOG_FILE", value_name = "FILE", global = true)]
    pub(crate) log_file: Option<PathBuf>,
}
