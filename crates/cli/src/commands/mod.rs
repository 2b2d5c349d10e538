//! One file a command.

mod completions;
mod config;
mod explanation;
mod gc;
mod ingest;
mod lineage;
mod pull;
mod rate;
mod rerate;
mod search;
mod serve;
mod show;
mod table;
mod terminal;
mod verify;

use crate::client::Client;
use crate::origin::Origins;
use crate::settings::Settings;
use anyhow::Result;
use clap::Subcommand;

/// What every command is given.
pub(crate) struct Context {
    /// The registry to work against; the local store where none is named.
    pub(crate) server: Option<url::Url>,
    /// Whether to answer in JSON.
    pub(crate) json: bool,
    /// The settings of a local registry.
    pub(crate) settings: Settings,
    /// Where they came from.
    pub(crate) origins: Origins,
}

impl Context {
    /// A client of the named registry, or of the local store.
    pub(crate) async fn client(&self) -> Result<Client> {
        Client::connect(self.server.as_ref(), &self.settings).await
    }
}

/// What can be done.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Start the registry
    Serve(serve::Serve),
    /// Register models, data sets and code by their addresses
    Ingest(ingest::Ingest),
    /// Rate models by their addresses, or those that a file lists, without registering them
    Rate(rate::Rate),
    /// Rate anew, from stored facts, what was rated under older rules or other settings
    Rerate(rerate::Rerate),
    /// Find artifacts by a regular expression over names and READMEs
    Search(search::Search),
    /// Show an artifact: source, status, score, licence, size
    Show(show::Show),
    /// Show what a model comes from and what was made from it
    Lineage(lineage::Lineage),
    /// Download an artifact's files
    Pull(pull::Pull),
    /// Read every stored byte again and compare it with its hash
    Verify(verify::Verify),
    /// Delete bytes that no artifact names any more
    Gc(gc::Gc),
    /// Print every setting with where it came from
    Config(config::Config),
    /// Print completions for a shell
    Completions(completions::Completions),
}

impl Command {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        match self {
            Self::Serve(command) => command.run(context).await,
            Self::Ingest(command) => command.run(context).await,
            Self::Rate(command) => command.run(context).await,
            Self::Rerate(command) => command.run(context).await,
            Self::Search(command) => command.run(context).await,
            Self::Show(command) => command.run(context).await,
            Self::Lineage(command) => command.run(context).await,
            Self::Pull(command) => command.run(context).await,
            Self::Verify(command) => command.run(context).await,
            Self::Gc(command) => command.run(context).await,
            Self::Config(_) => config::print(&context),
            Self::Completions(command) => {
                command.run();
                Ok(())
            }
        }
    }
}
