//! The prefix that a gateway in front adds to every path.

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use tower::Layer as _;
use tower::util::MapRequestLayer;

/// The routes with the prefix taken off; requests without it are taken as they are.
pub(super) fn stripped(routes: Router, root_path: String) -> Router {
    if root_path.is_empty() {
        return routes;
    }
    let strip = move |mut request: Request| {
        if let Some(uri) = without(request.uri(), &root_path) {
            *request.uri_mut() = uri;
        }
        request
    };
    Router::new().fallback_service(MapRequestLayer::new(strip).layer(routes))
}

fn without(uri: &Uri, root_path: &str) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(root_path)?;
    let rest = match rest.chars().next() {
        Some('/') => rest.to_owned(),
        None | Some('?') => format!("/{rest}"),
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(rest.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn the_prefix_is_taken_off_whole_segments_only() {
        for (path, rest) in [
            ("/prod/artifacts?offset=1", Some("/artifacts?offset=1")),
            ("/prod", Some("/")),
            ("/prod?a=b", Some("/?a=b")),
            ("/production/artifacts", None),
            ("/artifacts", None),
        ] {
            let stripped = without(&path.parse().unwrap(), "/prod").map(|uri| uri.to_string());
            assert_eq!(stripped.as_deref(), rest, "{path}");
        }
    }
}
