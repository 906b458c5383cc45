//! What may stand in a file, and how long it may be.

use crate::{files, lines_where, none, read, shown};
use qinting_testkit::files::digest;
use std::path::PathBuf;

/// Longest a source file may be. Longer ones hold two things.
const MOST_LINES: usize = 400;

/// Migrations and what they are made of. Workspaces exist that ran them: to change the schema, add one.
const MIGRATIONS: &[(&str, &str)] = &[
    (
        "V1__workspace.sql",
        "6f8876d1c838deb4cf28a0e51593fe46e115598f72323c1df8559212b9a01646",
    ),
    (
        "V2__sessions.sql",
        "d8586fc50d9279f3388c665c9239300646f55cc87a4642dc1ef19691d39cbbda",
    ),
    (
        "V3__live.sql",
        "2bdfceda8b1b6c5a2fe8488a7a8321ba351102bc487058690f3b2a4958b9d920",
    ),
    (
        "V4__sound.sql",
        "8871da17351d3ad5deb52217de2e9c6a7f4f7fdf30a0f29a7b1fe77199f1ce9a",
    ),
    (
        "V5__bin.sql",
        "66ca4df0411717a1c001a86b5a1c7d62e9bd0a3fe58bebabdfbd919f7d008dbb",
    ),
    (
        "V6__search.sql",
        "a565e534c38bd4a75480f868e691f405996d5f23ecced1c453d8c68665ad616d",
    ),
    (
        "V7__origin.sql",
        "3e0b3fd68d0aae90cd34ce46b61717aee0397a88012d8299662c1aa2760670a9",
    ),
    (
        "V8__roles.sql",
        "f0f07a0ca9b783d0b5ca0849054d2b08b7177e195d4eb3f96d40764a85589f4a",
    ),
    (
        "V9__jobs.sql",
        "a84879209811dfefcd6eb599e68a864b06d6c110db54f6ad6ac8356553479c71",
    ),
    (
        "V10__commitments.sql",
        "8d5fd5e682f19ba203917d709c879e1648545c677c7d1daf7d7ac18ed1560b9c",
    ),
    (
        "V11__lists.sql",
        "f2c21f5ce89229d5c9bc52ccb560f46bc1ea05a87d990148f541b339c9d53f45",
    ),
    (
        "V12__log.sql",
        "ebde7fe7973c30eb7c2fcd2161beed53da541252483dd90ea10cfcd4f0dff594",
    ),
    (
        "V13__identities.sql",
        "fb4f9f086289ce954b1a048c6926b9e73d8106f9956c3df868cf6d2d957877d5",
    ),
    (
        "V14__settings.sql",
        "d1ae55e03e88221e6a5ad29d775c3970cf097e243d37d347c5f014c0510f7893",
    ),
    (
        "V15__listening.sql",
        "958b6e3ba5f41a7ef53b6b55ba93ad93a4d5450db8e0ab60a014e9c881d3493f",
    ),
    (
        "V16__redirects.sql",
        "4bbef90a540b9a744485a0634f3af62f943da4a4f5c0c9feb0abe6594289a3c7",
    ),
    (
        "V17__blobs.sql",
        "9da553879129341da21b51931c4ef9468066cee2832776a5a0d8487ded17c8d3",
    ),
    (
        "V18__transcripts.sql",
        "6502798ae8a4491c3994595dc9479b47c96ee8f96a9b1b65a24fa62d0cc12a7b",
    ),
    (
        "V19__purge.sql",
        "f771f85d9b07428929e7d4c467e8e85fcb3817172bbff3794439c357f0169b88",
    ),
    (
        "V20__anchors.sql",
        "34ce3f2080c69bf2a28235d12af3af9146f041d874d54f148c38103c9577e29c",
    ),
    (
        "V21__contacts.sql",
        "6e90b0577f56e7d2b0967e08d566a21799858b754dea40e602febbfc2b903bf9",
    ),
    (
        "V22__found_too.sql",
        "6a3acc1825021a8dc5fed90e87fd960d01d027bef315d661ebf38d3dc0d20323",
    ),
    (
        "V23__facts.sql",
        "bdcee480ea441eaff148525d44632079ab6471e9d2b02faa01de21c6ddb93c2d",
    ),
    (
        "V24__basis.sql",
        "38391291a381dade2b3e9052d058e66c8cd458885f6eb46474c8c4343bc9bf7b",
    ),
    (
        "V25__unmasking.sql",
        "5ee6d786bef3f56f2b8e10a8689b7635775ea2737071561daa2b243be557c858",
    ),
    (
        "V26__library.sql",
        "7320dc2c20ad13cc5279ba3e927deb33febf8d611cc329b31d846783cc62b661",
    ),
    (
        "V27__acoustics.sql",
        "d4840589b34bf057ca28d7ca5c7edc0e4cc9b361d74cab371273de8f3509b4ec",
    ),
];

fn sources() -> Vec<PathBuf> {
    files("", &[".rs", ".ts", ".tsx", ".css", ".sql"])
}

#[test]
fn source_files_stay_short() {
    let long: Vec<_> = sources()
        .iter()
        .map(|file| (file, read(file).lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(file, lines)| format!("{}: {lines} lines", shown(file)))
        .collect();
    none(&long, "files longer than 400 lines");
}

#[test]
fn nothing_is_left_for_later() {
    // Taken apart, so that this file does not find itself.
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
        concat!("to", "do!("),
    ];
    let more = [
        concat!("db", "g!("),
        concat!("unimple", "mented!("),
        concat!("console", ".log("),
        concat!("debug", "ger;"),
    ];
    let found = lines_where(&sources(), |line| {
        words.iter().chain(&more).any(|word| line.contains(word))
    });
    none(&found, "words that say something is not finished");
}

