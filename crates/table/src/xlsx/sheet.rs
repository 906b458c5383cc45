//! Rows of a sheet.

use super::parts::Part;
use super::xml::{Xml, attribute, unescaped};
use crate::excel::{self, Line, Placed, Shape, Strings};
use crate::limits::{SHEET_COLUMNS, SHEET_ROWS};
use crate::source::{Raw, Seen, Source, Step};
use crate::{Cell, Damage, Error, Fault, Limits, Reason, cell};
use jiff::civil::{Date, DateTime};
use quick_xml::events::{BytesStart, Event};

/// Rows and columns a sheet says it has.
pub(super) fn size(mut xml: Xml<Part<'_>>) -> Result<(Option<u64>, Option<u64>), Error> {
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        match element.local_name().as_ref() {
            "dimension" => {
                let said = attribute(&element, "ref").unwrap_or_default();
                let last = said.rsplit(':').next().unwrap_or_default();
                return Ok((row_of(last), column_of(last).map(|at| at as u64 + 1)));
            }
            "sheetData" => break,
            _ => {}
        }
    }
    Ok((None, None))
}

/// The row of `AB12`.
fn row_of(place: &str) -> Option<u64> {
    let row = place.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    row.parse()
        .ok()
        .filter(|row| (1..=SHEET_ROWS.into()).contains(row))
}

/// The column of `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.take(4).fold(0, |column: usize, letter| {
        column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    (1..=SHEET_COLUMNS as usize)
        .contains(&column)
        .then(|| column - 1)
}

/// What a cell's tag says.
struct Tag {
    column: usize,
    shape: Shape,
    kind: Said,
}

/// How a cell says its value.
enum Said {
    Number,
    /// By its place among the texts.
    Shared,
    /// In itself.
    Inline,
    /// As a formula's text.
    Text,
    Boolean,
    Error,
    /// As a date that is written out.
    Iso,
    Unknown,
}

/// A sheet that is read row by row.
pub(super) struct SheetRows<'b> {
    xml: Xml<Part<'b>>,
    strings: &'b Strings,
    styles: &'b [Shape],
    from_1904: bool,
    limits: Limits,
    /// The row that was read last, from 1.
    row: u64,
    line: Line,
    /// What the value of a cell is read into.
    value: String,
    formulas: u64,
    is_inside: bool,
    has_ended: bool,
}

impl<'b> SheetRows<'b> {
    pub(super) fn new(
        xml: Xml<Part<'b>>,
        strings: &'b Strings,
        styles: &'b [Shape],
        from_1904: bool,
        limits: Limits,
    ) -> Self {
        Self {
            xml,
            strings,
            styles,
            from_1904,
            limits,
            row: 0,
            line: Line::default(),
            value: String::new(),
            formulas: 0,
            is_inside: false,
            has_ended: false,
        }
    }

    /// What is left of a row whose tag was read.
    fn row(&mut self) -> Result<Step, Error> {
        let mut next = 0;
        let mut reason = None;
        loop {
            let tag = match self.xml.next()? {
                None => return Err(self.xml.damaged()),
                Some(Event::End(e)) if e.local_name().as_ref() == "row" => break,
                Some(Event::Start(e)) if e.local_name().as_ref() == "c" => {
                    tag(&e, next, self.styles)
                }
                Some(_) => continue,
            };
            next = tag.column + 1;
            let column = tag.column;
            match self.cell(&tag)? {
                None => reason = reason.or(Some(Reason::Cell { column: next })),
                Some(cell) if cell.is_empty() => {}
                Some(_) if column >= self.limits.columns => reason = Some(Reason::TooWide),
                Some(Cell::Text(text)) if text.len() > self.limits.cell_bytes => {
                    reason = Some(Reason::CellTooLong);
                }
                Some(cell) => self.line.put(Placed { column, cell }),
            }
        }
        let cells = self.line.take();
        let line = self.row;
        Ok(match reason {
            Some(reason) => Step::Fault(Fault { line, reason }),
            None => Step::Raw(Raw {
                line,
                cells,
                said: 0,
            }),
        })
    }

