//! Query parameters, under each spelling that clients use.

use super::page;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::ops::RangeInclusive;
use std::time::Duration;
use touchstone_domain::PageRequest;
use url::form_urlencoded;

/// The longest time that a request may ask to wait, in seconds.
const MAX_WAIT_SECONDS: u64 = 600;

/// The query of a request. Parameters that nobody asks for are ignored.
pub(crate) struct Query(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

impl Query {
    fn read(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// The first value under any of these spellings.
    pub(crate) fn text(&self, spellings: &[&str]) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| spellings.contains(&name.as_str()))
            .map(|(_, value)| value.as_str())
    }

    /// The words of a list: comma separated, repeated, or both.
    pub(crate) fn words<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|word| !word.is_empty())
    }

    /// A whole number within the range.
    pub(crate) fn integer(
        &self,
        spellings: &[&str],
        range: RangeInclusive<u64>,
    ) -> Result<Option<u64>, Problem> {
        let Some(text) = self.text(spellings) else { return Ok(None) };
        match text.parse() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            _ => Err(Problem::Invalid(format!(
                "{} must be a whole number from {} to {}",
                spellings.join(" or "),
                range.start(),
                range.end()
            ))),
        }
    }

    /// True or false; false where nothing is said.
    pub(crate) fn flag(&self, spellings: &[&str]) -> Result<bool, Problem> {
        match self.text(spellings) {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(_) => {
                Err(Problem::Invalid(format!("{} must be true or false", spellings.join(" or "))))
            }
        }
    }

    /// The upstream commit of the revision that is asked for.
    pub(crate) fn revision(&self) -> Result<Option<&str>, Problem> {
        let Some(commit) = self.text(&["revision"]) else { return Ok(None) };
        let plain =
            (1..=64).contains(&commit.len()) && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        if plain {
            Ok(Some(commit))
        } else {
            Err(Problem::Invalid(
                "revision must be a commit of at most 64 hexadecimal digits".to_owned(),
            ))
        }
    }

    /// How long to wait for a model that is being ingested.
    pub(crate) fn wait(&self) -> Result<Option<Duration>, Problem> {
        Ok(self.integer(&["wait"], 0..=MAX_WAIT_SECONDS)?.map(Duration::from_secs))
    }

    /// Which page of a list is wanted.
    pub(crate) fn page(&self) -> Result<PageRequest, Problem> {
        let limit = self.integer(&["limit"], 1..=u64::from(PageRequest::MAX_LIMIT))?;
        let limit = limit.and_then(|limit| u32::try_from(limit).ok());
        Ok(PageRequest {
            start: page::start(self.text(&["offset"]).unwrap_or_default())?,
            limit: limit.unwrap_or(PageRequest::DEFAULT_LIMIT),
        })
    }
}
