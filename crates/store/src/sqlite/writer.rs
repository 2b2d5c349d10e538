//! The one thread that writes. What is waiting when it is free goes into one transaction, so that
//! many writers share the wait for the disk; each is answered only after the commit.

use super::search::{self, IndexChange};
use crate::error::StoreError;
use rusqlite::{Connection, ErrorCode};
use std::cell::RefCell;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// How many writes wait before those that ask must.
const QUEUE_LENGTH: usize = 1_024;
/// How many writes share a commit: bounds how long the first of them waits.
const GROUP_LENGTH: usize = 256;

/// The way to the writing thread.
#[derive(Debug)]
pub(super) struct Writer {
    /// Nothing once it is closed: the thread ends when nobody can ask any more.
    queue: Mutex<Option<mpsc::Sender<Box<dyn Operation>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, waiting) = mpsc::channel(QUEUE_LENGTH);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || run(&connection, waiting))
            .map_err(|cause| StoreError::Unavailable {
                what: "the writing thread cannot be started".to_owned(),
                cause: Some(cause.into()),
            })?;
        Ok(Self { queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) })
    }

    /// Carries out a write, whole or not at all, and answers when it is on the disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&Group<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = oneshot::channel();
        let operation = Write { carry_out: Some(write), result: None, tell };
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let queue = queue.ok_or_else(closed)?;
        queue.send(Box::new(operation)).await.map_err(|_| closed())?;
        drop(queue);
        told.await.map_err(|_| closed())?
    }

    /// Lets what is waiting be written, and ends the thread.
    pub(super) async fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable { what: "the database is closed".to_owned(), cause: None }
}

/// What a write works on: the connection, inside a transaction that it shares with others.
///
/// Changes of the search index are put off to the end of the group. FTS5 writes a segment of its
/// index wherever a savepoint ends, and segments are what its later merges cost.
pub(super) struct Group<'a> {
    connection: &'a Connection,
    index_changes: RefCell<Vec<IndexChange>>,
}

impl Group<'_> {
    /// Changes the search index together with everything else of the group.
    pub(super) fn change_index(&self, change: IndexChange) {
        self.index_changes.borrow_mut().push(change);
    }
}

impl Deref for Group<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

/// A write on its way: carried out first, answered once the fate of its group is known.
trait Operation: Send {
    fn perform(&mut self, group: &Group<'_>) -> Result<(), Failure>;
    fn answer(self: Box<Self>, fate: Result<(), Failure>);
}

struct Write<T, F> {
    carry_out: Option<F>,
    result: Option<Result<T, StoreError>>,
    tell: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Operation for Write<T, F>
where
    T: Send,
    F: FnOnce(&Group<'_>) -> Result<T, StoreError> + Send,
{
    fn perform(&mut self, group: &Group<'_>) -> Result<(), Failure> {
        let Some(write) = self.carry_out.take() else { return Ok(()) };
        let result = write(group);
        let outcome = match &result {
            Ok(_) => Ok(()),
            Err(StoreError::Full) => Err(Failure::Full),
            Err(_) => Err(Failure::Undone),
        };
        self.result = Some(result);
        outcome
    }

    fn answer(self: Box<Self>, fate: Result<(), Failure>) {
        let answer = match (self.result, fate) {
            (Some(Err(own)), _) => Err(own),
            (Some(result), Ok(())) => result,
            (_, Err(failure)) => Err(failure.into()),
            (None, Ok(())) => Err(closed()),
        };
        // A caller that has gone away does not want to know.
        let _ = self.tell.send(answer);
    }
}

/// Why a whole group came to nothing, to be told to each of its callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Full,
    Sqlite(ErrorCode),
    Undone,
}

impl From<rusqlite::Error> for Failure {
    fn from(cause: rusqlite::Error) -> Self {
        match cause.sqlite_error_code() {
            _ if super::is_full(&cause) => Self::Full,
            Some(code) => Self::Sqlite(code),
            None => Self::Undone,
        }
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        let what = match failure {
            Failure::Full => return Self::Full,
            Failure::Sqlite(code) => format!("the commit failed ({code:?})"),
            Failure::Undone => "the commit was undone by another write".to_owned(),
        };
        Self::Unavailable { what, cause: None }
    }
}

fn run(connection: &Connection, mut waiting: mpsc::Receiver<Box<dyn Operation>>) {
    let mut group = Vec::with_capacity(GROUP_LENGTH);
    while waiting.blocking_recv_many(&mut group, GROUP_LENGTH) > 0 {
        let fate = commit(connection, &mut group);
        if fate.is_err() && !connection.is_autocommit() {
            // Where this fails too the next BEGIN does, and tells its callers.
            let _ = execute(connection, "ROLLBACK");
        }
        for operation in group.drain(..) {
            operation.answer(fate);
        }
    }
    // What stays in the log is read from there at the next start: a failure loses nothing.
    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Carries out a group in one transaction, in which each operation stands or falls alone.
fn commit(connection: &Connection, operations: &mut [Box<dyn Operation>]) -> Result<(), Failure> {
    execute(connection, "BEGIN IMMEDIATE")?;
    let group = Group { connection, index_changes: RefCell::default() };
    for operation in operations {
        let index_changes = group.index_changes.borrow().len();
        execute(connection, "SAVEPOINT operation")?;
        if let Err(failure) = operation.perform(&group) {
            group.index_changes.borrow_mut().truncate(index_changes);
            // Some failures, a full disk among them, end the whole transaction.
            if connection.is_autocommit() {
                return Err(failure);
            }
            execute(connection, "ROLLBACK TO operation")?;
        }
        execute(connection, "RELEASE operation")?;
    }
    search::change_index(connection, group.index_changes.into_inner())?;
    execute(connection, "COMMIT")
}

fn execute(connection: &Connection, statement: &str) -> Result<(), Failure> {
    connection.prepare_cached(statement)?.execute([])?;
    Ok(())
}
