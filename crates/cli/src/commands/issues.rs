//! `qinting issues`

use crate::answer::Answer;
use crate::args::Issues;
use crate::screen;
use qinting_desk::{AppResult, AtDesk, IssueListView, IssueQuery, IssueRow};
use qinting_domain::{IssueStatus, Stage, UnixMs};
use qinting_export::{labels, moment};
use serde::Serialize;

#[derive(Serialize)]
struct Listed {
    issues: Vec<Listing>,
}

/// A row as answers show it.
#[derive(Serialize)]
pub(crate) struct Listing {
    id: String,
    pub number: u32,
    pub title: String,
    statement: String,
    stage: Stage,
    pub status: IssueStatus,
    status_reason: String,
    business_line: String,
    owner: String,
    urgency: u8,
    difficulty: u8,
    due_ms: Option<UnixMs>,
    created_at_ms: UnixMs,
    evidence: u32,
    cases: u32,
    customers: u32,
}

impl From<IssueRow> for Listing {
    fn from(row: IssueRow) -> Self {
        let issue = row.issue;
        Self {
            id: issue.id.to_string(),
            number: issue.number,
            title: issue.title,
            statement: issue.statement,
            stage: row.stage,
            status: issue.status,
            status_reason: issue.status_reason,
            business_line: issue.business_line,
            owner: if row.owner.is_empty() {
                issue.external_owner
            } else {
                row.owner
            },
            urgency: issue.urgency,
            difficulty: issue.difficulty,
            due_ms: issue.due,
            created_at_ms: issue.meta.created_at,
            evidence: row.evidence_count,
            cases: row.case_count,
            customers: row.customer_count,
        }
    }
}

/// How many issues there are, closed and merged ones too.
pub(crate) fn count(at_desk: &AtDesk) -> AppResult<u32> {
    let mut all = query(String::new(), IssueListView::All);
    all.limit = 0;
    Ok(at_desk.list_issues(all)?.total)
}

fn query(text: String, view: IssueListView) -> IssueQuery {
    IssueQuery {
        text,
        view,
        ..IssueQuery::default()
    }
}

/// Every issue, closed and merged ones too.
pub(crate) fn every(at_desk: &AtDesk) -> AppResult<Vec<IssueRow>> {
    all(at_desk, query(String::new(), IssueListView::All))
}

/// What a query finds, page by page.
fn all(at_desk: &AtDesk, mut query: IssueQuery) -> AppResult<Vec<IssueRow>> {
    let mut issues = Vec::new();
    loop {
        query.offset = u32::try_from(issues.len()).unwrap_or(u32::MAX);
        let page = at_desk.list_issues(query.clone())?;
        let more = page.rows.len();
        issues.extend(page.rows);
        if more == 0 || issues.len() >= page.total as usize {
            return Ok(issues);
        }
    }
}

pub(crate) fn run(at_desk: &AtDesk, args: Issues) -> AppResult<Answer> {
    let issues = all(at_desk, query(args.text, args.view.into()))?;
    let issues = issues.into_iter().map(Listing::from).collect();
    let listed = Listed { issues };
    Answer::new(&listed, text(&listed))
}

#[derive(Serialize)]
struct Renumbered {
    issues: Vec<NewNumber>,
}

#[derive(Serialize)]
struct NewNumber {
    id: String,
    number: u32,
    former_numbers: Vec<u32>,
    title: String,
}

pub(crate) fn renumber(at_desk: &AtDesk, above: u32) -> AppResult<Answer> {
    let issues = at_desk.renumber_issues(above)?.into_iter();
    let issues = issues.map(|issue| NewNumber {
        id: issue.id.to_string(),
        number: issue.number,
        former_numbers: issue.former_numbers,
        title: issue.title,
    });
    let all = Renumbered {
        issues: issues.collect(),
    };
    let lines = all.issues.iter().map(|issue| {
        let former = issue.former_numbers.last().copied().unwrap_or_default();
        format!("#{former} → #{}  {}\n", issue.number, issue.title)
    });
    Answer::new(&all, lines.collect::<String>())
}

fn text(listed: &Listed) -> String {
    let rows: Vec<[String; 8]> = listed
        .issues
        .iter()
        .map(|i| {
            [
                format!("#{}", i.number),
                labels::stage(i.stage).to_owned(),
                labels::status(i.status).to_owned(),
                weight(i.urgency, i.difficulty),
                format!("{} 案 {} 证", i.cases, i.evidence),
                i.due_ms.map(moment::day).unwrap_or_default(),
                screen::short(&i.owner, 12),
                screen::short(&i.title, 60),
            ]
        })
        .collect();
    screen::table(
        [
            "号",
            "阶段",
            "状态",
            "急×难",
            "波及",
            "到期",
            "负责人",
            "标题",
        ],
        &rows,
    )
}

fn weight(urgency: u8, difficulty: u8) -> String {
    match (urgency, difficulty) {
        (0, 0) => String::new(),
        (u, 0) => format!("U{u}"),
        (0, d) => format!("D{d}"),
        (u, d) => format!("U{u}×D{d}"),
    }
}
