//! How the real window keeps up with a 3-hour call: from one frame to the next while it plays, is panned, and is read.

use crate::open;
use crate::report::{Row, Times, say};
use anyhow::{Context, ensure};
use qinting_host::Options;
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::{Value, json};
use std::time::Duration;

/// How long each is looked at.
const SCENE: Duration = Duration::from_secs(8);
/// What a person does, and what of the window shows that it was done.
const SCENES: [(&str, &str); 4] = [
    ("plays", "frames of a 3 h call that plays"),
    ("pans", "  panned while it plays"),
    ("zooms", "  zoomed while it plays"),
    ("reads", "  its text scrolled while it plays"),
];

/// Does a scene once per frame for `ms` and hands over the times between frames, and what changed for it.
const WATCH: &str = r#"
    const [scene, ms, done] = arguments;
    const wave = document.querySelector('[data-testid="waveform"]');
    const field = wave.querySelector("canvas");
    const list = [...document.querySelectorAll("ol")].find((one) => one.offsetHeight > 10_000).parentElement;
    const { left, top, width, height } = field.getBoundingClientRect();
    const wheel = (how) => field.dispatchEvent(new WheelEvent("wheel", {
        bubbles: true, cancelable: true, clientX: left + width / 2, clientY: top + height / 2, ...how,
    }));
    // From three hours to about a minute, so that there is somewhere to go.
    if (scene === "pans") for (let n = 0; n < 5; n++) wheel({ ctrlKey: true, deltaY: -240 });
    const step = {
        plays: () => {},
        pans: (n) => wheel({ deltaX: n % 240 < 120 ? 24 : -24 }),
        zooms: (n) => wheel({ ctrlKey: true, deltaY: n % 120 < 60 ? -20 : 20 }),
        reads: (n) => { list.scrollTop += n % 240 < 120 ? 60 : -60; },
    }[scene];
    const seen = () => ({ pans: wave.innerText, zooms: wave.innerText, reads: list.innerText }[scene]);
    const before = seen();
    const states = new Set();
    const gaps = [];
    let n = 0;
    let last = performance.now();
    const end = last + ms;
    requestAnimationFrame(function frame() {
        const now = performance.now();
        gaps.push(now - last);
        last = now;
        step(n++);
        if (n % 30 === 0) states.add(seen());
        if (now < end) requestAnimationFrame(frame);
        else done({ gaps, moved: scene === "plays" || [...states].some((one) => one !== before) });
    });
"#;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    // As people have it: the driver alone would have the window draw another way.
    let plan = Plan::new("bench-frames")
        .without_speaker()
        .with_env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    let Some(mut stage) = plan.open() else {
        let skipped = |(_, row)| Row::skipped(row, "no window can be driven here", "told");
        return Ok(SCENES.map(skipped).into());
    };
    let case = with_a_long_call(&mut stage)?;
    stage.resize(1440, 900);
    stage.eval_with("location.hash = arguments[0]", vec![json!(case)]);
    stage.wait_for(&id("waveform"));
    stage.until("the text is there", |page| {
        page.eval(
            "return [...document.querySelectorAll('ol')].some((one) => one.offsetHeight > 10_000)",
        ) == true
    });
    stage.press("Space");
    stage.until("it plays", |page| {
        let state = page.invoke("player_state", Value::Null);
        state.is_ok_and(|state| state["playing"] == true)
    });
    SCENES
        .into_iter()
        .map(|(scene, row)| Ok(Row::told(row, watch(&stage, scene)?)))
        .collect()
}

/// The window on a workspace with a call of three hours, and where in the window that call is.
fn with_a_long_call(stage: &mut Stage) -> anyhow::Result<String> {
    let (dir, models, data) = (stage.dir().to_owned(), stage.models(), stage.data());
    let mut made = None;
    stage.restart_after(|workspace| {
        let options = || Options {
            workspace: workspace.to_owned(),
            models: Some(models.clone()),
            player: false,
            device: qinting_store::Device::kept_in(&data),
        };
        made = Some(open::long_call(&dir, options));
    });
    let case = made.context("the window was opened again")??;
    Ok(format!("/case/{}", case.0))
}

/// One scene, in words.
fn watch(stage: &Stage, scene: &str) -> anyhow::Result<String> {
    say(&format!("a window that {scene}"));
    let millis = json!(SCENE.as_millis() as u64);
    let seen = stage.eval_async(WATCH, vec![json!(scene), millis]);
    ensure!(seen["moved"] == true, "the window did not move: {scene}");
    let gaps = seen["gaps"].as_array().context("times between frames")?;
    let gaps = gaps.iter().filter_map(Value::as_f64);
    let times = Times::new(
        gaps.map(|ms| Duration::from_secs_f64(ms / 1000.0))
            .collect(),
    );
    let (p50, p95, max) = (times.at(500), times.at(950), times.at(1000));
    Ok(format!("p50 {p50:.0} p95 {p95:.0} max {max:.0} ms"))
}
