//! The values of a change, apart from their proof: field by field in the order of the proof, each with its
//! salt, or nothing where it was erased.

use qinting_domain::proof::{Digest, Proof, Salt, count, taken, taken_count, value_digest};

/// First byte of what is kept; another layout has another.
const LAYOUT: u8 = 1;
const ERASED: u8 = 0;
const TOLD: u8 = 1;

/// What one field held, as JSON text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said<'a> {
    pub salt: Salt,
    pub before: &'a str,
    pub after: &'a str,
}

impl Said<'_> {
    pub fn digest(&self) -> Digest {
        value_digest(&self.salt, self.before, self.after)
    }
}

/// As it is kept.
pub(crate) fn packed<'a>(fields: impl IntoIterator<Item = Option<Said<'a>>>) -> Vec<u8> {
    let mut bytes = vec![LAYOUT];
    for field in fields {
        let Some(said) = field else {
            bytes.push(ERASED);
            continue;
        };
        bytes.push(TOLD);
        bytes.extend_from_slice(&said.salt.0);
        for text in [said.before, said.after] {
            bytes.extend_from_slice(&count(text.len()));
            bytes.extend_from_slice(text.as_bytes());
        }
    }
    bytes
}

/// Field by field; `None` where the bytes are none of ours.
pub(crate) fn unpacked(bytes: &[u8]) -> Option<Vec<Option<Said<'_>>>> {
    let (layout, mut rest) = bytes.split_first()?;
    if *layout != LAYOUT {
        return None;
    }
    let mut fields = Vec::new();
    while let Some((state, tail)) = rest.split_first() {
        rest = tail;
        fields.push(match *state {
            ERASED => None,
            TOLD => Some(Said {
                salt: Salt(taken(&mut rest, 16)?.try_into().ok()?),
                before: text(&mut rest)?,
                after: text(&mut rest)?,
            }),
            _ => return None,
        });
    }
    Some(fields)
}

/// Whether values are those that were proven. An erased one proves nothing and contradicts nothing.
pub(crate) fn holds(proof: &Proof, fields: &[Option<Said<'_>>]) -> bool {
    proof.fields.len() == fields.len()
        && fields
            .iter()
            .zip(&proof.fields)
            .all(|(said, (_, digest))| said.as_ref().is_none_or(|said| said.digest() == *digest))
}

fn text<'b>(rest: &mut &'b [u8]) -> Option<&'b str> {
    let length = taken_count(rest)?;
    std::str::from_utf8(taken(rest, length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_come_back_from_their_bytes(
            all in prop::collection::vec(prop::option::of((any::<[u8; 16]>(), ".*", ".*")), 0..6),
        ) {
            let said = || all.iter().map(|one| {
                one.as_ref().map(|(salt, before, after)| Said { salt: Salt(*salt), before, after })
            });
            let bytes = packed(said());
            prop_assert_eq!(unpacked(&bytes), Some(said().collect()));
            prop_assert!(all.is_empty() || unpacked(&bytes[..bytes.len() - 1]).is_none_or(|f| f != said().collect::<Vec<_>>()));
        }
    }
}
