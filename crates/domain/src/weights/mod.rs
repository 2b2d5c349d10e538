//! What weight files say of themselves in their first bytes: how many numbers of which kind. Read
//! from hostile bytes, in memory that does not grow with what they claim.

mod gguf;
mod safetensors;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most that is read of a file for its header. GGUF keeps a vocabulary there, which is some
/// megabytes.
pub const MOST_HEADER_BYTES: u64 = 16 * 1024 * 1024;

/// More kinds of numbers than any format has.
const MOST_KINDS: usize = 64;

/// What the header of a weight file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightHeader {
    /// The file's path in its repository.
    pub path: String,
    /// The file's size in bytes.
    pub file_bytes: u64,
    /// How many tensors it holds.
    pub tensors: u64,
    /// How many bytes the numbers of all tensors take.
    pub tensor_bytes: u64,
    /// How many numbers there are of each kind, by the format's own name for it: `F32`, `Q4_K`.
    pub parameters: BTreeMap<String, u64>,
    /// Why the header cannot be believed, as one sentence; all counts are zero then.
    pub problem: Option<String>,
}

/// Why a header was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Unread {
    /// It goes on behind the bytes that there are.
    Short,
    /// It cannot be believed: a verb phrase about the file.
    Wrong(String),
}

/// Counts of a header, with the sums checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Counts {
    tensors: u64,
    tensor_bytes: u64,
    parameters: BTreeMap<String, u64>,
}

/// Whether files of this name have a header that is understood.
#[must_use]
pub fn has_header(path: &str) -> bool {
    reader(path).is_some()
}

/// Reads the header of a file of `file_bytes` from its first bytes. Nothing where more of them are
/// needed and may be had, or where [`has_header`] says no.
///
/// Sources: the safetensors format's README; the GGUF specification in ggml's `docs/gguf.md`.
#[must_use]
pub fn header(path: &str, file_bytes: u64, first: &[u8]) -> Option<WeightHeader> {
    let read = reader(path)?;
    let counted = match read(first, file_bytes) {
        Err(Unread::Short) if (first.len() as u64) < file_bytes.min(MOST_HEADER_BYTES) => {
            return None;
        }
        Err(Unread::Short) if first.len() as u64 >= file_bytes => {
            Err("ends within its header".to_owned())
        }
        Err(Unread::Short) => {
            Err(format!("has a header of more than the {MOST_HEADER_BYTES} bytes that are read"))
        }
        Err(Unread::Wrong(how)) => Err(how),
        Ok(counts) => Ok(counts),
    };
    let problem = counted.as_ref().err().map(|how| format!("{path} {how}"));
    let Counts { tensors, tensor_bytes, parameters } = counted.unwrap_or_default();
    let path = path.to_owned();
    Some(WeightHeader { path, file_bytes, tensors, tensor_bytes, parameters, problem })
}

type Reader = fn(&[u8], u64) -> Result<Counts, Unread>;

fn reader(path: &str) -> Option<Reader> {
    let (_, extension) = path.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "safetensors" => Some(safetensors::read),
        "gguf" => Some(gguf::read),
        _ => None,
    }
}

impl Counts {
    fn add(&mut self, kind: &str, numbers: u64, bytes: u64) -> Result<(), Unread> {
        if !self.parameters.contains_key(kind) {
            if self.parameters.len() == MOST_KINDS {
                return Err(wrong("names too many kinds of numbers"));
            }
            self.parameters.insert(kind.to_owned(), 0);
        }
        let sum = self.parameters.get_mut(kind);
        let count = sum.as_deref().and_then(|sum| sum.checked_add(numbers));
        let total = self.tensor_bytes.checked_add(bytes);
        let (Some(sum), Some(count), Some(total)) = (sum, count, total) else {
            return Err(wrong("counts more numbers than can be"));
        };
        *sum = count;
        self.tensor_bytes = total;
        self.tensors += 1;
        Ok(())
    }
}

fn wrong(how: impl Into<String>) -> Unread {
    Unread::Wrong(how.into())
}

/// How many numbers a tensor of this shape has.
fn numbers(shape: impl IntoIterator<Item = u64>) -> Result<u64, Unread> {
    shape
        .into_iter()
        .try_fold(1_u64, u64::checked_mul)
        .ok_or_else(|| wrong("has a tensor of more numbers than can be"))
}
