//! Calls put together from clips at known places.

use super::energy;
use super::places::Said;
use crate::speak::RATE_HZ;
use qinting_testkit::dice::Dice;

const MS: usize = RATE_HZ as usize / 1_000;
/// What is left around the speech of a clip: a soft beginning lies below what the measure calls speech.
const RIM: usize = 60 * MS;
/// The ends of a clip come and go over this.
const FADE: usize = 10 * MS;
/// The loudest sample of a clip.
const LOUD: f32 = 0.5;

/// A clip without the quiet around it.
#[derive(Clone)]
pub(super) struct Clip {
    samples: Vec<f32>,
    /// Where the speech begins and ends in it.
    from: usize,
    to: usize,
}

impl Clip {
    /// Cuts away the quiet, measured by energy. `None` when nobody speaks in it, and when it is as loud
    /// from end to end: where the words begin is not known then.
    pub(super) fn of(sound: &[f32]) -> Option<Self> {
        let spoken = energy::speech(sound);
        let (from, to) = (spoken.first()?.start, spoken.last()?.end);
        if from == 0 && to == sound.len() {
            return None;
        }
        let begin = from.saturating_sub(RIM);
        let end = (to + RIM).min(sound.len());
        let peak = sound.iter().fold(f32::EPSILON, |p, s| p.max(s.abs()));
        let length = end - begin;
        let fade = |n: usize| (n.min(length - 1 - n) as f32 / FADE as f32).min(1.0);
        let faded = |(n, s): (usize, &f32)| s / peak * LOUD * fade(n);
        Some(Self {
            samples: sound[begin..end].iter().enumerate().map(faded).collect(),
            from: from - begin,
            to: to - begin,
        })
    }

    fn spoken(&self) -> usize {
        self.to - self.from
    }
}

/// A call of two lanes.
#[derive(Default)]
pub(super) struct Call {
    /// At 16 kHz, of one length.
    pub(super) lanes: [Vec<f32>; 2],
    /// What is said on them, in milliseconds.
    pub(super) said: Vec<Said>,
}

impl Call {
    /// Two people who take turns: pauses of half a second to six, every fifth turn into the other's
    /// words, and now and then two turns of the same person.
    pub(super) fn in_turns(clips: &[Clip], rounds: usize, seed: u64) -> Self {
        let mut dice = Dice::at(seed);
        let mut call = Self::default();
        let (mut lane, mut over) = (0, RATE_HZ as usize);
        for n in 0..clips.len() * rounds {
            let clip = &clips[n % clips.len()];
            let own_end = call.end_of(lane);
            let interrupts = n % 5 == 4 && own_end < over;
            let at = if interrupts {
                over.saturating_sub((300 + dice.below(700)) * MS)
            } else {
                over + (500 + dice.below(5_500)) * MS
            };
            let at = at.max(own_end + 500 * MS);
            call.put(lane, at, clip);
            over = over.max(at + clip.spoken());
            if n % 4 != 3 {
                lane = 1 - lane;
            }
        }
        call.end(2_000 * MS);
        call
    }

    /// Two people who both speak nearly all the time, for so many seconds.
    pub(super) fn dense(clips: &[Clip], seconds: usize, seed: u64) -> Self {
        let mut dice = Dice::at(seed);
        let mut call = Self::default();
        for lane in 0..2 {
            let mut n = lane as usize * clips.len() / 2;
            while call.end_of(lane) < seconds * RATE_HZ as usize {
                let at = call.end_of(lane) + (200 + dice.below(400)) * MS;
                call.put(lane, at, &clips[n % clips.len()]);
                n += 1;
            }
        }
        call.end(0);
        let length = seconds * RATE_HZ as usize;
        call.lanes.iter_mut().for_each(|l| l.truncate(length));
        call
    }

    /// Length in milliseconds.
    pub(super) fn length_ms(&self) -> u64 {
        (self.lanes[0].len() / MS) as u64
    }

