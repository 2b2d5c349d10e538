//! The way out of a file: pieces read on the blocking pool, each when it is asked for.

use super::super::ReadRange;
use super::{absent_as_none, blocking};
use crate::error::StoreError;
use bytes::Bytes;
use futures::future::ready;
use futures::stream::{self, BoxStream, StreamExt as _};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use touchstone_domain::Sha256;

/// How many bytes are read at once. One such piece is the memory of a reader, and the connection
/// queues another. Nothing is read ahead: while a piece is read, the system still sends those before
/// it.
const PIECE_BYTES: usize = 64 * 1024;

const READ: &str = "read a blob";

type Piece = Result<Bytes, StoreError>;

/// The bytes of `range`, which is not empty.
pub(super) async fn read(
    path: PathBuf,
    blob: Sha256,
    range: ReadRange,
) -> Result<BoxStream<'static, Piece>, StoreError> {
    let opened = blocking(READ, move || absent_as_none(File::open(path))).await?;
    let file = Arc::new(opened.ok_or(StoreError::NotFound)?);
    let blob = Arc::new(blob);
    let end = range.end;
    let pieces = stream::iter(range.step_by(PIECE_BYTES)).then(move |start| {
        let len = usize::try_from(end - start).map_or(PIECE_BYTES, |left| left.min(PIECE_BYTES));
        read_piece(file.clone(), blob.clone(), start, len)
    });
    Ok(pieces.scan(false, |ended, piece| ready(until_error(ended, piece))).boxed())
}

async fn read_piece(file: Arc<File>, blob: Arc<Sha256>, start: u64, len: usize) -> Piece {
    let piece = blocking(READ, move || {
        let mut piece = vec![0; len];
        match file.read_exact_at(&mut piece, start) {
            Ok(()) => Ok(Some(piece)),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    });
    match piece.await? {
        Some(piece) => Ok(piece.into()),
        None => Err(shorter(&blob, start + len as u64)),
    }
}

fn shorter(blob: &Sha256, recorded_bytes: u64) -> StoreError {
    let what = format!("blob {blob} ends before its byte {recorded_bytes}");
    StoreError::Corrupt { what, cause: Some(io::Error::from(ErrorKind::UnexpectedEof).into()) }
}

/// Nothing follows an error.
fn until_error(ended: &mut bool, piece: Piece) -> Option<Piece> {
    let before = std::mem::replace(ended, piece.is_err());
    (!before).then_some(piece)
}
