//! Safetensors: the header's length in eight bytes, the header as a JSON object of tensors, then
//! their numbers without holes.

use super::{Counts, Unread, numbers, wrong};
use serde::Deserialize;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

const LENGTH_BYTES: usize = 8;
/// Longer than any name of a kind of numbers.
const LONGEST_KIND: usize = 16;

/// One tensor as the header gives it.
#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<u64>,
    data_offsets: [u64; 2],
}

pub(super) fn read(first: &[u8], file_bytes: u64) -> Result<Counts, Unread> {
    let (length, rest) = first.split_first_chunk::<LENGTH_BYTES>().ok_or(Unread::Short)?;
    let length = u64::from_le_bytes(*length);
    let data_bytes = file_bytes
        .checked_sub(LENGTH_BYTES as u64)
        .and_then(|rest| rest.checked_sub(length))
        .ok_or_else(|| wrong(format!("claims a header of {length} bytes, beyond its end")))?;
    let header = usize::try_from(length).ok().and_then(|length| rest.get(..length));
    let header = header.ok_or(Unread::Short)?;
    let Header(counts) = serde_json::from_slice(header)
        .map_err(|error| wrong(format!("has a header that cannot be read: {error}")))?;
    if counts.tensor_bytes != data_bytes {
        return Err(wrong(format!(
            "says that its tensors take {} bytes, and {data_bytes} follow its header",
            counts.tensor_bytes
        )));
    }
    Ok(counts)
}

/// A header, counted while it is read: it may name millions of tensors.
struct Header(Counts);

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Counting).map(Self)
    }
}

struct Counting;

impl<'de> Visitor<'de> for Counting {
    type Value = Counts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tensors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut tensors: A) -> Result<Counts, A::Error> {
        let mut counts = Counts::default();
        while let Some(name) = tensors.next_key::<String>()? {
            if name == "__metadata__" {
                tensors.next_value::<IgnoredAny>()?;
                continue;
            }
            let tensor: Tensor = tensors.next_value()?;
            count(&mut counts, tensor).map_err(|unread| match unread {
                Unread::Wrong(how) => A::Error::custom(how),
                Unread::Short => A::Error::custom("it ends too early"),
            })?;
        }
        Ok(counts)
    }
}

fn count(counts: &mut Counts, tensor: Tensor) -> Result<(), Unread> {
    let Tensor { dtype, shape, data_offsets: [begin, end] } = tensor;
    let numbers = numbers(shape)?;
    let bytes = end.checked_sub(begin).ok_or_else(|| wrong("a tensor ends before it begins"))?;
    if dtype.len() > LONGEST_KIND {
        return Err(wrong("a kind of numbers has no such name"));
    }
    if let Some(each) = bytes_each(&dtype)
        && numbers.checked_mul(each) != Some(bytes)
    {
        return Err(wrong(format!("{numbers} numbers of {dtype} do not take {bytes} bytes")));
    }
    counts.add(&dtype, numbers, bytes)
}

/// Bytes of one number; nothing for kinds that take parts of a byte, or that are not known.
fn bytes_each(dtype: &str) -> Option<u64> {
    match dtype {
        "BOOL" | "U8" | "I8" | "F8_E4M3" | "F8_E5M2" | "F8_E8M0" => Some(1),
        "U16" | "I16" | "F16" | "BF16" => Some(2),
        "U32" | "I32" | "F32" => Some(4),
        "U64" | "I64" | "F64" | "C64" => Some(8),
        _ => None,
    }
}
