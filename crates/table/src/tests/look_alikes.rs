//! Workbooks of `look_alikes/`, which `make.py` made there with XlsxWriter (writes what Excel writes),
//! openpyxl (behind pandas) and xlwt (behind many systems' exports).

use super::{all, lines, names, said, table, table_with};
use crate::{Cell, Choices, Damage, Kind, RowKind, Table};
use jiff::civil::datetime;

const EXCEL: &[u8] = include_bytes!("../../look_alikes/excel.xlsx");
const PANDAS: &[u8] = include_bytes!("../../look_alikes/pandas.xlsx");
const OLD: &[u8] = include_bytes!("../../look_alikes/old.xls");
const MAC: &[u8] = include_bytes!("../../look_alikes/mac_1904.xls");

#[test]
fn the_first_sheet_with_rows_that_is_seen_is_taken() {
    let table = table(EXCEL);
    assert_eq!(table.reading().kind, Kind::Xlsx);
    assert_eq!(table.reading().sheet.as_deref(), Some("通话记录"));
    let sheets: Vec<_> = table
        .sheets()
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.is_hidden))
        .collect();
    assert_eq!(
        sheets,
        [("说明", false), ("字典", true), ("通话记录", false)]
    );
}

#[test]
fn another_sheet_is_read_when_it_is_asked_for() {
    let mut table = table_with(
        EXCEL,
        &Choices {
            sheet: Some("字典".into()),
            ..Choices::default()
        },
    );
    assert_eq!(names(&table), ["编码", "名称"]);
    assert!(all(&mut table).0.is_empty());
}

#[test]
fn a_title_and_who_exported_it_stand_above_the_header() {
    let table = table(EXCEL);
    assert_eq!(table.reading().header, Some(3));
    assert_eq!(
        table.reading().above,
        [
            "2023年11月通话记录",
            "导出人：admin 导出时间：2023-11-30 18:00:00"
        ]
    );
    assert_eq!(
        names(&table),
        [
            "通话ID",
            "主叫",
            "坐席工号",
            "开始时间",
            "通话时长",
            "累计",
            "满意度",
            "已解决",
            "满意度 (2)",
            "J"
        ]
    );
    assert_eq!(table.columns()[2].said, "坐席\n工号");
    assert_eq!(table.columns()[8].nth, 2);
    assert!(!table.columns()[9].is_named());
}

#[test]
fn cells_of_excel_are_of_their_type() {
    let mut table = table(EXCEL);
    let (rows, faults) = all(&mut table);
    assert_eq!(faults, []);
    assert_eq!(
        said(&rows[0]),
        [
            "1700000000000000001",
            "13900001111",
            "008001",
            "2023-11-15 06:13:20",
            "00:03:34",
            "36:00:00",
            "5",
            "TRUE",
            "满意",
            "要求回电，勿催"
        ]
    );
    assert_eq!(rows[0].line, 4);
    let at = datetime(2023, 11, 15, 6, 13, 20, 0);
    assert_eq!(rows[0].cells[3], Cell::DateTime(at));
    assert_eq!(rows[0].cells[4], Cell::Duration(214_000));
    assert_eq!(rows[1].cells[7], Cell::Boolean(false));
    assert_eq!(rows[1].cells[9], Cell::Error("#N/A".into()));
    assert_eq!(rows[2].cells[9].damage(), Some(Damage::Digits));
}

#[test]
fn a_total_is_told_and_formulas_are_counted() {
    let mut table = table(EXCEL);
    let (rows, _) = all(&mut table);
    let total = rows.last().expect("rows");
    assert_eq!((total.line, total.kind), (8, RowKind::Summary));
    assert_eq!(total.cells[6].text(), "12");
    let mut rows = table.rows().expect("rows");
    rows.by_ref().for_each(drop);
    let counts = rows.counts();
    assert_eq!((counts.data, counts.summaries, counts.formulas), (3, 1, 5));
}

#[test]
fn an_id_that_pandas_rounded_is_told_and_so_is_a_formula_nobody_calculated() {
    let mut table = table(PANDAS);
    assert_eq!(
        lines(&mut table),
        [
            "1700000000000000000|13900001111|2023-11-15 06:13:20|2023-11-15|214.5",
            "1700000000000000000|013900002222||2023-11-15|00:00:40",
            "||||",
        ]
    );
    let (rows, _) = all(&mut table);
    assert_eq!(rows[0].cells[0].damage(), Some(Damage::Digits));
    assert_eq!(rows[2].cells[0].damage(), Some(Damage::NotCalculated));
}

#[test]
fn an_old_workbook_is_read_row_by_row() {
    let mut table = table(OLD);
    assert_eq!(table.reading().kind, Kind::Xls);
    assert_eq!(table.reading().sheet.as_deref(), Some("通话记录"));
    assert_eq!(table.reading().header, Some(1));
    let (rows, faults) = all(&mut table);
    assert_eq!(faults, []);
    assert_eq!(rows.len(), 400);
    assert_eq!(
        said(&rows[0]),
        [
            "13900001111",
            "A000",
            "2023-11-15 06:13:20",
            "2023-11-15",
            "00:03:34",
            "TRUE",
            "note 0"
        ]
    );
    for (n, row) in rows.iter().take(400).enumerate() {
        let note = match n % 3 {
            0 => format!("note {n} {}", "x".repeat(n % 7)),
            _ => format!("客户第{n}次来电{}", "催".repeat(n % 7)),
        };
        assert_eq!(row.cells[6].text(), note.trim(), "row {}", row.line);
        assert_eq!(row.cells[1].text(), format!("A{n:03}"));
    }
    let mut rows = table.rows().expect("rows");
    rows.by_ref().for_each(drop);
    let counts = rows.counts();
    assert_eq!(
        counts.formulas, 1,
        "xlwt gives its formula no result; that it is one is told"
    );
}

#[test]
fn an_old_workbook_of_a_mac_counts_from_1904() {
    let mut table = table(MAC);
    assert!(table.reading().from_1904);
    assert_eq!(lines(&mut table), ["2023-11-15 06:13:20"]);
}

#[test]
fn a_workbook_is_one_whatever_its_name_says() {
    // The bytes decide; a name is not even asked for.
    let renamed: Table = table(EXCEL);
    assert_eq!(renamed.reading().encoding, None);
    assert_eq!(renamed.reading().delimiter, None);
}
