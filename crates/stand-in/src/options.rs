//! How a stand-in serves what it holds; changed while it runs.

use std::time::Duration;

/// How everything is served.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) latency: Duration,
    pub(crate) redirect_small_files: bool,
    pub(crate) redirect_large_files: bool,
    pub(crate) tree_page_entries: Option<usize>,
    pub(crate) storage_origin: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            latency: Duration::ZERO,
            redirect_small_files: false,
            redirect_large_files: true,
            tree_page_entries: None,
            storage_origin: None,
        }
    }
}
