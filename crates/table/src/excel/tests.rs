//! Workbooks made by hand: what writers write that Excel does not, and what nobody should.

use crate::tests::{all, lines, names, refused, said, table, table_with};
use crate::{Cell, Choices, Damage, Error, Limits, Reason, Table};
use rstest::rstest;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const RELS: &str = "<Relationships><Relationship Id='a' \
    Type='http://x/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>";
const WORKBOOK_RELS: &str = "<Relationships>\
    <Relationship Id='r1' Type='http://x/relationships/worksheet' Target='worksheets/sheet1.xml'/>\
    <Relationship Id='r2' Type='http://x/relationships/sharedStrings' Target='sharedStrings.xml'/>\
    <Relationship Id='r3' Type='http://x/relationships/styles' Target='styles.xml'/>\
    </Relationships>";
const WORKBOOK: &str =
    "<workbook><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>";
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/>\
    <numFmt numFmtId='165' formatCode='0000'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>\
    <cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='31'/><xf numFmtId='22'/><xf numFmtId='165'/></cellXfs>\
    </styleSheet>";

/// An archive of parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook of one sheet and its texts.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    archive(&[
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn of_rows(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    workbook(&sheet, "<sst><si><t>a</t></si><si><t>b</t></si></sst>")
}

const HEADER: &str = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>";

#[test]
fn cells_without_places_stand_one_after_the_other() {
    let rows = "<row><c t='inlineStr'><is><t>主叫</t></is></c><c t='str'><v>时长</v></c></row>\
        <row><c><v>13900001111</v></c><c><v>5</v></c></row>";
    let mut table = table(of_rows(rows));
    assert_eq!(names(&table), ["主叫", "时长"]);
    assert_eq!(lines(&mut table), ["13900001111|5"]);
    assert_eq!(all(&mut table).0[0].line, 2);
}

#[test]
fn dates_are_told_by_the_formats_of_chinese_excel_too() {
    let rows = format!(
        "{HEADER}<row r='2'><c r='A2' s='1'><v>45245</v></c><c r='B2' s='2'><v>45245</v></c></row>\
         <row r='3'><c r='A3' s='3'><v>45245.5</v></c><c r='B3' t='d'><v>2023-11-15T06:13:20</v></c></row>\
         <row r='4'><c r='A4' t='d'><v>2023-11-15</v></c><c r='B4' s='1'><v>60</v></c></row>"
    );
    assert_eq!(
        lines(&mut table(of_rows(&rows))),
        [
            "2023-11-15|2023-11-15",
            "2023-11-15 12:00:00|2023-11-15 06:13:20",
            "2023-11-15|60"
        ]
    );
}

#[test]
fn prefixes_and_other_namespaces_change_nothing() {
    let sheet = "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml'><x:sheetData>\
        <x:row r='1'><x:c r='A1' t='s'><x:v>0</x:v></x:c></x:row>\
        <x:row r='2'><x:c r='A2'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    let mut table = table(workbook(sheet, "<x:sst><x:si><x:t>号</x:t></x:si></x:sst>"));
    assert_eq!(names(&table), ["号"]);
    assert_eq!(lines(&mut table), ["1"]);
}

#[test]
fn a_row_at_fault_does_not_end_the_others() {
    let rows = format!(
        "{HEADER}<row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>1</v></c></row>\
         <row r='3'><c r='A3'><v>1</v></c><c r='B3' t='s'><v>99</v></c><c r='C3'><v>1</v></c></row>\
         <row r='4'><c r='A4'><v>1</v></c><c r='B4' t='e'><v>#SPILL!</v></c><c r='C4'><v>1</v></c></row>\
         <row r='9'><c r='B9'><v>2</v></c></row>"
    );
    let (rows, faults) = all(&mut table(of_rows(&rows)));
    let told: Vec<_> = faults.iter().map(|f| (f.line, f.reason)).collect();
    assert_eq!(told, [(3, Reason::Cell), (4, Reason::Cell)]);
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 9]);
    assert_eq!(said(&rows[1]), ["", "2"]);
}