#[test]
fn ids_come_from_the_clock_of_the_app() {
    // The library's own way to one panics before 1970, which is where a machine with an empty battery
    // begins.
    let mut shipped = files("crates", &[".rs"]);
    shipped.extend(files("src-tauri", &[".rs"]));
    shipped.retain(|file| !shown(file).contains("/tests"));
    let found = lines_where(&shipped, |line| line.contains(concat!("now_", "v7(")));
    none(&found, "ids that do not come from the app's clock");
}

#[test]
fn nothing_names_a_folder_of_somebodys_machine() {
    let places = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    let all = files(
        "",
        &[
            ".rs", ".ts", ".tsx", ".css", ".sql", ".toml", ".md", ".json", ".html", "run",
        ],
    );
    // Tests of the page name an invented home.
    let invented = concat!("/ho", "me/demo/");
    let found = lines_where(&all, |line| {
        places
            .iter()
            .any(|place| line.replace(invented, "").contains(place))
    });
    none(&found, "absolute paths");
}

#[test]
fn a_migration_that_workspaces_ran_is_never_edited() {
    let mut found: Vec<(String, String)> = files("crates/store/migrations", &[".sql"])
        .iter()
        .map(|file| {
            let name = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (name, digest(read(file)).into())
        })
        .collect();
    // By their numbers: V10 comes after V9.
    found.sort_by_key(|(name, _)| (name.find('_'), name.clone()));
    let known: Vec<(String, String)> = MIGRATIONS
        .iter()
        .map(|(name, hash)| (name.to_string(), hash.to_string()))
        .collect();
    assert_eq!(
        found, known,
        "add a migration and its hash; leave the others as they are"
    );
}

#[test]
fn threads_are_missed_when_they_die() {
    // Taken apart, so that this file does not find itself.
    let bare = concat!("thread::", "spawn(");
    let mut all = files("crates", &[".rs"]);
    all.extend(files("src-tauri/src", &[".rs"]));
    let is_test = |file: &PathBuf| file.components().any(|part| part.as_os_str() == "tests");
    all.retain(|file| !is_test(file));
    let found = lines_where(&all, |line| line.contains(bare));
    none(&found, "threads without a name and a word when they die");
}

#[test]
fn text_reaches_the_page_only_as_text() {
    let sinks = [
        "dangerouslySetInnerHTML",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "createContextualFragment",
        "DOMParser",
        "srcdoc",
        "new Function(",
        "eval(",
    ];
    let found = lines_where(&files("ui/src", &[".ts", ".tsx"]), |line| {
        sinks.iter().any(|sink| line.contains(sink))
    });
    none(&found, "raw HTML and code from strings");
}

#[test]
fn colours_come_from_the_tokens() {
    let mut all = files("ui/src", &[".ts", ".tsx", ".css"]);
    all.retain(|file| !file.ends_with("styles/tokens.css"));
    let (css, code): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|file| file.extension().is_some_and(|ending| ending == "css"));
    let mut found = lines_where(&css, |line| has_colour(line, ""));
    // In code a colour is a string of its own; `#1042` in a sentence is an issue.
    found.extend(lines_where(&code, |line| has_colour(line, "\"'`")));
    none(&found, "colours outside tokens.css");
}

/// `#a1b2c3` after one of `quotes` (after anything, when there are none), or a colour function with
/// numbers in it.
fn has_colour(line: &str, quotes: &str) -> bool {
    let is_hex = line.match_indices('#').any(|(at, _)| {
        let rest = &line[at + 1..];
        let end = rest
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(rest.len());
        let goes_on =
            rest[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let is_in_place = quotes.is_empty() || line[..at].ends_with(|c| quotes.contains(c));
        matches!(end, 3 | 4 | 6 | 8) && !goes_on && is_in_place
    });
    let functions = [
        "rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch(",
    ];
    let is_function = functions.iter().any(|function| {
        line.split(function)
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    is_hex || is_function
}

#[test]
fn the_colour_rule_knows_colours_from_other_words() {
    for colour in [
        "color: #1a2b3c;",
        "1px solid #fff",
        "rgb(12 3 4)",
        "oklch(0.5 0.1 20)",
    ] {
        assert!(has_colour(colour, ""), "{colour}");
    }
    assert!(has_colour("fill=\"#0f0\"", "\"'`"));
    for other in [
        "issue #1042 is",
        "this.#state",
        "`#${number}`",
        "rgb(var(--x))",
    ] {
        assert!(!has_colour(other, "\"'`"), "{other}");
    }
}

#[test]
fn every_link_in_the_documents_leads_somewhere() {
    let mut dead = Vec::new();
    for document in files("", &[".md"]) {
        let text = read(&document);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let target = link.split('#').next().unwrap_or_default();
            let is_ours = !target.is_empty() && !target.contains("://");
            if is_ours && !document.with_file_name(target).exists() {
                dead.push(format!("{} -> {link}", shown(&document)));
            }
        }
    }
    none(&dead, "links to nothing");
}

#[test]
fn one_place_knows_what_an_input_method_does() {
    let mut all = files("ui/src", &[".ts", ".tsx"]);
    all.retain(|file| !file.ends_with("keys/chord.ts") && !shown(file).contains(".test."));
    let found = lines_where(&all, |line| {
        line.contains(".isComposing") || line.contains("keyCode")
    });
    none(
        &found,
        "keys/chord.ts has the guard; WebKit and Windows each break a shorter one",
    );
}
