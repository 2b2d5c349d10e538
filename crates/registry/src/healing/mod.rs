//! Provisional ratings heal: what could not be had is asked for again when its time has come, and
//! the rating is made again from what has come.

mod schedule;

pub(crate) use schedule::first;

use crate::ingest::{Collected, edges_of, labels_of};
use crate::{Registry, RegistryError};
use schedule::{GIVEN_UP_AFTER, next};
use std::collections::HashSet;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use touchstone_domain::audit::{AuditAction, AuditEntry, Caller};
use touchstone_domain::{Facts, Healing, RevisionId};
use touchstone_store::{Completion, RatedRevision, Rerating};

/// Longer than any look may take; a look that is not over by then counts as broken off.
const LEASE: Duration = Duration::from_mins(10);
/// How often the store is asked for what other processes have put off.
const ASK_EVERY: Duration = Duration::from_secs(10);
/// Facts that a line of the audit trail names.
const MOST_NAMED: usize = 5;

impl Registry {
    /// Heals whatever is due until `stop`. A look that is broken off is due again after a while.
    pub(crate) async fn heal_until(&self, stop: CancellationToken) {
        loop {
            let work = async {
                if let Err(error) = self.heal_due().await {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, "what a rating lacks could not be looked for");
                }
                tokio::time::sleep(self.until_next_healing().await).await;
            };
            tokio::select! { () = stop.cancelled() => return, () = work => {} }
        }
    }

    /// Looks for everything that provisional ratings lack and whose time has come, one revision
    /// after another. Gives the number of looks.
    pub async fn heal_due(&self) -> Result<u64, RegistryError> {
        let mut looks = 0;
        while let Some((id, taken)) =
            self.inner.store.lease_healing(self.inner.clock.now(), LEASE).await?
        {
            self.heal(&id, &taken).await?;
            looks += 1;
        }
        Ok(looks)
    }

    async fn until_next_healing(&self) -> Duration {
        let due = self.inner.store.next_healing().await.ok().flatten();
        let wait = due.map(|due| due.duration_since(self.inner.clock.now()));
        wait.map_or(ASK_EVERY, |wait| Duration::try_from(wait).unwrap_or_default().min(ASK_EVERY))
    }

    async fn heal(&self, id: &RevisionId, taken: &Healing) -> Result<(), RegistryError> {
        let (rated, known) =
            tokio::try_join!(self.inner.store.rating(id), self.inner.store.facts(id))?;
        let (Some(rated), Some(known)) = (rated, known) else { return Ok(()) };
        let collected = self.collect_again(known.clone()).await;
        let came = came(&known, &collected.facts);
        if came.is_empty() {
            return self.put_off(id, taken, &known).await;
        }
        let healed = self.rate_healed(id, taken, &rated, collected, &came).await?;
        if !healed {
            tracing::info!(revision = %id, "a rating was made anew by somebody else meanwhile");
        }
        Ok(())
    }

    /// Rates what has come with what was there, and stores it. False where another rating was
    /// faster.
    async fn rate_healed(
        &self,
        id: &RevisionId,
        taken: &Healing,
        before: &RatedRevision,
        collected: Collected,
        came: &[String],
    ) -> Result<bool, RegistryError> {
        let (edges, labels) = (edges_of(&collected), labels_of(&collected.facts));
        let readme = collected.facts.model.card.value().map(|card| card.text.clone());
        let scored = self.score(collected).await?;
        let still = scored.healing.map(|_| next(taken, &scored.facts, self.inner.clock.now()));
        let (old, new) = (before.record.rating.net_score, scored.record.rating.net_score);
        let lacking = scored.facts.lacks().len();
        let end = match &still {
            None => "and it is final".to_owned(),
            Some(_) => format!("and {lacking} facts are still missing"),
        };
        let detail =
            format!("Came: {}. The net score is {new:.2} instead of {old:.2}, {end}.", list(came));
        let entries = self.line(id, detail).await?.into_iter().collect();
        let completion = Completion { facts: scored.facts, labels, edges, readme };
        let rerating = Rerating {
            revision: id.clone(),
            follows: before.sequence,
            record: scored.record,
            healing: still,
            completion: Some(completion),
            entries,
        };
        Ok(self.inner.store.rate_anew(rerating).await?)
    }

    /// Nothing has come: later, or never.
    async fn put_off(
        &self,
        id: &RevisionId,
        taken: &Healing,
        known: &Facts,
    ) -> Result<(), RegistryError> {
        let next = next(taken, known, self.inner.clock.now());
        let given_up = next.due_at.is_none();
        let is_ours = self.inner.store.postpone_healing(id, taken, next).await?;
        if is_ours && given_up {
            let lacks: Vec<String> = known.lacks().into_iter().map(|lack| lack.what).collect();
            let detail = format!(
                "Given up after {} looks in {} days: {}. The rating stays provisional.",
                taken.attempts,
                GIVEN_UP_AFTER.as_secs() / 86_400,
                list(&lacks),
            );
            if let Some(line) = self.line(id, detail).await? {
                self.inner.store.append(line).await?;
            }
        }
        Ok(())
    }

    /// A line for the audit trail of the artifact that a revision belongs to.
    pub(crate) async fn line(
        &self,
        id: &RevisionId,
        detail: String,
    ) -> Result<Option<AuditEntry>, RegistryError> {
        let Some(revision) = self.inner.store.revision(id).await? else { return Ok(None) };
        let artifact = self.inner.store.artifact(&revision.artifact).await?;
        Ok(artifact.map(|artifact| AuditEntry {
            detail: Some(detail),
            ..self.audit_entry(&Caller::registry(), AuditAction::Rate, &artifact)
        }))
    }
}

/// The facts that were lacking and are not any more: there, or known to be absent.
fn came(before: &Facts, after: &Facts) -> Vec<String> {
    let lacking: HashSet<String> = after.lacks().into_iter().map(|lack| lack.what).collect();
    let lacked = before.lacks().into_iter().map(|lack| lack.what);
    lacked.filter(|what| !lacking.contains(what)).collect()
}

/// The first few of them, and how many more there are.
fn list(facts: &[String]) -> String {
    let named = facts.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match facts.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
