//! Where upstreams are, and what we may ask of them.

use clap::Args;
use secrecy::SecretString;
use std::path::PathBuf;
use touchstone_sources::SourceSettings;
use url::Url;

#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Upstreams")]
pub(crate) struct SourceOptions {
    /// The Hugging Face Hub's address
    #[arg(
        long,
        env = "HF_ENDPOINT",
        default_value = "https://huggingface.co",
        value_name = "URL",
        global = true
    )]
    pub(crate) hf_endpoint: Url,
    /// A read token for the Hub: more quota, and gated models its owner may read
    #[arg(long, env = "HF_TOKEN", hide_env_values = true, value_name = "TOKEN", global = true)]
    pub(crate) hf_token: Option<SecretString>,
    /// The address of GitHub's API
    #[arg(
        long,
        env = "GITHUB_API_URL",
        default_value = "https://api.github.com",
        value_name = "URL",
        global = true
    )]
    pub(crate) github_api_url: Url,
    /// A token for GitHub: without one there is little quota and reviews are only sampled
    #[arg(long, env = "GITHUB_TOKEN", hide_env_values = true, value_name = "TOKEN", global = true)]
    pub(crate) github_token: Option<SecretString>,
}

impl SourceOptions {
    pub(crate) fn settings(&self, cache_dir: Option<PathBuf>) -> SourceSettings {
        SourceSettings {
            hugging_face_token: self.hf_token.clone(),
            github_token: self.github_token.clone(),
            cache_dir,
            ..SourceSettings::at(self.hf_endpoint.clone(), self.github_api_url.clone())
        }
    }
}
