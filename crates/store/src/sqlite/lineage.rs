//! Edges of current revisions.

use super::SqliteStore;
use super::artifacts::{COLUMN_COUNT, COLUMNS, artifact};
use super::columns::{json, to_json};
use crate::contract::{Family, Lineage};
use crate::error::StoreError;
use async_trait::async_trait;
use rusqlite::{Connection, params};
use touchstone_domain::lineage::Edge;
use touchstone_domain::{ArtifactId, RevisionId};

#[async_trait]
impl Lineage for SqliteStore {
    async fn edges_of(&self, artifacts: &[ArtifactId]) -> Result<Vec<Family>, StoreError> {
        let ids = to_json(&artifacts)?;
        self.readers
            .lists
            .run(move |connection| {
                families(connection, "SELECT value FROM json_each(?1) LIMIT ?2", &ids, u32::MAX)
            })
            .await
    }

    async fn children_of(
        &self,
        canonical: &[String],
        limit: u32,
    ) -> Result<Vec<Family>, StoreError> {
        let canonical = to_json(&canonical)?;
        let children = "SELECT DISTINCT c.id FROM edges e JOIN revisions r ON r.number = e.revision \
                        JOIN artifacts c ON c.number = r.artifact AND c.current = r.id \
                        WHERE e.parent IN (SELECT value FROM json_each(?1)) ORDER BY c.id LIMIT ?2";
        self.readers
            .lists
            .run(move |connection| families(connection, children, &canonical, limit))
            .await
    }

    async fn edges_of_revision(&self, revision: &RevisionId) -> Result<Vec<Edge>, StoreError> {
        self.readers.point(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT e.edge FROM edges e JOIN revisions r ON r.number = e.revision \
                 WHERE r.id = ?1 ORDER BY e.position",
            )?;
            let edges = statement.query_map([&revision.0], |row| json(row, 0))?;
            Ok(edges.collect::<Result<_, _>>()?)
        })
    }
}

/// The artifacts whose ids a query gives, with the edges of what they serve.
fn families(
    connection: &Connection,
    ids: &str,
    values: &str,
    limit: u32,
) -> Result<Vec<Family>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, e.edge FROM artifacts a LEFT JOIN revisions r ON r.id = a.current \
         LEFT JOIN edges e ON e.revision = r.number WHERE a.id IN ({ids}) \
         ORDER BY a.id, e.position"
    ))?;
    let mut rows = statement.query(params![values, limit])?;
    let mut families: Vec<Family> = Vec::new();
    while let Some(row) = rows.next()? {
        let artifact = artifact(row)?;
        if families.last().is_none_or(|family| family.artifact.id != artifact.id) {
            families.push(Family { artifact, edges: Vec::new() });
        }
        let has_edge = row.get_ref(COLUMN_COUNT)? != rusqlite::types::ValueRef::Null;
        if let (true, Some(family)) = (has_edge, families.last_mut()) {
            family.edges.push(json(row, COLUMN_COUNT)?);
        }
    }
    Ok(families)
}
