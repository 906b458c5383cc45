//! What bytes are, whatever they are called.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;
use thiserror::Error;
use ts_rs::TS;

/// A SHA-256 in lower-case hexadecimal; empty where there are no bytes. It only parses: what a row or a worker
/// calls a hash and is none names no bytes, and hides nothing else of its record.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS,
)]
#[serde(from = "String")]
#[ts(type = "string")]
pub struct Sha256(String);

/// It is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a hash")]
pub struct NoHash;

impl Sha256 {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Sha256 {
    fn from(text: String) -> Self {
        text.parse().unwrap_or_default()
    }
}

impl From<[u8; 32]> for Sha256 {
    fn from(digest: [u8; 32]) -> Self {
        Self(digest.iter().map(|b| format!("{b:02x}")).collect())
    }
}

impl std::str::FromStr for Sha256 {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let is_hash = text.is_empty() || text.len() == 64 && text.bytes().all(is_digit);
        is_hash.then(|| Self(text.to_owned())).ok_or(NoHash)
    }
}

impl Deref for Sha256 {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for Sha256 {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Sha256> for String {
    fn from(hash: Sha256) -> Self {
        hash.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::no_bytes("", true)]
    #[case::a_hash(&"0a".repeat(32), true)]
    #[case::shouting(&"0A".repeat(32), false)]
    #[case::too_short(&"0a".repeat(31), false)]
    #[case::too_long(&"0a".repeat(33), false)]
    #[case::a_path(&format!("{}/..", "0a".repeat(30)), false)]
    fn a_hash_is_a_hash_or_nothing(#[case] text: &str, #[case] is_one: bool) {
        assert_eq!(text.parse::<Sha256>().is_ok(), is_one);
        let read: Sha256 = serde_json::from_value(text.into()).unwrap();
        assert_eq!(read.as_str(), if is_one { text } else { "" });
    }
}
