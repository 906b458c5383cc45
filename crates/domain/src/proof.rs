//! What stands in a chain for an operation: its ids, and of every value a salted digest.
//!
//! The bytes are fixed by [`ENCODING`], so that they can be signed, and so that machines that never met
//! come to the same ones. Of the values themselves nothing can be told from them: each is hashed with a salt
//! of its own, which lies beside the value and goes with it.

use crate::{DeviceId, OpId, PersonId, ReplicaId, UnixMs};
use sha2::{Digest as _, Sha256};
use std::fmt;
use uuid::Uuid;

/// Version of the bytes an operation is hashed as. Another one never changes what an older one means.
pub const ENCODING: u8 = 1;

/// What comes before the first operation of a chain.
pub const NO_HEAD: Digest = Digest([0; 32]);

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

/// Sixteen random bytes that make a value's digest tell nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("salt")
    }
}

/// The digest of a value before and after a change, both as the JSON text they are kept as.
pub fn value_digest(salt: &Salt, before: &str, after: &str) -> Digest {
    let mut hash = Sha256::new_with_prefix(b"qinting value 1");
    hash.update(salt.0);
    hash.update((before.len() as u64).to_be_bytes());
    hash.update(before);
    hash.update(after);
    Digest(hash.finalize().into())
}

/// What an operation says of itself, beside the records it touched.
#[derive(Clone, Debug, PartialEq)]
pub struct OpHead<'a> {
    /// Whose chain it stands in.
    pub replica: ReplicaId,
    /// Its place there, from one on.
    pub n: i64,
    /// Its id.
    pub op_id: OpId,
    /// By the clock of the machine that wrote it.
    pub at: UnixMs,
    /// Whose deed it was.
    pub actor: PersonId,
    /// On which installation, where that is known.
    pub device: Option<DeviceId>,
    /// Word for where it came from.
    pub origin: &'a str,
    /// Code of what was done.
    pub action: &'a str,
    /// What it takes back.
    pub undoes: Option<OpId>,
    /// The head of another chain that came in since the one before: it cannot go without being missed.
    pub seen: Option<Digest>,
}

/// One touched record of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct TouchHead<'a> {
    /// Word for its kind.
    pub entity: &'a str,
    /// Its id.
    pub entity_id: Uuid,
    /// Whether the operation made it.
    pub created: bool,
    /// Its [`Proof`], as bytes.
    pub proof: &'a [u8],
}

/// Puts the bytes of an operation together: its head first, then each record in order.
pub struct Sealing {
    bytes: Vec<u8>,
}

impl Sealing {
    /// Begins an operation that follows on `before`.
    pub fn new(before: &Digest, op: &OpHead<'_>) -> Self {
        let mut bytes = Vec::with_capacity(512);
        bytes.extend_from_slice(b"qinting op");
        bytes.push(ENCODING);
        bytes.extend_from_slice(&before.0);
        bytes.extend_from_slice(op.replica.0.as_bytes());
        bytes.extend_from_slice(&op.n.to_be_bytes());
        bytes.extend_from_slice(op.op_id.0.as_bytes());
        bytes.extend_from_slice(&op.at.to_be_bytes());
        bytes.extend_from_slice(op.actor.0.as_bytes());
        let mut sealing = Self { bytes };
        sealing.perhaps(op.device.map(|d| d.0));
        sealing.text(op.origin);
        sealing.text(op.action);
        sealing.perhaps(op.undoes.map(|o| o.0));
        sealing.bytes.push(u8::from(op.seen.is_some()));
        if let Some(seen) = op.seen {
            sealing.bytes.extend_from_slice(&seen.0);
        }
        sealing
    }

    /// Adds a record it touched.
    pub fn touch(&mut self, touch: &TouchHead<'_>) {
        self.text(touch.entity);
        self.bytes.extend_from_slice(touch.entity_id.as_bytes());
        self.bytes.push(u8::from(touch.created));
        self.sized(touch.proof);
    }

    /// The head of the chain with this operation on it.
    pub fn head(&self) -> Digest {
        Digest(Sha256::digest(&self.bytes).into())
    }

    fn text(&mut self, text: &str) {
        self.sized(text.as_bytes());
    }

    fn sized(&mut self, bytes: &[u8]) {
        // Lengths are of eight bytes everywhere: nothing is so long that it could not be told.
        let length = bytes.len() as u64;
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    fn perhaps(&mut self, id: Option<Uuid>) {
        self.bytes.push(u8::from(id.is_some()));
        if let Some(id) = id {
            self.bytes.extend_from_slice(id.as_bytes());
        }
    }
}

/// What is proven of one touched record: whom its values speak of, and a digest for each field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    /// Cases, people and recordings its values speak of, in the order of their ids, each once.
    pub speaks_of: Vec<Uuid>,
    /// Fields in the order of their names, each with the digest of its values.
    pub fields: Vec<(String, Digest)>,
}

impl Proof {
    /// As it is kept and hashed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 + self.speaks_of.len() * 16 + self.fields.len() * 48);
        bytes.extend_from_slice(&count(self.speaks_of.len()));
        for id in &self.speaks_of {
            bytes.extend_from_slice(id.as_bytes());
        }
        bytes.extend_from_slice(&count(self.fields.len()));
        for (name, digest) in &self.fields {
            bytes.extend_from_slice(&count(name.len()));
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(&digest.0);
        }
        bytes
    }

    /// Out of its bytes; `None` where they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut proof = Self::default();
        for _ in 0..taken_count(&mut rest)? {
            let id = taken(&mut rest, 16)?;
            proof.speaks_of.push(Uuid::from_slice(id).ok()?);
        }
        for _ in 0..taken_count(&mut rest)? {
            let length = taken_count(&mut rest)?;
            let name = std::str::from_utf8(taken(&mut rest, length)?).ok()?;
            let digest = taken(&mut rest, 32)?.try_into().ok()?;
            proof.fields.push((name.to_owned(), Digest(digest)));
        }
        rest.is_empty().then_some(proof)
    }
}

/// A length as it stands before what it counts. A row of SQLite holds no more than four bytes count.
pub fn count(length: usize) -> [u8; 4] {
    let [.., a, b, c, d] = (length as u64).to_be_bytes();
    [a, b, c, d]
}

/// Takes a length off the front.
pub fn taken_count(rest: &mut &[u8]) -> Option<usize> {
    let bytes = taken(rest, 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

/// Takes so many bytes off the front; `None` where there are fewer.
pub fn taken<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(head)
}

#[cfg(test)]
mod tests;
