//! Finding artifacts: by query, by name, by regular expression.

use crate::{Registry, RegistryError};
use touchstone_domain::{Artifact, ArtifactName, Page, PageRequest};
use touchstone_store::{ArtifactQuery, ListQuery, SearchPattern, SortOrder};

impl Registry {
    /// A page of a list.
    pub async fn list(
        &self,
        query: &ListQuery,
        page: &PageRequest,
    ) -> Result<Page<Artifact>, RegistryError> {
        Ok(self.inner.store.list(query, page).await?)
    }

    /// Every artifact with this name, letter case ignored, at most a thousand.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] where there is none.
    pub async fn by_name(&self, name: ArtifactName) -> Result<Vec<Artifact>, RegistryError> {
        let query = ListQuery {
            any_of: vec![ArtifactQuery { name: Some(name), kinds: Vec::new() }],
            order: SortOrder::Created,
        };
        let page = PageRequest { limit: PageRequest::MAX_LIMIT, ..PageRequest::first() };
        let found = self.inner.store.list(&query, &page).await?.items;
        if found.is_empty() {
            return Err(RegistryError::NotFound("no artifact has this name".to_owned()));
        }
        Ok(found)
    }

    /// A page of the artifacts whose name or README matches a regular expression.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] for a pattern that is empty, wrong, too large or too expensive;
    /// [`RegistryError::NotFound`] where nothing matches.
    pub async fn by_regex(
        &self,
        pattern: &str,
        page: &PageRequest,
    ) -> Result<Page<Artifact>, RegistryError> {
        let pattern = SearchPattern::parse(pattern)
            .map_err(|error| RegistryError::Invalid(error.to_string()))?;
        let budget = self.inner.settings.search_budget;
        let found = self.inner.store.search(&pattern, page, budget).await?.ok_or_else(|| {
            RegistryError::Invalid(
                "the regular expression takes too long to search; add a literal of three letters \
                 or more"
                    .to_owned(),
            )
        })?;
        if found.items.is_empty() {
            return Err(RegistryError::NotFound(
                "no artifact matches this regular expression".to_owned(),
            ));
        }
        Ok(found)
    }
}
