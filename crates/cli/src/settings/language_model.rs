//! Which language model grades texts, if any.

use clap::Args;
use secrecy::SecretString;
use touchstone_sources::LanguageModelSettings;
use url::Url;

#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Language model")]
pub(crate) struct LanguageModelOptions {
    /// The server that grades texts, as what /chat/completions follows; asked only with a key
    #[arg(long, env = "LLM_BASE_URL", value_name = "URL", global = true)]
    pub(crate) llm_base_url: Option<Url>,
    /// The name of the model to ask there
    #[arg(long, env = "LLM_MODEL", value_name = "NAME", global = true)]
    pub(crate) llm_model: Option<String>,
    /// The key for it
    #[arg(long, env = "LLM_API_KEY", hide_env_values = true, value_name = "KEY", global = true)]
    pub(crate) llm_api_key: Option<SecretString>,
    /// The same, where no `LLM_API_KEY` is set
    #[arg(
        long,
        env = "GEN_AI_STUDIO_API_KEY",
        hide_env_values = true,
        value_name = "KEY",
        global = true
    )]
    pub(crate) gen_ai_studio_api_key: Option<SecretString>,
}

impl LanguageModelOptions {
    /// Nothing where the address, the name or the key is missing.
    pub(crate) fn settings(&self) -> Option<LanguageModelSettings> {
        let key = self.llm_api_key.as_ref().or(self.gen_ai_studio_api_key.as_ref())?;
        Some(LanguageModelSettings {
            base_url: self.llm_base_url.clone()?,
            model: self.llm_model.clone()?,
            key: key.clone(),
            patience: LanguageModelSettings::PATIENCE,
        })
    }
}
