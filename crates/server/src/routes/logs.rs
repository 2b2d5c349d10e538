//! The end of the log.

use crate::extract::{Query, WordPath};
use crate::problem::Problem;
use crate::state::App;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

/// Lines that a tail has where none are asked for.
const DEFAULT_LINES: u64 = 200;

/// The ids of all components.
const COMPONENTS: [&str; 6] = ["api", "store", "blobs", "ingest", "hugging-face", "github"];

/// The end of what a component wrote to the log.
#[utoipa::path(get, path = "", operation_id = "component_log", tag = "health",
    params(
        ("lines" = Option<u64>, Query, minimum = 1, maximum = 5000,
            description = "How many lines at the most, 200 where nothing is said."),
    ),
    responses(
        (status = 200, description = "Lines, oldest first.", body = String,
            content_type = "text/plain"),
        (status = 404, description = "There is no such component, or no log is kept.")))]
pub(crate) async fn log(
    State(served): App,
    WordPath(component): WordPath,
    query: Query,
) -> Result<impl IntoResponse, Problem> {
    let lines = query.integer(&["lines"], 1..=5000)?.unwrap_or(DEFAULT_LINES);
    if !COMPONENTS.contains(&component.as_str()) {
        return Err(Problem::NotFound("there is no such component".to_owned()));
    }
    let tail = served.settings.log_tail.as_ref();
    let tail = tail.ok_or_else(|| Problem::NotFound("this registry keeps no log".to_owned()))?;
    let mut lines = tail.tail(&component, usize::try_from(lines).unwrap_or(usize::MAX));
    lines.push(String::new());
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], lines.join("\n")))
}
