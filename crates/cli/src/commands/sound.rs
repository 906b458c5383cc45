//! `qinting sound`

use crate::answer::Answer;
use crate::args::OneCase;
use crate::{find, screen};
use qinting_desk::{AppResult, AtDesk, SoundTold};
use qinting_domain::{
    ChannelRole, HoldSign, LaneFigures, Loudness, RecordingId, SoundFigures, Stretch, TwoSides,
    role_of,
};
use qinting_export::{labels, moment};
use serde::Serialize;

#[derive(Serialize)]
struct Told {
    case_id: String,
    recording_id: RecordingId,
    roles: Vec<ChannelRole>,
    sound: SoundTold,
}

pub(crate) fn run(at_desk: &AtDesk, args: &OneCase) -> AppResult<Answer> {
    let case = find::case(at_desk, &args.case)?;
    let recording = find::recording(at_desk, case)?;
    let told = Told {
        case_id: case.to_string(),
        recording_id: recording.id,
        sound: at_desk.sound_figures_now(recording.id)?,
        roles: recording.roles,
    };
    Answer::new(&told, text(&told))
}

fn text(told: &Told) -> String {
    match &told.sound {
        SoundTold::Known { figures } => figures_of(figures, &told.roles),
        SoundTold::Waiting => "还没有量 · Not measured yet.\n".into(),
        SoundTold::Unreadable => "声音读不出来 · The sound could not be read.\n".into(),
        SoundTold::None => "没有声音 · There is no sound.\n".into(),
    }
}

fn figures_of(figures: &SoundFigures, roles: &[ChannelRole]) -> String {
    let mut rows = vec![
        row("长度 · length", moment::clock(figures.length_ms)),
        row("有人说话 · speech", moment::clock(figures.speech_ms)),
        row("静默 · silence", moment::clock(figures.silence_ms)),
    ];
    if let Some(longest) = figures.longest_silence {
        rows.push(row("最长静默 · longest silence", at(longest)));
    }
    if figures.missing_ms > 0 {
        rows.push(row(
            "没录到 · not recorded",
            moment::clock(figures.missing_ms),
        ));
    }
    for hold in &figures.holds {
        let sign = match hold.sign {
            HoldSign::Music => "音乐 · music",
            HoldSign::NoSignal => "没有信号 · no signal",
            HoldSign::Possible => "可能 · possible",
        };
        rows.push(row("等待 · hold", format!("{} {sign}", at(hold.stretch))));
    }
    let mut text = String::new();
    match &figures.sides {
        Some(sides) => {
            let overtalk = format!("{}× {}", sides.overtalk.len(), seconds(sides.overtalk_ms));
            rows.push(row("同时说话 · overtalk", overtalk));
            text.push('\n');
            text.push_str(&lanes(sides, &figures.loudness, roles));
        }
        None => text.push_str(
            "不是一边一个声道，各自说了多久不知道 · There is no channel for each side: what belongs to one is not known.\n",
        ),
    }
    screen::table(["", ""], &rows) + &text
}

fn lanes(sides: &TwoSides, loudness: &[Loudness], roles: &[ChannelRole]) -> String {
    let rows: Vec<[String; 8]> = (0u16..)
        .zip(&sides.lanes)
        .map(|(channel, lane)| {
            let loud = loudness.get(usize::from(channel)).copied();
            lane_row(role_of(roles, channel), lane, loud.unwrap_or_default())
        })
        .collect();
    let header = [
        "谁 · who",
        "说话 · talk",
        "占比 · share",
        "最长独白 · monologue",
        "应答 · response",
        "最慢 · worst",
        "抢话 · came in",
        "响度 · loudness",
    ];
    screen::table(header, &rows)
}

fn lane_row(role: ChannelRole, lane: &LaneFigures, loudness: Loudness) -> [String; 8] {
    let share = lane.talk_permille.map(|p| format!("{}%", (p + 5) / 10));
    let clipped = match loudness.clipped {
        0 => String::new(),
        n => format!("（削顶 · clipped {n}×）"),
    };
    [
        labels::role(role).to_owned(),
        moment::clock(lane.talk_ms),
        or_dash(share),
        or_dash(lane.longest_monologue.map(at)),
        or_dash(lane.response.map(|r| seconds(r.median_ms))),
        or_dash(lane.response.map(|r| at(r.worst))),
        lane.overtalk_begun.to_string(),
        or_dash(
            loudness
                .speech_dbfs
                .map(|db| format!("{db:.1} dBFS{clipped}")),
        ),
    ]
}

fn row(what: &str, figure: String) -> [String; 2] {
    [what.to_owned(), figure]
}

/// How long, and where.
fn at(stretch: Stretch) -> String {
    format!(
        "{} @ {}",
        seconds(stretch.len_ms()),
        moment::clock(stretch.start_ms)
    )
}

fn seconds(ms: u64) -> String {
    let tenths = (ms + 50) / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

fn or_dash(told: Option<String>) -> String {
    told.unwrap_or_else(|| "—".into())
}
