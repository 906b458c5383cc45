//! What an installation says of itself.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::Stage;
use crate::common::live::Booth;
use qinting_desk::*;

#[test]
fn sound_is_told_as_it_is_where_nobody_chooses() {
    let booth = Booth::new();
    let source = |name: &str, kind, is_default| CaptureSource {
        id: name.into(),
        name: name.into(),
        kind,
        channels: 2,
        sample_rate_hz: 48_000,
        is_default,
    };
    booth.sound.state.lock().sources = vec![
        source("话务盒", SourceKind::Input, false),
        source("话筒", SourceKind::Input, true),
        source("耳机", SourceKind::System, false),
    ];
    let info = booth.at_desk().device_info(()).unwrap();
    assert_eq!(info.id, booth.store().device());
    assert_eq!(info.sound.input.as_deref(), Some("话筒"));
    // What is no default is not taken for one.
    assert_eq!(info.sound.played, None);
}

#[test]
fn a_machine_without_sound_says_so_and_tells_the_rest() {
    let stage = Stage::new();
    let info = stage.at_desk.device_info(()).unwrap();
    let none = DefaultSound {
        system: None,
        output: None,
        input: None,
        played: None,
    };
    assert_eq!(info.sound, none);
    assert_eq!(
        (info.version.as_str(), info.workspace.as_str()),
        ("0", "ws")
    );
}
