//! What is refused, and what one row may not do to the others.

use super::{all, lines, refused, table, table_with};
use crate::{Choices, Damage, Error, Header, Limits, Reason, Table};
use rstest::rstest;
use std::io::{Cursor, Read, Seek, SeekFrom};

#[rstest]
#[case::nothing("", "table.empty")]
#[case::blank_lines("\n\n\r\n", "table.empty")]
#[case::blank_cells(",,\n,,\n", "table.empty")]
#[case::page("<html><table><tr><td>1</table>", "table.html")]
#[case::json("{\"a\": 1}", "table.kind")]
#[case::sound("RIFF....WAVEfmt ", "table.kind")]
#[case::controls("\u{1}\u{2}\u{3},\u{4}", "table.kind")]
fn what_is_no_table_is_refused(#[case] text: &str, #[case] code: &str) {
    assert_eq!(refused(text, &Choices::default()), code);
}

fn bounded(change: fn(&mut Limits)) -> Choices {
    let mut choices = Choices::default();
    change(&mut choices.limits);
    choices
}

#[rstest]
#[case::bytes(bounded(|l| l.bytes = 10), "table.too_big")]
#[case::columns(bounded(|l| l.columns = 2), "table.columns")]
#[case::rows(bounded(|l| l.rows = Some(1)), "table.rows")]
#[case::sheet(Choices { encoding: Some("klingon".into()), ..Choices::default() }, "table.encoding")]
#[case::delimiter(Choices { delimiter: Some('a'), ..Choices::default() }, "table.delimiter")]
#[case::header(Choices { header: Some(Header::Line(9)), ..Choices::default() }, "table.header")]
fn each_bound_has_a_code_of_its_own(#[case] choices: Choices, #[case] code: &str) {
    assert_eq!(refused("a,b,c\n1,2,3\n4,5,6\n", &choices), code);
}

#[test]
fn as_many_rows_as_are_asked_for_at_most_are_fine() {
    let mut table = table_with("a,b\n1,2\n合计,\n", &bounded(|l| l.rows = Some(1)));
    assert_eq!(all(&mut table).0.len(), 2, "a total is no row of data");
}

#[test]
fn a_quote_that_does_not_close_costs_its_own_line() {
    let text = "号,备注,x\n1,好,a\n2,\"没有收尾,b\n3,好,c\n4,\"收了\",d\n5,\"两\n行\",e\n";
    let mut table = table(text);
    let (_, faults) = all(&mut table);
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].line, faults[0].reason), (3, Reason::QuoteOpen));
    assert_eq!(faults[0].code(), "table.row.quote_open");
    assert_eq!(
        lines(&mut table),
        ["1|好|a", "3|好|c", "4|收了|d", "5|两\n行|e"]
    );
}

#[test]
fn a_quote_open_to_the_end_does_not_swallow_the_rest() {
    let mut text = "a,b\n1,\"open\n".to_owned();
    text.extend((0..50_000).map(|n| format!("{n},plain text without a quote\n")));
    let mut table = table(text);
    let (rows, faults) = all(&mut table);
    assert_eq!((rows.len(), faults.len()), (50_001, 0));
    assert_eq!(rows.last().map(|row| row.line), Some(50_002));
    assert_eq!(rows[0].cells[1].text(), "open");
    assert_eq!(rows[0].cells[1].damage(), Some(Damage::Quote));
}

#[test]
fn every_line_of_asterisk_with_a_quote_too_few_is_a_row() {
    let line = "\"\",\"test\",\"100\",\"\"\"Test User\"\" <test>\",5,\"ANSWERED\",\"\n";
    let mut table = table(line.repeat(50_000));
    let (rows, faults) = all(&mut table);
    assert_eq!((rows.len(), faults.len()), (50_000, 0));
    assert!(rows.iter().all(|row| row.cells[5].text() == "ANSWERED"));
}

#[test]
fn quotes_inside_a_cell_are_what_they_are() {
    let mut table = table("尺寸,说\n5\" 屏,他说\"好\"\n\"a \"\"b\"\" c\",\"x\"y\n");
    assert_eq!(lines(&mut table), ["5\" 屏|他说\"好\"", "a \"b\" c|xy"]);
}

