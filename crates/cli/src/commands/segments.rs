//! `qinting segments`

use crate::answer::Answer;
use crate::args::OneCase;
use crate::find;
use crate::screen;
use qinting_desk::{AppResult, AtDesk, MOST_ROWS, SegmentQuery};
use qinting_domain::{ChannelRole, Segment, role_of};
use qinting_export::{labels, moment};
use serde::Serialize;

#[derive(Serialize)]
struct Transcript {
    case_id: String,
    segments: Vec<SegmentLine>,
}

#[derive(Serialize)]
struct SegmentLine {
    start_ms: u64,
    end_ms: u64,
    channel: u16,
    role: ChannelRole,
    text: String,
    confidence: f32,
    doubtful: bool,
    language: String,
}

pub(crate) fn run(at_desk: &AtDesk, args: &OneCase) -> AppResult<Answer> {
    let case = find::case(at_desk, &args.case)?;
    let recording = find::recording(at_desk, case)?;
    let mut lines: Vec<SegmentLine> = Vec::new();
    loop {
        let offset = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let query = SegmentQuery {
            recording_id: recording.id,
            offset,
            limit: MOST_ROWS,
        };
        let page = at_desk.segments(query)?;
        if page.is_empty() {
            break;
        }
        lines.extend(page.into_iter().map(|s| line(&recording.roles, s)));
    }
    let transcript = Transcript {
        case_id: case.to_string(),
        segments: lines,
    };
    Answer::new(&transcript, text(&transcript))
}

fn line(roles: &[ChannelRole], s: Segment) -> SegmentLine {
    let doubtful = s.is_doubtful();
    SegmentLine {
        start_ms: s.start_ms,
        end_ms: s.end_ms,
        channel: s.channel,
        role: s.role.unwrap_or_else(|| role_of(roles, s.channel)),
        text: s.text,
        confidence: s.confidence,
        doubtful,
        language: s.language,
    }
}

fn text(transcript: &Transcript) -> String {
    let rows: Vec<[String; 4]> = transcript
        .segments
        .iter()
        .map(|l| {
            [
                moment::clock(l.start_ms),
                moment::clock(l.end_ms),
                labels::role(l.role).to_owned(),
                screen::words(&l.text, l.doubtful),
            ]
        })
        .collect();
    screen::table(["从", "到", "谁", "文字"], &rows)
}
