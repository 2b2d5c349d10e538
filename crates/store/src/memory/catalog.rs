//! Browsing.

use super::{MemoryStore, State};
use crate::catalog::{Catalog, CatalogQuery, Position, bin};
use crate::error::StoreError;
use crate::paging;
use crate::pattern::SearchPattern;
use async_trait::async_trait;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use touchstone_domain::catalog::{CatalogEntry, CatalogSummary, LabelCounts};
use touchstone_domain::{Artifact, ArtifactId, Page};

#[async_trait]
impl Catalog for MemoryStore {
    async fn browse(
        &self,
        query: &CatalogQuery,
        after: Option<&str>,
        limit: u32,
        budget: Duration,
    ) -> Result<Option<Page<CatalogEntry>>, StoreError> {
        let begun = Instant::now();
        let state = self.state();
        let order = query.order;
        let after = after.map(|cursor| Position::read(cursor, order.key));
        let mut found: Vec<(Position, CatalogEntry)> = state
            .artifacts
            .values()
            .map(|artifact| state.entry(artifact))
            .filter(|entry| state.is_wanted(entry, query))
            .map(|entry| (Position::of(&entry, order.key), entry))
            .filter(|(place, _)| {
                after.as_ref().is_none_or(|after| order.compare(place, after).is_gt())
            })
            .collect();
        if begun.elapsed() >= budget {
            return Ok(None);
        }
        found.sort_by(|(one, _), (other, _)| order.compare(one, other));
        found.truncate(limit as usize + 1);
        let found = found.into_iter().map(|(_, entry)| entry).collect();
        let cursor = |last: &CatalogEntry| Position::of(last, order.key).cursor();
        Ok(Some(paging::page_of(found, limit, cursor)))
    }

    async fn entry(&self, id: &ArtifactId) -> Result<Option<CatalogEntry>, StoreError> {
        let state = self.state();
        Ok(state.artifacts.get(id).map(|artifact| state.entry(artifact)))
    }

    async fn summary(&self) -> Result<CatalogSummary, StoreError> {
        let state = self.state();
        let entries: Vec<_> =
            state.artifacts.values().map(|artifact| state.entry(artifact)).collect();
        let mut net_scores = [0; CatalogSummary::BINS];
        for net_score in entries.iter().filter_map(|entry| entry.net_score) {
            if let Some(counted) = net_scores.get_mut(bin(net_score)) {
                *counted += 1;
            }
        }
        let values =
            |label: fn(&CatalogEntry) -> Option<&str>| commonest(entries.iter().filter_map(label));
        Ok(CatalogSummary {
            net_scores,
            licenses: values(|entry| entry.labels.license.as_deref()),
            tasks: values(|entry| entry.labels.task.as_deref()),
            libraries: values(|entry| entry.labels.library.as_deref()),
        })
    }
}

fn commonest<'a>(values: impl Iterator<Item = &'a str>) -> LabelCounts {
    let mut counts = BTreeMap::<&str, u64>::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: LabelCounts =
        counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.truncate(CatalogSummary::MOST_VALUES);
    counts
}

impl State {
    fn entry(&self, artifact: &Artifact) -> CatalogEntry {
        let stored = artifact.current.as_ref().and_then(|current| self.revisions.get(current));
        let rating = stored.and_then(|stored| stored.ratings.last()).map(|record| &record.rating);
        let scores = rating.map(|rating| rating.metrics.iter().map(|one| (one.metric, one.score)));
        CatalogEntry {
            artifact: artifact.clone(),
            labels: self.labels.get(&artifact.id).cloned().unwrap_or_default(),
            size_bytes: stored.map(|stored| stored.revision.manifest.total_bytes()),
            net_score: rating.map(|rating| rating.net_score),
            scores: scores.into_iter().flatten().collect(),
        }
    }

    fn is_wanted(&self, entry: &CatalogEntry, query: &CatalogQuery) -> bool {
        let CatalogEntry { artifact, labels, size_bytes, net_score, scores } = entry;
        let among = |wanted: &[String], value: &Option<String>| {
            wanted.is_empty() || value.as_ref().is_some_and(|value| wanted.contains(value))
        };
        let readme = self.readmes.get(&artifact.id).map(String::as_str);
        let matches = |pattern: &SearchPattern| pattern.is_in(artifact.name.as_str(), readme);
        (query.kinds.is_empty() || query.kinds.contains(&artifact.kind))
            && (query.statuses.is_empty() || query.statuses.contains(&artifact.status.word()))
            && among(&query.licenses, &labels.license)
            && among(&query.tasks, &labels.task)
            && among(&query.libraries, &labels.library)
            && query.size_bytes.hold(*size_bytes)
            && query.net_score.hold(*net_score)
            && query.scores.iter().all(|(metric, bounds)| bounds.hold(scores.get(metric).copied()))
            && query.pattern.as_ref().is_none_or(matches)
    }
}
