//! File bytes: inline, redirected, by range, or not at all when the caller has them.

use super::repository::{is_large, pointer_text};
use super::{Call, Found, Refusal};
use crate::content::{Content, sha256_hex};
use crate::reply;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::ops::Range;

/// What stays as it is in a path.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// `/{id}/resolve/{revision}/{path}`.
pub(super) async fn file(call: &Call<'_>, found: &Found, path: &str) -> Result<Response, Refusal> {
    call.granted(found)?;
    let content = entry(found, path)?;
    let large = is_large(path, content);
    if large && call.options.redirect_large_files {
        return Ok(redirected_to_storage(call, found, path, content));
    }
    if !large && call.options.redirect_small_files {
        return Ok(redirected_to_cache(found, path, content));
    }
    inline(call, found, path).await
}

/// The bytes with the headers of the repository.
pub(super) async fn inline(
    call: &Call<'_>,
    found: &Found,
    path: &str,
) -> Result<Response, Refusal> {
    call.granted(found)?;
    let content = entry(found, path)?;
    let entity_tag = entity_tag(path, content);
    let mut response = if reply::already_has(call.headers, entity_tag) {
        reply::empty(StatusCode::NOT_MODIFIED)
    } else {
        served(call.headers, content).await
    };
    reply::put(&mut response, "etag", &format!("\"{entity_tag}\""));
    reply::put(&mut response, "x-repo-commit", &found.sha);
    let name = path.rsplit('/').next().unwrap_or(path);
    let encoded = utf8_percent_encode(name, PATH);
    let disposition = format!("inline; filename*=UTF-8''{encoded}; filename=\"{encoded}\";");
    reply::put(&mut response, "content-disposition", &disposition);
    Ok(response)
}

/// What git holds: the pointer for a large file.
pub(super) async fn raw(call: &Call<'_>, found: &Found, path: &str) -> Result<Response, Refusal> {
    call.granted(found)?;
    let content = entry(found, path)?;
    let mut response = if is_large(path, content) {
        served(call.headers, &Content::bytes(pointer_text(content))).await
    } else {
        served(call.headers, content).await
    };
    reply::put(&mut response, "x-repo-commit", &found.sha);
    Ok(response)
}

/// The storage that large files are redirected to. Its entity tag is another one than the Hub's.
/// Python clients follow a redirect within one host before they look at the headers, so those
/// of the redirect are repeated here.
pub(super) async fn stored(
    call: &Call<'_>,
    found: &Found,
    path: &str,
) -> Result<Response, Refusal> {
    let content = entry(found, path)?;
    let mut response = served(call.headers, content).await;
    reply::put(&mut response, "etag", &format!("\"{}\"", sha256_hex(content.sha256())));
    link(&mut response, found, content.sha256(), content.size_bytes());
    Ok(response)
}

fn entry<'a>(found: &'a Found, path: &str) -> Result<&'a Content, Refusal> {
    let missing = || Refusal::EntryNotFound { commit: found.sha.clone() };
    found.files.get(path).ok_or_else(missing)
}

fn entity_tag<'a>(path: &str, content: &'a Content) -> &'a str {
    if is_large(path, content) { content.sha256() } else { content.git_sha1() }
}

fn redirected_to_storage(
    call: &Call<'_>,
    found: &Found,
    path: &str,
    content: &Content,
) -> Response {
    let own = reply::origin(call.headers);
    let origin = call.options.storage_origin.as_deref().unwrap_or(&own);
    let place = place(found, path);
    let mut response = reply::empty(StatusCode::FOUND);
    reply::put(&mut response, "location", &format!("{origin}/cdn/{place}?Expires=4102444800"));
    link(&mut response, found, content.sha256(), content.size_bytes());
    response
}

