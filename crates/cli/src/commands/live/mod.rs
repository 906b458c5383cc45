//! `qinting live`: calls as they happen, and what becomes of them.

mod record;
mod telling;

use crate::answer::Answer;
use crate::args::{Align, Live};
use crate::{find, screen, words};
use qinting_desk::{
    AlignRequest, AlignView, AppError, AppResult, AtDesk, CaptureSource, LiveChoices,
    RecoveredCall, SourceKind, codes,
};
use qinting_domain::{AlignMethod, CaseId, ListenMode, LiveState, RecordingId, UnixMs};
use qinting_export::moment;
use qinting_host::Host;
use serde::Serialize;

pub(crate) fn run(host: &Host, at_desk: &AtDesk, args: Live, json: bool) -> AppResult<Answer> {
    match args {
        Live::Sources => sources(at_desk),
        Live::Record(a) => record::run(at_desk, a, json),
        Live::Recovered => recovered(host, at_desk),
        Live::Waiting => waiting(at_desk),
        Live::Align(a) => align(at_desk, &a),
    }
}

#[derive(Serialize)]
struct Sources {
    sources: Vec<CaptureSource>,
    no_system: Option<words::Worded>,
    has_model: bool,
}

fn sources(at_desk: &AtDesk) -> AppResult<Answer> {
    let choices: LiveChoices = at_desk.live_choices(())?;
    let rows: Vec<[String; 5]> = choices
        .sources
        .iter()
        .map(|s| {
            let kind = match s.kind {
                SourceKind::Input => "输入",
                SourceKind::System => "系统声音",
            };
            let default = if s.is_default { "✓" } else { "" };
            [
                default.to_owned(),
                kind.to_owned(),
                format!("{} × {} Hz", s.channels, s.sample_rate_hz),
                screen::short(&s.name, 40),
                screen::line(&s.id),
            ]
        })
        .collect();
    let mut text = screen::table(["默认", "种类", "声道", "名称", "来源"], &rows);
    let no_system = choices.no_system.as_ref().map(words::Worded::new);
    if let Some(note) = &no_system {
        text.push_str(&note.text());
        text.push('\n');
    }
    let listed = Sources {
        sources: choices.sources,
        no_system,
        has_model: choices.has_model,
    };
    Answer::new(&listed, text)
}

#[derive(Serialize)]
struct Recovered {
    recovered: Vec<Found>,
}

/// A call that was cut off.
#[derive(Serialize)]
struct Found {
    id: String,
    case_id: String,
    title: String,
    state: LiveState,
    length_ms: u64,
    promised_ms: u64,
    has_audio: bool,
    has_text: bool,
    observations: u32,
    link: String,
}

impl Found {
    fn new(found: RecoveredCall, has_audio: bool) -> Self {
        Self {
            has_audio,
            id: found.call.id.to_string(),
            case_id: found.call.case_id.to_string(),
            title: found.title,
            state: found.call.state,
            length_ms: found.length_ms,
            promised_ms: found.promised_ms,
            has_text: found.has_text,
            observations: found.observation_count,
            link: find::case_link(found.call.case_id),
        }
    }
}

fn recovered(host: &Host, at_desk: &AtDesk) -> AppResult<Answer> {
    // What a dead process left is taken in beside everything else; here somebody waits for it.
    host.recover_now()?;
    let calls = at_desk.live_recovered(())?.into_iter();
    let listed = Recovered {
        recovered: calls
            .map(|call| {
                let recording = find::recording(at_desk, call.call.case_id)?;
                Ok(Found::new(call, recording.has_audio()))
            })
            .collect::<AppResult<_>>()?,
    };
    let rows: Vec<[String; 4]> = listed
        .recovered
        .iter()
        .map(|f| {
            let state = if f.state == LiveState::Damaged {
                "损坏"
            } else {
                "已找回"
            };
            let length = if f.state == LiveState::Damaged {
                let [there, promised] = [f.length_ms, f.promised_ms].map(moment::clock);
                format!("{there}（应有 {promised}）")
            } else {
                moment::clock(f.length_ms)
            };
            [
                f.case_id.clone(),
                state.to_owned(),
                length,
                screen::short(&f.title, 40),
            ]
        })
        .collect();
    let text = screen::table(["案例", "状态", "时长", "标题"], &rows);
    Answer::new(&listed, text)
}

#[derive(Serialize)]
struct Waiting {
    waiting: Vec<Aligned>,
}

/// A call without sound, and what it may belong to.
#[derive(Serialize)]
struct Aligned {
    id: String,
    case_id: String,
    title: String,
    mode: ListenMode,
    started_at_ms: UnixMs,
    duration_ms: u64,
    observations: usize,
    aligned_to: Option<AlignPlace>,
    candidates: Vec<AlignPlace>,
}

