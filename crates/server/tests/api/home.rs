//! The front door.

use crate::support::TestRegistry;

#[tokio::test]
async fn people_get_a_page_and_programs_a_greeting() {
    let registry = TestRegistry::start().await;
    let request = registry.request("GET", "/").header("accept", "text/html,*/*;q=0.8");
    let page = registry.send(request).await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'self'"));
    assert!(page.text().contains("Touchstone"));
    let greeting = registry.get("/").await;
    assert_eq!(greeting.header("vary"), Some("Accept"));
    let greeting = greeting.json();
    assert_eq!((&greeting["name"], greeting["version"].is_string()), (&"touchstone".into(), true));
    for link in greeting["links"].as_object().unwrap().values() {
        let path = link.as_str().unwrap().strip_prefix(&registry.base).unwrap();
        assert_eq!(registry.get(path).await.status, 200, "{path}");
    }
}
