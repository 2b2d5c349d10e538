//! Formatting, clippy, documentation, the house rules, and the same for the web application.

use crate::commands::{cargo, run};
use crate::{tidy, web};
use anyhow::Result;

/// Runs all of them.
pub(crate) fn check() -> Result<()> {
    tidy::check()?;
    web::lint()?;
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
