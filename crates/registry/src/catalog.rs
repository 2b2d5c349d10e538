//! Browsing what is registered.

use crate::{Registry, RegistryError};
use touchstone_domain::catalog::{CatalogEntry, CatalogSummary};
use touchstone_domain::{ArtifactId, ArtifactType, Page};
use touchstone_store::{CatalogQuery, Counts};

impl Registry {
    /// A page of at most `limit` entries behind the cursor `after` of an earlier page.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] where the search takes too long.
    pub async fn browse(
        &self,
        query: &CatalogQuery,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Page<CatalogEntry>, RegistryError> {
        let budget = self.inner.settings.search_budget;
        let page = self.inner.store.browse(query, after, limit, budget).await?;
        page.ok_or_else(|| {
            RegistryError::Invalid(
                "the search takes too long; narrow it down, or search for a word of three letters \
                 or more"
                    .to_owned(),
            )
        })
    }

    /// The entry of one artifact, whatever its status.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] where there is none with this id and type.
    pub async fn catalog_entry(
        &self,
        kind: ArtifactType,
        id: &ArtifactId,
    ) -> Result<CatalogEntry, RegistryError> {
        let found = self.inner.store.entry(id).await?;
        found
            .filter(|entry| entry.artifact.kind == kind)
            .ok_or_else(|| RegistryError::NotFound(format!("there is no {kind} with the id {id}")))
    }

    /// The catalogue as a whole, with how many artifacts there are of each type.
    pub async fn catalog_summary(&self) -> Result<(CatalogSummary, Counts), RegistryError> {
        let store = &self.inner.store;
        Ok((store.summary().await?, store.counts().await?))
    }
}
