//! The line to a worker, and the files that are lent over it. On Linux it is a socket: a recording's file goes
//! along open, and no worker is told where it lies. Elsewhere it is a pipe, and such a file goes by its place.

use super::wire::Work;
use qinting_desk::{AppError, AppResult, LentFile, codes};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::process::{Child, Command};

/// Most files a piece of work is lent: the two of one call.
const MOST_LENT: usize = 2;

/// Our end of the line.
pub(super) struct Line(system::Ours);

/// A line whose other end becomes a child's standard input.
pub(super) struct NewLine(system::New);

impl NewLine {
    /// Makes one for a child that is to be started.
    pub(super) fn to(command: &mut Command) -> io::Result<Self> {
        system::to(command).map(Self)
    }

    /// Our end, once the child runs.
    pub(super) fn ours(self, child: &mut Child) -> Option<Line> {
        system::ours(self.0, child).map(Line)
    }
}

impl Line {
    /// Sends a line, and files with it.
    pub(super) fn send(&mut self, line: &[u8], lent: &[File]) -> io::Result<()> {
        if lent.is_empty() {
            return self.0.write_all(line);
        }
        let sent = system::send(&mut self.0, line, lent)?;
        self.0.write_all(&line[sent..])
    }
}

/// Opens what a piece of work is lent, as far as it goes open; of where that lies only its name is left in
/// the work.
pub(super) fn opened(work: &mut Work) -> AppResult<Vec<File>> {
    if !system::GOES_OPEN {
        return Ok(Vec::new());
    }
    let open = |lent: &mut LentFile| {
        let place = lent.for_worker();
        let file = File::open(place).map_err(|e| {
            let code = match e.kind() {
                ErrorKind::NotFound => codes::MEDIA_MISSING,
                _ => codes::MEDIA_UNREADABLE,
            };
            AppError::new(code).because(e)
        })?;
        *lent = LentFile::at(place.file_name().unwrap_or_default());
        Ok(file)
    };
    work.lent().into_iter().map(open).collect()
}

/// Files that are held open for a piece of work.
pub(super) use system::Held;

/// The child's end: what is asked is read from it, and files that came along wait until their work is taken up.
#[derive(Default)]
pub(super) struct Hearing(system::Theirs);

impl Read for Hearing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        system::hear(&mut self.0, into)
    }
}

impl Hearing {
    /// Gives a piece of work the files that came with it. They are there as long as what is given back.
    pub(super) fn hand_over(&mut self, work: &mut Work) -> Held {
        system::hand_over(&mut self.0, work.lent())
    }
}

#[cfg(target_os = "linux")]
mod system {
    use super::MOST_LENT;
    use qinting_desk::LentFile;
    use rustix::io::{Errno, read};
    use rustix::net::{
        RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
        SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
    };
    use std::collections::VecDeque;
    use std::fs::File;
    use std::io::{self, IoSlice, IoSliceMut};
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd, AsRawFd, OwnedFd};
    use std::os::unix::net::UnixStream;
    use std::process::{Child, Command, Stdio};

    const SPACE: usize = rustix::cmsg_space!(ScmRights(MOST_LENT));

    pub(super) const GOES_OPEN: bool = true;
    pub(super) type Ours = UnixStream;
    pub(super) type New = UnixStream;
    pub(super) type Theirs = VecDeque<OwnedFd>;
    pub(in super::super) type Held = Vec<OwnedFd>;

    pub(super) fn to(command: &mut Command) -> io::Result<New> {
        let (ours, theirs) = UnixStream::pair()?;
        command.stdin(Stdio::from(OwnedFd::from(theirs)));
        Ok(ours)
    }

    pub(super) fn ours(new: New, _: &mut Child) -> Option<Ours> {
        Some(new)
    }

    pub(super) fn send(to: &mut Ours, line: &[u8], lent: &[File]) -> io::Result<usize> {
        let files: Vec<_> = lent.iter().map(AsFd::as_fd).collect();
        let mut space = [MaybeUninit::uninit(); SPACE];
        let mut along = SendAncillaryBuffer::new(&mut space);
        if !along.push(SendAncillaryMessage::ScmRights(&files)) {
            return Err(io::Error::other("more files than go along"));
        }
        loop {
            match sendmsg(&*to, &[IoSlice::new(line)], &mut along, SendFlags::NOSIGNAL) {
                Err(Errno::INTR) => {}
                sent => return Ok(sent?),
            }
        }
    }

    pub(super) fn hear(theirs: &mut Theirs, into: &mut [u8]) -> io::Result<usize> {
        let input = io::stdin();
        let mut space = [MaybeUninit::uninit(); SPACE];
        let mut along = RecvAncillaryBuffer::new(&mut space);
        let mut to = [IoSliceMut::new(into)];
        let read = match recvmsg(&input, &mut to, &mut along, RecvFlags::CMSG_CLOEXEC) {
            Ok(heard) => heard.bytes,
            // Started by hand, on a pipe.
            Err(Errno::NOTSOCK) => return Ok(read(&input, into)?),
            Err(e) => return Err(e.into()),
        };
        for message in along.drain() {
            if let RecvAncillaryMessage::ScmRights(files) = message {
                theirs.extend(files);
            }
        }
        Ok(read)
    }

    pub(super) fn hand_over(theirs: &mut Theirs, lent: Vec<&mut LentFile>) -> Held {
        let files: Held = theirs.drain(..theirs.len().min(lent.len())).collect();
        for (file, lent) in files.iter().zip(lent) {
            // Opened there it is read from its beginning, as often as need be.
            *lent = LentFile::at(format!("/proc/self/fd/{}", file.as_raw_fd()));
        }
        files
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use qinting_desk::LentFile;
    use std::fs::File;
    use std::io::{self, Read};
    use std::process::{Child, ChildStdin, Command, Stdio};

    pub(super) const GOES_OPEN: bool = false;
    pub(super) type Ours = ChildStdin;
    pub(super) type New = ();
    pub(super) type Theirs = ();
    pub(in super::super) type Held = ();

    pub(super) fn to(command: &mut Command) -> io::Result<New> {
        command.stdin(Stdio::piped());
        Ok(())
    }

    pub(super) fn ours((): New, child: &mut Child) -> Option<Ours> {
        child.stdin.take()
    }

    pub(super) fn send(_: &mut Ours, _: &[u8], _: &[File]) -> io::Result<usize> {
        Ok(0)
    }

    pub(super) fn hear((): &mut Theirs, into: &mut [u8]) -> io::Result<usize> {
        io::stdin().lock().read(into)
    }

    pub(super) fn hand_over((): &mut Theirs, _: Vec<&mut LentFile>) -> Held {}
}
