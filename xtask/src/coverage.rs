//! Coverage of our own crates, measured while the tests run.
//!
//! Only workspace members are instrumented, through cargo's workspace wrapper, so dependencies are
//! built once for everything. The profiles are read by the system's LLVM.

use crate::commands::{output, root, run, target_dir};
use crate::setup::LLVM_VERSION;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lines that the tests must reach, in percent.
const LEAST_LINES_PERCENT: f64 = 80.0;

fn profiles() -> PathBuf {
    target_dir().join("coverage")
}

/// Forgets what earlier runs covered.
pub(crate) fn start() -> Result<()> {
    let profiles = profiles();
    if profiles.exists() {
        std::fs::remove_dir_all(&profiles).context("cannot remove old coverage profiles")?;
    }
    std::fs::create_dir_all(&profiles).context("cannot make the folder of coverage profiles")
}

/// Has this command build our crates instrumented, and what it runs of them write profiles.
pub(crate) fn instrument(command: &mut Command) {
    command
        .env("RUSTC_WORKSPACE_WRAPPER", root().join("xtask/rustc-with-coverage"))
        .env("LLVM_PROFILE_FILE", profiles().join("%p-%12m.profraw"));
}

/// Prints lines covered by file, and fails under the least that is accepted.
pub(crate) fn report() -> Result<()> {
    let merged = profiles().join("all.profdata");
    let raw = files_ending(&profiles(), "profraw")?;
    if raw.is_empty() {
        bail!("there is no coverage yet: run `cargo xtask test`");
    }
    let list = profiles().join("profiles.txt");
    let lines: Vec<String> = raw.iter().map(|path| path.display().to_string()).collect();
    std::fs::write(&list, lines.join("\n")).context("cannot write the list of profiles")?;
    run(Command::new(format!("llvm-profdata-{LLVM_VERSION}"))
        .args(["merge", "--sparse", "--failure-mode=all", "-f"])
        .arg(&list)
        .arg("-o")
        .arg(&merged))?;
    let mut export = Command::new(format!("llvm-cov-{LLVM_VERSION}"));
    export.args(["export", "--summary-only", "--instr-profile"]).arg(&merged);
    export.arg("--ignore-filename-regex=(/registry/src/|/rustc/|/tests/|/xtask/|/stand-in/)");
    for binary in instrumented_binaries()? {
        export.arg("--object").arg(binary);
    }
    print_summary(&output(&mut export)?)
}

fn print_summary(exported: &str) -> Result<()> {
    let summary: serde_json::Value = serde_json::from_str(exported)?;
    let data = &summary["data"][0];
    let share = |lines: &serde_json::Value| lines["percent"].as_f64().unwrap_or(0.0);
    for file in data["files"].as_array().into_iter().flatten() {
        let name = file["filename"].as_str().unwrap_or_default();
        let name = Path::new(name).strip_prefix(root()).unwrap_or(Path::new(name));
        println!("{:6.1} %  {}", share(&file["summary"]["lines"]), name.display());
    }
    let total = share(&data["totals"]["lines"]);
    println!("coverage: {total:.1} % of lines (at least {LEAST_LINES_PERCENT} %)");
    if total < LEAST_LINES_PERCENT {
        bail!("the tests reach {total:.1} % of lines, less than {LEAST_LINES_PERCENT} %");
    }
    Ok(())
}

/// The test programs and the binary, as cargo reports them.
fn instrumented_binaries() -> Result<Vec<PathBuf>> {
    let mut cargo = crate::commands::cargo();
    cargo
        .args(["test", "--workspace", "--no-run", "--quiet", "--message-format=json"])
        .env("RUSTC_WORKSPACE_WRAPPER", root().join("xtask/rustc-with-coverage"));
    let messages = output(&mut cargo)?;
    let executables = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    Ok(executables.collect())
}

fn files_ending(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).context("cannot read the coverage profiles")?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect())
}
