//! Pages of lists: a stable order, and cursors that survive inserts.

use crate::artifact::ArtifactId;

/// Where a page starts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PageStart {
    /// At the beginning.
    #[default]
    First,
    /// Just after this cursor, as an earlier page gave it.
    After(String),
    /// After skipping so many; costs more the further it goes, and is there for clients that
    /// count for themselves.
    Skip(u32),
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// Where to start.
    pub start: PageStart,
    /// How many at the most, 1 to [`PageRequest::MAX_LIMIT`].
    pub limit: u32,
}

impl PageRequest {
    /// The page size where none is asked for.
    pub const DEFAULT_LIMIT: u32 = 100;
    /// The largest page.
    pub const MAX_LIMIT: u32 = 1000;
    /// The furthest that a counted start may reach.
    pub const MAX_SKIP: u32 = 1_000_000;

    /// The first page of the default size.
    #[must_use]
    pub fn first() -> Self {
        Self { start: PageStart::First, limit: Self::DEFAULT_LIMIT }
    }

    /// The page that follows the artifact with this id in the order of creation.
    #[must_use]
    pub fn after(id: &ArtifactId, limit: u32) -> Self {
        Self { start: PageStart::After(id.as_str().to_owned()), limit }
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// What to pass as [`PageStart::After`] for the next page; nothing at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(convert).collect(), next: self.next }
    }
}
