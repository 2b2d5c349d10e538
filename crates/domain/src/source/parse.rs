//! Reading an address that somebody typed into a [`Source`].

use super::{HubKind, Source, is_private_name, is_public};
use crate::artifact::ArtifactType;
use std::net::IpAddr;
use url::{Host, Url};

/// Why an address cannot be a source: one sentence for the client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidSource(pub String);

const MAX_URL_BYTES: usize = 2048;

impl Source {
    /// Reads an address as somebody typed it, for an artifact of the given type.
    ///
    /// # Errors
    /// [`InvalidSource`] where the address is not `http(s)`, carries credentials, names an address
    /// or a name that is not public, or points at something that cannot be of that type.
    pub fn parse(text: &str, kind: ArtifactType) -> Result<Self, InvalidSource> {
        let url = public_url(text)?;
        let source = match url.host_str().unwrap_or_default() {
            "huggingface.co" | "www.huggingface.co" | "hf.co" => hugging_face(&url)?,
            "github.com" | "www.github.com" => github(&url)?,
            _ if url.scheme() != "https" => {
                return Err(invalid("a file outside Hugging Face and GitHub needs an https URL"));
            }
            _ => Self::File { url: without_fragment(url) },
        };
        source.check_type(kind)?;
        Ok(source)
    }

    fn check_type(&self, kind: ArtifactType) -> Result<(), InvalidSource> {
        let Self::HuggingFace { kind: hub, .. } = self else { return Ok(()) };
        let fits = match hub {
            HubKind::Model => kind == ArtifactType::Model,
            HubKind::Dataset => kind == ArtifactType::Dataset,
            HubKind::Space => kind == ArtifactType::Code,
        };
        if fits {
            return Ok(());
        }
        let what = match hub {
            HubKind::Model => "model",
            HubKind::Dataset => "data set",
            HubKind::Space => "space, which is code",
        };
        Err(InvalidSource(format!(
            "the URL names a Hugging Face {what}, so it cannot be registered as {kind}"
        )))
    }
}

fn invalid(problem: &str) -> InvalidSource {
    InvalidSource(problem.to_owned())
}

/// An `http(s)` address without credentials whose host could be public.
fn public_url(text: &str) -> Result<Url, InvalidSource> {
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid("the url is empty"));
    }
    if text.len() > MAX_URL_BYTES {
        return Err(invalid("the url is longer than 2048 bytes"));
    }
    if text.chars().any(char::is_control) {
        return Err(invalid("the url holds control characters"));
    }
    let url = Url::parse(text)
        .map_err(|error| InvalidSource(format!("the url cannot be read: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid("the url must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("the url carries credentials; remove them"));
    }
    let public = match url.host() {
        Some(Host::Domain(name)) => !is_private_name(name),
        Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
        None => false,
    };
    if public { Ok(url) } else { Err(invalid("the url does not name a public host")) }
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

fn segments(url: &Url) -> Result<Vec<String>, InvalidSource> {
    url.path_segments()
        .into_iter()
        .flatten()
        .filter(|segment| !segment.is_empty())
        .map(|segment| {
            percent_encoding::percent_decode_str(segment)
                .decode_utf8()
                .map(std::borrow::Cow::into_owned)
                .map_err(|_| invalid("the url's path is not UTF-8"))
        })
        .collect()
}

/// Words that follow a repository in an address and say which view of it is shown.
const VIEWS: [&str; 7] = ["tree", "blob", "resolve", "raw", "commit", "commits", "discussions"];

fn hugging_face(url: &Url) -> Result<Source, InvalidSource> {
    let segments = segments(url)?;
    let mut rest: Vec<&str> = segments.iter().map(String::as_str).collect();
    let kind = match rest.first() {
        Some(&"datasets") => HubKind::Dataset,
        Some(&"spaces") => HubKind::Space,
        _ => HubKind::Model,
    };
    if kind != HubKind::Model || rest.first() == Some(&"models") {
        rest.remove(0);
    }
    let view = rest.iter().position(|segment| VIEWS.contains(segment)).filter(|at| *at > 0);
    let (repository, tail) = match view {
        Some(at) => rest.split_at(at),
        None => (rest.as_slice(), [].as_slice()),
    };
    if !matches!(repository.len(), 1 | 2) {
        return Err(invalid("the url does not name a Hugging Face repository (owner/name)"));
    }
    let repository = repository.join("/");
    if !is_hub_repository(&repository) {
        return Err(invalid("the url does not name a valid Hugging Face repository (owner/name)"));
    }
    Ok(Source::HuggingFace { kind, repository, revision: named_revision(tail)? })
}

fn github(url: &Url) -> Result<Source, InvalidSource> {
    let segments = segments(url)?;
    let [owner, name, tail @ ..] = segments.as_slice() else {
        return Err(invalid("the url does not name a GitHub repository (owner/name)"));
    };
    let name = name.strip_suffix(".git").unwrap_or(name);
    let plain = |word: &str| {
        !word.is_empty()
            && word.len() <= 100
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            && !matches!(word, "." | "..")
    };
    if !plain(owner) || !plain(name) {
        return Err(invalid("the url does not name a valid GitHub repository (owner/name)"));
    }
    let tail: Vec<&str> = tail.iter().map(String::as_str).collect();
    Ok(Source::GitHub { repository: format!("{owner}/{name}"), revision: named_revision(&tail)? })
}

/// The revision in `tree/REVISION…`. `main`, `master` and `HEAD` are the default branch by another
/// name and pin nothing.
fn named_revision(tail: &[&str]) -> Result<Option<String>, InvalidSource> {
    let [view, revision, ..] = tail else { return Ok(None) };
    if !matches!(*view, "tree" | "blob" | "resolve" | "raw" | "commit") {
        return Ok(None);
    }
    if matches!(*revision, "main" | "master" | "HEAD") {
        return Ok(None);
    }
    let plain = revision.len() <= 200
        && !revision.contains("..")
        && revision
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'+'));
    if plain {
        Ok(Some((*revision).to_owned()))
    } else {
        Err(invalid("the revision in the url is not a valid branch, tag or commit"))
    }
}

/// The Hub's own rule: at most 96 characters of `[A-Za-z0-9._-]` with at most one `/`, no part that
/// begins or ends with `-` or `.`, no `--` and no `..`.
fn is_hub_repository(repository: &str) -> bool {
    repository.len() <= 96
        && !repository.contains("--")
        && !repository.contains("..")
        && repository.split('/').count() <= 2
        && repository.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with(['-', '.'])
                && !part.ends_with(['-', '.'])
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        })
}

/// The source of a model that a card or a configuration names: `owner/name`, or a Hub address.
/// Nothing for local paths and other words.
#[must_use]
pub fn canonical_model(name: &str) -> Option<Source> {
    let name = name.trim();
    if name.starts_with("http://") || name.starts_with("https://") {
        return Source::parse(name, ArtifactType::Model)
            .ok()
            .filter(|source| matches!(source, Source::HuggingFace { .. }));
    }
    is_hub_repository(name).then(|| Source::HuggingFace {
        kind: HubKind::Model,
        repository: name.to_owned(),
        revision: None,
    })
}
