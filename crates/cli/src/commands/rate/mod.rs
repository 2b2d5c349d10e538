//! `touchstone rate`.

mod comparison;
mod line;
mod list;

use self::comparison::Compared;
use self::list::Wanted;
use super::table::printable;
use super::terminal::{Sheet, Tone};
use super::{Context, explanation};
use crate::wiring;
use anyhow::{Result, anyhow};
use clap::Args;
use futures::stream::{self, StreamExt as _};
use touchstone_domain::rating::RatingLatency;
use touchstone_domain::{ArtifactType, Rating, Source};
use touchstone_registry::Registry;

/// Models that are rated at the same time.
const AT_ONCE: usize = 8;

/// Rate models by their addresses, or those that a file lists, without registering them
///
/// A file has lines of `code_url, dataset_url, model_url`, of which the first two may be empty; one
/// JSON object a model is printed, in the order of the lines. A data set of an earlier line counts
/// for a later model that names it.
#[derive(Args, Debug)]
pub(crate) struct Rate {
    /// Files of addresses, or addresses of models
    #[arg(required = true)]
    what: Vec<String>,
    /// Also show every observation that the scores rest on
    #[arg(long)]
    explain: bool,
    /// Set two to five models beside each other, with the reasons for every difference; they are
    /// addresses, or ids or names of registered models
    #[arg(long, conflicts_with = "explain")]
    compare: bool,
}

impl Rate {
    pub(crate) async fn run(self, context: Context) -> Result<()> {
        let is_file = |word: &String| std::path::Path::new(word).is_file();
        let has_addresses = self.what.iter().any(|word| list::is_address(word) || is_file(word));
        if self.compare && !has_addresses {
            let client = context.client().await?;
            return Compared::of_registered(&client, &self.what).await?.print(&context);
        }
        let wanted = list::read(&self.what)?;
        let registry = wiring::open(&context.settings).await?;
        let opened = &registry;
        let mut rated = stream::iter(&wanted)
            .map(|one| async move { (one, rate(opened, one).await) })
            .buffered(AT_ONCE);
        let (mut failed, mut to_compare) = (0, Vec::new());
        while let Some((one, outcome)) = rated.next().await {
            match outcome {
                Ok((name, rating, _)) if self.compare => to_compare.push((name, rating)),
                Ok(rated) => self.print(one, rated, &context)?,
                Err(error) => {
                    failed += 1;
                    eprintln!("{}: {error:#}", printable(&one.model));
                }
            }
        }
        drop(rated);
        registry.close().await;
        if failed > 0 {
            return Err(anyhow!("{failed} of {} models could not be rated", wanted.len()));
        }
        if self.compare { Compared::of(to_compare)?.print(&context) } else { Ok(()) }
    }

    fn print(&self, one: &Wanted, (name, rating, latency): Rated, context: &Context) -> Result<()> {
        if context.json && self.explain {
            println!("{}", serde_json::to_string(&rating)?);
        } else if one.from_file || context.json {
            println!("{}", line::line(&name, &rating, &latency));
        } else {
            let mut sheet = Sheet::for_output();
            sheet.paragraph("", 0, Tone::Strong, &printable(&name));
            sheet.line("");
            explanation::write(&mut sheet, &rating, self.explain);
            sheet.line("");
            sheet.print()?;
        }
        Ok(())
    }
}

/// A name, its rating, and what it took.
type Rated = (String, Rating, RatingLatency);

async fn rate(registry: &Registry, wanted: &Wanted) -> Result<Rated> {
    let source = Source::parse(&wanted.model, ArtifactType::Model)?;
    eprintln!("rating {source}");
    let (rating, latency) = registry.rate_source(&source, &wanted.linked).await?;
    Ok((source.default_name().to_owned(), rating, latency))
}