#[test]
fn a_cell_at_fault_between_two_rows_costs_both_and_is_never_silent() {
    let rows = format!(
        "{HEADER}<row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>1</v></c></row>\
         <row r='3'><c r='A3' t='b'><v>maybe</v></c><c r='B3'><v>1</v></c></row>\
         <row r='4'><c r='A4'><v>7</v></c></row><row r='5'><c r='A5' t='b'><v>maybe</v></c></row>"
    );
    let (rows, faults) = all(&mut table(of_rows(&rows)));
    let told: Vec<_> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(told, [2, 3, 4, 5]);
    assert!(rows.is_empty());
}

#[test]
fn a_formula_has_its_last_result_or_says_that_it_has_none() {
    let rows = format!(
        "{HEADER}<row r='2'><c r='A2'><f>1+1</f><v>2</v></c><c r='B2'><f>A2</f></c></row>\
         <row r='3'><c r='A3' t='str'><f>\"\"</f><v></v></c><c r='B3'><v>1</v></c></row>"
    );
    let mut table = table(of_rows(&rows));
    let (rows, _) = all(&mut table);
    assert_eq!(rows[0].cells[0].text(), "2");
    assert_eq!(rows[0].cells[1].damage(), Some(Damage::NotCalculated));
    assert_eq!(rows[1].cells[0], Cell::Empty);
    let mut rows = table.rows().expect("rows");
    rows.by_ref().for_each(drop);
    assert_eq!(rows.counts().formulas, 3);
}

#[test]
fn a_sheet_that_says_it_has_a_billion_cells_costs_its_own() {
    let sheet = format!(
        "<worksheet><dimension ref='A1:XFD1048576'/><sheetData>{HEADER}\
         <row r='1048576'><c r='B1048576'><v>7</v></c><c r='XFD1048576' s='1'/></row>\
         </sheetData></worksheet>"
    );
    let strings = "<sst><si><t>a</t></si><si><t>b</t></si></sst>";
    let (rows, _) = all(&mut table(workbook(&sheet, strings)));
    assert_eq!((rows.len(), rows[0].line), (1, 1_048_576));
}

#[test]
fn more_texts_than_the_list_has_bytes_are_not_believed() {
    let sheet = format!("<worksheet><sheetData>{HEADER}</sheetData></worksheet>");
    for count in ["99999999999", "99999999999999999999999"] {
        let strings = format!("<sst uniqueCount='{count}'><si><t>a</t></si></sst>");
        let bytes = workbook(&sheet, &strings);
        assert_eq!(refused(bytes, &Choices::default()), "table.damaged");
    }
}

#[test]
fn zeros_that_a_format_asks_for_stand_in_front_of_its_own_cells_alone() {
    let rows = format!(
        "{HEADER}<row r='2'><c r='A2' s='4'><v>571</v></c><c r='B2'><v>571</v></c></row>\
         <row r='3'><c r='A3'><v>571</v></c><c r='B3' s='4'><v>571</v></c></row>\
         <row r='4'><c r='A4' s='4'><v>571</v></c><c r='B4' s='4'><v>571</v></c></row>"
    );
    let lines = lines(&mut table(of_rows(&rows)));
    assert_eq!(lines, ["0571|571", "571|0571", "0571|0571"]);
}

#[test]
fn a_cell_far_to_the_right_is_told() {
    let rows = format!(
        "{HEADER}<row r='2'><c r='XFD2'><v>7</v></c></row><row r='3'><c r='A3'><v>1</v></c></row>"
    );
    let mut table = table(of_rows(&rows));
    let (rows, faults) = all(&mut table);
    assert_eq!((faults[0].line, faults[0].reason), (2, Reason::TooWide));
    assert_eq!(rows.len(), 1);
}

fn small(change: fn(&mut Limits)) -> Choices {
    let mut choices = Choices::default();
    change(&mut choices.limits);
    choices
}

