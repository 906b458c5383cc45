//! How every screen looks and whom it lets in: in both themes, in both sizes, with large text.

use crate::common::{ask, look_like, visit};
use qinting_tests::axe;
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::{Value, json};
use std::time::Duration;

const LARGE: (u32, u32) = (1440, 900);
/// The smallest window there is.
const SMALL: (u32, u32) = (1100, 720);

/// Where a screen is, what shows that it is there, and its main button.
struct Place {
    name: &'static str,
    path: String,
    there: String,
    primary: Option<String>,
}

fn place(name: &'static str, path: &str, there: &str, primary: Option<&str>) -> Place {
    Place {
        name,
        path: path.into(),
        there: there.into(),
        primary: primary.map(id),
    }
}

#[test]
fn empty_screens_let_everybody_in() {
    let Some(stage) = Plan::new("looks-empty").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    let mut findings = Vec::new();
    for theme in ["light", "dark"] {
        look_like(&stage, theme, 100, "zh-CN");
        for place in [
            place(
                "library-empty",
                "/cases",
                "[data-part=empty]",
                Some("import-open"),
            ),
            place(
                "issues-empty",
                "/issues",
                "[data-part=empty]",
                Some("issue-new"),
            ),
            place(
                "sessions-empty",
                "/sessions",
                "[data-part=empty]",
                Some("session-new"),
            ),
        ] {
            findings.extend(look_at(&stage, &place, theme, 100, LARGE));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn settings_let_everybody_in() {
    let Some(stage) = Plan::new("looks-settings").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    let tabs = [
        "people",
        "codebook",
        "marking",
        "import",
        "models",
        "sound",
        "look",
        "workspace",
        "device",
        "about",
    ];
    let mut findings = Vec::new();
    for theme in ["light", "dark"] {
        look_like(&stage, theme, 100, "zh-CN");
        for (n, tab) in tabs.into_iter().enumerate() {
            let there = format!("{}[aria-current=page]", id(&format!("settings-{tab}")));
            let place = place(tab, &format!("/settings/{tab}"), &there, None);
            // Each in one size is enough: they share one layout.
            let size = [LARGE, SMALL][n % 2];
            findings.extend(look_at(&stage, &place, theme, 100, size));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn screens_with_work_on_them_let_everybody_in_light() {
    screens_with_work("light");
}

#[test]
fn screens_with_work_on_them_let_everybody_in_dark() {
    screens_with_work("dark");
}

#[test]
fn english_and_large_text_fit() {
    let Some((stage, places)) = filled("looks-large") else {
        return;
    };
    let mut findings = Vec::new();
    for (text_size, language) in [(100, "en"), (200, "zh-CN"), (200, "en")] {
        look_like(&stage, "light", text_size, language);
        findings.extend(look_at_filing(&stage, &places[1], language, text_size));
        for place in places
            .iter()
            .filter(|place| ["console", "issues", "issue", "session"].contains(&place.name))
        {
            for size in [LARGE, SMALL] {
                let found = look_at(&stage, place, language, text_size, size);
                findings.extend(found);
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// The panel that files a mark, in the smallest window.
fn look_at_filing(stage: &Stage, console: &Place, language: &str, text_size: u32) -> Vec<String> {
    stage.resize(SMALL.0, SMALL.1);
    visit(stage, &console.path);
    stage.wait_for(&console.there);
    // The address chooses its mark a moment after the list is there.
    stage.wait_for(&id("composer-note"));
    stage.press("Control+i");
    stage.wait_for(&id("issue-title"));
    let at = format!("filing-{language}-{text_size}-{}", SMALL.0);
    let found = look_here(stage, console, &at);
    stage.press("Escape");
    found
}

fn screens_with_work(theme: &str) {
    let Some((stage, places)) = filled(&format!("looks-{theme}")) else {
        return;
    };
    look_like(&stage, theme, 100, "zh-CN");
    let mut findings = Vec::new();
    for place in &places {
        for size in [LARGE, SMALL] {
            findings.extend(look_at(&stage, place, theme, 100, size));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Goes there, keeps a picture, and says what is wrong with it.
fn look_at(
    stage: &Stage,
    place: &Place,
    look: &str,
    text_size: u32,
    (width, height): (u32, u32),
) -> Vec<String> {
    let at = format!("{}-{look}-{text_size}-{width}", place.name);
    stage.resize(width, height);
    visit(stage, &place.path);
    stage.wait_for(&place.there);
    look_here(stage, place, &at)
}

/// Keeps a picture of what is there now, and says what is wrong with it.
fn look_here(stage: &Stage, place: &Place, at: &str) -> Vec<String> {
    stage.screenshot_when_still(at);
    let mut wrong = axe::serious(stage);
    let wide =
        stage.eval("const e = document.scrollingElement; return e.scrollWidth - e.clientWidth");
    if wide.as_i64() > Some(0) {
        wrong.push(format!("{wide} px wider than the window"));
    }
    let outside = stage.eval(
        "return [...document.querySelectorAll('[data-part=button][data-tone=primary]')].filter((e) => {\
         const b = e.getBoundingClientRect();\
         if (b.width === 0) return false;\
         const seen = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);\
         let scrolls = e;\
         while (scrolls && !(scrolls.scrollHeight > scrolls.clientHeight\
           && ['auto', 'scroll'].includes(getComputedStyle(scrolls).overflowY))) scrolls = scrolls.parentElement;\
         const outside = b.left < 0 || b.top < 0 || b.right > innerWidth + 0.5 || b.bottom > innerHeight + 0.5;\
         return (outside || !e.contains(seen)) && !scrolls;\
         }).map((e) => e.innerText)",
    );
    if outside != json!([]) {
        wrong.push(format!("main buttons out of reach: {outside}"));
    }
    if let Some(primary) = &place.primary
        && !stage.is_visible(primary)
    {
        wrong.push(format!("{primary} is not there"));
    }
    wrong
        .into_iter()
        .map(|one| format!("{at}: {one}"))
        .collect()
}

/// The demo with all its text: every screen has something true to show.
fn filled(name: &str) -> Option<(Stage, Vec<Place>)> {
    let stage = Plan::new(name).first_start().open()?;
    stage.wait_for(&id("welcome"));
    let opened = ask(&stage, "open_demo", Value::Null);
    stage.until_within(Duration::from_secs(300), "all calls have text", |page| {
        let jobs = page.invoke("list_jobs", Value::Null);
        jobs.is_ok_and(|jobs| {
            let jobs = jobs.as_array().map_or(&[][..], Vec::as_slice);
            jobs.len() == 4 && jobs.iter().all(|job| job["state"] == "done")
        })
    });
    let places = places_of(&stage, opened["start_at"].as_str().unwrap_or_default());
    Some((stage, places))
}

fn places_of(stage: &Stage, case: &str) -> Vec<Place> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let marks = ask(stage, "observations_of", json!(case));
    let first_mark = &marks[0]["observation"];
    let at = |key: &str| first_mark[key].as_f64().unwrap_or_default() / 1000.0;
    let (start, end) = (at("start_ms"), at("end_ms"));
    let mut filed = marks.as_array().into_iter().flatten();
    let issue = filed.find_map(|mark| mark["issues"].get(0));
    let issue = text(&issue.expect("the demo has filed what was heard")["id"]);
    let session = text(&ask(stage, "list_sessions", Value::Null)[0]["session"]["id"]);
    let (row, mark_row) = (id("issue-row"), id("mark-row"));
    let console = format!("/case/{case}?t={start},{end}");
    let together = format!("/case/{case}?session={session}");
    let (issue, session) = (format!("/issue/{issue}"), format!("/session/{session}"));
    vec![
        place("library", "/cases", &id("case-row"), Some("import-open")),
        place("console", &console, &mark_row, Some("mark-button")),
        place("issues", "/issues", &row, Some("issue-new")),
        place("board", "/issues?view=board", &row, Some("issue-new")),
        place("issue", &issue, &id("issue-matrix"), None),
        place("search", "/search?q=七天", &id("search-hit"), None),
        place(
            "sessions",
            "/sessions",
            &id("session-row"),
            Some("session-new"),
        ),
        place("session", &session, &id("session-case"), None),
        place(
            "console-together",
            &together,
            &mark_row,
            Some("mark-button"),
        ),
    ]
}
