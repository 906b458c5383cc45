//! A place without a network: the calling test runs once more in a network namespace of its own, in
//! which there is nothing but a loopback that nobody outside can reach.

use crate::process::is_installed;
use std::net::TcpListener;
use std::process::{Command, Stdio};

/// Set inside, to the port of a listener outside.
const INSIDE: &str = "QINTING_TEST_WITHOUT_NETWORK";
/// Ways into a namespace: as a person, and as root where persons may not.
const WAYS: [&[&str]; 2] = [&["--map-root-user", "--net"], &["--net"]];
/// A new loopback is down.
const SET_UP: &str = "ip link set lo up && exec \"$0\" \"$@\"";

/// Says that this process has no network.
#[derive(Clone, Copy, Debug)]
pub struct CutOff {
    /// A port of the loopback outside on which somebody listens. Nobody can be reached there from
    /// in here.
    pub outside_port: u16,
}

/// Runs the calling test once more without a network. Inside gives `Some`; outside gives `None` once
/// the test has passed inside. Where no namespace can be had it says so and gives `None`; on a build
/// machine that is a failure.
///
/// # Panics
/// When the test fails inside.
pub fn cut_off() -> Option<CutOff> {
    if let Ok(port) = std::env::var(INSIDE) {
        let outside_port = port.parse().expect("the port this harness has set");
        return Some(CutOff { outside_port });
    }
    let Some(way) = way_in() else {
        let word =
            "no test without a network here: unshare and ip, and leave to use them, are needed";
        assert!(std::env::var_os("CI").is_none(), "{word}");
        println!("SKIPPED: {word}");
        return None;
    };
    let outside = TcpListener::bind(("127.0.0.1", 0)).expect("a local port can be had");
    let port = outside.local_addr().expect("it has an address").port();
    let test = this_test();
    let ended = inside(way)
        .arg(std::env::current_exe().expect("a running test has a path"))
        .args([&test, "--exact", "--nocapture"])
        .env(INSIDE, port.to_string())
        .status()
        .expect("what just worked works again");
    assert!(ended.success(), "{test} fails where there is no network");
    None
}

fn inside(way: &[&str]) -> Command {
    // The kernel ends the test inside together with the one outside.
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "--", "unshare"])
        .args(way)
        .args(["--", "sh", "-c", SET_UP]);
    command
}

fn way_in() -> Option<&'static [&'static str]> {
    let is_here = ["setpriv", "unshare", "ip"].into_iter().all(is_installed);
    let works = |way: &&&[&str]| {
        let mut look = inside(way);
        look.arg("true").stderr(Stdio::null());
        look.status().is_ok_and(|status| status.success())
    };
    WAYS.iter().filter(|_| is_here).find(works).copied()
}

/// Name of the running test: of its thread, or where the runner gave it the main thread, the one
/// name the runner was asked for.
fn this_test() -> String {
    let thread = std::thread::current();
    match thread.name() {
        Some(name) if name != "main" => name.to_owned(),
        _ => std::env::args()
            .skip(1)
            .find(|arg| !arg.starts_with('-'))
            .expect("a test on the main thread is the only one"),
    }
}
