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
    /// The language model that grades texts, where there is one.
    pub language_model: Option<LanguageModelSettings>,
    /// Where answers are kept for conditional requests; in memory where none is given.
    pub cache_dir: Option<PathBuf>,
    /// How long upstream may take.
    pub patience: Patience,
    /// How names become addresses.
    pub names: Arc<dyn Names>,
}

/// A language model behind a server that speaks the chat-completions protocol.
#[derive(Debug, Clone)]
pub struct LanguageModelSettings {
    /// The address that `/chat/completions` follows (`LLM_BASE_URL`); its origin is exempt from the
    /// ban on private addresses.
    pub base_url: Url,
    /// The model's name (`LLM_MODEL`).
    pub model: String,
    /// The key (`LLM_API_KEY`, else `GEN_AI_STUDIO_API_KEY`).
    pub key: SecretString,
    /// How long each of two attempts may take.
    pub patience: Duration,
}

impl LanguageModelSettings {
    /// How long an attempt may take where nothing else is said.
    pub const PATIENCE: Duration = Duration::from_secs(10);
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
    /// The addresses that whoever runs the registry chose.
    pub(crate) fn endpoints(&self) -> Vec<&Url> {
        let language_model = self.language_model.as_ref().map(|settings| &settings.base_url);
        [&self.hugging_face, &self.github].into_iter().chain(language_model).collect()
    }

    /// Upstreams at these addresses, without tokens, their answers kept in memory.
    #[must_use]
    pub fn at(hugging_face: Url, github: Url) -> Self {
        Self {
            hugging_face,
            hugging_face_token: None,
            github,
            github_token: None,
            language_model: None,
            cache_dir: None,
            patience: Patience::default(),
            names: Arc::new(SystemNames),
        }
    }
}
