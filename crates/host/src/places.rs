//! Where things live when nobody says otherwise.

use std::path::PathBuf;

fn data_dir() -> PathBuf {
    directories::ProjectDirs::from("cn", "qinting", "qinting")
        .map(|d| d.data_dir().to_owned())
        .unwrap_or_else(|| PathBuf::from("qinting-data"))
}

/// The workspace folder: `QINTING_WORKSPACE`, else `workspace` in the user's data folder.
pub fn default_workspace() -> PathBuf {
    std::env::var_os("QINTING_WORKSPACE")
        .map_or_else(|| data_dir().join("workspace"), PathBuf::from)
}

/// The models folder, shared by all workspaces: `QINTING_MODELS`, else `models` in the user's data
/// folder.
pub fn default_models() -> PathBuf {
    std::env::var_os("QINTING_MODELS").map_or_else(|| data_dir().join("models"), PathBuf::from)
}
