//! The Hugging Face Hub: models, data sets and spaces.

mod files;
mod model;
mod wire;

use crate::http::{Ask, Http, Reply};
use crate::{Snapshot, SnapshotInfo, SourceError};
use reqwest::StatusCode;
use serde_json::Value;
use std::sync::Arc;
use touchstone_domain::facts::{Document, RepositoryFile};
use touchstone_domain::source::HubKind;
use touchstone_domain::{Fact, Missing, Source};
use url::Url;

/// The largest description or listing that is read.
const MOST_JSON_BYTES: usize = 20 * 1024 * 1024;
/// The largest text that is read.
const MOST_DOCUMENT_BYTES: usize = 5 * 1024 * 1024;
/// The Hub gives no more entries than this with a description.
const SIBLINGS_MAY_BE_CUT: usize = 50_000;
/// Pages of a listing that are followed: a hundred thousand files.
const MOST_PAGES: usize = 100;

/// The Hub's door.
#[derive(Clone)]
pub(crate) struct HuggingFace {
    http: Arc<Http>,
}

/// A repository of the Hub.
#[derive(Debug, Clone, Copy)]
pub(super) struct Repository<'a> {
    pub(super) kind: HubKind,
    pub(super) name: &'a str,
}

impl Repository<'_> {
    fn source(&self, name: &str) -> Source {
        Source::HuggingFace { kind: self.kind, repository: name.to_owned(), revision: None }
    }
}

impl HuggingFace {
    pub(crate) fn new(http: Arc<Http>) -> Self {
        Self { http }
    }

    /// Pins the commit behind a revision, the default branch where none is given.
    pub(crate) async fn resolve(
        &self,
        kind: HubKind,
        name: &str,
        revision: Option<&str>,
    ) -> Result<Snapshot, SourceError> {
        let repository = Repository { kind, name };
        let answer = self.http.document(self.describe(repository, revision)?).await?;
        let described = read_json(&answer, &what(repository))?;
        let info = wire::info(&described);
        let commit = wire::commit(&described).ok_or_else(|| self.nonsense("names no commit"))?;
        let today = if info.id.is_empty() { name } else { &info.id };
        let renamed = !today.eq_ignore_ascii_case(name);
        let now = Repository { kind, name: today };
        let listed = wire::siblings(&described);
        let is_whole = |files: &Vec<RepositoryFile>| {
            files.len() < SIBLINGS_MAY_BE_CUT && files.iter().all(|file| file.size_bytes.is_some())
        };
        let files = match listed {
            Some(files) if is_whole(&files) => files,
            listed => match (self.tree(now, &commit).await, listed) {
                // Of a gated repository the names may be all that is shown.
                (Err(SourceError::Forbidden { .. }), Some(listed)) => listed,
                (files, _) => files?,
            },
        };
        Ok(Snapshot {
            source: now.source(today),
            commit,
            renamed_from: renamed.then(|| name.to_owned()),
            info: SnapshotInfo::HuggingFace(Box::new(info)),
            files,
        })
    }

    /// The README of a snapshot.
    pub(crate) async fn readme(
        &self,
        kind: HubKind,
        name: &str,
        snapshot: &Snapshot,
    ) -> Fact<Document> {
        let repository = Repository { kind, name };
        self.listed_text(repository, &snapshot.commit, &snapshot.files, "README.md").await
    }

    /// A text of a repository at a commit, as a fact.
    pub(super) async fn text(
        &self,
        repository: Repository<'_>,
        commit: &str,
        path: &str,
    ) -> Fact<Document> {
        let seen_at = repository.source(repository.name).file_url(commit, path);
        let asked = async {
            let ask = self.file(repository, commit, path)?;
            let answer = self.http.document(ask).await?;
            check(&answer, &format!("{path} of {}", repository.name))?;
            Ok::<_, SourceError>(String::from_utf8_lossy(&answer.body).into_owned())
        };
        match asked.await {
            Ok(text) => Fact::known(seen_at, Document { path: path.to_owned(), text }),
            Err(error) => Fact::missing(seen_at, error.to_missing()),
        }
    }

    /// A text that the file list says is there, or that is absent.
    pub(super) async fn listed_text(
        &self,
        repository: Repository<'_>,
        commit: &str,
        files: &[RepositoryFile],
        path: &str,
    ) -> Fact<Document> {
        if files.iter().any(|file| file.path == path) {
            return self.text(repository, commit, path).await;
        }
        let seen_at = repository.source(repository.name).file_url(commit, path);
        Fact::missing(seen_at, Missing::Absent)
    }

