//! Bodies that are not what they should be. All of them are streams of unknown length, so that
//! the server underneath sends what the headers and the fault say and corrects nothing.

use axum::body::{Body, BodyDataStream, HttpBody};
use axum::response::Response;
use bytes::Bytes;
use futures::{Stream, StreamExt, stream};
use std::io;

/// Replaces the body and keeps the length that the right one would have had.
pub(super) fn map(response: Response, change: impl FnOnce(Body) -> Body) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact() {
        parts.headers.entry("content-length").or_insert(length.into());
    }
    Response::from_parts(parts, change(body))
}

pub(super) fn cut_short(body: Body, after_bytes: u64) -> Body {
    Body::from_stream(first_bytes(body, after_bytes))
}

pub(super) fn stalled(body: Body, after_bytes: u64) -> Body {
    Body::from_stream(first_bytes(body, after_bytes).chain(stream::pending()))
}

pub(super) fn broken_off(body: Body, after_bytes: u64) -> Body {
    let end = stream::once(async {
        // What was handed over before is sent only while the body has nothing more to give.
        tokio::task::yield_now().await;
        Err(axum::Error::new(io::Error::from(io::ErrorKind::ConnectionReset)))
    });
    Body::from_stream(first_bytes(body, after_bytes).chain(end))
}

/// The right bytes but for the first, which has every bit turned over.
pub(super) fn altered(body: Body) -> Body {
    let mut at_start = true;
    let chunks = body.into_data_stream().map(move |chunk| {
        let mut chunk = chunk?.to_vec();
        if at_start && let Some(first) = chunk.first_mut() {
            *first = !*first;
            at_start = false;
        }
        Ok::<_, axum::Error>(Bytes::from(chunk))
    });
    Body::from_stream(chunks)
}

pub(super) fn endless() -> Body {
    let chunk = Bytes::from(vec![b'x'; 1 << 16]);
    Body::from_stream(stream::repeat(chunk).map(Ok::<_, io::Error>))
}

fn first_bytes(body: Body, limit: u64) -> impl Stream<Item = Result<Bytes, axum::Error>> {
    let start = (body.into_data_stream(), limit);
    stream::unfold(start, |(mut chunks, left): (BodyDataStream, u64)| async move {
        if left == 0 {
            return None;
        }
        match chunks.next().await? {
            Ok(mut chunk) => {
                chunk.truncate(usize::try_from(left).unwrap_or(usize::MAX));
                let left = left - chunk.len() as u64;
                Some((Ok(chunk), (chunks, left)))
            }
            Err(error) => Some((Err(error), (chunks, 0))),
        }
    })
}
