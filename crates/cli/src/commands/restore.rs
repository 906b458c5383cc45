//! `qinting restore`: the way back, without opening the workspace first.

use crate::answer::Answer;
use crate::args::Restore;
use crate::screen;
use jiff::{Timestamp, tz::TimeZone};
use qinting_desk::{AppError, AppResult, CopyRow, codes};
use serde_json::json;
use std::path::Path;

pub(crate) fn run(args: &Restore, workspace: &Path) -> AppResult<Answer> {
    let device = qinting_host::Places::of_this_user().device();
    if args.salvage {
        let found = qinting_host::salvage(workspace, &device)?;
        let text = format!(
            "读出 {} 行；缺 {} 行，其中 {} 行从备份里补上；{} 行离了缺的那些没有意义，没有收。坏的那一份在 backups 里。\n",
            found.saved, found.lost, found.from_copy, found.left_out
        );
        return Answer::new(&json!({ "salvaged": found }), text);
    }
    let copies = qinting_host::copies_of(workspace)?;
    let Some(asked) = &args.copy else {
        return Answer::new(&json!({ "copies": copies }), list(&copies));
    };
    let copy = chosen(&copies, asked)?;
    qinting_host::restore(workspace, &copy.name, &device)?;
    let text = format!(
        "已退回 {}；原来的数据库在 backups 里，没有删。\n",
        when(copy.made_at)
    );
    Answer::new(&json!({ "restored": copy }), text)
}

fn chosen<'a>(copies: &'a [CopyRow], asked: &str) -> AppResult<&'a CopyRow> {
    let is_meant = |copy: &&CopyRow| match asked {
        "newest" => copy.readable && !copy.is_aside,
        name => copy.name == name,
    };
    let none = || AppError::new(codes::NOT_FOUND).with("kind", "copy");
    copies.iter().find(is_meant).ok_or_else(none)
}

fn list(copies: &[CopyRow]) -> String {
    if copies.is_empty() {
        return "还没有备份：每天第一次打开时自动做一份。\n".into();
    }
    let rows: Vec<[String; 6]> = copies
        .iter()
        .map(|copy| {
            let what = match (copy.readable, copy.is_aside) {
                (false, _) => "读不出",
                (true, true) => "退回时放到一边的",
                (true, false) => "备份",
            };
            [
                when(copy.made_at),
                copy.cases.to_string(),
                copy.observations.to_string(),
                copy.issues.to_string(),
                what.to_owned(),
                screen::line(&copy.name),
            ]
        })
        .collect();
    screen::table(
        ["什么时候", "案例", "观察", "问题", "是什么", "名字"],
        &rows,
    )
}

fn when(at_ms: i64) -> String {
    Timestamp::from_millisecond(at_ms).map_or_else(
        |_| at_ms.to_string(),
        |at| {
            at.to_zoned(TimeZone::system())
                .strftime("%Y-%m-%d %H:%M")
                .to_string()
        },
    )
}
