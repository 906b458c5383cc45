//! Sessions, codes and people: few of each, all of their own words.

use super::{around, matches};
use crate::fault::Outcome;
use crate::index;
use crate::table::Stored;
use qinting_app::{SearchHit, SearchTarget};
use qinting_domain::{ListeningSession, Person, Tag, TagStatus};
use rusqlite::Connection;

/// What is found of a kind, the newest first.
fn found<T: Stored>(conn: &Connection, words: &str, limit: usize) -> Outcome<Vec<T>> {
    let (text, table) = (index::name_of(T::KIND), T::table());
    let sql = format!(
        "SELECT {} FROM {text} f CROSS JOIN {table} t ON t.row = f.rowid
         WHERE {text} MATCH ?1 AND t.deleted_at IS NULL ORDER BY f.rowid DESC LIMIT ?2",
        T::select("t")
    );
    matches(conn, &sql, words, limit, T::from_row)
}

pub(super) fn session_hits(
    conn: &Connection,
    typed: &str,
    words: &str,
    limit: usize,
) -> Outcome<Vec<SearchHit>> {
    let sessions = found::<ListeningSession>(conn, words, limit)?.into_iter();
    let hits = sessions.map(|session| SearchHit {
        excerpt: around(&[&session.question, &session.theme, &session.place], typed),
        title: session.title,
        target: SearchTarget::Session {
            session_id: session.id,
        },
    });
    Ok(hits.collect())
}

pub(super) fn tag_hits(
    conn: &Connection,
    typed: &str,
    words: &str,
    limit: usize,
) -> Outcome<Vec<SearchHit>> {
    let tags = found::<Tag>(conn, words, limit)?.into_iter();
    let hits = tags.map(|tag| SearchHit {
        excerpt: around(&[&tag.definition, &tag.aliases.join("、")], typed),
        title: tag.name,
        target: SearchTarget::Tag {
            tag_id: tag.id,
            retired: tag.status != TagStatus::Active,
        },
    });
    Ok(hits.collect())
}

pub(super) fn person_hits(
    conn: &Connection,
    typed: &str,
    words: &str,
    limit: usize,
) -> Outcome<Vec<SearchHit>> {
    let people = found::<Person>(conn, words, limit)?.into_iter();
    let hits = people.map(|person| SearchHit {
        excerpt: around(&[&person.org_unit], typed),
        title: person.name,
        target: SearchTarget::Person {
            person_id: person.id,
        },
    });
    Ok(hits.collect())
}
