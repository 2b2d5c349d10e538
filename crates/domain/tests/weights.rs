//! What weight files say of themselves, read from honest and from hostile bytes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

use proptest::prelude::*;
use touchstone_domain::weights::{WeightHeader, header};

fn safetensors(json: &str, data_bytes: usize) -> Vec<u8> {
    let mut file = (json.len() as u64).to_le_bytes().to_vec();
    file.extend(json.as_bytes());
    file.resize(file.len() + data_bytes, 7);
    file
}

/// A GGUF file with a vocabulary and one tensor of this shape and kind.
fn gguf(shape: &[u64], kind: u32, data_bytes: usize) -> Vec<u8> {
    let mut file = b"GGUF".to_vec();
    let string = |file: &mut Vec<u8>, text: &str| {
        file.extend((text.len() as u64).to_le_bytes());
        file.extend(text.as_bytes());
    };
    file.extend(3_u32.to_le_bytes());
    file.extend(1_u64.to_le_bytes());
    file.extend(2_u64.to_le_bytes());
    string(&mut file, "general.alignment");
    file.extend(4_u32.to_le_bytes());
    file.extend(32_u32.to_le_bytes());
    string(&mut file, "tokenizer.ggml.tokens");
    file.extend(9_u32.to_le_bytes());
    file.extend(8_u32.to_le_bytes());
    file.extend(2_u64.to_le_bytes());
    string(&mut file, "leaf");
    string(&mut file, "twig");
    string(&mut file, "output.weight");
    file.extend(u32::try_from(shape.len()).unwrap().to_le_bytes());
    for length in shape {
        file.extend(length.to_le_bytes());
    }
    file.extend(kind.to_le_bytes());
    file.extend(0_u64.to_le_bytes());
    file.resize(file.len() + data_bytes, 7);
    file
}

fn read(path: &str, file: &[u8]) -> WeightHeader {
    header(path, file.len() as u64, file).unwrap()
}

#[test]
fn tensors_of_safetensors_are_counted_by_kind() {
    let json = r#"{"__metadata__":{"format":"pt"},
        "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
        "b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]}}"#;
    let read = read("model.safetensors", &safetensors(json, 32));
    assert_eq!(read.problem, None);
    assert_eq!((read.tensors, read.tensor_bytes), (2, 32));
    assert_eq!(read.parameters, [("BF16".to_owned(), 4), ("F32".to_owned(), 6)].into());
}

#[test]
fn tensors_of_gguf_are_counted_behind_its_vocabulary() {
    let read = read("model.Q4_K_M.gguf", &gguf(&[256, 10], 12, 1440));
    assert_eq!(read.problem, None);
    assert_eq!((read.tensors, read.tensor_bytes), (1, 1440));
    assert_eq!(read.parameters, [("Q4_K".to_owned(), 2560)].into());
}

#[test]
fn a_header_that_lies_is_named_and_counts_nothing() {
    let tensor = |rest: &str| format!(r#"{{"a":{{"dtype":"F32",{rest}}}}}"#);
    for json in [
        tensor(r#""shape":[2],"data_offsets":[0,8000]"#),
        tensor(r#""shape":[2],"data_offsets":[8,0]"#),
        tensor(r#""shape":[-2],"data_offsets":[0,8]"#),
        tensor(r#""shape":[1e400],"data_offsets":[0,8]"#),
        tensor(r#""shape":[NaN],"data_offsets":[0,8]"#),
        tensor(r#""shape":[4294967296,4294967296],"data_offsets":[0,8]"#),
        tensor(r#""shape":[1],"data_offsets":[0,4]"#),
        format!(r#"{{"__metadata__":{}}}"#, "[".repeat(100_000)),
        "[]".to_owned(),
    ] {
        let read = read("model.safetensors", &safetensors(&json, 8));
        assert!(read.problem.is_some(), "{json:.80}");
        assert_eq!((read.tensors, read.tensor_bytes, read.parameters.len()), (0, 0, 0));
    }
    for file in [
        gguf(&[u64::MAX, 2], 0, 8),
        gguf(&[u64::MAX], 0, 8),
        gguf(&[256, 10], 12, 100),
        gguf(&[1], 999, 4),
        gguf(&[1; 9], 0, 4),
        b"GGUF\x09\0\0\0".to_vec(),
        b"PK\x03\x04".to_vec(),
    ] {
        assert!(read("model.gguf", &file).problem.is_some());
    }
}

#[test]
fn a_header_beyond_the_end_of_its_file_is_refused_from_its_first_bytes() {
    let first = u64::MAX.to_le_bytes();
    let read = header("model.safetensors", 5_000_000_000, &first).unwrap();
    assert!(read.problem.unwrap().contains("beyond its end"));
}

#[test]
fn more_is_asked_for_as_long_as_it_may_help() {
    let file = gguf(&[256, 10], 12, 1440);
    let header_bytes = file.len() - 1440;
    for first in 0..header_bytes {
        assert_eq!(header("model.gguf", file.len() as u64, &file[..first]), None);
    }
    let from_its_beginning = header("model.gguf", file.len() as u64, &file[..header_bytes]);
    assert_eq!(from_its_beginning, Some(read("model.gguf", &file)));
    let cut = read("model.gguf", &file[..header_bytes - 1]);
    assert!(cut.problem.unwrap().contains("ends within its header"));
    assert_eq!(header("pytorch_model.bin", 100, &[0; 100]), None);
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for path in ["a.safetensors", "a.gguf"] {
            let read = header(path, bytes.len() as u64, &bytes).unwrap();
            prop_assert!(read.tensor_bytes <= read.file_bytes);
        }
    }

    #[test]
    fn no_damage_breaks_the_reader(at in 0_usize..260, bits in 1_u8.., big in any::<bool>()) {
        let json = r#"{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}"#;
        for (path, mut file) in [
            ("a.safetensors", safetensors(json, 24)),
            ("a.gguf", gguf(&[256, 10], 12, 1440)),
        ] {
            let at = at % file.len();
            file[at] ^= bits;
            let file_bytes = if big { u64::MAX } else { file.len() as u64 };
            if let Some(read) = header(path, file_bytes, &file) {
                prop_assert!(read.tensor_bytes <= file_bytes);
            }
        }
    }
}
