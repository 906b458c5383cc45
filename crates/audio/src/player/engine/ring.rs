//! The ring between the player and its device: kept full ahead, read back behind.

use super::super::plan::Rules;
use super::super::render::Render;
use super::PlaybackEngine;
use std::sync::atomic::Ordering;
use std::time::Instant;

impl PlaybackEngine {
    /// Renders until the ring is full or nothing is left to play.
    pub(super) fn fill(&mut self) {
        let (Some(loaded), Some(running)) = (&mut self.loaded, &mut self.running) else {
            return;
        };
        let rate = f64::from(loaded.pcm.rate_hz);
        let mut at_ms = self.track.place_ms(Instant::now());
        while self.ends_ms.is_none() {
            if let Some(render) = &mut self.render {
                render.push(&mut loaded.pcm, self.run, &mut running.line.frames);
                if !render.is_done() {
                    return;
                }
                at_ms = render.end_frame() as f64 * 1000.0 / rate;
            }
            let rules = Rules {
                duration_ms: self.state.duration_ms,
                clip: self.state.clip.as_ref(),
                loop_range: self.state.loop_range.as_ref(),
                silences: self
                    .state
                    .skip_silence
                    .then_some(&loaded.source.silences[..]),
            };
            match rules.next(at_ms) {
                Some((from, to)) => {
                    let frame = |ms: f64| (ms * rate / 1000.0).round() as u64;
                    self.render = Some(Render::new(
                        &loaded.pcm,
                        frame(from),
                        frame(to).min(loaded.pcm.frames),
                        f64::from(self.state.speed),
                        running.line.rate_hz,
                    ));
                }
                None => {
                    let clip_end = self.state.clip.as_ref().map(|c| c.end_ms);
                    self.ends_ms = Some(clip_end.unwrap_or(self.state.duration_ms));
                    self.render = None;
                }
            }
        }
    }

    /// Reads back what was heard.
    pub(super) fn follow(&mut self) {
        let Some(running) = &mut self.running else {
            return;
        };
        // What fades out after a pause or a jump counts no more.
        let sounds = self.state.playing && !self.state.silent && !self.controls.is_mute();
        let source = self.loaded.as_ref().filter(|_| sounds);
        while let Ok(heard) = running.line.heard.pop() {
            if let Some(loaded) = source
                && heard.run == self.run
            {
                self.heard.add(loaded.source.recording_id, &heard);
            }
            self.track.add(heard);
        }
        if self.state.playing {
            let ms = self.track.place_ms(Instant::now());
            self.state.position_ms = (ms.round() as u64).min(self.state.duration_ms);
        }
    }

    /// Stops once the device has played all there was to play.
    pub(super) fn finish(&mut self, now: Instant) {
        let (Some(ends_ms), Some(running)) = (self.ends_ms, &self.running) else {
            return;
        };
        let frames = &running.line.frames;
        if frames.slots() < frames.buffer().capacity() {
            return;
        }
        // A callback reports what it took when it ends: only the next one proves that it did.
        let beats = running.line.controls.beats.load(Ordering::Relaxed);
        let emptied = *self.emptied.get_or_insert(beats);
        if beats > emptied && self.track.is_over(now) {
            self.halt();
            self.state.clip = None;
            self.state.position_ms = ends_ms;
        }
    }
}
