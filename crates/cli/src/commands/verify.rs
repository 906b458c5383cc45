//! `qinting verify`

use crate::answer::Answer;
use crate::exit;
use qinting_desk::{AppResult, AtDesk, LogCheckup, LogFault, LogFaultKind};
use std::fmt::Write;

pub(crate) fn run(at_desk: &AtDesk) -> AppResult<Answer> {
    let found = at_desk.verify_log(())?;
    let answer = Answer::new(&found, text(&found))?;
    Ok(match found.is_sound() {
        true => answer,
        false => answer.exiting(exit::WORKSPACE),
    })
}

fn text(found: &LogCheckup) -> String {
    let mut text = format!("核对了 {} 步、{} 个值", found.operations, found.values);
    if found.erased > 0 {
        let _ = write!(text, "，另有 {} 个值已按凭据抹去", found.erased);
    }
    let others = found.chains.iter().filter(|chain| !chain.ours).count();
    // Writing into a text does not fail.
    let _ = match others {
        0 => writeln!(text, "。"),
        n => writeln!(
            text,
            "；{} 条链里有 {n} 条是别处写的，只能看出前后连得上。",
            found.chains.len()
        ),
    };
    if found.is_sound() {
        text.push_str("变更记录没有被动过。\n");
        return text;
    }
    let _ = writeln!(text, "有 {} 处不对：", found.fault_count);
    for fault in &found.faults {
        let _ = writeln!(text, "  {}", told(fault));
    }
    text.push_str(
        "有人绕过亲听动过数据库，或者放回了一份旧的。请保留现在的文件夹；qinting restore 列出可以退回的备份。\n",
    );
    text
}

fn told(fault: &LogFault) -> String {
    let (n, count) = (fault.n, fault.count);
    match fault.what {
        LogFaultKind::Edited => format!("第 {n} 步被改过。"),
        LogFaultKind::ValueEdited => format!("第 {n} 步写的内容被改过。"),
        LogFaultKind::ValueGone => format!("第 {n} 步写的内容没了，也没有抹去的记录。"),
        LogFaultKind::Missing => format!("第 {n} 步之前少了 {count} 步。"),
        LogFaultKind::Doubled => format!("第 {n} 步出现了两次。"),
        LogFaultKind::Cut => format!("只到第 {n} 步：这台电脑后来还写过 {count} 步。"),
        LogFaultKind::Forked => format!("第 {n} 步不是这台电脑当时写的那一步。"),
        LogFaultKind::NotOurs => format!("从第 {n} 步起有 {count} 步不是这台电脑写的。"),
        LogFaultKind::Stray => format!("有 {count} 行不属于任何一步。"),
        LogFaultKind::Index => format!("“这些内容说的是谁”的索引对不上，差 {count} 条。"),
        LogFaultKind::Newer => format!("第 {n} 步是新版本写的，这一版读不了；请先更新亲听。"),
    }
}
