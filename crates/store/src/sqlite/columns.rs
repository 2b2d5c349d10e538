//! How the domain's words are written into columns, and read back.

use crate::error::StoreError;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::types::Type;
use rusqlite::{Error, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{Read as _, Write as _};
use std::str::FromStr;
use touchstone_domain::{ArtifactType, Sha256, Timestamp};

/// Shorter JSON is not worth compressing.
const COMPRESSED_FROM_BYTES: usize = 512;

pub(super) const fn kind_code(kind: ArtifactType) -> i64 {
    match kind {
        ArtifactType::Model => 0,
        ArtifactType::Dataset => 1,
        ArtifactType::Code => 2,
    }
}

pub(super) fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<ArtifactType> {
    match row.get(column)? {
        0 => Ok(ArtifactType::Model),
        1 => Ok(ArtifactType::Dataset),
        2 => Ok(ArtifactType::Code),
        other => Err(Error::IntegralValueOutOfRange(column, other)),
    }
}

/// Nanoseconds since 1970; the year 2262 stands for everything after it.
pub(super) fn nanoseconds(time: Timestamp) -> i64 {
    i64::try_from(time.as_nanosecond()).unwrap_or(i64::MAX)
}

pub(super) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    from_nanoseconds(row.get(column)?, column)
}

pub(super) fn from_nanoseconds(nanoseconds: i64, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_nanosecond(nanoseconds.into())
        .map_err(|cause| Error::FromSqlConversionFailure(column, Type::Integer, cause.into()))
}

/// A word that checks itself when it is read.
pub(super) fn word<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|cause: T::Err| {
        Error::FromSqlConversionFailure(column, Type::Text, Box::new(cause))
    })
}

pub(super) fn digest(blob: &Sha256) -> [u8; 32] {
    let digits = blob.as_str();
    std::array::from_fn(|at| {
        let pair = digits.get(at * 2..at * 2 + 2).unwrap_or_default();
        u8::from_str_radix(pair, 16).unwrap_or_default()
    })
}

/// A number that cannot be negative.
pub(super) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get(column).map(i64::unsigned_abs)
}

pub(super) fn sha256(row: &Row<'_>, column: usize) -> rusqlite::Result<Sha256> {
    Ok(Sha256::from_digest(&row.get(column)?))
}

pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(unwritable)
}

pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text)
        .map_err(|cause| Error::FromSqlConversionFailure(column, Type::Text, cause.into()))
}

/// JSON as bytes, compressed where it is long.
pub(super) fn to_document<T: Serialize>(value: &T) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(value).map_err(unwritable)?;
    if json.len() < COMPRESSED_FROM_BYTES {
        return Ok(json);
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&json).and_then(|()| encoder.finish()).map_err(|cause| {
        StoreError::Unavailable {
            what: "a document cannot be compressed".to_owned(),
            cause: Some(cause.into()),
        }
    })
}

/// Reads what [`to_document`] wrote. Zlib data begins with `x`, which no JSON does.
pub(super) fn document<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let bytes = row.get_ref(column)?.as_blob()?;
    let unreadable = |cause| Error::FromSqlConversionFailure(column, Type::Blob, cause);
    if bytes.first() != Some(&b'x') {
        return serde_json::from_slice(bytes).map_err(|cause| unreadable(cause.into()));
    }
    let mut json = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut json).map_err(|cause| unreadable(cause.into()))?;
    serde_json::from_slice(&json).map_err(|cause| unreadable(cause.into()))
}

fn unwritable(cause: serde_json::Error) -> StoreError {
    StoreError::Unavailable {
        what: "a value cannot be written as JSON".to_owned(),
        cause: Some(cause.into()),
    }
}
