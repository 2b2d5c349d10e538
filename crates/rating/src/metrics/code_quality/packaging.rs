//! What packaging files say: which dependencies are bounded, which tools are configured.

use touchstone_domain::facts::Document;

/// Documents longer than this are not read.
const MAX_BYTES: usize = 500_000;
const LINTERS: [&str; 6] = ["ruff", "black", "flake8", "pylint", "isort", "yapf"];
const TYPE_CHECKERS: [&str; 4] = ["mypy", "pyright", "pyre", "ty"];

/// What a repository's packaging files say together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Packaging {
    /// Dependencies stated.
    pub(super) dependencies: usize,
    /// Those that are pinned or have an upper bound.
    pub(super) bounded: usize,
    /// The file that configures a linter or formatter.
    pub(super) lint: Option<String>,
    /// The file that configures a type checker.
    pub(super) types: Option<String>,
}

impl Packaging {
    /// Reads the packaging files among a repository's documents.
    pub(super) fn of(documents: &[Document]) -> Self {
        let mut packaging = Self::default();
        for document in documents.iter().filter(|document| document.text.len() <= MAX_BYTES) {
            let name = document.path.rsplit('/').next().unwrap_or_default().to_lowercase();
            match name.as_str() {
                "pyproject.toml" => packaging.pyproject(document),
                "cargo.toml" => packaging.cargo(document),
                "package.json" => packaging.node(document),
                "setup.cfg" | "tox.ini" => packaging.ini(document),
                _ if name.starts_with("requirements") => packaging.requirements(document),
                _ => {}
            }
        }
        packaging
    }

    /// Share of the stated dependencies that are bounded; nothing where none is stated.
    pub(super) fn bounded_share(&self) -> Option<f64> {
        (self.dependencies > 0).then(|| self.bounded as f64 / self.dependencies as f64)
    }

    fn dependency(&mut self, bounded: bool) {
        self.dependencies += 1;
        self.bounded += usize::from(bounded);
    }

    fn requirements(&mut self, document: &Document) {
        for line in document.text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if !line.is_empty() && !line.starts_with('-') {
                self.dependency(is_bounded_python(line));
            }
        }
    }

    fn pyproject(&mut self, document: &Document) {
        let Ok(table) = document.text.parse::<toml::Table>() else { return };
        let tools = table.get("tool").and_then(toml::Value::as_table);
        let configures = |names: &[&str]| {
            tools.is_some_and(|tools| names.iter().any(|name| tools.contains_key(*name)))
        };
        self.note(document, configures(&LINTERS), configures(&TYPE_CHECKERS));
        let listed = table
            .get("project")
            .and_then(|project| project.get("dependencies")?.as_array())
            .into_iter()
            .flatten();
        for requirement in listed.filter_map(toml::Value::as_str) {
            self.dependency(is_bounded_python(requirement));
        }
        let poetry = tools
            .and_then(|tools| tools.get("poetry")?.get("dependencies")?.as_table())
            .into_iter()
            .flatten()
            .filter(|(name, _)| *name != "python");
        for (_, requirement) in poetry {
            self.dependency(!is_any(version(requirement)));
        }
    }

    /// A version of Cargo's has an upper bound unless it is `*`.
    fn cargo(&mut self, document: &Document) {
        let Ok(table) = document.text.parse::<toml::Table>() else { return };
        let configures = table.contains_key("lints")
            || table.get("workspace").is_some_and(|workspace| workspace.get("lints").is_some());
        self.note(document, configures, true);
        let workspace = table.get("workspace").and_then(|it| it.get("dependencies"));
        let listed = table.get("dependencies").into_iter().chain(workspace);
        for (_, requirement) in listed.filter_map(toml::Value::as_table).flatten() {
            let inherited = requirement.get("workspace").is_some();
            let local = requirement.get("path").is_some();
            self.dependency(inherited || local || !is_any(version(requirement)));
        }
    }

    fn node(&mut self, document: &Document) {
        let Ok(package) = serde_json::from_str::<serde_json::Value>(&document.text) else { return };
        self.note(document, package.get("eslintConfig").is_some(), false);
        let listed = package.get("dependencies").and_then(serde_json::Value::as_object);
        for requirement in listed.into_iter().flatten().map(|(_, version)| version) {
            self.dependency(!is_any(requirement.as_str()));
        }
    }

    fn ini(&mut self, document: &Document) {
        let configures = |names: &[&str]| {
            document.text.lines().map(str::trim).any(|line| {
                let section = line.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
                section.is_some_and(|it| names.contains(&it.trim_start_matches("tool:")))
            })
        };
        self.note(document, configures(&LINTERS), configures(&TYPE_CHECKERS));
    }

    fn note(&mut self, document: &Document, lints: bool, types: bool) {
        if lints && self.lint.is_none() {
            self.lint = Some(document.path.clone());
        }
        if types && self.types.is_none() {
            self.types = Some(document.path.clone());
        }
    }
}

/// A requirement of Python's is bounded by a pin, a compatible release or an upper limit.
fn is_bounded_python(requirement: &str) -> bool {
    let version = requirement.split(';').next().unwrap_or_default();
    ["==", "~=", "<"].iter().any(|operator| version.contains(operator)) || version.contains(" @ ")
}

fn version(requirement: &toml::Value) -> Option<&str> {
    requirement.as_str().or_else(|| requirement.get("version")?.as_str())
}

/// Whether any version would do.
fn is_any(version: Option<&str>) -> bool {
    let Some(version) = version.map(str::trim) else { return true };
    let open = version.starts_with('>') && !version.contains('<');
    version.is_empty() || version == "*" || version == "latest" || open
}
