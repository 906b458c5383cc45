//! Declares the one command of the window to Tauri, so that nothing else can be called.

fn main() {
    // The page is part of the program: a new one makes a new program.
    println!("cargo:rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(&["call"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri's build step");
}
