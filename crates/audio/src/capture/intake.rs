//! The way from a device's callback to the capture's own thread: a ring of samples and a ring of
//! marks that say when they came. All of it is allocated before the first sample.

use super::clock::Ticks;
use parking_lot::Mutex;
use rtrb::{Consumer, Producer, RingBuffer};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Sound that fits between a device and the capture's thread, in seconds.
const RING_S: usize = 8;
/// Callbacks that fit; one that does not is told by the next.
const MARKS: usize = 8192;

/// What a device delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InputShape {
    /// Samples per second and channel.
    pub rate_hz: u32,
    /// 1 or more.
    pub channels: u16,
}

/// How far a stream was when one callback ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// When, on the steady clock.
    pub stamp_us: u64,
    /// Frames in the ring since the stream began.
    pub kept: u64,
    /// Frames that did not fit since the stream began; the newest of them belong behind `kept`.
    pub lost: u64,
}

/// The device's end. Its methods neither lock, allocate, log nor panic.
pub struct Intake {
    samples: Producer<i16>,
    marks: Producer<Mark>,
    ticks: Arc<dyn Ticks>,
    channels: usize,
    kept: u64,
    lost: u64,
}

impl Intake {
    /// Takes what one callback brings: whole interleaved frames.
    pub fn push(&mut self, frames: &[i16]) {
        self.push_as(frames, |s| s);
    }

    /// The same for samples of another format.
    pub fn push_as<T: Copy>(&mut self, frames: &[T], to: impl Fn(T) -> i16) {
        let fits = self.samples.slots().min(frames.len()) / self.channels * self.channels;
        if let Ok(room) = self.samples.write_chunk_uninit(fits) {
            room.fill_from_iter(frames.iter().take(fits).map(|s| to(*s)));
            self.kept += (fits / self.channels) as u64;
            self.lost += ((frames.len() - fits) / self.channels) as u64;
        }
        let mark = Mark {
            stamp_us: self.ticks.now().steady_us,
            kept: self.kept,
            lost: self.lost,
        };
        // The next mark says what this one would have.
        let _ = self.marks.push(mark);
    }
}

/// The capture's end.
pub(super) struct Outlet {
    samples: Consumer<i16>,
    marks: Consumer<Mark>,
    channels: usize,
    taken: u64,
}

impl Outlet {
    /// The next callback's mark and its samples, interleaved, behind those in `into`.
    pub(super) fn next(&mut self, into: &mut Vec<i16>) -> Option<Mark> {
        let mark = self.marks.pop().ok()?;
        let frames = mark.kept.saturating_sub(self.taken) as usize;
        // Samples are in the ring before their mark is.
        if let Ok(chunk) = self.samples.read_chunk(frames * self.channels) {
            let (first, second) = chunk.as_slices();
            into.extend_from_slice(first);
            into.extend_from_slice(second);
            chunk.commit_all();
            self.taken = mark.kept;
        }
        Some(mark)
    }
}

/// Both ends for one stream.
pub(super) fn intake(shape: InputShape, ticks: Arc<dyn Ticks>) -> (Intake, Outlet) {
    let channels = usize::from(shape.channels.max(1));
    let (samples, taken) = RingBuffer::new(RING_S * shape.rate_hz as usize * channels);
    let (marks, marked) = RingBuffer::new(MARKS);
    (
        Intake {
            samples,
            marks,
            ticks,
            channels,
            kept: 0,
            lost: 0,
        },
        Outlet {
            samples: taken,
            marks: marked,
            channels,
            taken: 0,
        },
    )
}

/// What a device tells besides sound. Clones speak of the same stream.
#[derive(Clone, Debug, Default)]
pub struct Trouble(Arc<Signs>);

#[derive(Debug, Default)]
struct Signs {
    lost: Mutex<Option<String>>,
    xruns: AtomicU64,
    rerouted: AtomicU64,
}

impl Trouble {
    /// The stream is dead; `why` is for the log.
    pub fn lost(&self, why: String) {
        self.0.lost.lock().get_or_insert(why);
    }
    /// The system says that it dropped sound.
    pub fn xrun(&self) {
        self.0.xruns.fetch_add(1, Ordering::Relaxed);
    }
    /// The system put another device under the stream.
    pub fn rerouted(&self) {
        self.0.rerouted.fetch_add(1, Ordering::Relaxed);
    }
    pub(super) fn why_lost(&self) -> Option<String> {
        self.0.lost.lock().clone()
    }
    pub(super) fn xruns(&self) -> u64 {
        self.0.xruns.load(Ordering::Relaxed)
    }
    pub(super) fn reroutes(&self) -> u64 {
        self.0.rerouted.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::clock::Moment;

    struct Still;
    impl Ticks for Still {
        fn now(&self) -> Moment {
            Moment::default()
        }
    }

    const STEREO: InputShape = InputShape {
        rate_hz: 100,
        channels: 2,
    };

    #[test]
    fn samples_come_out_as_they_went_in() {
        let (mut device, mut ours) = intake(STEREO, Arc::new(Still));
        device.push(&[1, -1, 2, -2]);
        device.push(&[i16::MAX, i16::MIN]);
        let mut got = Vec::new();
        while ours.next(&mut got).is_some() {}
        assert_eq!(got, [1, -1, 2, -2, i16::MAX, i16::MIN]);
    }

    #[test]
    fn a_full_ring_keeps_whole_frames_and_counts_the_rest() {
        let (mut device, mut ours) = intake(STEREO, Arc::new(Still));
        let frames = RING_S * 100;
        device.push(&vec![7; (frames + 25) * 2]);
        device.push(&[9, 9]);
        let mut got = Vec::new();
        let first = ours.next(&mut got).unwrap();
        let second = ours.next(&mut got).unwrap();
        assert_eq!((first.kept, first.lost), (frames as u64, 25));
        assert_eq!((second.kept, second.lost), (frames as u64, 26));
        assert_eq!(
            got,
            vec![7; frames * 2],
            "nothing after the loss slipped in"
        );
        device.push(&[3, 4]);
        got.clear();
        let third = ours.next(&mut got).unwrap();
        assert_eq!(
            (third.kept, third.lost, got),
            (frames as u64 + 1, 26, vec![3, 4])
        );
    }

    #[test]
    fn marks_that_do_not_fit_are_told_by_the_next() {
        let (mut device, mut ours) = intake(
            InputShape {
                rate_hz: 48_000,
                channels: 1,
            },
            Arc::new(Still),
        );
        for _ in 0..MARKS + 100 {
            device.push(&[5]);
        }
        let mut got = Vec::new();
        while ours.next(&mut got).is_some() {}
        device.push(&[6]);
        while ours.next(&mut got).is_some() {}
        assert_eq!(got.len(), MARKS + 101);
        assert_eq!(got.last(), Some(&6));
    }
}
