//! What the files of a recording that is being written are called.

use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// Longer than any name we give.
const LONGEST_NAME: usize = 64;
/// How the files of a recording that is being written end.
const SOUND: &str = ".wav";

/// The name of one file of a recording that is being written: `part-001.wav`. It names a file in the recording's
/// own folder and leads nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct PartName(String);

impl PartName {
    /// The name of the file with this number, from 1.
    pub fn of(ordinal: u32) -> Self {
        Self(format!("part-{ordinal:03}{SOUND}"))
    }

    /// The name a text says, if it says one.
    pub fn parse(text: &str) -> Option<Self> {
        let stem = text.strip_suffix(SOUND)?;
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        let begins = stem.bytes().next()?.is_ascii_alphanumeric();
        let is_one = begins && text.len() <= LONGEST_NAME && stem.bytes().all(is_plain);
        is_one.then(|| Self(text.to_owned()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<PartName> for String {
    fn from(name: PartName) -> Self {
        name.0
    }
}

impl TryFrom<String> for PartName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no name of a part")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn what_the_recorder_calls_its_files_is_a_name() {
        for ordinal in [1, 12, 999, 1_000, u32::MAX] {
            let name = PartName::of(ordinal);
            assert_eq!(PartName::parse(name.as_str()), Some(name));
        }
        assert_eq!(PartName::of(7).as_str(), "part-007.wav");
    }

    #[rstest]
    #[case::nothing("")]
    #[case::an_ending_alone(".wav")]
    #[case::something_else("part-001.db")]
    #[case::hidden(".part-001.wav")]
    #[case::up("../../outside.wav")]
    #[case::below("a/part-001.wav")]
    #[case::below_elsewhere("a\\part-001.wav")]
    #[case::absolute("/etc/x.wav")]
    #[case::on_a_drive("C:x.wav")]
    #[case::two_endings("x.db.wav")]
    #[case::a_zero("x\0.wav")]
    #[case::a_line("x\n.wav")]
    #[case::an_option("-x.wav")]
    fn what_may_lead_elsewhere_is_none(#[case] text: &str) {
        assert_eq!(PartName::parse(text), None);
        let told = serde_json::to_value(text).unwrap();
        assert!(serde_json::from_value::<PartName>(told).is_err());
    }

    #[test]
    fn nor_is_what_is_longer_than_any() {
        assert!(PartName::parse(&("a".repeat(LONGEST_NAME) + SOUND)).is_none());
    }
}
