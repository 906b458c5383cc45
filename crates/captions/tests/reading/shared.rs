//! Files of real engines, as far as they are here: values a person read out of them by hand.

use crate::told::told;
use qinting_captions::{ForeignText, Format, NoteKind, Party, read, read_chat};
use qinting_testkit::data::shared;
use rstest::rstest;

/// A file of the shared folder; `None`, with a word, where it is not there.
fn taken(name: &str) -> Option<ForeignText> {
    let bytes = std::fs::read(shared(&format!("transcripts/{name}"))?).expect("a file");
    Some(read(&*bytes, Some(name)).unwrap_or_else(|refused| panic!("{name}: {refused:?}")))
}

#[rstest]
#[case("aliyun_filetrans_words.json", Format::Aliyun, 1, &[(0, "340–2365 0: 北京的天气。")])]
#[case("aliyun_filetrans_v2_callback.json", Format::Aliyun, 1, &[(0, "340–2365 0: 北京的天气。")])]
#[case("aws_call_analytics_example-call.json", Format::AwsCallAnalytics, 37, &[
    (0, "40–5050 AGENT: Thank you for calling Anchor Credit Union, the number one choice for captains worldwide, how can I help you?")])]
#[case("azure_call_center_conversation.json", Format::AzureConversation, 17, &[
    (0, "– Agent: Hello, you’re chatting with Rene. How may I help you?"),
    (5, "– Customer: No. Nothing happened."),
    (13, "– Customer: Ah, yes! It works now")])]
#[case("iflytek_lfasr_two_speakers.json", Format::Iflytek, 7, &[
    (0, "410–4010 1: 您好！客服中心为您服务，请问有什么能帮您的吗？"),
    (3, "23700–28330 2: 啊对，啊我不我刚才我在微信上我没记这个业务。啊。"),
    (4, "28550–31320 1: 您稍等帮您进行查询，"),
    (6, "43090–47060 1: 林女士正在帮您")])]
#[case("mfa_two_speakers.TextGrid", Format::TextGrid, 7, &[
    (1, "8016–17207 michael: um this is me talking really slow and slightly lower in intensity uh we're just saying some words"),
    (2, "18360–25252 michael: and here's some more words words words words um and that should be all thanks"),
    (5, "44480–45085 sickmichael: uh")])]
#[case("tencent_asr_success.json", Format::Tencent, 1, &[(0, "20–2380 0: 腾讯云语音识别欢迎您。")])]
#[case("webvtt_voice_not-closed.vtt", Format::WebVtt, 1, &[(0, "0–2000 : It's a blue apple tree!")])]
#[case("webvtt_voice_spec-example.vtt", Format::WebVtt, 13, &[
    (0, "11000–13000 Roger Bingham: We are in New York City"),
    (7, "27000–30000 Roger Bingham: And I want to do a follow-up on the last conversation we did."),
    (9, "30500–32500 Neil deGrasse Tyson: Didn't we talk about enough in that conversation?"),
    (11, "32500–33500 Neil deGrasse Tyson: Laughs"),
    (12, "35500–38000 Roger Bingham: You know I'm so excited my glasses are falling off here.")])]
#[case("whisper_timestamped.json", Format::Whisper, 4, &[
    (0, "120–7620 : Yeah, as much as it's worth celebrating the first spacewalk with an all-female team,"),
    (1, "8540–12360 : I think many of us are looking forward to it just being normal.")])]
#[case("zh_sensevoice_1digit_hour.srt", Format::Srt, 70, &[
    (0, "28934–36006 : 朋友们晚上好，欢迎大家来参加今天晚上的活动，谢谢大家。"),
    (1, "42118–46374 : 这是我第四次颁年度演讲。"),
    (8, "75430–79526 : 现场呢来了很多人，大概有3500人。"),
    (65, "260422–261382 : 是正慑。"),
    (69, "268486–271398 : 我怎么能够把书读的不同凡响呢？")])]
fn real_files_give_the_lines_a_person_reads(
    #[case] name: &str,
    #[case] format: Format,
    #[case] count: usize,
    #[case] lines: &[(usize, &str)],
) {
    let Some(text) = taken(name) else { return };
    let told = told(&text);
    assert_eq!((text.format, told.len()), (format, count));
    for (at, line) in lines {
        assert_eq!(told[*at], *line, "line {at}");
    }
}

