//! Pages of lists. The conditions become branches that share no artifact, each read in order from
//! an index, so that a page costs the same wherever it is.

use super::artifacts::{COLUMNS, artifact};
use super::columns::{kind_code, to_json};
use crate::contract::{ListQuery, SortOrder};
use crate::error::StoreError;
use crate::paging::{self, NamePosition};
use rusqlite::{Connection, ToSql, params_from_iter};
use std::collections::BTreeSet;
use touchstone_domain::page::PageStart;
use touchstone_domain::{Artifact, ArtifactType, Page, PageRequest};

/// The types that are wanted whole, and the single names that are wanted of the other types.
struct Branches {
    kinds: BTreeSet<ArtifactType>,
    names: BTreeSet<(i64, String)>,
}

impl Branches {
    fn of(query: &ListQuery) -> Self {
        let all = |kinds: &[ArtifactType]| {
            if kinds.is_empty() { ArtifactType::ALL.to_vec() } else { kinds.to_vec() }
        };
        let unnamed = query.any_of.iter().filter(|condition| condition.name.is_none());
        let mut kinds: BTreeSet<_> = unnamed.flat_map(|condition| all(&condition.kinds)).collect();
        if query.any_of.is_empty() {
            kinds.extend(ArtifactType::ALL);
        }
        let mut names = BTreeSet::new();
        for condition in &query.any_of {
            let Some(name) = &condition.name else { continue };
            for kind in all(&condition.kinds).into_iter().filter(|kind| !kinds.contains(kind)) {
                names.insert((kind_code(kind), name.folded()));
            }
        }
        Self { kinds, names }
    }
}

/// Reads one page.
pub(super) fn page(
    connection: &Connection,
    query: &ListQuery,
    page: &PageRequest,
) -> Result<Page<Artifact>, StoreError> {
    let branches = Branches::of(query);
    let Some(statement) = statement(&branches, query.order, &page.start) else {
        return Ok(Page { items: Vec::new(), next: None });
    };
    let (position, skip) = match &page.start {
        PageStart::First => (NamePosition::default(), 0),
        PageStart::Skip(count) => (NamePosition::default(), *count),
        PageStart::After(cursor) => match query.order {
            SortOrder::Created | SortOrder::CreatedDescending => {
                (NamePosition { folded_name: String::new(), id: cursor.clone() }, 0)
            }
            SortOrder::Name | SortOrder::NameDescending => (NamePosition::read(cursor), 0),
        },
    };
    let names = to_json(&branches.names)?;
    let limit = i64::from(page.limit) + 1;
    let values: [&dyn ToSql; 5] = [&limit, &skip, &position.id, &position.folded_name, &names];
    let mut statement = connection.prepare_cached(&statement)?;
    // Not every statement has a use for the last ones.
    let values = params_from_iter(values.into_iter().take(statement.parameter_count()));
    let items = statement.query_map(values, artifact)?.collect::<Result<_, _>>()?;
    Ok(paging::page_of(items, page.limit, |last| paging::cursor(query.order, last)))
}

/// The query, made only of this module's own words: what was asked for is bound to
/// ?1 limit, ?2 skip, ?3 id and ?4 name of the cursor, ?5 names as JSON.
fn statement(branches: &Branches, order: SortOrder, start: &PageStart) -> Option<String> {
    let (key, sort, sort_rows) = match order {
        SortOrder::Created => ("id", "id", "a.id"),
        SortOrder::CreatedDescending => ("id", "id DESC", "a.id DESC"),
        SortOrder::Name => ("id, folded_name", "folded_name, id", "a.folded_name, a.id"),
        SortOrder::NameDescending => {
            ("id, folded_name", "folded_name DESC, id DESC", "a.folded_name DESC, a.id DESC")
        }
    };
    let follows = match (start, order) {
        (PageStart::First | PageStart::Skip(_), _) => "true",
        (_, SortOrder::Created) => "id > ?3",
        (_, SortOrder::CreatedDescending) => "id < ?3",
        (_, SortOrder::Name) => "(folded_name, id) > (?4, ?3)",
        (_, SortOrder::NameDescending) => "(folded_name, id) < (?4, ?3)",
    };
    let by_id = key == "id";
    let mut wanted = Vec::new();
    if by_id && branches.kinds.len() == ArtifactType::ALL.len() {
        wanted.push("true".to_owned());
    } else {
        wanted.extend(branches.kinds.iter().map(|kind| format!("kind = {}", kind_code(*kind))));
    }
    if !branches.names.is_empty() {
        wanted.push(
            "(kind, folded_name) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?5))"
                .to_owned(),
        );
    }
    let branches: Vec<String> = wanted
        .into_iter()
        .map(|branch| format!("SELECT {key} FROM artifacts WHERE {branch} AND {follows}"))
        .collect();
    if branches.is_empty() {
        return None;
    }
    let page = branches.join(" UNION ALL ");
    Some(format!(
        "SELECT {COLUMNS} FROM ({page} ORDER BY {sort} LIMIT ?1 OFFSET ?2) AS page \
         JOIN artifacts a ON a.id = page.id ORDER BY {sort_rows}"
    ))
}
