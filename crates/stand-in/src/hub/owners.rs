//! Organisations and users.

use super::{Call, Kind, Refusal};
use crate::reply;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

/// Who a namespace belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Owner {
    /// Several people.
    Organization { members: u32 },
    /// One person.
    User,
}

pub(super) fn organization(call: &Call<'_>, name: &str) -> Result<Response, Refusal> {
    let Some(Owner::Organization { members }) = call.shelf.owner(name) else {
        return Err(Refusal::NoRoute);
    };
    let body = json!({
        "_id": super::info::object_id(name), "name": name, "fullname": name, "type": "org",
        "isVerified": false, "isEnterprise": false, "numUsers": members,
        "numModels": call.shelf.owned(Kind::Model, name),
        "numDatasets": call.shelf.owned(Kind::Dataset, name), "numSpaces": 0, "numFollowers": 0,
    });
    Ok(reply::json(StatusCode::OK, &body))
}

pub(super) fn user(call: &Call<'_>, name: &str) -> Result<Response, Refusal> {
    let Some(Owner::User) = call.shelf.owner(name) else {
        return Err(Refusal::NoRoute);
    };
    let body = json!({
        "_id": super::info::object_id(name), "user": name, "fullname": name, "type": "user",
        "isPro": false, "numModels": call.shelf.owned(Kind::Model, name),
        "numDatasets": call.shelf.owned(Kind::Dataset, name), "numSpaces": 0, "numFollowers": 0,
        "orgs": [],
    });
    Ok(reply::json(StatusCode::OK, &body))
}
