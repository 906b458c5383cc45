//! Errors in words: one line in Chinese, one in English, each with the next step. Every code of
//! the app stands here; a test holds the two together.

use crate::screen;
use qinting_desk::codes;
use qinting_domain::{ErrorNote, SoundNotice};
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) mod facts;
mod live;
mod places;
mod sound;

/// The command line makes no sense.
pub(crate) const USAGE: &str = "cli.usage";
/// A title or id end fits several cases; `count`.
pub(crate) const AMBIGUOUS: &str = "cli.ambiguous";

/// The place for the demo holds something else.
pub(crate) const NOT_THE_DEMO: &str = "cli.not_the_demo";

/// An error as `--json` shows it.
#[derive(Serialize)]
pub(crate) struct Worded {
    pub code: String,
    pub message: String,
    pub args: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Failure {
    error: Worded,
}

impl Worded {
    pub fn new(note: &ErrorNote) -> Self {
        let (zh, en) = words(&note.code);
        Self {
            code: note.code.clone(),
            message: format!("{} {}", filled(zh, &note.args), filled(en, &note.args)),
            args: note.args.clone(),
        }
    }

    /// The same for people, in two lines.
    pub fn text(&self) -> String {
        two_lines(&self.code, &self.args)
    }
}

/// An error as the only answer of a command, for programs.
pub(crate) fn as_json(note: &ErrorNote) -> Vec<u8> {
    let failure = Failure {
        error: Worded::new(note),
    };
    // Strings in, strings out: there is nothing in it that could not be written.
    let mut bytes = serde_json::to_vec_pretty(&failure).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The same for people.
pub(crate) fn as_text(note: &ErrorNote) -> String {
    two_lines(&note.code, &note.args) + "\n"
}

/// What a person should know about how sound came in, two lines each.
pub(crate) fn sound_lines(notices: &[SoundNotice]) -> String {
    let lines = notices.iter().map(|notice| {
        let (zh, en) = sound::notice(notice);
        format!("{}\n{}\n", screen::line(&zh), screen::line(&en))
    });
    lines.collect()
}

fn two_lines(code: &str, args: &BTreeMap<String, String>) -> String {
    let (zh, en) = words(code);
    format!("{}\n{} [{code}]", filled(zh, args), filled(en, args))
}

/// Puts arguments into a wording, each by itself and harmless. A part in square brackets goes when its argument is not there.
fn filled(wording: &str, args: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for (i, piece) in wording.split(['[', ']']).enumerate() {
        let optional = i % 2 == 1;
        let mut text = piece.to_owned();
        for (name, value) in args {
            text = text.replace(&format!("{{{name}}}"), &screen::line(value));
        }
        if !optional || text != piece {
            out.push_str(&text);
        }
    }
    out
}

/// The wording of a code: Chinese and English. Square brackets as in [`filled`].
fn words(code: &str) -> (&'static str, &'static str) {
    known(code).unwrap_or((
        "出错了，代码见后。请带着代码反馈。",
        "Something went wrong; please report the code.",
    ))
}

fn known(code: &str) -> Option<(&'static str, &'static str)> {
    general(code)
        .or_else(|| places::known(code))
        .or_else(|| facts::known(code))
        .or_else(|| media(code))
        .or_else(|| speech(code))
        .or_else(|| live::known(code))
        .or_else(|| sound::known(code))
        .or_else(|| issue(code))
}

fn general(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        USAGE => (
            "命令写法不对：看 qinting --help。",
            "The command makes no sense; see qinting --help.",
        ),
        AMBIGUOUS => (
            "有[ {count} 个]案例符合：请用完整编号（qinting cases）。",
            "[{count} ]cases fit; use the full id (qinting cases).",
        ),
        NOT_THE_DEMO => (
            "这个文件夹[（{path}）]里不是演示，没有动它：用 --workspace 另指一个空文件夹。",
            "This folder[ ({path})] holds something other than the demo and was left untouched; name an empty one with --workspace.",
        ),
        codes::NOT_FOUND => (
            "没有找到[（{kind}）]：用 qinting cases 或 qinting issues 看看有什么。",
            "Not found[ ({kind})]; see qinting cases or qinting issues.",
        ),
        codes::CASE_IN_BIN => (
            "这通电话在回收站里：用 qinting bin restore 放回来再试。",
            "This call is in the bin; put it back with qinting bin restore and try again.",
        ),
        codes::CONFLICT => (
            "刚刚有人改过：请再试一次。",
            "Somebody changed it just now; try again.",
        ),
        codes::CANCELLED => ("已取消。", "Cancelled."),
        codes::INVALID => (
            "[{field}：]值不在允许的范围内，请改后再试。",
            "[{field}: ]the value is out of bounds; change it and try again.",
        ),
        codes::INTERNAL => (
            "内部出错：请用 QINTING_LOG=info 再运行一次并反馈日志。",
            "An internal fault; run again with QINTING_LOG=info and report the log.",
        ),
        codes::THREAD_DIED => (
            "内部有一件事中途出错停下了[（{what}）]：已存的都在，请再做一次。",
            "Something inside broke off[ ({what})]; what is saved stays. Do it again.",
        ),
        codes::NOTHING_TO_UNDO => ("没有可以撤销的操作。", "There is nothing to undo."),
        codes::PURGE_HELD => (
            "有人把这一通留住了[：{reason}]：先请管理员用 qinting bin release 解除。",
            "Somebody said that this call must stay[: {reason}]; an administrator has to release it first (qinting bin release).",
        ),
        codes::UNDO_ERASED => (
            "原来的内容已经永久抹去，无法恢复，所以没有撤；需要的话请重新写。",
            "What stood there before was erased for good, so nothing was undone; write it anew if it is needed.",
        ),
        codes::UNDO_OVERWRITTEN => (
            "之后又有人改过，撤销会丢掉那次修改。",
            "It was changed since; undo would take that away.",
        ),
        codes::TEXT_ENCODING => (
            "认不出文字的编码：存成 UTF-8 再来一次。",
            "The encoding of the text cannot be told; save it as UTF-8 and try again.",
        ),
        codes::ROLE_NEEDED => (
            "这一步要由别的身份来做[（{roles}）]：请他们来，或用 --as 换人。",
            "This takes another role[ ({roles})]; ask them, or act as somebody else with --as.",
        ),
        codes::NAME_TAKEN => (
            "这个名字已经有了：换一个。",
            "The name is taken; choose another.",
        ),
        codes::KEY_TAKEN => (
            "这个键已被占用[（{action}）]。",
            "The key is taken[ ({action})].",
        ),
        codes::AUDIO_NO_DEVICE => (
            "没有输出设备：可以看和标记，听不到声音。",
            "There is no output device; you can read and mark, but not hear.",
        ),
        codes::AUDIO_DEVICE_LOST => (
            "输出设备断开了：接上或另选一个。",
            "The output device went away; plug it in or choose another.",
        ),
        _ => return None,
    })
}

