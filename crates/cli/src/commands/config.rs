//! `touchstone config`.

use super::Context;
use super::table::table;
use crate::Arguments;
use anyhow::Result;
use clap::{Arg, Args, CommandFactory};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Print every setting with where it came from
///
/// Secrets are never printed, only whether they are set.
#[derive(Args, Debug)]
pub(crate) struct Config {
    #[command(flatten)]
    server: crate::settings::ServerOptions,
}

/// A setting as it is in force.
struct Setting {
    variable: String,
    value: String,
    origin: &'static str,
    meaning: String,
}

/// Prints them.
pub(super) fn print(context: &Context) -> Result<()> {
    let settings = in_force(context);
    if context.json {
        let all: BTreeMap<&str, Value> = settings
            .iter()
            .map(|one| (one.variable.as_str(), json!({ "value": one.value, "origin": one.origin })))
            .collect();
        println!("{}", serde_json::to_string(&all)?);
        return Ok(());
    }
    let mut rows = table(["SETTING", "VALUE", "FROM", "MEANING"]);
    for one in &settings {
        rows.add_row([one.variable.as_str(), &one.value, one.origin, &one.meaning]);
    }
    println!("{rows}");
    Ok(())
}

/// Every argument that has an environment variable, with its value.
fn in_force(context: &Context) -> Vec<Setting> {
    let command = Arguments::command();
    let config = command.find_subcommand("config").cloned().unwrap_or_default();
    let arguments = command.get_arguments().chain(config.get_arguments());
    let mut settings: Vec<Setting> = arguments
        .filter_map(|argument| {
            let variable = argument.get_env()?.to_string_lossy().into_owned();
            Some(Setting {
                value: value(context, argument),
                origin: context.origins.of(argument.get_id().as_str(), &variable),
                meaning: argument.get_help().map(ToString::to_string).unwrap_or_default(),
                variable,
            })
        })
        .collect();
    settings.sort_by(|a, b| a.variable.cmp(&b.variable));
    settings.dedup_by(|a, b| a.variable == b.variable);
    settings
}

fn value(context: &Context, argument: &Arg) -> String {
    let raw = context.origins.raw(argument.get_id().as_str());
    match raw {
        None => "–".to_owned(),
        Some(_) if argument.is_hide_env_values_set() => "(set)".to_owned(),
        Some(raw) => raw,
    }
}
