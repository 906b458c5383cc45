//! How much the page works while a call is listened to. Not part of the project.
use qinting_testkit::demo_model;
use qinting_tests::fixtures::spoken_call;
use qinting_tests::screen::id;
use qinting_tests::sound::{SINK, Sink};
use qinting_tests::stage::Plan;
use serde_json::json;
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn web_ticks() -> (u64, u64) {
    let (mut web, mut window) = (0, 0);
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let Some((name, rest)) = stat.split_once(") ") else {
            continue;
        };
        let f: Vec<&str> = rest.split(' ').collect();
        let ticks = f[11].parse::<u64>().unwrap_or(0) + f[12].parse::<u64>().unwrap_or(0);
        if name.contains("WebKitWebProc") {
            web += ticks
        }
        if name.contains("qinting-window") {
            window += ticks
        }
    }
    (web, window)
}

#[test]
fn measure() {
    let files = TempDir::new().unwrap();
    let [agent, caller] = spoken_call(files.path()).unwrap();
    let stage = Plan::new("live-measure")
        .with_env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .open()
        .unwrap();
    stage.wait_for(&id("app-shell"));
    let added = stage
        .invoke("add_model_file", stage.ticket(&demo_model()))
        .unwrap();
    stage
        .invoke(
            "set_default_model",
            json!({ "id": added["id"], "insist": true }),
        )
        .unwrap();
    let headset = Sink::new(SINK, 48_000, 2);
    let desk = Sink::new("desk", 8_000, 1);
    stage.speaker().plug(&desk);
    stage.speaker().plug_microphone("microphone", &desk);
    stage.click(&id("rail-live"));
    stage.wait_for(&id("live-start"));
    stage.click(&id("live-mode-record"));
    for (what, value) in [("live-consent", "both_agreed"), ("live-notice", "voice")] {
        stage.eval_with(
            "const field = document.querySelector(`[data-testid=${arguments[0]}]`);
             const own = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value');
             own.set.call(field, arguments[1]);
             field.dispatchEvent(new Event('change', { bubbles: true }));",
            vec![json!(what), json!(value)],
        );
    }
    stage.click(&id("live-start"));
    stage.wait_for(&id("live-clock"));
    let seconds = std::env::var("MEASURE_S")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(120);
    stage.eval(
        "window.__gaps = []; let last = performance.now();
         requestAnimationFrame(function f(){ const n = performance.now(); window.__gaps.push(n-last); last = n; requestAnimationFrame(f); });",
    );
    let (web, window) = web_ticks();
    let began = Instant::now();
    let mut marks = 0u32;
    while began.elapsed() < Duration::from_secs(seconds) {
        let one = stage.speaker().play(&desk, &agent);
        let two = stage.speaker().play(&headset, &caller);
        stage.press("m");
        marks += 1;
        one.to_the_end();
        two.to_the_end();
    }
    let took = began.elapsed().as_secs_f64();
    let (web2, window2) = web_ticks();
    let lines = stage.count("[data-testid=live-line]");
    let gaps = stage.eval(
        "const g = window.__gaps.slice().sort((a,b)=>a-b); const at = (p) => g[Math.floor((g.length-1)*p)];
         return {n: g.length, p50: at(.5), p95: at(.95), p99: at(.99), max: g[g.length-1]};",
    );
    println!(
        "MEASURED took {took:.1} s, web {:.2} s, window {:.2} s, web/s {:.4}, lines {lines}, marks {marks}, {gaps}",
        (web2 - web) as f64 / 100.0,
        (window2 - window) as f64 / 100.0,
        (web2 - web) as f64 / 100.0 / took
    );
}
