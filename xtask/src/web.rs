//! The web application: building it into the folder that the server embeds.

use crate::commands::{cargo, is_there, root, run, target_dir};
use crate::coverage;
use anyhow::{Context, Result};
use std::process::Command;

/// Builds the pages, with what they need installed.
pub(crate) fn build() -> Result<()> {
    install()?;
    run(&mut npm(&["run", "--silent", "build"]))
}

/// The same where Node is there; without it the server still builds, and this says how to get them.
pub(crate) fn build_where_node_is() -> Result<()> {
    if is_there("npm") {
        return build();
    }
    println!("The pages for browsers are left out: install Node 20 or newer and start this again.");
    Ok(())
}

/// Formatting, rules and types.
pub(crate) fn lint() -> Result<()> {
    install()?;
    run(&mut npm(&["run", "--silent", "api"]))?;
    run(&mut npm(&["run", "--silent", "lint"]))
}

/// Unit tests, and journeys in a real browser through a real registry on local upstreams.
pub(crate) fn test() -> Result<()> {
    run(&mut npm(&["test", "--silent"]))?;
    in_browser("e2e")
}

/// Every page in both themes and two widths, into web/e2e/screenshots.
pub(crate) fn screenshots() -> Result<()> {
    build()?;
    in_browser("screenshots")
}

/// Runs a script that opens the pages of a built registry.
fn in_browser(script: &str) -> Result<()> {
    let mut programs = cargo();
    programs.args(["build", "--quiet", "-p", "touchstone", "-p", "touchstone-stand-in"]);
    coverage::instrument(&mut programs);
    run(&mut programs)?;
    let mut browser = npm(&["run", "--silent", script]);
    browser.env("TOUCHSTONE_PROGRAMS", target_dir().join("debug"));
    coverage::instrument(&mut browser);
    run(&mut browser)
}

/// Installs what package-lock.json names, where it is not there yet.
fn install() -> Result<()> {
    run(&mut npm(&["install", "--no-audit", "--no-fund", "--loglevel=error"]))
        .context("the pages need Node 20 or newer, with npm")
}

fn npm(words: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(words).current_dir(root().join("web"));
    npm
}
