//! What a window test asks for.

use crate::namespace;
use crate::stage::Stage;
use std::path::{Path, PathBuf};

/// What a window test asks for.
pub struct Plan {
    pub(crate) name: String,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) has_speaker: bool,
    pub(crate) names_workspace: bool,
    is_cut_off: bool,
}

impl Plan {
    /// A window with an empty workspace. `name` names its screenshots.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            files: Vec::new(),
            env: Vec::new(),
            has_speaker: true,
            names_workspace: true,
            is_cut_off: false,
        }
    }

    /// Starts the window with a file to bring in.
    pub fn with_file(mut self, file: &Path) -> Self {
        self.files.push(file.to_owned());
        self
    }

    /// Sets a variable of the window's environment.
    pub fn with_env(mut self, key: &str, value: &str) -> Self {
        self.env.push((key.into(), value.into()));
        self
    }

    /// A machine without any sound device.
    pub fn without_speaker(mut self) -> Self {
        self.has_speaker = false;
        self
    }

    /// The window of somebody who has just installed Qinting: no workspace is named, and none is
    /// there. Later starts name none either; the window remembers.
    pub fn first_start(mut self) -> Self {
        self.names_workspace = false;
        self
    }

    /// A machine without a network: window, screen, sound, driver and the test itself run where
    /// there is only a loopback of their own. [`Plan::open`] then gives `None` out here, after the
    /// whole test has passed in there.
    pub fn without_network(mut self) -> Self {
        self.is_cut_off = true;
        self
    }

    /// Sets the stage and opens the window. `None`, with a printed word, on a machine that cannot
    /// show one; never on a build machine, where that is a failure.
    ///
    /// # Panics
    /// When something that is installed does not start.
    pub fn open(self) -> Option<Stage> {
        if self.is_cut_off {
            namespace::cut_off()?;
        }
        Stage::set(self)
    }
}
