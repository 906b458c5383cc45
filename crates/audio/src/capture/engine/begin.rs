//! From the wish to the first frame.

use super::{CaptureEngine, CaptureLane, Parts, Phase};
use crate::capture::feed::{Feed, State};
use crate::capture::gaps::Gaps;
use crate::capture::heard::HeardFeed;
use crate::capture::inputs::Refusal;
use crate::capture::meter::Meter;
use crate::capture::usher::Ask;
use crate::twins::Twins;
use qinting_desk::{AppError, AppResult, CaptureEnd, CaptureNews, LaneState, codes};
use std::collections::VecDeque;

/// Longest wait for the first samples of an input.
const FIRST_US: u64 = 5_000_000;
/// Longest wait for those of what the machine plays: it may be playing nothing.
const FIRST_SYSTEM_US: u64 = 1_000_000;
/// Most that the recording begins before the word that it did.
const EARLY_US: f64 = 100_000.0;
/// Arrivals are watched this long before the lanes are put in their places.
const SETTLE_US: u64 = 600_000;

const LOWEST_HZ: u32 = 8_000;
const HIGHEST_HZ: u32 = 48_000;

impl CaptureEngine {
    pub(in crate::capture) fn new(parts: Parts, now_us: u64) -> Self {
        let mut feeds: Vec<Feed> = Vec::new();
        for (lane, want) in parts.wants.into_iter().enumerate() {
            let side = parts.lanes[lane].side;
            match feeds.iter_mut().find(|feed| feed.want.id == want.id) {
                Some(feed) => feed.lanes.push((lane, side)),
                None => feeds.push(Feed::new(want, vec![(lane, side)], now_us)),
            }
        }
        let ruler = feeds.iter().position(Feed::is_input).unwrap_or(0);
        let mut engine = Self {
            gaps: Gaps::new(parts.tell.clone()),
            tell: parts.tell,
            usher: parts.usher,
            shown: parts.shown,
            ready: Some(parts.ready),
            start_keep: parts.start_keep,
            keep: None,
            names: parts.lanes,
            hear: parts.hear,
            phase: Phase::Opening { since_us: now_us },
            feeds,
            ruler,
            lanes: Vec::new(),
            twins: None,
            rate_hz: 0,
            offset_us: -(now_us as f64),
            pos: 0,
            next_report: 0,
            switches: VecDeque::new(),
            awake_from: 0,
            is_paused: false,
            pause: None,
            sample: None,
            last: None,
            judged_us: now_us,
            second: 0,
            is_looking: false,
            same_told: false,
            lost_samples: 0,
            hang: None,
            end: CaptureEnd::default(),
            failed: Ok(()),
        };
        engine.show();
        for feed in 0..engine.feeds.len() {
            let want = engine.feeds[feed].want.clone();
            engine.usher.ask(Ask::Open { feed, want });
        }
        engine
    }

    /// Waits for the first samples.
    pub(super) fn open(&mut self, now_us: u64, since_us: u64) {
        let waited_us = now_us.saturating_sub(since_us);
        if self.feeds.iter().all(|feed| feed.stream.is_some()) {
            if self.rate_hz == 0 {
                self.tune();
            }
            self.drain();
        }
        let dead = |feed: &Feed| feed.stream.as_ref().and_then(|s| s.trouble.why_lost());
        let died = self.feeds.iter().enumerate();
        if let Some((feed, why)) = died.filter_map(|(n, feed)| Some((n, dead(feed)?))).next() {
            let error = self.refusal(feed, codes::LIVE_SOURCE_REFUSED);
            return self.fail(error.because(why));
        }
        let late = self.feeds.iter().position(|feed| {
            let patience_us = if feed.is_input() {
                u64::MAX
            } else {
                FIRST_SYSTEM_US
            };
            !feed.has_come && (feed.stream.is_none() || waited_us < patience_us)
        });
        let Some(late) = late else {
            return self.started(now_us);
        };
        if waited_us >= FIRST_US {
            tracing::warn!(feed = late, "a source gives no sound");
            self.fail(self.refusal(late, codes::LIVE_SOURCE_REFUSED));
        }
    }

    pub(super) fn refusal(&self, feed: usize, code: &str) -> AppError {
        let name = self.feeds[feed]
            .lanes
            .first()
            .map_or("", |(lane, _)| self.names[*lane].name.as_str());
        AppError::new(code).with("name", name)
    }

    /// A source did not let itself be opened at the beginning.
    pub(super) fn fail_to_open(&mut self, feed: usize, refusal: Refusal) {
        let error = match refusal {
            Refusal::Missing => self.refusal(feed, codes::LIVE_SOURCE_MISSING),
            Refusal::Refused(why) => self.refusal(feed, codes::LIVE_SOURCE_REFUSED).because(why),
        };
        self.fail(error);
    }

    fn fail(&mut self, error: AppError) {
        self.close_streams();
        self.phase = Phase::Over;
        self.failed = Err(error.clone());
        self.answer_begin(Err(error));
    }

    fn answer_begin(&mut self, result: AppResult<()>) {
        if let Some(ready) = self.ready.take() {
            // Whoever began it may have given up.
            let _ = ready.send(result);
        }
    }

    /// The ruling source's own rate is the recording's.
    fn tune(&mut self) {
        let shape = |feed: &Feed| feed.stream.as_ref().map_or(HIGHEST_HZ, |s| s.shape.rate_hz);
        self.rate_hz = shape(&self.feeds[self.ruler]).clamp(LOWEST_HZ, HIGHEST_HZ);
        for (index, feed) in self.feeds.iter_mut().enumerate() {
            feed.tune(self.rate_hz, index == self.ruler);
        }
        let rate = self.rate_hz;
        let count = self.names.len();
        let feed_of = |lane| {
            self.feeds
                .iter()
                .position(|feed| feed.lanes.iter().any(|(at, _)| *at == lane))
                .unwrap_or(0)
        };
        self.lanes = (0..count)
            .map(|lane| CaptureLane {
                feed: feed_of(lane),
                meter: Meter::new(rate),
                heard: self.hear.then(|| HeardFeed::new(rate)),
                told: LaneState::Running,
                dead: None,
            })
            .collect();
        self.twins = (count == 2).then(|| Twins::new(rate));
        self.next_report = u64::from(rate) / 10;
    }

    /// The first samples of every lane are here.
    fn started(&mut self, now_us: u64) {
        if let Some(start) = self.start_keep.take() {
            match start(self.rate_hz, self.lanes.len() as u16) {
                Ok(keep) => self.keep = Some(keep),
                Err(error) => return self.fail(error),
            }
        }
        self.offset_us = -(now_us as f64);
        self.show();
        self.phase = Phase::Settling { since_us: now_us };
        (self.tell)(CaptureNews::Started);
        self.answer_begin(Ok(()));
    }

    /// Finds the moment from which every lane has samples: the call clock's zero.
    pub(super) fn settle(&mut self, now_us: u64, since_us: u64) {
        self.drain();
        if now_us.saturating_sub(since_us) < SETTLE_US {
            return;
        }
        let begins = |feed: &Feed| feed.line.offset_us().map(|own| -own);
        let zero_us = self
            .feeds
            .iter()
            .filter_map(begins)
            .max_by(f64::total_cmp)
            .unwrap_or(since_us as f64)
            .max(since_us as f64 - EARLY_US);
        self.offset_us = -zero_us;
        for feed in &mut self.feeds {
            if matches!(feed.state, State::Settling { .. }) {
                feed.place(self.offset_us);
            }
        }
        self.judged_us = now_us;
        self.phase = Phase::Live;
        self.show();
    }
}
