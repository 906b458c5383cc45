//! The issue list: filtered, ordered, cut to a page, and counted.

use crate::evidence;
use crate::fault::Outcome;
use crate::field::{Field, word};
use crate::search::number_typed;
use crate::table::{self, Stored};
use qinting_app::{
    Count, IssueFacets, IssueListView, IssueQuery, IssueRef, IssueRow, IssueSort, MOST_ROWS, Page,
};
use qinting_domain::text::match_query;
use qinting_domain::*;
use rusqlite::types::Value;
use rusqlite::{Connection, Params, params, params_from_iter};

/// A due day is a UTC midnight; it is past when the day is over.
const DAY_MS: i64 = 86_400_000;
/// Nothing more is expected to happen; see [`IssueStatus::is_closed`].
const CLOSED: &str = "t.status IN ('merged', 'declined', 'verified_closed')";

pub(crate) fn by_number(conn: &Connection, number: u32) -> Outcome<Option<Issue>> {
    let rest = "WHERE t.number = ?1 AND t.deleted_at IS NULL";
    if let Some(issue) = table::many(conn, rest, [number])?.pop() {
        return Ok(Some(issue));
    }
    // Of several that had it, the one that had it last.
    let rest = "WHERE t.former_numbers <> '[]' AND t.deleted_at IS NULL
        AND ?1 IN (SELECT value FROM json_each(t.former_numbers)) ORDER BY t.updated_at";
    Ok(table::many(conn, rest, [number])?.pop())
}

pub(crate) fn merged_into(conn: &Connection, issue: IssueId) -> Outcome<Vec<IssueRef>> {
    let rest = "WHERE t.merged_into = ?1 AND t.deleted_at IS NULL ORDER BY t.number";
    let issues: Vec<Issue> = table::many(conn, rest, [issue.0.as_bytes()])?;
    let short = |i: Issue| IssueRef {
        id: i.id,
        number: i.number,
        title: i.title,
        status: i.status,
    };
    Ok(issues.into_iter().map(short).collect())
}

/// Conditions and the values they wait for, in order.
struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }
}

fn blob(id: PersonId) -> Value {
    Value::Blob(id.0.as_bytes().to_vec())
}

pub(crate) fn page(conn: &Connection, query: &IssueQuery) -> Outcome<Page<IssueRow>> {
    let Some(filter) = filter(query)? else {
        return Ok(Page {
            rows: Vec::new(),
            total: 0,
        });
    };
    let sql = format!("SELECT count(*) FROM issue t WHERE {}", filter.sql);
    let total = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&filter.values), |r| r.get(0))?;
    let rest = format!(
        "{} WHERE {} ORDER BY {} LIMIT ? OFFSET ?",
        reach_join(query.sort),
        filter.sql,
        order(query.sort, query.descending),
    );
    let window = [query.limit.min(MOST_ROWS), query.offset].map(|n| Value::Integer(n.into()));
    let rows = rows(
        conn,
        &rest,
        params_from_iter(filter.values.into_iter().chain(window)),
    )?;
    Ok(Page { rows, total })
}

/// `None` when what was typed can match nothing.
fn filter(query: &IssueQuery) -> Outcome<Option<Filter>> {
    let mut filter = Filter {
        sql: "t.deleted_at IS NULL".to_owned(),
        values: Vec::new(),
    };
    match query.view {
        IssueListView::Open => filter.and(&format!("NOT {CLOSED}"), []),
        IssueListView::Mine => {
            let asker = query.asker.map_or(Value::Null, blob);
            filter.and(&format!("t.owner_id = ? AND NOT {CLOSED}"), [asker]);
        }
        IssueListView::Overdue => {
            let day = Value::Integer(query.now - DAY_MS);
            filter.and(&format!("t.due <= ? AND NOT {CLOSED}"), [day]);
        }
        IssueListView::ToVerify => filter.and("t.status = 'to_verify'", []),
        IssueListView::Reopened => filter.and("t.status = 'reopened'", []),
        IssueListView::Unowned => {
            let nobody = "t.owner_id IS NULL AND t.external_owner = ''";
            filter.and(&format!("{nobody} AND NOT {CLOSED}"), []);
        }
        IssueListView::Closed => filter.and("t.status IN ('declined', 'verified_closed')", []),
        IssueListView::All => {}
    }
    if let Some(line) = &query.business_line {
        filter.and("t.business_line = ?", [Value::Text(line.clone())]);
    }
    if let Some(urgency) = query.urgency {
        filter.and("t.urgency = ?", [Value::Integer(urgency.into())]);
    }
    if let Some(difficulty) = query.difficulty {
        filter.and("t.difficulty = ?", [Value::Integer(difficulty.into())]);
    }
    if let Some(owner) = query.owner_id {
        filter.and("t.owner_id = ?", [blob(owner)]);
    }
    if !query.statuses.is_empty() {
        let words = query
            .statuses
            .iter()
            .map(word)
            .collect::<Outcome<Vec<_>>>()?;
        let list = Value::Text(serde_json::to_string(&words)?);
        filter.and("t.status IN (SELECT value FROM json_each(?))", [list]);
    }
    let typed = query.text.trim();
    if !typed.is_empty() {
        let Some(words) = match_query(typed) else {
            return Ok(None);
        };
        let number = number_typed(typed).map_or(Value::Null, |n| Value::Integer(n.into()));
        let found = "(t.number = ?
            OR t.row IN (SELECT rowid FROM issue_text WHERE issue_text MATCH ?))";
        filter.and(found, [number, Value::Text(words)]);
    }
    Ok(Some(filter))
}

