//! What an operator may set about HTTP.

use ipnet::IpNet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// How the registry is served.
#[derive(Clone)]
pub struct ServerSettings {
    /// The address that is listened on. Bound to loopback, only requests for loopback names are
    /// answered. [`crate::serve()`] puts the listener's own address here.
    pub bind: SocketAddr,
    /// The address under which clients reach the registry (`BASE_URL`); links are made from the
    /// request where there is none.
    pub base_url: Option<Url>,
    /// A path prefix that a gateway in front adds, such as `/prod` (`ROOT_PATH`); empty for none.
    pub root_path: String,
    /// Proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Foreign origins whose pages may write (`CORS_ALLOWED_ORIGINS`); `*` for all.
    pub cors_allowed_origins: Vec<String>,
    /// Requests a minute that one client may make (`RATE_LIMIT_PER_MINUTE`), downloads apart;
    /// 0 for no limit.
    pub rate_limit_per_minute: u32,
    /// How long the body of a request may take to arrive; 30 seconds.
    pub body_within: Duration,
    /// Whether `DELETE /reset` works where others than this machine can reach the registry
    /// (`ALLOW_RESET`).
    pub allow_reset: bool,
    /// The version that is told to clients.
    pub version: &'static str,
    /// Where the log can be read.
    pub log_tail: Option<Arc<dyn LogTail>>,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 8000)),
            base_url: None,
            root_path: String::new(),
            trusted_proxies: Vec::new(),
            cors_allowed_origins: Vec::new(),
            rate_limit_per_minute: 600,
            body_within: Duration::from_secs(30),
            allow_reset: false,
            version: env!("CARGO_PKG_VERSION"),
            log_tail: None,
        }
    }
}

/// The end of the log, by who wrote it.
pub trait LogTail: Send + Sync {
    /// The newest lines of a component, oldest first, at most so many.
    fn tail(&self, component: &str, lines: usize) -> Vec<String>;
}
