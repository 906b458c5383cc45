//! The sound system of this machine, as the player and the capture see it.

#[cfg(target_os = "linux")]
mod cookie;

/// Makes sound servers let this process in as they let in every other program of its user. For the very
/// beginning of `main`, while there is one thread.
#[cfg(target_os = "linux")]
pub fn prepare() {
    let env = |name: &str| std::env::var_os(name).map(std::path::PathBuf::from);
    if let Some(cookie) = cookie::wanted(&env) {
        #[expect(
            unsafe_code,
            reason = "cpal and the crate below it take the cookie from the environment only"
        )]
        // SAFETY: called first thing in `main`: no other thread reads the environment yet.
        unsafe {
            std::env::set_var(cookie::VARIABLE, cookie);
        }
    }
}

/// Other systems ask for nothing at the door.
#[cfg(not(target_os = "linux"))]
pub fn prepare() {}

/// ALSA lists every plug-in it knows as a device; a person can choose between the default and the
/// cards.
pub(crate) fn is_noise(id: &str) -> bool {
    id.strip_prefix("alsa:")
        .is_some_and(|pcm| pcm != "default" && !pcm.starts_with("plughw:"))
}

/// The sound server when there is one: it knows devices by their names and moves streams between
/// them. Else the system's own interface, where there is any card to speak to.
pub(crate) fn host() -> Option<cpal::Host> {
    let server = cpal::available_hosts()
        .into_iter()
        .filter(|id| {
            ["pulseaudio", "pipewire"]
                .iter()
                .any(|n| id.name().eq_ignore_ascii_case(n))
        })
        .find_map(|id| cpal::host_from_id(id).ok());
    server.or_else(|| has_sound_card().then(cpal::default_host))
}

/// Asking ALSA without a card makes it print to the terminal; the kernel knows without noise.
#[cfg(target_os = "linux")]
fn has_sound_card() -> bool {
    std::fs::read_to_string("/proc/asound/cards").is_ok_and(|cards| cards.contains('['))
}

#[cfg(not(target_os = "linux"))]
fn has_sound_card() -> bool {
    true
}

/// Errors after which a stream goes on.
pub(crate) fn is_passing(e: &cpal::Error) -> bool {
    matches!(
        e.kind(),
        cpal::ErrorKind::Xrun | cpal::ErrorKind::DeviceChanged | cpal::ErrorKind::RealtimeDenied
    )
}
