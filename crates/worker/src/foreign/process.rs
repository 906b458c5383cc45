//! One run of ffmpeg: what it is told, what it may use, and what becomes of what it says.

use super::words::Words;
use crate::client::MEDIA_STALL;
use crate::{MARK, limits, process::this_program, starter};
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use qinting_desk::sniff::Demuxer;
use qinting_desk::{AppError, AppResult, Cancel, Cause, codes, spawn_named};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Name of the hidden subcommand that takes on the limits and turns into ffmpeg.
pub(crate) const SUBCOMMAND: &str = "worker:ffmpeg";

/// How often the host looks whether somebody wants to stop.
const LOOK: Duration = Duration::from_millis(50);
/// ffmpeg's words are complete when it ends; this is for what it may have left running.
const LAST_BREATH: Duration = Duration::from_secs(2);
const CHUNK: usize = 64 << 10;
/// Where ffmpeg's WAV header holds the sizes it cannot know in a pipe ends before this.
const HEADER: usize = 256;

/// How far a run may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Samples and header, bytes: what a playable file can hold.
    pub(crate) bytes: u64,
    /// No byte moved for so long: it, or our own worker, hangs.
    pub(crate) stall: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes: (4 << 30) - 4096,
            stall: MEDIA_STALL,
        }
    }
}

/// What a run gave.
pub(super) struct FfmpegHeard {
    /// There are samples.
    pub(super) has_sound: bool,
    /// ffmpeg ended without an error.
    pub(super) succeeded: bool,
    /// What was said.
    pub(super) words: Words,
}

/// A run to be.
pub(super) struct Run<'a> {
    pub(super) program: &'a Path,
    pub(super) demuxer: Demuxer,
    pub(super) bounds: Bounds,
}

impl Run<'_> {
    /// Decodes `source` into a WAV file at `target`. `progress` gets the fraction that is done,
    /// where it can be told.
    pub(super) fn go(
        &self,
        source: File,
        target: &Path,
        progress: &mut dyn FnMut(f64),
        cancel: &Cancel,
    ) -> AppResult<FfmpegHeard> {
        // Both share one place in the file, so ours tells how far ffmpeg has read.
        let watched = source.try_clone().map_err(internal)?;
        let mut running = self.start(source)?;
        let mut target = BufWriter::new(created(target).map_err(disk)?);
        let bytes = self.pump(&mut running, watched, &mut target, progress, cancel)?;
        let succeeded = running.child.wait().is_ok_and(|status| status.success());
        let said = running
            .said
            .take()
            .and_then(|said| said.recv_timeout(LAST_BREATH).ok());
        let mut file = target.into_inner().map_err(|e| disk(e.into_error()))?;
        let has_sound = close_header(&mut file, bytes).map_err(disk)?;
        Ok(FfmpegHeard {
            has_sound,
            succeeded,
            words: said.unwrap_or_default(),
        })
    }

    fn start(&self, source: File) -> AppResult<RunningFfmpeg> {
        let mut command = command(self.program).map_err(internal)?;
        command
            .args(self.args())
            .env_clear()
            .env(MARK, "1")
            // The words we look for are English, and one arena per thread would count as memory.
            .envs([("LC_ALL", "C"), ("MALLOC_ARENA_MAX", "1")])
            .stdin(Stdio::from(source))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = starter::spawn(command).map_err(internal)?;
        let pipes = (child.stdout.take(), child.stderr.take());
        let (Some(mut stdout), Some(stderr)) = pipes else {
            return Err(internal("a pipe is missing"));
        };
        let (send, chunks) = bounded(8);
        let mut running = RunningFfmpeg {
            child,
            chunks,
            said: None,
        };
        // A death of either closes its pipe or drops its end: that is noticed as any other end.
        let samples = move || {
            while let Some(chunk) = next_chunk(&mut stdout)
                && send.send(chunk).is_ok()
            {}
        };
        spawn_named("ffmpeg-samples", samples, drop)?;
        let (told, said) = bounded(1);
        let words = move || drop(told.send(Words::of(stderr)));
        spawn_named("ffmpeg-words", words, drop)?;
        running.said = Some(said);
        Ok(running)
    }

    /// No guessing of formats, one stream of sound, nothing but this file and this pipe.
    fn args(&self) -> Vec<String> {
        let (protocol, input) = match self.demuxer.seeks {
            true => ("file", format!("file:{OPEN_FILE}")),
            false => ("pipe", "pipe:0".into()),
        };
        let mut args: Vec<String> = ["-hide_banner", "-nostdin", "-nostats", "-v", "info"]
            .into_iter()
            .chain(["-threads", "1", "-protocol_whitelist", protocol])
            .chain(["-f", self.demuxer.name])
            .map(str::to_owned)
            .collect();
        if let Some((rate_hz, channels)) = self.demuxer.shape {
            args.extend(["-ar".into(), rate_hz.to_string()]);
            args.extend(["-ac".into(), channels.to_string()]);
        }
        args.extend(["-i".into(), input]);
        let out = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1"]
            .into_iter()
            // What the file's times leave out is silence, so that later moments keep their time; the
            // times are told, so that it can be said where.
            .chain(["-af", "ashowinfo,aresample=async=1:first_pts=0"])
            .chain(["-c:a", "pcm_s16le", "-bitexact", "-f", "wav", "pipe:1"]);
        args.extend(out.map(str::to_owned));
        args
    }

    fn pump(
        &self,
        running: &mut RunningFfmpeg,
        mut source: File,
        target: &mut BufWriter<File>,
        progress: &mut dyn FnMut(f64),
        cancel: &Cancel,
    ) -> AppResult<u64> {
        let len = source.metadata().map_or(0, |meta| meta.len()).max(1);
        let (mut bytes, mut read, mut moved) = (0u64, 0, Instant::now());
        loop {
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            match running.chunks.recv_timeout(LOOK) {
                Ok(chunk) => {
                    bytes += chunk.len() as u64;
                    if bytes > self.bounds.bytes {
                        let mb = self.bounds.bytes >> 20;
                        return Err(AppError::new(codes::MEDIA_TOO_BIG).with("mb", mb));
                    }
                    target.write_all(&chunk).map_err(disk)?;
                    moved = Instant::now();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(bytes),
            }
            let at = source.stream_position().unwrap_or(0);
            if at > read && !self.demuxer.seeks {
                read = at;
                moved = Instant::now();
                progress((at as f64 / len as f64).min(1.0));
            }
            if moved.elapsed() > self.bounds.stall {
                return Err(AppError::new(codes::MEDIA_WORKER_DIED).with("reason", "stalled"));
            }
        }
    }
}

