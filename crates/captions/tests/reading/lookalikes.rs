//! A small file of ours for every format: what a person would read out of it is what comes out.

use crate::told::{look, told};
use qinting_captions::{Format, NoteKind, Party};
use rstest::rstest;

#[rstest]
#[case("voices.vtt", Format::WebVtt, &["1000–2500 客户: 喂，A&B 店吗？", "3602600–3604000 坐席: 在的", "3602600–3604000 客户: 我要退款"])]
#[case("lenient.srt", Format::Srt, &["1500–3250 坐席: 您好，请讲", "4000–6000 客户: 订单 3500没有到", "5500–7000 坐席: 3 < 5 天"])]
#[case("lines.txt", Format::PlainLines, &["1000–2000 坐席: 您好", "3500–6300 客户: 我要退款还有运费", "62000–65150 坐席: 好的[0:70.000] 不是时间"])]
#[case("said_below.txt", Format::PlainLines, &["1000–2400 说话人1: 您好，请讲", "4000–5400 说话人2: 我要退款"])]
#[case("whisper_cli.txt", Format::PlainLines, &["0–2400 : 您好，请讲。", "2400–5000 : 我要退款。"])]
#[case("long.TextGrid", Format::TextGrid, &["10000–11500 客户: 我要\"退\"", "12000–13000 坐席: 好", "14000–14250 客户: 款"])]
#[case("short.TextGrid", Format::TextGrid, &["0–2250 坐席: 您好请讲", "2500–5500 客户: 我要退款"])]
#[case("aliyun.json", Format::Aliyun, &["300–1500 0: 您好，请讲。", "1200–3000 1: 我要退款。"])]
#[case("aliyun_callback.json", Format::Aliyun, &["300–1500 1: 您好，请讲。"])]
#[case("dashscope.json", Format::DashScope, &["100–900 0: 您好。", "1000–2000 1: 我要退款。"])]
#[case("tencent.json", Format::Tencent, &["1000–2000 0: 您好，请讲。", "3000–4000 1: 我要退款。"])]
#[case("tencent_lines.json", Format::Tencent, &["1000–2000 0: 您好，请讲。", "3000–64250 1: 我要退款。"])]
#[case("iflytek.json", Format::Iflytek, &["410–1500 1: 您好！", "1600–3000 2: 我要退款。"])]
#[case("iflytek_lattice.json", Format::IflytekLattice, &["50–1560 1: 您好，请讲"])]
#[case("transcribe.json", Format::AwsTranscribe, &["100–900 spk_0: Hello there.", "1200–1500 spk_1: Hi."])]
#[case("transcribe_channels.json", Format::AwsTranscribe, &["100–400 ch_0: Hello", "300–600 ch_1: Hi"])]
#[case("transcribe_segments.json", Format::AwsTranscribe, &["0–500 spk_0: Hello."])]
#[case("call_analytics.json", Format::AwsCallAnalytics, &["40–400 AGENT: 您好。", "500–1400 CUSTOMER: 我要退款。"])]
#[case("contact_lens.json", Format::ContactLens, &["0–900 p2: Hello.", "1000–2000 p1: Refund, please."])]
#[case("azure_batch.json", Format::AzureBatch, &["70–1660 1: 您好。", "2000–3000 1: 退款。"])]
#[case("azure_fast.json", Format::AzureFast, &["80–1000 2: 您好。"])]
#[case("azure_conversation.json", Format::AzureConversation, &["100–400 Agent: 您好", "– 王女士: 退款"])]
#[case("google_v1.json", Format::Google, &["0–900 1: hello there", "1000–1500 2: hi"])]
#[case("google_v2.json", Format::Google, &["0–1500 1: 您好", "1500–4000 1: 好的", "2000–3000 1: 退款"])]
#[case("whisper.json", Format::Whisper, &["0–1480 : 您好", "2000–3000 SPEAKER_00: 请讲"])]
#[case("whisper_service.json", Format::Whisper, &["0–1500 : 您好", "2000–3000 : 请讲"])]
#[case("whisper_words.json", Format::Whisper, &["100–1000 : Hello there.", "2000–2400 : Refund"])]
#[case("whisper_cpp.json", Format::WhisperCpp, &["0–2400 : Hello您好"])]
#[case("funasr.json", Format::FunAsr, &["300–900 0: 您好，请讲。", "1000–1600 1: 我要退款。"])]
#[case("funasr_whole.json", Format::FunAsr, &["0–400 : 您好。", "500–1300 : Hello退款"])]
#[case("huawei.json", Format::Huawei, &["100–1480 agent: 您好。", "1500–2500 user: 退款。"])]
#[case("huawei_inspection.json", Format::Huawei, &["0–800 left: 退款", "900–1500 right: 您好"])]
#[case("harper_valley.json", Format::HarperValley, &["5990–6890 agent: hello there", "7000–7500 caller: hi [noise]"])]
#[case("somebody.json", Format::TimedJson, &["200–2600 坐席: 您好，请问有什么可以帮您", "3000–4200 客户: 我要退款"])]
fn a_file_is_read_as_a_person_reads_it(
    #[case] name: &str,
    #[case] format: Format,
    #[case] lines: &[&str],
) {
    let text = look(name);
    assert_eq!(text.format, format);
    assert_eq!(told(&text), lines);
}

