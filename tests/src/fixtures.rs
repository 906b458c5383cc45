//! A call that speaks, made on the spot.

use qinting_testkit::data::can_speak;
use qinting_testkit::sound::{Sound, TELEPHONE_HZ};
use qinting_testkit::speak::{say, to_rate};
use std::path::{Path, PathBuf};

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

/// A short Mandarin call in two files, agent and caller, made by a speech synthesiser in telephone
/// quality. Says so when the synthesiser is not installed.
pub fn spoken_call(dir: &Path) -> Option<[PathBuf; 2]> {
    if !can_speak() {
        return None;
    }
    let mut sides = [Vec::new(), Vec::new()];
    for side in &mut sides {
        side.resize((22 * TELEPHONE_HZ) as usize, 0.0);
    }
    for sentence in SENTENCES {
        let start = (sentence.start_ms * TELEPHONE_HZ / 1000) as usize;
        let voice = ["cmn-latn-pinyin+m3", "cmn-latn-pinyin+f2"][sentence.side];
        let clip = to_rate(&say(sentence.pinyin, voice, 165, 50), TELEPHONE_HZ);
        sides[sentence.side][start..start + clip.len()].copy_from_slice(&clip);
    }
    let files = [dir.join("call_agent.wav"), dir.join("call_caller.wav")];
    for (file, side) in files.iter().zip(sides) {
        Sound::of(TELEPHONE_HZ, &[side]).write(file);
    }
    Some(files)
}
