//! Declares every command to Tauri, so that the capability file decides which of them the window
//! may call. The names come from the one list in `qinting-ipc`.

fn main() {
    let list = "../crates/ipc/src/lib.rs";
    println!("cargo:rerun-if-changed={list}");
    // The page is part of the program: a new one makes a new program.
    println!("cargo:rerun-if-changed=../ui/dist");
    let text = std::fs::read_to_string(list).expect("the list of commands stands in the workspace");
    let names: Vec<&'static str> = text
        .lines()
        .filter(|l| l.trim_end().ends_with(';') && l.contains(") -> "))
        .filter_map(|l| l.trim().split_once('('))
        .map(|(name, _)| &*Box::leak(name.to_owned().into_boxed_str()))
        .collect();
    let manifest = tauri_build::AppManifest::new().commands(Box::leak(names.into_boxed_slice()));
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri's build step");
}
