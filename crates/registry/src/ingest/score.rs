//! Rating what was collected, and deciding whether it is admitted.

use super::Linked;
use super::collect::Collected;
use super::outcome::Setback;
use crate::{Registry, RegistryError};
use std::sync::Arc;
use touchstone_domain::rating::{Rating, RatingLatency};
use touchstone_domain::{Facts, Source};

/// A rated model, whole.
pub(super) struct Scored {
    pub(super) facts: Facts,
    pub(super) rating: Rating,
    pub(super) latency: RatingLatency,
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
        scored.latency.net_seconds = took.as_secs_f64();
        Ok((scored.rating, scored.latency))
    }

    /// Rates the facts, off the threads that serve: a long card takes a while to read. The net
    /// latency is left to whoever knows when it began.
    pub(super) async fn score(&self, collected: Collected) -> Result<Scored, RegistryError> {
        let clock = Arc::clone(&self.inner.clock);
        let settings = self.inner.settings.rating.clone();
        let Collected { facts, seconds, .. } = collected;
        let rating = tokio::task::spawn_blocking(move || {
            let rated = touchstone_rating::rate(&facts, &settings, clock.as_ref());
            (facts, rated)
        });
        let (facts, rated) = rating.await.map_err(|cause| RegistryError::Internal(cause.into()))?;
        let metric_seconds = rated.seconds.iter();
        let metric_seconds =
            metric_seconds.map(|(metric, computing)| (*metric, seconds.of(*metric) + computing));
        let latency = RatingLatency { net_seconds: 0.0, metric_seconds: metric_seconds.collect() };
        Ok(Scored { facts, rating: rated.rating, latency })
    }

    /// Refuses a model that scores less than is admitted.
    pub(super) fn decide(&self, source: &Source, rating: &Rating) -> Result<(), Setback> {
        let least = self.inner.settings.admission_min_net_score;
        if rating.net_score >= least {
            return Ok(());
        }
        let weakest = rating.weakest.as_str();
        let counted = rating.metric(rating.weakest).map_or(0.0, |score| score.counted);
        Err(Setback::lasting(format!(
            "{} is not admitted: its net score of {:.2} is below {least:.2}, and its weakest \
             metric is {weakest} with {counted:.2}",
            source.repository(),
            rating.net_score,
        )))
    }
}
