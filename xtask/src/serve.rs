//! Building and starting a registry, with the real upstreams or with local ones.

use crate::commands::{cargo, run, target_dir};
use crate::{setup, web};
use anyhow::{Context, Result};
use clap::Args;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Build and start a registry.
#[derive(Args)]
pub(crate) struct Serve {
    /// Use a local stand-in for Hugging Face and GitHub with a small family of models, and start
    /// with an empty store that is gone afterwards.
    #[arg(long)]
    demo: bool,
    /// Passed on to `touchstone serve`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

impl Serve {
    pub(crate) fn run(&self) -> Result<()> {
        web::build_where_node_is()?;
        let mut build = cargo();
        build.args(["build", "--release", "-p", "touchstone"]);
        if self.demo {
            build.args(["-p", "touchstone-stand-in"]);
        }
        run(&mut build)?;
        let mut touchstone = Command::new(target_dir().join("release/touchstone"));
        touchstone.arg("serve").args(&self.rest);
        if !self.demo {
            return run(&mut touchstone);
        }
        let stand_in = StandIn::start()?;
        let store = target_dir().join("demo");
        if store.exists() {
            std::fs::remove_dir_all(&store).context("cannot remove the last demo's store")?;
        }
        touchstone.env("DATA_DIR", &store).env("HF_ENDPOINT", &stand_in.hugging_face);
        touchstone.env("GITHUB_API_URL", &stand_in.github).env("GITHUB_TOKEN", "demo");
        let mut registry = touchstone.spawn().context("cannot start the registry")?;
        let filled = stand_in.fill(&format!("http://127.0.0.1:{}", self.port()));
        if let Err(error) = filled {
            println!("the demo's models could not be registered: {error:#}");
        }
        registry.wait().context("cannot wait for the registry")?;
        Ok(())
    }

    /// The port that is asked for, as `touchstone serve` reads it.
    fn port(&self) -> String {
        let mut words = self.rest.iter();
        while let Some(word) = words.next() {
            if let Some(port) = word.strip_prefix("--port=") {
                return port.to_owned();
            }
            if word == "--port" {
                return words.next().cloned().unwrap_or_default();
            }
        }
        std::env::var("PORT").unwrap_or_else(|_| "8000".to_owned())
    }
}

/// The local upstreams, stopped with this command.
struct StandIn {
    process: Child,
    hugging_face: String,
    github: String,
    models: Vec<String>,
}

impl StandIn {
    fn start() -> Result<Self> {
        let mut command = Command::new(target_dir().join("release/touchstone-stand-in"));
        command.args(["serve", "--demo"]).stdout(Stdio::piped());
        let model = setup::real_model_dir();
        if setup::real_model().is_ok() {
            command.arg("--real-model").arg(model);
        }
        let mut process = command.spawn().context("cannot start the local upstreams")?;
        let mut line = String::new();
        let output = process.stdout.take().context("the local upstreams say nothing")?;
        BufReader::new(output).read_line(&mut line)?;
        let said: serde_json::Value =
            serde_json::from_str(&line).context("the local upstreams do not say where they are")?;
        let word = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
        let models = said["models"].as_array().into_iter().flatten();
        Ok(Self {
            process,
            hugging_face: word("hugging_face"),
            github: word("github"),
            models: models.filter_map(|url| url.as_str().map(str::to_owned)).collect(),
        })
    }
}

impl StandIn {
    /// Registers the demo's models with the registry at this address.
    fn fill(&self, server: &str) -> Result<()> {
        let mut ingest = Command::new(target_dir().join("release/touchstone"));
        ingest.args(["ingest", "--server", server, "--connect-within-seconds", "30"]);
        run(ingest.args(&self.models))
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
