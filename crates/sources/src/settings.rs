//! Where the upstreams are and what may be asked of them.

use secrecy::SecretString;
use std::path::PathBuf;
use url::Url;

/// How upstreams are reached.
#[derive(Debug, Clone)]
pub struct SourceSettings {
    /// The Hub's address (`HF_ENDPOINT`, default `https://huggingface.co`). Its host is exempt from
    /// the ban on private addresses: whoever runs the registry chose it.
    pub hugging_face: Url,
    /// A read token for the Hub (`HF_TOKEN`).
    pub hugging_face_token: Option<SecretString>,
    /// GitHub's API (`GITHUB_API_URL`, default `https://api.github.com`), exempt likewise.
    pub github: Url,
    /// A token for GitHub (`GITHUB_TOKEN`); without one there is no GraphQL and little quota.
    pub github_token: Option<SecretString>,
    /// Where answers are kept for conditional requests; in memory where none is given.
    pub cache_dir: Option<PathBuf>,
}

impl SourceSettings {
    /// The public upstreams, without tokens.
    ///
    /// # Panics
    /// Never: the addresses are constants.
    #[must_use]
    pub fn public() -> Self {
        let constant = |text: &str| Url::parse(text).unwrap_or_else(|_| unreachable!());
        Self {
            hugging_face: constant("https://huggingface.co"),
            hugging_face_token: None,
            github: constant("https://api.github.com"),
            github_token: None,
            cache_dir: None,
        }
    }
}
