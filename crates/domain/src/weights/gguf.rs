//! GGUF: a magic word, counts, key-value pairs such as a vocabulary, then a row for each tensor.

use super::{Counts, Unread, numbers, wrong};

/// Tensors have at most four dimensions; a few more are let pass.
const MOST_DIMENSIONS: u32 = 8;

pub(super) fn read(first: &[u8], file_bytes: u64) -> Result<Counts, Unread> {
    let mut cursor = Cursor(first);
    if cursor.take(4)? != b"GGUF" {
        return Err(wrong("does not begin as a GGUF file does"));
    }
    let version = cursor.u32()?;
    if !(2..=3).contains(&version) {
        return Err(wrong(format!("is of version {version} of GGUF, which is not read")));
    }
    let (tensors, pairs) = (cursor.u64()?, cursor.u64()?);
    for _ in 0..pairs {
        cursor.string()?;
        let kind = cursor.u32()?;
        cursor.skip_value(kind)?;
    }
    let mut counts = Counts::default();
    for _ in 0..tensors {
        cursor.tensor(&mut counts)?;
    }
    let header_bytes = (first.len() - cursor.0.len()) as u64;
    if counts.tensor_bytes > file_bytes.saturating_sub(header_bytes) {
        return Err(wrong(format!(
            "says that its tensors take {} bytes, more than there are",
            counts.tensor_bytes
        )));
    }
    Ok(counts)
}

/// The bytes that have not been read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, bytes: u64) -> Result<&'a [u8], Unread> {
        let bytes = usize::try_from(bytes).map_err(|_| Unread::Short)?;
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Unread::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N], Unread> {
        let (number, rest) = self.0.split_first_chunk().ok_or(Unread::Short)?;
        self.0 = rest;
        Ok(*number)
    }

    fn u32(&mut self) -> Result<u32, Unread> {
        self.number().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, Unread> {
        self.number().map(u64::from_le_bytes)
    }

    fn string(&mut self) -> Result<&'a [u8], Unread> {
        let length = self.u64()?;
        self.take(length)
    }

    fn skip_value(&mut self, kind: u32) -> Result<(), Unread> {
        const STRING: u32 = 8;
        const ARRAY: u32 = 9;
        if kind != ARRAY {
            return if kind == STRING { self.string().map(drop) } else { self.skip_plain(kind, 1) };
        }
        let (kind, length) = (self.u32()?, self.u64()?);
        match kind {
            ARRAY => Err(wrong("has a list of lists, which is not read")),
            STRING => (0..length).try_for_each(|_| self.string().map(drop)),
            kind => self.skip_plain(kind, length),
        }
    }

    fn skip_plain(&mut self, kind: u32, length: u64) -> Result<(), Unread> {
        let each = match kind {
            0 | 1 | 7 => 1,
            2 | 3 => 2,
            4..=6 => 4,
            10..=12 => 8,
            _ => return Err(wrong(format!("has a value of the unknown kind {kind}"))),
        };
        self.take(length.saturating_mul(each)).map(drop)
    }

    fn tensor(&mut self, counts: &mut Counts) -> Result<(), Unread> {
        self.string()?;
        let dimensions = self.u32()?;
        if dimensions > MOST_DIMENSIONS {
            return Err(wrong(format!("has a tensor of {dimensions} dimensions")));
        }
        let mut shape = Vec::with_capacity(MOST_DIMENSIONS as usize);
        for _ in 0..dimensions {
            shape.push(self.u64()?);
        }
        let kind = self.u32()?;
        self.u64()?;
        let numbers = numbers(shape)?;
        let (_, name, block, block_bytes) = KINDS
            .into_iter()
            .find(|(number, ..)| *number == kind)
            .ok_or_else(|| wrong(format!("has tensors of the unknown kind {kind}")))?;
        let bytes = numbers.div_ceil(block).checked_mul(block_bytes);
        let bytes = bytes.ok_or_else(|| wrong("has a tensor of more bytes than can be"))?;
        counts.add(name, numbers, bytes)
    }
}

/// Kinds of numbers: ggml's own number and name, numbers in a block, bytes of a block.
const KINDS: [(u32, &str, u64, u64); 32] = [
    (0, "F32", 1, 4),
    (1, "F16", 1, 2),
    (2, "Q4_0", 32, 18),
    (3, "Q4_1", 32, 20),
    (6, "Q5_0", 32, 22),
    (7, "Q5_1", 32, 24),
    (8, "Q8_0", 32, 34),
    (9, "Q8_1", 32, 36),
    (10, "Q2_K", 256, 84),
    (11, "Q3_K", 256, 110),
    (12, "Q4_K", 256, 144),
    (13, "Q5_K", 256, 176),
    (14, "Q6_K", 256, 210),
    (15, "Q8_K", 256, 292),
    (16, "IQ2_XXS", 256, 66),
    (17, "IQ2_XS", 256, 74),
    (18, "IQ3_XXS", 256, 98),
    (19, "IQ1_S", 256, 50),
    (20, "IQ4_NL", 32, 18),
    (21, "IQ3_S", 256, 110),
    (22, "IQ2_S", 256, 82),
    (23, "IQ4_XS", 256, 136),
    (24, "I8", 1, 1),
    (25, "I16", 1, 2),
    (26, "I32", 1, 4),
    (27, "I64", 1, 8),
    (28, "F64", 1, 8),
    (29, "IQ1_M", 256, 56),
    (30, "BF16", 1, 2),
    (34, "TQ1_0", 256, 54),
    (35, "TQ2_0", 256, 66),
    (39, "MXFP4", 32, 17),
];
