//! What a worker inherits. A process that reads foreign bytes gets none of the keys, tokens and
//! addresses that other programs leave in an environment; only what it works with.

use std::ffi::{OsStr, OsString};

/// Variables a worker keeps, each for a reason.
const KEPT: &[&str] = &[
    // Where programs are found, for one a decoder may start.
    "PATH",
    // Where C libraries look for their own settings and for a place to write.
    "HOME",
    "TMPDIR",
    "TEMP",
    "TMP",
    // How the words of the system are written.
    "LANG",
    "LANGUAGE",
    // The worker is this program: what it needs to be loaded with, it needs again.
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    // Windows loads its own libraries, and draws random numbers, by these.
    "SystemRoot",
    "windir",
    // What a person who looks for a fault has set.
    "QINTING_LOG",
    "RUST_BACKTRACE",
    // How many threads the engine may take.
    "OMP_NUM_THREADS",
    "OMP_THREAD_LIMIT",
    "GGML_NTHREADS",
];

/// Families of them: locale by category, and folders of the desktop.
const KEPT_FAMILIES: &[&str] = &["LC_", "XDG_"];

/// The variables of this process that a worker gets.
pub(super) fn kept() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| is_kept(name))
}

fn is_kept(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| {
        // Windows spells names as it likes.
        KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(name))
            || KEPT_FAMILIES.iter().any(|family| name.starts_with(family))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("PATH", true)]
    #[case("LC_ALL", true)]
    #[case("XDG_RUNTIME_DIR", true)]
    #[case("AWS_SECRET_ACCESS_KEY", false)]
    #[case("SSH_AUTH_SOCK", false)]
    #[case("HTTPS_PROXY", false)]
    #[case("LD_PRELOAD", false)]
    #[case("DBUS_SESSION_BUS_ADDRESS", false)]
    fn a_worker_gets_what_it_works_with(#[case] name: &str, #[case] kept: bool) {
        assert_eq!(is_kept(OsStr::new(name)), kept);
    }
}