    async fn tree(
        &self,
        repository: Repository<'_>,
        commit: &str,
    ) -> Result<Vec<RepositoryFile>, SourceError> {
        let mut files = Vec::new();
        let mut next =
            Some(self.api(repository, &format!("tree/{commit}"), "recursive=true&expand=false")?);
        for _ in 0..MOST_PAGES {
            let Some(url) = next else { return Ok(files) };
            let answer = self.http.document(Ask { immutable: true, ..self.ask(url) }).await?;
            files.extend(wire::tree(&read_json(&answer, &what(repository))?));
            next = answer.header("link").and_then(wire::next_page);
            if next
                .as_ref()
                .is_some_and(|next| next.origin() != self.http.settings().hugging_face.origin())
            {
                // Our token would go with the question.
                return Err(self.nonsense("names a next page elsewhere"));
            }
        }
        Err(self.nonsense("lists more files than are read"))
    }

    fn describe(
        &self,
        repository: Repository<'_>,
        revision: Option<&str>,
    ) -> Result<Ask, SourceError> {
        let revision = encoded(revision.unwrap_or("main"));
        let url = self.api(
            repository,
            &format!("revision/{revision}"),
            "blobs=true&securityStatus=true",
        )?;
        Ok(self.ask(url))
    }

    /// An address of the API below a repository.
    pub(super) fn api(
        &self,
        repository: Repository<'_>,
        rest: &str,
        query: &str,
    ) -> Result<Url, SourceError> {
        let collection = repository.kind.api_collection();
        let mut url = self.address(&format!("api/{collection}/{}/{rest}", repository.name))?;
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        Ok(url)
    }

    /// A file of a repository at a commit.
    pub(super) fn file(
        &self,
        repository: Repository<'_>,
        commit: &str,
        path: &str,
    ) -> Result<Ask, SourceError> {
        let path: Vec<String> = path.split('/').map(encoded).collect();
        let prefix = repository.kind.path_prefix();
        let (name, commit) = (repository.name, encoded(commit));
        let url = self.address(&format!("{prefix}{name}/resolve/{commit}/{}", path.join("/")))?;
        Ok(Ask {
            accept: "*/*",
            limit_bytes: MOST_DOCUMENT_BYTES,
            immutable: is_commit(&commit),
            resource: "resolvers",
            ..self.ask(url)
        })
    }

    pub(super) fn address(&self, path: &str) -> Result<Url, SourceError> {
        let base = self.http.settings().hugging_face.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}/{path}"))
            .map_err(|error| SourceError::Settings(error.to_string()))
    }

    pub(super) fn ask(&self, url: Url) -> Ask {
        Ask {
            url,
            accept: "application/json",
            token: self.http.settings().hugging_face_token.clone(),
            limit_bytes: MOST_JSON_BYTES,
            immutable: false,
            resource: "api",
            body: None,
        }
    }

    pub(super) fn nonsense(&self, detail: &str) -> SourceError {
        crate::http::failed(&self.http.settings().hugging_face, detail.to_owned())
    }

    /// The cheapest question.
    pub(crate) fn probe(&self) -> Result<Ask, SourceError> {
        let mut url = self.address("api/models")?;
        url.set_query(Some("limit=1"));
        Ok(self.ask(url))
    }
}

fn what(repository: Repository<'_>) -> String {
    let kind = match repository.kind {
        HubKind::Model => "the model",
        HubKind::Dataset => "the data set",
        HubKind::Space => "the space",
    };
    format!("{kind} {}", repository.name)
}

pub(crate) fn encoded(segment: &str) -> String {
    percent_encoding::utf8_percent_encode(segment, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2D", "-")
        .replace("%2E", ".")
        .replace("%5F", "_")
}

fn is_commit(word: &str) -> bool {
    word.len() == 40 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether the Hub gave it, and if not why. The Hub answers 401 for what is missing or private.
fn check(answer: &Reply, what: &str) -> Result<(), SourceError> {
    if answer.is_success() {
        return Ok(());
    }
    let not_found = SourceError::NotFound { what: what.to_owned() };
    let forbidden = |detail: &str| {
        let said = answer.header("x-error-message").unwrap_or(detail);
        Err(SourceError::Forbidden { what: what.to_owned(), detail: said.to_owned() })
    };
    match (answer.status, answer.header("x-error-code")) {
        (_, Some("GatedRepo")) => forbidden("it is gated behind terms"),
        (StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED, _) | (_, Some("RepoNotFound")) => {
            Err(not_found)
        }
        (StatusCode::FORBIDDEN, _) => forbidden("upstream refuses it"),
        (status, _) => Err(SourceError::Failed {
            host: "the Hub".to_owned(),
            detail: format!("answered with status {}", status.as_u16()),
        }),
    }
}

fn read_json(answer: &Reply, what: &str) -> Result<Value, SourceError> {
    check(answer, what)?;
    serde_json::from_slice(&answer.body).map_err(|_| SourceError::Failed {
        host: "the Hub".to_owned(),
        detail: format!("answered something that is not JSON for {what}"),
    })
}
