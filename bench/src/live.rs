//! A call of the demo, played at the speed of life to the ears in their worker process: when does a
//! spoken character stand on the screen, when is it certain, when is the utterance final?

mod projected;
pub(crate) mod quiet;
mod said;

use crate::report::{Row, Times, say};
use crate::{host, import, speak, transcribe, wav};
use anyhow::{Context, ensure};
use qinting_desk::{LiveEarsRequest, LiveHeard};
use qinting_testkit::demo_call;
use qinting_testkit::files::holding;
use qinting_testkit::sound::whole;
use said::{Script, Shown};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// The call, and the file it is in.
const CALL: &str = "fridge";
const LANGUAGE: &str = "zh";
/// Sound is handed over in pieces of this length, as a capture does.
const PIECE: Duration = Duration::from_millis(20);
/// How long the model may take to load.
const LOAD: Duration = Duration::from_secs(60);

/// What was told, and when on the call's clock.
pub(crate) type Told = Vec<(Duration, LiveHeard)>;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let Some(model) = transcribe::model() else {
        let why = "no model (QINTING_BENCH_MODEL)";
        return Ok(vec![Row::skipped("live text", why, "p50 <= 1.2 s")]);
    };
    let script = Script::of(CALL)?;
    let lanes = lanes()?;
    say("listening to a call as it happens");
    let busy = load();
    let told = play(&model, LANGUAGE, &lanes)?;
    let shown = said::follow(&script, &told);
    let mut rows = latencies(&shown, &format!("{:.1}", busy.max(load())));
    rows.extend(quality(&script, &shown));
    say("listening where nobody speaks");
    rows.push(quiet::measure(&model)?);
    rows.extend(projected::measure()?);
    Ok(rows)
}

fn latencies(shown: &Shown, load: &str) -> Vec<Row> {
    let seconds = |times: &Times, permille| times.at(permille) / 1_000.0;
    let row = |what: &str, times: &[Duration], p50: f64, p95: f64, target: &str| {
        let times = Times::new(times.to_vec());
        let (a, b) = (seconds(&times, 500), seconds(&times, 950));
        let figure = format!("p50 {a:.2} p95 {b:.2} s");
        Row::new(what, figure, target, a <= p50 && b <= p95)
    };
    let count = shown.drafted.len();
    let none = f64::MAX;
    vec![
        row(
            &format!("live: spoken to shown ({count} chars, load {load})"),
            &shown.drafted,
            1.2,
            2.0,
            "<= 1.2, <= 2.0 s",
        ),
        row(
            "  spoken to certain or final",
            &shown.certain,
            2.3,
            none,
            "p50 <= 2.3 s",
        ),
        row(
            "  end of utterance to final",
            &shown.finals,
            none,
            1.5,
            "p95 <= 1.5 s",
        ),
    ]
}

fn quality(script: &Script, shown: &Shown) -> Vec<Row> {
    let (wrong, all) = shown.wrong_of(script);
    let share = wrong as f64 / all.max(1) as f64;
    vec![
        Row::new(
            "  certain characters taken back",
            shown.taken_back.to_string(),
            "0",
            shown.taken_back == 0,
        ),
        Row::new(
            "  final characters wrong",
            format!("{wrong} of {all}"),
            "<= 5 %",
            share <= 0.05,
        ),
        Row::new(
            "  characters where nobody spoke",
            shown.out_of_nothing.to_string(),
            "0",
            shown.out_of_nothing == 0,
        ),
    ]
}

pub(crate) fn request(model: &Path, language: &str) -> LiveEarsRequest {
    LiveEarsRequest {
        lanes: 2,
        draft_model: model.to_owned(),
        final_model: model.to_owned(),
        language: language.into(),
        simplified: true,
        numbers: qinting_domain::NumberStyle::AsHeard,
        threads: 0,
        keep_all: true,
    }
}

/// Both sides of the call as an import decodes them, at the rate the ears take.
fn lanes() -> anyhow::Result<Vec<Vec<i16>>> {
    let dir = tempfile::tempdir()?;
    let host = host(dir.path())?;
    let case = import::bring_in(&host.at_desk(), &demo_call(CALL))?;
    let recording = host.at_desk().get_case(case)?.recording;
    let hash = recording.context("a demo call has sound")?.audio_sha256;
    let media = dir.path().join("workspace/media");
    let sound = holding(&media, &hash).context("its sound is there")?;
    let lanes = wav::channels(&sound)?;
    Ok(lanes.iter().map(|lane| whole(lane)).collect())
}

/// Plays the lanes in real time.
pub(crate) fn play(model: &Path, language: &str, lanes: &[Vec<i16>]) -> anyhow::Result<Told> {
    let (send, told) = channel();
    let tell = Box::new(move |heard| {
        // Nobody listens any more once the call is over.
        let _ = send.send((Instant::now(), heard));
    });
    let ear = qinting_worker::live_ears().open(request(model, language), tell)?;
    wait_until_ready(&told)?;
    let begun = Instant::now();
    let mut done = 0;
    while done < lanes[0].len() {
        std::thread::sleep(PIECE);
        let due = (begun.elapsed().as_secs_f64() * f64::from(speak::RATE_HZ)) as usize;
        let due = due.min(lanes[0].len());
        for (lane, samples) in (0u16..).zip(lanes) {
            ear.hear(lane, done as u64, &samples[done..due]);
        }
        done = due;
    }
    ear.finish(LOAD);
    let since = |(at, heard): (Instant, LiveHeard)| (at.saturating_duration_since(begun), heard);
    Ok(told.try_iter().map(since).collect())
}

fn wait_until_ready(told: &Receiver<(Instant, LiveHeard)>) -> anyhow::Result<()> {
    let (_, first) = told.recv_timeout(LOAD)?;
    ensure!(matches!(first, LiveHeard::Ready), "the model does not load");
    Ok(())
}

/// What the machine does besides: its load over the last minute.
pub(crate) fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split_whitespace().next();
    first.and_then(|w| w.parse().ok()).unwrap_or(f64::NAN)
}
