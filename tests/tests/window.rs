//! The real window, driven the way a person drives it.

use qinting_tests::screen::id;
use qinting_tests::stage::Plan;

#[test]
fn the_window_opens_and_shows_the_app() {
    let Some(stage) = Plan::new("start").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    stage.wait_for(&id("import-open"));
    let picture = stage.screenshot("start");
    assert!(
        picture.largest_share() < 0.97 && picture.colours() > 20,
        "the window is empty: one colour covers {:.0} %, see {}",
        picture.largest_share() * 100.0,
        picture.path.display()
    );
}
