//! Speech made on the spot, so that tests know every word and every onset.
#![allow(dead_code)] // each test binary uses its own part of this
#![allow(clippy::print_stdout)] // a skipped test must say so

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where real models and calls lie, when this machine has them.
pub fn test_data() -> PathBuf {
    std::env::var_os("QINTING_TEST_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    )
}

/// A file of the test data, or a printed word that the test was skipped.
pub fn data_file(name: &str) -> Option<PathBuf> {
    let path = test_data().join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("SKIPPED: test data {name} is not on this machine");
    None
}

/// The demo model.
pub fn demo_model() -> Option<PathBuf> {
    data_file("models/qinting-demo-v1-q5_0.bin")
}

/// One line of a made-up call.
#[derive(Clone, Copy)]
pub struct Line {
    /// 0 agent, 1 customer.
    pub channel: usize,
    /// What is said, as the model writes it.
    pub text: &'static str,
    /// What espeak-ng is given: numbered pinyin, or the English text itself.
    pub spoken: &'static str,
}

const fn line(channel: usize, text: &'static str, spoken: &'static str) -> Line {
    Line {
        channel,
        text,
        spoken,
    }
}

/// A Mandarin call. espeak-ng misreads Han words, hence the pinyin.
pub const FRIDGE: &[Line] = &[
    line(
        0,
        "您好，这里是售后服务中心。",
        "nin2 hao3 ， zhe4 li3 shi4 shou4 hou4 fu2 wu4 zhong1 xin1 。",
    ),
    line(
        1,
        "你好，我想退一台冰箱。",
        "ni3 hao3 ， wo3 xiang3 tui4 yi1 tai2 bing1 xiang1 。",
    ),
    line(
        0,
        "好的，请您说一下订单号。",
        "hao3 de5 ， qing3 nin2 shuo1 yi1 xia4 ding4 dan1 hao4 。",
    ),
    line(
        1,
        "订单号是三六五八二零。",
        "ding4 dan1 hao4 shi4 san1 liu4 wu3 ba1 er4 ling2 。",
    ),
    line(
        0,
        "请稍等，我帮您查一下。",
        "qing3 shao1 deng3 ， wo3 bang1 nin2 cha2 yi1 xia4 。",
    ),
    line(
        0,
        "这台冰箱是上个月签收的。",
        "zhe4 tai2 bing1 xiang1 shi4 shang4 ge4 yue4 qian1 shou1 de5 。",
    ),
    line(
        1,
        "对，可是冰箱太大了，厨房放不下。",
        "dui4 ， ke3 shi4 bing1 xiang1 tai4 da4 le5 ， chu2 fang2 fang4 bu4 xia4 。",
    ),
    line(
        0,
        "请问冰箱通过电吗？",
        "qing3 wen4 bing1 xiang1 tong1 guo4 dian4 ma5 ？",
    ),
    line(
        1,
        "没有，包装都还在。",
        "mei2 you3 ， bao1 zhuang1 dou1 hai2 zai4 。",
    ),
    line(
        0,
        "很抱歉，已经超过七天退货期了。",
        "hen3 bao4 qian4 ， yi3 jing1 chao1 guo4 qi1 tian1 tui4 huo4 qi1 le5 。",
    ),
    line(
        1,
        "我出差了，上周才拆开的。",
        "wo3 chu1 chai1 le5 ， shang4 zhou1 cai2 chai1 kai1 de5 。",
    ),
    line(0, "我理解您的心情。", "wo3 li3 jie3 nin2 de5 xin1 qing2 。"),
    line(
        1,
        "你们能不能通融一下？",
        "ni3 men5 neng2 bu4 neng2 tong1 rong2 yi1 xia4 ？",
    ),
    line(
        0,
        "超过时间需要商家同意。",
        "chao1 guo4 shi2 jian1 xu1 yao4 shang1 jia1 tong2 yi4 。",
    ),
    line(
        1,
        "那你帮我问问商家吧。",
        "na4 ni3 bang1 wo3 wen4 wen4 shang1 jia1 ba5 。",
    ),
    line(
        0,
        "我会提交特殊退货申请。",
        "wo3 hui4 ti2 jiao1 te4 shu1 tui4 huo4 shen1 qing3 。",
    ),
    line(1, "运费谁来出？", "yun4 fei4 shui2 lai2 chu1 ？"),
    line(
        0,
        "大件商品的运费由买家承担。",
        "da4 jian4 shang1 pin3 de5 yun4 fei4 you2 mai3 jia1 cheng2 dan1 。",
    ),
    line(
        1,
        "这也太贵了，我要投诉。",
        "zhe4 ye3 tai4 gui4 le5 ， wo3 yao4 tou2 su4 。",
    ),
    line(
        0,
        "我可以帮您申请换一台小的。",
        "wo3 ke3 yi3 bang1 nin2 shen1 qing3 huan4 yi1 tai2 xiao3 de5 。",
    ),
    line(
        1,
        "换小的也行，多久有结果？",
        "huan4 xiao3 de5 ye3 xing2 ， duo1 jiu3 you3 jie2 guo3 ？",
    ),
    line(
        0,
        "两个工作日内给您回电话。",
        "liang3 ge4 gong1 zuo4 ri4 nei4 gei3 nin2 hui2 dian4 hua4 。",
    ),
    line(
        1,
        "好吧，我等你的电话。",
        "hao3 ba5 ， wo3 deng3 ni3 de5 dian4 hua4 。",
    ),
    line(
        0,
        "感谢您的来电，再见。",
        "gan3 xie4 nin2 de5 lai2 dian4 ， zai4 jian4 。",
    ),
];

/// An English call.
pub const PARCEL: &[Line] = &[
    line(
        0,
        "Thank you for calling, how can I help?",
        "Thank you for calling, how can I help?",
    ),
    line(
        1,
        "My parcel is five days late.",
        "My parcel is five days late.",
    ),
    line(0, "I am sorry to hear that.", "I am sorry to hear that."),
    line(
        0,
        "May I have the tracking number?",
        "May I have the tracking number?",
    ),
    line(
        1,
        "It is seven four nine two.",
        "It is seven four nine two.",
    ),
    line(
        0,
        "Let me check that for you.",
        "Let me check that for you.",
    ),
    line(
        1,
        "The website says it was delivered.",
        "The website says it was delivered.",
    ),
    line(
        0,
        "It shows a signature on Monday.",
        "It shows a signature on Monday.",
    ),
    line(
        1,
        "Nobody signed for it here.",
        "Nobody signed for it here.",
    ),
    line(
        0,
        "I will open an investigation.",
        "I will open an investigation.",
    ),
    line(1, "How long will that take?", "How long will that take?"),
    line(
        0,
        "Usually three working days.",
        "Usually three working days.",
    ),
];

/// Whether speech can be made here; says so when not.
pub fn can_speak() -> bool {
    let there = Command::new("espeak-ng").arg("--version").output().is_ok();
    if !there {
        println!("SKIPPED: espeak-ng is not installed");
    }
    there
}

/// Repeatable pseudo-random numbers in −1..1.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    pub fn roll(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / 8_388_608.0 - 1.0
    }
    /// Roughly normal, deviation 1.
    pub fn bell(&mut self) -> f32 {
        (0..12).map(|_| self.roll()).sum::<f32>() / 2.0
    }
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (self.roll() + 1.0) / 2.0 * (high - low)
    }
}

