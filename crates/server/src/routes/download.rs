//! Bytes: the bundle of an artifact or one of its files, whole or a range of it.

use crate::extract::{ArtifactPath, Client, Query};
use crate::links::Links;
use crate::problem::Problem;
use crate::ranges::{Conditional, Wanted};
use crate::state::App;
use crate::wire::StillProcessing;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use touchstone_registry::{Download, DownloadBody, RegistryError};

/// How many files of the revision are not held here and so not in the bundle.
const REFERENCED_FILES: HeaderName = HeaderName::from_static("x-referenced-files");

/// The bundle of an artifact, or one of its files, whole or a range of it.
#[utoipa::path(
    get, path = "", operation_id = "download_artifact", tag = "bytes",
    params(("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named."),
        ("file" = Option<String>, Query, description = "One file's path; all files as a ZIP where \
            none is named."),
        ("Range" = Option<String>, Header, description = "One range of bytes."),
        ("If-Range" = Option<String>, Header, description = "The ETag that the range is of."),
        ("If-None-Match" = Option<String>, Header, description = "ETags that need not be sent.")
    ),
    responses(
        (status = 200, description = "The bytes.", body = Vec<u8>, content_type = "*/*"),
        (status = 202, description = "It is still being ingested.", body = StillProcessing),
        (status = 206, description = "The range.", body = Vec<u8>, content_type = "*/*"),
        (status = 304, description = "The client has it already."),
        (status = 416, description = "The range lies outside."),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 502, description = "The file is not held here and its source does not give it.")
    )
)]
pub(crate) async fn download(
    State(served): App,
    ArtifactPath { kind, id }: ArtifactPath,
    Client(caller): Client,
    query: Query,
    links: Links,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let (registry, commit) = (&served.registry, query.revision()?);
    let found = match query.text(&["file"]) {
        Some(path) => registry.file(&caller, kind, &id, commit, path).await,
        None => registry.bundle(&caller, kind, &id, commit).await,
    };
    match found {
        Ok(download) => give(download, &Conditional::read(&headers)),
        Err(RegistryError::StillProcessing) => {
            let progress_url = links.to(&format!("/artifact/{kind}/{id}/progress"));
            let body = Json(StillProcessing::at(progress_url));
            Ok((StatusCode::ACCEPTED, [(RETRY_AFTER, "2")], body).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn give(download: Download, asked: &Conditional) -> Result<Response<Body>, Problem> {
    let mut headers = description(&download);
    match (download.body, download.size_bytes) {
        (DownloadBody::Held(read), Some(size_bytes)) => {
            headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
            match asked.wanted(download.etag.as_deref(), size_bytes) {
                Wanted::Nothing => Ok((StatusCode::NOT_MODIFIED, headers).into_response()),
                Wanted::Outside => Err(Problem::RangeNotSatisfiable { size_bytes }),
                Wanted::Whole => {
                    headers.insert(CONTENT_LENGTH, HeaderValue::from(size_bytes));
                    Ok((headers, Body::from_stream(read(0..size_bytes))).into_response())
                }
                Wanted::Part(part) => {
                    headers.insert(CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
                    let range = format!("bytes {}-{}/{size_bytes}", part.start, part.end - 1);
                    insert_text(&mut headers, CONTENT_RANGE, &range);
                    let body = Body::from_stream(read(part));
                    Ok((StatusCode::PARTIAL_CONTENT, headers, body).into_response())
                }
            }
        }
        (DownloadBody::Held(read), None) => {
            Ok((headers, Body::from_stream(read(0..u64::MAX))).into_response())
        }
        (DownloadBody::Through(stream), size_bytes) => {
            headers.insert(ACCEPT_RANGES, HeaderValue::from_static("none"));
            if let Some(size_bytes) = size_bytes {
                headers.insert(CONTENT_LENGTH, HeaderValue::from(size_bytes));
            }
            Ok((headers, Body::from_stream(stream)).into_response())
        }
    }
}

fn description(download: &Download) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    insert_text(&mut headers, CONTENT_TYPE, &download.media_type);
    insert_text(&mut headers, CONTENT_DISPOSITION, &disposition(&download.file_name));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Some(etag) = &download.etag {
        insert_text(&mut headers, ETAG, &format!("\"{etag}\""));
    }
    if download.referenced_files > 0 {
        headers.insert(REFERENCED_FILES, HeaderValue::from(download.referenced_files));
    }
    headers
}

/// Leaves the header out where the text cannot be one.
fn insert_text(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.insert(name, value);
    }
}

/// A file name for old clients and, where it needs more than ASCII, for new ones (RFC 6266).
fn disposition(file_name: &str) -> String {
    /// RFC 8187's `attr-char`.
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'!')
        .remove(b'#')
        .remove(b'$')
        .remove(b'&')
        .remove(b'+')
        .remove(b'-')
        .remove(b'.')
        .remove(b'^')
        .remove(b'_')
        .remove(b'`')
        .remove(b'|')
        .remove(b'~');
    let plain = |letter: char| {
        if letter.is_ascii_graphic() && !matches!(letter, '"' | '\\' | '/' | '%') || letter == ' ' {
            letter
        } else {
            '_'
        }
    };
    let fallback: String = file_name.chars().map(plain).collect();
    if fallback == file_name {
        return format!("attachment; filename=\"{fallback}\"");
    }
    let encoded = utf8_percent_encode(file_name, ESCAPED);
    format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_file_name_cannot_break_out_of_its_header() {
        assert_eq!(disposition("bert.zip"), "attachment; filename=\"bert.zip\"");
        assert_eq!(
            disposition("a\"; b\r\n\\é.zip"),
            "attachment; filename=\"a_; b____.zip\"; \
             filename*=UTF-8''a%22%3B%20b%0D%0A%5C%C3%A9.zip"
        );
    }
}
