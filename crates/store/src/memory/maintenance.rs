//! Looking after the store.

use super::{MemoryStore, State};
use crate::contract::Maintenance;
use crate::error::StoreError;
use crate::paging;
use async_trait::async_trait;
use touchstone_domain::page::PageStart;
use touchstone_domain::{Page, PageRequest, Revision};

#[async_trait]
impl Maintenance for MemoryStore {
    async fn probe(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn reset(&self) -> Result<(), StoreError> {
        *self.state() = State::default();
        Ok(())
    }

    async fn all_revisions(&self, page: &PageRequest) -> Result<Page<Revision>, StoreError> {
        let state = self.state();
        let all = state.revisions.values().map(|stored| &stored.revision);
        let (skip, after) = match &page.start {
            PageStart::First => (0, ""),
            PageStart::Skip(count) => (*count as usize, ""),
            PageStart::After(cursor) => (0, cursor.as_str()),
        };
        let wanted = all.filter(|revision| revision.id.0.as_str() > after).skip(skip);
        let items = wanted.take(page.limit as usize + 1).cloned().collect();
        Ok(paging::page_of(items, page.limit, |last| last.id.0.clone()))
    }

    async fn close(&self) {}
}
