//! What the sound of whole calls tells.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::*;
use qinting_audio::SoundFiles;
use qinting_desk::{AudioFiles, Cancel, codes};
use qinting_domain::{Acoustics, SoundFigures, Stretch};
use qinting_testkit::data::two_sided_call;
use qinting_testkit::demo_call;
use qinting_testkit::sound::Sound;
use rstest::rstest;
use std::fs::File;
use std::io::Write;

fn measured(outcome: &Outcome) -> Acoustics {
    let audio = Box::new(File::open(outcome.audio()).unwrap());
    let found = SoundFiles.acoustics(audio, &outcome.recording(), &[], &Cancel::default());
    let found = found.unwrap();
    assert!(found.can_be_true());
    assert_eq!(found.length_ms, outcome.ingested.duration_ms());
    found
}

fn of_sound(sound: &Sound) -> Acoustics {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("call.wav");
    sound.write(&file);
    measured(&take_in(&[file]).unwrap())
}

fn demo(name: &str) -> Sound {
    Sound::read(&take_in(&[demo_call(name)]).unwrap().audio())
}

/// Milliseconds two lists have in common.
fn shared_ms(a: &[Stretch], b: &[Stretch]) -> u64 {
    let shared = qinting_domain::acoustics::stretches::shared(a, b);
    shared.iter().map(|(both, ..)| both.len_ms()).sum()
}

fn total_ms(list: &[Stretch]) -> u64 {
    list.iter().map(|s| s.len_ms()).sum()
}

#[test]
fn the_real_call_has_the_figures_of_a_call() {
    let Some(sides) = two_sided_call() else {
        return;
    };
    let figures = SoundFigures::of(&measured(&take_in(&sides).unwrap()));
    println!("{figures:#?}");
    assert_eq!(figures.length_ms / 1000, 245);
    assert!((30_000..80_000).contains(&figures.silence_ms));
    assert!(figures.longest_silence.unwrap().len_ms() < 10_000);
    assert!(figures.holds.is_empty());
    let sides = figures.sides.unwrap();
    assert!(sides.overtalk.len() <= 6, "they let each other finish");
    for (lane, loudness) in sides.lanes.iter().zip(&figures.loudness) {
        assert!((80_000..115_000).contains(&lane.talk_ms));
        assert!((400..600).contains(&lane.talk_permille.unwrap()));
        assert!((10_000..60_000).contains(&lane.longest_monologue.unwrap().len_ms()));
        let response = lane.response.unwrap();
        assert!(response.count >= 5 && (300..2_500).contains(&response.median_ms));
        assert!((-25.0..-10.0).contains(&loudness.speech_dbfs.unwrap()));
    }
}

#[rstest]
#[case("fridge")]
#[case("parcel")]
#[case("seller")]
#[case("suitcase")]
fn a_call_of_the_demo_has_two_sides_and_no_hold(#[case] name: &str) {
    let figures = SoundFigures::of(&of_sound(&demo(name)));
    assert!(figures.holds.is_empty());
    assert!(figures.silence_ms < figures.length_ms / 2);
    let sides = figures.sides.unwrap();
    for lane in &sides.lanes {
        assert!(
            (350..650).contains(&lane.talk_permille.unwrap()),
            "{sides:?}"
        );
        assert!(lane.response.unwrap().count >= 3);
    }
}

#[test]
fn a_line_that_leaks_changes_hardly_anything() {
    let clean = demo("fridge");
    let mut leaky = clean.clone();
    // A fifth of a second late, and dull: what an earpiece gives back.
    let late = clean.rate_hz as usize / 20;
    for lane in [0, 1] {
        let mut dull = 0.0;
        for i in late..leaky.len() {
            let other = f64::from(clean.channels[1 - lane][i - late]);
            dull += (other - dull) * 0.5;
            let sample = f64::from(clean.channels[lane][i]) + dull * 0.1;
            leaky.channels[lane][i] = sample as i16;
        }
    }
    let (before, after) = (of_sound(&clean), of_sound(&leaky));
    for (clean, leaky) in before.lanes.iter().zip(&after.lanes) {
        let both = shared_ms(&clean.speech, &leaky.speech);
        let more = total_ms(&leaky.speech) - both;
        assert!(
            both * 100 >= total_ms(&clean.speech) * 97,
            "words of one's own stay"
        );
        assert!(
            more * 100 <= total_ms(&clean.speech) * 4,
            "{more} ms of the other's"
        );
    }
}

#[test]
fn a_quiet_word_of_ones_own_is_heard_beside_a_loud_one() {
    let (loud, other) = (demo("fridge"), demo("parcel"));
    let length = loud.len().min(other.len());
    // Somebody speaks 20 dB below the agent, and about something else.
    let quiet: Vec<i16> = other.channels[0][..length].iter().map(|s| s / 10).collect();
    let alone = Sound {
        rate_hz: loud.rate_hz,
        channels: vec![quiet.clone()],
    };
    let beside = Sound {
        rate_hz: loud.rate_hz,
        channels: vec![loud.channels[0][..length].to_vec(), quiet],
    };
    let said = &of_sound(&alone).lanes[0].speech;
    let heard = &of_sound(&beside).lanes[1].speech;
    assert!(
        shared_ms(said, heard) * 100 >= total_ms(said) * 90,
        "{heard:?}"
    );
}

#[test]
fn sound_that_is_not_the_recordings_is_not_measured() {
    let outcome = take_in_bytes("x.wav", &wav16(&tone(400.0, 8000, 2.0, 0.2), 1, 8000)).unwrap();
    let refused = |bytes: &[u8], frames: u64| {
        let mut recording = outcome.recording();
        recording.frames = frames;
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        std::io::Seek::rewind(&mut file).unwrap();
        let found = SoundFiles.acoustics(Box::new(file), &recording, &[], &Cancel::default());
        found.unwrap_err().code().to_owned()
    };
    let whole = std::fs::read(outcome.audio()).unwrap();
    let frames = outcome.ingested.frames;
    assert_eq!(refused(&whole, frames + 1), codes::MEDIA_MISSING);
    assert_eq!(refused(&whole[..9], frames), codes::MEDIA_MISSING);
    assert_eq!(
        refused(&whole[..whole.len() / 2], frames),
        codes::MEDIA_UNREADABLE
    );
    let stopped = Cancel::default();
    stopped.cancel();
    let audio = Box::new(File::open(outcome.audio()).unwrap());
    let found = SoundFiles.acoustics(audio, &outcome.recording(), &[], &stopped);
    assert_eq!(found.unwrap_err().code(), codes::CANCELLED);
}
