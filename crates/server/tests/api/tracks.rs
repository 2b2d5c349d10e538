//! The planned tracks.

use crate::support::TestRegistry;

#[tokio::test]
async fn the_performance_track_is_planned() {
    let registry = TestRegistry::start().await;
    let tracks = registry.get("/tracks").await;
    assert_eq!(tracks.text(), "{\"plannedTracks\":[\"Performance track\"]}");
}
