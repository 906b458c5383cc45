//! Chats in JSON: Amazon Connect, 七鱼, and whoever else lists who wrote what.

use super::draft::{Draft, Told};
use super::rows::{compared, kind_of};
use super::{ChatFormat, ChatTurns, TurnKind, TurnTime, time, vcon};
use crate::json::{Node, has_times, parsed};
use crate::{NoteKind, Party, Reason, Refusal};
use serde_json::Value;
use std::collections::VecDeque;

/// So many values are looked at for the list of messages.
const LOOKED_AT: usize = 20_000;

/// Keys as they are compared: small letters, without blanks, dashes and points.
const TEXT: &[&str] = &[
    "text",
    "content",
    "message",
    "msg",
    "body",
    "messagetext",
    "msgcontent",
    "utterance",
    "内容",
    "消息内容",
    "消息",
];
const WHO: &[&str] = &[
    "displayname",
    "sendername",
    "fromname",
    "nickname",
    "nick",
    "staffname",
    "username",
    "author",
    "sender",
    "from",
    "speaker",
    "name",
    "发送人",
    "昵称",
];
const PARTY: &[&str] = &[
    "participantrole",
    "role",
    "sendertype",
    "senderrole",
    "sendrole",
    "fromtype",
    "usertype",
    "fromterminal",
    "direction",
    "party",
    "participantid",
    "角色",
    "身份",
    "发送者类型",
];
const TIME: &[&str] = &[
    "absolutetime",
    "time",
    "timestamp",
    "ts",
    "datetime",
    "createtime",
    "createdat",
    "sendtime",
    "sentat",
    "msgtime",
    "messagetime",
    "date",
    "starttimestampusec",
    "start",
    "时间",
    "发送时间",
];
const KIND: &[&str] = &[
    "contenttype",
    "msgtype",
    "messagetype",
    "mtype",
    "type",
    "kind",
    "消息类型",
];
/// What in an object is the text of it, or stands for it.
const INSIDE: &[&str] = &[
    "text",
    "content",
    "msg",
    "message",
    "body",
    "title",
    "name",
    "filename",
    "attachmentname",
    "url",
    "picurl",
    "description",
];

/// Reads a document that is a chat.
pub(super) fn read(text: &str) -> Result<ChatTurns, Refusal> {
    let document = parsed(text)?;
    let root = Node::root(&document);
    if vcon::is_one(&root) {
        return vcon::read(&root);
    }
    if has_times(&root) {
        return Err(Refusal::of(Reason::NoChat));
    }
    let list = messages(root).ok_or_else(|| Refusal::of(Reason::NoChat))?;
    let mut draft = Draft::of(format_of(&list));
    push_all(&mut draft, &list)?;
    draft.finish()
}

/// The longest list of messages, nearest to the root.
fn messages(root: Node<'_>) -> Option<Node<'_>> {
    let (mut found, mut most, mut seen) = (None, 0, 0);
    let mut waiting = VecDeque::from([root]);
    while let Some(node) = waiting.pop_front() {
        seen += 1;
        if seen > LOOKED_AT {
            break;
        }
        let length = node.value().as_array().map_or(0, Vec::len);
        if length > most && node.items().any(|item| is_message(&item)) {
            (found, most) = (Some(node), length);
            continue;
        }
        waiting.extend(node.items());
        let keys = node
            .value()
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys());
        waiting.extend(keys.filter_map(|key| node.at(key)));
    }
    found
}

/// Something written, with who wrote it or when.
fn is_message(item: &Node<'_>) -> bool {
    let is_written = get(item, TEXT).is_some_and(|text| !text_of(text).is_empty());
    is_written
        && [WHO, PARTY, TIME, &["fromuser"]]
            .iter()
            .any(|keys| get(item, keys).is_some())
}

fn format_of(list: &Node<'_>) -> ChatFormat {
    let has = |key: &str| list.items().any(|item| item.at(key).is_some());
    if has("ContentType") && has("ParticipantRole") {
        ChatFormat::AmazonConnect
    } else if has("fromUser") || (has("sessionId") && has("mType")) {
        ChatFormat::Qiyu
    } else {
        ChatFormat::Json
    }
}

/// Takes every message of a list.
pub(super) fn push_all(draft: &mut Draft, list: &Node<'_>) -> Result<(), Refusal> {
    for item in list.items() {
        if is_signal(&item) {
            draft.note(NoteKind::SignalsLeftOut, item.place());
            continue;
        }
        let (label, party) = who(&item);
        let participant = draft.participant(&label, party)?;
        let (kind, text) = what(draft, &item);
        let is_of_system = party == Party::System && kind == TurnKind::Text;
        draft.push(Told {
            participant,
            time: when(&item),
            kind: if is_of_system { TurnKind::System } else { kind },
            text,
            at: item.place(),
        })?;
    }
    Ok(())
}

