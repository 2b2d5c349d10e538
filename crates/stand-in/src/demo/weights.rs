//! Weights of the shapes that the family's configurations state.

use crate::content::safetensors;

/// A BERT encoder's sizes.
#[derive(Clone, Copy)]
pub(super) struct Encoder {
    pub(super) hidden: usize,
    pub(super) layers: usize,
    pub(super) vocabulary: usize,
    pub(super) positions: usize,
}

/// What the texts' `config.json` of the base and its fine-tunes say.
pub(super) const BASE: Encoder = Encoder { hidden: 128, layers: 4, vocabulary: 96, positions: 128 };

/// The larger sister.
pub(super) const LARGE: Encoder =
    Encoder { hidden: 192, layers: 6, vocabulary: 96, positions: 128 };

impl Encoder {
    /// A complete checkpoint, its numbers following from `seed`; `head` adds tensors on top.
    pub(super) fn checkpoint(self, seed: u64, head: &[(&str, &[usize])]) -> Vec<u8> {
        let Self { hidden, layers, vocabulary, positions } = self;
        let mut tensors: Vec<(String, Vec<usize>)> = vec![
            ("bert.embeddings.word_embeddings.weight".into(), vec![vocabulary, hidden]),
            ("bert.embeddings.position_embeddings.weight".into(), vec![positions, hidden]),
            ("bert.embeddings.token_type_embeddings.weight".into(), vec![2, hidden]),
        ];
        tensors.extend(norm("bert.embeddings.LayerNorm", hidden));
        for layer in 0..layers {
            let prefix = format!("bert.encoder.layer.{layer}");
            for part in ["self.query", "self.key", "self.value", "output.dense"] {
                tensors.extend(dense(&format!("{prefix}.attention.{part}"), hidden, hidden));
            }
            tensors.extend(norm(&format!("{prefix}.attention.output.LayerNorm"), hidden));
            tensors.extend(dense(&format!("{prefix}.intermediate.dense"), hidden * 4, hidden));
            tensors.extend(dense(&format!("{prefix}.output.dense"), hidden, hidden * 4));
            tensors.extend(norm(&format!("{prefix}.output.LayerNorm"), hidden));
        }
        tensors.extend(head.iter().map(|(name, shape)| ((*name).to_owned(), shape.to_vec())));
        file_of(&tensors, seed)
    }

    /// A low-rank adapter of the attention's queries and values.
    pub(super) fn adapter(self, seed: u64, rank: usize) -> Vec<u8> {
        let mut tensors = Vec::new();
        for layer in 0..self.layers {
            for part in ["query", "value"] {
                let prefix =
                    format!("base_model.model.bert.encoder.layer.{layer}.attention.self.{part}");
                tensors.push((format!("{prefix}.lora_A.weight"), vec![rank, self.hidden]));
                tensors.push((format!("{prefix}.lora_B.weight"), vec![self.hidden, rank]));
            }
        }
        file_of(&tensors, seed)
    }
}

fn dense(name: &str, rows: usize, columns: usize) -> [(String, Vec<usize>); 2] {
    [(format!("{name}.weight"), vec![rows, columns]), (format!("{name}.bias"), vec![rows])]
}

fn norm(name: &str, size: usize) -> [(String, Vec<usize>); 2] {
    [(format!("{name}.weight"), vec![size]), (format!("{name}.bias"), vec![size])]
}

fn file_of(tensors: &[(String, Vec<usize>)], seed: u64) -> Vec<u8> {
    let borrowed: Vec<(&str, &[usize])> =
        tensors.iter().map(|(name, shape)| (name.as_str(), shape.as_slice())).collect();
    safetensors(&borrowed, seed)
}

/// The start of a GGUF file, version 3, without tensors or metadata, filled up with zeros.
pub(super) fn gguf(size_bytes: usize) -> Vec<u8> {
    let mut file = b"GGUF".to_vec();
    file.extend(3_u32.to_le_bytes());
    file.resize(size_bytes, 0);
    file
}