fn media(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::IMPORT_TOO_MANY => (
            "文件夹里的东西太多[，一次最多 {limit} 个]：选小一点的文件夹，分几次导入。",
            "There is too much in the folder[, at most {limit} at a time]; import smaller folders one by one.",
        ),
        codes::MEDIA_EMPTY => (
            "文件是空的：请重新导出这段录音。",
            "The file is empty; export the recording again.",
        ),
        codes::MEDIA_NOT_AUDIO => (
            "里面没有能读的录音：请从录音的地方再导出一份，首选 PCM-WAV。",
            "There is no sound in it that can be read; export it again, as PCM-WAV at best.",
        ),
        codes::MEDIA_TRUNCATED => (
            "录音中途断了[，只有 {got_ms} 毫秒]：请重新拷贝或导出。",
            "The audio breaks off[ after {got_ms} ms]; copy or export it again.",
        ),
        codes::MEDIA_BROKEN => (
            "文件内部损坏：请重新导出。",
            "The file is damaged inside; export it again.",
        ),
        codes::MEDIA_UNSUPPORTED => (
            "编码读不了[（{codec}）]：请从录音的地方导出为 PCM-WAV。",
            "The codec cannot be read[ ({codec})]; export it as PCM-WAV where it was recorded.",
        ),
        codes::MEDIA_NEEDS_FFMPEG => (
            "读这种编码[（{codec}）]要有 ffmpeg：装上它（Debian、Ubuntu：apt install ffmpeg）再导入，或从录音的地方导出为 PCM-WAV。",
            "This codec[ ({codec})] takes ffmpeg; install it (Debian, Ubuntu: apt install ffmpeg) and import again, or export PCM-WAV where it was recorded.",
        ),
        codes::MEDIA_TOO_LONG => (
            "录音太长[，上限 {hours} 小时]：请分段。",
            "The recording is too long[, at most {hours} hours]; split it.",
        ),
        codes::MEDIA_TOO_BIG => (
            "文件太大[，上限 {mb} MB]：请分段或压缩。",
            "The file is too big[, at most {mb} MB]; split or compress it.",
        ),
        codes::MEDIA_CHANNELS => (
            "声道太多[（{channels}）]：请导出为单声道或双声道。",
            "Too many channels[ ({channels})]; export one or two.",
        ),
        codes::MEDIA_PAIR_MISMATCH => (
            "两个文件对不上（采样率、长度或声道）：用 --separate 分开导入。",
            "The two files do not fit together; import them apart with --separate.",
        ),
        codes::MEDIA_UNREADABLE => (
            "文件打不开：检查路径和权限。",
            "The file cannot be opened; check the path and permissions.",
        ),
        codes::MEDIA_WORKER_DIED => (
            "解码进程崩溃了[（{reason}）]：文件可能有问题，请重新导出后再试。",
            "The decoding process died[ ({reason})]; export the file again and retry.",
        ),
        codes::MEDIA_MISSING => (
            "保存的录音不见了或被改动：从备份找回 media 文件夹，或重新导入。",
            "The stored audio is gone or changed; restore the media folder or import it again.",
        ),
        _ => return None,
    })
}

