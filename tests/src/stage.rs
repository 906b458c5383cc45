//! The window on a stage of its own: private screen, message bus, sound card, home, workspace.

pub use crate::plan::Plan;
use crate::process::{Background, free_port};
use crate::screen::Screen;
use crate::sound::Speaker;
use crate::x11::OnScreen;
use crate::{artifacts, built};
use qinting_testkit::process::private;
use qinting_testkit::process::{Signal, is_alive, is_installed, signal};
use qinting_testkit::wait::wait;
use serde_json::json;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

/// One window test at a time, also where the test runner would run more.
static TURN: Mutex<()> = Mutex::new(());

/// A window that runs, and all it stands on. Everything ends when this is dropped.
pub struct Stage {
    plan: Plan,
    screen: Screen,
    port: u16,
    driver: Option<Background>,
    speaker: Option<Speaker>,
    _bus: Background,
    _display: Background,
    pub(crate) display: String,
    dir: TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// Folders of a person who has never run Qinting.
fn prepare(dir: &Path) {
    for name in ["home", "data", "config", "cache", "run", "models"] {
        std::fs::create_dir(dir.join(name)).expect("a temporary folder can be filled");
    }
    // What WebKit and D-Bus ask of a runtime folder.
    let private: std::fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(dir.join("run"), private).expect("our own folder can be closed");
}

fn start_display(log: &Path) -> (Background, String) {
    let mut server = private("Xvfb");
    server.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1600x1000x24",
        "-nolisten",
        "tcp",
        "-ac",
    ]);
    let (server, number) = Background::start_and_listen("Xvfb", server, log);
    (server, format!(":{}", number.trim()))
}

fn start_bus(dir: &Path, log: &Path) -> Background {
    let socket = dir.join("run/bus");
    let mut bus = private("dbus-daemon");
    bus.args(["--session", "--nofork", "--nopidfile"])
        .arg(format!("--address=unix:path={}", socket.display()))
        .env("HOME", dir.join("home"))
        .env("XDG_RUNTIME_DIR", dir.join("run"));
    let bus = Background::start("dbus-daemon", bus, log);
    wait("the message bus is there", Duration::from_secs(10), || {
        socket.exists().then_some(())
    });
    bus
}

impl Stage {
    /// Sets the stage and opens the window.
    pub(crate) fn set(plan: Plan) -> Option<Self> {
        let wanted = [
            "Xvfb",
            "dbus-daemon",
            "pulseaudio",
            "parec",
            "WebKitWebDriver",
        ];
        let missing: Vec<_> = wanted
            .into_iter()
            .filter(|name| !is_installed(name))
            .collect();
        if !missing.is_empty() {
            let word = format!("no window tests here, missing: {}", missing.join(", "));
            assert!(std::env::var_os("CI").is_none(), "{word}");
            println!("SKIPPED: {word}");
            return None;
        }
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let dir = TempDir::with_prefix("qinting-").expect("a temporary folder can be had");
        prepare(dir.path());
        let log = dir.path().join("stage.log");
        let (display_server, display) = start_display(&log);
        let bus = start_bus(dir.path(), &log);
        let speaker = plan
            .has_speaker
            .then(|| Speaker::start(&dir.path().join("run"), &log));
        let screen = Screen::new(&plan.name);
        let mut stage = Self {
            plan,
            screen,
            port: 0,
            driver: None,
            speaker,
            _bus: bus,
            _display: display_server,
            display,
            dir,
            _turn: turn,
        };
        stage.start();
        Some(stage)
    }

    /// The workspace the window works on; after a first start, the one it would make in its usual
    /// place.
    pub fn workspace(&self) -> PathBuf {
        if self.plan.names_workspace {
            self.dir.path().join("workspace")
        } else {
            self.data().join("workspace")
        }
    }

