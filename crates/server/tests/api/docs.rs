//! The documentation pages, which must work where there is no internet.

use crate::support::TestRegistry;

/// The values of `src` and `href` attributes.
fn references(page: &str) -> Vec<String> {
    let attribute = regex::Regex::new("(?:src|href)=\"([^\"]+)\"").unwrap();
    attribute.captures_iter(page).map(|found| found[1].to_owned()).collect()
}

#[tokio::test]
async fn everything_that_the_pages_load_comes_from_the_registry() {
    let registry = TestRegistry::start().await;
    for page in ["/docs/", "/redoc"] {
        let answer = registry.get(page).await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-security-policy").unwrap().contains("default-src 'self'"));
        let address = format!("{}{page}", registry.base).parse::<url::Url>().unwrap();
        let loaded = references(answer.text());
        assert!(loaded.len() > 1, "{loaded:?}");
        for reference in loaded {
            let target = address.join(&reference).unwrap();
            assert_eq!(target.origin(), address.origin(), "{reference}");
            assert_eq!(registry.get(target.path()).await.status, 200, "{reference}");
        }
    }
}

#[tokio::test]
async fn the_document_is_where_the_pages_look_for_it() {
    let registry = TestRegistry::start().await;
    let start = registry.get("/docs/swagger-initializer.js").await;
    assert!(start.text().contains("../openapi.json"), "{}", start.text());
    let document = registry.get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let moved = registry.get("/docs").await;
    assert_eq!((moved.status, moved.header("location")), (308, Some("docs/")));
}
