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

/// What WebKitGTK is told by its environment, unless the person has decided otherwise there.
///
/// Its DMABUF renderer shows a blank window on some drivers and in virtual machines (tauri#9394): switched off, but
/// not where the window is driven by WebDriver, whose screenshots hang without it.
///
/// The second of its compilers takes 12 MB and threads of its own for what the first has compiled already; frames of a
/// 3-hour call come as fast without it (`cargo xtask bench frames`), and a start takes no more work.
#[cfg(target_os = "linux")]
pub fn prepare() {
    let mut wanted = vec![("JSC_useDFGJIT", "0")];
    if std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none() {
        wanted.push(("WEBKIT_DISABLE_DMABUF_RENDERER", "1"));
    }
    for (name, value) in wanted {
        if std::env::var_os(name).is_some() {
            continue;
        }
        #[expect(
            unsafe_code,
            reason = "first thing in main: no other thread reads the environment"
        )]
        // SAFETY: called before any thread is started.
        unsafe {
            std::env::set_var(name, value);
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

/// Loads the page again by itself when its process dies. What Rust does meanwhile, such as keeping a
/// call, goes on as if nothing had happened.
#[cfg(target_os = "linux")]
pub fn revive(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use std::cell::Cell;
    use std::time::Instant;
    use webkit2gtk::WebViewExt;

    window.with_webview(|view| {
        let deaths = Cell::new((0, Instant::now()));
        view.inner()
            .connect_web_process_terminated(move |view, reason| {
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
    })
}

/// Elsewhere the system's web view looks after its processes itself.
#[cfg(not(target_os = "linux"))]
pub fn revive(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
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
