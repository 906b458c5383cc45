//! Markdown: issues by stage with their evidence, then what is not filed yet. For reading.

use crate::book::Book;
use crate::guard::{line, lines};
use crate::{labels, moment, told};
use jiff::tz::TimeZone;
use qinting_app::{IssueRow, ObservationView};
use qinting_domain::{Contact, EntityKind, EvidenceRelation, IssueLink, ListeningSession, UnixMs};
use uuid::Uuid;

pub(crate) fn write(book: &Book, zone: &TimeZone) -> String {
    let f = book.findings;
    let mut out = format!(
        "# 倾听所得\n\n{} · {} 个问题 · {} 条观察\n",
        moment::date_time(f.at, zone),
        f.issues.len(),
        f.observations.len()
    );
    for stage in labels::STAGES {
        let rows: Vec<_> = f.issues.iter().filter(|r| r.stage == stage).collect();
        if rows.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {}\n", labels::stage(stage)));
        for row in rows {
            issue(&mut out, book, zone, row);
        }
    }
    let has_records = |s: &&ListeningSession| {
        let of = (EntityKind::Session, s.id.0);
        f.records.iter().any(|r| r.above().contains(&of))
    };
    for session in f.sessions.iter().filter(has_records) {
        out.push_str(&format!("\n## 专场 {}\n", line(&session.title)));
        records(&mut out, book, EntityKind::Session, session.id.0);
    }
    for case in f.cases.iter().filter(|c| book.contacts(c.id).len() > 1) {
        out.push_str(&format!("\n## 案例 {}\n\n", line(&case.title)));
        for contact in book.contacts(case.id) {
            out.push_str(&self::contact(zone, contact));
        }
    }
    let unfiled: Vec<_> = f
        .observations
        .iter()
        .filter(|o| o.issues.is_empty())
        .collect();
    if !unfiled.is_empty() {
        out.push_str("\n## 未归入问题的观察\n");
        for view in unfiled {
            observation(&mut out, book, zone, view, None);
        }
    }
    out
}

fn issue(out: &mut String, book: &Book, zone: &TimeZone, row: &IssueRow) {
    let i = &row.issue;
    out.push_str(&format!("\n### \\#{} {}\n\n", i.number, line(&i.title)));
    out.push_str(&facts(book, row).join(" · "));
    out.push('\n');
    for text in [&i.statement, &i.root_cause] {
        if !text.trim().is_empty() {
            out.push_str(&format!("\n{}\n", lines(text).join("\\\n")));
        }
    }
    let evidence = book.evidence(i.id);
    if evidence.is_empty() && i.merged_into.is_none() {
        out.push_str("\n尚无证据\n");
    }
    for (tie, view) in evidence {
        observation(out, book, zone, view, Some(tie));
    }
    records(out, book, EntityKind::Issue, i.id.0);
}

/// What else belongs to an issue or a session, a line each.
fn records(out: &mut String, book: &Book, kind: EntityKind, id: Uuid) {
    let of = book.findings.records.iter();
    let lines: Vec<String> = of
        .filter(|record| record.above().contains(&(kind, id)))
        .map(|record| format!("- {}\n", told(record, |kind, id| book.name(kind, id))))
        .collect();
    if !lines.is_empty() {
        out.push_str(&format!("\n{}", lines.concat()));
    }
}

/// One of several contacts of a case, a line.
fn contact(zone: &TimeZone, contact: &Contact) -> String {
    let at = |at: Option<UnixMs>| at.map(|at| moment::date_time(at, zone)).unwrap_or_default();
    // Numbers lead nowhere from a text that people read.
    let named = Contact {
        external_id: String::new(),
        previous_id: String::new(),
        number: String::new(),
        line: String::new(),
        ..contact.clone()
    };
    let told = told(&named.into(), |_, _| String::new());
    let mut parts = vec![told];
    let named = [("起", at(contact.began_at)), ("止", at(contact.ended_at))];
    let named = named.into_iter().filter(|(_, at)| !at.is_empty());
    parts.extend(named.map(|(name, at)| format!("{name} {at}")));
    format!("- {}\n", parts.join(" · "))
}

fn facts(book: &Book, row: &IssueRow) -> Vec<String> {
    let i = &row.issue;
    let mut facts = vec![labels::status(i.status).to_owned()];
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            facts.push(format!("{name} {value}"));
        }
    };
    add(
        "并入",
        i.merged_into
            .and_then(|id| book.issue_number(id))
            .map(|n| format!("\\#{n}"))
            .unwrap_or_default(),
    );
    add("原因", line(&i.status_reason));
    add("业务线", line(&i.business_line));
    add(
        "负责人",
        line(if row.owner.is_empty() {
            &i.external_owner
        } else {
            &row.owner
        }),
    );
    add("到期", i.due.map(moment::day).unwrap_or_default());
    add(
        "紧急",
        if i.urgency == 0 {
            String::new()
        } else {
            format!("U{}", i.urgency)
        },
    );
    add(
        "难度",
        if i.difficulty == 0 {
            String::new()
        } else {
            format!("D{}", i.difficulty)
        },
    );
    facts.push(format!("{} 案 {} 客", row.case_count, row.customer_count));
    facts
}

fn observation(
    out: &mut String,
    book: &Book,
    zone: &TimeZone,
    view: &ObservationView,
    tie: Option<&IssueLink>,
) {
    let o = &view.observation;
    let mut head = vec![format!("[{}]({})", moment::place(o), moment::link(o))];
    head.extend(book.sound_note(o));
    if let Some(tie) = tie.filter(|t| t.relation != EvidenceRelation::Evidence) {
        head.push(labels::relation(tie.relation).to_owned());
    }
    head.push(labels::kind(o.kind).to_owned());
    head.push(labels::axis(o.axis).to_owned());
    head.push(line(&view.case_title));
    head.extend(book.session(o).map(|title| format!("专场 {}", line(title))));
    head.extend(book.tag_names(&o.tags).into_iter().map(line));
    head.push(line(&view.author));
    head.push(moment::date_time(o.meta.created_at, zone));
    head.retain(|part| !part.is_empty());
    out.push_str(&format!("\n- {}\n", head.join(" · ")));
    if !o.text.trim().is_empty() {
        out.push_str(&format!("\n  {}\n", lines(&o.text).join("\\\n  ")));
    }
    if !o.quote.trim().is_empty() {
        out.push_str(&format!("\n  > {}\n", lines(&o.quote).join("\\\n  > ")));
    }
}

#[cfg(test)]
mod tests {
    use crate::sample;
    use jiff::tz::TimeZone;
    use qinting_app::ExportFormat;

    fn text() -> String {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let bytes = crate::write_in(&zone, ExportFormat::Md, &sample::findings()).expect("written");
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn issues_by_stage_with_their_moments() {
        insta::assert_snapshot!(text());
    }

    #[test]
    fn a_case_of_several_contacts_tells_them_all() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let findings = sample::findings_of_several_contacts();
        let bytes = crate::write_in(&zone, ExportFormat::Md, &findings).expect("written");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (_, told) = text.split_once("\n## 案例 ").expect("a heading");
        let lines: Vec<&str> = told.lines().skip(2).take(3).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn pasted_html_stays_text() {
        let text = text();
        assert!(
            !text.contains("<script") && !text.contains("<img"),
            "{text}"
        );
        assert!(text.contains("&lt;script&gt;"));
    }
}
