//! `qinting session`

use super::{cases, issues, mark::Moment};
use crate::answer::Answer;
use crate::args::Session;
use crate::{find, screen};
use qinting_desk::{AppResult, AtDesk, SessionRow, SessionView};
use qinting_domain::UnixMs;
use qinting_export::{labels, moment};
use serde::Serialize;

#[derive(Serialize)]
struct Listed {
    sessions: Vec<Listing>,
}

#[derive(Serialize)]
struct Listing {
    id: String,
    title: String,
    theme: String,
    question: String,
    place: String,
    starts_at_ms: Option<UnixMs>,
    facilitator: Option<String>,
    people: Vec<String>,
    cases: u32,
    duration_ms: u64,
    observations: u32,
    issues: u32,
}

#[derive(Serialize)]
struct SessionShown {
    session: Listing,
    cases: Vec<cases::Listing>,
    observations: Vec<Moment>,
    issues: Vec<issues::Listing>,
}

impl From<SessionRow> for Listing {
    fn from(row: SessionRow) -> Self {
        let session = row.session;
        Self {
            id: session.id.to_string(),
            title: session.title,
            theme: session.theme,
            question: session.question,
            place: session.place,
            starts_at_ms: session.starts_at,
            facilitator: row.facilitator,
            people: row.people,
            cases: row.case_count,
            duration_ms: row.duration_ms,
            observations: row.observation_count,
            issues: row.issue_count,
        }
    }
}

pub(crate) fn run(at_desk: &AtDesk, args: &Session) -> AppResult<Answer> {
    match args {
        Session::List => list(at_desk),
        Session::Show { session } => show(at_desk, session),
    }
}

fn list(at_desk: &AtDesk) -> AppResult<Answer> {
    let rows = at_desk.list_sessions(())?.into_iter();
    let listed = Listed {
        sessions: rows.map(Listing::from).collect(),
    };
    let rows: Vec<[String; 6]> = listed
        .sessions
        .iter()
        .map(|s| {
            [
                s.id.clone(),
                s.starts_at_ms.map(moment::day).unwrap_or_default(),
                format!("{} 通 {}", s.cases, moment::clock(s.duration_ms)),
                s.observations.to_string(),
                s.issues.to_string(),
                screen::short(&s.title, 40),
            ]
        })
        .collect();
    let text = screen::table(["专场", "日子", "来电", "标记", "问题", "标题"], &rows);
    Answer::new(&listed, text)
}

fn show(at_desk: &AtDesk, named: &str) -> AppResult<Answer> {
    let view: SessionView = at_desk.get_session(find::session(at_desk, named)?)?;
    let tags = at_desk.list_tags(())?;
    let shown = SessionShown {
        session: view.row.into(),
        cases: view.cases.into_iter().map(Into::into).collect(),
        observations: view
            .observations
            .into_iter()
            .map(|o| Moment::new(o, &tags))
            .collect(),
        issues: view.issues.into_iter().map(Into::into).collect(),
    };
    Answer::new(&shown, text(&shown))
}

fn text(shown: &SessionShown) -> String {
    let s = &shown.session;
    let facts = [
        ("", Some(&s.title)),
        ("问", Some(&s.question)),
        ("在", Some(&s.place)),
        ("主持", s.facilitator.as_ref()),
    ];
    let mut out = String::new();
    for (name, fact) in facts {
        if let Some(fact) = fact.filter(|f| !f.is_empty()) {
            out.push_str(format!("{name}  {}", screen::line(fact)).trim_start());
            out.push('\n');
        }
    }
    let calls: Vec<[String; 2]> = shown
        .cases
        .iter()
        .map(|c| [moment::clock(c.duration_ms), screen::short(&c.title, 60)])
        .collect();
    let marks: Vec<[String; 5]> = shown
        .observations
        .iter()
        .map(|m| {
            let words = if m.text.is_empty() { &m.quote } else { &m.text };
            [
                screen::short(&m.case_title, 24),
                m.place.clone(),
                labels::kind(m.kind).to_owned(),
                screen::short(&m.author, 12),
                screen::short(words, 60),
            ]
        })
        .collect();
    let filed: Vec<[String; 3]> = shown
        .issues
        .iter()
        .map(|i| {
            let status = labels::status(i.status).to_owned();
            [
                format!("#{}", i.number),
                status,
                screen::short(&i.title, 60),
            ]
        })
        .collect();
    out.push('\n');
    out.push_str(&screen::table(["时长", "来电"], &calls));
    out.push('\n');
    out.push_str(&screen::table(["来电", "从", "类型", "谁", "听到"], &marks));
    out.push('\n');
    out.push_str(&screen::table(["号", "状态", "问题"], &filed));
    out
}
