//! Whatever bytes come: rows or an error, never a panic, and never more memory than the bounds say.

use crate::{Choices, Entry, Limits, Table};
use proptest::prelude::*;
use std::io::Cursor;

const EXCEL: &[u8] = include_bytes!("../../look_alikes/excel.xlsx");
const MAC: &[u8] = include_bytes!("../../look_alikes/mac_1904.xls");

/// Reads all of it, and looks at what each row may be.
fn read(bytes: Vec<u8>, choices: &Choices) {
    let limits = choices.limits;
    let Ok(mut table) = Table::open(Cursor::new(bytes), choices) else {
        return;
    };
    let columns = table.columns().len();
    assert!(columns <= limits.columns);
    for entry in table.rows().expect("bytes in memory can be read again") {
        let Ok(Entry::Row(row)) = entry else {
            continue;
        };
        assert_eq!(row.cells.len(), columns);
        assert!(columns + row.beyond.len() <= limits.columns);
        let most = limits.cell_bytes.max(100);
        assert!(row.cells.iter().all(|cell| cell.text().len() <= most * 3));
    }
}

fn tight() -> Choices {
    Choices {
        limits: Limits {
            columns: 20,
            row_bytes: 200,
            cell_bytes: 60,
            ..Limits::default()
        },
        ..Choices::default()
    }
}

/// The bytes with some of them changed, and cut.
fn changed(
    bytes: &[u8],
    changes: &[(prop::sample::Index, u8)],
    cut: prop::sample::Index,
) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
    let rest = cut.index(bytes.len() * 4);
    bytes.truncate(rest.max(8));
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_rows_or_an_error(bytes: Vec<u8>) {
        read(bytes.clone(), &Choices::default());
        read(bytes, &tight());
    }

    #[test]
    fn any_text_of_a_table_is_rows_or_an_error(text in "[a9,;|\"'\t\r\n =sepEé通话+.:-]{0,400}") {
        read(text.clone().into_bytes(), &Choices::default());
        read(text.into_bytes(), &tight());
    }

    #[test]
    fn every_line_is_a_row_or_a_fault_or_empty(
        cells in prop::collection::vec("[a9 通]{0,6}|\"[a,\n]{0,4}\"|\"[a]{0,3}", 2..60),
    ) {
        // Quotes that hold, and some that do not: nothing is lost without a word.
        let text = cells.chunks(2).map(|row| row.join(",")).collect::<Vec<_>>().join("\n");
        let lines = text.lines().count() as u64;
        let choices = Choices {
            header: Some(crate::Header::None),
            delimiter: Some(','),
            ..Choices::default()
        };
        let Ok(mut table) = Table::open(Cursor::new(text.clone().into_bytes()), &choices) else {
            return Ok(());
        };
        let mut rows = table.rows().expect("rows");
        let mut begun = Vec::new();
        for entry in rows.by_ref() {
            begun.push(match entry.expect("text in memory") {
                Entry::Row(row) => row.line,
                Entry::Fault(fault) => fault.line,
            });
        }
        let counts = rows.counts();
        prop_assert!(begun.windows(2).all(|pair| pair[0] < pair[1]), "{text:?} {begun:?}");
        prop_assert!(begun.last().is_none_or(|last| *last <= lines));
        let told = counts.data + counts.summaries + counts.headers + counts.faults;
        prop_assert_eq!(told, begun.len() as u64);
    }

    #[test]
    fn a_workbook_with_changed_bytes_is_rows_or_an_error(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut: prop::sample::Index,
    ) {
        read(changed(EXCEL, &changes, cut), &Choices::default());
        read(changed(MAC, &changes, cut), &Choices::default());
    }
}
