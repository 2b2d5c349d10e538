//! A plain file on any public host.

use crate::http::{Ask, Http, Streamed, failed};
use crate::{FileStream, Snapshot, SnapshotInfo, SourceError};
use reqwest::StatusCode;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use touchstone_domain::Source;
use touchstone_domain::facts::RepositoryFile;
use url::Url;

/// Files of other hosts.
#[derive(Clone)]
pub(crate) struct PlainFiles {
    http: Arc<Http>,
}

impl PlainFiles {
    pub(crate) fn new(http: Arc<Http>) -> Self {
        Self { http }
    }

    /// Pins the file by a digest of its validators: entity tag, time and size.
    pub(crate) async fn resolve(&self, url: &Url) -> Result<Snapshot, SourceError> {
        let streamed = self.http.stream(&ask(url), 0).await?;
        check(url, streamed.status)?;
        let commit = commit(url, &streamed);
        let source = Source::File { url: url.clone() };
        let file = RepositoryFile {
            path: source.default_name().to_owned(),
            size_bytes: crate::snapshot::file_stream(streamed).size_bytes,
            sha256: None,
            git_sha1: None,
        };
        Ok(Snapshot {
            source,
            commit,
            renamed_from: None,
            info: SnapshotInfo::File,
            files: vec![file],
        })
    }

    /// The bytes, where the file is still the one that was pinned.
    pub(crate) async fn open(
        &self,
        url: &Url,
        pinned: &str,
        offset: u64,
    ) -> Result<FileStream, SourceError> {
        let streamed = self.http.stream(&ask(url), offset).await?;
        check(url, streamed.status)?;
        if commit(url, &streamed) != pinned {
            return Err(failed(url, "has changed the file since it was registered".to_owned()));
        }
        Ok(crate::snapshot::file_stream(streamed))
    }
}

/// A digest of what tells versions of the file apart. The whole's size is among it: a part's
/// answer names it too.
fn commit(url: &Url, streamed: &Streamed) -> String {
    let text = |name: &str| streamed.headers.get(name).and_then(|value| value.to_str().ok());
    let whole = match streamed.status {
        StatusCode::PARTIAL_CONTENT => {
            text("content-range").and_then(|range| Some(range.rsplit_once('/')?.1))
        }
        _ => text("content-length"),
    };
    let validators = [text("etag"), text("last-modified"), whole].map(Option::unwrap_or_default);
    let digest = Sha256::digest(format!("{url}\n{}", validators.join("\n")));
    touchstone_domain::Sha256::from_digest(&digest.into()).as_str().to_owned()
}

fn ask(url: &Url) -> Ask {
    Ask {
        url: url.clone(),
        accept: "*/*",
        token: None,
        limit_bytes: 0,
        immutable: false,
        resource: "files",
        body: None,
    }
}

fn check(url: &Url, status: StatusCode) -> Result<(), SourceError> {
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            Err(SourceError::NotFound { what: url.to_string() })
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(SourceError::Forbidden {
            what: url.to_string(),
            detail: "its host refuses it".to_owned(),
        }),
        status => Err(failed(url, format!("answered with status {}", status.as_u16()))),
    }
}
