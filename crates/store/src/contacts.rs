//! The contacts of a case, and which of them is the first: what is told of a case in one line is told of that one.

use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::table::{self, Stored};
use qinting_domain::*;
use rusqlite::{Connection, params};

/// The order of the contacts of a case: the earliest first, last those of which nobody knows when they were.
pub(crate) fn order(alias: &str) -> String {
    format!("{alias}.began_at IS NULL, {alias}.began_at, {alias}.row")
}

/// Joins the first contact of the case that goes by `case`, as `k`.
pub(crate) fn first_of(case: &str) -> String {
    format!(
        "LEFT JOIN contact k ON k.row = (SELECT x.row FROM contact x
            WHERE x.case_id = {case}.id AND x.deleted_at IS NULL ORDER BY {} LIMIT 1)",
        order("x")
    )
}

/// The select list of a contact that goes by `alias`, for lists: what sources said of it besides stays where it lies.
pub(crate) fn select_short(alias: &str) -> String {
    let whole = Contact::select(alias);
    ["facts", "told"].iter().fold(whole, |columns, field| {
        columns.replace(&format!("{alias}.\"{field}\""), "'{}'")
    })
}

/// The customers of the case that goes by `case`, a line each: a name is one line.
pub(crate) fn customers_of(case: &str) -> String {
    format!(
        "(SELECT group_concat(x.customer, char(10)) FROM contact x
            WHERE x.case_id = {case}.id AND x.deleted_at IS NULL AND x.customer <> '')"
    )
}

pub(crate) fn of_case(conn: &Connection, case: CaseId) -> Outcome<Vec<Contact>> {
    let rest = format!(
        "WHERE t.case_id = ?1 AND t.deleted_at IS NULL ORDER BY {}",
        order("t")
    );
    table::many(conn, &rest, [case.0.as_bytes()])
}

/// Who saw contacts of a case whole, the last first.
pub(crate) fn unmaskings_of(conn: &Connection, case: CaseId) -> Outcome<Vec<Unmasking>> {
    let rest = "JOIN contact k ON k.id = t.contact_id
        WHERE k.case_id = ?1 AND t.deleted_at IS NULL ORDER BY t.row DESC";
    table::many(conn, rest, [case.0.as_bytes()])
}

/// Contacts of the cases that hold a condition, case by case; the cases go by `c`.
pub(crate) fn of_cases(conn: &Connection, condition: &str) -> Outcome<Vec<Contact>> {
    let rest = format!(
        "JOIN \"case\" c ON c.id = t.case_id WHERE t.deleted_at IS NULL AND {condition}
         ORDER BY c.row, {}",
        order("t")
    );
    table::many(conn, &rest, [])
}

/// Whether those of cases from before there were contacts wait to be made, see [`crate::open::rest`].
pub(crate) fn are_due(conn: &Connection) -> Outcome<bool> {
    crate::open::rest::is_left(conn, "case_before")
}

/// Says of recordings without a contact which is theirs: the first of their case, or the one it is to get.
pub(crate) fn name_missing(tx: &Connection) -> Outcome<()> {
    let sql = format!(
        "SELECT DISTINCT c.id, k.id FROM recording r JOIN \"case\" c ON c.id = r.case_id {}
         WHERE r.contact_id IS NULL",
        first_of("c")
    );
    let mut statement = tx.prepare(&sql)?;
    let cases = statement.query_map([], |r| {
        let case = CaseId(uuid_at(r, 0)?);
        let first: Option<ContactId> = Field::take(r, &mut 1)?;
        Ok((case, first.unwrap_or_else(|| ContactId::only_of(case))))
    })?;
    let cases: Vec<_> = cases.collect::<Result<_, _>>()?;
    let sql = "UPDATE recording SET contact_id = ?2 WHERE case_id = ?1 AND contact_id IS NULL";
    let mut name = tx.prepare(sql)?;
    for (case, contact) in cases {
        name.execute(params![case.0.as_bytes(), contact.0.as_bytes()])?;
    }
    Ok(())
}
