//! JSON as vendors' documentation and exchanges write it.
//!
//! Beyond the standard: comments, a comma too many, full-width `：` and `，` between tokens, keys and texts in
//! single quotes, keys without any, several documents after each other. Names that come twice are kept, numbers
//! keep their digits. Nothing calls itself, so that no depth can exhaust the stack.

use super::{MOST_DEPTH, MOST_NODES, Node, TreeFault, TreeReason};

/// A list or record that is not closed yet.
enum Open {
    List(Vec<Node>),
    Record {
        fields: Vec<(String, Node)>,
        /// The name whose value is read next.
        name: Option<String>,
    },
}

/// Reads a text. Several documents are a list of them.
pub(super) fn parse(text: &str) -> Result<Node, TreeFault> {
    let mut reader = Reader {
        text,
        at: 0,
        nodes: 0,
    };
    let mut documents = Vec::new();
    loop {
        reader.skip_blank()?;
        // Documents may be parted by commas, as a list without its brackets.
        if !documents.is_empty() && matches!(reader.peek(), Some(',' | '，')) {
            reader.advance();
            continue;
        }
        if reader.peek().is_none() {
            break;
        }
        documents.push(reader.document()?);
    }
    match documents.len() {
        0 => Err(TreeFault::whole(TreeReason::Empty)),
        1 => Ok(documents.remove(0)),
        _ => Ok(Node::List(documents)),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    nodes: usize,
}

impl<'a> Reader<'a> {
    fn left(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.left().chars().next()
    }

    fn advance(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn fault(&self, reason: TreeReason) -> TreeFault {
        TreeFault::at(self.text, self.at, reason)
    }

    /// What stands there cannot.
    fn unexpected(&self) -> TreeFault {
        let is_end = self.at >= self.text.len();
        self.fault(if is_end {
            TreeReason::CutOff
        } else {
            TreeReason::Unexpected
        })
    }

    /// One value with all that is in it.
    fn document(&mut self) -> Result<Node, TreeFault> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let value = match self.begin(&mut open)? {
                Some(value) => value,
                None => continue,
            };
            if let Some(whole) = self.put(&mut open, value)? {
                return Ok(whole);
            }
        }
    }

    /// Reads up to the next value: a leaf, an empty list or record, or, as `None`, one more that is open.
    fn begin(&mut self, open: &mut Vec<Open>) -> Result<Option<Node>, TreeFault> {
        self.skip_blank()?;
        let list_is_begun = match open.last_mut() {
            Some(Open::Record { fields, name }) if name.is_none() => {
                // Here stands a name, or the end.
                if self.peek() == Some('}') {
                    self.advance();
                    let fields = std::mem::take(fields);
                    open.pop();
                    return Ok(Some(Node::Record(fields)));
                }
                let found = self.name()?;
                self.skip_blank()?;
                if !matches!(self.peek(), Some(':' | '：')) {
                    return Err(self.unexpected());
                }
                self.advance();
                *name = Some(found);
                return Ok(None);
            }
            Some(Open::List(_)) => true,
            _ => false,
        };
        if list_is_begun && self.peek() == Some(']') {
            self.advance();
            let Some(Open::List(nodes)) = open.pop() else {
                return Err(self.unexpected());
            };
            return Ok(Some(Node::List(nodes)));
        }
        let opened = match self.peek() {
            Some('{') => Open::Record {
                fields: Vec::new(),
                name: None,
            },
            Some('[') => Open::List(Vec::new()),
            _ => return self.leaf().map(Some),
        };
        if open.len() == MOST_DEPTH {
            return Err(self.fault(TreeReason::TooDeep));
        }
        self.advance();
        open.push(opened);
        Ok(None)
    }

    /// Puts a value where it belongs; hands it back when it is the whole document.
    fn put(&mut self, open: &mut [Open], value: Node) -> Result<Option<Node>, TreeFault> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(self.fault(TreeReason::TooMany));
        }
        let close = match open.last_mut() {
            None => return Ok(Some(value)),
            Some(Open::List(nodes)) => {
                nodes.push(value);
                ']'
            }
            Some(Open::Record { fields, name }) => {
                // A value is only read after its name.
                let name = name.take().unwrap_or_default();
                fields.push((name, value));
                '}'
            }
        };
        self.skip_blank()?;
        match self.peek() {
            Some(',' | '，') => self.advance(),
            Some(found) if found == close => {}
            _ => return Err(self.unexpected()),
        }
        Ok(None)
    }

    fn name(&mut self) -> Result<String, TreeFault> {
        if matches!(self.peek(), Some('"' | '\'')) {
            return self.quoted();
        }
        let left = self.left();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.');
        let end = left.find(|c| !is_part(c)).unwrap_or(left.len());
        if end == 0 {
            return Err(self.unexpected());
        }
        self.at += end;
        Ok(left[..end].to_owned())
    }

    fn leaf(&mut self) -> Result<Node, TreeFault> {
        match self.peek() {
            Some('"' | '\'') => return self.quoted().map(Node::Text),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => return self.number(),
            _ => {}
        }
        let left = self.left();
        let end = left
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(left.len());
        let node = match &left[..end] {
            "null" => Node::Null,
            "true" => Node::Bool(true),
            "false" => Node::Bool(false),
            "NaN" | "Infinity" | "nan" | "inf" => return Err(self.fault(TreeReason::NotANumber)),
            _ => return Err(self.unexpected()),
        };
        self.at += end;
        Ok(node)
    }

    fn number(&mut self) -> Result<Node, TreeFault> {
        let left = self.left();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        let end = left.find(|c| !is_part(c)).unwrap_or(left.len());
        let found = &left[..end];
        if !is_number(found) {
            let bare = found.trim_start_matches(['-', '+']).to_ascii_lowercase();
            let is_none = matches!(bare.as_str(), "nan" | "infinity" | "inf");
            return Err(self.fault(if is_none {
                TreeReason::NotANumber
            } else {
                TreeReason::Unexpected
            }));
        }
        self.at += end;
        Ok(Node::Number(
            found.strip_prefix('+').unwrap_or(found).to_owned(),
        ))
    }

    fn quoted(&mut self) -> Result<String, TreeFault> {
        let begin = self.at;
        let quote = self.peek().unwrap_or('"');
        self.advance();
        let mut out = String::new();
        loop {
            let left = self.left();
            let plain = left.find([quote, '\\', '\n']).unwrap_or(left.len());
            out.push_str(&left[..plain]);
            self.at += plain;
            match self.peek() {
                Some('\\') => self.escape(&mut out),
                Some(found) if found == quote => {
                    self.advance();
                    return Ok(out);
                }
                // A line that ends, or the text: told where it began, which is where it is wrong.
                _ => return Err(TreeFault::at(self.text, begin, TreeReason::TextNotClosed)),
            }
        }
    }

    /// What a backslash stands for. One that stands for nothing (`D:\录音`) is itself.
    fn escape(&mut self, out: &mut String) {
        self.advance();
        let Some(found) = self.peek() else {
            return;
        };
        let plain = match found {
            '"' | '\\' | '/' | '\'' => found,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                match self.unicode() {
                    Some(c) => out.push(c),
                    None => out.push_str("\\u"),
                }
                return;
            }
            _ => {
                out.push('\\');
                return;
            }
        };
        out.push(plain);
        self.advance();
    }

    /// `u` and four digits, maybe twice; passes over them, or over the `u` alone. Half of a pair is U+FFFD.
    fn unicode(&mut self) -> Option<char> {
        let unit = |from: &str| {
            let digits = from.strip_prefix('u')?.get(..4)?;
            let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
            is_hex
                .then(|| u32::from_str_radix(digits, 16).ok())
                .flatten()
        };
        let Some(first) = unit(self.left()) else {
            self.at += 1;
            return None;
        };
        self.at += 5;
        let second = self.left().strip_prefix('\\').and_then(unit);
        if let (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) = (first, second) {
            self.at += 6;
            return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        }
        Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn skip_blank(&mut self) -> Result<(), TreeFault> {
        loop {
            let left = self.left();
            let blank = left
                .find(|c: char| !(c.is_whitespace() || matches!(c, '\u{feff}' | '\u{1e}')))
                .unwrap_or(left.len());
            self.at += blank;
            let left = self.left();
            if left.starts_with("//") {
                self.at += left.find('\n').unwrap_or(left.len());
            } else if left.starts_with("/*") {
                let Some(end) = left.find("*/") else {
                    return Err(self.fault(TreeReason::CutOff));
                };
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }
}

/// A number of JSON, or one with zeros before it (`0571`), which keeps its digits.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = text
        .split_once(['e', 'E'])
        .map_or((text, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    let exponent = exponent.map(|part| part.strip_prefix(['-', '+']).unwrap_or(part));
    has_digits
        && are_digits(whole)
        && are_digits(fraction)
        && exponent.is_none_or(|part| !part.is_empty() && are_digits(part))
}

#[cfg(test)]
mod tests;
