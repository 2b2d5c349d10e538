//! Compression of JSON and pages. Bytes that clients check against a hash or ask for in ranges
//! leave as they are.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};

/// Below this, compression costs more than it saves.
const MIN_BYTES: u64 = 1024;

type Compressible = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// The layer.
pub(super) fn layer() -> CompressionLayer<And<SizeAbove, Compressible>> {
    CompressionLayer::new()
        .compress_when(SizeAbove::new(MIN_BYTES).and(is_compressible as Compressible))
}

fn is_compressible(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    const KINDS: [&str; 5] = [
        "application/json",
        "application/problem+json",
        "text/html",
        "text/javascript",
        "text/css",
    ];
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    !headers.contains_key(CONTENT_DISPOSITION) && KINDS.iter().any(|known| kind.starts_with(known))
}
