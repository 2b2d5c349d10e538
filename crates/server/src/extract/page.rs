//! Offsets: what a client sends back to get the next page.
//!
//! An offset is a cursor of the store, escaped so that it fits a header. A plain number counts from
//! the beginning of the list, for clients that do.

use crate::problem::Problem;
use axum::http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use touchstone_domain::page::PageStart;
use touchstone_domain::{Page, PageRequest};

const MAX_OFFSET_BYTES: usize = 4096;

/// Everything but what needs no escape in a URL.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a page starts.
pub(super) fn start(offset: &str) -> Result<PageStart, Problem> {
    if offset.is_empty() || offset == "0" {
        return Ok(PageStart::First);
    }
    if offset.bytes().all(|byte| byte.is_ascii_digit()) {
        return match offset.parse() {
            Ok(skip) if skip <= PageRequest::MAX_SKIP => Ok(PageStart::Skip(skip)),
            _ => Err(invalid()),
        };
    }
    if offset.len() > MAX_OFFSET_BYTES {
        return Err(invalid());
    }
    let cursor = percent_decode_str(offset).decode_utf8().map_err(|_| invalid())?;
    Ok(PageStart::After(cursor.into_owned()))
}

fn invalid() -> Problem {
    Problem::Invalid(
        "offset must be a number up to 1000000 or the offset header of an earlier page".to_owned(),
    )
}

/// The header that names the next page, where there is one.
pub(crate) fn next_offset<T>(page: &Page<T>) -> Option<(HeaderName, HeaderValue)> {
    let cursor = utf8_percent_encode(page.next.as_deref()?, ESCAPED).to_string();
    Some((HeaderName::from_static("offset"), HeaderValue::from_str(&cursor).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn an_offset_leads_back_to_its_cursor(cursor in "\\PC{0,40}[a-z/ \\u{1f}-]\\PC{0,40}") {
            let page = Page { items: Vec::<()>::new(), next: Some(cursor.clone()) };
            let (_, offset) = next_offset(&page).unwrap();
            let start = start(offset.to_str().unwrap()).unwrap();
            proptest::prop_assert_eq!(start, PageStart::After(cursor));
        }

        #[test]
        fn no_offset_is_too_strange_to_be_answered(offset: String) {
            let _ = start(&offset);
        }
    }
}