#[test]
fn words_and_facts_of_real_files_are_right() {
    let Some(text) = taken("aliyun_filetrans_words.json") else {
        return;
    };
    let words: Vec<_> = text.lines[0]
        .words
        .iter()
        .map(|w| (w.stretch.start_ms, w.text.as_str()))
        .collect();
    assert_eq!(words, [(640, "北京"), (940, "的"), (1_120, "天气")]);
    assert_eq!(text.length_ms, Some(2_956));

    let Some(text) = taken("aws_call_analytics_example-call.json") else {
        return;
    };
    let first = &text.lines[0].words;
    assert_eq!(
        (first.len(), first[6].text.as_str(), first[6].confidence),
        (19, "Union,", Some(1.0))
    );
    assert_eq!(
        (text.language.as_str(), text.length_ms),
        ("en", Some(182_890))
    );
    assert!(
        text.notes
            .iter()
            .any(|note| note.kind == NoteKind::Redacted)
    );
    assert_eq!(text.speakers[1].party, Party::Customer);

    let Some(text) = taken("tencent_asr_success.json") else {
        return;
    };
    assert_eq!(
        text.lines[0].words[3].stretch.end_ms, 2_270,
        "2250 behind the start at 20"
    );
    assert_eq!(text.length_ms, Some(2_380));

    let Some(text) = taken("whisper_timestamped.json") else {
        return;
    };
    assert_eq!(text.lines[0].words[12].text, "all-female");
    assert_eq!(text.lines[0].confidence, Some(0.89));

    let Some(text) = taken("webvtt_voice_spec-example.vtt") else {
        return;
    };
    let open = text
        .notes
        .iter()
        .find(|note| note.kind == NoteKind::VoiceNotClosed);
    assert_eq!(open.map(|note| note.count), Some(13));
    assert_eq!(text.speakers.len(), 2);
}

/// Words alone: lines are ours, times are the file's.
#[test]
fn real_files_of_words_become_lines() {
    let Some(text) = taken("google_stt_diarization.json") else {
        return;
    };
    let told = told(&text);
    assert!(
        told[0].starts_with("12900–19600 2: There was a day about 10 years ago when I asked"),
        "{}",
        told[0]
    );
    let words: usize = text.lines.iter().map(|line| line.words.len()).sum();
    assert_eq!(
        (words, text.speakers.len(), text.ends_ms()),
        (150, 1, Some(72_800))
    );
    assert_eq!(text.language, "en");

    let Some(text) = taken("praat_short_format.TextGrid") else {
        return;
    };
    let all: Vec<_> = text.lines.iter().flat_map(|line| &line.words).collect();
    let last = all.last().expect("a word");
    assert_eq!(
        (
            last.text.as_str(),
            last.stretch.start_ms,
            last.stretch.end_ms
        ),
        ("THREE", 1_422_093, 1_422_233)
    );
    assert_eq!((text.begins_ms, text.length_ms), (1_358_893, Some(63_660)));
    assert!(
        text.notes
            .iter()
            .any(|note| note.kind == NoteKind::TiersLeftOut && note.count == 2)
    );
    assert!(text.lines.iter().all(|line| !line.text.contains("sp ")));
}

#[test]
fn the_chat_of_a_real_vcon_is_turns() {
    let Some(path) = shared("metadata/vcon_billing_dispute.json") else {
        return;
    };
    let bytes = std::fs::read(path).expect("a file");
    let chat = read_chat(&*bytes, None).expect("a chat");
    let parties: Vec<_> = chat
        .participants
        .iter()
        .map(|p| (p.label.as_str(), p.party))
        .collect();
    assert_eq!(
        parties,
        [
            ("Sarah Johnson", Party::Customer),
            ("Agent Mike Rivera", Party::Agent)
        ]
    );
    assert_eq!(chat.turns.len(), 11);
    assert_eq!(chat.turns[3].text, "It's sarah.johnson@email.com.");
    assert_eq!(chat.turns[3].participant, Some(0));
    assert!(chat.turns.iter().all(|turn| turn.time.is_none()));
    assert_eq!(
        chat.turns[10].text,
        "You're welcome, Sarah. Have a great day!"
    );
}

/// A conversation without times is a text nobody can lay on a sound, and a chat.
#[test]
fn a_real_conversation_without_times_is_a_chat_too() {
    let Some(path) = shared("transcripts/azure_call_center_conversation.json") else {
        return;
    };
    let bytes = std::fs::read(path).expect("a file");
    let chat = read_chat(&*bytes, None).expect("a chat");
    assert_eq!((chat.turns.len(), chat.participants.len()), (17, 2));
    assert_eq!(chat.participants[0].party, Party::Agent);
}
