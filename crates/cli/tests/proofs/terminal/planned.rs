//! Folders that are planned, and what the plan says.

use super::{Terminal, text};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Two calls, and a table that tells of both, of one that is not here, and of one twice.
pub const TABLE: &str = "录音文件名,开始时间,通话时长,客户姓名,主叫号码,坐席姓名,满意度\n\
    20261117_0915_8841.wav,2026/11/17 9:15,3秒,王小明,13900002280,林小满,5\n\
    20261117_0932_8807.wav,2026/11/17 9:32,00:05:10,陈立,18600000417,赵一,4\n\
    20261117_0932_8807.wav,2026/11/17 9:32,00:05:10,陈立,18600000417,赵一,1\n\
    20261116_1801_8807.wav,2026/11/16 18:01,12分46秒,孙二,13700009999,赵一,\n";

pub fn folder(terminal: &Terminal) {
    terminal.tone("20261117_0915_8841.wav", 3_000, 330.0, 2);
    terminal.tone("20261117_0932_8807.wav", 2_000, 440.0, 2);
}

pub fn put(terminal: &Terminal, name: &str, bytes: impl AsRef<[u8]>) {
    let path = terminal.file(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

pub fn plan(terminal: &Terminal, more: &[&str]) -> Value {
    let args = ["import", "--plan", "files"].iter().chain(more);
    terminal.ok(args.copied())
}

/// A code of each source that cannot be read, by its name.
pub fn refused(plan: &Value) -> Vec<(String, String)> {
    let sources = plan["sources"].as_array().expect("sources");
    let refused = sources.iter().filter(|source| !source["error"].is_null());
    let name = |source: &Value| {
        let path = text(&source["path"]);
        let name = Path::new(&path).file_name().expect("a name");
        name.to_string_lossy().into_owned()
    };
    refused
        .map(|source| (name(source), text(&source["error"]["code"])))
        .collect()
}
