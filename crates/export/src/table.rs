//! CSV: one row per observation, for Excel in Chinese (byte order mark, CRLF, no formulas).

use crate::book::Book;
use crate::{guard, labels, moment};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use jiff::tz::TimeZone;
use qinting_app::{AppError, AppResult, IssueRef, Kind, ObservationView, codes};
use qinting_domain::{Contact, UnixMs};

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

const HEADER: [&str; 20] = [
    "序号",
    "案例",
    "业务线",
    "坐席",
    "客户",
    "通话时间",
    "类型",
    "理/情",
    "严重度",
    "标签",
    "观察",
    "原话",
    "开始",
    "结束",
    "链接",
    "记录人",
    "记录时间",
    "所属问题",
    "专场",
    "录音",
];

pub(crate) fn write(book: &Book, zone: &TimeZone) -> AppResult<Vec<u8>> {
    // Everything quoted: a semicolon inside a cell stays inside it where Excel splits on semicolons.
    let mut csv = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    let failed = |e: csv::Error| AppError::new(codes::INTERNAL).because(Kind::of(&e));
    csv.write_record(HEADER).map_err(failed)?;
    for (i, view) in book.findings.observations.iter().enumerate() {
        csv.write_record(row(book, zone, i + 1, view))
            .map_err(failed)?;
    }
    csv.into_inner()
        .map_err(|e| AppError::new(codes::INTERNAL).because(e.error()))
}

fn row(book: &Book, zone: &TimeZone, number: usize, view: &ObservationView) -> [String; 20] {
    let o = &view.observation;
    let case = book.case(o.case_id);
    let contact = book.contacts(o.case_id).first();
    let spoken = |pick: fn(&Contact) -> &str| guard::cell(contact.map_or("", |c| pick(c)));
    let (begin, end) = moment::ends(o);
    let date = |at: UnixMs| moment::date_time(at, zone);
    [
        number.to_string(),
        guard::cell(&view.case_title),
        guard::cell(case.map_or("", |c| &c.business_line)),
        spoken(|c| &c.agent),
        spoken(|c| &c.customer),
        contact
            .and_then(|c| c.began_at)
            .map(date)
            .unwrap_or_default(),
        labels::kind(o.kind).to_owned(),
        labels::axis(o.axis).to_owned(),
        // 0 means nobody judged it.
        if o.severity == 0 {
            String::new()
        } else {
            o.severity.to_string()
        },
        guard::cell(&book.tag_names(&o.tags).join("、")),
        guard::cell(&o.text),
        guard::cell(&o.quote),
        guard::cell(&begin),
        guard::cell(&end),
        moment::link(o),
        guard::cell(&view.author),
        date(o.meta.created_at),
        guard::cell(&view.issues.iter().map(issue).collect::<Vec<_>>().join("；")),
        guard::cell(book.session(o).unwrap_or_default()),
        book.sound_note(o).unwrap_or_default(),
    ]
}

fn issue(issue: &IssueRef) -> String {
    format!(
        "#{} {}（{}）",
        issue.number,
        issue.title,
        labels::status(issue.status)
    )
}

#[cfg(test)]
mod tests {
    use crate::sample;
    use jiff::tz::TimeZone;
    use qinting_app::ExportFormat;

    fn bytes() -> Vec<u8> {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        crate::write_in(&zone, ExportFormat::Csv, &sample::findings())
            .expect("findings are written")
    }

    #[test]
    fn excel_is_told_the_encoding_and_gets_its_line_ends() {
        let bytes = bytes();
        assert_eq!(&bytes[..3], b"\xEF\xBB\xBF");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.starts_with("\u{FEFF}\"序号\",\"案例\""));
        assert!(text.ends_with("\"\r\n"));
        assert_eq!(
            text.matches('\n').count() - text.matches("\r\n").count(),
            1,
            "one LF inside a note"
        );
    }

    #[test]
    fn one_row_per_observation() {
        insta::assert_snapshot!(String::from_utf8_lossy(&bytes()).replace('\u{FEFF}', "<BOM>"));
    }

    #[test]
    fn no_cell_of_a_hostile_export_begins_a_formula() {
        let bytes = bytes();
        let mut csv = csv::Reader::from_reader(&bytes[3..]);
        let mut cells = 0;
        for record in csv.records() {
            for cell in &record.expect("a row") {
                cells += 1;
                for line in cell.split('\n') {
                    let start = line.trim_start().chars().next().unwrap_or(' ');
                    assert!(!"=+-@＝＋－＠".contains(start), "{cell:?}");
                }
            }
        }
        assert_eq!(cells, 4 * 20);
    }
}
