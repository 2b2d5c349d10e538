//! Where a setting's value came from, for `touchstone config`.

use clap::ArgMatches;
use clap::parser::ValueSource;
use std::collections::BTreeSet;

/// Reads `.env` in the working directory. Variables that are set already win. Gives the names of
/// those that it set.
pub(crate) fn load_dot_env() -> BTreeSet<String> {
    let set_before: BTreeSet<String> =
        std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    let Ok(variables) = dotenvy::from_path_iter(".env") else { return BTreeSet::new() };
    let names: Vec<String> = variables.filter_map(|pair| pair.ok().map(|(name, _)| name)).collect();
    if let Err(error) = dotenvy::from_path(".env") {
        eprintln!("warning: the file .env cannot be read whole: {error}");
    }
    names.into_iter().filter(|name| !set_before.contains(name)).collect()
}

/// Knows for each argument who set it.
#[derive(Debug)]
pub(crate) struct Origins {
    matches: ArgMatches,
    dot_env: BTreeSet<String>,
}

impl Origins {
    pub(crate) fn new(matches: ArgMatches, dot_env: BTreeSet<String>) -> Self {
        Self { matches, dot_env }
    }

    /// The value of the argument with this id, as it was written.
    pub(crate) fn raw(&self, id: &str) -> Option<String> {
        let matches = self.matches.subcommand().map_or(&self.matches, |(_, matches)| matches);
        [matches, &self.matches].into_iter().find_map(|matches| {
            let values = matches.try_get_raw(id).ok()??;
            let values: Vec<_> = values.map(|value| value.to_string_lossy().into_owned()).collect();
            Some(values.join(","))
        })
    }

    /// In words, for the argument with this id whose variable is `variable`.
    pub(crate) fn of(&self, id: &str, variable: &str) -> &'static str {
        let matches = self.matches.subcommand().map_or(&self.matches, |(_, matches)| matches);
        let source = [matches, &self.matches].into_iter().find_map(|matches| {
            matches.try_contains_id(id).ok().and_then(|_| matches.value_source(id))
        });
        match source {
            Some(ValueSource::CommandLine) => "command line",
            Some(ValueSource::EnvVariable) if self.dot_env.contains(variable) => ".env",
            Some(ValueSource::EnvVariable) => "environment",
            _ => "default",
        }
    }
}
