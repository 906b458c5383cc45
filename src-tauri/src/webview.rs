//! Care for the web view: where it may go, and what Linux needs at the start.

use tauri::Url;

/// Whether the page may go there. It is one page that came with the program, which Windows and Android
/// give a web address of their own. The content policy does not stop a script that leaves with what it
/// knows in the address; this does.
pub fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost") && url.port().is_none(),
        _ => false,
    }
}

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

/// How often the page is loaded again after its process died, within [`CALM`]. A page that dies as
/// soon as it is loaded must not take the machine with it.
#[cfg(target_os = "linux")]
const TRIES: u32 = 3;
#[cfg(target_os = "linux")]
const CALM: std::time::Duration = std::time::Duration::from_secs(30);

/// Keeps nothing of what was loaded for a second time: there is one page, and it came with the program. Loads that
/// page again by itself when its process dies; what Rust does meanwhile, such as keeping a call, goes on as if nothing
/// had happened.
#[cfg(target_os = "linux")]
pub fn look_after(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};

    window.with_webview(|view| {
        let view = view.inner();
        if let Some(context) = view.context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        revive(&view);
    })
}

#[cfg(target_os = "linux")]
fn revive(view: &webkit2gtk::WebView) {
    use std::cell::Cell;
    use std::time::Instant;
    use webkit2gtk::WebViewExt;

    let deaths = Cell::new((0, Instant::now()));
    view.connect_web_process_terminated(move |view, reason| {
        let (count, since) = deaths.get();
        let (count, since) = if since.elapsed() > CALM {
            (1, Instant::now())
        } else {
            (count + 1, since)
        };
        deaths.set((count, since));
        tracing::error!(?reason, count, "the page's process died");
        if count <= TRIES {
            view.reload();
        }
    });
}

/// Elsewhere the system's web view looks after its processes itself.
#[cfg(not(target_os = "linux"))]
pub fn look_after(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn the_page_goes_nowhere_but_to_itself() {
        let own = [
            "tauri://localhost",
            "tauri://localhost/",
            "http://tauri.localhost/index.html",
        ];
        for url in own {
            assert!(is_own(&url.parse().expect("a URL")), "{url}");
        }
        let foreign = [
            "https://example.com/?what=it+knows",
            "http://localhost/",
            "http://tauri.localhost.example.com/",
            "http://tauri.localhost:8080/",
            "http://example.com@tauri.localhost.evil/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "blob:tauri://localhost/1",
            "javascript:void(0)",
            "about:blank",
            "qinting://case/1",
        ];
        for url in foreign {
            assert!(!is_own(&url.parse().expect("a URL")), "{url}");
        }
    }
}