/// Says `text` in an espeak-ng voice; samples at 22,050 Hz, trimmed to the speech, peak 0.61.
pub fn say(text: &str, voice: &str, speed: u32, pitch: u32) -> Vec<f32> {
    let out = Command::new("espeak-ng")
        .args([
            "-v",
            voice,
            "-s",
            &speed.to_string(),
            "-p",
            &pitch.to_string(),
            "--stdout",
            text,
        ])
        .output()
        .expect("espeak-ng runs");
    let samples: Vec<f32> = out.stdout[44..]
        .chunks_exact(2)
        .map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])))
        .collect();
    let peak = samples.iter().fold(1.0f32, |p, s| p.max(s.abs()));
    let loud = |s: &&f32| s.abs() > 0.02 * peak;
    let first = samples.iter().position(|s| loud(&s)).unwrap_or(0);
    let last = samples.iter().rposition(|s| loud(&s)).unwrap_or(0);
    samples[first..=last]
        .iter()
        .map(|s| s / peak * 0.61)
        .collect()
}

/// Band-limits to telephone width and brings 22,050 Hz to `rate_hz`: a windowed-sinc filter of
/// its own, so that the product's resampler is not tested against itself.
pub fn to_rate(samples: &[f32], rate_hz: u32) -> Vec<f32> {
    let ratio = 22_050.0 / f64::from(rate_hz);
    let cutoff = (0.47 / ratio).min(0.47);
    let n = (samples.len() as f64 / ratio) as usize;
    (0..n)
        .map(|i| {
            let centre = i as f64 * ratio;
            let mut sum = 0.0;
            for k in (centre as i64 - 48)..=(centre as i64 + 48) {
                let Some(s) = usize::try_from(k).ok().and_then(|k| samples.get(k)) else {
                    continue;
                };
                let x = k as f64 - centre;
                let sinc = if x.abs() < 1e-9 {
                    2.0 * cutoff
                } else {
                    (std::f64::consts::TAU * cutoff * x).sin() / (std::f64::consts::PI * x)
                };
                let window = 0.5 + 0.5 * (std::f64::consts::PI * x / 49.0).cos();
                sum += f64::from(*s) * sinc * window;
            }
            sum as f32
        })
        .collect()
}

