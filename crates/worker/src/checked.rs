//! What a worker says is foreign: it comes from a process that has read foreign bytes. Nothing of it
//! goes on before it was held against what can be true.

pub(super) mod facts;

use super::wire::News;
use qinting_desk::{Ingested, LiveHeard, TranscribeEvent, codes};
use qinting_domain::{ErrorNote, HeardSegment, Sha256, SoundNotice, SourceFile};

/// A promise that a worker broke: which one, for the log.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken(pub(super) &'static str);

/// What [`Broken`] or what was asked for.
pub(super) type Kept<T> = Result<T, Broken>;

/// Samples per second a recording can have.
const RATES_HZ: std::ops::RangeInclusive<u32> = 4_000..=192_000;
/// Playable audio is a RIFF file: bytes of sound in it at most.
const MOST_PCM_BYTES: u64 = 4 << 30;
/// No recording and no call is longer than this: thirty days.
const MOST_MS: u64 = 30 * 24 * 3_600_000;
/// Longest text of a segment, name of a file, value in an error; bytes.
const MOST_TEXT: usize = 64 << 10;
const MOST_NAME: usize = 4 << 10;
/// Most segments in one piece of news, and most values in an error.
const MOST_SEGMENTS: usize = 10_000;
const MOST_ARGS: usize = 16;

fn hold(is_kept: bool, promise: &'static str) -> Kept<()> {
    if is_kept {
        Ok(())
    } else {
        Err(Broken(promise))
    }
}

/// The hash of a file.
pub(super) fn hash(news: News) -> Kept<Sha256> {
    let News::Hashed { sha256 } = news else {
        return Err(Broken("a hash"));
    };
    hold(!sha256.is_empty(), "a hash")?;
    Ok(sha256)
}

/// The lengths of so many sounds.
pub(super) fn lengths(news: News, count: usize) -> Kept<Vec<Option<u64>>> {
    let News::Measured { lengths_ms } = news else {
        return Err(Broken("lengths"));
    };
    hold(lengths_ms.len() == count, "a length for each file")?;
    let mut known = lengths_ms.iter().flatten();
    hold(known.all(|ms| *ms <= MOST_MS), "a length")?;
    Ok(lengths_ms)
}

/// What became of this many sources.
pub(super) fn ingested(news: News, sources: usize) -> Kept<Ingested> {
    let News::Ingested { ingested } = news else {
        return Err(Broken("decoded sound"));
    };
    let found = &ingested;
    hold(found.sources.len() == sources, "a source for each file")?;
    found.sources.iter().try_for_each(source)?;
    let hashes = [&found.audio_sha256, &found.peaks_sha256];
    hold(hashes.into_iter().all(|h| !h.is_empty()), "a hash")?;
    hold(RATES_HZ.contains(&found.sample_rate_hz), "a sample rate")?;
    hold((1..=2).contains(&found.channels), "one channel or two")?;
    let is_one = !found.was_dual_mono || found.channels == 1;
    hold(is_one, "one channel where both were the same")?;
    let frame_bytes = 2 * u64::from(found.channels);
    let most_frames = MOST_PCM_BYTES / frame_bytes;
    hold((1..=most_frames).contains(&found.frames), "a length")?;
    story(found)?;
    Ok(ingested)
}

/// What is told of the way the sound came in.
fn story(found: &Ingested) -> Kept<()> {
    hold(found.notices.len() <= MOST_ARGS, "few notices")?;
    let codecs = found.notices.iter().filter_map(|notice| match notice {
        SoundNotice::Converted { codec } => Some(codec),
        _ => None,
    });
    let are_names = codecs.into_iter().all(|codec| is_text(codec, MOST_NAME));
    hold(are_names, "the name of a codec")?;
    hold(
        found.gaps.len() <= MOST_SEGMENTS,
        "gaps that can be counted",
    )?;
    let mut gaps = found.gaps.iter();
    gaps.try_for_each(|gap| stretch(gap.start_ms, gap.end_ms))?;
    hold(found.shift_ms.unsigned_abs() <= MOST_MS, "a shift")
}

fn source(source: &SourceFile) -> Kept<()> {
    hold(!source.sha256.is_empty(), "a hash")?;
    let names = [&source.name, &source.codec];
    hold(names.into_iter().all(|n| is_text(n, MOST_NAME)), "a name")
}

/// The end of a text.
pub(super) fn transcribed(news: News) -> Kept<String> {
    match news {
        News::Transcribed { engine } if is_text(&engine, MOST_NAME) => Ok(engine),
        _ => Err(Broken("the end of the text")),
    }
}

