//! How a call begins: its rows first, then the sound.

mod rows;

use super::book;
use super::call::{Call, CallRunning};
use super::clock::HandClock;
use super::news;
use super::queues::Entry;
use super::queues::{News, NewsLine};
use super::sources::minutes_in;
use crate::desk::AtDesk;
use crate::live::ports::CapturePlan;
use crate::live::ports::KeepPlan;
use crate::live::shapes::{LiveBegin, LiveTextState};
use crate::thread::spawn_named;
use crossbeam_channel::{Receiver, unbounded};
use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::*;
use rows::{default_title, first_shown};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file is closed before it gets this big: what takes it in afterwards refuses more than 2 GiB,
/// and RIFF ends at 4.
const PART_BYTES: u64 = 2_000_000_000;
/// Space reserved at the start.
const RESERVE_MS: u64 = 20 * 60_000;
/// With less than this on the disk the recording would close itself at once.
const LEAST_MINUTES: u32 = 3;

/// What the two threads of a call read from.
struct Queues {
    news: Receiver<News>,
    entries: Receiver<Entry>,
}

/// Says that a call is wanted, until it has begun or could not.
struct Engaged<'a>(&'a AtomicBool);

impl<'a> Engaged<'a> {
    fn new(flag: &'a AtomicBool) -> Self {
        flag.store(true, Ordering::SeqCst);
        Self(flag)
    }
}

impl Drop for Engaged<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl AtDesk {
    /// Begins a call and gives it once its clock runs.
    pub(crate) fn begin_call(&self, begin: LiveBegin) -> AppResult<Arc<Call>> {
        let desk = &self.desk;
        let _turn = desk.live.turn.lock();
        desk.refuse_while_live()?;
        let engaged = Engaged::new(&desk.live.engaged);
        let begun = self.try_begin(begin);
        if let Ok(call) = &begun {
            *desk.live.current.write() = Some(call.clone());
        }
        drop(engaged);
        match begun {
            Ok(call) => {
                desk.runner.yield_to_live();
                call.tell_status();
                Ok(call)
            }
            Err(e) => {
                desk.runner.wake();
                Err(e)
            }
        }
    }

    fn try_begin(&self, begin: LiveBegin) -> AppResult<Arc<Call>> {
        let desk = &self.desk;
        let begin = self.checked_begin(begin)?;
        let place = desk.live.hold_to_begin()?;
        desk.end_check();
        desk.runner.yield_to_live();
        self.refuse_full_disk(&begin)?;
        let (rows, session, settings) = self.rows_of(&begin)?;
        // On whose behalf the machine acts stays the same when another person sits down.
        let by = AtDesk::machine(desk.clone(), self.actor());
        let mentor = match begin.mentor_id {
            Some(id) => Some(self.fetch::<Person>(id)?.name),
            None => None,
        };
        let records = vec![
            rows.case.clone().into(),
            rows.contact.clone().into(),
            rows.recording.clone().into(),
            rows.call.clone().into(),
        ];
        let extra = session.into_iter().chain(settings);
        let done = self.commit(
            Action::LiveBegin,
            records.into_iter().chain(extra).collect(),
        )?;
        let rows = rows.once_kept(done);
        let (news, entries) = (unbounded(), unbounded());
        let queues = Queues {
            news: news.1,
            entries: entries.1,
        };
        let call = Arc::new(Call {
            id: rows.call.id,
            case_id: rows.case.id,
            recording_id: rows.recording.id,
            mode: begin.mode,
            session_id: begin.session_id,
            shown: Mutex::new(first_shown(rows, mentor)),
            running: CallRunning::default(),
            hand: Mutex::new(HandClock::begin(
                desk.ports.clock.steady_ms(),
                desk.ports.clock.now_ms(),
            )),
            news: news.0,
            book: entries.0,
            _hold: place,
            by,
        });
        let started = start_threads(&call, queues).and_then(|()| self.start_sound(&call, &begin));
        if let Err(e) = started {
            call.give_up();
            return Err(e);
        }
        Ok(call)
    }

    /// The request as it is kept, or why it is refused.
    fn checked_begin(&self, mut begin: LiveBegin) -> AppResult<LiveBegin> {
        if begin.mode.keeps_words() && (begin.consent.is_none() || begin.notice.is_none()) {
            return Err(AppError::new(codes::LIVE_CONSENT_NEEDED));
        }
        checked_lanes(&begin.lanes, !begin.mode.keeps_words())?;
        for (field, value) in [
            ("title", &mut begin.title),
            ("business_line", &mut begin.business_line),
            ("agent", &mut begin.agent),
            ("customer", &mut begin.customer),
            ("anchor", &mut begin.anchor),
        ] {
            let kept = line(value);
            *value = kept.ok_or_else(|| AppError::new(codes::INVALID).with("field", field))?;
        }
        begin.anchor = anchor_of(&begin.anchor);
        if begin.title.is_empty() {
            let at = self.desk.now();
            begin.title = default_title(at + self.desk.ports.clock.ahead_of_utc_ms(at));
        }
        if let Some(id) = begin.mentor_id {
            self.fetch::<Person>(id)?;
        }
        if let Some(id) = begin.session_id {
            self.fetch::<ListeningSession>(id)?;
        }
        if begin.mode.keeps_words() && self.desk.machine.capture.is_none() {
            let name = begin.lanes.first().map(|l| l.name.clone());
            let missing = AppError::new(codes::LIVE_SOURCE_MISSING);
            return Err(missing.with("name", name.unwrap_or_default()));
        }
        Ok(begin)
    }

