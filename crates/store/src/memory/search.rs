//! Search by regular expression over names and READMEs.

use super::MemoryStore;
use crate::contract::{Search, SortOrder};
use crate::error::StoreError;
use crate::paging;
use crate::pattern::SearchPattern;
use async_trait::async_trait;
use std::time::{Duration, Instant};
use touchstone_domain::page::PageStart;
use touchstone_domain::{Artifact, Page, PageRequest};

#[async_trait]
impl Search for MemoryStore {
    async fn search(
        &self,
        pattern: &SearchPattern,
        page: &PageRequest,
        budget: Duration,
    ) -> Result<Option<Page<Artifact>>, StoreError> {
        let state = self.state();
        let begun = Instant::now();
        let mut skip = match page.start {
            PageStart::Skip(count) => count,
            PageStart::First | PageStart::After(_) => 0,
        };
        let mut found = Vec::new();
        for artifact in state.artifacts.values() {
            if begun.elapsed() >= budget {
                return Ok(None);
            }
            if matches!(&page.start, PageStart::After(cursor) if artifact.id.as_str() <= cursor.as_str())
            {
                continue;
            }
            let readme = state.readmes.get(&artifact.id).map(String::as_str);
            let matches = pattern.is_in(artifact.name.as_str(), readme);
            if matches && skip > 0 {
                skip -= 1;
            } else if matches {
                found.push(artifact.clone());
            }
            if found.len() > page.limit as usize {
                break;
            }
        }
        Ok(Some(paging::page_of(found, page.limit, |last| {
            paging::cursor(SortOrder::Created, last)
        })))
    }

    async fn rebuild_index(&self) -> Result<u64, StoreError> {
        Ok(self.state().artifacts.len() as u64)
    }
}
