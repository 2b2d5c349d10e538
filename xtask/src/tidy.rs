//! House rules that no linter knows: who may import whom, and a first line for every module.

use crate::commands::{cargo, output, root};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which crates of ours each crate may depend on. `dev-dependencies` are free.
const ARROWS: [(&str, &[&str]); 9] = [
    ("touchstone-domain", &[]),
    ("touchstone-rating", &["touchstone-domain"]),
    ("touchstone-sources", &["touchstone-domain"]),
    ("touchstone-store", &["touchstone-domain"]),
    (
        "touchstone-registry",
        &["touchstone-domain", "touchstone-rating", "touchstone-sources", "touchstone-store"],
    ),
    ("touchstone-server", &["touchstone-domain", "touchstone-registry"]),
    (
        "touchstone",
        &[
            "touchstone-domain",
            "touchstone-rating",
            "touchstone-registry",
            "touchstone-server",
            "touchstone-sources",
            "touchstone-store",
        ],
    ),
    ("touchstone-stand-in", &[]),
    ("xtask", &["touchstone-domain", "touchstone-rating"]),
];

/// Checks the rules and names every breach.
pub(crate) fn check() -> Result<()> {
    let mut breaches = wrong_arrows()?;
    for file in
        rust_files(&root().join("crates"))?.iter().chain(&rust_files(&root().join("xtask"))?)
    {
        breaches.extend(missing_header(file)?);
    }
    if breaches.is_empty() {
        return Ok(());
    }
    bail!("the house rules are broken:\n  {}", breaches.join("\n  "))
}

fn wrong_arrows() -> Result<Vec<String>> {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let metadata = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let mut breaches = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(may) = allowed.get(name) else {
            breaches.push(format!("{name}: say in xtask/src/tidy.rs what it may depend on"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = dependency["name"].as_str().unwrap_or_default();
            let ours = allowed.contains_key(target);
            if ours && dependency["kind"].as_str() != Some("dev") && !may.contains(&target) {
                breaches.push(format!("{name} must not depend on {target}"));
            }
        }
    }
    Ok(breaches)
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn missing_header(file: &Path) -> Result<Option<String>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let shown = file.strip_prefix(root()).unwrap_or(file).display();
    Ok((!text.starts_with("//!"))
        .then(|| format!("{shown}: begin with //! and what the module is for")))
}
