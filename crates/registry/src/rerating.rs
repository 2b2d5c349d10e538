//! Ratings made under older rules are made again from their facts, without asking anybody.

use crate::{Registry, RegistryError};
use futures::stream::{self, StreamExt as _};
use std::num::NonZeroUsize;
use tokio_util::sync::CancellationToken;
use touchstone_domain::RevisionId;
use touchstone_store::{RatedRevision, Rerating};

/// Revisions that are named by the store at once.
const NAMED_AT_ONCE: u32 = 256;

/// What a re-rating came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rerated {
    /// Ratings made again.
    pub rated: u64,
    /// Ratings that could not be made again, and stay as they are.
    pub failed: u64,
}

impl Registry {
    /// Rates anew what was rated under older rules, with half of the processors, until all is done
    /// or `stop`. What is left is taken up at the next start.
    pub(crate) async fn rerate_until(&self, stop: CancellationToken) {
        let rerating = self.rerate(processors().div_ceil(2), |_| ());
        let outcome = tokio::select! {
            () = stop.cancelled() => return,
            outcome = rerating => outcome,
        };
        match outcome {
            Ok(Rerated { rated: 0, failed: 0 }) => {}
            Ok(Rerated { rated, failed }) => {
                tracing::info!(rated, failed, edition = %self.inner.edition, "ratings made anew");
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "ratings could not be made anew");
            }
        }
    }

    /// Rates anew, with all processors, every stored revision whose rating was made by an older
    /// scoring version or under other settings. Tells `on_rated` how many so far. Earlier ratings
    /// are kept.
    pub async fn rerate_all(
        &self,
        on_rated: impl FnMut(Rerated),
    ) -> Result<Rerated, RegistryError> {
        self.rerate(processors(), on_rated).await
    }

    /// Ratings that are to be made again under the rules in force.
    pub async fn outdated_ratings(&self) -> Result<u64, RegistryError> {
        Ok(self.inner.store.rating_counts(&self.inner.edition).await?.outdated)
    }

    async fn rerate(
        &self,
        at_once: usize,
        mut on_rated: impl FnMut(Rerated),
    ) -> Result<Rerated, RegistryError> {
        let (mut after, mut so_far) = (None, Rerated::default());
        loop {
            let outdated =
                self.inner.store.outdated(&self.inner.edition, after.as_deref(), NAMED_AT_ONCE);
            let outdated = outdated.await?;
            let rated = outdated.items.into_iter().map(|id| self.clone().rated_anew(id));
            let mut ends = stream::iter(rated).buffer_unordered(at_once);
            while let Some((id, end)) = ends.next().await {
                match end {
                    Ok(()) => so_far.rated += 1,
                    Err(error) => {
                        so_far.failed += 1;
                        let error = &error as &dyn std::error::Error;
                        tracing::error!(error, revision = %id, "a rating could not be made anew");
                    }
                }
                on_rated(so_far);
            }
            match outdated.next {
                Some(cursor) => after = Some(cursor),
                None => return Ok(so_far),
            }
        }
    }

    async fn rated_anew(self, id: RevisionId) -> (RevisionId, Result<(), RegistryError>) {
        let end = self.rate_anew(&id).await;
        (id, end)
    }

    async fn rate_anew(&self, id: &RevisionId) -> Result<(), RegistryError> {
        let (rated, facts) =
            tokio::try_join!(self.inner.store.rating(id), self.inner.store.facts(id))?;
        let Some(RatedRevision { sequence, record: before, healing }) = rated else {
            return Ok(());
        };
        let facts = facts.ok_or_else(|| {
            RegistryError::NotFound(format!("nothing is known of the revision {id}"))
        })?;
        let scored = self.score_facts(facts).await?;
        let detail = format!(
            "Rated anew by scoring version {} instead of {}: the net score is {:.2} instead of \
             {:.2}.",
            scored.record.rating.scoring_version,
            before.rating.scoring_version,
            scored.record.rating.net_score,
            before.rating.net_score,
        );
        let still = healing.filter(|_| scored.healing.is_some());
        let rerating = Rerating {
            revision: id.clone(),
            follows: sequence,
            healing: still.or(scored.healing),
            record: scored.record,
            completion: None,
            entries: self.line(id, detail).await?.into_iter().collect(),
        };
        // Where somebody was faster, all is well too.
        self.inner.store.rate_anew(rerating).await?;
        Ok(())
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
