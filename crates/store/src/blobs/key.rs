//! Where a blob lies: `sha256/ab/cd/<64 hexadecimal digits>`, the same in every place.
//!
//! Two levels of 256 keep a folder of ten million blobs at some 150 files each.

use touchstone_domain::Sha256;

/// The folder of all blobs.
pub(super) const BLOBS: &str = "sha256";

/// The folder of what is being written and has no name yet.
pub(super) const INCOMING: &str = "incoming";

/// The key of a blob, relative to the place.
pub(super) fn key(blob: &Sha256) -> String {
    let digits = blob.as_str();
    format!("{BLOBS}/{}/{}/{digits}", &digits[..2], &digits[2..4])
}

/// A key for what has no name yet.
pub(super) fn incoming_key() -> String {
    format!("{INCOMING}/{}", uuid::Uuid::now_v7().simple())
}

/// The blob whose key this is.
pub(super) fn parse_key(text: &str) -> Option<Sha256> {
    let blob: Sha256 = text.rsplit('/').next()?.parse().ok()?;
    (key(&blob) == text).then_some(blob)
}

#[cfg(test)]
mod tests {
    use super::{incoming_key, key, parse_key};
    use touchstone_domain::Sha256;

    #[test]
    fn a_key_leads_back_to_its_blob_and_nothing_else_does() {
        let blob = Sha256::from_digest(&[0xab; 32]);
        assert!(key(&blob).starts_with("sha256/ab/ab/abab"));
        assert_eq!(parse_key(&key(&blob)), Some(blob.clone()));
        assert_eq!(parse_key(&format!("sha256/00/00/{blob}")), None);
        assert_eq!(parse_key(blob.as_str()), None);
        assert_eq!(parse_key(&incoming_key()), None);
    }
}
