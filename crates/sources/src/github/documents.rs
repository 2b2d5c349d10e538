//! Which few texts of a repository are worth reading: its README, its licence, and what says how it
//! is built, checked and what it needs.

use touchstone_domain::facts::{RepositoryTree, is_in_folder_of_others};

/// Texts of packaging and configuration that are read at most.
const MOST_TEXTS: usize = 12;
/// Packages of a repository of several are no deeper than this many folders.
const DEEPEST: usize = 3;
/// Longer texts are not read.
const MOST_BYTES: u64 = 500_000;

/// What GitHub shows as the README, by the order in which it looks.
const READMES: [&str; 5] = ["readme.md", "readme.markdown", "readme.rst", "readme.txt", "readme"];

/// Packaging and configuration, those that say most first.
const CONFIGURATION: [&str; 15] = [
    "pyproject.toml",
    "cargo.toml",
    "package.json",
    "setup.cfg",
    "setup.py",
    "requirements.txt",
    "environment.yml",
    "environment.yaml",
    "conanfile.txt",
    "conanfile.py",
    "vcpkg.json",
    "cmakelists.txt",
    "tox.ini",
    "pipfile",
    ".pre-commit-config.yaml",
];

/// Where things are in most repositories, for one whose list of files could not be had.
const USUAL: [&str; 10] = [
    "README.md",
    "README.rst",
    "LICENSE",
    "LICENSE.md",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "requirements.txt",
    "Cargo.toml",
    "package.json",
];

/// The paths of the texts that are worth reading.
pub(super) fn worth_reading(tree: Option<&RepositoryTree>) -> Vec<String> {
    let Some(tree) = tree.filter(|tree| !tree.files.is_empty()) else {
        return USUAL.map(str::to_owned).to_vec();
    };
    let listed = || tree.files.iter().map(|file| file.path.as_str());
    let texts = readme(listed()).into_iter().chain(listed().find(|path| is_license(path)));
    texts.chain(configuration(tree)).map(str::to_owned).collect()
}

/// Packaging and configuration, nearest to the root first.
fn configuration(tree: &RepositoryTree) -> Vec<&str> {
    let ranked = tree.files.iter().filter_map(|file| {
        let path = file.path.as_str();
        let depth = path.matches('/').count();
        let name = path.rsplit('/').next()?;
        let rank = CONFIGURATION.iter().position(|known| name.eq_ignore_ascii_case(known))?;
        let small = file.size_bytes.is_none_or(|bytes| bytes <= MOST_BYTES);
        let ours = depth <= DEEPEST && !is_in_folder_of_others(path);
        (small && ours).then_some((depth, rank, path))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_unstable();
    ranked.into_iter().take(MOST_TEXTS).map(|(_, _, path)| path).collect()
}

/// The README as GitHub picks it: at the root, Markdown first.
pub(super) fn readme<'a>(paths: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let ranked = paths.filter_map(|path| {
        let rank = READMES.iter().position(|name| path.eq_ignore_ascii_case(name))?;
        Some((rank, path))
    });
    ranked.min().map(|(_, path)| path)
}

/// Whether a path is that of a README at the root.
pub(super) fn is_readme(path: &str) -> bool {
    readme(std::iter::once(path)).is_some()
}

/// Whether a path is that of a licence at the root.
pub(super) fn is_license(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    !path.contains('/')
        && ["license", "licence", "copying"].iter().any(|word| name.starts_with(word))
}
