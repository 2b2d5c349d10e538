//! Who is asking: the address at the other end, or the one that a trusted proxy vouches for.

use crate::state::Served;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{Extensions, HeaderMap, request::Parts};
use ipnet::IpNet;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use touchstone_domain::audit::Caller;

/// Whoever asked, as the audit trail names them.
pub(crate) struct Client(pub(crate) Caller);

impl FromRequestParts<Arc<Served>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        served: &Arc<Served>,
    ) -> Result<Self, Infallible> {
        let address =
            client_address(&parts.headers, &parts.extensions, &served.settings.trusted_proxies);
        Ok(Self(Caller { name: format!("anonymous@{address}"), is_admin: false }))
    }
}

/// The client's address. Of the addresses in `X-Forwarded-For` the last one that is no trusted
/// proxy counts: whatever stands before it was written by somebody we do not trust.
pub(crate) fn client_address(
    headers: &HeaderMap,
    extensions: &Extensions,
    trusted: &[IpNet],
) -> IpAddr {
    let peer = peer_address(extensions);
    if !trusts(trusted, peer) {
        return peer;
    }
    let mut nearest = peer;
    let forwarded = headers.get_all("x-forwarded-for").iter().rev();
    for hop in forwarded.filter_map(|value| value.to_str().ok()).flat_map(|value| value.rsplit(','))
    {
        let Ok(address) = hop.trim().parse::<IpAddr>() else { return nearest };
        nearest = address.to_canonical();
        if !trusts(trusted, nearest) {
            return nearest;
        }
    }
    nearest
}

/// Whether the other end of the connection is a proxy whose headers are believed.
pub(crate) fn is_trusted_proxy(extensions: &Extensions, trusted: &[IpNet]) -> bool {
    trusts(trusted, peer_address(extensions))
}

fn trusts(trusted: &[IpNet], address: IpAddr) -> bool {
    trusted.iter().any(|net| net.contains(&address))
}

/// The other end of the connection; unspecified where the server did not say.
fn peer_address(extensions: &Extensions) -> IpAddr {
    extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_of(peer: [u8; 4], forwarded: &str) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from((peer, 1234))));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        client_address(&headers, &extensions, &["10.0.0.0/8".parse().unwrap()]).to_string()
    }

    #[test]
    fn strangers_cannot_choose_their_address() {
        assert_eq!(address_of([192, 0, 2, 1], "203.0.113.9"), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_vouches_for_its_client() {
        assert_eq!(address_of([10, 0, 0, 1], "203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn what_a_client_wrote_before_the_proxies_is_not_believed() {
        assert_eq!(address_of([10, 0, 0, 1], "127.0.0.1, 203.0.113.9, 10.0.0.2"), "203.0.113.9");
    }

    #[test]
    fn nonsense_ends_the_search_at_the_last_good_hop() {
        assert_eq!(address_of([10, 0, 0, 1], "203.0.113.9, unknown"), "10.0.0.1");
    }
}
