//! A chat in the rows of a table, whoever read the table: which column holds what, its heading says.

use super::draft::{Draft, Told};
use super::{ChatFormat, ChatTurns, TurnKind, time};
use crate::{NoteKind, Party, Place, Reason, Refusal};

/// The names of a column, in the small letters and without the blanks and dashes headings are compared in.
const TEXT: &[&str] = &[
    "text",
    "content",
    "message",
    "msg",
    "body",
    "messagetext",
    "messagecontent",
    "utterance",
    "内容",
    "消息",
    "消息内容",
    "聊天内容",
    "文本",
    "对话内容",
    "发言内容",
    "回复内容",
    "发送内容",
];
const WHO: &[&str] = &[
    "sender",
    "from",
    "speaker",
    "author",
    "name",
    "displayname",
    "sendername",
    "fromname",
    "nickname",
    "发送人",
    "发送者",
    "发言人",
    "发送方",
    "昵称",
    "姓名",
    "说话人",
    "用户名",
];
const PARTY: &[&str] = &[
    "role",
    "party",
    "sendertype",
    "senderrole",
    "fromtype",
    "participantrole",
    "usertype",
    "角色",
    "身份",
    "发送者类型",
    "发送人类型",
    "发送方类型",
    "消息来源",
    "来源",
];
const TIME: &[&str] = &[
    "time",
    "timestamp",
    "date",
    "datetime",
    "sentat",
    "sendtime",
    "createdat",
    "createtime",
    "messagetime",
    "absolutetime",
    "时间",
    "发送时间",
    "消息时间",
    "创建时间",
    "日期时间",
    "聊天时间",
    "对话时间",
];
const KIND: &[&str] = &[
    "type",
    "kind",
    "msgtype",
    "messagetype",
    "contenttype",
    "类型",
    "消息类型",
    "内容类型",
];

/// Turns out of the rows of a table. Every row is a turn; where each cell belongs, its column's name says, in
/// Chinese or English, with other columns left alone.
///
/// # Errors
/// [`Reason::NoTextColumn`] where no column says what was written, [`Reason::Empty`] where nobody wrote anything.
pub fn turns_from_rows<C: AsRef<str>, V: AsRef<str>>(
    columns: &[C],
    rows: &[Vec<V>],
) -> Result<ChatTurns, Refusal> {
    let headings: Vec<String> = columns
        .iter()
        .map(|column| compared(column.as_ref()))
        .collect();
    let place = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| headings.iter().position(|heading| heading == name))
    };
    let text = place(TEXT).ok_or_else(|| Refusal::of(Reason::NoTextColumn))?;
    let (who, party, time, kind) = (place(WHO), place(PARTY), place(TIME), place(KIND));
    let mut draft = Draft::of(ChatFormat::Table);
    for (number, row) in (1..).zip(rows) {
        let cell = |at: Option<usize>| {
            at.and_then(|at| row.get(at))
                .map_or("", |cell| cell.as_ref().trim())
        };
        let at = Place::Line(number);
        let party = Party::of(cell(party));
        let label = match cell(who) {
            "" => cell(place(PARTY)),
            who => who,
        };
        let participant = draft.participant(label, party)?;
        let (kind, is_known) = kind_of(cell(kind));
        if !is_known {
            draft.note(NoteKind::KindUnknown, at.clone());
        }
        draft.push(Told {
            participant,
            time: time::of_text(cell(time)),
            kind,
            text: cell(Some(text)).to_owned(),
            at,
        })?;
    }
    draft.finish()
}

/// A heading as it is compared.
pub(super) fn compared(heading: &str) -> String {
    let parts = |c: &char| !(c.is_whitespace() || matches!(c, '_' | '-' | '.' | '\u{FEFF}'));
    heading.to_lowercase().chars().filter(parts).collect()
}

/// What a word for a kind means, and whether it is known; nothing is text.
pub(super) fn kind_of(said: &str) -> (TurnKind, bool) {
    let said = said.trim().to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| said.contains(word));
    // A media type, a class of a vendor or a word: image/png, TIMImageElem, 图片.
    let is_written =
        is(&["text", "文本", "文字", "chat", "markdown", "message"]) && !is(&["event"]);
    if said.is_empty() || is_written {
        (TurnKind::Text, true)
    } else if is(&[
        "image", "picture", "photo", "pic", "img", "图片", "表情", "sticker", "emoji",
    ]) {
        (TurnKind::Picture, true)
    } else if is(&[
        "system",
        "event",
        "notice",
        "notification",
        "tip",
        "系统",
        "通知",
        "事件",
        "info",
    ]) {
        (TurnKind::System, true)
    } else if is(&[
        "file",
        "audio",
        "voice",
        "video",
        "attachment",
        "document",
        "application",
        "文件",
        "语音",
        "视频",
        "附件",
    ]) {
        (TurnKind::File, true)
    } else {
        (TurnKind::Text, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&["会话ID", "发送时间", "角色", "发送人", "消息类型", "消息内容"])]
    #[case(&["session_id", "Send Time", "Sender Type", "Sender Name", "msgType", "Content"])]
    fn columns_are_known_in_both_languages(#[case] columns: &[&str]) {
        let rows = vec![
            vec!["7", "2026-03-06 10:02:11", "客户", "王女士", "文本", "在吗"],
            vec!["7", "2026-03-06 10:02:40", "坐席", "小林", "图片", ""],
            vec!["7", "2026-03-06 10:02:41", "系统", "", "text", "会话已结束"],
            vec!["7", "", "坐席"],
        ];
        let chat = turns_from_rows(columns, &rows).expect("a chat");
        let parties: Vec<_> = chat
            .participants
            .iter()
            .map(|p| (p.label.as_str(), p.party))
            .collect();
        let expected = [
            ("王女士", Party::Customer),
            ("小林", Party::Agent),
            ("系统", Party::System),
            ("坐席", Party::Agent),
        ];
        assert_eq!(parties, expected);
        let kinds: Vec<_> = chat.turns.iter().map(|turn| turn.kind).collect();
        assert_eq!(kinds, [TurnKind::Text, TurnKind::Picture, TurnKind::System]);
        assert_eq!(chat.turns[0].time, time::of_text("2026-03-06 10:02:11"));
        assert_eq!(chat.notes[0].kind, NoteKind::EmptyLeftOut);
    }

    #[test]
    fn a_table_in_which_nobody_writes_is_no_chat() {
        let rows = vec![vec!["a", "b"]];
        let refused = turns_from_rows(&["主叫", "被叫"], &rows).expect_err("no chat");
        assert_eq!(refused.reason, Reason::NoTextColumn);
    }

    #[rstest]
    #[case("", TurnKind::Text, true)]
    #[case("text/plain", TurnKind::Text, true)]
    #[case(
        "application/vnd.amazonaws.connect.event.participant.joined",
        TurnKind::System,
        true
    )]
    #[case("application/pdf", TurnKind::File, true)]
    #[case("image/png", TurnKind::Picture, true)]
    #[case("PICTURE", TurnKind::Picture, true)]
    #[case("语音", TurnKind::File, true)]
    #[case("7", TurnKind::Text, false)]
    fn kinds_are_words_of_many(#[case] said: &str, #[case] kind: TurnKind, #[case] known: bool) {
        assert_eq!(kind_of(said), (kind, known));
    }
}
