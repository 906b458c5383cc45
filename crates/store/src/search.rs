//! One search box over everything.

mod few;

use crate::fault::Outcome;
use crate::field::Field;
use crate::table::Stored;
use crate::transcript::said_role;
use crate::{contacts, index, issues, renewal, table};
use qinting_app::{
    MOST_HITS, SearchHit, SearchOwner, SearchQuery, SearchResults, SearchScope, SearchTarget,
};
use qinting_domain::text::{excerpt, left_out, match_query};
use qinting_domain::{
    Anchor, Case, ChannelRole, Contact, IssueId, MomentLink, ObservationId, Record, UnixMs,
    by_kind, is_doubtful, role_of,
};
use rusqlite::{Connection, Row, params};

/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 78;
/// The order in which scopes are shown.
const SCOPES: [SearchScope; 8] = [
    SearchScope::Issue,
    SearchScope::Observation,
    SearchScope::Record,
    SearchScope::Session,
    SearchScope::Case,
    SearchScope::Tag,
    SearchScope::Person,
    SearchScope::Segment,
];

/// The issue number somebody means who types `128` or `#128`.
pub(crate) fn number_typed(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    let digits = typed.strip_prefix('#').unwrap_or(typed);
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
}

pub(crate) fn search(conn: &Connection, query: &SearchQuery) -> Outcome<SearchResults> {
    let mut results = SearchResults {
        hits: Vec::new(),
        more: Vec::new(),
        left_out: left_out(&query.text),
        renewing: renewal::state(conn)?.percent(),
    };
    let Some(words) = match_query(&query.text) else {
        return Ok(results);
    };
    let limit = query.limit.min(MOST_HITS) as usize;
    for scope in SCOPES {
        if !query.scopes.is_empty() && !query.scopes.contains(&scope) {
            continue;
        }
        // One more than wanted tells whether there is more.
        let find = match scope {
            SearchScope::Issue => issue_hits,
            SearchScope::Observation => observation_hits,
            SearchScope::Record => record_hits,
            SearchScope::Session => few::session_hits,
            SearchScope::Case => case_hits,
            SearchScope::Tag => few::tag_hits,
            SearchScope::Person => few::person_hits,
            SearchScope::Segment => segment_hits,
        };
        let mut hits = find(conn, &query.text, &words, limit + 1)?;
        if hits.len() > limit {
            hits.truncate(limit);
            results.more.push(scope);
        }
        results.hits.append(&mut hits);
    }
    Ok(results)
}

