//! Where somebody is put on hold, by what is heard instead of a voice: music, or nothing at all.
//!
//! Music is what sounds on and on, stands still for a tenth of a second as notes do, and has moved on after two
//! seconds as hum and tones have not. Sung music whose voice drowns the rest, or one so quiet that it fades away
//! between its notes, is not recognised; an announcement over music ends it. *No signal* is the same sample again and
//! again, for ten seconds and more: many exchanges write that while a line is held. Some recorders write it in each
//! pause as well, and a lane of somebody who only listens may be cut off on its own: that is a *possible* hold.

use super::FRAME_MS;
use super::ear::{FAINT_DB, Frame};
use super::talk::runs;
use qinting_domain::acoustics::stretches::{outside, shared, united, without};
use qinting_domain::{HoldSign, OnHold, Stretch};

/// Frames that are judged at once (1 s).
const WINDOW: u32 = 50;
/// Of them sound at least this many, stand still at least this many …
const SOUNDING: u32 = 40;
const STILL: u32 = 15;
/// … and have moved on since two seconds ago at least this many of those, in hundredths.
const MOVED: u32 = 50;
/// Music this long is a hold, in milliseconds.
const MUSIC_MS: u64 = 6_000;
/// So long a breath it may take, in milliseconds, or hold one chord.
const REST_MS: u64 = 3_000;
/// No signal for this long is one, in milliseconds.
const NO_SIGNAL_MS: u64 = 10_000;
/// No signal for this long is a pause that was left out, in milliseconds …
const LEFT_OUT_MS: u64 = 100;
/// … and where that is more of a lane than this, in hundredths, the recorder leaves pauses out.
const LEAVES_OUT: u64 = 10;

/// Watches a lane for what is heard instead of a voice.
#[derive(Default)]
pub(super) struct Instead {
    frames: u64,
    window: [u32; 3],
    music: Vec<Stretch>,
    /// Frames without a signal, now.
    same: u64,
    no_signal: Vec<Stretch>,
    left_out_ms: u64,
}

impl Instead {
    pub(super) fn push(&mut self, frame: &Frame) {
        self.frames += 1;
        let [sounding, still, moved] = &mut self.window;
        *sounding += u32::from(frame.level_db >= FAINT_DB);
        *still += u32::from(frame.colour.is_still);
        *moved += u32::from(frame.colour.has_moved);
        if self.frames % u64::from(WINDOW) == 0 {
            self.close_window();
        }
        match frame.has_no_signal {
            true => self.same += 1,
            false => self.close_same(0),
        }
    }

    fn close_window(&mut self) {
        let [sounding, still, moved] = std::mem::take(&mut self.window);
        if sounding >= SOUNDING && still >= STILL && moved * 100 >= still * MOVED {
            let end_ms = self.frames * FRAME_MS;
            self.music
                .push(Stretch::new(end_ms - u64::from(WINDOW) * FRAME_MS, end_ms));
        }
    }

    /// The frames without a signal are over; so many were there since.
    fn close_same(&mut self, since: u64) {
        let same_ms = std::mem::take(&mut self.same) * FRAME_MS;
        let end_ms = (self.frames - since) * FRAME_MS;
        if same_ms >= NO_SIGNAL_MS {
            self.no_signal.push(Stretch::new(end_ms - same_ms, end_ms));
        } else if same_ms >= LEFT_OUT_MS {
            self.left_out_ms += same_ms;
        }
    }

    /// Music, as it was heard on this lane.
    pub(super) fn music(&self) -> Vec<Stretch> {
        let joined = runs(&self.music, REST_MS);
        joined
            .into_iter()
            .filter(|s| s.len_ms() >= MUSIC_MS)
            .collect()
    }

    /// No signal, and whether that says something.
    fn no_signal(mut self) -> (Vec<Stretch>, bool) {
        self.close_same(0);
        let held: u64 = self.no_signal.iter().map(|s| s.len_ms()).sum();
        let rest_ms = self.frames * FRAME_MS - held;
        let says = self.left_out_ms * 100 < rest_ms * LEAVES_OUT;
        (self.no_signal, says)
    }
}

/// The holds of a recording, by what is heard on each lane and where somebody speaks on it. Silence that fills gaps is
/// none.
pub(super) fn holds(
    lanes: Vec<(Instead, &[Stretch])>,
    length_ms: u64,
    gaps: &[Stretch],
) -> Vec<OnHold> {
    let said = lanes.iter().flat_map(|(_, speech)| speech.iter().copied());
    let Some(begun) = said.clone().map(|s| s.start_ms).min() else {
        return Vec::new();
    };
    let ended = said.map(|s| s.end_ms).max().unwrap_or(length_ms);
    let mut music = Vec::new();
    for (lane, _) in &lanes {
        music = united(&music, &lane.music(), length_ms);
    }
    let music = without(&shared_with(&music, Stretch::new(begun, length_ms)), gaps);
    let speech: Vec<&[Stretch]> = lanes.iter().map(|(_, speech)| *speech).collect();
    let speech = [speech[0], speech.get(1).copied().unwrap_or_default()];
    let silent = outside(speech[0], speech[1], length_ms);
    let silent = without(&shared_with(&silent, Stretch::new(begun, ended)), &music);
    let silent = without(&silent, gaps);
    let found: Vec<(Vec<Stretch>, bool)> = lanes.into_iter().map(|(l, _)| l.no_signal()).collect();
    let says = found.iter().all(|(_, says)| *says);
    let [one, two] = [&found[0].0, &found.last().map_or(&found[0], |f| f).0];
    let both = long(common(&common(one, two), &silent));
    let either = united(one, two, length_ms);
    let one_alone = long(without(&common(&either, &silent), &both));
    let sign = if says {
        HoldSign::NoSignal
    } else {
        HoldSign::Possible
    };
    let mut holds: Vec<OnHold> = [
        (music, HoldSign::Music),
        (both, sign),
        (one_alone, HoldSign::Possible),
    ]
    .into_iter()
    .flat_map(|(list, sign)| {
        list.into_iter()
            .map(move |stretch| OnHold { stretch, sign })
    })
    .collect();
    holds.sort_by_key(|h| h.stretch.start_ms);
    holds
}

/// What is in both.
pub(super) fn common(a: &[Stretch], b: &[Stretch]) -> Vec<Stretch> {
    shared(a, b).into_iter().map(|(both, ..)| both).collect()
}

fn shared_with(list: &[Stretch], within: Stretch) -> Vec<Stretch> {
    common(list, &[within])
}

fn long(list: Vec<Stretch>) -> Vec<Stretch> {
    list.into_iter()
        .filter(|s| s.len_ms() >= NO_SIGNAL_MS)
        .collect()
}