#[test]
fn a_text_that_is_not_quoted_is_refused_before_it_costs_hours() {
    // Each line opens a quote, and the next ones never close it.
    let text = format!("a,b,c\n{}", "b\",\",\n".repeat(300_000));
    assert_eq!(refused(text.as_str(), &Choices::default()), "table.quotes");
    let unquoted = Choices {
        quotes: Some(false),
        ..Choices::default()
    };
    let mut table = table_with(text, &unquoted);
    assert_eq!(all(&mut table).0.len(), 300_000);
}

#[test]
fn a_line_too_long_is_left_and_the_next_ones_are_read() {
    let long = "x".repeat(3 << 20);
    let mut table = table(format!("a,b\n1,2\n3,{long}\n5,6\n"));
    let (rows, faults) = all(&mut table);
    assert_eq!((faults[0].line, faults[0].reason), (3, Reason::RowTooLong));
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].line, 4);
}

#[test]
fn a_cell_too_long_is_told() {
    let choices = bounded(|l| l.cell_bytes = 10);
    let mut table = table_with("a,b\n1,2\n3,12345678901\n5,6\n", &choices);
    let (_, faults) = all(&mut table);
    assert_eq!((faults[0].line, faults[0].reason), (3, Reason::CellTooLong));
    assert_eq!(lines(&mut table), ["1|2", "5|6"]);
}

#[test]
fn a_row_too_wide_is_told() {
    let choices = bounded(|l| l.columns = 3);
    let mut table = table_with("a,b\n1,2,,,\n1,2,3,4\n5,6\n", &choices);
    let (_, faults) = all(&mut table);
    assert_eq!((faults[0].line, faults[0].reason), (3, Reason::TooWide));
    assert_eq!(lines(&mut table), ["1|2", "5|6"]);
}

#[test]
fn a_fault_says_its_line() {
    let fault = crate::Fault {
        line: 7,
        reason: Reason::Cell,
    };
    assert_eq!(fault.args(), [("line", "7".to_owned())]);
    let error = Error::Columns { limit: 3 };
    assert_eq!(error.to_string(), "table.columns");
    assert_eq!(error.args(), [("limit", "3".to_owned())]);
}

#[test]
fn a_preview_reads_the_first_rows_and_says_whether_there_are_more() {
    let mut table = table("a,b\n1,2\n3,4\n5,6\n");
    let preview = table.preview(2).expect("rows");
    assert_eq!((preview.entries.len(), preview.is_all), (2, false));
    let preview = table.preview(3).expect("rows");
    assert_eq!((preview.entries.len(), preview.is_all), (3, true));
}

/// A file of a table without an end, that counts what is read of it.
struct Endless {
    at: u64,
    read: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

const ROW: &[u8] = b"13900001111,2023-11-15 06:13:20,00:05:10,agent\n";
const LENGTH: u64 = 3 << 30;

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = LENGTH.saturating_sub(self.at).min(buffer.len() as u64) as usize;
        for (n, byte) in buffer[..left].iter_mut().enumerate() {
            *byte = ROW[(self.at as usize + n) % ROW.len()];
        }
        self.at += left as u64;
        self.read
            .fetch_add(left as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(left)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => LENGTH.saturating_add_signed(by),
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

#[test]
fn a_preview_of_three_gigabytes_reads_less_than_one_megabyte() {
    let read = std::sync::Arc::default();
    let file = Endless {
        at: 0,
        read: std::sync::Arc::clone(&read),
    };
    let mut table = Table::open(file, &Choices::default()).expect("a table");
    let preview = table.preview(100).expect("rows");
    assert_eq!(preview.entries.len(), 100);
    assert!(read.load(std::sync::atomic::Ordering::Relaxed) < 1 << 20);
}

/// A file whose disk fails behind the first rows.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.0.position() >= 1 << 20 {
            return Err(std::io::ErrorKind::NotConnected.into());
        }
        self.0.read(buffer)
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_disk_that_fails_ends_the_reading_once() {
    let text = format!("a,b\n{}", "1,2\n".repeat(400_000));
    let choices = Choices {
        encoding: Some("utf-8".into()),
        ..Choices::default()
    };
    let mut table = Table::open(Failing(Cursor::new(text.into())), &choices).expect("a table");
    let errors: Vec<_> = table
        .rows()
        .expect("rows")
        .filter_map(Result::err)
        .collect();
    assert_eq!(errors.len(), 1);
    assert!(matches!(errors[0], Error::Unreadable(_)));
}