/// A running ffmpeg; it ends with this value.
struct RunningFfmpeg {
    child: Child,
    chunks: Receiver<Vec<u8>>,
    said: Option<Receiver<Words>>,
}

impl Drop for RunningFfmpeg {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn internal(why: impl Cause) -> AppError {
    AppError::new(codes::INTERNAL).because(why)
}

/// `None` at the end.
fn next_chunk(out: &mut impl Read) -> Option<Vec<u8>> {
    let mut chunk = vec![0; CHUNK];
    loop {
        match out.read(&mut chunk) {
            Ok(n) if n > 0 => {
                chunk.truncate(n);
                return Some(chunk);
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            _ => return None,
        }
    }
}

/// A file that is written, and read again to put the sizes into its header.
fn created(path: &Path) -> io::Result<File> {
    let mut how = OpenOptions::new();
    how.read(true).write(true).create_new(true).open(path)
}

fn disk(e: io::Error) -> AppError {
    AppError::of_disk(&e, Path::new("media"))
}

/// Puts the sizes into a WAV header that was written before they were known; `false` when no sample
/// came.
fn close_header(file: &mut File, bytes: u64) -> io::Result<bool> {
    let mut head = vec![0; HEADER.min(bytes as usize)];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    let Some(at) = head.windows(4).position(|four| four == b"data") else {
        return Ok(false);
    };
    let data = bytes.saturating_sub(at as u64 + 8);
    for (place, size) in [(4, bytes.saturating_sub(8)), (at as u64 + 4, data)] {
        // Bounded by what a WAV can hold.
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        file.seek(SeekFrom::Start(place))?;
        file.write_all(&size.to_le_bytes())?;
    }
    Ok(data > 0)
}

/// The file ffmpeg gets as its standard input, under a name that can be opened anew and sought in.
#[cfg(target_os = "linux")]
const OPEN_FILE: &str = "/proc/self/fd/0";
#[cfg(not(target_os = "linux"))]
const OPEN_FILE: &str = "/dev/fd/0";

/// This program with the hidden subcommand: it takes on the limits before ffmpeg's first
/// instruction.
#[cfg(unix)]
fn command(program: &Path) -> io::Result<Command> {
    let mut command = Command::new(this_program()?);
    command.arg(SUBCOMMAND).arg(program);
    limits::out_of_reach(&mut command);
    Ok(command)
}

#[cfg(not(unix))]
fn command(program: &Path) -> io::Result<Command> {
    Ok(Command::new(program))
}

/// The other side of [`command`]: limits, then ffmpeg in this process's place.
#[cfg(unix)]
pub(crate) fn become_ffmpeg() -> ExitCode {
    use std::os::unix::process::CommandExt;
    let mut args = std::env::args_os().skip(2);
    let Some(program) = args.next() else {
        return ExitCode::FAILURE;
    };
    limits::bind(limits::Bounds::FOREIGN);
    limits::give_way();
    // The thread that started us lives as long as the host.
    limits::die_with_host();
    let _ = Command::new(program).args(args).exec();
    ExitCode::FAILURE
}

#[cfg(not(unix))]
pub(crate) fn become_ffmpeg() -> ExitCode {
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_put_into_a_header_that_was_written_first() {
        let mut file = tempfile::tempfile().unwrap();
        let open =
            b"RIFF\xFF\xFF\xFF\xFFWAVEfmt \x10\0\0\0................data\xFF\xFF\xFF\xFFabcd";
        file.write_all(open).unwrap();
        assert!(close_header(&mut file, open.len() as u64).unwrap());
        let mut bytes = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!((bytes[4], bytes[40], bytes[41]), (40, 4, 0));
        assert!(!close_header(&mut file, 20).unwrap());
    }
}