    /// What is left of a cell whose tag was read. `None`: it says what no workbook says.
    fn cell(&mut self, tag: &Tag) -> Result<Option<Cell>, Error> {
        let mut has_formula = false;
        self.value.clear();
        loop {
            let is_formula = match self.xml.next()? {
                None => return Err(self.xml.damaged()),
                Some(Event::End(e)) if e.local_name().as_ref() == "c" => break,
                Some(Event::Start(e)) => match e.local_name().as_ref() {
                    "f" => true,
                    "v" | "is" => false,
                    _ => continue,
                },
                Some(_) => continue,
            };
            let mut text = std::mem::take(&mut self.value);
            let before = text.len();
            self.xml.text_to_end("rPh", &mut text)?;
            if is_formula {
                text.truncate(before);
                has_formula = true;
            }
            self.value = text;
        }
        self.formulas += u64::from(has_formula);
        // The last result of a formula may be an empty text, and then it says so.
        if has_formula && self.value.is_empty() && !matches!(tag.kind, Said::Text) {
            return Ok(Some(Cell::Damaged {
                text: String::new(),
                damage: Damage::NotCalculated,
            }));
        }
        Ok(self.said(tag))
    }

    fn said(&self, tag: &Tag) -> Option<Cell> {
        let value = self.value.as_str();
        match tag.kind {
            // An empty formula result, or a cell that only has a colour.
            Said::Number | Said::Shared | Said::Boolean | Said::Error | Said::Iso
                if value.trim().is_empty() =>
            {
                Some(Cell::Empty)
            }
            Said::Number => excel::of_raw(value, tag.shape, self.from_1904),
            Said::Shared => {
                let text = self.strings.get(value.trim().parse().ok()?)?;
                Some(cell::of_text(text))
            }
            Said::Inline | Said::Text => Some(cell::of_text(&unescaped(value))),
            Said::Boolean => match value.trim() {
                "1" | "true" | "TRUE" => Some(Cell::Boolean(true)),
                "0" | "false" | "FALSE" => Some(Cell::Boolean(false)),
                _ => None,
            },
            Said::Error => Some(Cell::Error(value.trim().to_owned())),
            Said::Iso => Some(iso(value.trim())),
            Said::Unknown => None,
        }
    }
}

/// A date that is written out, as strict workbooks have it.
fn iso(said: &str) -> Cell {
    let said = said.strip_suffix('Z').unwrap_or(said);
    if let Some(date) = said.parse::<Date>().ok().filter(|_| said.len() == 10) {
        return Cell::Date(date);
    }
    match said.parse::<DateTime>() {
        Ok(at) => Cell::DateTime(at),
        Err(_) => cell::of_text(said),
    }
}

/// Reads a cell's tag. `next` is its column where it does not say one.
fn tag(element: &BytesStart<'_>, next: usize, styles: &[Shape]) -> Tag {
    let mut tag = Tag {
        column: next,
        shape: Shape::Number,
        kind: Said::Number,
    };
    for attribute in element.attributes().with_checks(false).flatten() {
        let value = attribute.value.as_ref();
        match attribute.key.as_ref() {
            "r" => tag.column = column_of(value).unwrap_or(next),
            "s" => {
                let style = value.parse().ok().and_then(|at: usize| styles.get(at));
                tag.shape = style.copied().unwrap_or_default();
            }
            "t" => {
                tag.kind = match value {
                    "n" => Said::Number,
                    "s" => Said::Shared,
                    "inlineStr" => Said::Inline,
                    "str" => Said::Text,
                    "b" => Said::Boolean,
                    "e" => Said::Error,
                    "d" => Said::Iso,
                    _ => Said::Unknown,
                }
            }
            _ => {}
        }
    }
    tag
}

impl Source for SheetRows<'_> {
    fn step(&mut self) -> Result<Option<Step>, Error> {
        while !self.has_ended {
            match self.xml.next()? {
                // A chart has no rows; a sheet that breaks off among its rows does not.
                None if self.is_inside => return Err(self.xml.damaged()),
                None => self.has_ended = true,
                Some(Event::End(e)) if e.local_name().as_ref() == "sheetData" => {
                    self.has_ended = true;
                }
                Some(Event::Start(e)) => match e.local_name().as_ref() {
                    "sheetData" => self.is_inside = true,
                    "row" if self.is_inside => {
                        let said = attribute(&e, "r").and_then(|r| row_of(&r));
                        self.row = said.unwrap_or(self.row + 1);
                        return self.row().map(Some);
                    }
                    _ => {}
                },
                Some(_) => {}
            }
        }
        Ok(None)
    }

    fn seen(&self) -> Seen {
        Seen {
            formulas: self.formulas,
            ..Seen::default()
        }
    }
}
