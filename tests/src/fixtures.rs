//! Audio to bring in: made here, or the shared recordings when they lie beside the checkout.

use crate::process::is_installed;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes a 16-bit WAV with one steady tone per channel (0 Hz: silence) at half of full scale.
///
/// # Panics
/// When the file cannot be written.
pub fn tones(path: &Path, rate_hz: u32, seconds: f32, hz: &[f32]) {
    let spec = hound::WavSpec {
        channels: u16::try_from(hz.len()).expect("a handful of channels"),
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(path, spec).expect("the WAV can be made");
    for n in 0..(seconds * rate_hz as f32) as u32 {
        for hz in hz {
            let turn = std::f64::consts::TAU * f64::from(*hz) * f64::from(n) / f64::from(rate_hz);
            wav.write_sample((turn.sin() * 16_384.0) as i16)
                .expect("the WAV takes samples");
        }
    }
    wav.finalize().expect("the WAV can be finished");
}

/// A file of the shared test data: below `QINTING_TEST_DATA`, or in `shared/data` beside the
/// checkout. Says so when it is not there; the test that asked then has nothing to prove.
pub fn shared(path: &str) -> Option<PathBuf> {
    let data = match std::env::var_os("QINTING_TEST_DATA") {
        Some(dir) => PathBuf::from(dir),
        None => crate::root().join("../shared/data"),
    };
    let file = data.join(path);
    if !file.is_file() {
        println!("SKIPPED: {path} is not there; QINTING_TEST_DATA names the folder that has it");
        return None;
    }
    Some(std::fs::canonicalize(&file).expect("a file that is there has a path"))
}

/// The two sides of one real call: agent, caller.
pub fn two_sided_call() -> Option<[PathBuf; 2]> {
    Some([
        shared("calls/Auto_Repairs_40_UTC_agent.wav")?,
        shared("calls/Auto_Repairs_40_UTC_caller.wav")?,
    ])
}

/// The demo model: knows the phrases of the demo calls, which are also those of [`spoken_call`].
pub fn demo_model() -> PathBuf {
    crate::root().join("assets/demo/qinting-demo-q5_0.bin")
}

/// One sentence of [`spoken_call`].
struct Sentence {
    /// When it starts.
    start_ms: u32,
    /// 0 agent, 1 customer.
    side: usize,
    /// Numbered pinyin: espeak-ng misreads Han words.
    pinyin: &'static str,
}

/// What the customer says first in [`spoken_call`], as the demo model writes it, and when.
pub const CUSTOMER_FIRST: (&str, u32) = ("退一台冰箱", 5_000);

const SENTENCES: &[Sentence] = &[
    Sentence {
        start_ms: 1_000,
        side: 0,
        pinyin: "nin2 hao3 ， zhe4 li3 shi4 shou4 hou4 fu2 wu4 zhong1 xin1 。",
    },
    Sentence {
        start_ms: CUSTOMER_FIRST.1,
        side: 1,
        pinyin: "ni3 hao3 ， wo3 xiang3 tui4 yi1 tai2 bing1 xiang1 。",
    },
    Sentence {
        start_ms: 9_000,
        side: 0,
        pinyin: "hao3 de5 ， qing3 nin2 shuo1 yi1 xia4 ding4 dan1 hao4 。",
    },
    Sentence {
        start_ms: 13_000,
        side: 1,
        pinyin: "ding4 dan1 hao4 shi4 san1 liu4 wu3 ba1 er4 ling2 。",
    },
    Sentence {
        start_ms: 17_500,
        side: 0,
        pinyin: "wo3 li3 jie3 nin2 de5 xin1 qing2 。",
    },
];

const TELEPHONE_HZ: u32 = 8_000;

/// A short Mandarin call in two files, agent and caller, made by a speech synthesiser in telephone
/// quality. Says so when the synthesiser is not installed.
pub fn spoken_call(dir: &Path) -> Option<[PathBuf; 2]> {
    if !is_installed("espeak-ng") || !is_installed("sox") {
        println!("SKIPPED: espeak-ng and sox are needed to make a call that speaks");
        return None;
    }
    let length = (22 * TELEPHONE_HZ) as usize;
    let mut sides = [vec![0i16; length], vec![0i16; length]];
    for sentence in SENTENCES {
        let start = (sentence.start_ms * TELEPHONE_HZ / 1000) as usize;
        let voice = ["+m3", "+f2"][sentence.side];
        let clip = said(dir, sentence.pinyin, voice);
        for (slot, sample) in sides[sentence.side][start..].iter_mut().zip(clip) {
            *slot = sample;
        }
    }
    let files = [dir.join("call_agent.wav"), dir.join("call_caller.wav")];
    for (file, samples) in files.iter().zip(sides) {
        write_mono(file, &samples);
    }
    Some(files)
}

/// A sentence at 8 kHz.
fn said(dir: &Path, pinyin: &str, voice: &str) -> Vec<i16> {
    let (full, narrow) = (dir.join("said.wav"), dir.join("said-8k.wav"));
    let language = format!("cmn-latn-pinyin{voice}");
    let spoken = Command::new("espeak-ng")
        .args(["-v", &language, "-s", "165", "-p", "50", "-w"])
        .arg(&full)
        .arg(pinyin)
        .status()
        .expect("espeak-ng runs");
    let resampled = Command::new("sox")
        .arg(&full)
        .args(["-r", &TELEPHONE_HZ.to_string(), "-b", "16"])
        .arg(&narrow)
        .args(["norm", "-4"])
        .status()
        .expect("sox runs");
    assert!(
        spoken.success() && resampled.success(),
        "a sentence could not be made"
    );
    let mut wav = hound::WavReader::open(&narrow).expect("sox wrote a WAV");
    wav.samples::<i16>()
        .map(|sample| sample.expect("a whole WAV"))
        .collect()
}

fn write_mono(file: &Path, samples: &[i16]) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: TELEPHONE_HZ,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(file, spec).expect("the WAV can be made");
    samples
        .iter()
        .for_each(|sample| wav.write_sample(*sample).expect("the WAV takes samples"));
    wav.finalize().expect("the WAV can be finished");
}

/// A call in two files of which one can tell by ear where one is: the agent hums 440 Hz for the first
/// ten seconds, then the customer 620 Hz for ten, then the agent 880 Hz for ten.
pub fn humming_call(dir: &Path) -> [PathBuf; 2] {
    let files = [dir.join("hum_agent.wav"), dir.join("hum_caller.wav")];
    for (side, file) in files.iter().enumerate() {
        let tone = |n: u32| match (n / (10 * TELEPHONE_HZ), side) {
            (0, 0) => 440.0,
            (1, 1) => 620.0,
            (2, 0) => 880.0,
            _ => 0.0,
        };
        let samples: Vec<i16> = (0..30 * TELEPHONE_HZ)
            .map(|n| {
                let turn = std::f64::consts::TAU * tone(n) * f64::from(n) / f64::from(TELEPHONE_HZ);
                (turn.sin() * 16_384.0) as i16
            })
            .collect();
        write_mono(file, &samples);
    }
    files
}