/// Progress of decoding.
pub(super) fn permille(news: &News) -> Kept<u16> {
    match news {
        News::Progress { permille } if *permille <= 1000 => Ok(*permille),
        _ => Err(Broken("progress in thousandths")),
    }
}

/// Text of a recording on its way.
pub(super) fn event(news: News) -> Kept<TranscribeEvent> {
    let News::Heard { event } = news else {
        return Err(Broken("text"));
    };
    match &event {
        TranscribeEvent::Progress { permille } => {
            hold(*permille <= 1000, "progress in thousandths")?;
        }
        TranscribeEvent::Segments { segments: said } => segments(said, 2)?,
    }
    Ok(event)
}

/// Text of a live call with this many lanes.
pub(super) fn live(heard: LiveHeard, lanes: u16) -> Kept<LiveHeard> {
    match &heard {
        LiveHeard::Draft {
            lane,
            utterance,
            start_ms,
            end_ms,
            committed,
            tentative,
        } => {
            spoken(*lane, *utterance, lanes)?;
            stretch(*start_ms, *end_ms)?;
            let texts = [committed, tentative];
            hold(texts.into_iter().all(|t| is_text(t, MOST_TEXT)), "text")?;
        }
        LiveHeard::Doubt {
            lane,
            utterance,
            start_ms,
            end_ms,
            text,
        } => {
            spoken(*lane, *utterance, lanes)?;
            stretch(*start_ms, *end_ms)?;
            hold(is_text(text, MOST_TEXT), "text")?;
        }
        LiveHeard::Final {
            lane,
            utterance,
            segments: said,
        } => {
            spoken(*lane, *utterance, lanes)?;
            segments(said, lanes)?;
        }
        LiveHeard::Failed { note: failed } => {
            return Ok(LiveHeard::Failed {
                note: note(failed.clone())?,
            });
        }
        LiveHeard::Ready | LiveHeard::Lag { .. } => {}
    }
    Ok(heard)
}

/// Which utterance is spoken of.
fn spoken(lane: u16, utterance: u64, lanes: u16) -> Kept<()> {
    hold(lane < lanes, "a lane")?;
    hold(utterance < MOST_MS, "the number of an utterance")
}

/// Why something could not be done. Only what a person can be told of.
pub(super) fn note(note: ErrorNote) -> Kept<ErrorNote> {
    hold(codes::ALL.contains(&note.code.as_str()), "a known reason")?;
    hold(note.args.len() <= MOST_ARGS, "few values in a reason")?;
    let mut values = note.args.iter();
    let are_texts = values.all(|(k, v)| is_text(k, MOST_NAME) && is_text(v, MOST_NAME));
    hold(are_texts, "short values in a reason")?;
    Ok(note)
}

fn segments(said: &[HeardSegment], channels: u16) -> Kept<()> {
    hold(said.len() <= MOST_SEGMENTS, "a few segments at a time")?;
    said.iter().try_for_each(|segment| {
        stretch(segment.start_ms, segment.end_ms)?;
        hold(segment.channel < channels, "a channel")?;
        hold(is_text(&segment.text, MOST_TEXT), "text")?;
        hold(is_text(&segment.language, 16), "a language")?;
        hold(segment.confidence.is_finite(), "a confidence")
    })
}

fn stretch(start_ms: u64, end_ms: u64) -> Kept<()> {
    hold(start_ms <= end_ms && end_ms <= MOST_MS, "a stretch of time")
}

