//! XML as recorders and exchanges write it.
//!
//! No document type is read, so that no entity can be declared: neither one that grows nor one that fetches a
//! file. Names are local names; what namespace they are of is not looked at.

use super::{MOST_DEPTH, MOST_NODES, Node, TreeFault, TreeReason};
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::EscapeError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Most attributes of an element.
const MOST_ATTRIBUTES: usize = 256;

/// An element that is not closed yet.
struct Open {
    name: String,
    fields: Vec<(String, Node)>,
    text: String,
}

/// Reads a text: a record with the one outermost element in it.
pub(super) fn parse(text: &str) -> Result<Node, TreeFault> {
    let mut elements = Elements {
        text,
        reader: Reader::from_str(text),
        open: vec![Open {
            name: String::new(),
            fields: Vec::new(),
            text: String::new(),
        }],
        nodes: 0,
    };
    elements.reader.config_mut().check_end_names = true;
    elements.run()
}

struct Elements<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The document, and what is open in it.
    open: Vec<Open>,
    nodes: usize,
}

impl Elements<'_> {
    fn fault(&self, reason: TreeReason) -> TreeFault {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(self.text.len());
        TreeFault::at(self.text, at, reason)
    }

    fn wrong(&self, error: &Error) -> TreeFault {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(self.text.len());
        TreeFault::at(self.text, at, reason_of(error))
    }

    fn run(mut self) -> Result<Node, TreeFault> {
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.wrong(&error)),
            };
            match event {
                Event::Start(start) => {
                    let element = self.begin(&start)?;
                    if self.open.len() > MOST_DEPTH {
                        return Err(self.fault(TreeReason::TooDeep));
                    }
                    self.open.push(element);
                }
                Event::Empty(start) => {
                    let element = self.begin(&start)?;
                    self.close(element)?;
                }
                Event::End(_) => {
                    // The reader has looked that it ends what is open.
                    if let Some(element) = self.open.pop() {
                        self.close(element)?;
                    }
                }
                Event::Text(text) => self.words(&text.xml10_content())?,
                Event::CData(text) => self.words(&text.xml10_content())?,
                Event::GeneralRef(name) => {
                    let said = if name.is_char_ref() {
                        name.resolve_char_ref().ok().flatten()
                    } else {
                        predefined(&name)
                    };
                    let said = said.ok_or_else(|| self.fault(TreeReason::Entity))?;
                    self.words(said.encode_utf8(&mut [0; 4]))?;
                }
                Event::DocType(_) => return Err(self.fault(TreeReason::DocumentType)),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => return self.done(),
            }
        }
    }

    fn words(&mut self, said: &str) -> Result<(), TreeFault> {
        let is_outside = self.open.len() == 1;
        if is_outside
            && !said
                .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                .is_empty()
        {
            return Err(self.fault(TreeReason::Malformed));
        }
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(said);
        }
        Ok(())
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<Open, TreeFault> {
        let mut fields = Vec::new();
        // Names that come twice are kept, so the reader need not compare each with each.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| self.fault(TreeReason::Malformed))?;
            if fields.len() == MOST_ATTRIBUTES {
                return Err(self.fault(TreeReason::TooMany));
            }
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let said = attribute
                .normalized_value(XmlVersion::default())
                .map_err(|error| {
                    let reason = reason_of(&error);
                    self.fault(reason)
                })?;
            let name = format!("@{}", attribute.key.local_name().as_ref());
            fields.push((name, Node::Text(said.into_owned())));
        }
        self.count(fields.len() + 1)?;
        Ok(Open {
            name: start.local_name().as_ref().to_owned(),
            fields,
            text: String::new(),
        })
    }

    fn count(&mut self, more: usize) -> Result<(), TreeFault> {
        self.nodes += more;
        if self.nodes > MOST_NODES {
            return Err(self.fault(TreeReason::TooMany));
        }
        Ok(())
    }

    /// Puts an element that is complete into the one it stands in.
    fn close(&mut self, element: Open) -> Result<(), TreeFault> {
        let Open { name, fields, text } = element;
        let node = node(fields, text.trim());
        match self.open.last_mut() {
            Some(outer) => outer.fields.push((name, node)),
            None => return Err(self.fault(TreeReason::Malformed)),
        }
        Ok(())
    }

    fn done(mut self) -> Result<Node, TreeFault> {
        match (self.open.pop(), self.open.is_empty()) {
            (Some(document), true) if document.fields.is_empty() => {
                Err(TreeFault::whole(TreeReason::Empty))
            }
            (Some(document), true) => Ok(Node::Record(together(document.fields))),
            _ => Err(TreeFault::at(
                self.text,
                self.text.len(),
                TreeReason::CutOff,
            )),
        }
    }
}

fn node(fields: Vec<(String, Node)>, text: &str) -> Node {
    if fields.is_empty() {
        return if text.is_empty() {
            Node::Null
        } else {
            Node::Text(text.to_owned())
        };
    }
    let mut fields = together(fields);
    if !text.is_empty() {
        fields.push(("#text".to_owned(), Node::Text(text.to_owned())));
    }
    Node::Record(fields)
}

/// Elements of one name beside each other are a list, where the first of them stands.
fn together(fields: Vec<(String, Node)>) -> Vec<(String, Node)> {
    let mut places = std::collections::HashMap::new();
    let mut out: Vec<(String, Vec<Node>)> = Vec::with_capacity(fields.len());
    for (name, node) in fields {
        let at = *places.entry(name.clone()).or_insert(out.len());
        match out.get_mut(at) {
            Some((_, nodes)) => nodes.push(node),
            None => out.push((name, vec![node])),
        }
    }
    out.into_iter()
        .map(|(name, mut nodes)| {
            let node = if nodes.len() == 1 {
                nodes.remove(0)
            } else {
                Node::List(nodes)
            };
            (name, node)
        })
        .collect()
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

fn reason_of(error: &Error) -> TreeReason {
    match error {
        Error::Syntax(SyntaxError::InvalidBangMarkup | SyntaxError::UnclosedDoctype) => {
            TreeReason::DocumentType
        }
        Error::Syntax(_) => TreeReason::CutOff,
        Error::IllFormed(IllFormedError::MissingEndTag(_)) => TreeReason::CutOff,
        Error::IllFormed(
            IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
        ) => TreeReason::TagMismatch,
        Error::Escape(EscapeError::UnrecognizedEntity(..)) => TreeReason::Entity,
        _ => TreeReason::Malformed,
    }
}

#[cfg(test)]
mod tests;
