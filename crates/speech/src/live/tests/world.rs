//! A call played to the policy in real time, on a clock of its own.

use super::super::session::{Hearing, Look, Session};
use crate::decode::Weighed;
use crate::scribe::Speaker;
use crate::vad::ms;
use crate::window::Window;
use qinting_desk::LiveHeard;
use qinting_desk::error::AppResult;
use qinting_domain::HeardSegment;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

const CHUNK: usize = 1_600;
const CHUNK_TIME: Duration = Duration::from_millis(100);

/// What the engine was asked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    Draft {
        lane: u16,
        samples: usize,
    },
    Last {
        lane: u16,
        start_ms: u64,
        end_ms: u64,
        look: Look,
    },
}

/// An engine that says what it is told to, and takes its time.
#[derive(Clone)]
pub struct Script {
    pub clock: Rc<Cell<Duration>>,
    pub asked: Rc<RefCell<Vec<(Duration, Asked)>>>,
    pub draft_takes: Duration,
    pub last_takes: Duration,
    /// Text of a draft of so many samples.
    pub drafts: Rc<dyn Fn(usize) -> Weighed>,
    /// Text of every final; empty: nothing was said.
    pub last: &'static str,
    /// How sure of it.
    pub last_sure: f32,
    /// Text of every second look.
    pub second: &'static str,
    pub second_takes: Duration,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            clock: Rc::default(),
            asked: Rc::default(),
            draft_takes: Duration::from_millis(50),
            last_takes: Duration::from_millis(200),
            drafts: Rc::new(|samples| counting(samples, 0.6)),
            last: "说完了",
            last_sure: 0.9,
            second: "说完了",
            second_takes: Duration::from_millis(400),
        }
    }
}

/// A text that grows by four characters a second.
pub fn counting(samples: usize, sure: f32) -> Weighed {
    const TEXT: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈";
    let text: String = TEXT.chars().take(samples / 4_000).collect();
    Weighed {
        sure: vec![sure; text.chars().count()],
        text,
        stamps: Vec::new(),
    }
}

impl Script {
    fn note(&self, what: Asked, takes: Duration) {
        self.asked.borrow_mut().push((self.clock.get(), what));
        self.clock.set(self.clock.get() + takes);
    }
}

impl Hearing for Script {
    fn draft(&mut self, speaker: &Speaker, samples: &[f32]) -> AppResult<Weighed> {
        let lane = speaker.channel;
        let samples = samples.len();
        self.note(Asked::Draft { lane, samples }, self.draft_takes);
        Ok((self.drafts)(samples))
    }

    fn last(
        &mut self,
        speaker: &mut Speaker,
        window: &Window,
        look: Look,
    ) -> AppResult<Vec<HeardSegment>> {
        let (text, confidence, takes) = match look {
            Look::First => (self.last, self.last_sure, self.last_takes),
            Look::Second => (self.second, 0.9, self.second_takes),
        };
        let segment = HeardSegment {
            start_ms: ms(window.start()),
            end_ms: ms(window.islands.last().map_or(0, |i| i.end)),
            channel: speaker.channel,
            text: text.to_owned(),
            confidence,
            language: "zh".to_owned(),
        };
        let asked = Asked::Last {
            lane: segment.channel,
            start_ms: segment.start_ms,
            end_ms: segment.end_ms,
            look,
        };
        self.note(asked, takes);
        if text.is_empty() {
            return Ok(Vec::new());
        }
        speaker.last_text = Some(text.to_owned());
        Ok(vec![segment])
    }
}

/// What was told, and when.
pub type Told = Vec<(Duration, LiveHeard)>;

/// A call that is being listened to.
pub struct World {
    pub script: Script,
    session: Session<Script>,
    heard: u64,
    pub told: Told,
}

impl World {
    pub fn new(script: Script, lanes: u16, keep_all: bool) -> Self {
        Self {
            session: Session::new(script.clone(), lanes, keep_all),
            script,
            heard: 0,
            told: Vec::new(),
        }
    }

    /// Plays the lanes to their end, in real time: what sounds during a decoding is heard after it.
    pub fn play(&mut self, lanes: &[Vec<i16>]) {
        let from = self.heard;
        let length = lanes[0].len();
        let clock = self.script.clock.clone();
        let mut played = 0;
        while played < length {
            let due = ((clock.get().as_millis() / CHUNK_TIME.as_millis()) as usize * CHUNK)
                .saturating_sub(from as usize)
                .min(length);
            let mut note = |h| self.told.push((clock.get(), h));
            while played < due {
                let to = (played + CHUNK).min(length);
                for (i, lane) in lanes.iter().enumerate() {
                    let at = from + played as u64;
                    self.session
                        .hear(i as u16, at, &lane[played..to], &mut note);
                }
                played = to;
            }
            let worked = self.session.work(&|| clock.get(), &mut note).unwrap();
            if !worked {
                clock.set(clock.get() + CHUNK_TIME);
            }
        }
        self.heard += length as u64;
    }

    /// The call is over.
    pub fn finish(&mut self) {
        let clock = self.script.clock.clone();
        let mut note = |h| self.told.push((clock.get(), h));
        self.session.finish(&|| clock.get(), &mut note).unwrap();
    }

    pub fn drafts(&self) -> Vec<Draft> {
        let draft = |(at, heard): &(Duration, LiveHeard)| match heard.clone() {
            LiveHeard::Draft {
                utterance,
                start_ms,
                end_ms,
                committed,
                tentative,
                ..
            } => Some(Draft {
                at_ms: at.as_millis() as u64,
                utterance,
                start_ms,
                end_ms,
                committed,
                tentative,
            }),
            _ => None,
        };
        self.told.iter().filter_map(draft).collect()
    }

    pub fn finals(&self) -> Vec<Final> {
        let last = |(at, heard): &(Duration, LiveHeard)| match heard.clone() {
            LiveHeard::Final {
                lane,
                utterance,
                segments,
            } => Some(Final {
                at_ms: at.as_millis() as u64,
                lane,
                utterance,
                segments,
            }),
            _ => None,
        };
        self.told.iter().filter_map(last).collect()
    }

    /// (told at ms, text)
    pub fn doubts(&self) -> Vec<(u64, String)> {
        let doubt = |(at, heard): &(Duration, LiveHeard)| match heard {
            LiveHeard::Doubt { text, .. } => Some((at.as_millis() as u64, text.clone())),
            _ => None,
        };
        self.told.iter().filter_map(doubt).collect()
    }

    /// (told at ms, behind ms, thinned)
    pub fn lags(&self) -> Vec<(u64, u32, bool)> {
        let lag = |(at, heard): &(Duration, LiveHeard)| match heard {
            LiveHeard::Lag { behind_ms, thinned } => {
                Some((at.as_millis() as u64, *behind_ms, *thinned))
            }
            _ => None,
        };
        self.told.iter().filter_map(lag).collect()
    }

    pub fn asked(&self) -> Vec<(Duration, Asked)> {
        self.script.asked.borrow().clone()
    }
}

#[derive(Clone, Debug)]
pub struct Draft {
    pub at_ms: u64,
    pub utterance: u64,
    pub start_ms: u64,
    pub end_ms: u64,
    pub committed: String,
    pub tentative: String,
}

#[derive(Clone, Debug)]
pub struct Final {
    pub at_ms: u64,
    pub lane: u16,
    pub utterance: u64,
    pub segments: Vec<HeardSegment>,
}
