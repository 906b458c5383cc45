//! `qinting texts`

use crate::answer::Answer;
use crate::args::Texts;
use crate::{find, screen};
use qinting_desk::{AppError, AppResult, AtDesk, TranscriptChoice, codes};
use qinting_domain::{CaseId, LIVE_ENGINE, Transcript, TranscriptStanding};
use qinting_export::moment;
use serde::Serialize;

#[derive(Serialize)]
struct Told {
    case_id: String,
    texts: Vec<Transcript>,
}

pub(crate) fn run(at_desk: &AtDesk, args: &Texts) -> AppResult<Answer> {
    let case = find::case(at_desk, &args.case)?;
    if let Some(n) = args.read {
        let texts = texts_of(at_desk, case)?;
        let wanted = texts.get(usize::from(n) - 1);
        let wanted =
            wanted.ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "transcript"))?;
        at_desk.choose_transcript(TranscriptChoice {
            id: wanted.id,
            rev: wanted.meta.rev,
        })?;
    }
    let told = Told {
        case_id: case.to_string(),
        texts: texts_of(at_desk, case)?,
    };
    Answer::new(&told, text(&told.texts))
}

fn texts_of(at_desk: &AtDesk, case: CaseId) -> AppResult<Vec<Transcript>> {
    Ok(at_desk.get_case(case)?.texts)
}

fn text(texts: &[Transcript]) -> String {
    let rows = texts.iter().enumerate().map(|(n, t)| {
        let standing = match t.standing {
            TranscriptStanding::Shown => "在读 · read",
            TranscriptStanding::Beside => "待选 · waits",
            TranscriptStanding::Past => "",
        };
        let by = match (&*t.model, &*t.engine) {
            ("", LIVE_ENGINE) => "边听边写 · live",
            ("", _) => "—",
            (model, _) => model,
        };
        [
            (n + 1).to_string(),
            standing.to_owned(),
            by.to_owned(),
            t.lines.to_string(),
            t.doubtful.to_string(),
            moment::clock(t.heard_ms),
        ]
    });
    let header = [
        "",
        "用途 · use",
        "模型 · model",
        "句 · lines",
        "存疑 · in doubt",
        "话 · speech",
    ];
    screen::table(header, &rows.collect::<Vec<_>>())
}
