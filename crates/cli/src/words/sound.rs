//! How the sound of a recording came in, in words.

use qinting_desk::codes;
use qinting_domain::SoundNotice;

/// A notice in Chinese and in English.
pub(crate) fn notice(notice: &SoundNotice) -> (String, String) {
    match notice {
        SoundNotice::HeaderUnfinished => (
            "文件头没有写完，长度按文件里的声音算。".into(),
            "The file's header was never finished; the sound was taken to its end.".into(),
        ),
        SoundNotice::CutOff { missing_ms } => {
            let (zh, en) = match missing_ms {
                Some(ms) => (
                    format!("缺 {} 秒，", seconds(*ms)),
                    format!("{} s are missing; ", seconds(*ms)),
                ),
                None => (String::new(), String::new()),
            };
            (
                format!("录音中途断了：{zh}在的都收了。"),
                format!("The recording breaks off: {en}what is there was taken."),
            )
        }
        SoundNotice::Holes { count, total_ms } => (
            format!(
                "有 {count} 处共 {} 秒读不出来，那里是静音。",
                seconds(*total_ms)
            ),
            format!(
                "{count} {}, {} s in all, could not be read; silence stands there.",
                if *count == 1 { "stretch" } else { "stretches" },
                seconds(*total_ms)
            ),
        ),
        SoundNotice::Reshaped => (
            "文件里前后的采样率或声道不同，已统一。".into(),
            "Parts of another rate or other channels were brought to one shape.".into(),
        ),
        SoundNotice::SameOnBoth => (
            "两个声道是同一个声音，按一个声道收了；要分成两条：qinting retake CASE --both-lanes。"
                .into(),
            "Both channels carry the same and were taken as one; qinting retake CASE --both-lanes keeps two."
                .into(),
        ),
        SoundNotice::Converted { codec } => (
            format!("编码 {codec} 由系统里的 ffmpeg 解开。"),
            format!("The codec {codec} was decoded by the system's ffmpeg."),
        ),
    }
}

/// Seconds with one decimal: what is shorter than a second is not nothing.
fn seconds(ms: u64) -> String {
    let tenths = ms.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

pub(super) fn known(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::MEDIA_NO_SOURCE => (
            "这通是在这里录的，没有原文件可以重新取。",
            "This call was recorded here; there is no file to take again.",
        ),
        codes::MEDIA_IN_WORK => (
            "这通正在转写：等它完成，再重新取。",
            "This call is being turned into text; take it again when that is done.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "0.0")]
    #[case(40, "0.1")]
    #[case(6_000, "6.0")]
    #[case(61_250, "61.3")]
    fn short_losses_are_told_in_tenths(#[case] ms: u64, #[case] text: &str) {
        assert_eq!(seconds(ms), text);
    }

    #[rstest]
    #[case(1, "1 stretch, 2.0 s in all")]
    #[case(2, "2 stretches, 2.0 s in all")]
    fn one_hole_is_told_as_one(#[case] count: u32, #[case] told: &str) {
        let (_, english) = notice(&SoundNotice::Holes {
            count,
            total_ms: 2_000,
        });
        assert!(english.starts_with(told), "{english}");
    }
}
