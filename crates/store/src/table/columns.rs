//! Which columns each kind of record has.

use super::Stored;
use crate::fault::Outcome;
use crate::field::Field;
use qinting_domain::*;
use rusqlite::Row;
use rusqlite::types::Value;

/// A record's table: a column by the name of each field, those a last field takes besides, and those
/// every record carries.
macro_rules! table {
    ($record:ident, [$($field:ident),+] $(and [$($second:ident),+])?
     $(, derived $derived:ident = $sql:expr)*) => {
        impl Stored for $record {
            const COLUMNS: &'static [&'static str] = &[
                $(concat!("\"", stringify!($field), "\""),)+
                $($(stringify!($second),)+)?
                "created_at",
                "created_by",
                "updated_at",
                "rev",
                "deleted_at",
            ];
            const DERIVED: &'static [&'static str] = &[$($sql),*];
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                $(self.$field.put(out)?;)+
                self.meta.put(out)
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                $(let $field = Field::take(row, at)?;)+
                let meta = Field::take(row, at)?;
                $(let $derived = Field::take(row, at)?;)*
                Ok(Self { $($field,)+ meta, $($derived),* })
            }
        }
    };
}

table!(Person, [id, name, role, org_unit]);
table!(
    Tag,
    [id, parent_id, name, aliases, definition, colour, position, status] and [merged_into]
);
table!(
    Case,
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
    [id, case_id, sources, audio_sha256, peaks_sha256, sample_rate_hz, channels, frames, duration_ms, roles, was_dual_mono, notices, decoder],
    derived gaps = "(SELECT '[' || coalesce(group_concat('{\"start_ms\":' || start_ms \
        || ',\"end_ms\":' || end_ms || '}', ',' ORDER BY ordinal), '') || ']' FROM capture_gap \
        WHERE recording_id = {t}.id AND kind = 'unreadable' AND channel IS NULL)"
);
table!(
    Segment,
    [id, recording_id, start_ms, end_ms, channel, text, text_original, confidence, language, engine],
    derived ordinal = "(SELECT count(*) FROM segment p WHERE p.recording_id = {t}.recording_id \
        AND p.deleted_at IS NULL AND (p.start_ms, p.channel, p.end_ms, p.row) \
        < ({t}.start_ms, {t}.channel, {t}.end_ms, {t}.row))"
);
table!(
    Observation,
    [id, case_id, recording_id, start_ms, end_ms, raw_mark_ms, lag_ms, kind, axis, text, quote, severity, session_id],
    derived tags = "(SELECT group_concat(hex(tag_id), ',' ORDER BY position) \
        FROM observation_tag WHERE observation_id = {t}.id)"
);
table!(
    Issue,
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
    [
        id,
        issue_id,
        moved_from,
        observation_id,
        relation,
        importance
    ]
);
table!(Comment, [id, issue_id, text]);
table!(
    ListeningSession,
    [id, title, theme, question, place, starts_at, facilitator_id],
    derived people = "(SELECT group_concat(hex(person_id), ',' ORDER BY position) \
        FROM session_person WHERE session_id = {t}.id)",
    derived cases = "(SELECT group_concat(hex(case_id), ',' ORDER BY position) \
        FROM session_case WHERE session_id = {t}.id)"
);
table!(
    LiveCall,
    [
        id,
        case_id,
        recording_id,
        session_id,
        mode,
        state,
        started_at,
        ended_at,
        consent,
        notice,
        mentor_id,
        anchor,
        lanes,
        alignment,
        acknowledged
    ]
);
table!(
    SeatNote,
    [id, case_id, recording_id, at_ms, author_id, kind, text]
);
table!(SettingsRecord, [id, values]);
