//! One table per kind of record: which columns it has, and reading and writing single rows.

use crate::fault::Outcome;
use crate::field::Field;
use qinting_domain::*;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Params, Row, params, params_from_iter};
use uuid::Uuid;

/// A record that has a table.
pub(crate) trait Stored: Sized {
    /// The table, quoted where SQL needs it.
    const TABLE: &'static str;
    /// Columns that are written, in the order of [`Stored::put`].
    const COLUMNS: &'static [&'static str];
    /// What is read on top of them: SQL in which `{t}` stands for the table's alias.
    const DERIVED: &'static [&'static str];
    /// Appends the values of [`Stored::COLUMNS`].
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()>;
    /// Reads a record from the column at `at` on.
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self>;

    /// The select list for a table that goes by `alias`.
    fn select(alias: &str) -> String {
        let derived = Self::DERIVED.iter().map(|d| d.replace("{t}", alias));
        std::iter::once(Self::plain(alias))
            .chain(derived)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The same without what is derived.
    fn plain(alias: &str) -> String {
        let columns = Self::COLUMNS.iter().map(|c| format!("{alias}.{c}"));
        columns.collect::<Vec<_>>().join(", ")
    }

    /// A record that fills the whole row.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Self::take(row, &mut 0)
    }
}

const META: [&str; 5] = [
    "created_at",
    "created_by",
    "updated_at",
    "rev",
    "deleted_at",
];

macro_rules! table {
    ($record:ident, $table:literal,
     $columns:expr, [$($field:ident),+] $(, derived $derived:ident = $sql:expr)?) => {
        impl Stored for $record {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &$columns;
            const DERIVED: &'static [&'static str] = &[$($sql)?];
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                $(self.$field.put(out)?;)+
                self.meta.put(out)
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                $(let $field = Field::take(row, at)?;)+
                let meta = Field::take(row, at)?;
                $(let $derived = Field::take(row, at)?;)?
                Ok(Self { $($field,)+ meta, $($derived)? })
            }
        }
    };
}

/// The columns of a record followed by those every record carries.
const fn with_meta<const N: usize, const M: usize>(own: [&'static str; N]) -> [&'static str; M] {
    let mut all = [""; M];
    let mut i = 0;
    while i < M {
        all[i] = if i < N { own[i] } else { META[i - N] };
        i += 1;
    }
    all
}

table!(
    Person,
    "person",
    with_meta::<4, 9>(["id", "name", "role", "org_unit"]),
    [id, name, role, org_unit]
);
table!(
    Tag,
    "tag",
    with_meta::<9, 14>([
        "id",
        "parent_id",
        "name",
        "aliases",
        "definition",
        "colour",
        "position",
        "status",
        "merged_into",
    ]),
    [
        id, parent_id, name, aliases, definition, colour, position, status
    ]
);
table!(
    Case,
    "\"case\"",
    with_meta::<11, 16>([
        "id",
        "title",
        "business_line",
        "queue",
        "agent",
        "customer",
        "customer_tier",
        "started_at",
        "disposition",
        "external_id",
        "language",
    ]),
    [
        id,
        title,
        business_line,
        queue,
        agent,
        customer,
        customer_tier,
        started_at,
        disposition,
        external_id,
        language
    ]
);
table!(
    Recording,
    "recording",
    with_meta::<11, 16>([
        "id",
        "case_id",
        "sources",
        "audio_sha256",
        "peaks_sha256",
        "sample_rate_hz",
        "channels",
        "frames",
        "duration_ms",
        "roles",
        "was_dual_mono",
    ]),
    [
        id,
        case_id,
        sources,
        audio_sha256,
        peaks_sha256,
        sample_rate_hz,
        channels,
        frames,
        duration_ms,
        roles,
        was_dual_mono
    ]
);
table!(
    Segment,
    "segment",
    with_meta::<10, 15>([
        "id", "recording_id", "start_ms", "end_ms", "channel", "text", "text_original",
        "confidence", "language", "engine",
    ]),
    [
        id, recording_id, start_ms, end_ms, channel, text, text_original, confidence, language,
        engine
    ],
    derived ordinal = "(SELECT count(*) FROM segment p WHERE p.recording_id = {t}.recording_id \
        AND p.deleted_at IS NULL AND (p.start_ms, p.channel, p.end_ms, p.row) \
        < ({t}.start_ms, {t}.channel, {t}.end_ms, {t}.row))"
);
table!(
    Observation,
    "observation",
    with_meta::<12, 17>([
        "id", "case_id", "recording_id", "start_ms", "end_ms", "raw_mark_ms", "lag_ms", "kind",
        "axis", "text", "quote", "severity",
    ]),
    [
        id, case_id, recording_id, start_ms, end_ms, raw_mark_ms, lag_ms, kind, axis, text, quote,
        severity
    ],
    derived tags = "(SELECT group_concat(hex(tag_id), ',' ORDER BY position) \
        FROM observation_tag WHERE observation_id = {t}.id)"
);
table!(
    Issue,
    "issue",
    with_meta::<15, 20>([
        "id",
        "number",
        "title",
        "statement",
        "root_cause",
        "business_line",
        "owner_id",
        "external_owner",
        "urgency",
        "difficulty",
        "status",
        "status_reason",
        "due",
        "merged_into",
        "status_before_merge",
    ]),
    [
        id,
        number,
        title,
        statement,
        root_cause,
        business_line,
        owner_id,
        external_owner,
        urgency,
        difficulty,
        status,
        status_reason,
        due,
        merged_into,
        status_before_merge
    ]
);
table!(
    IssueLink,
    "issue_link",
    with_meta::<6, 11>([
        "id",
        "issue_id",
        "moved_from",
        "observation_id",
        "relation",
        "importance",
    ]),
    [
        id,
        issue_id,
        moved_from,
        observation_id,
        relation,
        importance
    ]
);
table!(
    Comment,
    "comment",
    with_meta::<3, 8>(["id", "issue_id", "text"]),
    [id, issue_id, text]
);
table!(
    SettingsRecord,
    "settings",
    with_meta::<2, 7>(["id", "\"values\""]),
    [id, values]
);

/// Runs one generic function for the record type of a kind.
macro_rules! by_kind {
    ($kind:expr, $T:ident => $body:expr) => {{
        macro_rules! with {
            ($record:ty) => {{
                type $T = $record;
                $body
            }};
        }
        match $kind {
            EntityKind::Person => with!(Person),
            EntityKind::Tag => with!(Tag),
            EntityKind::Case => with!(Case),
            EntityKind::Recording => with!(Recording),
            EntityKind::Segment => with!(Segment),
            EntityKind::Observation => with!(Observation),
            EntityKind::Issue => with!(Issue),
            EntityKind::IssueLink => with!(IssueLink),
            EntityKind::Comment => with!(Comment),
            EntityKind::Settings => with!(SettingsRecord),
        }
    }};
}

/// One record by id, tombstones included.
pub(crate) fn one<T: Stored>(conn: &Connection, id: Uuid) -> Outcome<Option<T>> {
    let sql = format!(
        "SELECT {} FROM {} t WHERE t.id = ?1",
        T::select("t"),
        T::TABLE
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.as_bytes()], T::from_row)
        .optional()?)
}

