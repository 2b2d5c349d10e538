//! Hugging Face, GitHub and plain files, asked politely and turned into facts.
//!
//! [`Sources`] is the only door: everything behind it shares one HTTP client that refuses private
//! addresses, bounds every size and time, obeys what upstream says of its limits, and asks for the
//! same document once.

mod again;
mod error;
mod file;
mod github;
mod http;
mod hugging_face;
mod language_model;
mod settings;
mod snapshot;

pub use error::SourceError;
pub use http::{Names, SystemNames};
pub use settings::{LanguageModelSettings, Patience, SourceSettings};
pub use snapshot::{ArchivePart, ArchiveStream, FileStream, Snapshot, SnapshotInfo, too_late};

use file::PlainFiles;
use github::GitHub;
use http::Http;
use hugging_face::HuggingFace;
use language_model::{LanguageModel, TextGrader};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use touchstone_domain::facts::{
    DatasetFacts, Document, License, ModelFacts, RepositoryFacts, TextGrade,
};
use touchstone_domain::lineage::Provenance;
use touchstone_domain::{Clock, Fact, Missing, Source, Timestamp};

/// An upstream that is asked by its API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Upstream {
    /// The Hugging Face Hub.
    HuggingFace,
    /// GitHub.
    GitHub,
}

/// What is known of an upstream's limit from its last answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Which upstream.
    pub upstream: Upstream,
    /// The window or resource it counts: `api`, `resolvers`, `core`, `graphql`.
    pub resource: String,
    /// Requests left, where stated.
    pub remaining: Option<u64>,
    /// Requests in all, where stated.
    pub limit: Option<u64>,
    /// When the limit is renewed, where stated.
    pub resets_at: Option<Timestamp>,
}

/// The answer to a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// How long the answer took.
    pub took: std::time::Duration,
    /// What was wrong, as one sentence; nothing where all was well.
    pub problem: Option<String>,
}

/// The door to all upstreams.
#[derive(Clone)]
pub struct Sources {
    http: Arc<Http>,
    hub: HuggingFace,
    github: GitHub,
    files: PlainFiles,
    grader: Option<Arc<dyn TextGrader>>,
}

impl Sources {
    /// Opens the client and its persistent cache. Asks nobody.
    pub fn connect(settings: SourceSettings, clock: Arc<dyn Clock>) -> Result<Self, SourceError> {
        let language_model = settings.language_model.clone();
        let http = Http::new(settings, clock)?;
        let grader = language_model.map(|settings| -> Arc<dyn TextGrader> {
            Arc::new(LanguageModel::new(Arc::clone(&http), settings))
        });
        Ok(Self {
            grader,
            hub: HuggingFace::new(Arc::clone(&http)),
            github: GitHub::new(Arc::clone(&http)),
            files: PlainFiles::new(Arc::clone(&http)),
            http,
        })
    }

    /// Follows renames, pins the commit and lists the files, with sizes and hashes.
    pub async fn resolve(&self, source: &Source) -> Result<Snapshot, SourceError> {
        let snapshot = match source {
            Source::HuggingFace { kind, repository, revision } => {
                self.hub.resolve(*kind, repository, revision.as_deref()).await
            }
            Source::GitHub { repository, revision } => {
                self.github.resolve(repository, revision.as_deref()).await
            }
            Source::File { url } => self.files.resolve(url).await,
        }?;
        if snapshot.files.iter().all(|file| snapshot::is_inside(&file.path)) {
            return Ok(snapshot);
        }
        Err(SourceError::Failed {
            host: source.page_url(),
            detail: "lists a file outside of the repository".to_owned(),
        })
    }

    /// Everything that the model's own repository tells by then, gathered concurrently. Never fails:
    /// what could not be had is a missing fact with its reason. Of a model outside the Hub there is
    /// a file list and a card at the most.
    pub async fn model(&self, snapshot: &Snapshot, deadline: Instant) -> ModelFacts {
        if let SnapshotInfo::HuggingFace(info) = &snapshot.info {
            return self.hub.model(snapshot, info, deadline).await;
        }
        let page = snapshot.source.page_url();
        let card = snapshot::answered_by(deadline, page.clone(), self.readme(snapshot)).await;
        ModelFacts {
            renamed_from: snapshot.renamed_from.clone(),
            files: Fact::known(page, snapshot.files.clone()),
            card,
            ..snapshot::unasked(&snapshot.source, &snapshot.commit, Missing::NotAsked)
        }
    }

