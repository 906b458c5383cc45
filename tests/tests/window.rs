//! The real window, driven the way a person drives it.

use qinting_tests::screen::id;
use qinting_tests::stage::Plan;

#[test]
fn the_window_opens_and_shows_the_app() {
    let Some(stage) = Plan::new("start").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    stage.until(
        "the window is painted: more than one colour, and words",
        |page| {
            let picture = page.screenshot("start");
            picture.largest_share() < 0.97 && picture.colours() > 20
        },
    );
}