fn matches<T>(
    conn: &Connection,
    sql: &str,
    words: &str,
    limit: usize,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Outcome<Vec<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![words, limit as i64], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The words around what was typed: from the first text that has it, else from the first that
/// says anything.
fn around(texts: &[&str], typed: &str) -> String {
    let has = |t: &&&str| match_all(t, typed);
    let text = texts
        .iter()
        .find(has)
        .or_else(|| texts.iter().find(|t| !t.is_empty()));
    excerpt(text.copied().unwrap_or_default(), typed, EXCERPT_CHARS)
}

fn match_all(text: &str, typed: &str) -> bool {
    typed
        .split_whitespace()
        .all(|piece| !qinting_domain::text::find_all(text, piece).is_empty())
}

fn issue_hits(
    conn: &Connection,
    typed: &str,
    words: &str,
    limit: usize,
) -> Outcome<Vec<SearchHit>> {
    let named = number_typed(typed)
        .map(|n| issues::by_number(conn, n))
        .transpose()?
        .flatten();
    let sql = "SELECT t.id, t.number, t.title, t.statement, t.root_cause,
            coalesce((SELECT group_concat(text, char(10)) FROM comment
                WHERE issue_id = t.id AND deleted_at IS NULL), '')
        FROM issue_text f CROSS JOIN issue t ON t.row = f.rowid
        WHERE issue_text MATCH ?1 AND t.deleted_at IS NULL ORDER BY f.rowid DESC LIMIT ?2";
    let found = matches(conn, sql, words, limit, |row| {
        let at = &mut 0;
        let id = Field::take(row, at)?;
        let number = Field::take(row, at)?;
        let title: String = Field::take(row, at)?;
        let texts: [String; 3] = [
            Field::take(row, at)?,
            Field::take(row, at)?,
            Field::take(row, at)?,
        ];
        let around = around(&texts.each_ref().map(String::as_str), typed);
        Ok(issue_hit(id, number, title, around))
    })?;
    let mut hits = Vec::with_capacity(found.len() + 1);
    hits.extend(named.map(|issue| {
        let around = around(&[&issue.statement], typed);
        issue_hit(issue.id, issue.number, issue.title, around)
    }));
    let first = hits.first().map(|h| h.target.clone());
    hits.extend(
        found
            .into_iter()
            .filter(|h| Some(&h.target) != first.as_ref()),
    );
    hits.truncate(limit);
    Ok(hits)
}

fn issue_hit(issue_id: IssueId, number: u32, title: String, excerpt: String) -> SearchHit {
    SearchHit {
        title,
        excerpt,
        target: SearchTarget::Issue { issue_id, number },
    }
}

/// Moments and what was noted at the seat, newest first.
fn observation_hits(
    conn: &Connection,
    typed: &str,
    words: &str,
    limit: usize,
) -> Outcome<Vec<SearchHit>> {
    let marks =
        "SELECT t.created_at, t.id, t.case_id, t.start_ms, t.end_ms, t.anchor, c.title, t.text,
            t.quote FROM observation_text f CROSS JOIN observation t ON t.row = f.rowid
        JOIN \"case\" c ON c.id = t.case_id
        WHERE observation_text MATCH ?1 AND t.deleted_at IS NULL AND c.deleted_at IS NULL
        ORDER BY f.rowid DESC LIMIT ?2";
    let notes =
        "SELECT t.created_at, NULL, t.case_id, t.at_ms, NULL, '\"sound\"', c.title, t.text, ''
        FROM seat_note_text f CROSS JOIN seat_note t ON t.row = f.rowid
        JOIN \"case\" c ON c.id = t.case_id
        WHERE seat_note_text MATCH ?1 AND t.deleted_at IS NULL AND c.deleted_at IS NULL
        ORDER BY f.rowid DESC LIMIT ?2";
    let read = |row: &Row<'_>| moment_hit(row, typed);
    let mut found = matches(conn, marks, words, limit, read)?;
    let noted = matches(conn, notes, words, limit, read)?;
    if !noted.is_empty() {
        found.extend(noted);
        // Stable: what came at the same time stays in the order of its kind.
        found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        found.truncate(limit);
    }
    Ok(found.into_iter().map(|(_, hit)| hit).collect())
}

fn moment_hit(row: &Row<'_>, typed: &str) -> rusqlite::Result<(UnixMs, SearchHit)> {
    let at = &mut 0;
    let made = Field::take(row, at)?;
    let observation_id: Option<ObservationId> = Field::take(row, at)?;
    let case_id = Field::take(row, at)?;
    let (start_ms, end_ms) = (Field::take(row, at)?, Field::take(row, at)?);
    let (start_ms, end_ms, turns) = match Anchor::take(row, at)? {
        Anchor::Sound => (start_ms, end_ms, None),
        Anchor::Turns(turns) => (None, None, Some(turns)),
        Anchor::Whole => (None, None, None),
    };
    let title = Field::take(row, at)?;
    let (text, quote): (String, String) = (Field::take(row, at)?, Field::take(row, at)?);
    let place = MomentLink {
        case_id,
        start_ms,
        end_ms,
        turns,
    };
    let hit = SearchHit {
        title,
        excerpt: around(&[&text, &quote], typed),
        target: match observation_id {
            Some(observation_id) => SearchTarget::Observation {
                observation_id,
                at: place,
            },
            None => SearchTarget::SeatNote { at: place },
        },
    };
    Ok((made, hit))
}

/// Records of the plain kinds, each under the heading of what it belongs to.
fn record_hits(
    conn: &Connection,
    typed: &str,
    words: &str,
    limit: usize,
) -> Outcome<Vec<SearchHit>> {
    let mut hits = Vec::new();
    for kind in index::indexed().filter(|kind| kind.is_plain()) {
        let found: Vec<Record> = by_kind!(kind, T => {
            let (text, table) = (index::name_of(kind), T::table());
            let sql = format!(
                "SELECT {} FROM {text} f CROSS JOIN {table} t ON t.row = f.rowid
                 WHERE {text} MATCH ?1 AND t.deleted_at IS NULL ORDER BY f.rowid DESC LIMIT ?2",
                T::select("t")
            );
            let found = matches(conn, &sql, words, limit, T::from_row)?;
            found.into_iter().map(Record::from).collect()
        });
        for record in found {
            hits.extend(record_hit(conn, typed, &record)?);
        }
    }
    hits.truncate(limit);
    Ok(hits)
}

/// Nothing of a record whose issue, session or call was taken away.
fn record_hit(conn: &Connection, typed: &str, record: &Record) -> Outcome<Option<SearchHit>> {
    let fields = record.to_fields();
    let rules = record.kind().fields().iter();
    let texts: Vec<&str> = rules
        .filter(|r| r.search)
        .filter_map(|r| fields.get(r.name)?.as_str())
        .collect();
    let mut owner = None;
    for (kind, id) in record.above() {
        let above = table::read(conn, kind, id)?;
        let Some(above) = above.filter(|a| a.meta().deleted_at.is_none()) else {
            return Ok(None);
        };
        owner = owner_of(above).or(owner);
    }
    Ok(owner.map(|(title, of)| SearchHit {
        title,
        excerpt: around(&texts, typed),
        target: SearchTarget::Record {
            record: record.kind(),
            of,
        },
    }))
}

/// The heading of what a record belongs to, and where that is.
fn owner_of(above: Record) -> Option<(String, SearchOwner)> {
    match above {
        Record::Issue(issue) => {
            let (issue_id, number) = (issue.id, issue.number);
            Some((issue.title, SearchOwner::Issue { issue_id, number }))
        }
        Record::Session(session) => {
            let session_id = session.id;
            Some((session.title, SearchOwner::Session { session_id }))
        }
        Record::Case(case) => {
            let case_id = case.id;
            Some((case.title, SearchOwner::Case { case_id }))
        }
        _ => None,
    }
}

fn case_hits(conn: &Connection, typed: &str, words: &str, limit: usize) -> Outcome<Vec<SearchHit>> {
    let sql = format!(
        "SELECT {} FROM case_text f CROSS JOIN \"case\" t ON t.row = f.rowid
         WHERE case_text MATCH ?1 AND t.deleted_at IS NULL ORDER BY f.rowid DESC LIMIT ?2",
        Case::select("t")
    );
    let found: Vec<Case> = matches(conn, &sql, words, limit, Case::from_row)?;
    let hits = found.into_iter().map(|case| {
        let contacts = contacts::of_case(conn, case.id)?;
        Ok(SearchHit {
            excerpt: facts_around(&case, &contacts, typed),
            title: case.title,
            target: SearchTarget::Case { case_id: case.id },
        })
    });
    hits.collect()
}

/// What is known of a case, in one line. Whatever else a source said of it is told by the one value that was found: who
/// looks for a queue is not shown a number. What is found by a customer's name or number is told as it is shown.
fn facts_around(case: &Case, contacts: &[Contact], typed: &str) -> String {
    let of_case = [&case.business_line, &case.external_id, &case.order_number];
    let shown: Vec<Contact> = contacts.iter().cloned().map(Contact::shown).collect();
    let known = shown
        .iter()
        .flat_map(|c| [&c.agent, &c.customer, &c.queue, &c.disposition]);
    let mut facts: Vec<&str> = known.chain(of_case).map(String::as_str).collect();
    facts.retain(|f| !f.is_empty());
    let line = facts.join(" · ");
    if match_all(&line, typed) {
        return excerpt(&line, typed, EXCERPT_CHARS);
    }
    let mut others = words_of(contacts).into_iter().zip(words_of(&shown));
    match others.find(|(text, _)| match_all(text, typed)) {
        Some((_, shown)) if !match_all(&case.title, typed) => excerpt(&shown, typed, EXCERPT_CHARS),
        _ => excerpt(&line, typed, EXCERPT_CHARS),
    }
}

/// What a case is found by of its contacts, text by text: as many where they are shown, in the same order.
fn words_of(contacts: &[Contact]) -> Vec<String> {
    let fields = contacts.iter().flat_map(Contact::words).map(str::to_owned);
    let said = contacts.iter().flat_map(|c| c.facts.words());
    fields.chain(said).collect()
}

fn segment_hits(
    conn: &Connection,
    typed: &str,
    words: &str,
    limit: usize,
) -> Outcome<Vec<SearchHit>> {
    let said = said_role(conn, "t")?;
    let sql = format!(
        "SELECT r.case_id, t.start_ms, t.end_ms, t.channel, t.text, t.confidence,
            t.text_original IS NOT NULL, r.roles, {said}, c.title
        FROM segment_text f CROSS JOIN segment t ON t.row = f.rowid
        CROSS JOIN recording r ON r.id = t.recording_id CROSS JOIN \"case\" c ON c.id = r.case_id
        WHERE segment_text MATCH ?1 AND t.deleted_at IS NULL AND r.deleted_at IS NULL
            AND c.deleted_at IS NULL
        ORDER BY f.rowid DESC LIMIT ?2"
    );
    matches(conn, &sql, words, limit, |row| {
        let at = &mut 0;
        let case_id = Field::take(row, at)?;
        let (start_ms, end_ms) = (Field::take(row, at)?, Field::take(row, at)?);
        let channel = Field::take(row, at)?;
        let text: String = Field::take(row, at)?;
        let (confidence, is_corrected) = (Field::take(row, at)?, Field::take(row, at)?);
        let roles: Vec<ChannelRole> = Field::take(row, at)?;
        let said: Option<ChannelRole> = Field::take(row, at)?;
        let title = Field::take(row, at)?;
        Ok(SearchHit {
            title,
            excerpt: excerpt(&text, typed, EXCERPT_CHARS),
            target: SearchTarget::Segment {
                at: MomentLink {
                    case_id,
                    start_ms: Some(start_ms),
                    end_ms: Some(end_ms),
                    turns: None,
                },
                role: said.unwrap_or_else(|| role_of(&roles, channel)),
                doubtful: is_doubtful(confidence, is_corrected),
            },
        })
    })
}
