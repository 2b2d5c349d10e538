//! What a repository's file listing tells of how its code is kept, by the conventions of Python,
//! Rust, C++, JavaScript and notebooks.

use std::collections::BTreeSet;
use touchstone_domain::facts::RepositoryFile;

/// What a listing tells. Each path is the first file, in the listing's order, of its purpose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Listing {
    /// Files of code that are no tests.
    pub(super) sources: usize,
    /// Files of tests.
    pub(super) tests: usize,
    /// Sources that a test file is named after.
    named_by_tests: usize,
    /// Continuous integration.
    pub(super) integration: Option<String>,
    /// A linter's or formatter's configuration.
    pub(super) lint: Option<String>,
    /// A type checker's configuration, or a source in a language whose compiler checks types.
    pub(super) types: Option<String>,
    /// A file that says how to build or install.
    pub(super) packaging: Option<String>,
    /// A file that pins every dependency.
    pub(super) lock: Option<String>,
    /// A page of a documentation folder.
    pub(super) documentation: Option<String>,
}

/// Listings longer than this are read up to here.
const MAX_FILES: usize = 100_000;

const CODE: [&str; 19] = [
    "py", "rs", "c", "cc", "cpp", "cxx", "cu", "h", "hpp", "js", "jsx", "mjs", "ts", "tsx", "go",
    "java", "jl", "r", "ipynb",
];
const TYPED_CODE: [&str; 12] =
    ["rs", "c", "cc", "cpp", "cxx", "cu", "h", "hpp", "ts", "tsx", "go", "java"];
const NOT_OURS: [&str; 8] =
    ["node_modules", "vendor", "third_party", "third-party", "external", "dist", "build", ".git"];
const TEST_FOLDERS: [&str; 5] = ["test", "tests", "__tests__", "spec", "testing"];
const INTEGRATION: [&str; 7] = [
    ".gitlab-ci.yml",
    ".travis.yml",
    "azure-pipelines.yml",
    "jenkinsfile",
    ".circleci/config.yml",
    ".cirrus.yml",
    "appveyor.yml",
];
const LINT: [&str; 18] = [
    "ruff.toml",
    ".ruff.toml",
    ".flake8",
    ".pylintrc",
    "pylintrc",
    ".pre-commit-config.yaml",
    ".style.yapf",
    ".isort.cfg",
    "clippy.toml",
    ".clippy.toml",
    "rustfmt.toml",
    ".rustfmt.toml",
    ".clang-format",
    ".clang-tidy",
    "biome.json",
    ".prettierrc",
    ".eslintrc",
    "cpplint.cfg",
];
const TYPES: [&str; 6] = [
    "mypy.ini",
    ".mypy.ini",
    "pyrightconfig.json",
    "tsconfig.json",
    "py.typed",
    ".pyre_configuration",
];
const PACKAGING: [&str; 10] = [
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "cargo.toml",
    "package.json",
    "cmakelists.txt",
    "environment.yml",
    "pipfile",
    "meson.build",
    "go.mod",
];
const LOCKS: [&str; 10] = [
    "cargo.lock",
    "poetry.lock",
    "uv.lock",
    "pdm.lock",
    "pipfile.lock",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "conda-lock.yml",
    "go.sum",
];

impl Listing {
    /// Reads a listing.
    pub(super) fn of(files: &[RepositoryFile]) -> Self {
        let mut listing = Self::default();
        let mut stems = Vec::new();
        let mut tested = BTreeSet::new();
        for file in files.iter().take(MAX_FILES) {
            let path = file.path.to_lowercase();
            if path.split('/').any(|part| NOT_OURS.contains(&part)) || path.ends_with(".min.js") {
                continue;
            }
            listing.configuration(&file.path, &path);
            match code(&path) {
                Some(Code::Test(stem)) => {
                    listing.tests += 1;
                    tested.insert(stem.to_owned());
                }
                Some(Code::Source(stem)) => {
                    listing.sources += 1;
                    stems.push(stem.to_owned());
                }
                None => {}
            }
        }
        listing.named_by_tests = stems.iter().filter(|stem| tested.contains(*stem)).count();
        listing
    }

    /// Share of the source files with tests: those that a test file is named after, or as many as
    /// there are test files, whichever are more.
    pub(super) fn tested_share(&self) -> f64 {
        if self.sources == 0 {
            return 0.0;
        }
        let tested = self.named_by_tests.max(self.tests).min(self.sources);
        tested as f64 / self.sources as f64
    }

    /// `path` is `written` in lower case.
    fn configuration(&mut self, written: &str, path: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let note = |place: &mut Option<String>, fits: bool| {
            if fits && place.is_none() {
                *place = Some(written.to_owned());
            }
        };
        let is_yaml = has_ending(name, &["yml", "yaml"]);
        let workflow = path.starts_with(".github/workflows/") && is_yaml;
        let integrates = INTEGRATION.contains(&path) || path.starts_with(".buildkite/");
        note(&mut self.integration, workflow || integrates);
        let lints = LINT.contains(&name)
            || name.starts_with(".eslintrc.")
            || name.starts_with("eslint.config.")
            || name.starts_with(".prettierrc.");
        note(&mut self.lint, lints);
        note(&mut self.types, TYPES.contains(&name) || has_ending(name, &TYPED_CODE));
        let requires = name.starts_with("requirements") && name.ends_with("txt");
        note(&mut self.packaging, PACKAGING.contains(&name) || requires);
        note(&mut self.lock, LOCKS.contains(&name));
        let in_docs = path.starts_with("docs/") || path.starts_with("doc/");
        note(&mut self.documentation, in_docs && has_ending(name, &["md", "rst", "mdx", "html"]));
    }
}

enum Code<'a> {
    /// A test and the stem of what it is named after.
    Test(&'a str),
    /// Anything else, and its stem.
    Source(&'a str),
}

fn code(path: &str) -> Option<Code<'_>> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.')?;
    if !CODE.contains(&ending) || ["__init__", "setup", "conftest"].contains(&stem) {
        return None;
    }
    let subject = stem.strip_prefix("test_").or_else(|| {
        ["_test", ".test", ".spec", "_unittest"].iter().find_map(|it| stem.strip_suffix(it))
    });
    let in_tests = folder.split('/').any(|part| TEST_FOLDERS.contains(&part));
    Some(match subject {
        _ if ending == "ipynb" => Code::Source(stem),
        Some(subject) => Code::Test(subject),
        None if in_tests || stem == "tests" => Code::Test(stem),
        None => Code::Source(stem),
    })
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}
