//! `qinting doctor`

use crate::answer::Answer;
use crate::args::Doctor;
use crate::progress::Progress;
use crate::{exit, screen};
use qinting_desk::{
    AppError, AppEvent, AppResult, AtDesk, BrokenMedia, Checkup, DeskEvent, Kind, MediaFault,
    MediaPart, MediaWayOut, ModelState, codes,
};
use qinting_domain::path_text;

pub(crate) fn run(at_desk: &AtDesk, args: &Doctor) -> AppResult<Answer> {
    let report = if args.full {
        read_all(at_desk)?
    } else {
        at_desk.doctor(())?
    };
    let answer = Answer::new(&report, text(&report))?;
    Ok(if report.healthy {
        answer
    } else {
        answer.exiting(exit::WORKSPACE)
    })
}

/// Reads every media file, and says how far it is where somebody watches.
fn read_all(at_desk: &AtDesk) -> AppResult<Checkup> {
    let stopping = at_desk.clone();
    ctrlc::set_handler(move || {
        // Nothing is left to stop when the reading is over.
        let _ = stopping.doctor_stop(());
    })
    .map_err(|e| AppError::new(codes::INTERNAL).because(Kind::of(&e)))?;
    let line = std::sync::Mutex::new(Progress::new());
    at_desk.desk().on_event(Box::new(move |event| {
        if let (AppEvent::Desk(DeskEvent::Media { reading }), Ok(mut line)) = (event, line.lock()) {
            let share = reading.done_bytes.saturating_mul(1_000) / reading.total_bytes.max(1);
            if share < 1_000 {
                line.show("录音文件", u16::try_from(share).unwrap_or(1_000));
            } else {
                line.clear();
            }
        }
    }));
    at_desk.doctor_full(())
}

/// A broken file in a sentence: of which call, what it is, what is wrong, and what helps.
fn broken(b: &BrokenMedia) -> String {
    let part = match b.part {
        MediaPart::Source => format!("原文件 {}", b.name),
        MediaPart::Audio => "播放用的声音".into(),
        MediaPart::Peaks => "波形".into(),
    };
    let fault = match b.fault {
        MediaFault::Missing => "不见了",
        MediaFault::Unreadable => "读不出来",
        MediaFault::Size => "长短不对",
        MediaFault::Bytes => "内容变了",
    };
    let way_out = match b.way_out {
        MediaWayOut::ImportAgain => "再导入一次原文件就能修好",
        MediaWayOut::TakeAgain => "原文件还好：qinting retake 这一案就能修好",
        MediaWayOut::Backup => "现场录的，从备份找回 media 文件夹",
    };
    let bin = if b.in_bin { "（在回收站）" } else { "" };
    format!(
        "{}{bin}：{part}{fault}；{way_out}",
        screen::short(&b.title, 40)
    )
}

/// Broken files that are listed one by one.
const LISTED: usize = 50;

/// Cases that are named of many.
const NAMED: usize = 3;

fn titles(r: &Checkup) -> String {
    let named = r.to_retake.iter().take(NAMED);
    named
        .map(|c| c.title.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

fn text(r: &Checkup) -> String {
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
    let media = &r.media;
    let ill = media.broken.len();
    let unread = match media.unread {
        0 => String::new(),
        n => format!("，{n} 个收进来后还没从头读过：qinting doctor --full"),
    };
    say(
        sign(ill == 0),
        "录音文件",
        match ill {
            0 => format!(
                "{} 个都在，长短都对（{} MB）；这次从头读了 {} 个{unread}",
                media.files,
                r.media_bytes / 1_000_000,
                media.read
            ),
            n => format!("{} 个里有 {n} 个坏了{unread}", media.files),
        },
    );
    for b in media.broken.iter().take(LISTED) {
        say("✗", "录音文件", broken(b));
    }
    if ill > LISTED {
        say("✗", "录音文件", format!("还有 {} 个", ill - LISTED));
    }
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
    say(
        hint(r.zone.is_some()),
        "时区",
        r.zone.clone().unwrap_or_else(|| {
            "本机没有说：导出里的时间按 UTC 写。设好系统时区，或设环境变量 TZ".into()
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