    fn refuse_full_disk(&self, begin: &LiveBegin) -> AppResult<()> {
        if begin.mode != ListenMode::Record {
            return Ok(());
        }
        let free = self.desk.machine.media.space()?.0;
        let minutes = minutes_in(free, &begin.lanes, &[]);
        if minutes < LEAST_MINUTES {
            return Err(AppError::new(codes::LIVE_DISK_LOW).with("minutes", minutes));
        }
        Ok(())
    }

    /// Opens ears and sources. The clock runs when this returns.
    fn start_sound(&self, call: &Arc<Call>, begin: &LiveBegin) -> AppResult<()> {
        let desk = &self.desk;
        let (Some(capture), true) = (&desk.machine.capture, begin.mode.keeps_words()) else {
            return Ok(());
        };
        let keep = match begin.mode {
            ListenMode::Record => Some(first_part(call)?),
            ListenMode::ClockOnly | ListenMode::TextOnly => None,
        };
        let hear = self.open_ears(call, begin);
        let line = NewsLine(call.news.clone());
        let plan = CapturePlan {
            lanes: begin.lanes.clone(),
            keep,
            hear,
        };
        let run = capture.begin(plan, Box::new(move |news| line.tell(news)))?;
        *call.running.run.write() = Some(run);
        Ok(())
    }

    /// Whether there are ears now. That there are none must not keep anybody from listening.
    fn open_ears(&self, call: &Arc<Call>, begin: &LiveBegin) -> bool {
        let opened = self.ears_request(begin).and_then(|request| {
            let (Some(request), Some(ears)) = (request, &self.desk.machine.ears) else {
                return Ok(None);
            };
            let news = call.news.clone();
            // After the end of a call nobody wants to know.
            let tell = move |heard| drop(news.send(News::Text(heard)));
            ears.open(request, Box::new(tell)).map(Some)
        });
        let mut shown = call.shown.lock();
        match opened {
            Ok(Some(ear)) => {
                if shown.status.text == LiveTextState::Off {
                    shown.status.text = LiveTextState::Loading;
                }
                *call.running.ear.lock() = Some(ear);
                true
            }
            Ok(None) => false,
            Err(e) => {
                tracing::warn!(recording = %call.recording_id, error = %e.kind(), "no live text");
                shown.status.text = LiveTextState::Failed;
                shown.troubles.text = Some(e.note);
                false
            }
        }
    }
}

/// The first file's row, which is there before the file is, and where it goes.
fn first_part(call: &Call) -> AppResult<KeepPlan> {
    let ports = &call.desk().ports;
    let machine = &call.desk().machine;
    let folder = machine.media.live(call.recording_id)?;
    ports.store.put_part(&CapturePart {
        recording_id: call.recording_id,
        ordinal: 1,
        file: PartName::of(1),
        sample_rate_hz: 0,
        channels: u16::try_from(call.shown.lock().status.lanes.len()).unwrap_or(2),
        start_frame: 0,
        frames: 0,
    })?;
    Ok(KeepPlan {
        folder,
        part_bytes: PART_BYTES,
        reserve_ms: RESERVE_MS,
    })
}

fn start_threads(call: &Arc<Call>, queues: Queues) -> AppResult<()> {
    let (desk, writer) = (call.clone(), call.clone());
    let mut threads = call.running.threads.lock();
    // Both catch what happens in them themselves, and end the call or write on.
    let run = move || news::run(&desk, &queues.news);
    threads.push(spawn_named("live-news", run, drop)?);
    let run = move || book::run(&writer, &queues.entries);
    threads.push(spawn_named("live-book", run, drop)?);
    Ok(())
}

/// One lane or two that do not share a name's place; none only where no sound is taken.
pub(super) fn checked_lanes(lanes: &[LiveLane], may_be_none: bool) -> AppResult<()> {
    let twice = matches!(lanes, [a, b] if a.source == b.source && a.side == b.side);
    let is_named = lanes.iter().all(|l| !l.source.is_empty());
    let is_fine = lanes.len() <= 2 && !twice && is_named && (may_be_none || !lanes.is_empty());
    if is_fine {
        Ok(())
    } else {
        Err(AppError::new(codes::INVALID).with("field", "lanes"))
    }
}
