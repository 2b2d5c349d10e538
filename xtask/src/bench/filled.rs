//! Data folders whose stores hold many published data sets, made once and kept between runs.

use super::registry::{binary, empty_folder};
use crate::commands::{output, run, target_dir};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A data folder whose store holds so many published data sets. Nothing may write to it.
pub(crate) fn filled(artifacts: u64) -> Result<PathBuf> {
    let folder = target_dir().join("bench").join(format!("filled-{artifacts}"));
    let done = folder.join("filled");
    if !done.exists() {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        run(&mut fill(&folder, 0, artifacts))?;
        std::fs::write(&done, "")?;
    }
    Ok(folder)
}

/// Publishes more data sets into a folder that holds some, and says how many a second it took.
pub(crate) fn publish_more(folder: &Path, held: u64, more: u64) -> Result<f64> {
    let said = output(&mut fill(folder, held, more))?;
    said.trim().parse().with_context(|| format!("{said} is no number"))
}

fn fill(folder: &Path, first: u64, count: u64) -> Command {
    let mut fill = Command::new(binary("examples/fill"));
    fill.arg(folder.join("registry.db")).args([first.to_string(), count.to_string()]);
    fill
}

/// A copy that measurements may write to.
pub(crate) fn copy_of(folder: &Path, name: &str) -> Result<PathBuf> {
    let copy = empty_folder(name)?;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            std::fs::copy(&path, copy.join(path.file_name().context("a file has a name")?))?;
        }
    }
    Ok(copy)
}
