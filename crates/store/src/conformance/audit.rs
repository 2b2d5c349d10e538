//! Promises about the audit trail.

use super::samples::{AnyStore, entry, id};
use touchstone_domain::audit::AuditAction;

pub(super) async fn the_newest_lines_are_given_oldest_first(store: &AnyStore) {
    for second in 0..5 {
        store.append(entry(1, AuditAction::Download, second)).await.unwrap();
    }
    let newest: Vec<_> = (2..5).map(|second| entry(1, AuditAction::Download, second)).collect();
    assert_eq!(store.trail(&id(1), 3).await.unwrap(), newest);
    assert_eq!(store.trail(&id(1), 100).await.unwrap().len(), 5);
}

pub(super) async fn trails_are_kept_apart(store: &AnyStore) {
    store.append(entry(1, AuditAction::Rate, 1)).await.unwrap();
    store.append(entry(2, AuditAction::Audit, 2)).await.unwrap();
    assert_eq!(store.trail(&id(2), 10).await.unwrap(), [entry(2, AuditAction::Audit, 2)]);
    assert_eq!(store.trail(&id(3), 10).await.unwrap(), []);
}
