//! Path patterns: `*` stands for any run of characters, everything else for itself. A method and
//! a space may stand before: `GET */model.safetensors`.

/// Whether a request matches `pattern`.
pub(crate) fn matches_request(pattern: &str, method: &str, path: &str) -> bool {
    match pattern.split_once(' ') {
        Some((wanted, pattern)) => wanted == method && matches(pattern, path),
        None => matches(pattern, path),
    }
}

/// Whether `path` as a whole matches `pattern`.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(mut remaining) = path.strip_prefix(first) else {
        return false;
    };
    let mut pieces = rest.split('*').peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return remaining.ends_with(piece);
        }
        let Some(at) = remaining.find(piece) else {
            return false;
        };
        remaining = &remaining[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{matches, matches_request};

    #[test]
    fn a_star_stands_for_any_run() {
        assert!(matches("/api/*", "/api/models/a/b"));
        assert!(matches("*/config.json", "/a/b/resolve/main/config.json"));
        assert!(matches("/*/resolve/*.json", "/a/b/resolve/main/x.json"));
        assert!(matches("*", ""));
    }

    #[test]
    fn a_method_may_stand_before() {
        assert!(matches_request("GET /a*", "GET", "/ab"));
        assert!(!matches_request("GET /a*", "HEAD", "/ab"));
        assert!(matches_request("/a*", "HEAD", "/ab"));
    }

    #[test]
    fn everything_else_stands_for_itself() {
        assert!(matches("/a", "/a"));
        assert!(!matches("/a", "/a/b"));
        assert!(!matches("/*/x", "/a/b"));
        assert!(!matches("*abc*abc", "abc"));
    }
}
