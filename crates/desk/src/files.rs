//! Files a person points at. What such a path leads to may be a pipe or a device, and merely
//! opening one can wait for ever, or start something: it is looked at before it is opened.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a plain file to read. A link is followed.
pub fn open(path: &Path) -> io::Result<File> {
    must_be_plain(&std::fs::metadata(path)?)?;
    let file = without_waiting(OpenOptions::new().read(true)).open(path)?;
    // It may have been exchanged in between; opened without waiting, nothing was lost.
    must_be_plain(&file.metadata()?)?;
    Ok(file)
}

fn must_be_plain(meta: &Metadata) -> io::Result<()> {
    if meta.is_file() {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "not a plain file",
    ))
}

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32)
}

#[cfg(not(unix))]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    #[test]
    fn only_a_plain_file_is_opened_and_nothing_waits() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("plain"), b"x").unwrap();
        std::os::unix::fs::symlink(at("plain"), at("link")).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(at("pipe"))
            .status();
        assert!(made.unwrap().success());
        let _listener = UnixListener::bind(at("socket")).unwrap();
        assert!(open(&at("plain")).is_ok());
        assert!(open(&at("link")).is_ok());
        for odd in [at("pipe"), at("socket"), at(""), "/dev/zero".into()] {
            let error = open(&odd).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{odd:?}");
        }
        assert_eq!(
            open(&at("gone")).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
