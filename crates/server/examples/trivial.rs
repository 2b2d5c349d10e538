//! A JSON handler that does nothing but answer: what lookups are measured beside.
#![expect(clippy::print_stdout, reason = "it says where it listens")]

use axum::{Json, Router, routing::get};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(answer))).await
}

async fn answer() -> Json<Value> {
    Json(json!({ "name": "bert-base-uncased", "id": "9078563412", "type": "model" }))
}
