//! How well the demo's calls are written down, through the whole of the product: command line,
//! import, worker process, voice activity, two channels, the bundled model.

// The figures are what a person wants from this test.
#![allow(clippy::print_stdout)]

use crate::terminal::{Terminal, rows, text};
use qinting_testkit::data::can_speak;
use qinting_testkit::demo_model;
use qinting_testkit::dice::Dice;
use qinting_testkit::sound::Sound;
use qinting_testkit::speak::{Call, Line, Said, call, no_speech, said_in, script};
use qinting_testkit::text::{distance, letters};
use rstest::rstest;
use serde_json::Value;
use std::ffi::OsStr;

/// One line of a transcript.
struct Heard {
    channel: usize,
    role: String,
    start_ms: u64,
    end_ms: u64,
    text: String,
    language: String,
}

fn heard(terminal: &Terminal, case: &str) -> Vec<Heard> {
    let number = |v: &Value| v.as_u64().expect("a number");
    rows(&terminal.ok(["segments", case])["segments"])
        .iter()
        .map(|s| Heard {
            channel: number(&s["channel"]) as usize,
            role: text(&s["role"]),
            start_ms: number(&s["start_ms"]),
            end_ms: number(&s["end_ms"]),
            text: text(&s["text"]),
            language: text(&s["language"]),
        })
        .collect()
}

/// How well a transcript matches what was said.
#[derive(Default)]
struct Score {
    /// Letters of Chinese, words of English; punctuation does not count.
    wrong: usize,
    units: usize,
    lines: usize,
    roles_right: usize,
    /// How far the starts of lines are off, in ms, sorted.
    starts_ms: Vec<u64>,
}

impl Score {
    fn error_rate(&self) -> f64 {
        self.wrong as f64 / self.units as f64
    }

    fn start_at(&self, share: f64) -> u64 {
        self.starts_ms[((self.starts_ms.len() - 1) as f64 * share).round() as usize]
    }

    fn add(&mut self, other: &Self) {
        self.wrong += other.wrong;
        self.units += other.units;
        self.lines += other.lines;
        self.roles_right += other.roles_right;
        self.starts_ms.extend(&other.starts_ms);
        self.starts_ms.sort_unstable();
    }

    fn row(&self, name: &str, language: &str) {
        println!(
            "| {name} | {language} | {:.1} % ({}/{}) | {}/{} | {} ms | {} ms | {} ms | {}/{} |",
            100.0 * self.error_rate(),
            self.wrong,
            self.units,
            self.roles_right,
            self.lines,
            self.start_at(0.5),
            self.start_at(0.95),
            self.start_at(1.0),
            self.starts_ms.len(),
            self.lines,
        );
    }
}

fn head() {
    println!(
        "| call | language | error rate | role right | start median | p95 | worst | lines timed |"
    );
    println!("|---|---|---|---|---|---|---|---|");
}

/// Letters of Chinese or words of English.
fn units(text: &str, language: &str) -> Vec<String> {
    if language == "zh" {
        return letters(text).iter().map(char::to_string).collect();
    }
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The line of the transcript that carries what was said: of those around its time the one whose
/// words are nearest, on whichever channel.
fn carrier<'h>(said: &Said, heard: &'h [Heard]) -> Option<&'h Heard> {
    let words = letters(&said.text);
    heard
        .iter()
        .filter(|h| h.start_ms < said.end_ms + 1_000 && h.end_ms + 1_000 > said.start_ms)
        .min_by_key(|h| {
            (
                distance(&letters(&h.text), &words),
                h.start_ms.abs_diff(said.start_ms),
            )
        })
}

fn score(said: &[Said], heard: &[Heard], language: &str) -> Score {
    let mut score = Score {
        lines: said.len(),
        ..Score::default()
    };
    for channel in 0..2 {
        let mine = said.iter().filter(|s| s.channel == channel);
        let a: Vec<String> = mine.flat_map(|s| units(&s.text, language)).collect();
        let mine = heard.iter().filter(|h| h.channel == channel);
        let b: Vec<String> = mine.flat_map(|h| units(&h.text, language)).collect();
        score.wrong += distance(&a, &b);
        score.units += a.len();
    }
    for line in said {
        let Some(carrier) = carrier(line, heard) else {
            continue;
        };
        let role = ["agent", "customer"][line.channel];
        score.roles_right += usize::from(carrier.role == role);
        // A start is only known of a line that begins where the transcript's line begins.
        if letters(&carrier.text).starts_with(&letters(&line.text)) {
            score
                .starts_ms
                .push(carrier.start_ms.abs_diff(line.start_ms));
        }
    }
    score.starts_ms.sort_unstable();
    score
}

