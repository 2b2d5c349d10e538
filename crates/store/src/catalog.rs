//! Browsing: artifacts narrowed down by what they are labelled with and how they score, in the
//! order that is asked for.

use crate::error::StoreError;
use crate::paging::NamePosition;
use crate::pattern::SearchPattern;
use async_trait::async_trait;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::time::Duration;
use touchstone_domain::catalog::{CatalogEntry, CatalogSummary, StatusWord};
use touchstone_domain::{ArtifactId, ArtifactType, Metric, Page};

/// A range of values, its ends included. What has no value is in no range but the whole.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Bounds<T> {
    /// The least.
    pub at_least: Option<T>,
    /// The most.
    pub at_most: Option<T>,
}

impl<T> Default for Bounds<T> {
    fn default() -> Self {
        Self { at_least: None, at_most: None }
    }
}

impl<T: PartialOrd> Bounds<T> {
    /// Whether the value lies in the range.
    pub(crate) fn hold(&self, value: Option<T>) -> bool {
        match value {
            Some(value) => {
                self.at_least.as_ref().is_none_or(|least| value >= *least)
                    && self.at_most.as_ref().is_none_or(|most| value <= *most)
            }
            None => self.at_least.is_none() && self.at_most.is_none(),
        }
    }
}

/// What a catalogue can be sorted by. Ties are broken by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CatalogKey {
    /// When it was registered.
    #[default]
    Created,
    /// The name, letter case ignored.
    Name,
    /// The net score; what is not rated comes below all that is.
    NetScore,
    /// The size; what has none yet comes below all that has.
    Size,
}

/// How a catalogue is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CatalogOrder {
    /// What it is sorted by.
    pub key: CatalogKey,
    /// Largest or newest first.
    pub descending: bool,
}

impl CatalogOrder {
    /// Which of two positions comes first.
    pub(crate) fn compare(self, one: &Position, other: &Position) -> Ordering {
        let ascending = one.compare(other);
        if self.descending { ascending.reverse() } else { ascending }
    }
}

/// Which artifacts, in which order. An empty list of wanted values wants all.
#[derive(Debug, Clone, Default)]
pub struct CatalogQuery {
    /// What name or README must match.
    pub pattern: Option<SearchPattern>,
    /// Types.
    pub kinds: Vec<ArtifactType>,
    /// Statuses.
    pub statuses: Vec<StatusWord>,
    /// Licences, spelled as they are listed.
    pub licenses: Vec<String>,
    /// Tasks.
    pub tasks: Vec<String>,
    /// Libraries.
    pub libraries: Vec<String>,
    /// Bytes of all files.
    pub size_bytes: Bounds<u64>,
    /// The net score.
    pub net_score: Bounds<f64>,
    /// Reported scores by metric.
    pub scores: BTreeMap<Metric, Bounds<f64>>,
    /// The order.
    pub order: CatalogOrder,
}

/// Browsing. Like search, it may lag behind what is stored in a driver whose index is a replica.
#[async_trait]
pub trait Catalog: Send + Sync {
    /// A page of at most `limit` entries behind the cursor `after` of an earlier page. `Ok(None)`
    /// where `budget` ran out first.
    async fn browse(
        &self,
        query: &CatalogQuery,
        after: Option<&str>,
        limit: u32,
        budget: Duration,
    ) -> Result<Option<Page<CatalogEntry>>, StoreError>;

    /// The entry of one artifact, if there is one.
    async fn entry(&self, id: &ArtifactId) -> Result<Option<CatalogEntry>, StoreError>;

    /// The catalogue as a whole.
    async fn summary(&self) -> Result<CatalogSummary, StoreError>;
}

/// An entry's place in an order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Position {
    pub(crate) value: SortValue,
    pub(crate) id: String,
}

/// What an entry is sorted by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SortValue {
    /// Nothing but the id.
    None,
    Text(String),
    Number(f64),
}

/// Stands for a missing net score or size: below everything that is there.
const NO_NUMBER: f64 = -1.0;

impl Position {
    pub(crate) fn of(entry: &CatalogEntry, key: CatalogKey) -> Self {
        let number = |value: Option<f64>| SortValue::Number(value.unwrap_or(NO_NUMBER));
        let value = match key {
            CatalogKey::Created => SortValue::None,
            CatalogKey::Name => SortValue::Text(entry.artifact.name.folded()),
            CatalogKey::NetScore => number(entry.net_score),
            CatalogKey::Size => number(entry.size_bytes.map(|bytes| bytes as f64)),
        };
        Self { value, id: entry.artifact.id.as_str().to_owned() }
    }

    /// Reads a cursor. One that this crate did not write stands somewhere in the order.
    pub(crate) fn read(cursor: &str, key: CatalogKey) -> Self {
        if key == CatalogKey::Created {
            return Self { value: SortValue::None, id: cursor.to_owned() };
        }
        let NamePosition { folded_name: text, id } = NamePosition::read(cursor);
        let value = match key {
            CatalogKey::Created => SortValue::None,
            CatalogKey::Name => SortValue::Text(text),
            CatalogKey::NetScore | CatalogKey::Size => {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite());
                SortValue::Number(number.unwrap_or(NO_NUMBER))
            }
        };
        Self { value, id }
    }

    pub(crate) fn cursor(self) -> String {
        let text = match self.value {
            SortValue::None => return self.id,
            SortValue::Text(text) => text,
            SortValue::Number(number) => number.to_string(),
        };
        NamePosition { folded_name: text, id: self.id }.write()
    }

    /// Which of two comes first in ascending order.
    fn compare(&self, other: &Self) -> Ordering {
        let values = match (&self.value, &other.value) {
            (SortValue::Text(one), SortValue::Text(other)) => one.cmp(other),
            (SortValue::Number(one), SortValue::Number(other)) => one.total_cmp(other),
            _ => Ordering::Equal,
        };
        values.then_with(|| self.id.cmp(&other.id))
    }
}

/// The twentieth that a net score counts in.
pub(crate) fn bin(net_score: f64) -> usize {
    let bins = CatalogSummary::BINS;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the bins"
    )]
    let bin = (net_score * bins as f64).clamp(0.0, bins as f64 - 1.0) as usize;
    bin
}