    /// Where the last words of a lane end, in samples.
    fn end_of(&self, lane: u16) -> usize {
        let mine = self.said.iter().filter(|s| s.lane == lane);
        mine.map(|s| s.end_ms as usize * MS).max().unwrap_or(0)
    }

    /// Adds a clip whose words begin at a sample, to the millisecond.
    fn put(&mut self, lane: u16, at: usize, clip: &Clip) {
        let at = at.next_multiple_of(MS);
        let begin = at.saturating_sub(clip.from);
        let cut = clip.from - (at - begin);
        let track = &mut self.lanes[usize::from(lane)];
        let end = begin + clip.samples.len() - cut;
        track.resize(track.len().max(end), 0.0);
        for (there, sample) in track[begin..end].iter_mut().zip(&clip.samples[cut..]) {
            *there += sample;
        }
        self.said.push(Said {
            lane,
            start_ms: (at / MS) as u64,
            end_ms: ((at + clip.spoken()) / MS) as u64,
        });
    }

    /// Ends both lanes together, so many samples after the last word.
    fn end(&mut self, after: usize) {
        let length = self.lanes.iter().map(Vec::len).max().unwrap_or(0) + after;
        self.lanes.iter_mut().for_each(|l| l.resize(length, 0.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clips() -> Vec<Clip> {
        let tone = |n: usize| 0.2 * (n as f32 * 0.3).sin();
        let clip = |seconds: usize| {
            let quiet = vec![0.0; 500 * MS];
            let loud = (0..seconds * 1_000 * MS).map(tone);
            let sound: Vec<f32> = quiet
                .iter()
                .copied()
                .chain(loud)
                .chain(quiet.clone())
                .collect();
            Clip::of(&sound).expect("somebody speaks")
        };
        vec![clip(2), clip(3), clip(1)]
    }

    #[test]
    fn the_quiet_around_a_clip_is_cut_away_to_a_rim() {
        let clip = &clips()[0];
        assert_eq!(clip.spoken(), 2_000 * MS);
        assert_eq!(clip.samples.len(), 2_000 * MS + 2 * RIM);
    }

    #[test]
    fn a_clip_that_is_loud_from_end_to_end_has_no_known_ends() {
        let noisy: Vec<f32> = (0..1_000 * MS).map(|n| 0.1 * (n as f32).sin()).collect();
        assert!(Clip::of(&noisy).is_none());
        assert!(Clip::of(&vec![0.0; 1_000 * MS]).is_none());
    }

    #[test]
    fn words_stand_where_the_call_says_they_do() {
        let call = Call::in_turns(&clips(), 4, 1);
        assert_eq!(call.said.len(), 12);
        for said in &call.said {
            let lane = &call.lanes[usize::from(said.lane)];
            let found = energy::speech(lane);
            let (from, to) = (said.start_ms as usize * MS, said.end_ms as usize * MS);
            let is_there = |r: &std::ops::Range<usize>| {
                r.start.abs_diff(from) <= 20 * MS && r.end.abs_diff(to) <= 20 * MS
            };
            assert!(found.iter().any(is_there), "{said:?} of {found:?}");
        }
    }

    #[test]
    fn turns_pause_and_sometimes_overlap_but_never_on_their_own_lane() {
        let said = Call::in_turns(&clips(), 8, 1).said;
        let overlap = |a: &Said, b: &Said| a.start_ms < b.end_ms && b.start_ms < a.end_ms;
        let pairs = || {
            said.iter()
                .enumerate()
                .flat_map(|(n, a)| said[n + 1..].iter().map(move |b| (a, b)))
        };
        assert!(pairs().any(|(a, b)| a.lane != b.lane && overlap(a, b)));
        assert!(!pairs().any(|(a, b)| a.lane == b.lane && overlap(a, b)));
    }

    #[test]
    fn a_dense_call_is_mostly_speech_on_both_lanes() {
        let call = Call::dense(&clips(), 30, 1);
        assert_eq!(call.length_ms(), 30_000);
        assert!(call.lanes.iter().all(|l| energy::share(l) > 0.55));
    }
}
