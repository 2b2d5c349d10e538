//! The machine that figures hold for, and the tools it needs.

use crate::commands::is_there;
use anyhow::{Result, bail};
use std::process::Command;

/// Says which tools are missing and how to get them.
pub(crate) fn require(programs: &[&str]) -> Result<()> {
    let missing: Vec<&str> = programs.iter().copied().filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("the benchmarks need {}: apt-get install wrk nginx-light", missing.join(" and "))
}

/// Some tools end with an error when asked for their version; that they start is enough.
fn is_installed(program: &str) -> bool {
    is_there(program) || Command::new(program).arg("-v").output().is_ok()
}

/// Processor, memory and kernel, as one sentence.
pub(crate) fn describe() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("an unnamed processor", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let cores = processors.lines().filter(|line| line.starts_with("processor")).count();
    let memory_kilobytes: u64 = read("/proc/meminfo")
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or_default();
    let kernel = read("/proc/sys/kernel/osrelease");
    format!(
        "The machine: {cores} cores of {model}, {} GB of memory, Linux {}; load generator and \
         server share it.",
        memory_kilobytes / 1_000_000,
        kernel.trim()
    )
}
