//! How every screen looks and whom it lets in: in both themes, in both sizes, with large text.

use crate::common::{ask, cases, file_issue, hand_over, look_like, mark, use_model, visit};
use qinting_tests::axe;
use qinting_tests::fixtures::{demo_model, humming_call, spoken_call};
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use serde_json::{Value, json};
use std::cell::Cell;
use std::time::Duration;
use tempfile::TempDir;

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
            place("library-empty", "/cases", ".empty", Some("import-open")),
            place("issues-empty", "/issues", ".empty", Some("issue-new")),
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
        "people", "codebook", "marking", "import", "models", "sound", "look", "about",
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
    let Some((stage, places, _files)) = filled("looks-large") else {
        return;
    };
    let mut findings = Vec::new();
    for (text_size, language) in [(100, "en"), (200, "zh-CN"), (200, "en")] {
        look_like(&stage, "light", text_size, language);
        findings.extend(look_at_filing(&stage, &places[1], language, text_size));
        for place in places
            .iter()
            .filter(|place| ["console", "issues", "issue"].contains(&place.name))
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
    let Some((stage, places, _files)) = filled(&format!("looks-{theme}")) else {
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
    // Waves come after the page, and a resize is drawn a frame later.
    let seen = Cell::new((Vec::new(), 0));
    stage.until("nothing moves any more", |page| {
        let (before, same) = seen.take();
        let now = page.screenshot(at).pixels;
        let same = if now == before { same + 1 } else { 0 };
        seen.set((now, same));
        same == 2
    });
    let mut wrong = axe::serious(stage);
    let wide =
        stage.eval("const e = document.scrollingElement; return e.scrollWidth - e.clientWidth");
    if wide.as_i64() > Some(0) {
        wrong.push(format!("{wide} px wider than the window"));
    }
    let outside = stage.eval(
        "return [...document.querySelectorAll('.btn.pri')].filter((e) => {\
         const b = e.getBoundingClientRect();\
         if (b.width === 0) return false;\
         const seen = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);\
         const scrolls = e.closest('.scroll');\
         const outside = b.left < 0 || b.top < 0 || b.right > innerWidth + 0.5 || b.bottom > innerHeight + 0.5;\
         return (outside || !e.contains(seen)) && !(scrolls && scrolls.scrollHeight > scrolls.clientHeight);\
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

/// A workspace with a call, its text where there is a model, marks, and issues.
fn filled(name: &str) -> Option<(Stage, Vec<Place>, TempDir)> {
    let files = TempDir::new().expect("a temporary folder can be had");
    let spoken = spoken_call(files.path());
    let stage = Plan::new(name).open()?;
    stage.wait_for(&id("app-shell"));
    let has_text = spoken.is_some();
    if has_text {
        use_model(&stage, &demo_model());
    }
    let [agent, caller] = spoken.unwrap_or_else(|| humming_call(files.path()));
    hand_over(
        &stage,
        &[&agent.to_string_lossy(), &caller.to_string_lossy()],
    );
    stage.wait_for(&id("case-row"));
    if has_text {
        stage.until_within(Duration::from_secs(40), "the text is there", |page| {
            page.invoke("list_jobs", json!({ "req": null }))
                .is_ok_and(|jobs| jobs[0]["state"] == "done")
        });
    }
    let places = work_on(&stage);
    Some((stage, places, files))
}

fn work_on(stage: &Stage) -> Vec<Place> {
    let row = cases(stage)[0].clone();
    let case = &row["case"];
    let facts = json!({
        "title": "冰箱尺寸不符，要求退货", "business_line": "家电售后", "queue": "退换货组",
        "agent": "陈晓 7031", "customer": "林女士 138****2046", "customer_tier": "金牌会员",
        "disposition": "未解决", "started_at": 1_790_000_000_000u64,
    });
    ask(
        stage,
        "update_case",
        json!({ "id": case["id"], "rev": case["rev"], "fields": facts }),
    );
    let tags = ask(stage, "list_tags", Value::Null);
    let tags: Vec<Value> = tags
        .as_array()
        .into_iter()
        .flatten()
        .map(|tag| tag["id"].clone())
        .collect();
    let words = [
        "客户说详情页没写高度，送到了才知道放不进厨房",
        "退货要等上门取件，三天没人联系",
        "坐席先道歉再查单，客户语气缓下来",
    ];
    let moments: Vec<Value> = words
        .iter()
        .zip([(2, 0), (8, 1), (14, 2)])
        .map(|(words, (at, tag))| mark(stage, &row, [at, at + 4], words, &tags[tag..=tag]))
        .collect();
    let titles = [
        "商品详情页没有写清高度",
        "退货取件超时没有人跟进",
        "改约要打三次电话",
    ];
    let issues: Vec<Value> = titles
        .iter()
        .zip([&moments[..1], &moments[1..2], &moments[..0]])
        .map(|(title, moments)| file_issue(stage, title, "客户收到货才知道放不下。", moments))
        .collect();
    let comment = json!({ "issue_id": issues[0]["id"], "text": "已请商品组核对详情页。" });
    ask(stage, "add_comment", comment);
    let case_id = case["id"].as_str().unwrap_or_default();
    let issue_id = issues[0]["id"].as_str().unwrap_or_default();
    let (row, mark_row) = (id("issue-row"), id("mark-row"));
    vec![
        place("library", "/cases", &id("case-row"), Some("import-open")),
        place(
            "console",
            &format!("/case/{case_id}?t=2,6"),
            &mark_row,
            Some("mark-button"),
        ),
        place("issues", "/issues", &row, Some("issue-new")),
        place("board", "/issues?view=board", &row, Some("issue-new")),
        place(
            "issue",
            &format!("/issue/{issue_id}"),
            &id("issue-matrix"),
            None,
        ),
        place("search", "/search?q=高度", &id("search-hit"), None),
    ]
}
