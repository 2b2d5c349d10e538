//! Rating what was collected, and deciding whether it is admitted.

use super::Linked;
use super::collect::Collected;
use super::outcome::Setback;
use crate::{Registry, RegistryError, healing};
use std::sync::Arc;
use touchstone_domain::rating::{Rating, RatingLatency};
use touchstone_domain::{Facts, Healing, Source};
use touchstone_store::RatingRecord;

/// A rated model, whole.
pub(crate) struct Scored {
    pub(crate) facts: Facts,
    pub(crate) record: RatingRecord,
    /// What it lacks; nothing where the rating is final.
    pub(crate) healing: Option<Healing>,
}

impl Registry {
    /// Collects the facts of a model and rates them, without storing anything: what
    /// `touchstone rate` shows of an address. `linked` adds to what the model itself names.
    ///
    /// # Errors
    /// [`RegistryError::UpstreamUnavailable`] where the repository cannot be read.
    pub async fn rate_source(
        &self,
        source: &Source,
        linked: &Linked,
    ) -> Result<(Rating, RatingLatency), RegistryError> {
        let began = self.inner.clock.elapsed();
        let snapshot = self.inner.sources.resolve(source).await;
        let snapshot =
            snapshot.map_err(|error| RegistryError::UpstreamUnavailable(error.to_string()))?;
        let collected = self.collect(&snapshot, linked).await;
        let mut scored = self.score(collected).await?;
        let took = self.inner.clock.elapsed().saturating_sub(began);
        scored.record.latency.net_seconds = took.as_secs_f64();
        Ok((scored.record.rating, scored.record.latency))
    }

    /// Rates what was collected. The net latency is left to whoever knows when it began.
    pub(crate) async fn score(&self, collected: Collected) -> Result<Scored, RegistryError> {
        let Collected { facts, seconds, .. } = collected;
        let mut scored = self.score_facts(facts).await?;
        for (metric, took) in &mut scored.record.latency.metric_seconds {
            *took += seconds.of(*metric);
        }
        Ok(scored)
    }

    /// Rates facts, off the threads that serve: a long card takes a while to read. The latencies
    /// are those of computing.
    pub(crate) async fn score_facts(&self, facts: Facts) -> Result<Scored, RegistryError> {
        let clock = Arc::clone(&self.inner.clock);
        let settings = self.inner.settings.rating.clone();
        let rating = tokio::task::spawn_blocking(move || {
            let rated = touchstone_rating::rate(&facts, &settings, clock.as_ref());
            (facts, rated)
        });
        let (facts, rated) = rating.await.map_err(|cause| RegistryError::Internal(cause.into()))?;
        let net_seconds = rated.seconds.values().sum();
        let latency = RatingLatency { net_seconds, metric_seconds: rated.seconds };
        let rated_at = self.inner.clock.now();
        let healing = healing::first(&facts, &rated.rating, rated_at);
        let edition = self.inner.edition.clone();
        let record = RatingRecord { edition, rated_at, rating: rated.rating, latency };
        Ok(Scored { facts, record, healing })
    }

    /// Refuses a model that scores less than is admitted. One that could not be looked at whole
    /// has not had its last word: it is tried again.
    pub(super) fn decide(&self, source: &Source, scored: &Scored) -> Result<(), Setback> {
        let rating = &scored.record.rating;
        let least = self.inner.settings.admission_min_net_score;
        if rating.net_score >= least {
            return Ok(());
        }
        let weakest = rating.weakest.as_str();
        let counted = rating.metric(rating.weakest).map_or(0.0, |score| score.counted);
        let reason = format!(
            "{} is not admitted: its net score of {:.2} is below {least:.2}, and its weakest \
             metric is {weakest} with {counted:.2}",
            source.repository(),
            rating.net_score,
        );
        Err(match &scored.healing {
            None => Setback::Lasting { reason },
            Some(healing) => Setback::Passing { reason, at: healing.due_at },
        })
    }
}