/// A recording and where on it the call begins.
#[derive(Serialize)]
struct AlignPlace {
    case_id: String,
    recording_id: String,
    /// Empty where only the recording is known.
    title: String,
    offset_ms: i64,
    method: AlignMethod,
    confidence: u8,
}

impl From<AlignView> for Aligned {
    fn from(view: AlignView) -> Self {
        let aligned_to = view.call.alignment.as_ref().map(|a| AlignPlace {
            case_id: a.case_id.to_string(),
            recording_id: a.recording_id.to_string(),
            title: view
                .candidates
                .iter()
                .find(|c| c.recording_id == a.recording_id)
                .map(|c| c.case.title.clone())
                .unwrap_or_default(),
            offset_ms: a.offset_ms,
            method: a.method,
            confidence: a.confidence,
        });
        let candidates = view.candidates.into_iter().map(|c| AlignPlace {
            case_id: c.case.id.to_string(),
            recording_id: c.recording_id.to_string(),
            title: c.case.title,
            offset_ms: c.offset_ms,
            method: c.method,
            confidence: c.confidence,
        });
        Self {
            id: view.call.id.to_string(),
            case_id: view.case.id.to_string(),
            title: view.case.title,
            mode: view.call.mode,
            started_at_ms: view.call.started_at,
            duration_ms: view.duration_ms,
            observations: view.marks.len(),
            aligned_to,
            candidates: candidates.collect(),
        }
    }
}

fn waiting(at_desk: &AtDesk) -> AppResult<Answer> {
    let views = at_desk.live_waiting(())?.into_iter();
    let listed = Waiting {
        waiting: views.map(Aligned::from).collect(),
    };
    let rows: Vec<[String; 5]> = listed
        .waiting
        .iter()
        .map(|w| {
            let best = w.candidates.first().map(|c| {
                let title = screen::short(&c.title, 30);
                format!("{title}（{} %）", c.confidence)
            });
            [
                w.id.clone(),
                moment::clock(w.duration_ms),
                w.observations.to_string(),
                screen::short(&w.title, 40),
                best.unwrap_or_default(),
            ]
        })
        .collect();
    let text = screen::table(["现场", "时长", "标记", "标题", "多半是"], &rows);
    Answer::new(&listed, text)
}

#[derive(Serialize)]
struct Done {
    aligned: Aligned,
}

fn align(at_desk: &AtDesk, args: &Align) -> AppResult<Answer> {
    let view = call(at_desk, &args.call)?;
    let (case, recording) = later(at_desk, &args.recording)?;
    let found = view.candidates.iter().find(|c| c.recording_id == recording);
    let request = match (args.offset, found) {
        (Some(offset_ms), _) => AlignRequest {
            call_id: view.call.id,
            recording_id: recording,
            offset_ms,
            method: AlignMethod::Hand,
            confidence: 100,
        },
        (None, Some(found)) => AlignRequest {
            call_id: view.call.id,
            recording_id: recording,
            offset_ms: found.offset_ms,
            method: found.method,
            confidence: found.confidence,
        },
        // Nothing speaks for it: then a person has to say where.
        (None, None) => return Err(AppError::new(codes::INVALID).with("field", "offset")),
    };
    let offset = request.offset_ms;
    let done = Done {
        aligned: at_desk.align(request)?.into(),
    };
    let text = format!(
        "已对齐：{} 个标记，{offset:+} 毫秒\n{}\n",
        done.aligned.observations,
        find::case_link(case)
    );
    Answer::new(&done, text)
}

/// The call without sound a person names: by its id, the end of it, or the title of its case.
fn call(at_desk: &AtDesk, named: &str) -> AppResult<AlignView> {
    let named = named.trim();
    if let Ok(id) = named.parse() {
        return at_desk.align_view(id);
    }
    let end = find::id_end(named);
    let ends = |id: String| end.as_ref().is_some_and(|end| id.ends_with(end));
    let mut all = at_desk.live_waiting(())?;
    all.retain(|v| {
        v.case.title == named || ends(v.call.id.to_string()) || ends(v.case.id.to_string())
    });
    let ids: Vec<_> = all.iter().map(|v| v.call.id).collect();
    let one = find::one_of(&ids, "call")?;
    all.into_iter()
        .find(|v| v.call.id == one)
        .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "call"))
}

/// The recording that came later, and its case.
fn later(at_desk: &AtDesk, named: &str) -> AppResult<(CaseId, RecordingId)> {
    let case = find::case(at_desk, named)?;
    Ok((case, find::recording(at_desk, case)?.id))
}
