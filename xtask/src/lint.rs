//! Formatting, clippy, documentation, dependencies, the house rules, and the same for the web
//! application.

use crate::commands::{cargo, root, run};
use crate::{rating_pages, setup, tidy, web};
use anyhow::Result;
use std::process::Command;

/// Runs all of them.
pub(crate) fn check() -> Result<()> {
    tidy::check()?;
    rating_pages::check()?;
    web::lint()?;
    dependencies()?;
    run_cargo(&["fmt", "--all", "--check"], &[])?;
    run_cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[])?;
    run_cargo(
        &["doc", "--workspace", "--no-deps", "--quiet", "--document-private-items"],
        &[("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links")],
    )
}

/// Licences, duplicates and origins of dependencies, as `deny.toml` allows them.
fn dependencies() -> Result<()> {
    let mut deny = Command::new(setup::cargo_deny()?);
    deny.args(["--locked", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]);
    run(deny.current_dir(root()))
}

fn run_cargo(words: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    run(cargo().args(words).envs(environment.iter().copied()))
}
