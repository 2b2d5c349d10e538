//! Brings the tables up to date. The file's `user_version` counts the migrations it has had.

use crate::error::StoreError;
use rusqlite::{Connection, TransactionBehavior};

/// Only ever added to: a file that is out there has had them in this order.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_catalog.sql"),
    include_str!("migrations/0003_ratings.sql"),
    include_str!("migrations/0004_fewer_merges.sql"),
];

/// Applies what the file has not had yet, each migration whole or not at all.
pub(super) fn apply(connection: &mut Connection) -> Result<(), StoreError> {
    apply_each(connection, &MIGRATIONS)
}

pub(super) fn apply_each(
    connection: &mut Connection,
    migrations: &[&str],
) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let applied: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let Some(missing) = migrations.get(applied as usize..) else {
        return Err(StoreError::Unavailable {
            what: "the database was written by a newer version".to_owned(),
            cause: None,
        });
    };
    for (version, migration) in (applied + 1..).zip(missing) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    transaction.commit()?;
    Ok(())
}