#[test]
fn a_bomb_is_refused_by_what_it_says_and_by_what_it_does() {
    let bomb = format!("{HEADER}{}", "<row><c/></row>".repeat(400_000));
    let mut bytes = of_rows(&bomb);
    assert!(bytes.len() < 100_000);
    let choices = small(|l| l.inflated_bytes = 1 << 20);
    assert_eq!(refused(bytes.clone(), &choices), "table.inflates");
    // It now says that it unpacks to a kilobyte, in both places where an archive says so.
    let said = (bomb.len() as u32 + 46).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4)
        .filter(|at| bytes[*at..*at + 4] == said)
        .collect();
    assert_eq!(places.len(), 2, "the test looks in the wrong place");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&1000u32.to_le_bytes());
    }
    let code = refused(bytes, &choices);
    assert!(
        ["table.inflates", "table.damaged"].contains(&code.as_str()),
        "{code}"
    );
}

#[test]
fn texts_that_do_not_fit_into_memory_are_refused() {
    let strings = format!("<sst>{}</sst>", "<si><t>text</t></si>".repeat(100_000));
    let bytes = workbook("<worksheet><sheetData/></worksheet>", &strings);
    assert_eq!(
        refused(bytes, &small(|l| l.workbook_bytes = 1 << 20)),
        "table.inflates"
    );
}

#[rstest]
#[case::no_workbook(archive(&[("a.txt", b"a")]), "table.kind", "zip")]
#[case::libre_office(archive(&[("mimetype", b""), ("content.xml", b"")]), "table.kind", "ods")]
#[case::binary_workbook(archive(&[("xl/workbook.bin", b"")]), "table.kind", "xlsb")]
#[case::a_document(archive(&[("word/document.xml", b"")]), "table.kind", "office")]
#[case::numbers(archive(&[("Index/Document.iwa", b"")]), "table.kind", "numbers")]
#[case::gone(archive(&[("_rels/.rels", RELS.as_bytes())]), "table.damaged", "workbook")]
#[case::half_an_archive(of_rows(HEADER)[..200].to_vec(), "table.damaged", "container")]
#[case::no_rows(of_rows(""), "table.empty", "")]
#[case::cut_among_its_rows(
    workbook("<worksheet><sheetData><row><c>", "<sst/>"),
    "table.damaged",
    "sheet"
)]
fn what_is_no_workbook_is_refused_as_what_it_is(
    #[case] bytes: Vec<u8>,
    #[case] code: &str,
    #[case] what: &str,
) {
    let refused = Table::open(Cursor::new(bytes), &Choices::default());
    let error = refused.err().expect("no table");
    assert_eq!(error.code(), code);
    let said = error
        .args()
        .into_iter()
        .next()
        .map_or(String::new(), |(_, said)| said);
    assert_eq!(said, what);
}

#[test]
fn a_sheet_that_is_not_there_is_told_by_its_name() {
    let choices = Choices {
        sheet: Some("2024".into()),
        ..Choices::default()
    };
    let refused = Table::open(Cursor::new(of_rows(HEADER)), &choices);
    assert!(matches!(refused, Err(Error::NoSheet { sheet }) if sheet == "2024"));
}

#[test]
fn hidden_sheets_are_read_when_no_other_has_rows() {
    let workbook = "<workbook><workbookPr date1904='true'/><sheets>\
        <sheet name='空' r:id='r2'/><sheet name='藏' state='veryHidden' r:id='r1'/></sheets></workbook>";
    let rels = WORKBOOK_RELS.replace(
        "sharedStrings' Target='sharedStrings",
        "worksheet' Target='worksheets/two",
    );
    let rows = "<worksheet><sheetData><row><c t='str'><v>号</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>";
    let bytes = archive(&[
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        (
            "xl/worksheets/two.xml",
            b"<worksheet><sheetData/></worksheet>",
        ),
        ("xl/worksheets/sheet1.xml", rows.as_bytes()),
    ]);
    let table = table_with(bytes, &Choices::default());
    assert_eq!(table.reading().sheet.as_deref(), Some("藏"));
    assert!(table.reading().from_1904);
    assert!(table.sheets()[1].is_hidden);
    assert_eq!(table.sheets()[0].name, "空");
}
