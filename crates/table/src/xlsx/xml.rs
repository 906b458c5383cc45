//! XML of a workbook, a piece at a time. No entity is expanded but those every document has, so that
//! what is read is never more than what was unpacked; how much that is, how long one piece is and how
//! deep they lie is bounded.

use crate::Error;
use crate::limits::PIECE_BYTES;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

/// Elements in one another: a sheet has six.
const DEEPEST: usize = 64;

/// A document that is read.
pub(super) struct Xml<R: Read> {
    reader: Reader<Fuse<R>>,
    buffer: Vec<u8>,
    depth: usize,
    part: &'static str,
    limit: u64,
}

/// Ends a reading that takes in too much.
struct Fuse<R: Read> {
    inner: BufReader<R>,
    /// Bytes since the last piece began.
    piece: usize,
    /// Bytes that may yet come.
    left: u64,
    is_blown: bool,
}

impl<R: Read> Read for Fuse<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.fill_buf()?.read(buffer)?;
        self.consume(got);
        Ok(got)
    }
}

impl<R: Read> BufRead for Fuse<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.is_blown |= self.left == 0;
        if self.is_blown || self.piece > PIECE_BYTES {
            return Err(ErrorKind::InvalidData.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.piece += amount;
        self.left = self.left.saturating_sub(amount as u64);
        self.inner.consume(amount);
    }
}

impl<R: Read> Xml<R> {
    /// A document of at most `limit` bytes. `part` is what is damaged where it is no XML.
    pub(super) fn new(bytes: R, part: &'static str, limit: u64) -> Self {
        let mut reader = Reader::from_reader(Fuse {
            inner: BufReader::with_capacity(32 << 10, bytes),
            piece: 0,
            left: limit,
            is_blown: false,
        });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            part,
            limit,
        }
    }

    pub(super) fn damaged(&self) -> Error {
        Error::Damaged { part: self.part }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, Error> {
        self.buffer.clear();
        self.reader.get_mut().piece = 0;
        let (part, limit) = (self.part, self.limit);
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(_) if self.reader.get_ref().is_blown => return Err(Error::Inflates { limit }),
            Err(quick_xml::Error::Io(e)) if !is_of_content(e.kind()) => {
                return Err(Error::Unreadable(e.kind().into()));
            }
            Err(_) => return Err(Error::Damaged { part }),
        };
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof => return Ok(None),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(Error::Damaged { part });
        }
        Ok(Some(event))
    }

    /// The text up to the end of the element that has begun, of it and of what lies in it; what lies
    /// in an element of `left_out` is not read.
    pub(super) fn text_to_end(&mut self, left_out: &str, into: &mut String) -> Result<(), Error> {
        let mut open = 1;
        let mut hidden = None;
        loop {
            match self.next()? {
                Some(Event::Start(e)) => {
                    open += 1;
                    if hidden.is_none() && e.local_name().as_ref() == left_out {
                        hidden = Some(open);
                    }
                }
                Some(Event::End(_)) => {
                    hidden = hidden.filter(|at| *at != open);
                    open -= 1;
                    if open == 0 {
                        return Ok(());
                    }
                }
                Some(event) if hidden.is_none() => push_text(&event, into),
                Some(_) => {}
                None => return Err(self.damaged()),
            }
            if into.len() > PIECE_BYTES {
                return Err(self.damaged());
            }
        }
    }
}

/// What an archive says when its content is wrong; everything else is the disk.
fn is_of_content(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidData
            | ErrorKind::InvalidInput
            | ErrorKind::UnexpectedEof
            | ErrorKind::Other
            | ErrorKind::Unsupported
    )
}

/// Appends what a piece says as text.
fn push_text(event: &Event<'_>, into: &mut String) {
    match event {
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => into.extend(resolved(reference)),
        _ => {}
    }
}

/// `&amp;` and `&#20;`. What a document declares for itself stays unsaid.
fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    resolve_predefined_entity(reference)?.chars().next()
}

/// An attribute by its name without a prefix, as it is read.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(
            |attribute| match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(_) => attribute.value.into_owned(),
            },
        )
}

/// `_x000D_` as workbooks write what XML cannot hold, or could mistake.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let code = escape
            .get(2..6)
            .filter(|_| escape.as_bytes().get(6) == Some(&b'_'))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        match code {
            Some(c) => {
                out.push(c);
                rest = &escape[7..];
            }
            None => {
                out.push_str("_x");
                rest = &escape[2..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("plain", "plain")]
    #[case("a_x000D_b", "a\rb")]
    #[case("_x005F_x000D_", "_x000D_")]
    #[case("_x00", "_x00")]
    #[case("file_xyz1_", "file_xyz1_")]
    #[case("_x一二三四_", "_x一二三四_")]
    fn escapes_of_workbooks_are_read(#[case] said: &str, #[case] is: &str) {
        assert_eq!(unescaped(said), is);
    }

    fn text_of(document: &str, limit: u64) -> Result<String, Error> {
        let mut xml = Xml::new(document.as_bytes(), "sheet", limit);
        let mut text = String::new();
        while !matches!(xml.next()?, Some(Event::Start(_)) | None) {}
        xml.text_to_end("rPh", &mut text)?;
        Ok(text)
    }

    #[test]
    fn text_is_read_with_what_every_document_has() {
        let said = "<si><t>A &amp; B&#33;</t><rPh><t>kana</t></rPh><t/><t>C</t><x>&own;</x></si>";
        assert_eq!(text_of(said, 1000).expect("text"), "A & B!C");
    }

    #[test]
    fn an_entity_bomb_stays_what_it_is() {
        let said = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;&b;</x>";
        assert_eq!(text_of(said, 1000).expect("text"), "");
    }

    #[rstest]
    #[case::long_text(format!("<x>{}</x>", "a".repeat(PIECE_BYTES * 2)))]
    #[case::many_texts(format!("<x>{}</x>", "aaaaaaaa<y/>".repeat(PIECE_BYTES / 4)))]
    #[case::long_tag(format!("<x {}></x>", "a=\"\" ".repeat(PIECE_BYTES / 4)))]
    #[case::deep(format!("<x>{}", "<y>".repeat(1000)))]
    #[case::no_end("<x>".to_owned())]
    fn what_no_workbook_has_is_damage(#[case] document: String) {
        let refused = text_of(&document, u64::MAX).expect_err("damage");
        assert!(
            matches!(refused, Error::Damaged { part: "sheet" }),
            "{refused}"
        );
    }

    #[test]
    fn what_never_ends_is_ended() {
        let document = format!("<x>{}</x>", "<y/>".repeat(1000));
        let refused = text_of(&document, 100).expect_err("too much");
        assert!(
            matches!(refused, Error::Inflates { limit: 100 }),
            "{refused}"
        );
    }
}