fn speech(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::SPEECH_MODEL_MISSING => (
            "还没有模型：在窗口的“模型”里下载，或用 --model FILE 指定。",
            "No model is installed; download one in the window, or name a file with --model.",
        ),
        codes::SPEECH_MODEL_UNREADABLE => (
            "模型文件读不了：重新下载或换一个。",
            "The model file cannot be read; fetch it again or choose another.",
        ),
        codes::SPEECH_WORKER_DIED => (
            "转写进程崩溃了[（{reason}）]：可以再试一次；内存不够时换小一点的模型。",
            "The speech process died[ ({reason})]; try again, with a smaller model when memory is short.",
        ),
        codes::SPEECH_GIVEN_UP => (
            "程序[ {times} 次]都在转写这通时断掉，不再自动重来：用 qinting transcribe 再试，或换小一点的模型。",
            "The program died[ {times} times] while at this call, so it is not begun again by itself; try qinting transcribe, or a smaller model.",
        ),
        codes::JOB_GIVEN_UP => (
            "程序[ {times} 次]都在后台做同一件事时断掉，一周之内不再自动重来；已存的都在。",
            "The program died[ {times} times] at the same work in the background, so it is left alone for a week; what is saved stays.",
        ),
        codes::LIVE_GIVEN_UP => (
            "程序[ {times} 次]都在收一通中断的通话的声音时断掉，一周之内不再自动重来；声音文件都在：用 qinting live recovered 再试。",
            "The program died[ {times} times] while taking in the sound of a call that was cut off, so it is left alone for a week; its files are kept. Try again with qinting live recovered.",
        ),
        codes::SPEECH_FAILED => (
            "转写失败[（{reason}）]：再试一次或换个模型。",
            "Transcription failed[ ({reason})]; try again or use another model.",
        ),
        codes::MODEL_UNKNOWN => ("目录里没有这个模型。", "The catalogue has no such model."),
        codes::MODEL_UNREACHABLE => (
            "下载地址连不上[（{host}）]：检查网络或换镜像。",
            "No mirror answers[ ({host})]; check the network or add a mirror.",
        ),
        codes::MODEL_REFUSED => (
            "服务器拒绝了[（{status}）]：稍后再试或换镜像。",
            "The server refuses[ ({status})]; try later or use another mirror.",
        ),
        codes::MODEL_NOT_SECURE => (
            "下载地址[ {host} ]没有加密（http），不从那里下载：改用 https 的地址。",
            "The mirror[ {host}] is not encrypted (http), so nothing is fetched from it; use an https address.",
        ),
        codes::MODEL_STALLED => (
            "下载停住了[（{seconds} 秒没有数据）]：再试会从断点继续。",
            "The download stalled[ ({seconds} s without data)]; it resumes when you try again.",
        ),
        codes::MODEL_BAD_HASH => (
            "下载的内容不对，已丢弃：请再下载一次。",
            "The bytes are not what the catalogue promises and were dropped; fetch it again.",
        ),
        codes::MODEL_CHANGED => (
            "模型文件和目录里的不一样了，没有用它：删掉再下载，或重新放入文件。",
            "The model file is no longer the one the catalogue names, so it was not used; remove it and fetch it again, or add the file again.",
        ),
        codes::MODEL_NOT_A_MODEL => (
            "这不是 Whisper（ggml）模型文件。",
            "That is not a Whisper (ggml) model file.",
        ),
        codes::MODEL_DEMO_ONLY => (
            "演示模型[“{name}”]只认得演示里的话，不设为默认：换一个模型；一定要用就加 --insist。",
            "The demo model[ '{name}'] knows only the demo calls and was not made the default; choose another, or add --insist.",
        ),
        _ => return None,
    })
}

