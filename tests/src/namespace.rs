//! Places the tests cannot have in the world outside: the calling test runs once more in a namespace of
//! its own, where there is no network but a loopback that nobody outside can reach, or where there is a
//! small disk.

use qinting_testkit::process::is_installed;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Set inside, to the port of a listener outside.
const WITHOUT_NETWORK: &str = "QINTING_TEST_WITHOUT_NETWORK";
/// Set inside, to where the small disk is.
const SMALL_DISK: &str = "QINTING_TEST_SMALL_DISK";

/// A kind of namespace.
struct Place {
    /// What `unshare` is asked for.
    kind: &'static str,
    /// Programs it takes.
    needs: &'static [&'static str],
    /// What is done inside before the program runs, in the shell's words.
    set_up: String,
}

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
    if let Ok(port) = std::env::var(WITHOUT_NETWORK) {
        let outside_port = port.parse().expect("the port this harness has set");
        return Some(CutOff { outside_port });
    }
    let place = Place {
        kind: "--net",
        needs: &["ip"],
        // A new loopback is down.
        set_up: "ip link set lo up".into(),
    };
    let Some(way) = place.way_in() else {
        let word =
            "no test without a network here: unshare and ip, and leave to use them, are needed";
        assert!(std::env::var_os("CI").is_none(), "{word}");
        println!("SKIPPED: {word}");
        return None;
    };
    let outside = TcpListener::bind(("127.0.0.1", 0)).expect("a local port can be had");
    let port = outside.local_addr().expect("it has an address").port();
    place.run_this_test(&way, WITHOUT_NETWORK, &port.to_string());
    None
}

/// Runs the calling test once more where there is a disk of `mib` mebibytes, and gives its folder.
/// Outside gives `None` once the test has passed inside. Where no namespace can be had it says so and
/// gives `None`.
///
/// # Panics
/// When the test fails inside.
pub fn small_disk(mib: u32) -> Option<PathBuf> {
    if let Some(disk) = std::env::var_os(SMALL_DISK) {
        return Some(disk.into());
    }
    let folder = TempDir::new().expect("a temporary folder can be had");
    let disk = folder.path().display().to_string();
    let place = Place {
        kind: "--mount",
        needs: &["mount"],
        set_up: format!("mount -t tmpfs -o size={mib}m qinting-test '{disk}'"),
    };
    let Some(way) = place.way_in() else {
        println!(
            "SKIPPED: no small disk to test with: unshare and mount, and leave to use them, are needed"
        );
        return None;
    };
    place.run_this_test(&way, SMALL_DISK, &disk);
    None
}

impl Place {
    /// Runs what is added as arguments inside.
    fn inside(&self, way: &[&str]) -> Command {
        // The kernel ends the test inside together with the one outside.
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", "--", "unshare"])
            .args(way)
            .args(["--", "sh", "-c"])
            .arg(format!("{} && exec \"$0\" \"$@\"", self.set_up));
        command
    }

    /// As a person, and as root where persons may not.
    fn way_in(&self) -> Option<Vec<&'static str>> {
        let needs = ["setpriv", "unshare"].iter().chain(self.needs);
        let is_here = needs.copied().all(is_installed);
        let works = |way: &Vec<&str>| {
            let mut look = self.inside(way);
            look.arg("true").stderr(Stdio::null());
            look.status().is_ok_and(|status| status.success())
        };
        let ways = [vec!["--map-root-user", self.kind], vec![self.kind]];
        ways.into_iter().filter(|_| is_here).find(works)
    }

    fn run_this_test(&self, way: &[&str], name: &str, value: &str) {
        let test = this_test();
        let ended = self
            .inside(way)
            .arg(std::env::current_exe().expect("a running test has a path"))
            .args([&test, "--exact", "--nocapture"])
            .env(name, value)
            .status()
            .expect("what just worked works again");
        assert!(ended.success(), "{test} fails inside its namespace");
    }
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
