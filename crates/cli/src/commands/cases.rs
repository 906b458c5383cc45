//! `qinting cases`

use crate::answer::Answer;
use crate::args::Cases;
use crate::{find, screen};
use qinting_desk::{AppError, AppResult, AtDesk, CaseQuery, CaseRow, TranscriptState, codes};
use qinting_domain::{ChannelRole, Contact, SoundSummary, UnixMs};
use qinting_export::moment;
use serde::Serialize;

#[derive(Serialize)]
struct Listed {
    cases: Vec<Listing>,
}

/// A row as answers show it.
#[derive(Serialize)]
pub(crate) struct Listing {
    id: String,
    pub title: String,
    business_line: String,
    queue: String,
    agent: String,
    customer: String,
    customer_tier: String,
    started_at_ms: Option<UnixMs>,
    disposition: String,
    external_id: String,
    order_number: String,
    language: String,
    imported_at_ms: UnixMs,
    recording_id: Option<String>,
    pub duration_ms: u64,
    roles: Vec<ChannelRole>,
    transcript: TranscriptState,
    observations: u32,
    issues: u32,
    listeners: u32,
    /// The short of what the sound tells, once that was measured.
    sound: Option<SoundSummary>,
    link: String,
}

impl From<CaseRow> for Listing {
    fn from(row: CaseRow) -> Self {
        let (case, contact) = (row.case, row.contact);
        let first = |pick: fn(&Contact) -> &String| contact.as_ref().map(pick).cloned();
        let first = |pick| first(pick).unwrap_or_default();
        Self {
            link: find::case_link(case.id),
            id: case.id.to_string(),
            title: case.title,
            business_line: case.business_line,
            queue: first(|c| &c.queue),
            agent: first(|c| &c.agent),
            customer: first(|c| &c.customer),
            customer_tier: case.customer_tier,
            started_at_ms: contact.as_ref().and_then(|c| c.began_at),
            disposition: first(|c| &c.disposition),
            external_id: case.external_id,
            order_number: case.order_number,
            language: case.language,
            imported_at_ms: case.meta.created_at,
            recording_id: row.recording_id.map(|id| id.to_string()),
            duration_ms: row.duration_ms,
            roles: row.roles,
            transcript: row.transcript,
            observations: row.observation_count,
            issues: row.issue_count,
            listeners: row.listener_count,
            sound: row.sound,
        }
    }
}

pub(crate) fn run(at_desk: &AtDesk, args: Cases) -> AppResult<Answer> {
    let unread = |option: &str| AppError::new(codes::INVALID).with("field", option);
    let query = CaseQuery {
        filters: args.filters().map_err(unread)?,
        text: args.text,
        sort: args.sort.into(),
        reversed: args.reverse,
        ..CaseQuery::default()
    };
    let cases = find::cases(at_desk, query)?
        .into_iter()
        .map(Listing::from)
        .collect();
    let listed = Listed { cases };
    Answer::new(&listed, text(&listed))
}

fn text(listed: &Listed) -> String {
    let rows: Vec<[String; 7]> = listed
        .cases
        .iter()
        .map(|c| {
            [
                c.id.clone(),
                moment::clock(c.duration_ms),
                transcript(c.transcript).to_owned(),
                c.observations.to_string(),
                c.issues.to_string(),
                screen::short(&c.business_line, 16),
                screen::short(&c.title, 48),
            ]
        })
        .collect();
    screen::table(
        ["案例", "时长", "文字", "标记", "问题", "业务线", "标题"],
        &rows,
    )
}

fn transcript(state: TranscriptState) -> &'static str {
    match state {
        TranscriptState::None => "无",
        TranscriptState::Queued => "排队",
        TranscriptState::Running => "转写中",
        TranscriptState::Done => "有",
        TranscriptState::Failed => "失败",
    }
}
