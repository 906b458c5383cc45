//! What the page is built into holds nothing of what stands behind it in development.

use crate::{files, none, read, shown};
use qinting_tests::root;

/// Words that only the carriers of development servers and tests have.
const NOT_SHIPPED: [&str; 3] = ["x-qinting-secret", "/qinting-host", "stage_reset"];

#[test]
fn the_built_page_knows_no_door_but_the_windows() {
    if !root().join("ui/dist/index.html").is_file() {
        println!("SKIPPED: the page is not built");
        return;
    }
    let built = files("ui/dist/assets", &[".js"]);
    let found: Vec<String> = built
        .iter()
        .filter(|file| {
            let text = read(file);
            NOT_SHIPPED.iter().any(|word| text.contains(word))
        })
        .map(|file| shown(file))
        .collect();
    none(
        &found,
        "parts of the built page that know a development host",
    );
}

#[test]
fn the_words_are_those_of_the_development_carrier() {
    let carrier = read(&root().join("ui/src/ipc/development.ts"));
    for word in NOT_SHIPPED.iter().take(2) {
        assert!(carrier.contains(word), "{word} is looked for in vain");
    }
}
