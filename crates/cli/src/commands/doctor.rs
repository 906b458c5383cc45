//! `qinting doctor`

use crate::answer::Answer;
use crate::{exit, screen};
use qinting_app::{AppResult, DoctorReport, ModelState, Seat};
use qinting_domain::path_text;

pub(crate) fn run(seat: &Seat) -> AppResult<Answer> {
    let report = seat.doctor(())?;
    let answer = Answer::new(&report, text(&report))?;
    Ok(if report.healthy {
        answer
    } else {
        answer.exiting(exit::WORKSPACE)
    })
}

/// Cases that are named of many.
const NAMED: usize = 3;

fn titles(r: &DoctorReport) -> String {
    let named = r.to_retake.iter().take(NAMED);
    named
        .map(|c| c.title.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

fn text(r: &DoctorReport) -> String {
    let mut out = String::new();
    let mut say = |sign: &str, what: &str, fact: String| {
        out.push_str(&format!("{sign} {what}  {}\n", screen::line(&fact)));
    };
    let sign = |good: bool| if good { "✓" } else { "✗" };
    let hint = |good: bool| if good { "✓" } else { "!" };
    say(sign(true), "版本", r.version.clone());
    say(
        sign(true),
        "工作区",
        path_text::shown(path_text::from_text(&r.workspace)),
    );
    let db = &r.database;
    say(
        sign(db.sound),
        "数据库",
        if db.sound {
            format!(
                "完好（结构 {}，SQLite {}）",
                db.schema_version, db.sqlite_version
            )
        } else {
            format!("损坏：{}", db.problems.join("；"))
        },
    );
    say(
        hint(r.index.is_done()),
        "搜索",
        match r.index.percent() {
            None => "索引齐全".into(),
            Some(percent) => format!("索引在更新，{percent} %：程序开着就会更新完"),
        },
    );
    let missing = r.missing_media.len();
    say(
        sign(missing == 0),
        "录音文件",
        match missing {
            0 => format!("齐全（{} MB）", r.media_bytes / 1_000_000),
            n => format!("缺 {n} 个：从备份找回 media 文件夹，或重新导入原文件"),
        },
    );
    let older = r.to_retake.len();
    say(
        hint(older == 0),
        "解码",
        match older {
            0 => "都是现在的解码".into(),
            n => format!(
                "{n} 通是旧的解码收的，可能少了结尾或整体偏晚：qinting retake CASE 重新取（{}{}）",
                titles(r),
                if n > NAMED { "…" } else { "" }
            ),
        },
    );
    say(
        hint(r.free_bytes > 1_000_000_000),
        "磁盘",
        format!("余 {} MB", r.free_bytes / 1_000_000),
    );
    let ready: Vec<&str> = r
        .models
        .iter()
        .filter(|m| m.state == ModelState::Installed)
        .map(|m| m.name.as_str())
        .collect();
    say(
        hint(!ready.is_empty()),
        "模型",
        if ready.is_empty() {
            format!(
                "没有：在应用的“模型”里下载，或用 --model FILE（{}）",
                r.models_folder
            )
        } else {
            ready.join("、")
        },
    );
    say(
        hint(r.ffmpeg.is_some()),
        "ffmpeg",
        r.ffmpeg.clone().unwrap_or_else(|| {
            "没有：读不了 AMR、3GP、WMA、GSM 等，装上即可（apt install ffmpeg）".into()
        }),
    );
    let devices: Vec<&str> = r.devices.iter().map(|d| d.name.as_str()).collect();
    say(
        hint(!devices.is_empty()),
        "输出设备",
        if devices.is_empty() {
            "没有：可以看和标记，听不到声音".into()
        } else {
            devices.join("、")
        },
    );
    out
}
