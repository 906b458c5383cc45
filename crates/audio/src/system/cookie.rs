//! What a client shows a PulseAudio server at the door.
//!
//! A server turns away a client whose cookie is not 256 bytes long, before it looks at who is asking.
//! libpulse therefore looks in more places than the crate that we and cpal speak to servers through, and
//! shows zeros where there is no cookie at all: a server of the same user lets that in, because the
//! system vouches for the user. Without this an account in which no other program has made a cookie, or
//! which moved its configuration, has neither playback nor capture.

use rustix::fs::{MemfdFlags, memfd_create};
use std::fs::File;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Length of a cookie (`PA_NATIVE_COOKIE_LENGTH`).
const LENGTH: u64 = 256;
/// Where the crate is told to look first.
pub(super) const VARIABLE: &str = "PULSE_COOKIE";

/// The places libpulse looks in, in its order, as this environment names them.
fn places(env: &dyn Fn(&str) -> Option<PathBuf>) -> Vec<PathBuf> {
    let home = env("HOME");
    let config = env("XDG_CONFIG_HOME")
        .filter(|folder| folder.is_absolute())
        .or_else(|| home.as_ref().map(|home| home.join(".config")));
    let pulse = config.map(|config| config.join("pulse"));
    let conf = env("PULSE_CLIENTCONFIG")
        .or_else(|| pulse.as_ref().map(|pulse| pulse.join("client.conf")))
        .into_iter()
        .chain([PathBuf::from("/etc/pulse/client.conf")]);
    env(VARIABLE)
        .into_iter()
        .chain(conf.filter_map(|conf| named_in(&conf)))
        .chain(pulse.map(|pulse| pulse.join("cookie")))
        .chain(home.iter().map(|home| home.join(".config/pulse/cookie")))
        .chain(home.iter().map(|home| home.join(".pulse-cookie")))
        .collect()
}

/// `cookie-file = …` of a client.conf.
fn named_in(conf: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(conf).ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "cookie-file").then(|| PathBuf::from(value.trim()))
    })
}

/// What [`VARIABLE`] has to say, `None` where it may stay as it is.
pub(super) fn wanted(env: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let is_cookie = |path: &PathBuf| {
        std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == LENGTH)
    };
    let found = places(env).into_iter().find(is_cookie).or_else(zeros)?;
    (env(VARIABLE).as_ref() != Some(&found)).then_some(found)
}

/// A cookie of zeros that lies on no disk.
fn zeros() -> Option<PathBuf> {
    static HELD: OnceLock<Option<File>> = OnceLock::new();
    let made = || -> std::io::Result<File> {
        let mut file = File::from(memfd_create("no-cookie", MemfdFlags::CLOEXEC)?);
        file.write_all(&[0; LENGTH as usize])?;
        Ok(file)
    };
    let held = HELD.get_or_init(|| made().ok()).as_ref()?;
    let (process, number) = (std::process::id(), held.as_raw_fd());
    Some(PathBuf::from(format!("/proc/{process}/fd/{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    struct Account(tempfile::TempDir, HashMap<&'static str, PathBuf>);

    impl Account {
        fn new() -> Self {
            let home = tempfile::tempdir().unwrap();
            let env = HashMap::from([("HOME", home.path().to_owned())]);
            Self(home, env)
        }
        fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
            let path = self.0.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
            path
        }
        fn wanted(&self) -> Option<PathBuf> {
            wanted(&|name| self.1.get(name).cloned())
        }
    }

    #[test]
    fn an_account_without_a_cookie_shows_zeros() {
        let account = Account::new();
        let shown = account.wanted().unwrap();
        assert_eq!(std::fs::read(&shown).unwrap(), [0; 256]);
        // Again, from its beginning.
        assert_eq!(std::fs::read(&shown).unwrap(), [0; 256]);
        account.file(".config/pulse/cookie", b"too short");
        assert_eq!(account.wanted(), Some(shown), "a broken cookie is none");
    }

    #[test]
    fn a_cookie_is_found_where_libpulse_finds_it() {
        let mut account = Account::new();
        let old = account.file(".pulse-cookie", &[1; 256]);
        assert_eq!(account.wanted(), Some(old));
        let usual = account.file(".config/pulse/cookie", &[2; 256]);
        assert_eq!(account.wanted(), Some(usual));
        let moved = account.file("elsewhere/pulse/cookie", &[3; 256]);
        account
            .1
            .insert("XDG_CONFIG_HOME", account.0.path().join("elsewhere"));
        assert_eq!(account.wanted(), Some(moved));
        let chosen = account.file("chosen", &[4; 256]);
        let line = format!("# ours\ncookie-file = {}\n", chosen.display());
        account.file("elsewhere/pulse/client.conf", line.as_bytes());
        assert_eq!(account.wanted(), Some(chosen));
        let named = account.file("named", &[5; 256]);
        account.1.insert(VARIABLE, named);
        assert_eq!(account.wanted(), None, "it says so already");
    }
}