/// SHA-256 in lower-case hexadecimal.
/// SQLite and C strings end at a NUL.
fn is_text(text: &str, most: usize) -> bool {
    text.len() <= most && !text.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// An answer as a worker gives it, with one value changed.
    fn changed(pointer: &str, value: serde_json::Value) -> News {
        let mut said = serde_json::json!({"news": "ingested", "ingested": {
            "sources": [{"sha256": HASH, "name": "a.wav", "bytes": 9, "codec": "mp3"}],
            "audio_sha256": HASH, "peaks_sha256": HASH, "sample_rate_hz": 8000,
            "channels": 2, "frames": 16_000, "was_dual_mono": false, "shift_ms": 0,
            "notices": [{"kind": "converted", "codec": "amr"}],
            "gaps": [{"start_ms": 10, "end_ms": 20}],
        }});
        if let Some(place) = said.pointer_mut(pointer).filter(|_| !pointer.is_empty()) {
            *place = value;
        }
        serde_json::from_value(said).expect("news")
    }

    #[rstest]
    #[case::as_it_should_be("", 0.into(), true)]
    #[case::a_path_for_a_hash("/ingested/audio_sha256", "../../x".into(), false)]
    #[case::shouting("/ingested/peaks_sha256", HASH.to_uppercase().into(), false)]
    #[case::a_hash_too_short("/ingested/sources/0/sha256", "9f86".into(), false)]
    #[case::no_source("/ingested/sources", serde_json::json!([]), false)]
    #[case::a_name_with_an_end_in_it("/ingested/sources/0/name", "a\0b".into(), false)]
    #[case::a_codec_like_a_book("/ingested/sources/0/codec", "x".repeat(5_000).into(), false)]
    #[case::no_time("/ingested/sample_rate_hz", 0.into(), false)]
    #[case::no_channel("/ingested/channels", 0.into(), false)]
    #[case::a_crowd("/ingested/channels", 3.into(), false)]
    #[case::two_that_are_one("/ingested/was_dual_mono", true.into(), false)]
    #[case::no_sound("/ingested/frames", 0.into(), false)]
    #[case::a_gap_backwards("/ingested/gaps/0/end_ms", 5.into(), false)]
    #[case::a_codec_with_an_end_in_it("/ingested/notices/0/codec", "a\0".into(), false)]
    #[case::longer_than_a_file_can_be("/ingested/frames", u64::MAX.into(), false)]
    fn an_answer_is_held_against_what_can_be_true(
        #[case] pointer: &str,
        #[case] value: serde_json::Value,
        #[case] is_kept: bool,
    ) {
        assert_eq!(ingested(changed(pointer, value), 1).is_ok(), is_kept);
    }

    #[rstest]
    #[case::as_it_should_be("", 0.into(), true)]
    #[case::backwards("/start_ms", 3_000.into(), false)]
    #[case::beyond_all_time("/end_ms", u64::MAX.into(), false)]
    #[case::a_third_person("/channel", 2.into(), false)]
    #[case::an_end_in_the_text("/text", "退\0货".into(), false)]
    #[case::a_book("/text", "货".repeat(40_000).into(), false)]
    #[case::no_language("/language", "x".repeat(40).into(), false)]
    #[case::sure_beyond_measure("/confidence", 1e39.into(), false)]
    fn segments_are_held_against_what_can_be_true(
        #[case] pointer: &str,
        #[case] value: serde_json::Value,
        #[case] is_kept: bool,
    ) {
        let mut said = serde_json::json!({"start_ms": 1_000, "end_ms": 2_000, "channel": 1,
            "text": "退货", "confidence": 0.8, "language": "zh"});
        if let Some(place) = said.pointer_mut(pointer).filter(|_| !pointer.is_empty()) {
            *place = value;
        }
        let Ok(segment) = serde_json::from_value::<HeardSegment>(said) else {
            assert!(!is_kept);
            return;
        };
        let news = News::Heard {
            event: TranscribeEvent::Segments {
                segments: vec![segment.clone()],
            },
        };
        assert_eq!(event(news).is_ok(), is_kept);
        let last = LiveHeard::Final {
            lane: 0,
            utterance: 0,
            segments: vec![segment],
        };
        assert_eq!(live(last, 2).is_ok(), is_kept);
    }

    #[rstest]
    #[case::as_it_should_be("", 0.into(), true)]
    #[case::a_third_person("/lane", 2.into(), false)]
    #[case::an_utterance_nobody_counts_to("/utterance", u64::MAX.into(), false)]
    #[case::backwards("/start_ms", 3_000.into(), false)]
    #[case::beyond_all_time("/end_ms", u64::MAX.into(), false)]
    #[case::an_end_in_the_text("/text", "退\0货".into(), false)]
    #[case::a_book("/text", "货".repeat(40_000).into(), false)]
    fn what_stands_in_doubt_is_held_against_what_can_be_true(
        #[case] pointer: &str,
        #[case] value: serde_json::Value,
        #[case] is_kept: bool,
    ) {
        let mut said = serde_json::json!({"live": "doubt", "lane": 1, "utterance": 7,
            "start_ms": 1_000, "end_ms": 2_000, "text": "退货"});
        if let Some(place) = said.pointer_mut(pointer).filter(|_| !pointer.is_empty()) {
            *place = value;
        }
        let doubt = serde_json::from_value::<LiveHeard>(said).expect("a doubt");
        assert_eq!(live(doubt, 2).is_ok(), is_kept);
    }

    #[test]
    fn reasons_are_ones_we_know() {
        let known = ErrorNote::new(codes::MEDIA_BROKEN).with("name", "a.wav");
        assert_eq!(note(known.clone()), Ok(known.clone()));
        assert!(note(ErrorNote::new("<script>")).is_err());
        assert!(note(known.with("name", "x".repeat(9_000))).is_err());
        assert!(permille(&News::Progress { permille: 1_001 }).is_err());
        assert!(
            hash(News::Transcribed {
                engine: String::new()
            })
            .is_err()
        );
    }
}