#[rstest]
#[case("voices.vtt", &[(NoteKind::EmptyLeftOut, 1), (NoteKind::VoiceNotClosed, 1)])]
#[case("lenient.srt", &[(NoteKind::EmptyLeftOut, 1), (NoteKind::SpeakerFromText, 3)])]
#[case("lines.txt", &[(NoteKind::EndsReckoned, 3)])]
#[case("long.TextGrid", &[(NoteKind::OutOfOrder, 1), (NoteKind::TiersLeftOut, 2)])]
#[case("short.TextGrid", &[])]
#[case("aliyun.json", &[(NoteKind::WordsLeftOut, 1)])]
#[case("tencent_lines.json", &[(NoteKind::BeyondEnd, 1)])]
#[case("call_analytics.json", &[(NoteKind::Redacted, 1)])]
#[case("azure_batch.json", &[(NoteKind::EmptyLeftOut, 1)])]
#[case("azure_conversation.json", &[(NoteKind::TimesMissing, 1)])]
#[case("funasr.json", &[(NoteKind::WordsLeftOut, 1)])]
#[case("huawei.json", &[(NoteKind::InterimLeftOut, 1)])]
#[case("somebody.json", &[(NoteKind::UnitGuessed, 1)])]
#[case("whisper.json", &[])]
fn what_a_person_should_know_is_told(#[case] name: &str, #[case] notes: &[(NoteKind, u32)]) {
    let text = look(name);
    let told: Vec<_> = text.notes.iter().map(|n| (n.kind, n.count)).collect();
    assert_eq!(told, notes);
}

#[rstest]
#[case("aliyun.json", 1, &["1200–2000 我要", "2000–3000 退款"])]
#[case("dashscope.json", 0, &["100–900 您好"])]
#[case("tencent.json", 0, &["1100–1500 您好", "1500–1900 请讲"])]
#[case("tencent.json", 1, &["3100–3900 退款"])]
#[case("iflytek.json", 0, &["440–810 您好"])]
#[case("iflytek_lattice.json", 0, &["60–450 您好，", "460–950 请讲"])]
#[case("transcribe.json", 0, &["100–400 Hello", "500–900 there."])]
#[case("transcribe_segments.json", 0, &["100–400 Hello."])]
#[case("call_analytics.json", 0, &["40–330 您好。"])]
#[case("azure_batch.json", 0, &["70–570 您好"])]
#[case("azure_fast.json", 0, &["80–580 您好"])]
#[case("azure_conversation.json", 0, &["100–300 您", "300–400 好"])]
#[case("google_v2.json", 2, &["2000–2400 退", "2400–3000 款"])]
#[case("whisper.json", 0, &["0–700 您", "700–1480 好"])]
#[case("whisper_service.json", 1, &["2000–2400 请", "2400–3000 讲"])]
#[case("whisper_cpp.json", 0, &["0–600 Hello", "600–900 您", "900–1200 好"])]
#[case("funasr.json", 0, &["300–400 您", "400–500 好，", "600–700 请", "700–900 讲。"])]
#[case("huawei.json", 0, &["100–700 您好"])]
#[case("harper_valley.json", 0, &["5990–6320 hello", "6650–6800 there"])]
#[case("harper_valley.json", 1, &[])]
fn words_are_on_the_clock_of_the_text(
    #[case] name: &str,
    #[case] line: usize,
    #[case] words: &[&str],
) {
    let text = look(name);
    let told: Vec<String> = text.lines[line]
        .words
        .iter()
        .map(|w| format!("{}–{} {}", w.stretch.start_ms, w.stretch.end_ms, w.text))
        .collect();
    assert_eq!(told, words);
}