fn redirected_to_cache(found: &Found, path: &str, content: &Content) -> Response {
    let (place, entity_tag) = (place(found, path), content.git_sha1());
    let mut response = reply::empty(StatusCode::TEMPORARY_REDIRECT);
    let location = format!("/api/resolve-cache/{place}?etag=%22{entity_tag}%22");
    reply::put(&mut response, "location", &location);
    link(&mut response, found, entity_tag, content.size_bytes());
    response
}

/// `models/{id}/{commit}/{path}`.
fn place(found: &Found, path: &str) -> String {
    let path = utf8_percent_encode(path, PATH);
    format!("{}/{}/{}/{path}", found.kind.plural(), found.id, found.sha)
}

/// What a redirect says of the file behind it.
fn link(response: &mut Response, found: &Found, entity_tag: &str, size_bytes: u64) {
    reply::put(response, "x-repo-commit", &found.sha);
    reply::put(response, "x-linked-etag", &format!("\"{entity_tag}\""));
    reply::put(response, "x-linked-size", &size_bytes.to_string());
}

/// The whole content or the part that `Range` names.
async fn served(headers: &HeaderMap, content: &Content) -> Response {
    let size = content.size_bytes();
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let (status, part) = match asked.and_then(|range| parse_range(range, size)) {
        None => (StatusCode::OK, 0..size),
        Some(Ok(part)) => (StatusCode::PARTIAL_CONTENT, part),
        Some(Err(Unsatisfiable)) => {
            let mut response = reply::empty(StatusCode::RANGE_NOT_SATISFIABLE);
            reply::put(&mut response, "content-range", &format!("bytes */{size}"));
            return response;
        }
    };
    let Ok(body) = content.stream(part.clone()).await else {
        return reply::empty(StatusCode::INTERNAL_SERVER_ERROR);
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    reply::put(&mut response, "content-length", &(part.end - part.start).to_string());
    reply::put(&mut response, "accept-ranges", "bytes");
    reply::put(&mut response, "content-type", "application/octet-stream");
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        reply::put(&mut response, "content-range", &range);
    } else if size == 0 && asked.is_some() {
        // An empty file has no first byte, but some clients die on a 416 here.
        reply::put(&mut response, "content-range", "bytes 0-0/0");
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
struct Unsatisfiable;

/// `None` when there is nothing to obey: no single byte range, or an empty file.
fn parse_range(range: &str, size: u64) -> Option<Result<Range<u64>, Unsatisfiable>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    if size == 0 {
        return None;
    }
    if first.is_empty() {
        let suffix: u64 = last.parse().ok()?;
        return Some(if suffix == 0 {
            Err(Unsatisfiable)
        } else {
            Ok(size.saturating_sub(suffix)..size)
        });
    }
    let first: u64 = first.parse().ok()?;
    let end = if last.is_empty() { size } else { last.parse::<u64>().ok()?.saturating_add(1) };
    let end = end.min(size);
    Some(if first < end { Ok(first..end) } else { Err(Unsatisfiable) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_size() {
        assert_eq!(parse_range("bytes=0-0", 10), Some(Ok(0..1)));
        assert_eq!(parse_range("bytes=4-", 10), Some(Ok(4..10)));
        assert_eq!(parse_range("bytes=-3", 10), Some(Ok(7..10)));
        assert_eq!(parse_range("bytes=-30", 10), Some(Ok(0..10)));
        assert_eq!(parse_range("bytes=5-99", 10), Some(Ok(5..10)));
    }

    #[test]
    fn a_range_behind_the_end_cannot_be_had() {
        assert_eq!(parse_range("bytes=10-", 10), Some(Err(Unsatisfiable)));
        assert_eq!(parse_range("bytes=-0", 10), Some(Err(Unsatisfiable)));
    }

    #[test]
    fn what_is_no_single_range_is_ignored() {
        assert_eq!(parse_range("items=0-1", 10), None);
        assert_eq!(parse_range("bytes=0-1,4-5", 10), None);
        assert_eq!(parse_range("bytes=0-0", 0), None);
    }
}
