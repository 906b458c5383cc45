//! Start-up care for the web view on Linux.

/// WebKitGTK's DMABUF renderer shows a blank window on some drivers and in virtual machines
/// (tauri#9394). Switched off unless the person has decided otherwise, or the window is driven by
/// WebDriver, whose screenshots hang without it.
#[cfg(target_os = "linux")]
pub fn prepare() {
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let decided = std::env::var_os(SWITCH).is_some();
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    if !decided && !driven {
        #[expect(
            unsafe_code,
            reason = "first thing in main: no other thread reads the environment"
        )]
        // SAFETY: called before any thread is started.
        unsafe {
            std::env::set_var(SWITCH, "1");
        }
    }
}

/// Nothing to prepare elsewhere.
#[cfg(not(target_os = "linux"))]
pub fn prepare() {}
