//! What a log line may carry: codes, kinds, ids and numbers. Never a name, a person, a number of
//! somebody, a path, or a word that was said or written down.

use crate::{files, none, read, shown};

const MACROS: &[&str] = &["trace", "debug", "info", "warn", "error"];

/// Words of the source, or numbers.
const PLAIN: &[&str] = &[
    "again",
    "attempt",
    "batch",
    "channel",
    "channels",
    "characters",
    "code",
    "command",
    "count",
    "deaf",
    "drift_ppm",
    "duration_ms",
    "feed",
    "frames",
    "from",
    "had_any",
    "index",
    "lane",
    "lost",
    "lost_samples",
    "mirror",
    "model",
    "ms",
    "ppm",
    "promise",
    "rate_hz",
    "slept_ms",
    "start_frame",
    "start_ms",
    "swept",
    "to",
    "version",
    "what",
];
/// Ids, and what stands for one.
const IDS: &[&str] = &["call", "case", "case_id", "job", "purge", "recording"];
/// What went wrong, told as its kind.
const KINDS: &[&str] = &["error", "kind"];
/// Values of our own lists of words.
const LISTED: &[&str] = &["reason", "state"];

/// Why a field of a log line is refused, if it is.
fn refused(field: &str) -> Option<&'static str> {
    if let Some(words) = field.strip_prefix('"') {
        return words
            .contains('{')
            .then_some("puts a value between its words");
    }
    let (name, value) = match field.split_once(" = ") {
        Some((name, value)) => (name, value),
        None => (field.trim_start_matches(['%', '?']), field),
    };
    let shown = value.starts_with(['%', '?']);
    let value = value.trim_start_matches(['%', '?']);
    let holds = |names: &[&str]| names.contains(&name);
    if holds(KINDS) {
        let is_kind = value.ends_with(".kind()")
            || ["Kind::of(", "Cause::kind("]
                .iter()
                .any(|of| value.starts_with(of))
            || value == "kind";
        return (!is_kind).then_some("tells more of a fault than its kind");
    }
    if holds(IDS) {
        let last = value.rsplit('.').next().unwrap_or(value);
        let is_id = last == "id" || last.ends_with("_id") || IDS.contains(&last);
        return (!is_id).then_some("is no id");
    }
    if holds(LISTED) || (name == "code" && value.ends_with("code")) {
        return None;
    }
    if holds(PLAIN) {
        return shown.then_some("is shown by words of its own");
    }
    Some("has a name that is not on the list")
}

/// The fields of every log line in `source`, with the line it begins at.
fn log_lines(source: &str) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("tracing::") {
        let rest = &source[at + "tracing::".len()..];
        let begin = MACROS
            .iter()
            .find_map(|m| rest.strip_prefix(m)?.strip_prefix("!("));
        if let Some(inside) = begin {
            let line = source[..at].lines().count().max(1);
            found.push((line, parts(inside)));
        }
    }
    found
}

/// What stands between the commas up to the closing bracket.
fn parts(inside: &str) -> Vec<String> {
    let (mut all, mut part, mut depth, mut quoted) = (Vec::new(), String::new(), 0, false);
    let mut before = ' ';
    for c in inside.chars() {
        if c == '"' && before != '\\' {
            quoted = !quoted;
        }
        match c {
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => break,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 && !quoted {
            all.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
        before = c;
    }
    all.push(part);
    let words = |part: &String| part.split_whitespace().collect::<Vec<_>>().join(" ");
    all.iter()
        .map(words)
        .filter(|part| !part.is_empty())
        .collect()
}

#[test]
fn logs_carry_codes_kinds_ids_and_numbers_only() {
    let mut all = files("crates", &[".rs"]);
    all.extend(files("src-tauri/src", &[".rs"]));
    // Its tests write a line of somebody else.
    all.retain(|file| !file.ends_with("host/src/logs.rs"));
    let mut found = Vec::new();
    for file in &all {
        let source = read(file);
        for (line, fields) in log_lines(&source) {
            for field in fields {
                if let Some(why) = refused(&field) {
                    found.push(format!("{}:{line}: `{field}` {why}", shown(file)));
                }
            }
        }
        let others = [
            concat!("use ", "tracing::"),
            concat!("tracing::", "event!"),
            concat!("tracing::", "span!"),
            concat!("tracing::", "instrument"),
            concat!("#[", "instrument"),
            concat!("pri", "nt!("),
            concat!("pri", "ntln!("),
        ];
        let is_shipped = !shown(file).contains("tests");
        for other in others.iter().filter(|o| is_shipped && source.contains(**o)) {
            if !(other.starts_with("pri") && is_allowed_to_print(&source)) {
                found.push(format!("{}: {other} is not read by this rule", shown(file)));
            }
        }
    }
    none(
        &found,
        "fields of log lines that may hold what is somebody's",
    );
}

/// The lint that forbids printing is lifted there, with its reason beside it.
fn is_allowed_to_print(source: &str) -> bool {
    source.contains("clippy::print_std")
}

#[test]
fn the_rule_tells_what_is_somebodys_from_what_is_ours() {
    for ours in [
        "\"a call ends at the next start\"",
        "code = e.code()",
        "error = %e.kind()",
        "kind = ?e.kind()",
        "kind = %Kind::of(&e)",
        "%kind",
        "recording = %call.recording_id",
        "%case_id",
        "?state",
        "attempt",
        "ms = to - from",
    ] {
        assert_eq!(refused(ours), None, "{ours}");
    }
    for theirs in [
        "\"no such file: {path}\"",
        "error = %e",
        "%error",
        "?e",
        "%why",
        "name = file.name()",
        "path = ?path",
        "title",
        "case = %case.title",
        "what = %e",
        "target: \"somebody\"",
    ] {
        assert!(refused(theirs).is_some(), "{theirs}");
    }
    let source = "tracing::warn!(\n    job = %job.id,\n    \"a, (b\"\n);";
    let fields = vec!["job = %job.id".to_owned(), "\"a, (b\"".to_owned()];
    assert_eq!(log_lines(source), [(1, fields)]);
}
