//! Conditional and range requests (RFC 9110, sections 13 and 14), for one range at a time.

use axum::http::header::{IF_NONE_MATCH, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderName};
use std::ops::Range;

/// What a request says about which bytes it wants.
pub(crate) struct Conditional {
    if_none_match: Option<String>,
    if_range: Option<String>,
    range: Option<String>,
}

/// Which bytes to give.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The client has them already.
    Nothing,
    /// A range that there is not.
    Outside,
    /// All of them.
    Whole,
    /// These.
    Part(Range<u64>),
}

impl Conditional {
    /// Reads the headers.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let text = |name: HeaderName| Some(headers.get(name)?.to_str().ok()?.to_owned());
        Self { if_none_match: text(IF_NONE_MATCH), if_range: text(IF_RANGE), range: text(RANGE) }
    }

    /// What is wanted of something with this validator (without quotes) and size.
    pub(crate) fn wanted(&self, etag: Option<&str>, size_bytes: u64) -> Wanted {
        if etag.is_some_and(|etag| self.has_already(etag)) {
            return Wanted::Nothing;
        }
        match &self.range {
            Some(range) if self.range_applies(etag) => parse_range(range, size_bytes),
            _ => Wanted::Whole,
        }
    }

    /// Weak comparison: any spelling of the same validator.
    fn has_already(&self, etag: &str) -> bool {
        let Some(listed) = &self.if_none_match else { return false };
        listed
            .split(',')
            .map(str::trim)
            .any(|one| one == "*" || unquoted(one.strip_prefix("W/").unwrap_or(one)) == Some(etag))
    }

    /// Strong comparison; a date is never strong enough, as we state none.
    fn range_applies(&self, etag: Option<&str>) -> bool {
        self.if_range.as_deref().is_none_or(|stated| etag.is_some() && unquoted(stated) == etag)
    }
}

fn unquoted(etag: &str) -> Option<&str> {
    etag.trim().strip_prefix('"')?.strip_suffix('"')
}

/// A range that cannot be read, or several at once, is as none: the whole is always a right answer.
fn parse_range(header: &str, size_bytes: u64) -> Wanted {
    let Some((unit, range)) = header.split_once('=') else { return Wanted::Whole };
    let Some((first, last)) = range.trim().split_once('-') else { return Wanted::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") || range.contains(',') {
        return Wanted::Whole;
    }
    match (number(first), number(last)) {
        (Number::Some(first), Number::Some(last)) if first > last => Wanted::Whole,
        (Number::Some(first), _) if first >= size_bytes => Wanted::Outside,
        (Number::Some(first), Number::Some(last)) => {
            Wanted::Part(first..last.saturating_add(1).min(size_bytes))
        }
        (Number::Some(first), Number::None) => Wanted::Part(first..size_bytes),
        (Number::None, Number::Some(0)) => Wanted::Outside,
        (Number::None, Number::Some(_)) if size_bytes == 0 => Wanted::Outside,
        (Number::None, Number::Some(last)) => {
            Wanted::Part(size_bytes.saturating_sub(last)..size_bytes)
        }
        _ => Wanted::Whole,
    }
}

enum Number {
    None,
    Some(u64),
    Wrong,
}

/// Digits only; more than fit are as many as there are.
fn number(text: &str) -> Number {
    match text.trim() {
        "" => Number::None,
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Number::Some(digits.parse().unwrap_or(u64::MAX))
        }
        _ => Number::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(headers: &[(HeaderName, &str)]) -> Wanted {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        Conditional::read(&headers).wanted(Some("abc"), 1000)
    }

    #[test]
    fn one_range_is_given_as_asked() {
        for (range, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=10-19", 10..20),
            ("bytes=990-", 990..1000),
            ("bytes=-10", 990..1000),
            ("bytes=-5000", 0..1000),
            ("bytes=999-99999999999999999999999", 999..1000),
        ] {
            assert_eq!(wanted(&[(RANGE, range)]), Wanted::Part(part), "{range}");
        }
    }

    #[test]
    fn a_range_past_the_end_is_refused() {
        for range in ["bytes=1000-", "bytes=1000-2000", "bytes=-0"] {
            assert_eq!(wanted(&[(RANGE, range)]), Wanted::Outside, "{range}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_asked_for_lies_within_what_there_is(
            range in "bytes ?= ?[0-9]{0,21} ?-? ?[0-9]{0,21}[,a ]?", size_bytes: u64,
        ) {
            if let Wanted::Part(part) = parse_range(&range, size_bytes) {
                proptest::prop_assert!(part.start < part.end && part.end <= size_bytes);
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_ignored() {
        for range in ["bytes=", "bytes=-", "bytes=b-c", "bytes=5-2", "lines=1-2", "bytes=0-1,3-4"] {
            assert_eq!(wanted(&[(RANGE, range)]), Wanted::Whole, "{range}");
        }
    }

    #[test]
    fn a_client_that_has_it_gets_nothing() {
        for listed in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            let asked = [(IF_NONE_MATCH, listed), (RANGE, "bytes=0-1")];
            assert_eq!(wanted(&asked), Wanted::Nothing, "{listed}");
        }
        assert_eq!(wanted(&[(IF_NONE_MATCH, "\"x\"")]), Wanted::Whole);
    }

    #[test]
    fn a_range_of_something_else_is_the_whole_of_this() {
        let part = Wanted::Part(0..2);
        assert_eq!(wanted(&[(IF_RANGE, "\"abc\""), (RANGE, "bytes=0-1")]), part);
        for stated in ["\"x\"", "W/\"abc\"", "Tue, 01 Jan 2030 00:00:00 GMT"] {
            let asked = [(IF_RANGE, stated), (RANGE, "bytes=0-1")];
            assert_eq!(wanted(&asked), Wanted::Whole, "{stated}");
        }
    }
}
