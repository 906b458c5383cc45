//! A desk with a sound server of its own, and calls to play at it.

use crate::live::Listening;
use crate::qinting;
use crate::samples::kept_in;
use crate::sound::{Sink, Speaker};
use qinting_testkit::cli::Home;
use qinting_testkit::data::two_sided_call;
use qinting_testkit::sound::Sound;
use serde_json::Value;

const TOLD: [&str; 4] = ["--consent", "drill", "--notice", "spoken"];

/// A private sound server, and somebody who listens at it.
pub struct LiveRoom {
    /// Whoever listens.
    pub home: Home,
    /// The server.
    pub speaker: Speaker,
}

impl LiveRoom {
    /// A server with these sinks.
    ///
    /// # Panics
    /// When it does not come up.
    pub fn with(sinks: &[Sink]) -> Self {
        let home = qinting();
        let server = home.dir().join("sound");
        std::fs::create_dir(&server).expect("a folder");
        let speaker = Speaker::start_with(&server, &server.join("log"), sinks);
        Self { home, speaker }
    }

    /// `--lane` for what a sink plays; `rest` says which part of it and who speaks there.
    ///
    /// # Panics
    /// When it cannot be captured.
    pub fn lane(&self, sink: &Sink, rest: &str) -> [String; 2] {
        let mut ask = self.home.command(["live", "sources", "--json"]);
        self.speaker.lend(&mut ask);
        let answer = ask.output().expect("qinting starts").stdout;
        let listed: Value = serde_json::from_slice(&answer).expect("one JSON value");
        let monitor = sink.monitor();
        let sources = listed["sources"].as_array().expect("a list");
        let found = sources
            .iter()
            .filter_map(|s| s["id"].as_str())
            .find(|id| id.ends_with(&monitor))
            .unwrap_or_else(|| panic!("{monitor} is not among {listed}"));
        ["--lane".into(), format!("{found}{rest}")]
    }

    /// Begins to listen.
    ///
    /// # Panics
    /// When the call does not begin.
    pub fn begin(&self, mode: &str, lanes: &[[String; 2]]) -> Listening {
        let lanes = lanes.iter().flatten().map(String::as_str);
        let args: Vec<&str> = ["--mode", mode]
            .into_iter()
            .chain(TOLD)
            .chain(lanes)
            .collect();
        Listening::begin(&self.home, Some(&self.speaker), args)
    }

    /// Plays sounds into their sinks, all at once, and waits until they are over.
    ///
    /// # Panics
    /// When one is cut off.
    pub fn play(&self, what: &[(&Sink, &Sound)]) {
        let playing: Vec<_> = what
            .iter()
            .map(|(sink, sound)| {
                let wav = self.home.dir().join(format!("{}.wav", sink.name));
                sound.cushioned().write(&wav);
                self.speaker.play(sink, &wav)
            })
            .collect();
        playing.into_iter().for_each(|one| one.to_the_end());
    }

    /// The one recording that is kept.
    ///
    /// # Panics
    /// When there is none, or more.
    pub fn kept(&self) -> Sound {
        let files = kept_in(&self.home.workspace());
        let [file] = files.as_slice() else {
            panic!("one recording and not {files:?}");
        };
        Sound::read(file)
    }

    /// Every observation with all its fields.
    ///
    /// # Panics
    /// When they cannot be had.
    pub fn observations(&self) -> Vec<Value> {
        let all = self.home.run(["export", "--format", "json"]).went_well();
        let listed = all.json()["observations"].clone();
        listed.as_array().expect("a list").clone()
    }
}

/// The two sides of a call of the project's own demo, as the product itself decodes it.
///
/// # Panics
/// When it cannot be brought in.
pub fn demo_call(seconds: f64) -> Sound {
    let home = qinting();
    let call = qinting_testkit::demo_call("fridge");
    home.run([std::ffi::OsStr::new("import"), call.as_os_str()])
        .went_well();
    let files = kept_in(&home.workspace());
    Sound::read(files.first().expect("the decoded call")).cut(0.0, seconds)
}

/// The two sides of a real call.
pub fn real_call(seconds: f64) -> Option<Sound> {
    let [agent, caller] = two_sided_call()?.map(|side| Sound::read(&side).cut(0.0, seconds));
    Some(Sound {
        rate_hz: agent.rate_hz,
        channels: [agent.channels, caller.channels].concat(),
    })
}
