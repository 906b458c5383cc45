//! What axe finds wrong with a screen for people who do not see it or do not use a mouse.

use crate::root;
use crate::screen::Screen;
use serde_json::Value;

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
