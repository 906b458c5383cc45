//! Chats as they come out of systems: who, when as far as it is said, and what.

use qinting_captions::{ChatFormat, ChatTurns, NoteKind, Party, TurnKind, TurnTime, read_chat};
use rstest::rstest;

const CONNECT: &str = r#"{"Version":"2019-08-26","AWSAccountId":"1","InstanceId":"i","ContactId":"c",
"Participants":[{"ParticipantId":"p1"},{"ParticipantId":"p2"}],"Transcript":[
{"AbsoluteTime":"2026-03-06T09:15:00.000Z","ContentType":"application/vnd.amazonaws.connect.event.participant.joined","Id":"1","Type":"EVENT","ParticipantId":"p1","DisplayName":"王女士","ParticipantRole":"CUSTOMER"},
{"AbsoluteTime":"2026-03-06T09:15:01.000Z","Content":"在吗","ContentType":"text/plain","Id":"2","Type":"MESSAGE","ParticipantId":"p1","DisplayName":"王女士","ParticipantRole":"CUSTOMER"},
{"AbsoluteTime":"2026-03-06T09:15:02.000Z","ContentType":"application/vnd.amazonaws.connect.event.typing","Id":"3","Type":"EVENT","ParticipantId":"p2","DisplayName":"小林","ParticipantRole":"AGENT"},
{"AbsoluteTime":"2026-03-06T09:15:05.000Z","Content":"在的","ContentType":"text/markdown","Id":"4","Type":"MESSAGE","ParticipantId":"p2","DisplayName":"小林","ParticipantRole":"AGENT"},
{"AbsoluteTime":"2026-03-06T09:15:09.000Z","Id":"5","Type":"ATTACHMENT","ParticipantId":"p1","DisplayName":"王女士","ParticipantRole":"CUSTOMER","Attachments":[{"ContentType":"image/png","AttachmentId":"a","AttachmentName":"箱子.png","Status":"APPROVED"}]}]}"#;

const QIYU: &str = r#"{"code":200,"message":[
{"id":2,"sessionId":7,"fromUser":0,"type":"text","content":"您好，请讲","time":1772788505000,"staffName":"小林"},
{"id":1,"sessionId":7,"fromUser":1,"type":"text","content":"在吗","time":1772788501000},
{"id":3,"sessionId":7,"fromUser":1,"type":"picture","content":"{\"url\":\"https://example.com/a.png\",\"name\":\"箱子.png\"}","time":1772788509000}]}"#;

const LIST: &str = r#"[{"from":"user_h5","time":"2026-03-06 17:15:01","text":"在吗"},
{"role":"agent","sender":{"name":"小林","type":"staff"},"content":{"text":"在的"}},
{"role":"system","text":"会话已结束","type":"notice"}]"#;

const LINES: &str = "{\"role\":\"customer\",\"text\":\"在吗\",\"ts\":1772788501}\n{\"role\":\"agent\",\"text\":\"在的\",\"ts\":1772788505}\n";

fn chat(text: &str) -> ChatTurns {
    read_chat(text.as_bytes(), None).expect("a chat")
}

fn told(chat: &ChatTurns) -> Vec<(Option<Party>, TurnKind, &str)> {
    let party = |at: Option<u32>| at.map(|at| chat.participants[at as usize].party);
    let turns = chat.turns.iter();
    turns
        .map(|turn| (party(turn.participant), turn.kind, turn.text.as_str()))
        .collect()
}

const CUSTOMER: Option<Party> = Some(Party::Customer);
const AGENT: Option<Party> = Some(Party::Agent);

#[rstest]
#[case(CONNECT, ChatFormat::AmazonConnect, &[
    (CUSTOMER, TurnKind::System, "participant.joined"), (CUSTOMER, TurnKind::Text, "在吗"),
    (AGENT, TurnKind::Text, "在的"), (CUSTOMER, TurnKind::Picture, "箱子.png")])]
#[case(QIYU, ChatFormat::Qiyu, &[
    (CUSTOMER, TurnKind::Text, "在吗"), (AGENT, TurnKind::Text, "您好，请讲"), (CUSTOMER, TurnKind::Picture, "箱子.png")])]
#[case(LIST, ChatFormat::Json, &[
    (CUSTOMER, TurnKind::Text, "在吗"), (AGENT, TurnKind::Text, "在的"), (Some(Party::System), TurnKind::System, "会话已结束")])]
#[case(LINES, ChatFormat::Json, &[(CUSTOMER, TurnKind::Text, "在吗"), (AGENT, TurnKind::Text, "在的")])]
fn chats_of_systems_are_turns(
    #[case] text: &str,
    #[case] format: ChatFormat,
    #[case] turns: &[(Option<Party>, TurnKind, &str)],
) {
    let chat = chat(text);
    assert_eq!(chat.format, format);
    assert_eq!(told(&chat), turns);
}

#[test]
fn times_are_those_that_are_given() {
    let times = |text: &str| {
        chat(text)
            .turns
            .iter()
            .map(|turn| turn.time)
            .collect::<Vec<_>>()
    };
    let at = |ms: i64| Some(TurnTime::Utc(1_772_788_500_000 + ms));
    assert_eq!(times(CONNECT), [at(0), at(1_000), at(5_000), at(9_000)]);
    assert_eq!(times(QIYU), [at(1_000), at(5_000), at(9_000)]);
    assert_eq!(times(LINES), [at(1_000), at(5_000)]);
    let wall = Some(TurnTime::Wall(1_772_817_301_000));
    assert_eq!(times(LIST), [wall, None, None]);
}

#[test]
fn who_types_and_what_lacks_a_time_is_told_and_no_turn() {
    let notes = |text: &str| {
        let notes = chat(text).notes;
        notes
            .iter()
            .map(|note| (note.kind, note.count))
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(CONNECT), [(NoteKind::SignalsLeftOut, 1)]);
    assert_eq!(notes(QIYU), [(NoteKind::OutOfOrder, 1)]);
    assert_eq!(notes(LIST), [(NoteKind::TimesMissing, 2)]);
}

#[test]
fn a_vcon_is_read_by_its_texts_or_by_its_transcript() {
    let parties = r#""vcon":"0.3.0","parties":[{"name":"王女士","meta":{"role":"customer"}},{"name":"Agent Lin","role":"agent"}]"#;
    let texts = format!(
        r#"{{{parties},"dialog":[{{"type":"text","start":"2026-03-06T09:15:00Z","parties":[0,1],"body":"在吗","mediatype":"text/plain"}},
        {{"type":"text","start":"2026-03-06T09:15:05Z","parties":[0,1],"originator":1,"body":"在的"}}]}}"#
    );
    let transcript = format!(
        r#"{{{parties},"dialog":[{{"type":"text","start":"2026-03-06T09:15:00Z"}}],"analysis":[
        {{"type":"summary","body":"退款"}},{{"type":"transcript","encoding":"none","body":"王女士: 在吗\n\nAgent Lin: 在的\n两天：都在"}}]}}"#
    );
    let expected = [
        (CUSTOMER, TurnKind::Text, "在吗"),
        (AGENT, TurnKind::Text, "在的"),
    ];
    assert_eq!(told(&chat(&texts)), expected);
    let from_transcript = chat(&transcript);
    assert_eq!(from_transcript.turns[1].text, "在的\n两天：都在");
    assert!(from_transcript.turns.iter().all(|turn| turn.time.is_none()));
}
