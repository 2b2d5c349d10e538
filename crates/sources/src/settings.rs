//! Where the upstreams are and what may be asked of them.

use crate::http::{Names, SystemNames};
use secrecy::SecretString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// How upstreams are reached.
#[derive(Debug, Clone)]
pub struct SourceSettings {
    /// The Hub's address (`HF_ENDPOINT`, default `https://huggingface.co`). Its origin is exempt
    /// from the ban on private addresses: whoever runs the registry chose it.
    pub hugging_face: Url,
    /// A read token for the Hub (`HF_TOKEN`).
    pub hugging_face_token: Option<SecretString>,
    /// GitHub's API (`GITHUB_API_URL`, default `https://api.github.com`), exempt likewise.
    pub github: Url,
    /// A token for GitHub (`GITHUB_TOKEN`); without one there is no GraphQL and little quota.
    pub github_token: Option<SecretString>,
    /// Where answers are kept for conditional requests; in memory where none is given.
    pub cache_dir: Option<PathBuf>,
    /// How long upstream may take.
    pub patience: Patience,
    /// How names become addresses.
    pub names: Arc<dyn Names>,
}

/// How long upstream may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// To take a connection.
    pub connect: Duration,
    /// To give a whole document.
    pub document: Duration,
    /// Between two pieces of a file.
    pub between_pieces: Duration,
    /// Before the first of three attempts is repeated; doubled before the next.
    pub first_retry: Duration,
    /// That a limit may ask us to wait in place; longer waits are left to the caller.
    pub wait_in_place: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            document: Duration::from_secs(20),
            between_pieces: Duration::from_secs(30),
            first_retry: Duration::from_millis(250),
            wait_in_place: Duration::from_secs(3),
        }
    }
}

impl SourceSettings {
    /// Upstreams at these addresses, without tokens, their answers kept in memory.
    #[must_use]
    pub fn at(hugging_face: Url, github: Url) -> Self {
        Self {
            hugging_face,
            hugging_face_token: None,
            github,
            github_token: None,
            cache_dir: None,
            patience: Patience::default(),
            names: Arc::new(SystemNames),
        }
    }
}