#[test]
fn the_demo_calls_are_written_down_with_their_words_sides_and_times() {
    let terminal = Terminal::new();
    let made = terminal.ok(["demo", "--text"]);
    let transcripts = rows(&made["transcripts"]);
    assert!(
        transcripts.len() == 4 && transcripts.iter().all(|t| t["state"] == "done"),
        "{made:#}"
    );
    let mut all = Score::default();
    let mut by_language = [("zh", Score::default()), ("en", Score::default())];
    head();
    for case in rows(&terminal.ok(["cases"])["cases"]) {
        let id = match text(&case["external_id"]).as_str() {
            "DEMO-0341" => "fridge",
            "DEMO-0388" => "seller",
            "DEMO-0452" => "suitcase",
            "DEMO-0517" => "parcel",
            other => panic!("{other} is not a demo call"),
        };
        let language = if id == "parcel" { "en" } else { "zh" };
        let heard = heard(&terminal, &text(&case["id"]));
        // Nobody said which language it is.
        assert_eq!(case["language"], "auto");
        assert!(heard.iter().all(|h| h.language == language), "{id}");
        let score = score(&said_in(id), &heard, language);
        score.row(id, language);
        all.add(&score);
        for (_, sum) in by_language.iter_mut().filter(|(l, _)| *l == language) {
            sum.add(&score);
        }
    }
    for (language, sum) in &by_language {
        sum.row("together", language);
    }
    all.row("all", "");
    assert!(by_language[0].1.error_rate() <= 0.02);
    assert!(by_language[1].1.error_rate() <= 0.05);
    assert_eq!(all.roles_right, all.lines);
    assert!(
        all.starts_ms.len() * 10 >= all.lines * 9,
        "starts are known"
    );
    assert!(all.start_at(0.5) <= 120 && all.start_at(0.95) <= 400);

    // Marks made before there was text have their words now.
    let export = terminal.ok(["export", "--format", "json"]);
    for mark in rows(&export["observations"]) {
        assert!(!text(&mark["quote"]).is_empty(), "{mark:#}");
    }
}

/// Lines of some calls in another order; the sides keep their lines.
fn shuffled(calls: &[&str], most: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = calls.iter().flat_map(|id| script(id)).collect();
    let mut dice = Dice::new(29);
    for i in (1..lines.len()).rev() {
        let j = dice.between(0.0, i as f32 + 1.0) as usize;
        lines.swap(i, j.min(i));
    }
    lines.truncate(most);
    lines
}

/// Brings a file in and has it written down with the demo model.
fn written_down(terminal: &Terminal, channels: &[Vec<f32>], name: &str) -> String {
    let file = terminal.file(name);
    Sound::of(8_000, channels).write(&file);
    let imported = terminal.ok([OsStr::new("import"), file.as_os_str()]);
    let case = text(&imported["files"][0]["case_id"]);
    let model = demo_model();
    let done = terminal.ok([
        OsStr::new("transcribe"),
        OsStr::new(&case),
        OsStr::new("--model"),
        model.as_os_str(),
    ]);
    assert_eq!(done["transcripts"][0]["state"], "done", "{done:#}");
    case
}

#[rstest]
#[case::mandarin(&["fridge", "suitcase", "seller"], "zh")]
#[case::english(&["parcel"], "en")]
fn new_voices_say_the_same_phrases_in_another_order(
    #[case] calls: &[&str],
    #[case] language: &str,
) {
    if !can_speak() {
        return;
    }
    let terminal = Terminal::new();
    let lines = shuffled(calls, 24);
    // Two voices the model never heard, on the band of a telephone.
    let Call { channels, said, .. } = call(&lines, ["+f5", "+m7"], 8_000, 17, 0.0);
    let case = written_down(&terminal, &channels, "unheard.wav");
    let heard = heard(&terminal, &case);
    // Letters in both languages.
    let score = score(&said, &heard, "zh");
    head();
    score.row("unseen voices", language);
    assert!(score.error_rate() <= 0.08);
    assert_eq!(score.roles_right, score.lines);
    assert!(heard.iter().all(|h| h.language == language));
}

#[rstest]
#[case("zeros", "line noise")]
#[case("hum", "ring tone")]
#[case("american ring tone", "busy tone")]
#[case("tune", "chords")]
fn a_minute_in_which_nobody_speaks_stays_without_a_letter(#[case] one: &str, #[case] other: &str) {
    let terminal = Terminal::new();
    let case = written_down(&terminal, &[no_speech(one), no_speech(other)], "quiet.wav");
    let written: Vec<String> = heard(&terminal, &case)
        .into_iter()
        .map(|h| h.text)
        .collect();
    println!(
        "| {one}, {other} | {} characters |",
        written.concat().chars().count()
    );
    assert_eq!(written, Vec::<String>::new());
}
