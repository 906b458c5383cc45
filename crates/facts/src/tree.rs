//! A side-car as one tree, whatever it was written in.
//!
//! Bytes become text ([`text`]), text becomes a [`Node`]. What is read is bounded in size, depth and number, and
//! nothing is fetched, unfolded or worked out: a side-car is somebody else's file.

mod bytes;
mod json;
mod leaves;
mod path;
mod xml;

pub use bytes::text;
pub(crate) use leaves::Leaves;
pub use leaves::{Leaf, leaves};
pub use path::{Path, PathFault};

use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Read;

/// Most bytes of a side-car. A file of more holds more calls than one side-car has; it is a table then.
pub const MOST_BYTES: usize = 32 << 20;
/// Deepest a tree may be.
pub const MOST_DEPTH: usize = 100;
/// Most nodes of a tree.
pub const MOST_NODES: usize = 2_000_000;
/// Whole numbers beyond this a page could not hold exactly.
const EXACT: u64 = 1 << 53;
/// Digits that a number keeps on its way through a page.
const KEPT_DIGITS: usize = 15;

/// One value of a side-car.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing, said so.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, with all its digits as they were written.
    Number(String),
    /// Words.
    Text(String),
    /// One after the other.
    List(Vec<Node>),
    /// Under names, in the order and as often as they came. An attribute of XML is `@name`, text beside it `#text`.
    Record(Vec<(String, Node)>),
}

/// What a side-car is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Written {
    /// JSON, several documents of it, or JSON with comments.
    Json,
    /// XML
    Xml,
}

/// Why a side-car was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TreeReason {
    /// Nothing stands in it.
    Empty,
    /// More than [`MOST_BYTES`].
    TooBig,
    /// Deeper than [`MOST_DEPTH`].
    TooDeep,
    /// More than [`MOST_NODES`], or more attributes than an element has.
    TooMany,
    /// In none of the encodings known here.
    NotText,
    /// Another character than can stand there.
    Unexpected,
    /// It ends before it is complete.
    CutOff,
    /// A text that is not closed on its line.
    TextNotClosed,
    /// Not a number: `NaN`, `Infinity`.
    NotANumber,
    /// A document type: it can make a small file a huge one, or fetch another.
    DocumentType,
    /// An entity beyond the five every XML has.
    Entity,
    /// An end tag that ends another element than the open one.
    TagMismatch,
    /// Not well-formed otherwise.
    Malformed,
    /// The disk or the share did not give it.
    Io,
}

/// A side-car that was not read, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("side-car is not readable at {line}:{column}: {reason:?}")]
pub struct TreeFault {
    /// Line, from 1; 0 where it is about the whole file.
    pub line: u32,
    /// Character on that line, from 1.
    pub column: u32,
    /// Why.
    pub reason: TreeReason,
}

impl TreeFault {
    /// Of the whole file.
    pub const fn whole(reason: TreeReason) -> Self {
        Self {
            line: 0,
            column: 0,
            reason,
        }
    }

    /// Where a text has its byte `at`.
    fn at(text: &str, at: usize, reason: TreeReason) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            line: count(before.matches('\n').count() + 1),
            column: count(before[line_start..].chars().count() + 1),
            reason,
        }
    }

    /// As hosts word it.
    pub const fn code(&self) -> &'static str {
        match self.reason {
            TreeReason::Empty => "side_car.empty",
            TreeReason::TooBig | TreeReason::TooMany => "side_car.too_big",
            TreeReason::TooDeep => "side_car.too_deep",
            TreeReason::NotText => "side_car.not_text",
            TreeReason::CutOff => "side_car.cut_off",
            TreeReason::DocumentType | TreeReason::Entity => "side_car.unsafe",
            TreeReason::Unexpected
            | TreeReason::TextNotClosed
            | TreeReason::NotANumber
            | TreeReason::TagMismatch
            | TreeReason::Malformed => "side_car.malformed",
            TreeReason::Io => "table.unreadable",
        }
    }

    /// What its wording needs beside the code: where it is, if it is somewhere.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        if self.line == 0 {
            return Vec::new();
        }
        vec![
            ("line", self.line.to_string()),
            ("column", self.column.to_string()),
        ]
    }
}

/// Reads a side-car.
///
/// # Errors
/// What [`TreeReason`] lists; the first thing that is wrong, with its line and column.
pub fn read(mut from: impl Read) -> Result<(Written, Node), TreeFault> {
    let mut bytes = Vec::new();
    let limit = MOST_BYTES as u64 + 1;
    from.by_ref()
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|_| TreeFault::whole(TreeReason::Io))?;
    parse(&bytes)
}

/// Reads a side-car out of its bytes.
///
/// # Errors
/// As [`read`].
pub fn parse(bytes: &[u8]) -> Result<(Written, Node), TreeFault> {
    if bytes.len() > MOST_BYTES {
        return Err(TreeFault::whole(TreeReason::TooBig));
    }
    let text = text(bytes)?;
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if begins.is_empty() {
        return Err(TreeFault::whole(TreeReason::Empty));
    }
    if begins.starts_with('<') {
        Ok((Written::Xml, xml::parse(&text)?))
    } else {
        Ok((Written::Json, json::parse(&text)?))
    }
}

impl Node {
    /// What a leaf says, as a cell of a table would; `None` for lists and records.
    pub fn cell(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Null => Cow::Borrowed(""),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Number(text) | Self::Text(text) => Cow::Borrowed(text),
            Self::List(_) | Self::Record(_) => return None,
        })
    }

    /// The same as JSON. A name that comes twice gets a number (`name (2)`); a number a page could not hold
    /// exactly becomes a text.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(yes) => Value::Bool(*yes),
            Self::Number(digits) => number(digits),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(nodes) => Value::Array(nodes.iter().map(Self::to_json).collect()),
            Self::Record(fields) => {
                let mut out = serde_json::Map::new();
                for (name, node) in fields {
                    keep(&mut out, name, node.to_json());
                }
                Value::Object(out)
            }
        }
    }
}

/// Puts a value under its name, or under the next one that is free: `name (2)`.
pub(crate) fn keep(out: &mut serde_json::Map<String, Value>, name: &str, value: Value) {
    if !out.contains_key(name) {
        out.insert(name.to_owned(), value);
        return;
    }
    let free = (2..)
        .map(|number: u32| format!("{name} ({number})"))
        .find(|name| !out.contains_key(name));
    // There are more numbers than names.
    if let Some(name) = free {
        out.insert(name, value);
    }
}

fn number(digits: &str) -> Value {
    let text = || Value::String(digits.to_owned());
    if let Ok(whole) = digits.parse::<i64>() {
        let is_plain = whole.to_string() == digits;
        return if is_plain && whole.unsigned_abs() <= EXACT {
            whole.into()
        } else {
            text()
        };
    }
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let is_kept = count <= KEPT_DIGITS && digits.contains(['.', 'e', 'E']);
    digits
        .parse::<f64>()
        .ok()
        .filter(|_| is_kept)
        .and_then(serde_json::Number::from_f64)
        .map_or_else(text, Value::Number)
}
