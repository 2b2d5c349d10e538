//! How the registry is served.

use anyhow::{Context, Result};
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use touchstone_server::{LogTail, ServerSettings};
use url::Url;

#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Server")]
pub(crate) struct ServerOptions {
    /// The address to listen on; other than loopback, anyone who reaches it may write
    #[arg(long, env = "HOST", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDRESS")]
    pub(crate) host: IpAddr,
    /// The port to listen on; 0 for any that is free
    #[arg(long, env = "PORT", default_value_t = 8000)]
    pub(crate) port: u16,
    /// The address under which clients reach the registry, for links
    #[arg(long, env = "BASE_URL", value_name = "URL")]
    pub(crate) base_url: Option<Url>,
    /// A path prefix that a gateway in front adds, such as /prod
    #[arg(
        long,
        env = "ROOT_PATH",
        default_value = "",
        hide_default_value = true,
        value_name = "PATH"
    )]
    pub(crate) root_path: String,
    /// Proxies whose X-Forwarded headers are believed, as networks
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',', value_name = "NETWORK")]
    pub(crate) trusted_proxies: Vec<String>,
    /// Foreign origins whose pages may write; * for all
    #[arg(long, env = "CORS_ALLOWED_ORIGINS", value_delimiter = ',', value_name = "ORIGIN")]
    pub(crate) cors_allowed_origins: Vec<String>,
    /// Requests a minute that one client may make, downloads apart; 0 for no limit
    #[arg(long, env = "RATE_LIMIT_PER_MINUTE", default_value_t = 600, value_name = "COUNT")]
    pub(crate) rate_limit_per_minute: u32,
    /// Let DELETE /reset empty a registry that is not bound to loopback
    #[arg(long, env = "ALLOW_RESET", default_value_t = false, action = clap::ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    pub(crate) allow_reset: bool,
}

impl ServerOptions {
    /// The address to listen on.
    pub(crate) fn bind(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }

    /// The same for the server.
    pub(crate) fn settings(&self, log_tail: Arc<dyn LogTail>) -> Result<ServerSettings> {
        let networks = self.trusted_proxies.iter().filter(|text| !text.is_empty()).map(|text| {
            text.parse().with_context(|| format!("TRUSTED_PROXIES: {text} is not a network"))
        });
        Ok(ServerSettings {
            bind: self.bind(),
            base_url: self.base_url.clone(),
            root_path: self.root_path.clone(),
            trusted_proxies: networks.collect::<Result<_>>()?,
            cors_allowed_origins: self.cors_allowed_origins.clone(),
            rate_limit_per_minute: self.rate_limit_per_minute,
            allow_reset: self.allow_reset,
            log_tail: Some(log_tail),
            ..ServerSettings::default()
        })
    }
}
