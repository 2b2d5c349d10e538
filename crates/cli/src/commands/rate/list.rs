//! What is to be rated: addresses, and files that list them.

use anyhow::{Context as _, Result, bail};
use std::path::Path;
use touchstone_registry::Linked;

/// A list of addresses larger than this is none.
const MOST_LIST_BYTES: u64 = 16 * 1024 * 1024;

/// One model to rate.
pub(super) struct Wanted {
    pub(super) model: String,
    pub(super) linked: Linked,
    pub(super) from_file: bool,
}

/// The models that these words name: addresses, or files of them.
pub(super) fn read(words: &[String]) -> Result<Vec<Wanted>> {
    let mut wanted = Vec::new();
    for word in words {
        if is_address(word) {
            let linked = Linked::default();
            wanted.push(Wanted { model: word.clone(), linked, from_file: false });
        } else {
            wanted.extend(read_list(Path::new(word))?);
        }
    }
    Ok(wanted)
}

/// Whether a word is an address.
pub(super) fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

fn read_list(file: &Path) -> Result<Vec<Wanted>> {
    let size =
        std::fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    if size.len() > MOST_LIST_BYTES {
        bail!("{} is too large for a list of addresses", file.display());
    }
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut wanted = Vec::new();
    let mut datasets_so_far: Vec<String> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let (code, dataset, model) = match cells.as_slice() {
            [] | [""] => continue,
            [model] => ("", "", *model),
            [code, dataset, model, ..] => (*code, *dataset, *model),
            _ => bail!("line {} of {} needs three addresses", number + 1, file.display()),
        };
        if !dataset.is_empty() {
            datasets_so_far.push(dataset.to_owned());
        }
        if model.is_empty() {
            continue;
        }
        let one = |word: &str| {
            if word.is_empty() { Vec::new() } else { vec![word.to_owned()] }
        };
        let linked = Linked {
            datasets: one(dataset),
            repositories: one(code),
            datasets_if_named: datasets_so_far.clone(),
        };
        wanted.push(Wanted { model: model.to_owned(), linked, from_file: true });
    }
    Ok(wanted)
}
