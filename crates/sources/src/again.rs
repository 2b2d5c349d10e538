//! Asking again for facts that could not be had, and for nothing else.

use crate::snapshot::answered_by;
use crate::{Snapshot, SnapshotInfo, Sources};
use tokio::time::Instant;
use touchstone_domain::facts::{DatasetFacts, ModelFacts, RepositoryFacts};
use touchstone_domain::{Fact, Missing, Source};

/// A fact as it is known; asked for, until the deadline, where it is missing for a reason that the
/// second part of `wanted` accepts.
pub(crate) async fn again<T: Clone>(
    known: &Fact<T>,
    (deadline, may_be_had): (Instant, impl Fn(&Missing) -> bool),
    ask: impl Future<Output = Fact<T>>,
) -> Fact<T> {
    if known.why_missing().is_some_and(may_be_had) {
        answered_by(deadline, known.seen_at.clone(), ask).await
    } else {
        known.clone()
    }
}

impl Sources {
    /// The same facts of a model, with those that were missing for a reason that is over asked for
    /// again until the deadline, at the same commit.
    pub async fn model_again(&self, known: ModelFacts, deadline: Instant) -> ModelFacts {
        let now = self.http.clock().now();
        let is_over = |why: &Missing| why.is_over(now);
        if matches!(known.source, Source::HuggingFace { .. }) {
            return Box::pin(self.hub.complete(known, deadline, is_over)).await;
        }
        let snapshot = Snapshot {
            source: known.source.clone(),
            commit: known.commit.clone(),
            renamed_from: known.renamed_from.clone(),
            info: SnapshotInfo::File,
            files: known.files.value().cloned().unwrap_or_default(),
        };
        let card = again(&known.card, (deadline, is_over), self.readme(&snapshot)).await;
        ModelFacts { card, ..known }
    }

    /// The same for a data set.
    pub async fn dataset_again(&self, known: DatasetFacts) -> DatasetFacts {
        let now = self.http.clock().now();
        let is_over = |why: Option<&Missing>| why.is_some_and(|why| why.is_over(now));
        if !is_over(known.info.why_missing()) && !is_over(known.card.why_missing()) {
            return known;
        }
        let asked = self.dataset(&known.named_as, known.stated_in).await;
        DatasetFacts {
            info: if is_over(known.info.why_missing()) { asked.info } else { known.info },
            ..asked
        }
    }

    /// The same for a code repository.
    pub async fn repository_again(
        &self,
        known: RepositoryFacts,
        deadline: Instant,
    ) -> RepositoryFacts {
        let now = self.http.clock().now();
        self.github.complete(known, deadline, |why| why.is_over(now)).await
    }
}
