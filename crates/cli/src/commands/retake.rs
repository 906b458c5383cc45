//! `qinting retake`

use crate::answer::Answer;
use crate::args::Retake;
use crate::{find, screen, words};
use qinting_desk::{AppResult, AtDesk, RetakeRequest};
use qinting_domain::{Recording, SoundGap, SoundNotice};
use qinting_export::moment;
use serde::Serialize;

#[derive(Serialize)]
struct Retaken {
    case_id: String,
    recording_id: String,
    duration_ms: u64,
    channels: u16,
    notices: Vec<SoundNotice>,
    gaps: Vec<SoundGap>,
}

pub(crate) fn run(at_desk: &AtDesk, args: &Retake) -> AppResult<Answer> {
    let case = find::case(at_desk, &args.case)?;
    let before = find::recording(at_desk, case)?;
    let after = at_desk.retake(RetakeRequest {
        recording_id: before.id,
        keep_both_lanes: args.both_lanes,
    })?;
    let text = text(&before, &after);
    let retaken = Retaken {
        case_id: case.to_string(),
        recording_id: after.id.to_string(),
        duration_ms: after.duration_ms,
        channels: after.channels,
        notices: after.notices,
        gaps: after.gaps,
    };
    Answer::new(&retaken, text)
}

fn text(before: &Recording, after: &Recording) -> String {
    let mut out = format!(
        "重新取了 · taken again  {} → {}\n",
        moment::clock(before.duration_ms),
        moment::clock(after.duration_ms)
    );
    out.push_str(&words::sound_lines(&after.notices));
    if after.audio_sha256 != before.audio_sha256 {
        out.push_str(&screen::line(
            "标记和文字跟着移好了；新听到的部分要重新转写 · marks and text moved along; transcribe again for what is new",
        ));
        out.push('\n');
    }
    out
}
