//! GraphQL: queries are parsed and answered field by field from one large JSON value, so that
//! clients may ask in their own words. Fields that the stand-in does not know are `null`.

mod query;
mod schema;
mod select;

use super::{Answer, Call};
use axum::http::header::AUTHORIZATION;
use query::{Field, Selection};
use select::Executor;
use serde_json::{Map, Value, json};

pub(super) fn answer(call: &Call<'_>) -> Answer {
    if !call.headers.contains_key(AUTHORIZATION) {
        return Answer::Problem(401, "This endpoint requires you to be authenticated.");
    }
    let Ok(request) = serde_json::from_slice::<Value>(&call.body) else {
        return Answer::Problem(400, "Problems parsing JSON");
    };
    let variables = request["variables"].as_object().cloned().unwrap_or_default();
    let text = request["query"].as_str().unwrap_or_default();
    match query::parse(text, &variables) {
        Ok(document) => {
            let mut executor = Executor::new(document.fragments);
            let data = root(call, &mut executor, &document.selections);
            let errors = executor.errors;
            Answer::Json(if errors.is_empty() {
                json!({ "data": data })
            } else {
                json!({ "data": data, "errors": errors })
            })
        }
        // Like every error of GraphQL it comes with status 200.
        Err(message) => Answer::Json(json!({ "errors": [{ "message": message }] })),
    }
}

fn root(call: &Call<'_>, executor: &mut Executor, selections: &[Selection]) -> Value {
    let mut data = Map::new();
    for selection in selections {
        let Selection::Field(field) = selection else {
            continue;
        };
        let value = match field.name.as_str() {
            "rateLimit" => executor.select(None, &schema::rate_limit(), &field.selections),
            "viewer" => executor.select(None, &schema::viewer(), &field.selections),
            "repository" => repository(call, executor, field),
            _ => Value::Null,
        };
        data.insert(field.alias.clone(), value);
    }
    Value::Object(data)
}

fn repository(call: &Call<'_>, executor: &mut Executor, field: &Field) -> Value {
    let argument =
        |name: &str| field.arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let name = format!("{}/{}", argument("owner"), argument("name"));
    let Some(repository) = call.forge.find(&name).or_else(|| call.forge.renamed(&name)) else {
        let message = format!("Could not resolve to a Repository with the name '{name}'.");
        let error = json!({ "type": "NOT_FOUND", "path": [field.alias], "message": message });
        executor.errors.push(error);
        return Value::Null;
    };
    executor.select(Some(repository), &schema::repository(repository), &field.selections)
}
