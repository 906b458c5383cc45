//! What a file is, by its first bytes. Its name is not asked: a `.xls` is often text.

use crate::Error;

/// What a table lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Lines of text: CSV, TSV and their kin.
    Text,
    /// A workbook of Excel since 2007 (also `.xlsm`, `.xltx`).
    Xlsx,
    /// A workbook of Excel before that.
    Xls,
}

/// The container of old Office files.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Beginnings that are no table.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "pdf"),
    (b"\x89PNG", "binary"),
    (b"\xFF\xD8\xFF", "binary"),
    (b"GIF8", "binary"),
    (b"RIFF", "binary"),
    (b"ID3", "binary"),
    (b"fLaC", "binary"),
    (b"OggS", "binary"),
    (b"\x1F\x8B", "binary"),
    (b"7z\xBC\xAF", "binary"),
    (b"Rar!", "binary"),
    (b"SQLite format 3\0", "binary"),
    (b"PK\x05\x06", "zip"),
];

/// What begins so. The container of a workbook is opened later, and may hold something else.
pub(crate) fn of(start: &[u8]) -> Result<Kind, Error> {
    if let Some((_, is)) = OTHERS.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err(Error::NotATable { is });
    }
    if start.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Xlsx);
    }
    if start.starts_with(COMPOUND) {
        return Ok(Kind::Xls);
    }
    if is_bare_workbook(start) {
        return Err(Error::NotATable { is: "biff" });
    }
    is_markup(start).map(|()| Kind::Text)
}

/// A workbook without its container, as small programs on web servers write it: the record that begins
/// one, with its length. The library that reads workbooks wants the container.
fn is_bare_workbook(start: &[u8]) -> bool {
    matches!(start, [0x09, 0x08, 6..=16, 0, ..])
}

/// Refuses text that is a page, a document or data of another kind.
fn is_markup(start: &[u8]) -> Result<(), Error> {
    let marks = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"];
    let start = marks
        .iter()
        .find_map(|mark| start.strip_prefix(*mark))
        .unwrap_or(start);
    // Markup is ASCII where it says what it is; in UTF-16 every other byte is left.
    let text: String = start
        .iter()
        .filter(|b| **b != 0)
        .map(|b| {
            if b.is_ascii() {
                char::from(b.to_ascii_lowercase())
            } else {
                '?'
            }
        })
        .collect();
    let text = text.trim_start();
    let has = |word: &str| text.contains(word);
    if text.starts_with("mime-version:") {
        return Err(Error::Html);
    }
    if text.starts_with('<') {
        let second = text.chars().nth(1).unwrap_or(' ');
        if !second.is_ascii_alphabetic() && !matches!(second, '!' | '?') {
            return Ok(());
        }
        let tags = [
            "<html",
            "<table",
            "<!doctype html",
            "<meta",
            "<head",
            "<body",
            "<style",
            "<tr",
        ];
        if tags.iter().any(|tag| has(tag)) {
            return Err(Error::Html);
        }
        let is_document = text.starts_with("<?xml") || has("xmlns") || has("</");
        return if is_document {
            Err(Error::NotATable { is: "xml" })
        } else {
            Ok(())
        };
    }
    let is_json = text
        .strip_prefix(['{', '['])
        .is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"', ']', '}']));
    if is_json {
        return Err(Error::NotATable { is: "json" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::csv("主叫,被叫\n1,2".as_bytes(), Kind::Text)]
    #[case::less_than_in_a_header(b"<5s,>5s\n1,2", Kind::Text)]
    #[case::a_header_in_angles(b"<ANI>,<DNIS>\n1,2", Kind::Text)]
    #[case::bracket_in_a_header("[主叫],被叫".as_bytes(), Kind::Text)]
    #[case::nothing(b"", Kind::Text)]
    #[case::zip(b"PK\x03\x04rest", Kind::Xlsx)]
    #[case::old_office(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Xls)]
    fn a_file_is_what_it_begins_with(#[case] start: &[u8], #[case] kind: Kind) {
        assert_eq!(of(start).expect("a table"), kind);
    }

    #[rstest]
    #[case::page(b"\r\n<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">")]
    #[case::bare_table(b"<table border=1><tr><td>1")]
    #[case::page_with_a_mark("\u{FEFF}<!DOCTYPE html><html>".as_bytes())]
    #[case::page_in_utf16(b"\xFF\xFE<\0h\0t\0m\0l\0>\0")]
    #[case::xhtml(b"<?xml version=\"1.0\"?><html><body>")]
    #[case::page_in_a_mail(b"MIME-Version: 1.0\r\nX-Document-Type: Workbook")]
    fn a_page_is_refused_as_a_page(#[case] start: &[u8]) {
        assert!(matches!(of(start), Err(Error::Html)));
    }

    #[rstest]
    #[case(b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:x\">", "xml")]
    #[case(b"{\"calls\": []}", "json")]
    #[case(b"[\n  {\"id\": 1}]", "json")]
    #[case(b"%PDF-1.7", "pdf")]
    #[case(b"RIFF\0\0\0\0WAVE", "binary")]
    #[case::bare_workbook_of_a_web_server(b"\x09\x08\x08\0\0\x10\0\0\0\0\0\0", "biff")]
    fn what_is_no_table_is_refused_as_what_it_is(#[case] start: &[u8], #[case] is: &str) {
        assert!(matches!(of(start), Err(Error::NotATable { is: found }) if found == is));
    }
}
