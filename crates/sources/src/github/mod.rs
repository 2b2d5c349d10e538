//! GitHub: repositories of code, their history and their archives.

mod archive;
mod complete;
mod documents;
mod graphql;
mod people;
mod repository;
mod rest;
mod sampled;
mod tar;
mod wire;

use crate::http::{Ask, Http, Reply, failed};
use crate::{FileStream, Snapshot, SnapshotInfo, SourceError};
use reqwest::StatusCode;
use serde_json::Value;
use std::sync::Arc;
use touchstone_domain::facts::{Document, License, RepositoryInfo};
use touchstone_domain::{Fact, Missing, Source};
use url::Url;

/// GitHub cuts trees at 7 MB; its other answers are far smaller.
const MOST_JSON_BYTES: usize = 20 * 1024 * 1024;
/// The largest text that is read.
const MOST_DOCUMENT_BYTES: usize = 5 * 1024 * 1024;
const JSON: &str = "application/vnd.github+json";
const RAW: &str = "application/vnd.github.raw+json";

/// GitHub's door.
#[derive(Clone)]
pub(crate) struct GitHub {
    http: Arc<Http>,
}

impl GitHub {
    pub(crate) fn new(http: Arc<Http>) -> Self {
        Self { http }
    }

    /// Pins the commit behind a revision, the default branch where none is given.
    pub(crate) async fn resolve(
        &self,
        name: &str,
        revision: Option<&str>,
    ) -> Result<Snapshot, SourceError> {
        let info = self.info(name).await?;
        let now = info.full_name.clone();
        let branch = crate::hugging_face::encoded(revision.unwrap_or(&info.default_branch));
        let head = self.json(&format!("repos/{now}/commits/{branch}"), name).await?;
        let commit = head["sha"].as_str().map(str::to_owned);
        let commit = commit.ok_or_else(|| self.nonsense("names no commit"))?;
        let tree = self.tree(&now, &commit).await?;
        if tree.truncated {
            return Err(SourceError::TooLarge {
                what: format!("the file list of {now}"),
                limit_bytes: MOST_JSON_BYTES as u64,
            });
        }
        let renamed = !now.eq_ignore_ascii_case(name);
        Ok(Snapshot {
            source: Source::GitHub { repository: now, revision: None },
            commit,
            renamed_from: renamed.then(|| name.to_owned()),
            info: SnapshotInfo::GitHub(Box::new(info)),
            files: tree.files,
        })
    }

    async fn info(&self, name: &str) -> Result<RepositoryInfo, SourceError> {
        let described = self.json(&format!("repos/{name}"), name).await?;
        wire::info(&described).ok_or_else(|| self.nonsense("describes a repository without a name"))
    }

    /// The licence as GitHub and the licence file state it.
    pub(crate) async fn license(&self, name: &str) -> Fact<License> {
        let seen_at = format!("https://github.com/{name}");
        match self.json(&format!("repos/{name}/license"), name).await {
            Ok(said) => match wire::license(&said) {
                Some(license) => Fact::known(license_page(&seen_at, &license), license),
                None => Fact::missing(seen_at, Missing::Absent),
            },
            Err(error) => Fact::missing(seen_at, error.to_missing()),
        }
    }

    /// The README, where the file list has one.
    pub(crate) async fn readme(&self, snapshot: &Snapshot) -> Fact<Document> {
        let name = snapshot.source.repository();
        let listed = snapshot.files.iter().map(|file| file.path.as_str());
        let Some(path) = documents::readme(listed) else {
            let seen_at = snapshot.source.page_url();
            return Fact::missing(seen_at, Missing::Absent);
        };
        let seen_at = snapshot.source.file_url(&snapshot.commit, path);
        let asked = async {
            let ask = self.contents(name, &snapshot.commit, path)?;
            let answer = self.http.document(ask).await?;
            self.check(&answer, &format!("{path} of {name}"))?;
            Ok::<_, SourceError>(String::from_utf8_lossy(&answer.body).into_owned())
        };
        match asked.await {
            Ok(text) => Fact::known(seen_at, Document { path: path.to_owned(), text }),
            Err(error) => Fact::missing(seen_at, error.to_missing()),
        }
    }

    /// One file's bytes.
    pub(crate) async fn open_file(
        &self,
        name: &str,
        commit: &str,
        path: &str,
        offset: u64,
    ) -> Result<FileStream, SourceError> {
        let ask = self.contents(name, commit, path)?;
        let streamed = self.http.stream(&ask, offset).await?;
        if !streamed.status.is_success() {
            let reply = Reply::without_body(streamed.status, &streamed.headers);
            self.check(&reply, &format!("{path} of {name}"))?;
        }
        Ok(crate::snapshot::file_stream(streamed))
    }

    fn contents(&self, name: &str, commit: &str, path: &str) -> Result<Ask, SourceError> {
        let path: Vec<String> = path.split('/').map(crate::hugging_face::encoded).collect();
        let mut url = self.address(&format!("repos/{name}/contents/{}", path.join("/")))?;
        url.set_query(Some(&format!("ref={commit}")));
        let limit_bytes = MOST_DOCUMENT_BYTES;
        Ok(Ask { accept: RAW, limit_bytes, immutable: true, ..self.ask(url) })
    }

    /// The JSON at a path of the API; `name` is the repository that it is about.
    async fn json(&self, path: &str, name: &str) -> Result<Value, SourceError> {
        let answer = self.http.document(self.ask(self.address(path)?)).await?;
        self.check(&answer, &format!("the repository {name}"))?;
        if answer.status == StatusCode::NO_CONTENT {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&answer.body)
            .map_err(|_| self.nonsense("answered something that is not JSON"))
    }

    fn address(&self, path: &str) -> Result<Url, SourceError> {
        let base = self.http.settings().github.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}/{path}"))
            .map_err(|error| SourceError::Settings(error.to_string()))
    }

    fn ask(&self, url: Url) -> Ask {
        Ask {
            url,
            accept: JSON,
            token: self.http.settings().github_token.clone(),
            limit_bytes: MOST_JSON_BYTES,
            immutable: false,
            resource: "core",
            body: None,
        }
    }

    fn check(&self, answer: &Reply, what: &str) -> Result<(), SourceError> {
        match answer.status {
            status if status.is_success() => Ok(()),
            // 409 is an empty repository, 451 one that was taken down.
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::CONFLICT => {
                Err(SourceError::NotFound { what: what.to_owned() })
            }
            StatusCode::UNAUTHORIZED
            | StatusCode::FORBIDDEN
            | StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => Err(SourceError::Forbidden {
                what: what.to_owned(),
                detail: "GitHub refuses it".to_owned(),
            }),
            status => Err(self.nonsense(&format!("answered with status {}", status.as_u16()))),
        }
    }

    fn nonsense(&self, detail: &str) -> SourceError {
        failed(&self.http.settings().github, detail.to_owned())
    }

    /// The cheapest question: it counts against no limit.
    pub(crate) fn probe(&self) -> Result<Ask, SourceError> {
        Ok(self.ask(self.address("rate_limit")?))
    }
}

/// Where a reader sees a licence.
fn license_page(repository_page: &str, license: &License) -> String {
    let path = license.file.as_ref().map_or("LICENSE", |file| file.path.as_str());
    format!("{repository_page}/blob/HEAD/{path}")
}
