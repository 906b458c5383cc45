//! What issues rest on, and what is said about them.

use crate::contacts;
use crate::fault::Outcome;
use crate::field::Field;
use crate::issues;
use crate::library::name_of;
use crate::table::{self, Stored};
use crate::tags::Codebook;
use crate::transcript::said_role;
use qinting_app::{EvidenceLine, EvidenceView, IssueRow, PlayClip};
use qinting_domain::text::{likeness, similar_query};
use qinting_domain::*;
use rusqlite::{Connection, params};
use std::collections::{HashMap, HashSet};

/// Lines of transcript shown with a piece of evidence.
const MOST_LINES: u32 = 6;
/// Tags shown with an issue.
const MOST_TAGS: usize = 3;
/// Issues that share words with a text and are then compared with it.
const CANDIDATES: u32 = 60;

/// A link counts while neither it nor its moment nor the moment's case was taken away.
const LIVE_EVIDENCE: &str = "FROM issue_link l
    JOIN observation o ON o.id = l.observation_id
    JOIN \"case\" c ON c.id = o.case_id
    WHERE l.deleted_at IS NULL AND o.deleted_at IS NULL AND c.deleted_at IS NULL";

#[derive(Default)]
struct Sum {
    pieces: u32,
    cases: HashSet<CaseId>,
    /// Customers by name; a case without one stands for itself.
    customers: HashSet<Result<String, CaseId>>,
    tags: HashMap<TagId, u32>,
    first: Option<PlayClip>,
}

