//! Downloads from mirrors that misbehave.

use super::super::*;
use super::server::{Reply, Server};
use super::{bench, id};
use rstest::rstest;
use std::net::TcpListener;
use std::time::Instant;

#[test]
fn a_model_is_fetched_checked_and_put_on_the_shelf() {
    let b = bench();
    assert_eq!(b.state(), ModelState::Absent);
    assert_eq!(
        b.shelf.file_of(&id("test")).unwrap_err().code(),
        codes::SPEECH_MODEL_MISSING
    );
    let server = Server::start(b.body.clone(), &[Reply::Good]);
    let told = b.download(&[&server]).unwrap();
    b.assert_whole();
    let last = told.last().unwrap();
    assert!(last.done && last.bytes_present == last.bytes_total);
    assert!(server.address.ends_with(&last.host));
    assert_eq!(
        server.asked()[0].path,
        "/ggerganov/whisper.cpp/resolve/main/ggml-test.bin"
    );
}

/// Whatever one mirror does, the model arrives whole.
#[rstest]
#[case::server_knows_no_ranges(Some(1_000), &[Reply::NoRange])]
#[case::part_is_resumed(Some(1_000), &[Reply::Good])]
#[case::wrong_range_starts_over(Some(1_000), &[Reply::WrongRange, Reply::Good])]
#[case::unsatisfiable_starts_over(Some(1_000), &[Reply::NotSatisfiable, Reply::Good])]
#[case::cut_twice(None, &[Reply::Cut(50_000), Reply::Cut(50_000), Reply::Good])]
#[case::stalled_once(None, &[Reply::Stall(50_000), Reply::Good])]
#[case::busy_once(None, &[Reply::Status(503), Reply::Good])]
fn trouble_on_the_way_is_overcome(#[case] part: Option<usize>, #[case] script: &[Reply]) {
    let b = bench();
    if let Some(n) = part {
        b.have_part(&b.body[..n]);
        assert_eq!(b.state(), ModelState::Partial);
    }
    let server = Server::start(b.body.clone(), script);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    assert_eq!(server.asked().len(), script.len());
    if let Some(n) = part {
        assert_eq!(server.asked()[0].range, Some(format!("bytes={n}-")));
    }
}

#[test]
fn a_resumed_download_asks_for_the_rest_of_the_same_file() {
    let b = bench();
    let server = Server::start(b.body.clone(), &[Reply::Cut(60_000), Reply::Good]);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    let second = server.asked()[1].clone();
    assert_eq!(second.range.as_deref(), Some("bytes=60000-"));
    assert_eq!(second.if_range.as_deref(), Some("\"v1\""));
}

#[test]
fn a_whole_part_needs_no_network() {
    let b = bench();
    b.have_part(&b.body);
    let server = Server::start(b.body.clone(), &[Reply::Status(500)]);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    assert!(server.asked().is_empty());
}

#[test]
fn a_spoilt_part_costs_one_fresh_start() {
    let b = bench();
    let mut spoilt = b.body[..9_000].to_vec();
    spoilt[8_000] ^= 1;
    b.have_part(&spoilt);
    let server = Server::start(b.body.clone(), &[Reply::Good]);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    let ranges: Vec<_> = server.asked().into_iter().map(|a| a.range).collect();
    assert_eq!(ranges, [Some("bytes=9000-".to_owned()), None]);
}

#[rstest]
#[case::bad_hash(Reply::BadBytes, codes::MODEL_BAD_HASH)]
#[case::oversize(Reply::Oversize, codes::MODEL_BAD_HASH)]
#[case::web_page(Reply::Html, codes::MODEL_NOT_A_MODEL)]
#[case::gone(Reply::Status(404), codes::MODEL_REFUSED)]
#[case::forbidden(Reply::Status(403), codes::MODEL_REFUSED)]
#[case::elsewhere(Reply::Elsewhere, codes::MODEL_REFUSED)]
#[case::busy_for_good(Reply::Status(503), codes::MODEL_REFUSED)]
#[case::stalled_for_good(Reply::Stall(0), codes::MODEL_STALLED)]
#[case::wrong_range_for_good(Reply::WrongRange, codes::MODEL_REFUSED)]
fn a_mirror_that_will_not_do_is_named_and_the_next_one_asked(
    #[case] reply: Reply,
    #[case] code: &str,
) {
    let b = bench();
    let bad = Server::start(b.body.clone(), &[reply]);
    assert_eq!(b.download(&[&bad]).unwrap_err().code(), code);
    assert_ne!(b.state(), ModelState::Installed);
    assert_eq!(b.part().unwrap_or(0), 0, "no bad bytes stay behind");

    let good = Server::start(b.body.clone(), &[Reply::Good]);
    b.download(&[&bad, &good]).unwrap();
    b.assert_whole();
}

