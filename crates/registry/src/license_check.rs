//! Whether a model may be used in a product.

use crate::{Pinned, Registry, RegistryError};
use touchstone_domain::facts::License;
use touchstone_domain::license::{LicenseAnswer, Use};
use touchstone_domain::{ArtifactId, ArtifactType, Fact, Missing, Source};

/// What is asked where nothing is named: to build on the model and to run it.
const DEFAULT_USES: [Use; 2] = [Use::FineTune, Use::Run];

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
        id: &ArtifactId,
        github_url: &str,
        uses: &[Use],
    ) -> Result<LicenseAnswer, RegistryError> {
        let product = product(github_url)?;
        self.settled(ArtifactType::Model, id, None).await?;
        let Pinned { revision, .. } = self.pinned(ArtifactType::Model, id, None).await?;
        let mut facts = self.inner.store.facts(&revision.id).await?.ok_or_else(|| {
            RegistryError::NotFound("nothing is known of this model's licence yet".to_owned())
        })?;
        self.refresh_ancestors(&mut facts.parents).await?;
        let license = self.inner.sources.license(&product).await;
        let seen_at = license.seen_at.clone();
        let target = self.target_license(&product, license).await?;
        let uses = if uses.is_empty() { &DEFAULT_USES } else { uses };
        Ok(touchstone_rating::license_check(&facts, target.as_deref(), Some(&seen_at), uses))
    }

    /// The licence of the product; nothing where its repository states none.
    async fn target_license(
        &self,
        product: &Source,
        license: Fact<License>,
    ) -> Result<Option<String>, RegistryError> {
        match license.found {
            Ok(license) => Ok(touchstone_rating::license_of_product(&license)),
            // A repository without a licence and one that does not exist answer alike.
            Err(Missing::Absent) => match self.inner.sources.resolve(product).await {
                Ok(_) => Ok(None),
                Err(error) if error.is_passing() => {
                    Err(RegistryError::UpstreamUnavailable(error.to_string()))
                }
                Err(error) => Err(RegistryError::NotFound(error.to_string())),
            },
            Err(Missing::Forbidden) => {
                Err(RegistryError::NotFound(format!("{product} is not open to the registry")))
            }
            Err(_) => Err(RegistryError::UpstreamUnavailable(format!(
                "the licence of {product} could not be looked up; try again later"
            ))),
        }
    }
}

fn product(github_url: &str) -> Result<Source, RegistryError> {
    match Source::parse(github_url, ArtifactType::Code) {
        Ok(source @ Source::GitHub { .. }) => Ok(source),
        Ok(_) => Err(RegistryError::Invalid(
            "github_url must be the address of a GitHub repository".to_owned(),
        )),
        Err(error) => Err(RegistryError::Invalid(error.to_string())),
    }
}