    /// The window's data folder.
    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data/qinting")
    }

    /// The models folder the window looks into.
    pub fn models(&self) -> PathBuf {
        self.dir.path().join("models")
    }

    /// A folder for files of the test.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The sound card.
    ///
    /// # Panics
    /// When the plan was to have none.
    pub fn speaker(&self) -> &Speaker {
        self.speaker
            .as_ref()
            .expect("this stage was planned without a speaker")
    }

    /// The window as the system sees it, by its title.
    pub fn on_screen(&self, title: &str) -> OnScreen {
        OnScreen::find(&self.display, title)
    }

    /// Process id of the window.
    pub fn pid(&self) -> u32 {
        let driver = self.driver.as_ref().expect("the window runs");
        *driver
            .children()
            .first()
            .expect("the driver has started the window")
    }

    /// Closes the window as a person does and opens it again on the same home and workspace.
    pub fn restart(&mut self) {
        self.restart_after(|_| ());
    }

    /// Closes the window, lets `change` do something to the workspace nobody holds then, and opens
    /// the window again.
    pub fn restart_after(&mut self, change: impl FnOnce(&Path)) {
        self.plan.files.clear();
        self.stop();
        change(&self.workspace());
        self.start();
    }

    /// Starts the program a second time, beside the window that runs, and waits for its end.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn second_instance(&self, args: &[&str]) -> std::process::Output {
        let mut command = self.program(&built("qinting-window").to_string_lossy());
        command.args(self.named_workspace()).args(args);
        command.output().expect("the window starts")
    }

    /// The command line over the window's workspace, as the same person uses it.
    pub fn terminal(&self) -> Command {
        let mut command = self.program(&built("qinting").to_string_lossy());
        command.args(self.named_workspace());
        command
    }

    fn start(&mut self) {
        self.port = free_port();
        let mut driver = self.program("WebKitWebDriver");
        driver.args([format!("--port={}", self.port), "--host=127.0.0.1".into()]);
        self.driver = Some(Background::start("WebKitWebDriver", driver, &self.log()));
        let mut args = self.named_workspace();
        args.extend(
            self.plan
                .files
                .iter()
                .map(|file| file.display().to_string()),
        );
        let options = json!({ "binary": built("qinting-window"), "args": args });
        self.screen.connect(self.port, options);
    }

    fn named_workspace(&self) -> Vec<String> {
        let named = self.plan.names_workspace.then(|| self.workspace());
        named.map_or_else(Vec::new, |folder| {
            vec!["--workspace".into(), folder.display().to_string()]
        })
    }

    fn stop(&mut self) {
        let pids = self
            .driver
            .as_ref()
            .map(Background::children)
            .unwrap_or_default();
        self.screen.close();
        let is_gone = || pids.iter().all(|pid| !is_alive(*pid)).then_some(());
        let _ = wait_quietly(Duration::from_secs(5), is_gone);
        self.driver = None;
        // What outlived its driver would hold the workspace.
        for pid in pids.into_iter().filter(|pid| is_alive(*pid)) {
            signal(pid, Signal::KILL);
        }
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("window.log")
    }

    /// A program that sees only this stage.
    fn program(&self, name: &str) -> Command {
        let dir = self.dir.path();
        let mut command = private(name);
        command
            .env("HOME", dir.join("home"))
            .env("XDG_DATA_HOME", dir.join("data"))
            .env("XDG_CONFIG_HOME", dir.join("config"))
            .env("XDG_CACHE_HOME", dir.join("cache"))
            .env("XDG_RUNTIME_DIR", dir.join("run"))
            .env("TMPDIR", dir)
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", dir.join("run/bus").display()),
            )
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "zh_CN.UTF-8")
            .env("LC_CTYPE", "C.UTF-8")
            .env("QINTING_MODELS", self.models())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("RUST_BACKTRACE", "1");
        match &self.speaker {
            Some(speaker) => command
                .env("PULSE_SERVER", speaker.address())
                .env("PULSE_COOKIE", speaker.cookie()),
            None => command.env(
                "PULSE_SERVER",
                format!("unix:{}", dir.join("no-sound").display()),
            ),
        };
        command.envs(self.plan.env.iter().map(|(key, value)| (key, value)));
        command
    }

    /// Keeps what helps to understand a failure.
    fn keep_evidence(&self) {
        let dir = artifacts("failures");
        self.screen.keep_evidence(&dir);
        for log in ["window.log", "stage.log"] {
            let kept = dir.join(format!("{}-{log}", self.plan.name));
            // The failure itself is what must be heard; a log that is not there is no second one.
            let _ = std::fs::copy(self.dir.path().join(log), &kept);
            let said = std::fs::read_to_string(&kept).unwrap_or_default();
            let lines: Vec<_> = said.lines().collect();
            let tail = lines[lines.len().saturating_sub(25)..].join("\n");
            println!("--- end of {log} (kept in artifacts/failures)\n{tail}");
        }
    }
}

impl Deref for Stage {
    type Target = Screen;

    fn deref(&self) -> &Screen {
        &self.screen
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.keep_evidence();
        }
        self.stop();
    }
}

fn wait_quietly(limit: Duration, mut done: impl FnMut() -> Option<()>) -> Option<()> {
    let start = std::time::Instant::now();
    while start.elapsed() < limit {
        if done().is_some() {
            return Some(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}