/// All records the rest of a query names; the table goes by `t`.
pub(crate) fn many<T: Stored>(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<T>> {
    let sql = format!("SELECT {} FROM {} t {rest}", T::select("t"), T::TABLE);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement
        .query_map(p, T::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// One record of any kind.
pub(crate) fn read(conn: &Connection, kind: EntityKind, id: Uuid) -> Outcome<Option<Record>> {
    by_kind!(kind, T => Ok(one::<T>(conn, id)?.map(Record::from)))
}

/// Writes a record whole.
pub(crate) fn write(conn: &Connection, record: &Record, is_new: bool) -> Outcome<()> {
    match record {
        Record::Person(r) => put(conn, r, r.id.0, is_new),
        Record::Tag(r) => put(conn, r, r.id.0, is_new),
        Record::Case(r) => put(conn, r, r.id.0, is_new),
        Record::Recording(r) => {
            put(conn, r, r.id.0, is_new)?;
            put_hashes(conn, r)
        }
        Record::Segment(r) => put(conn, r, r.id.0, is_new),
        Record::Observation(r) => {
            put(conn, r, r.id.0, is_new)?;
            put_tags(conn, r)
        }
        Record::Issue(r) => put(conn, r, r.id.0, is_new),
        Record::IssueLink(r) => put(conn, r, r.id.0, is_new),
        Record::Comment(r) => put(conn, r, r.id.0, is_new),
        Record::Settings(r) => put(conn, r, r.id, is_new),
    }
}

fn put<T: Stored>(conn: &Connection, record: &T, id: Uuid, is_new: bool) -> Outcome<()> {
    let mut values = Vec::with_capacity(T::COLUMNS.len() + 1);
    record.put(&mut values)?;
    let sql = if is_new {
        let marks = vec!["?"; T::COLUMNS.len()].join(", ");
        format!(
            "INSERT INTO {} ({}) VALUES ({marks})",
            T::TABLE,
            T::COLUMNS.join(", ")
        )
    } else {
        id.put(&mut values)?;
        format!(
            "UPDATE {} SET {} = ? WHERE id = ?",
            T::TABLE,
            T::COLUMNS.join(" = ?, ")
        )
    };
    conn.prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

fn put_tags(conn: &Connection, o: &Observation) -> Outcome<()> {
    let id = o.id.0.as_bytes();
    conn.prepare_cached("DELETE FROM observation_tag WHERE observation_id = ?1")?
        .execute([id])?;
    let mut insert = conn.prepare_cached("INSERT INTO observation_tag VALUES (?1, ?2, ?3)")?;
    for (position, tag) in o.tags.iter().enumerate() {
        insert.execute(params![id, position as i64, tag.0.as_bytes()])?;
    }
    Ok(())
}

fn put_hashes(conn: &Connection, r: &Recording) -> Outcome<()> {
    let id = r.id.0.as_bytes();
    conn.prepare_cached("DELETE FROM recording_hash WHERE recording_id = ?1")?
        .execute([id])?;
    let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO recording_hash VALUES (?1, ?2)")?;
    for sha256 in r.sources.iter().map(|s| &s.sha256).chain([&r.audio_sha256]) {
        insert.execute(params![sha256, id])?;
    }
    Ok(())
}
