//! A call that really speaks, made by a synthesiser in phrases the demo model knows: on talk it
//! does not know, the model guesses, and what is measured is guessing.

use crate::wav;
use qinting_testkit::dice::Dice;
use qinting_testkit::speak::{self, to_rate};
use std::path::Path;

/// Samples per second of [`call`]: what the engine hears, so that neither side resamples.
pub(crate) const RATE_HZ: u32 = 16_000;

/// Side of the call and numbered pinyin (espeak-ng misreads Han words).
const LINES: [(usize, &str); 12] = [
    (
        0,
        "nin2 hao3 ， zhe4 li3 shi4 shou4 hou4 fu2 wu4 zhong1 xin1 。",
    ),
    (1, "ni3 hao3 ， wo3 xiang3 tui4 yi1 tai2 bing1 xiang1 。"),
    (
        0,
        "hao3 de5 ， qing3 nin2 shuo1 yi1 xia4 ding4 dan1 hao4 。",
    ),
    (1, "ding4 dan1 hao4 shi4 san1 liu4 wu3 ba1 er4 ling2 。"),
    (0, "qing3 shao1 deng3 ， wo3 bang1 nin2 cha2 yi1 xia4 。"),
    (
        0,
        "zhe4 tai2 bing1 xiang1 shi4 shang4 ge4 yue4 qian1 shou1 de5 。",
    ),
    (
        1,
        "dui4 ， ke3 shi4 bing1 xiang1 tai4 da4 le5 ， chu2 fang2 fang4 bu4 xia4 。",
    ),
    (0, "qing3 wen4 bing1 xiang1 tong1 guo4 dian4 ma5 ？"),
    (1, "mei2 you3 ， bao1 zhuang1 dou1 hai2 zai4 。"),
    (
        0,
        "hen3 bao4 qian4 ， yi3 jing1 chao1 guo4 qi1 tian1 tui4 huo4 qi1 le5 。",
    ),
    (
        1,
        "wo3 chu1 chai1 le5 ， shang4 zhou1 cai2 chai1 kai1 de5 。",
    ),
    (0, "wo3 li3 jie3 nin2 de5 xin1 qing2 。"),
];

/// Writes a two-sided call of at least `seconds`, a lane per side, with line noise.
pub(crate) fn call(path: &Path, seconds: u32) -> anyhow::Result<()> {
    let said = LINES.map(|(side, pinyin)| (side, say(pinyin, ["+m3", "+f2"][side])));
    let mut dice = Dice::at(11);
    let mut sides: [Vec<f32>; 2] = [Vec::new(), Vec::new()];
    let length = (seconds * RATE_HZ) as usize;
    for (side, clip) in said.iter().cycle() {
        if sides[0].len() >= length {
            break;
        }
        // A third to a whole second between two turns.
        let pause = RATE_HZ as usize / 3 + dice.below(RATE_HZ as usize * 2 / 3);
        for (n, track) in sides.iter_mut().enumerate() {
            let heard = clip.iter().map(|s| if n == *side { *s } else { 0.0 });
            track.extend(heard.chain(std::iter::repeat_n(0.0, pause)));
        }
    }
    let mut noisy = || (dice.below(64) as f32 - 32.0) / 32_768.0;
    let mut lanes = [Vec::new(), Vec::new()];
    for (a, b) in sides[0].iter().zip(&sides[1]) {
        for (lane, sample) in lanes.iter_mut().zip([a, b]) {
            lane.push(((sample + noisy()) * 32_000.0) as i16);
        }
    }
    wav::write(path, RATE_HZ, &lanes)
}

/// A line in a synthesised voice, at [`RATE_HZ`].
fn say(pinyin: &str, voice: &str) -> Vec<f32> {
    let language = format!("cmn-latn-pinyin{voice}");
    to_rate(&speak::say(pinyin, &language, 165, 50), RATE_HZ)
}
