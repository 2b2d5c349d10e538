//! Connections for reading. Point lookups run where they are called, in microseconds; what may take
//! longer runs on threads of its own, so many at a time.

use super::connection;
use crate::error::StoreError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Each holds some memory for pages, so there are no more than threads that can use them.
const MAX_POINT_CONNECTIONS: usize = 8;
const LIST_CONNECTIONS: usize = 3;
/// Searches have lanes of their own, so that no list waits for them.
const SEARCH_CONNECTIONS: usize = 2;
/// One: the rest of the machine stays free however many expressions find nothing.
const LONG_SEARCH_CONNECTIONS: usize = 1;

#[derive(Debug)]
pub(super) struct Readers {
    points: Vec<Mutex<Connection>>,
    next: AtomicUsize,
    /// For lists and large rows.
    pub(super) lists: Lane,
    pub(super) searches: Lane,
    pub(super) long_searches: Lane,
}

impl Readers {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let points = (0..threads.clamp(2, MAX_POINT_CONNECTIONS))
            .map(|_| connection::open_reading(path).map(Mutex::new))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            points,
            next: AtomicUsize::new(0),
            lists: Lane::new(path, LIST_CONNECTIONS),
            searches: Lane::new(path, SEARCH_CONNECTIONS),
            long_searches: Lane::new(path, LONG_SEARCH_CONNECTIONS),
        })
    }

    /// Reads a few small rows, here and now.
    pub(super) fn point<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let (before, from) = self.points.split_at(first % self.points.len());
        let free = from.iter().chain(before).find_map(|connection| connection.try_lock().ok());
        if let Some(connection) = free {
            return read(&connection);
        }
        match from.first() {
            Some(busy) => read(&busy.lock().unwrap_or_else(PoisonError::into_inner)),
            None => Err(closed()),
        }
    }
}

/// Some connections, opened as they are needed, and a bound on how many.
#[derive(Debug)]
pub(super) struct Lane {
    path: PathBuf,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Lane {
    fn new(path: &Path, connections: usize) -> Self {
        Self {
            path: path.to_owned(),
            permits: Arc::new(Semaphore::new(connections)),
            idle: Arc::default(),
        }
    }

    /// Reads on a thread that may block; waits its turn, first come first served.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| closed())?;
        let (path, idle) = (self.path.clone(), Arc::clone(&self.idle));
        let reading = tokio::task::spawn_blocking(move || {
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = kept.map_or_else(|| connection::open_reading(&path), Ok)?;
            let answer = read(&connection);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            drop(permit);
            answer
        });
        reading.await.map_err(|cause| StoreError::Unavailable {
            what: "a reading thread ended early".to_owned(),
            cause: Some(cause.into()),
        })?
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable { what: "the database is closed".to_owned(), cause: None }
}
