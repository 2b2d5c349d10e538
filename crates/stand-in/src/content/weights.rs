//! Small but valid weight files.

use super::synthetic::Synthetic;
use serde_json::{Map, Value, json};

/// A safetensors file with the named tensors of 32-bit floats and the given shapes, its numbers
/// following from `seed`. The layout is the format's own: the header's length in eight bytes,
/// the header as JSON padded with spaces to a multiple of eight, then the numbers.
#[must_use]
pub fn safetensors(tensors: &[(&str, &[usize])], seed: u64) -> Vec<u8> {
    let mut header = Map::new();
    header.insert("__metadata__".into(), json!({ "format": "pt" }));
    let mut offset = 0;
    for (name, shape) in tensors {
        let end = offset + shape.iter().product::<usize>() * 4;
        let tensor = json!({ "dtype": "F32", "shape": shape, "data_offsets": [offset, end] });
        header.insert((*name).to_owned(), tensor);
        offset = end;
    }
    let mut header = Value::Object(header).to_string().into_bytes();
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.append(&mut header);
    let numbers = file.len();
    for chunk in Synthetic::new(seed).chunks(0..offset as u64) {
        file.extend_from_slice(&chunk);
    }
    // Keeps every little-endian float finite and below one: the exponent's byte is fixed.
    for number in file[numbers..].chunks_exact_mut(4) {
        number[3] = 0x3c | (number[3] & 0x80);
    }
    file
}
