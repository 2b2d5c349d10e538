//! Formatting, clippy, documentation and the house rules.

use crate::commands::{cargo, run};
use crate::tidy;
use anyhow::Result;

/// Runs all of them.
pub(crate) fn check() -> Result<()> {
    tidy::check()?;
    run_cargo(&["fmt", "--all", "--check"], &[])?;
    run_cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[])?;
    run_cargo(
        &["doc", "--workspace", "--no-deps", "--quiet", "--document-private-items"],
        &[("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links")],
    )
}

fn run_cargo(words: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    run(cargo().args(words).envs(environment.iter().copied()))
}