/// Fills in what the rows' evidence adds up to, in one query for all of them.
pub(crate) fn sum_up(conn: &Connection, rows: &mut [IssueRow]) -> Outcome<()> {
    let codebook = Codebook::read(conn)?;
    let ids: Vec<String> = rows
        .iter()
        .map(|r| r.issue.id.0.simple().to_string())
        .collect();
    let sql = format!(
        "SELECT l.issue_id, o.case_id, {}, o.recording_id, o.start_ms, o.end_ms,
            {}
         {LIVE_EVIDENCE} AND l.issue_id IN (SELECT unhex(value) FROM json_each(?1))
         ORDER BY l.row",
        contacts::customers_of("c"),
        table::select_list(EntityKind::Observation, EntityKind::Tag, "o")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut found = statement.query([serde_json::to_string(&ids)?])?;
    let mut sums: HashMap<IssueId, Sum> = HashMap::new();
    while let Some(row) = found.next()? {
        let at = &mut 0;
        let sum = sums.entry(Field::take(row, at)?).or_default();
        let case: CaseId = Field::take(row, at)?;
        let customers: Option<String> = Field::take(row, at)?;
        let clip = PlayClip {
            recording_id: Field::take(row, at)?,
            start_ms: Field::take(row, at)?,
            end_ms: Field::take(row, at)?,
        };
        let tags: Vec<TagId> = Field::take(row, at)?;
        sum.pieces += 1;
        sum.cases.insert(case);
        match customers {
            Some(names) => sum
                .customers
                .extend(names.lines().map(|n| Ok(n.to_owned()))),
            None => drop(sum.customers.insert(Err(case))),
        }
        for tag in codebook.shown(&tags) {
            *sum.tags.entry(tag).or_default() += 1;
        }
        sum.first.get_or_insert(clip);
    }
    for row in rows {
        if let Some(sum) = sums.remove(&row.issue.id) {
            sum.fill(row);
        }
    }
    Ok(())
}

impl Sum {
    fn fill(self, row: &mut IssueRow) {
        // Sizes of sets that were read from a database with 32-bit counts.
        #[allow(clippy::cast_possible_truncation)]
        let size = |n: usize| n as u32;
        row.evidence_count = self.pieces;
        row.case_count = size(self.cases.len());
        row.customer_count = size(self.customers.len());
        row.first_evidence = self.first;
        let mut tags: Vec<(TagId, u32)> = self.tags.into_iter().collect();
        tags.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        row.tags = tags.into_iter().take(MOST_TAGS).map(|(id, _)| id).collect();
    }
}

pub(crate) fn of_issue(conn: &Connection, issue: IssueId) -> Outcome<Vec<EvidenceView>> {
    let codebook = Codebook::read(conn)?;
    let sql = format!(
        "SELECT {}, {}, c.title, coalesce(k.customer, ''), k.began_at,
            {},
            coalesce((SELECT roles FROM recording WHERE id = o.recording_id), '[]')
         {} AND l.issue_id = ?1 ORDER BY l.row",
        IssueLink::select("l"),
        Observation::select("o"),
        name_of("o.created_by"),
        LIVE_EVIDENCE.replace("WHERE", &format!("{} WHERE", contacts::first_of("c"))),
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([issue.0.as_bytes()], |row| {
        let at = &mut 0;
        Ok(EvidenceView {
            link: IssueLink::take(row, at)?,
            observation: Observation::take(row, at)?,
            case_title: Field::take(row, at)?,
            customer: masked_text(&<String as Field>::take(row, at)?),
            started_at: Field::take(row, at)?,
            author: Field::take(row, at)?,
            roles: Field::take(row, at)?,
            lines: Vec::new(),
        })
    })?;
    let mut views = rows.collect::<Result<Vec<_>, _>>()?;
    for view in &mut views {
        view.observation.tags = codebook.shown(&view.observation.tags);
        view.lines = lines(conn, &view.observation, &view.roles)?;
    }
    Ok(views)
}

/// What was said in the range of an observation, by speaker.
fn lines(conn: &Connection, o: &Observation, roles: &[ChannelRole]) -> Outcome<Vec<EvidenceLine>> {
    let said = said_role(conn, "t")?;
    let sql = format!(
        "SELECT t.channel, t.text, {said} FROM segment t
        WHERE t.recording_id = ?1 AND t.deleted_at IS NULL AND t.start_ms < ?3 AND t.end_ms > ?2
        ORDER BY t.start_ms, t.channel, t.end_ms, t.row LIMIT ?4"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let ms = |v: u64| i64::try_from(v).unwrap_or(i64::MAX);
    let p = params![
        o.recording_id.0.as_bytes(),
        ms(o.start_ms),
        ms(o.end_ms),
        MOST_LINES
    ];
    let rows = statement.query_map(p, |row| {
        let said: Option<ChannelRole> = Field::take(row, &mut 2)?;
        let on_channel = role_of(roles, row.get(0)?);
        Ok(EvidenceLine {
            role: said.unwrap_or(on_channel),
            text: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn links_of(conn: &Connection, issue: IssueId) -> Outcome<Vec<IssueLink>> {
    let rest = "WHERE t.issue_id = ?1 AND t.deleted_at IS NULL ORDER BY t.row";
    table::many(conn, rest, [issue.0.as_bytes()])
}

/// Every live link of a live issue, by issue.
pub(crate) fn all_links(conn: &Connection) -> Outcome<Vec<IssueLink>> {
    let rest = "JOIN issue i ON i.id = t.issue_id
        JOIN observation o ON o.id = t.observation_id JOIN \"case\" c ON c.id = o.case_id
        WHERE t.deleted_at IS NULL AND i.deleted_at IS NULL AND o.deleted_at IS NULL
            AND c.deleted_at IS NULL
        ORDER BY i.number, t.row";
    table::many(conn, rest, [])
}

pub(crate) fn comments_of(conn: &Connection, issue: IssueId) -> Outcome<Vec<Comment>> {
    let rest = "WHERE t.issue_id = ?1 AND t.deleted_at IS NULL ORDER BY t.row";
    table::many(conn, rest, [issue.0.as_bytes()])
}

/// Issues that share words with a text, most alike first, closed ones last. What was merged away
/// is left out: nothing can be filed under it.
pub(crate) fn similar(
    conn: &Connection,
    text: &str,
    except: Option<IssueId>,
    limit: u32,
) -> Outcome<Vec<IssueRow>> {
    let Some(words) = similar_query(text) else {
        return Ok(Vec::new());
    };
    let rest = "JOIN (SELECT rowid AS found FROM issue_text WHERE issue_text MATCH ?1
            ORDER BY bm25(issue_text) LIMIT ?2) ON found = t.row
        WHERE t.deleted_at IS NULL AND t.status <> 'merged' AND t.id IS NOT ?3";
    let except = except.map(|id| id.0.as_bytes().to_vec());
    let mut rows = issues::rows(conn, rest, params![words, CANDIDATES, except])?;
    let alike = |i: &Issue| {
        // A long statement must not drown a title that is the same.
        let whole = format!("{}\n{}", i.title, i.statement);
        likeness(text, &i.title).max(likeness(text, &whole))
    };
    rows.sort_by(|a, b| {
        let closed = a.issue.status.is_closed().cmp(&b.issue.status.is_closed());
        closed.then(alike(&b.issue).total_cmp(&alike(&a.issue)))
    });
    rows.truncate(limit as usize);
    Ok(rows)
}
