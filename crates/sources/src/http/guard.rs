//! Which addresses may be asked: public ones over https, and the endpoints that the operator chose.

use super::Origin;
use crate::SourceError;
use std::net::IpAddr;
use touchstone_domain::source::{is_private_name, is_public};
use url::{Host, Url};

/// What the resolver says of a name that leads to an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not public")]
pub(super) struct NotPublic;

/// The rule, with its exceptions.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    exempt: Vec<Origin>,
}

impl Guard {
    /// With these endpoints exempt, each for exactly its scheme, host and port.
    pub(super) fn new(exempt: &[&Url]) -> Self {
        Self { exempt: exempt.iter().map(|url| Origin::of(url)).collect() }
    }

    /// Whether the address is one of the operator's endpoints.
    pub(super) fn is_exempt(&self, url: &Url) -> bool {
        self.exempt.contains(&Origin::of(url))
    }

    /// Refuses what can be told from the address itself. Literal addresses never reach the
    /// resolver, so they are judged here. The exemption ends where a redirect has left the origin
    /// that was asked first: nobody else may send us to an operator's endpoint.
    pub(super) fn check(&self, url: &Url, at_home: bool) -> Result<(), SourceError> {
        if at_home && self.is_exempt(url) {
            return Ok(());
        }
        let public = url.scheme() == "https"
            && url.username().is_empty()
            && url.password().is_none()
            && match url.host() {
                Some(Host::Domain(name)) => !is_private_name(name),
                Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
                Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
                None => false,
            };
        if public { Ok(()) } else { Err(SourceError::ForbiddenAddress { host: host(url) }) }
    }
}

/// The host of an address, for messages.
pub(super) fn host(url: &Url) -> String {
    url.host_str().unwrap_or("a nameless host").to_owned()
}
