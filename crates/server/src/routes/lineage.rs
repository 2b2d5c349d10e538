//! The graph of everything connected to a model.

use crate::extract::{ArtifactPath, Query};
use crate::problem::Problem;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use touchstone_domain::lineage::{Graph, GraphEdge, Node, Provenance, Relation, Statement};
use touchstone_domain::{ArtifactId, ArtifactType};
use touchstone_registry::LineageScope;
use utoipa::ToSchema;

/// Nodes, and edges from each base to what was derived from it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactLineageGraph {
    /// The nodes, sorted by id.
    nodes: Vec<ArtifactLineageNode>,
    /// The edges, sorted by their ends.
    edges: Vec<ArtifactLineageEdge>,
}

/// An artifact of the graph.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactLineageNode {
    /// Its id; of something that is not registered, one that stays the same.
    #[schema(value_type = String)]
    artifact_id: ArtifactId,
    /// What people call it.
    name: String,
    /// How it came into the graph.
    source: &'static str,
    /// What else is known of it.
    metadata: LineageMetadata,
}

/// What else is known of a node.
#[derive(Serialize, ToSchema)]
pub(crate) struct LineageMetadata {
    /// Model, data set or code.
    #[serde(rename = "type")]
    #[schema(value_type = crate::wire::ArtifactTypeWord)]
    kind: ArtifactType,
    /// Whether it is registered here.
    registered: bool,
    /// Its address upstream.
    repository_url: String,
    /// The pinned commit of a registered one.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha: Option<String>,
    /// The net score of a registered, rated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    net_score: Option<f64>,
}

/// That one rests on the other.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArtifactLineageEdge {
    /// The base.
    #[schema(value_type = String)]
    from_node_artifact_id: ArtifactId,
    /// The derived one.
    #[schema(value_type = String)]
    to_node_artifact_id: ArtifactId,
    /// `base_model`, `fine_tuning_dataset` or `code`.
    relationship: &'static str,
    /// How the derived one was made, where that is said.
    relation: &'static str,
    /// Where the edge is stated, most trustworthy first.
    stated_in: Vec<&'static str>,
    /// What each of these places says.
    statements: Vec<LineageStatement>,
    /// What speaks against the edge, one sentence each; empty where the sources agree.
    disputes: Vec<String>,
}

/// One place that states an edge.
#[derive(Serialize, ToSchema)]
pub(crate) struct LineageStatement {
    /// Where.
    stated_in: &'static str,
    /// How the derived one was made, as it says there.
    relation: &'static str,
}

impl From<Statement> for LineageStatement {
    fn from(statement: Statement) -> Self {
        let (_, relation) = relation(statement.relation);
        Self { stated_in: provenance(statement.stated_in), relation }
    }
}

impl From<Node> for ArtifactLineageNode {
    fn from(node: Node) -> Self {
        Self {
            artifact_id: node.id,
            name: node.name,
            source: provenance(node.source),
            metadata: LineageMetadata {
                kind: node.kind,
                registered: node.registered,
                repository_url: node.repository_url,
                sha: node.commit,
                net_score: node.net_score,
            },
        }
    }
}

impl From<GraphEdge> for ArtifactLineageEdge {
    fn from(edge: GraphEdge) -> Self {
        let (relationship, relation) = relation(edge.relation);
        Self {
            from_node_artifact_id: edge.from,
            to_node_artifact_id: edge.to,
            relationship,
            relation,
            stated_in: places(&edge.statements),
            statements: edge.statements.into_iter().map(LineageStatement::from).collect(),
            disputes: edge.disputes,
        }
    }
}

/// Each place once.
fn places(statements: &[Statement]) -> Vec<&'static str> {
    let mut places: Vec<&str> = Vec::new();
    for place in statements.iter().map(|statement| provenance(statement.stated_in)) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// The contract's word, and ours, which says more.
fn relation(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::BaseModel => ("base_model", "base_model"),
        Relation::Finetune => ("base_model", "finetune"),
        Relation::Adapter => ("base_model", "adapter"),
        Relation::Quantized => ("base_model", "quantized"),
        Relation::Merge => ("base_model", "merge"),
        Relation::Dataset => ("fine_tuning_dataset", "dataset"),
        Relation::Code => ("code", "code"),
    }
}

fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Card => "card",
        Provenance::Tag => "tag",
        Provenance::HubTree => "hub_tree",
        Provenance::ConfigJson => "config_json",
        Provenance::AdapterConfig => "adapter_config",
        Provenance::Prose => "prose",
    }
}

/// The graph of everything connected to a model.
#[utoipa::path(
    get, path = "", operation_id = "model_lineage", tag = "trust",
    params(("revision" = Option<String>, Query, description = "An upstream commit; the current revision where none is named."),
        ("include" = Option<String>, Query, description = "Any of `datasets`, `code` and \
            `external`, separated by commas.")
    ),
    responses(
        (status = 200, description = "The graph.", body = ArtifactLineageGraph),
        (status = 424, description = "Its ingest failed; the detail says why."),
        (status = 504, description = "It is still being ingested.")
    )
)]
pub(crate) async fn lineage(
    State(served): App,
    ArtifactPath { id, .. }: ArtifactPath,
    query: Query,
) -> Result<Json<ArtifactLineageGraph>, Problem> {
    let Graph { nodes, edges } =
        served.registry.lineage(&id, query.revision()?, scope(&query)?).await?;
    Ok(Json(ArtifactLineageGraph {
        nodes: nodes.into_iter().map(ArtifactLineageNode::from).collect(),
        edges: edges.into_iter().map(ArtifactLineageEdge::from).collect(),
    }))
}

fn scope(query: &Query) -> Result<LineageScope, Problem> {
    let mut scope = LineageScope::default();
    for word in query.words("include") {
        match word {
            "datasets" => scope.datasets = true,
            "code" => scope.code = true,
            "external" => scope.external = true,
            _ => {
                return Err(Problem::Invalid(
                    "include takes the words datasets, code and external".to_owned(),
                ));
            }
        }
    }
    Ok(scope)
}
