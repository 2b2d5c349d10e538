//! What is SQLite's own: groups of writes, a full disk, the file.

use super::{SqliteStore, connection, migrations, search};
use crate::contract::{Artifacts as _, Maintenance as _};
use crate::error::StoreError;
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::mpsc;
use tempfile::TempDir;
use touchstone_domain::{ArtifactId, ArtifactName};

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inner").join("touchstone.db");
    (folder, path)
}

/// Adds a row that shows whether a write is there.
fn note(connection: &Connection, number: i64) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO audit_trail (number, artifact, entry) VALUES (?1, '', ?2)",
        (number, "x".repeat(1_000)),
    )?;
    Ok(())
}

async fn notes(store: &SqliteStore) -> Vec<i64> {
    let read = |connection: &Connection| {
        let mut statement = connection.prepare("SELECT number FROM audit_trail ORDER BY number")?;
        let numbers = statement.query_map([], |row| row.get(0))?;
        Ok(numbers.collect::<Result<_, _>>()?)
    };
    store.readers.lists.run(read).await.unwrap()
}

/// Keeps the writing thread busy until the sender is dropped, so that what follows is one group.
fn hold(store: &SqliteStore) -> (mpsc::Sender<()>, impl Future<Output = Result<(), StoreError>>) {
    let (release, held) = mpsc::channel::<()>();
    let holding = store.writer.write(move |_| {
        let _ = held.recv();
        Ok(())
    });
    (release, holding)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_write_does_not_undo_those_it_shares_a_commit_with() {
    let (_folder, path) = folder();
    let store = SqliteStore::open(&path).unwrap();
    let (release, holding) = hold(&store);
    let first = store.writer.write(|connection| note(connection, 1));
    let failing = store.writer.write(|connection| {
        note(connection, 2)?;
        Err::<(), _>(StoreError::NotFound)
    });
    let broken = store.writer.write(|connection| note(connection, 1));
    let last = store.writer.write(|connection| note(connection, 3));
    let release = async { drop(release) };
    let (held, first, failing, broken, last, ()) =
        futures::join!(holding, first, failing, broken, last, release);
    assert!(held.is_ok() && first.is_ok() && last.is_ok());
    assert!(matches!(failing, Err(StoreError::NotFound)));
    assert!(matches!(broken, Err(StoreError::Unavailable { .. })));
    assert_eq!(notes(&store).await, [1, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_write_leaves_nothing_in_the_index() {
    let (_folder, path) = folder();
    let store = SqliteStore::open(&path).unwrap();
    let (release, holding) = hold(&store);
    let name: ArtifactName = "golden".parse().unwrap();
    let other = name.clone();
    let kept = store.writer.write(move |group| {
        search::add_name(group, 1, &name);
        Ok(())
    });
    let failing = store.writer.write(move |group| {
        search::add_name(group, 2, &other);
        Err::<(), _>(StoreError::NotFound)
    });
    let release = async { drop(release) };
    let (_, kept, failing, ()) = futures::join!(holding, kept, failing, release);
    assert!(kept.is_ok() && failing.is_err());
    let indexed = "SELECT group_concat(rowid) FROM search_index WHERE search_index MATCH '\"gol\"'";
    let read = |connection: &Connection| Ok(connection.query_row(indexed, [], |row| row.get(0))?);
    let numbers: String = store.readers.lists.run(read).await.unwrap();
    assert_eq!(numbers, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_told_of_a_commit_that_failed() {
    let (_folder, path) = folder();
    let store = SqliteStore::open(&path).unwrap();
    let (release, holding) = hold(&store);
    let good = store.writer.write(|connection| note(connection, 1));
    let orphan = store.writer.write(|connection| {
        // Found out only at the commit.
        connection.execute_batch(
            "PRAGMA defer_foreign_keys = ON; INSERT INTO readmes (artifact, text) VALUES (99, '')",
        )?;
        Ok(())
    });
    let release = async { drop(release) };
    let (_, good, orphan, ()) = futures::join!(holding, good, orphan, release);
    assert!(matches!(good, Err(StoreError::Unavailable { .. })), "{good:?}");
    assert!(matches!(orphan, Err(StoreError::Unavailable { .. })));
    store.writer.write(|connection| note(connection, 2)).await.unwrap();
    assert_eq!(notes(&store).await, [2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_harms_nothing() {
    let (_folder, path) = folder();
    let store = SqliteStore::open(&path).unwrap();
    limit_pages(&store, "page_count + 20").await;
    let mut written = Vec::new();
    let refused = loop {
        let number = i64::try_from(written.len()).unwrap();
        match store.writer.write(move |connection| note(connection, number)).await {
            Ok(()) => written.push(number),
            Err(refused) => break refused,
        }
        assert!(written.len() < 1_000);
    };
    assert!(matches!(refused, StoreError::Full), "{refused:?}");
    assert_eq!(notes(&store).await, written);
    limit_pages(&store, "1000000").await;
    store.writer.write(|connection| note(connection, 5_000)).await.unwrap();
    let sound: String = store
        .writer
        .write(|connection| {
            Ok(connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?)
        })
        .await
        .unwrap();
    assert_eq!(sound, "ok");
}

async fn limit_pages(store: &SqliteStore, limit: &str) {
    let limit = format!("SELECT {limit} FROM pragma_page_count");
    store
        .writer
        .write(move |connection| {
            let pages: i64 = connection.query_row(&limit, [], |row| row.get(0))?;
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_point_lookup_does_not_wait_for_the_writer() {
    let (_folder, path) = folder();
    let store = SqliteStore::open(&path).unwrap();
    let (release, holding) = hold(&store);
    let lookup = async {
        let id: ArtifactId = "nobody".parse().unwrap();
        let found = store.artifact(&id).await.unwrap();
        drop(release);
        found
    };
    let (held, found) = futures::join!(holding, lookup);
    assert!(held.is_ok() && found.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn accepted_writes_are_there_after_closing_and_later_ones_are_refused() {
    let (_folder, path) = folder();
    let store = SqliteStore::open(&path).unwrap();
    let (release, holding) = hold(&store);
    let accepted = store.writer.write(|connection| note(connection, 1));
    let closing = async {
        drop(release);
        store.close().await;
    };
    let (held, accepted, ()) = futures::join!(holding, accepted, closing);
    assert!(held.is_ok() && accepted.is_ok());
    let refused = store.writer.write(|connection| note(connection, 2)).await;
    assert!(matches!(refused, Err(StoreError::Unavailable { .. })));
    let reopened = SqliteStore::open(&path).unwrap();
    assert_eq!(notes(&reopened).await, [1]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = folder();
    let store = SqliteStore::open(&path).unwrap();
    store.probe().await.unwrap();
    let files: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(files.len(), 3);
    for file in files {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let (_folder, path) = folder();
    drop(SqliteStore::open(&path).unwrap());
    let file = connection::open_writing(&path).unwrap();
    file.pragma_update(None, "user_version", 999).unwrap();
    let refused = SqliteStore::open(&path).unwrap_err();
    assert!(refused.to_string().contains("newer version"), "{refused}");
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let (_folder, path) = folder();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "not a database, but long enough to have a header".repeat(10)).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::Corrupt { .. })));
}

#[test]
fn migrations_are_applied_once_each_and_in_order() {
    let (_folder, path) = folder();
    connection::create(&path).unwrap();
    let mut file = connection::open_writing(&path).unwrap();
    let first = "CREATE TABLE one (a); INSERT INTO one VALUES (1);";
    migrations::apply_each(&mut file, &[first]).unwrap();
    let second = "ALTER TABLE one ADD COLUMN b; UPDATE one SET b = a + 1;";
    migrations::apply_each(&mut file, &[first, second]).unwrap();
    migrations::apply_each(&mut file, &[first, second]).unwrap();
    let row: (i64, i64) =
        file.query_row("SELECT a, b FROM one", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(row, (1, 2));
}

#[test]
fn a_migration_that_fails_leaves_the_file_as_it_was() {
    let (_folder, path) = folder();
    connection::create(&path).unwrap();
    let mut file = connection::open_writing(&path).unwrap();
    let broken = "CREATE TABLE two (a); nonsense;";
    assert!(migrations::apply_each(&mut file, &["CREATE TABLE one (a);", broken]).is_err());
    let tables: i64 =
        file.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 0);
}