/// What the first of the keys holds that is there, however it is written.
fn get<'v>(item: &Node<'v>, keys: &[&str]) -> Option<&'v Value> {
    let object = item.value().as_object()?;
    keys.iter().find_map(|wanted| {
        let mut held = object.iter().filter(|(_, value)| !value.is_null());
        held.find(|(key, _)| compared(key) == *wanted)
            .map(|(_, value)| value)
    })
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Somebody is typing, has got it, has read it.
fn is_signal(item: &Node<'_>) -> bool {
    let kind = get(item, KIND).map(word).unwrap_or_default().to_lowercase();
    let last = kind.rsplit(['.', '/', '_']).next().unwrap_or_default();
    matches!(
        last,
        "typing" | "delivered" | "read" | "metadata" | "heartbeat" | "probe"
    )
}

/// The name somebody goes by, and what they are.
fn who(item: &Node<'_>) -> (String, Party) {
    let said = |keys| get(item, keys);
    let (mut label, mut party) = (String::new(), Party::Unknown);
    match said(WHO) {
        // A sender of their own: {"name": …, "type": …}.
        Some(Value::Object(_)) => {
            let sender = said(WHO).map(Node::root);
            let inside = |keys: &[&str]| sender.as_ref().and_then(|s| get(s, keys)).map(word);
            label =
                inside(&["name", "displayname", "nickname", "id", "userid"]).unwrap_or_default();
            party =
                inside(&["role", "type", "sendertype"]).map_or(Party::Unknown, |w| party_of(&w));
        }
        Some(value) => label = word(value),
        None => {}
    }
    let role = said(PARTY).map(word).unwrap_or_default();
    if party == Party::Unknown {
        party = party_of(&role);
    }
    if label.is_empty() || (is_number(&label) && party != Party::Unknown) {
        label = role;
    }
    // 七鱼 says whether it was the visitor.
    match said(&["fromuser"]).map(word).as_deref() {
        Some("1" | "true") => (named(label, "访客"), Party::Customer),
        Some("0" | "false") => (named(label, "客服"), Party::Agent),
        _ => (label, party),
    }
}

fn named(label: String, otherwise: &str) -> String {
    match label.is_empty() {
        true => otherwise.to_owned(),
        false => label,
    }
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|b| b.is_ascii_digit())
}

/// What somebody is by the word of a program: `user_h5`, `kf_web`, `in`, `out`.
fn party_of(word: &str) -> Party {
    let known = Party::of(word);
    let word = word.to_lowercase();
    match word.as_str() {
        _ if known != Party::Unknown => known,
        "in" | "inbound" | "incoming" | "received" => Party::Customer,
        "out" | "outbound" | "outgoing" | "sent" => Party::Agent,
        _ if word.starts_with("kf") || word.starts_with("staff") => Party::Agent,
        _ if word.starts_with("user") || word.starts_with("visitor") => Party::Customer,
        _ => Party::Unknown,
    }
}

fn when(item: &Node<'_>) -> Option<TurnTime> {
    match get(item, TIME)? {
        Value::Number(number) => time::of_number(number.as_f64()?),
        Value::String(text) => time::of_text(text),
        _ => None,
    }
}

/// What it is and what it says.
fn what(draft: &mut Draft, item: &Node<'_>) -> (TurnKind, String) {
    let said = get(item, KIND).map(word).unwrap_or_default();
    let text = get(item, TEXT).map(text_of).unwrap_or_default();
    let attached: Vec<Node<'_>> = item
        .first(&["Attachments", "attachments"])
        .iter()
        .flat_map(Node::items)
        .collect();
    if !attached.is_empty() {
        let names = attached.iter().map(|one| text_of(one.value()));
        let media = attached.iter().filter_map(|one| get(one, KIND)).map(word);
        let is_picture = media
            .map(|m| kind_of(&m).0)
            .all(|kind| kind == TurnKind::Picture);
        let kind = if is_picture {
            TurnKind::Picture
        } else {
            TurnKind::File
        };
        let all: Vec<String> = names
            .chain([text])
            .filter(|name| !name.is_empty())
            .collect();
        return (kind, all.join("\n"));
    }
    let (kind, is_known) = kind_of(&said);
    // A number stands for a kind in a list of each vendor's own: what has text is text.
    if !is_known && !text.is_empty() {
        draft.note(NoteKind::KindUnknown, item.place());
    }
    match (kind, text.is_empty(), said.split_once("event.")) {
        (TurnKind::System, true, Some((_, event))) => (kind, event.to_owned()),
        _ => (kind, text),
    }
}

/// The text of a value: of an object what stands for it, of a list all of them.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Object(_) => {
            let node = Node::root(value);
            let inside = get(&node, INSIDE);
            // One step down and no further.
            inside
                .map(|inner| match inner {
                    Value::Object(_) => get(&Node::root(inner), INSIDE)
                        .map(word)
                        .unwrap_or_default(),
                    other => word(other),
                })
                .unwrap_or_default()
        }
        Value::Array(all) => {
            let texts = all.iter().filter(|one| !one.is_array()).map(text_of);
            let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
            texts.join("\n")
        }
        Value::Number(number) => number.to_string(),
        Value::Bool(_) | Value::Null => String::new(),
    }
}