/// What was said when.
#[derive(Clone, Debug)]
pub struct Said {
    pub channel: usize,
    pub text: String,
    pub start_ms: u64,
    pub end_ms: u64,
}

/// A two-channel call with line noise, and the truth about it.
pub struct Call {
    pub channels: Vec<Vec<f32>>,
    pub rate_hz: u32,
    pub said: Vec<Said>,
}

/// Renders the lines one after the other with gaps of 0.3 to 0.9 s (the last `long_gap_s` seconds
/// longer after every sixth line).
pub fn call(lines: &[Line], voices: [&str; 2], rate_hz: u32, seed: u64, long_gap_s: f32) -> Call {
    let mut dice = Dice::new(seed);
    let mut tracks = [Vec::<(usize, Vec<f32>)>::new(), Vec::new()];
    let mut said = Vec::new();
    let mut at = (0.4 * rate_hz as f32) as usize;
    for (i, l) in lines.iter().enumerate() {
        let language = if l.text.is_ascii() {
            "en-us"
        } else {
            "cmn-latn-pinyin"
        };
        let voice = format!("{language}{}", voices[l.channel]);
        let speed = dice.between(150.0, 185.0) as u32;
        let pitch = dice.between(40.0, 60.0) as u32;
        let clip = to_rate(&say(l.spoken, &voice, speed, pitch), rate_hz);
        let ms = |n: usize| n as u64 * 1000 / u64::from(rate_hz);
        said.push(Said {
            channel: l.channel,
            text: l.text.to_owned(),
            start_ms: ms(at),
            end_ms: ms(at + clip.len()),
        });
        let length = clip.len();
        tracks[l.channel].push((at, clip));
        let gap = dice.between(0.3, 0.9) + if i % 6 == 5 { long_gap_s } else { 0.0 };
        at += length + (gap * rate_hz as f32) as usize;
    }
    let total = at + rate_hz as usize / 2;
    let channels = tracks
        .into_iter()
        .map(|clips| {
            let mut track: Vec<f32> = (0..total).map(|_| dice.bell() * 3.2e-4).collect();
            for (at, clip) in clips {
                for (t, s) in track[at..].iter_mut().zip(clip) {
                    *t += 0.5 * s;
                }
            }
            track
        })
        .collect();
    Call {
        channels,
        rate_hz,
        said,
    }
}

/// Writes 16-bit PCM.
pub fn write_wav(path: &Path, channels: &[Vec<f32>], rate_hz: u32) {
    let spec = hound::WavSpec {
        channels: channels.len() as u16,
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut out = hound::WavWriter::create(path, spec).expect("a writable folder");
    for i in 0..channels[0].len() {
        for c in channels {
            out.write_sample((c[i].clamp(-1.0, 1.0) * 32_767.0) as i16)
                .expect("room on the disk");
        }
    }
    out.finalize().expect("room on the disk");
}

/// Reads a mono WAV as floats.
pub fn read_wav(path: &Path) -> (Vec<f32>, u32) {
    let mut wav = hound::WavReader::open(path).expect("a WAV");
    let rate = wav.spec().sample_rate;
    (
        wav.samples::<i16>()
            .map(|s| f32::from(s.expect("samples")) / 32_768.0)
            .collect(),
        rate,
    )
}

/// Letters that count: no punctuation, no spaces, lower case.
pub fn letters(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Edit distance.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}