#[rstest]
#[case("voices.vtt", &[Some(0.875), None, None])]
#[case("transcribe.json", &[Some(0.75), Some(0.75)])]
#[case("call_analytics.json", &[Some(0.5), None])]
#[case("azure_batch.json", &[Some(0.5), Some(0.75)])]
#[case("google_v2.json", &[Some(0.5), Some(0.5), None])]
#[case("whisper.json", &[Some(0.5), Some(0.9048)])]
#[case("whisper_cpp.json", &[Some(0.75)])]
#[case("huawei.json", &[Some(0.5), Some(0.5)])]
#[case("aliyun.json", &[None, None])]
fn how_sure_an_engine_was_is_between_nothing_and_one(
    #[case] name: &str,
    #[case] sure: &[Option<f32>],
) {
    let text = look(name);
    let told: Vec<_> = text.lines.iter().map(|line| line.confidence).collect();
    let is_so = |(told, sure): (&Option<f32>, &Option<f32>)| match (told, sure) {
        (Some(told), Some(sure)) => (told - sure).abs() < 1e-4,
        (told, sure) => told == sure,
    };
    assert_eq!(told.len(), sure.len());
    assert!(told.iter().zip(sure).all(is_so), "{told:?}");
}

#[rstest]
#[case("voices.vtt", &[(Party::Customer, None), (Party::Agent, None)])]
#[case("aliyun.json", &[(Party::Unknown, Some(0)), (Party::Unknown, Some(1))])]
#[case("iflytek_lattice.json", &[(Party::Unknown, Some(1))])]
#[case("transcribe_channels.json", &[(Party::Unknown, Some(0)), (Party::Unknown, Some(1))])]
#[case("contact_lens.json", &[(Party::Agent, None), (Party::Customer, None)])]
#[case("azure_conversation.json", &[(Party::Agent, None), (Party::Customer, None)])]
#[case("huawei.json", &[(Party::Agent, None), (Party::Customer, None)])]
#[case("huawei_inspection.json", &[(Party::Customer, Some(0)), (Party::Agent, Some(1))])]
#[case("harper_valley.json", &[(Party::Agent, Some(1)), (Party::Customer, Some(0))])]
#[case("somebody.json", &[(Party::Agent, Some(1)), (Party::Customer, Some(0))])]
fn who_speaks_is_what_the_file_says(#[case] name: &str, #[case] parties: &[(Party, Option<u16>)]) {
    let text = look(name);
    let told: Vec<_> = text.speakers.iter().map(|s| (s.party, s.channel)).collect();
    assert_eq!(told, parties);
}

#[test]
fn engine_model_language_and_length_are_kept() {
    let text = look("whisper_cpp.json");
    assert_eq!(
        (text.engine.as_str(), text.model.as_str()),
        ("whisper.cpp", "base")
    );
    for (name, language, length) in [
        ("whisper_cpp.json", "zh", None),
        ("voices.vtt", "zh", None),
        ("call_analytics.json", "zh", Some(1_500)),
        ("google_v2.json", "zh", None),
        ("tencent.json", "", Some(6_500)),
        ("azure_batch.json", "", Some(5_000)),
        ("long.TextGrid", "", Some(10_000)),
        ("iflytek_lattice.json", "", Some(5_000)),
    ] {
        let text = look(name);
        assert_eq!(
            (text.language.as_str(), text.length_ms),
            (language, length),
            "{name}"
        );
    }
    assert_eq!(look("long.TextGrid").begins_ms, 10_000);
}
