//! Cursors, the same in every driver: they hold the last item's place in the order, not its number,
//! so that they survive inserts and deletions.

use crate::contract::SortOrder;
use std::fmt::Write as _;
use touchstone_domain::{Artifact, Page};

/// A place in the order of names.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NamePosition {
    pub(crate) folded_name: String,
    pub(crate) id: String,
}

impl NamePosition {
    pub(crate) fn of(artifact: &Artifact) -> Self {
        Self { folded_name: artifact.name.folded(), id: artifact.id.as_str().to_owned() }
    }

    /// Reads a cursor. One that this crate did not write stands at the beginning of the order.
    pub(crate) fn read(cursor: &str) -> Self {
        let (id, digits) = cursor.split_once('.').unwrap_or_default();
        let bytes = (0..digits.len()).step_by(2).map_while(|at| {
            digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())
        });
        let folded_name = String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned();
        Self { folded_name, id: id.to_owned() }
    }

    /// Letters and digits only: cursors travel in headers, names may hold any letter.
    pub(crate) fn write(&self) -> String {
        let mut cursor = format!("{}.", self.id);
        for byte in self.folded_name.bytes() {
            let _ = write!(cursor, "{byte:02x}");
        }
        cursor
    }
}

/// The cursor that stands just behind this artifact.
pub(crate) fn cursor(order: SortOrder, artifact: &Artifact) -> String {
    match order {
        SortOrder::Created | SortOrder::CreatedDescending => artifact.id.as_str().to_owned(),
        SortOrder::Name | SortOrder::NameDescending => NamePosition::of(artifact).write(),
    }
}

/// The cursor of a place in an order of two words, of which the second has no space.
pub(crate) fn write_pair(first: &str, second: &str) -> String {
    format!("{first} {second}")
}

/// Reads what [`write_pair`] wrote; the beginning of the order for anything else.
pub(crate) fn read_pair(cursor: &str) -> (String, String) {
    let (first, second) = cursor.rsplit_once(' ').unwrap_or_default();
    (first.to_owned(), second.to_owned())
}

/// A page of items of which one more than the limit was fetched, to know whether there are more.
pub(crate) fn page_of<T>(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> String) -> Page<T> {
    let limit = limit as usize;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(cursor);
    Page { items, next }
}
