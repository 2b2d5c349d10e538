//! GitHub's GraphQL, asked as clients ask.

use super::github::serving_rings;
use super::{json, time};
use serde_json::{Value, json};
use touchstone_stand_in::{CodeRepository, PullRequest, StandIn};

async fn query(upstream: &StandIn, query: &str) -> Value {
    let client = reqwest::Client::builder().build().unwrap();
    let body =
        json!({ "query": query, "variables": { "o": "willow", "r": "rings", "after": null } });
    let request = client.post(format!("{}/graphql", upstream.github_url())).json(&body);
    let response = request.bearer_auth("ghp_x").send().await.unwrap();
    assert_eq!(response.status(), 200);
    json(response).await
}

#[tokio::test]
async fn one_query_gives_pull_requests_with_their_reviewers() {
    let upstream = serving_rings();
    let answer = query(
        &upstream,
        "query($o:String!,$r:String!,$after:String){ rateLimit{cost remaining resetAt}
           repository(owner:$o,name:$r){ nameWithOwner licenseInfo{spdxId}
             defaultBranchRef{name target{... on Commit{oid history(first:1){totalCount pageInfo{hasNextPage endCursor}
               nodes{author{user{login}} additions associatedPullRequests(first:1){nodes{number}}}}}}}
             pullRequests(states:MERGED,first:100,after:$after,orderBy:{field:UPDATED_AT,direction:DESC}){
               totalCount nodes{number additions reviewDecision author{login __typename}
                 latestOpinionatedReviews(first:5){nodes{state author{login}}}}}}}",
    )
    .await;
    let repository = &answer["data"]["repository"];
    assert_eq!(answer["errors"], Value::Null);
    assert_eq!(repository["licenseInfo"], json!({ "spdxId": "MIT" }));
    let history = &repository["defaultBranchRef"]["target"]["history"];
    assert_eq!(history["totalCount"], 3);
    assert_eq!(history["pageInfo"], json!({ "hasNextPage": true, "endCursor": "1" }));
    let newest = json!({ "author": { "user": { "login": "ada" } }, "additions": 25,
        "associatedPullRequests": { "nodes": [{ "number": 7 }] } });
    assert_eq!(history["nodes"], json!([newest]));
    let pull = &repository["pullRequests"]["nodes"][0];
    assert_eq!(pull["reviewDecision"], Value::Null);
    let review = json!({ "nodes": [{ "state": "APPROVED", "author": { "login": "bo" } }] });
    assert_eq!(pull["latestOpinionatedReviews"], review);
}

#[tokio::test]
async fn a_reviewers_last_verdict_counts_and_bots_are_a_type() {
    let upstream = StandIn::start();
    let pull = PullRequest::new(1, "helper[bot]", time("2025-03-03T00:00:00Z"), "Raise a bound");
    let pull = pull.changes_requested_by("bo").approved_by("bo").review_required();
    upstream.add(CodeRepository::new("willow/rings").pull_request(pull));
    let answer = query(
        &upstream,
        "query($o: String!, $r: String!) { repository(owner: $o, name: $r) {
           pullRequests(states: [MERGED], last: 1) { nodes { reviewDecision author { login __typename }
             latestOpinionatedReviews(first: 5) { nodes { state } } } } } }",
    )
    .await;
    let pull = &answer["data"]["repository"]["pullRequests"]["nodes"][0];
    assert_eq!(pull["reviewDecision"], "APPROVED");
    assert_eq!(pull["author"], json!({ "login": "helper", "__typename": "Bot" }));
    assert_eq!(pull["latestOpinionatedReviews"]["nodes"], json!([{ "state": "APPROVED" }]));
}

#[tokio::test]
async fn file_texts_and_counts_are_had_under_any_alias() {
    let upstream = serving_rings();
    let answer = query(
        &upstream,
        "query { repository(owner: \"willow\", name: \"rings\") {
           readme: object(expression: \"HEAD:README.md\") { ... on Blob { text } }
           none: object(expression: \"HEAD:NONE\") { ... on Blob { text } }
           source: object(expression: \"HEAD:src/rings\") { ... on Tree { entries { name type } } }
           closed: issues(states: CLOSED) { totalCount }
           ...Rest } }
         fragment Rest on Repository { releases(first: 1) { nodes { tagName } } }",
    )
    .await;
    let expected = json!({
        "readme": { "text": "# Rings\n" }, "none": null,
        "source": { "entries": [{ "name": "count.py", "type": "blob" }] },
        "closed": { "totalCount": 3 }, "releases": { "nodes": [{ "tagName": "v1.0" }] },
    });
    assert_eq!(answer["data"]["repository"], expected);
}

#[tokio::test]
async fn errors_come_with_status_200() {
    let upstream = serving_rings();
    let missing = query(&upstream, "{ repository(owner: \"x\", name: \"y\") { id } }").await;
    assert_eq!(missing["errors"][0]["type"], "NOT_FOUND");
    let unbounded =
        "{ repository(owner: \"willow\", name: \"rings\") { releases { nodes { name } } } }";
    let unbounded = query(&upstream, unbounded).await;
    assert_eq!(unbounded["errors"][0]["type"], "MISSING_PAGINATION_BOUNDARIES");
    let garbled = query(&upstream, "{ repository(").await;
    assert!(garbled["errors"][0]["message"].is_string());
}

#[tokio::test]
async fn a_token_is_required() {
    let upstream = serving_rings();
    let client = reqwest::Client::builder().build().unwrap();
    let request = client.post(format!("{}/graphql", upstream.github_url())).json(&json!({}));
    assert_eq!(request.send().await.unwrap().status(), 401);
}
