//! Errors of listening live, in words.

use qinting_desk::codes;

pub(super) fn known(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::LIVE_RUNNING => (
            "正在听一通现场：先结束它。",
            "A live call is going on; end it first.",
        ),
        codes::LIVE_NOT_RUNNING => (
            "现在没有在听现场：用 qinting live record 开始。",
            "No live call is going on; qinting live record begins one.",
        ),
        codes::LIVE_ELSEWHERE => (
            "这个工作区正在别的窗口或程序里听现场：在那边结束它。",
            "Another window or program has a live call in this workspace; end it there.",
        ),
        codes::LIVE_CONSENT_NEEDED => (
            "要留下声音或文字，先写明依据和告知方式：--consent 和 --notice。",
            "Words are only kept once ground and notice are given: --consent and --notice.",
        ),
        codes::LIVE_SOURCE_MISSING => (
            "没有这个来源[：{name}]：用 qinting live sources 看看有什么。",
            "There is no such source[: {name}]; see qinting live sources.",
        ),
        codes::LIVE_SOURCE_REFUSED => (
            "来源[“{name}”]没有给出声音：检查连接、权限和是否静音。",
            "The source[ '{name}'] gives no sound; check plug, permission and mute.",
        ),
        codes::LIVE_NO_SYSTEM_SOUND => (
            "这个系统上录不到电脑播放的声音：接一条分线，或用第二个麦克风。",
            "What this machine plays cannot be captured on this system; use a splitter or a second microphone.",
        ),
        codes::LIVE_DISK_LOW => (
            "磁盘空间不够开始[，只够 {minutes} 分钟]：先腾出空间。",
            "There is not enough room to begin[, only {minutes} min]; make room first.",
        ),
        codes::LIVE_DISK_CLOSED => (
            "磁盘快满了，录音已完整收尾：腾出空间再开始。",
            "The disk was nearly full and the recording was closed whole; make room before the next.",
        ),
        codes::LIVE_SLEPT => (
            "电脑睡眠太久[（{minutes} 分钟）]，录音已完整收尾。",
            "The machine slept too long[ ({minutes} min)] and the recording was closed whole.",
        ),
        codes::LIVE_DAMAGED => (
            "这段录音不完整[：应有 {promised_ms} 毫秒][，只有 {got_ms} 毫秒]；文字和标记都在。",
            "This recording is damaged[: {promised_ms} ms were promised][, {got_ms} ms are there]; text and marks are kept.",
        ),
        codes::LIVE_HAS_AUDIO => (
            "这通来电已经有录音，不用对齐。",
            "This call has its sound already; there is nothing to align.",
        ),
        codes::LIVE_KEY_REFUSED => (
            "全局标记键[（{key}）]用不了：被别的程序占用，或系统不允许；换一个组合键。",
            "The global mark key[ ({key})] cannot be had: another program has it, or the system does not allow it; choose another.",
        ),
        _ => return None,
    })
}
