//! The words in a path: an artifact's type, its id, its name.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use std::str::FromStr;
use touchstone_domain::{ArtifactId, ArtifactName, ArtifactType};

/// An artifact by its type and id. On paths that name no type it is a model.
pub(crate) struct ArtifactPath {
    pub(crate) kind: ArtifactType,
    pub(crate) id: ArtifactId,
}

/// A model beside others.
pub(crate) struct ModelsPath(pub(crate) Vec<ArtifactId>);

/// A type alone.
pub(crate) struct TypePath(pub(crate) ArtifactType);

/// A name.
pub(crate) struct NamePath(pub(crate) ArtifactName);

/// One other word of the path: a component, a job.
pub(crate) struct WordPath(pub(crate) String);

struct Words(RawPathParams);

impl Words {
    async fn read<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match RawPathParams::from_request_parts(parts, state).await {
            Ok(words) => Ok(Self(words)),
            Err(_) => Err(Problem::Invalid("the path is not valid UTF-8".to_owned())),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, word)| word)
    }

    fn parse<T>(&self, name: &str) -> Result<T, Problem>
    where
        T: FromStr,
        Problem: From<T::Err>,
    {
        Ok(self.text(name).unwrap_or_default().parse()?)
    }

    fn kind(&self) -> Result<ArtifactType, Problem> {
        match self.text("artifact_type") {
            Some(_) => self.parse("artifact_type"),
            None => Ok(ArtifactType::Model),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ArtifactPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let words = Words::read(parts, state).await?;
        Ok(Self { kind: words.kind()?, id: words.parse("id")? })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ModelsPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let words = Words::read(parts, state).await?;
        let others = words.text("others").unwrap_or_default().split(',');
        let mut ids = vec![words.parse("id")?];
        for other in others {
            ids.push(other.parse()?);
        }
        Ok(Self(ids))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for TypePath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Words::read(parts, state).await?.kind().map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for NamePath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Words::read(parts, state).await?.parse("name").map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for WordPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let words = Words::read(parts, state).await?;
        Ok(Self(words.0.iter().next().map(|(_, word)| word.to_owned()).unwrap_or_default()))
    }
}
