//! What axe finds wrong with a screen for people who do not see it or do not use a mouse.

use crate::root;
use crate::screen::Screen;
use crate::stage::Stage;
use serde_json::{Value, json};

/// Serious and critical findings on the present screen, one line each. None is the goal.
///
/// # Panics
/// When axe is not installed with the packages of the UI.
pub fn serious(screen: &Screen) -> Vec<String> {
    let file = root().join("ui/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("axe-core is not installed: `cargo xtask setup`"));
    screen.eval(&format!("if (!window.axe) {{ {axe} }} return !!window.axe"));
    let script = "const done = arguments[0];\
                  window.axe.run(document, { resultTypes: ['violations'] }).then(\
                  (found) => done(found.violations), (error) => done([{ impact: 'critical',\
                  id: String(error), nodes: [] }]))";
    let found = screen.eval_async(script, vec![]);
    let findings = found.as_array().cloned().unwrap_or_default();
    findings
        .iter()
        .filter(|one| one["impact"] == "serious" || one["impact"] == "critical")
        .map(line)
        .collect()
}

fn line(finding: &Value) -> String {
    let places: Vec<_> = finding["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .take(5)
        .map(|node| format!("{} — {}", node["target"], node["html"]))
        .collect();
    format!(
        "{} {}: {}\n    {}",
        finding["impact"],
        finding["id"],
        finding["help"],
        places.join("\n    ")
    )
}

/// Both sizes every screen is looked at in.
const SIZES: [(u32, u32); 2] = [(1440, 900), (1100, 720)];

/// Looks at what is there in both themes and sizes, keeps the pictures, and says whom it shuts out.
/// What never stands still (levels, a clock) is not waited for.
pub fn look(stage: &Stage, name: &str, there: &str, stands_still: bool) -> Vec<String> {
    let mut findings = Vec::new();
    for theme in ["dark", "light"] {
        stage.eval_with(
            "document.documentElement.dataset.theme = arguments[0]",
            vec![json!(theme)],
        );
        for (width, height) in SIZES {
            stage.resize(width, height);
            stage.wait_for(there);
            let at = format!("{name}-{theme}-{width}");
            if stands_still {
                stage.screenshot_when_still(&at);
            } else {
                stage.screenshot(&at);
            }
            let wrong = serious(stage);
            findings.extend(wrong.into_iter().map(|one| format!("{at}: {one}")));
        }
    }
    stage.resize(SIZES[0].0, SIZES[0].1);
    findings
}
