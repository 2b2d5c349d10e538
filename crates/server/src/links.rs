//! Links to ourselves, under the address by which the client knows us.

use crate::extract::is_trusted_proxy;
use crate::settings::ServerSettings;
use crate::state::Served;
use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, request::Parts};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::convert::Infallible;
use std::sync::Arc;
use touchstone_domain::Artifact;
use url::Url;

/// The address of this registry without a trailing slash, as the client of a request knows it.
pub(crate) struct Links(String);

impl FromRequestParts<Arc<Served>> for Links {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        served: &Arc<Served>,
    ) -> Result<Self, Infallible> {
        Ok(Self::of(parts, &served.settings))
    }
}

impl Links {
    /// `BASE_URL`, else what a trusted proxy says, else the `Host` header.
    fn of(parts: &Parts, settings: &ServerSettings) -> Self {
        if let Some(base) = &settings.base_url {
            return Self::under(base.as_str().trim_end_matches('/'), &settings.root_path);
        }
        let proxied = is_trusted_proxy(&parts.extensions, &settings.trusted_proxies);
        let forwarded = |name| proxied.then(|| forwarded(&parts.headers, name)).flatten();
        let scheme = match forwarded("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        let host = forwarded("x-forwarded-host")
            .and_then(|host| host.parse::<Authority>().ok())
            .or_else(|| requested_host(&parts.uri, &parts.headers))
            .map_or_else(|| settings.bind.to_string(), |host| host.to_string());
        Self::under(&format!("{scheme}://{host}"), &settings.root_path)
    }

    fn under(base: &str, root_path: &str) -> Self {
        if base.ends_with(root_path) {
            Self(base.to_owned())
        } else {
            Self(format!("{base}{root_path}"))
        }
    }

    /// The registry itself.
    pub(crate) fn base(&self) -> &str {
        &self.0
    }

    /// The path under which everything of ours is, with a slash at its end.
    pub(crate) fn path(&self) -> String {
        let path = Url::parse(&self.0).map(|url| url.path().trim_end_matches('/').to_owned());
        path.unwrap_or_default() + "/"
    }

    /// A path of ours.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// An artifact.
    pub(crate) fn artifact(&self, artifact: &Artifact) -> String {
        self.to(&format!("/artifacts/{}/{}", artifact.kind, artifact.id))
    }

    /// The bundle of an artifact's current revision, or of the one at a commit.
    pub(crate) fn download(&self, artifact: &Artifact, commit: Option<&str>) -> String {
        let query = commit.map(|commit| format!("?revision={commit}")).unwrap_or_default();
        format!("{}/download{query}", self.artifact(artifact))
    }

    /// One file of an artifact's revision.
    pub(crate) fn file(&self, artifact: &Artifact, commit: &str, path: &str) -> String {
        let path = utf8_percent_encode(path, NON_ALPHANUMERIC);
        format!("{}&file={path}", self.download(artifact, Some(commit)))
    }
}

/// The name by which a request addresses us: HTTP/2 has it in the URI, HTTP/1.1 in a header.
pub(crate) fn requested_host(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    uri.authority()
        .cloned()
        .or_else(|| headers.get(HOST)?.to_str().ok()?.parse::<Authority>().ok())
        .filter(|host| !host.as_str().contains('@'))
}

/// The first value: what the proxy nearest to the client saw. Only links to the same client are
/// made from it.
fn forwarded<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()?.split(',').next().map(str::trim)
}
