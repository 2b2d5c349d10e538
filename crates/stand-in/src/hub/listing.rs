//! The listing of all models or data sets, filtered as far as a stand-in needs to.

use super::shelf::Snapshot;
use super::{Call, Kind, info};
use crate::reply;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

const PAGE_REPOSITORIES: usize = 1000;

/// Honours `search`, `author`, `filter` and `limit`; the order is always that of the names.
pub(super) fn page(call: &Call<'_>, kind: Kind) -> Response {
    let visible = call.shelf.all(kind).filter(|snapshot| call.may_see(snapshot));
    let wanted: Vec<_> = visible.filter(|snapshot| is_wanted(call, snapshot)).collect();
    let limit = call.parameter("limit").and_then(|limit| limit.parse().ok());
    let limit = limit.unwrap_or(PAGE_REPOSITORIES).clamp(1, PAGE_REPOSITORIES);
    let (page, link) = call.page_of(wanted, limit);
    let page: Vec<Value> =
        page.into_iter().map(|snapshot| info::describe(snapshot, false, false)).collect();
    let mut response = reply::json(StatusCode::OK, &Value::Array(page));
    if let Some(link) = link {
        reply::put(&mut response, "link", &link);
    }
    response
}

fn is_wanted(call: &Call<'_>, snapshot: &Snapshot) -> bool {
    let searched = call
        .parameter("search")
        .is_none_or(|word| snapshot.id.to_lowercase().contains(&word.to_lowercase()));
    let owned = call.parameter("author").is_none_or(|author| snapshot.owner() == author);
    let tags = snapshot.card.tags();
    searched && owned && call.parameters("filter").iter().all(|filter| tags.contains(filter))
}