    /// Metadata and card of a parent model, in two requests; the other facts are `NotAsked`.
    pub async fn parent(&self, source: &Source) -> ModelFacts {
        self.hub.parent(source).await
    }

    /// A data set that a model names: by `owner/name`, `name` or a Hub address.
    pub async fn dataset(&self, named_as: &str, stated_in: Provenance) -> DatasetFacts {
        self.hub.dataset(named_as, stated_in).await
    }

    /// A code repository that a model names: `owner/name` on GitHub.
    pub async fn repository(&self, named_as: &str, stated_in: Provenance) -> RepositoryFacts {
        self.github.repository(named_as, stated_in).await
    }

    /// What the language model makes of a card; nothing where none is configured, or where it does
    /// not answer as it was asked to.
    pub async fn grade(&self, card: &str) -> Option<TextGrade> {
        match self.grader.as_ref()?.grade(card).await {
            Ok(grade) => Some(grade),
            Err(error) => {
                tracing::warn!(%error, "the language model gave no grade");
                None
            }
        }
    }

    /// The README of a data set or code repository.
    pub async fn readme(&self, snapshot: &Snapshot) -> Fact<Document> {
        match &snapshot.source {
            Source::HuggingFace { kind, repository, .. } => {
                self.hub.readme(*kind, repository, snapshot).await
            }
            Source::GitHub { .. } => self.github.readme(snapshot).await,
            Source::File { url } => Fact::missing(url.as_str(), Missing::Absent),
        }
    }

    /// The licence of a code repository, as its host and its licence file state it.
    pub async fn license(&self, source: &Source) -> Fact<License> {
        match source {
            Source::GitHub { repository, .. } => self.github.license(repository).await,
            other => Fact::missing(other.page_url(), Missing::NotAsked),
        }
    }

    /// One file's bytes from `offset` on, at a pinned commit.
    pub async fn open_file(
        &self,
        source: &Source,
        commit: &str,
        path: &str,
        offset: u64,
    ) -> Result<FileStream, SourceError> {
        match source {
            Source::HuggingFace { kind, repository, .. } => {
                self.hub.open_file(*kind, repository, commit, path, offset).await
            }
            Source::GitHub { repository, .. } => {
                self.github.open_file(repository, commit, path, offset).await
            }
            Source::File { url } => self.files.open(url, commit, offset).await,
        }
    }

    /// All files of a GitHub repository at a pinned commit, from its archive, in one request.
    pub async fn open_archive(
        &self,
        source: &Source,
        commit: &str,
    ) -> Result<ArchiveStream, SourceError> {
        match source {
            Source::GitHub { repository, .. } => self.github.open_archive(repository, commit).await,
            other => Err(SourceError::NotFound { what: format!("an archive of {other}") }),
        }
    }

    /// Whether an upstream answers, asked with the cheapest request that counts against no limit
    /// where there is one.
    pub async fn probe(&self, upstream: Upstream) -> Probe {
        let clock = self.http.clock();
        let began = clock.elapsed();
        let ask = match upstream {
            Upstream::HuggingFace => self.hub.probe(),
            Upstream::GitHub => self.github.probe(),
        };
        let answer = match ask {
            Ok(ask) => self.http.document(ask).await,
            Err(error) => Err(error),
        };
        let took: Duration = clock.elapsed().saturating_sub(began);
        Probe { took, problem: answer.err().map(|error| error.to_string()) }
    }

    /// What upstreams last said of their limits.
    #[must_use]
    pub fn budgets(&self) -> Vec<Budget> {
        let upstreams = [Upstream::HuggingFace, Upstream::GitHub];
        upstreams.into_iter().flat_map(|upstream| self.http.budgets(upstream)).collect()
    }
}