/// Counts over all evidence, only joined where the order needs them.
fn reach_join(sort: IssueSort) -> &'static str {
    match sort {
        IssueSort::Reach | IssueSort::Evidence => {
            "LEFT JOIN (SELECT l.issue_id, count(*) AS pieces, count(DISTINCT o.case_id) AS cases
                FROM issue_link l JOIN observation o ON o.id = l.observation_id
                JOIN \"case\" c ON c.id = o.case_id
                WHERE l.deleted_at IS NULL AND o.deleted_at IS NULL AND c.deleted_at IS NULL
                GROUP BY l.issue_id) reach ON reach.issue_id = t.id"
        }
        _ => "",
    }
}

/// Terms of the order; what is not set stays at the end whichever way the list is turned.
fn order(sort: IssueSort, turned: bool) -> String {
    let (up, down) = if turned {
        ("DESC", "ASC")
    } else {
        ("ASC", "DESC")
    };
    match sort {
        IssueSort::Number => format!("t.number {down}"),
        IssueSort::Title => format!("t.title COLLATE NOCASE {up}, t.number DESC"),
        IssueSort::Status => {
            let places: String = IssueStatus::ALL
                .iter()
                .enumerate()
                .filter_map(|(place, s)| Some(format!(" WHEN '{}' THEN {place}", word(s).ok()?)))
                .collect();
            format!("CASE t.status{places} END {up}, t.number DESC")
        }
        IssueSort::Urgency => format!(
            "t.urgency = 0, t.urgency {up}, t.difficulty = 0, t.difficulty {down}, t.number DESC"
        ),
        IssueSort::Reach => {
            format!(
                "coalesce(reach.cases, 0) {down}, coalesce(reach.pieces, 0) {down}, t.number DESC"
            )
        }
        IssueSort::Evidence => format!("coalesce(reach.pieces, 0) {down}, t.number DESC"),
        IssueSort::Owner => {
            format!("w.name IS NULL, w.name COLLATE NOCASE {up}, t.number DESC")
        }
        IssueSort::Due => format!("t.due IS NULL, t.due {up}, t.number DESC"),
        IssueSort::Age => format!("t.created_at {up}, t.number {up}"),
    }
}

/// Rows of the issues that the rest of a query names; the table goes by `t`, its owner by `w`.
pub(crate) fn rows(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<IssueRow>> {
    let sql = format!(
        "SELECT {}, coalesce(w.name, '') FROM issue t LEFT JOIN person w ON w.id = t.owner_id {rest}",
        Issue::select("t")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let issues = statement.query_map(p, |row| {
        let at = &mut 0;
        let issue = Issue::take(row, at)?;
        Ok(IssueRow {
            stage: issue.status.stage(),
            issue,
            owner: Field::take(row, at)?,
            evidence_count: 0,
            case_count: 0,
            customer_count: 0,
            tags: Vec::new(),
            first_evidence: None,
        })
    })?;
    let mut rows = issues.collect::<Result<Vec<_>, _>>()?;
    evidence::sum_up(conn, &mut rows)?;
    Ok(rows)
}

pub(crate) fn row(conn: &Connection, id: IssueId) -> Outcome<Option<IssueRow>> {
    Ok(rows(
        conn,
        "WHERE t.id = ?1 AND t.deleted_at IS NULL",
        [id.0.as_bytes()],
    )?
    .pop())
}

pub(crate) fn facets(conn: &Connection, asker: PersonId, now: UnixMs) -> Outcome<IssueFacets> {
    let sql = format!(
        "SELECT count(*) FILTER (WHERE NOT {CLOSED}),
            count(*) FILTER (WHERE t.owner_id = ?1 AND NOT {CLOSED}),
            count(*) FILTER (WHERE t.due <= ?2 AND NOT {CLOSED}),
            count(*) FILTER (WHERE t.status = 'to_verify'),
            count(*) FILTER (WHERE t.status = 'reopened'),
            count(*) FILTER (WHERE t.owner_id IS NULL AND t.external_owner = '' AND NOT {CLOSED}),
            count(*) FILTER (WHERE t.status IN ('declined', 'verified_closed')),
            count(*)
         FROM issue t WHERE t.deleted_at IS NULL"
    );
    let names = [
        "open",
        "mine",
        "overdue",
        "to_verify",
        "reopened",
        "unowned",
        "closed",
        "all",
    ];
    let views =
        conn.prepare_cached(&sql)?
            .query_row(params![asker.0.as_bytes(), now - DAY_MS], |row| {
                let counts = names.iter().enumerate();
                counts
                    .map(|(i, name)| {
                        Ok(Count {
                            name: (*name).into(),
                            count: row.get(i)?,
                        })
                    })
                    .collect()
            })?;
    Ok(IssueFacets {
        views,
        business_lines: counted(conn, "t.business_line", "t.business_line <> ''")?,
        matrix: counted(
            conn,
            "'U' || t.urgency || 'D' || t.difficulty",
            "t.urgency > 0 AND t.difficulty > 0",
        )?,
        statuses: counted(conn, "t.status", "1")?,
    })
}

/// Open issues by some name, most frequent first.
fn counted(conn: &Connection, name: &str, condition: &str) -> Outcome<Vec<Count>> {
    let sql = format!(
        "SELECT {name}, count(*) FROM issue t
         WHERE t.deleted_at IS NULL AND NOT {CLOSED} AND {condition} GROUP BY 1 ORDER BY 2 DESC, 1"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let counts = statement.query_map([], |row| {
        Ok(Count {
            name: row.get(0)?,
            count: row.get(1)?,
        })
    })?;
    Ok(counts.collect::<Result<_, _>>()?)
}
