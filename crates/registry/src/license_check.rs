//! Whether a model may be used in a product.

use crate::{Registry, RegistryError};
use touchstone_domain::ArtifactId;
use touchstone_domain::license::{LicenseAnswer, Use};

impl Registry {
    /// Whether the model may be used in the product of a GitHub repository in each of these ways;
    /// fine-tuning and running where none is named.
    ///
    /// # Errors
    /// [`RegistryError::Invalid`] for an address that is not a GitHub repository;
    /// [`RegistryError::NotFound`] for an unknown model or repository;
    /// [`RegistryError::UpstreamUnavailable`] where the repository's licence could not be had.
    pub async fn license_check(
        &self,
        _id: &ArtifactId,
        _github_url: &str,
        _uses: &[Use],
    ) -> Result<LicenseAnswer, RegistryError> {
        todo!()
    }
}
