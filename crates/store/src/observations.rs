//! Observations with where they are filed.

use crate::fault::Outcome;
use crate::field::Field;
use crate::library::name_of;
use crate::table::Stored;
use crate::tags::Codebook;
use qinting_app::{IssueRef, MOST_ROWS, ObservationQuery, ObservationView, Page};
use qinting_domain::*;
use rusqlite::{Connection, Params, named_params};

/// What every list of observations is about: neither the moment nor its case was taken away.
const LIVE: &str = "t.deleted_at IS NULL AND c.deleted_at IS NULL";

pub(crate) fn of_case(conn: &Connection, case: CaseId) -> Outcome<Vec<ObservationView>> {
    // A case that was taken away still shows its moments to who opens it.
    let rest = "WHERE t.case_id = ?1 AND t.deleted_at IS NULL ORDER BY t.start_ms, t.row";
    views(conn, rest, [case.0.as_bytes()])
}

pub(crate) fn all_oldest_first(conn: &Connection) -> Outcome<Vec<ObservationView>> {
    views(conn, &format!("WHERE {LIVE} ORDER BY t.row"), [])
}

pub(crate) fn page(conn: &Connection, query: &ObservationQuery) -> Outcome<Page<ObservationView>> {
    let mut filter = LIVE.to_owned();
    if query.unfiled {
        filter.push_str(
            " AND NOT EXISTS (SELECT 1 FROM issue_link l JOIN issue i ON i.id = l.issue_id
                WHERE l.observation_id = t.id AND l.deleted_at IS NULL AND i.deleted_at IS NULL)",
        );
    }
    filter.push_str(" AND (:kind IS NULL OR t.kind = :kind)");
    // The tag and everything that was merged into it, as a JSON list of hex ids.
    let tags = query.tag.map(|tag| tag_list(conn, tag)).transpose()?;
    filter.push_str(match tags {
        Some(_) => {
            " AND EXISTS (SELECT 1 FROM observation_tag g WHERE g.observation_id = t.id
                AND g.tag_id IN (SELECT unhex(value) FROM json_each(:tags)))"
        }
        None => " AND :tags IS NULL",
    });
    let kind = query.kind.as_ref().map(crate::field::word).transpose()?;
    let sql = format!(
        "SELECT count(*) FROM observation t JOIN \"case\" c ON c.id = t.case_id WHERE {filter}"
    );
    let p = named_params! {":kind": kind, ":tags": tags};
    let total = conn.prepare_cached(&sql)?.query_row(p, |r| r.get(0))?;
    let rest = format!("WHERE {filter} ORDER BY t.row DESC LIMIT :limit OFFSET :offset");
    let p = named_params! {
        ":kind": kind,
        ":tags": tags,
        ":limit": query.limit.min(MOST_ROWS),
        ":offset": query.offset,
    };
    Ok(Page {
        rows: views(conn, &rest, p)?,
        total,
    })
}

pub(crate) fn one(conn: &Connection, id: ObservationId) -> Outcome<Option<ObservationView>> {
    let rest = format!("WHERE {LIVE} AND t.id = ?1");
    Ok(views(conn, &rest, [id.0.as_bytes()])?.pop())
}

fn tag_list(conn: &Connection, tag: TagId) -> Outcome<String> {
    let ids = Codebook::read(conn)?.counted_under(tag);
    let hex: Vec<String> = ids.iter().map(|id| id.0.simple().to_string()).collect();
    Ok(serde_json::to_string(&hex)?)
}

/// The observations that the rest of a query names; they go by `t`, their cases by `c`.
pub(crate) fn views(
    conn: &Connection,
    rest: &str,
    p: impl Params,
) -> Outcome<Vec<ObservationView>> {
    let codebook = Codebook::read(conn)?;
    let sql = format!(
        "SELECT {}, c.title, {} FROM observation t JOIN \"case\" c ON c.id = t.case_id {rest}",
        Observation::select("t"),
        name_of("t.created_by")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(p, |row| {
        let at = &mut 0;
        Ok(ObservationView {
            observation: Observation::take(row, at)?,
            case_title: Field::take(row, at)?,
            author: Field::take(row, at)?,
            issues: Vec::new(),
        })
    })?;
    let mut views = rows.collect::<Result<Vec<_>, _>>()?;
    for view in &mut views {
        view.observation.tags = codebook.shown(&view.observation.tags);
        view.issues = issues_of(conn, view.observation.id)?;
    }
    Ok(views)
}

fn issues_of(conn: &Connection, observation: ObservationId) -> Outcome<Vec<IssueRef>> {
    let sql = "SELECT DISTINCT i.id, i.number, i.title, i.status FROM issue_link l
        JOIN issue i ON i.id = l.issue_id
        WHERE l.observation_id = ?1 AND l.deleted_at IS NULL AND i.deleted_at IS NULL
        ORDER BY i.number";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([observation.0.as_bytes()], |row| {
        let at = &mut 0;
        Ok(IssueRef {
            id: Field::take(row, at)?,
            number: Field::take(row, at)?,
            title: Field::take(row, at)?,
            status: Field::take(row, at)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