#[test]
fn nothing_is_fetched_over_an_open_line() {
    let b = bench();
    // Nobody is there (it is for documents): asking would take as long as a stall.
    let open = vec!["http://192.0.2.1".to_owned()];
    let refused = b
        .shelf
        .download("test", &open, &mut |_| {}, &Cancel::default())
        .unwrap_err();
    assert_eq!(refused.note.code, codes::MODEL_NOT_SECURE);
    assert_eq!(refused.note.args["host"], "192.0.2.1");

    let good = Server::start(b.body.clone(), &[Reply::Good]);
    let mirrors = [open[0].clone(), good.address.clone()];
    b.shelf
        .download("test", &mirrors, &mut |_| {}, &Cancel::default())
        .unwrap();
    b.assert_whole();
}

#[test]
fn nobody_at_home_is_unreachable() {
    let b = bench();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let mut nothing = |_: DownloadProgress| {};
    let error = b
        .shelf
        .download("test", &[address], &mut nothing, &Cancel::default())
        .unwrap_err();
    assert_eq!(error.code(), codes::MODEL_UNREACHABLE);
    let error = b
        .shelf
        .download("test", &[], &mut nothing, &Cancel::default())
        .unwrap_err();
    assert_eq!(error.code(), codes::MODEL_UNREACHABLE);
    let error = b
        .shelf
        .download("other", &[], &mut nothing, &Cancel::default())
        .unwrap_err();
    assert_eq!(error.code(), codes::MODEL_UNKNOWN);
}

#[test]
fn stopping_is_quick_and_keeps_what_is_there() {
    let mut b = bench();
    b.shelf.patience.stall = Duration::from_secs(30);
    let server = Server::start(b.body.clone(), &[Reply::Stall(70_000)]);
    let cancel = Cancel::default();
    let mut stopped_at = None;
    let mut stop = |p: DownloadProgress| {
        if p.bytes_present > 0 && stopped_at.is_none() {
            cancel.cancel();
            stopped_at = Some(Instant::now());
        }
    };
    let error = b
        .shelf
        .download(
            "test",
            std::slice::from_ref(&server.address),
            &mut stop,
            &cancel,
        )
        .unwrap_err();
    assert_eq!(error.code(), codes::CANCELLED);
    assert!(stopped_at.unwrap().elapsed() < Duration::from_millis(300));
    assert_eq!(b.state(), ModelState::Partial);
    assert!(b.part().unwrap() > 0);
}

#[test]
fn the_endpoint_of_the_environment_goes_first_and_none_is_asked_twice() {
    let mut b = bench();
    b.shelf.endpoint = Some("https://inside.example/".into());
    let settings = [
        "https://huggingface.co".to_owned(),
        "https://inside.example".to_owned(),
    ];
    assert_eq!(
        b.shelf.mirrors(&settings),
        ["https://inside.example/", "https://huggingface.co"]
    );
}

#[test]
fn a_download_runs_once_at_a_time() {
    let b = bench();
    let _running = UnderWay::begin(&b.shelf.under_way, "test").unwrap();
    let server = Server::start(b.body.clone(), &[Reply::Good]);
    assert_eq!(b.download(&[&server]).unwrap_err().code(), codes::CONFLICT);
    assert_eq!(b.state(), ModelState::Downloading);
    assert_eq!(b.shelf.remove("test").unwrap_err().code(), codes::CONFLICT);
}