fn issue(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::ISSUE_STATUS_UNCHANGED => {
            ("已经是这个状态了。", "It stands in that status already.")
        }
        codes::ISSUE_MERGE_ONLY => ("合并要走合并的操作。", "Merging has its own way."),
        codes::ISSUE_NO_EVIDENCE => (
            "先要有证据：归入至少一条观察。",
            "It needs evidence first; file an observation.",
        ),
        codes::ISSUE_REASON_NEEDED => ("要写原因。", "It needs a reason."),
        codes::ISSUE_NOT_YET_VERIFIABLE => (
            "还不能验证关闭：先到“已全量”或“待验证”。",
            "It cannot be verified yet; roll it out first.",
        ),
        codes::ISSUE_NEVER_CLOSED => (
            "还没关闭过，谈不上复发。",
            "It was never closed, so it cannot come back.",
        ),
        codes::ISSUE_MERGE_TARGET => (
            "不能并入自己或已被合并的问题。",
            "It cannot be merged into itself or into one that was merged away.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn every_code_is_worded_in_both_languages() {
        for code in codes::ALL
            .iter()
            .chain([USAGE, AMBIGUOUS, NOT_THE_DEMO].iter())
        {
            let (zh, en) = known(code).unwrap_or_else(|| panic!("{code} has no words"));
            assert!(
                zh.chars().any(|c| c > '\u{2E80}') && en.is_ascii(),
                "{code}: {zh} / {en}"
            );
        }
    }

    #[rstest]
    #[case("磁盘满了[，剩 {free_mb} MB]。", &[("free_mb", "3")], "磁盘满了，剩 3 MB。")]
    #[case("磁盘满了[，剩 {free_mb} MB]。", &[], "磁盘满了。")]
    #[case("[{field}：]不对", &[("field", "at")], "at：不对")]
    fn arguments_find_their_place(
        #[case] wording: &str,
        #[case] args: &[(&str, &str)],
        #[case] text: &str,
    ) {
        let args = args
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        assert_eq!(filled(wording, &args), text);
    }

    #[test]
    fn an_argument_cannot_steer_the_terminal() {
        let note = ErrorNote::new(codes::DISK_DENIED).with("path", "\u{1b}[2J\u{7}");
        assert!(!as_text(&note).contains('\u{1b}'));
    }

    #[test]
    fn an_argument_turns_none_of_the_words_around_it() {
        let note = ErrorNote::new(codes::LINK_ELSEWHERE_NAMED).with("name", "לקוחות");
        assert!(as_text(&note).contains("“\u{2068}לקוחות\u{2069}”"));
    }
}
