//! Workbooks made by hand, record by record: what programs of the nineties and web servers write, and
//! what nobody should.

use crate::tests::{all, gbk, lines, names, refused, said, table};
use crate::{Cell, Choices, Kind, Reason};
use rstest::rstest;

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [
        &kind.to_le_bytes(),
        &(data.len() as u16).to_le_bytes(),
        data,
    ]
    .concat()
}

fn place(row: u16, column: u16) -> Vec<u8> {
    [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat()
}

/// A text cell of BIFF 5.
fn label(row: u16, column: u16, text: &[u8]) -> Vec<u8> {
    let length = (text.len() as u16).to_le_bytes();
    record(0x0204, &[&place(row, column), &length[..], text].concat())
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    record(
        0x0203,
        &[place(row, column), value.to_le_bytes().to_vec()].concat(),
    )
}

/// What the little PHP function writes that half of all old Chinese web systems export with.
fn php(records: &[Vec<u8>]) -> Vec<u8> {
    let begin = record(0x0809, &[0, 0, 0x10, 0, 0, 0, 0, 0]);
    [begin, records.concat(), record(0x000A, &[])].concat()
}

#[rstest]
#[case(gbk("主叫"), gbk("王小明"))]
#[case("主叫".into(), "王小明".into())]
fn a_workbook_without_a_container_is_read(#[case] header: Vec<u8>, #[case] name: Vec<u8>) {
    let mut table = table(php(&[
        label(0, 0, &header),
        label(0, 1, b"agent"),
        number(1, 0, 13900001111.0),
        label(1, 1, &name),
    ]));
    assert_eq!(table.reading().kind, Kind::Xls);
    assert_eq!(names(&table), ["主叫", "agent"]);
    assert_eq!(lines(&mut table), ["13900001111|王小明"]);
}

#[test]
fn every_kind_of_cell_is_read() {
    let many = [
        place(1, 0)[..4].to_vec(),
        vec![0, 0],
        (5u32 << 2 | 2).to_le_bytes().to_vec(),
        vec![0, 0],
        (1234u32 << 2 | 3).to_le_bytes().to_vec(),
        1u16.to_le_bytes().to_vec(),
    ]
    .concat();
    let formula = |row, column, value: [u8; 8]| {
        record(
            0x0006,
            &[place(row, column), value.to_vec(), vec![0; 8]].concat(),
        )
    };
    let mut table = table(php(&[
        label(0, 0, b"a"),
        label(0, 1, b"b"),
        label(0, 2, b"c"),
        record(0x00BD, &many),
        record(0x0205, &[place(1, 2), vec![1, 0]].concat()),
        record(
            0x027E,
            &[place(2, 0), ((-7i32) << 2 | 2).to_le_bytes().to_vec()].concat(),
        ),
        record(0x0205, &[place(2, 1), vec![0x2A, 1]].concat()),
        formula(2, 2, 2.5f64.to_le_bytes()),
        formula(3, 0, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        record(0x0207, b"\x02\0ok"),
        formula(3, 1, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF]),
        formula(3, 2, [2, 0, 7, 0, 0, 0, 0xFF, 0xFF]),
    ]));
    assert_eq!(
        lines(&mut table),
        ["5|12.34|TRUE", "-7|#N/A|2.5", "ok|TRUE|#DIV/0!"]
    );
    let mut rows = table.rows().expect("rows");
    rows.by_ref().for_each(drop);
    assert_eq!(rows.counts().formulas, 4);
}

#[test]
fn the_cells_of_a_chart_are_not_the_sheets() {
    let mut table = table(php(&[
        label(0, 0, b"a"),
        number(1, 0, 1.0),
        record(0x0809, &[0; 8]),
        number(0, 0, 99.0),
        record(0x000A, &[]),
        number(2, 0, 2.0),
    ]));
    assert_eq!(lines(&mut table), ["1", "2"]);
}

#[test]
fn a_cell_that_is_cut_is_a_fault_of_its_row() {
    let mut table = table(php(&[
        label(0, 0, b"a"),
        number(1, 0, 1.0),
        record(0x0203, &place(2, 3)),
        record(0x00FD, &[place(3, 0), vec![9, 0, 0, 0]].concat()),
        number(4, 0, 2.0),
    ]));
    let (rows, faults) = all(&mut table);
    let told: Vec<_> = faults
        .iter()
        .map(|fault| (fault.line, fault.reason))
        .collect();
    assert_eq!(
        told,
        [
            (3, Reason::Cell { column: 4 }),
            (4, Reason::Cell { column: 1 })
        ]
    );
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_sheet_that_says_it_is_huge_costs_its_own_cells() {
    let size = [
        0u32.to_le_bytes(),
        u32::MAX.to_le_bytes(),
        [0, 0, 0xFF, 0xFF],
        [0; 4],
    ]
    .concat();
    let mut table = table(php(&[
        record(0x0200, &size[..14]),
        label(0, 0, b"a"),
        number(65_535, 255, 1.0),
    ]));
    let (rows, _) = all(&mut table);
    assert_eq!((rows.len(), rows[0].line), (1, 65_536));
    assert_eq!(
        rows[0].beyond.last(),
        Some(&Cell::Number {
            text: "1".into(),
            value: 1.0
        })
    );
    assert_eq!(said(&rows[0]), [""]);
}

#[test]
fn half_a_workbook_is_damaged_and_not_short() {
    let mut bytes = php(&[label(0, 0, b"a"), number(1, 0, 1.0), number(2, 0, 2.0)]);
    bytes.truncate(bytes.len() - 12);
    assert_eq!(refused(bytes, &Choices::default()), "table.damaged");
}

#[test]
fn a_password_is_told() {
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let bytes = [begin, record(0x002F, &[1, 0]), record(0x000A, &[])].concat();
    assert_eq!(refused(bytes, &Choices::default()), "table.password");
}

/// A container with one stream in it.
fn container(name: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("memory");
    let mut stream = file.create_stream(name).expect("a stream");
    stream.write_all(bytes).expect("memory");
    drop(stream);
    file.into_inner().into_inner()
}

#[rstest]
#[case::locked_xlsx(container("EncryptedPackage", b"x"), "table.password")]
#[case::a_document(container("WordDocument", b"x"), "table.kind")]
#[case::no_records(container("Workbook", b""), "table.damaged")]
#[case::only_a_signature(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "table.damaged")]
fn a_container_of_something_else_is_refused(#[case] bytes: Vec<u8>, #[case] code: &str) {
    assert_eq!(refused(bytes, &Choices::default()), code);
}

#[test]
fn a_container_holds_what_a_web_server_writes_without() {
    let bytes = php(&[label(0, 0, b"a"), number(1, 0, 1.0)]);
    assert_eq!(lines(&mut table(container("Book", &bytes))), ["1"]);
}
