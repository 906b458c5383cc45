//! An installation in a few words.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// An installation, and the machine it is on.
    struct DeviceInfo {
        /// Which one it is: a random number.
        id: DeviceId,
        /// When it began; `None` where that is not kept.
        #[ts(type = "number | null")] since: Option<UnixMs>,
        /// App version.
        version: String,
        /// Processor cores the program may use.
        cores: u32,
        /// Bytes of memory; `None`: the system does not say.
        #[ts(type = "number | null")] memory_bytes: Option<u64>,
        /// Bytes free on the workspace's disk.
        #[ts(type = "number")] free_bytes: u64,
        /// Data folder; `None`: nothing of this installation is kept.
        data_folder: Option<String>,
        /// Models folder.
        models_folder: String,
        /// Workspace folder.
        workspace: String,
        /// Sound where nobody chooses.
        sound: DefaultSound,
    }
    /// What sound goes through where nobody chooses, by its names.
    struct DefaultSound {
        /// The sound server, or the system's own interface; `None`: there is neither.
        system: Option<String>,
        /// Where sound comes out; `None`: nowhere.
        output: Option<String>,
        /// The microphone; `None`: there is none.
        input: Option<String>,
        /// What the machine plays, as a source; `None`: it cannot be captured.
        played: Option<String>,
    }
}
