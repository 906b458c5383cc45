//! Fetches a published model: resumes, checks, gives up on stalls, tries the next mirror.

use super::catalogue::{Published, address, host_of};
use super::fetch::{Answer, Ask, Head, fetch};
use super::part::{Part, disk, remove};
use qinting_desk::Cancel;
use qinting_desk::DownloadProgress;
use qinting_desk::error::{AppError, AppResult, codes};
use qinting_domain::is_mirror;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long to wait for what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Longest time without a byte.
    pub(crate) stall: Duration,
    /// Pause before the second try at a mirror; twice that before the third.
    pub(crate) back_off: Duration,
}

/// Tries at one mirror.
const TRIES: u32 = 3;
/// How often `cancel` is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// Least time between two progress reports.
const TELL: Duration = Duration::from_millis(100);

/// One model on its way onto the shelf.
pub(crate) struct Download<'a> {
    pub(crate) model: &'a Published,
    pub(crate) folder: &'a Path,
    pub(crate) patience: Patience,
    pub(crate) progress: &'a mut dyn FnMut(DownloadProgress),
    pub(crate) cancel: &'a Cancel,
}

/// Why a try at a mirror ended without the model.
enum Trouble {
    /// The line broke or the server is busy: the same mirror may do better.
    Again(AppError),
    /// This mirror will not do.
    NextMirror(AppError),
    /// Nothing will do: stopped, disk full.
    Final(AppError),
}

impl From<AppError> for Trouble {
    fn from(e: AppError) -> Self {
        Self::Final(e)
    }
}

/// Path of a model's part.
pub(crate) fn part_path(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{file}.part"))
}

/// Where the part's entity tag is kept.
pub(crate) fn tag_path(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{file}.part.tag"))
}

impl Download<'_> {
    /// Runs through the mirrors in their order.
    pub(crate) fn run(mut self, mirrors: &[String]) -> AppResult<()> {
        std::fs::create_dir_all(self.folder).map_err(disk(self.folder))?;
        let mut last = AppError::new(codes::MODEL_UNREACHABLE).with("host", "");
        for (mirror, base) in mirrors.iter().enumerate() {
            let from = address(base, &self.model.file);
            let host = host_of(&from);
            if !is_mirror(base) {
                last = not_secure(&host);
                continue;
            }
            for attempt in 0..TRIES {
                if attempt > 0 {
                    self.wait(self.patience.back_off * 2u32.pow(attempt - 1))?;
                }
                match self.attempt(&from, &host) {
                    Ok(()) => return Ok(()),
                    Err(Trouble::Final(e)) => return Err(e),
                    Err(Trouble::Again(e)) => {
                        tracing::info!(model = self.model.id, mirror, attempt, error = %e.kind(), "download broke off");
                        last = e;
                    }
                    Err(Trouble::NextMirror(e)) => {
                        tracing::info!(model = self.model.id, mirror, error = %e.kind(), "mirror gives no model");
                        last = e;
                        break;
                    }
                }
            }
        }
        Err(last)
    }

    fn attempt(&mut self, from: &str, host: &str) -> Result<(), Trouble> {
        let path = part_path(self.folder, &self.model.file);
        let mut part = Part::open(&path, self.cancel)?;
        if part.present() > self.model.bytes || !part.looks_like_a_model()? {
            part.start_over()?;
        }
        let resumed = part.present() > 0;
        if part.present() < self.model.bytes {
            let tag = std::fs::read_to_string(tag_path(self.folder, &self.model.file)).ok();
            let answers = fetch(Ask {
                address: from.to_owned(),
                from: part.present(),
                if_tag: tag.filter(|t| !t.is_empty()),
                stall: self.patience.stall,
            });
            self.receive(&answers, &mut part, host)?;
        }
        self.verify(part, host).map_err(|e| match e {
            // The old part may have been the bad half: one fresh start at the same mirror.
            Trouble::NextMirror(e) if resumed => Trouble::Again(e),
            other => other,
        })
    }

    fn receive(
        &mut self,
        answers: &Receiver<Answer>,
        part: &mut Part,
        host: &str,
    ) -> Result<(), Trouble> {
        let mut heard = Instant::now();
        let mut told = Instant::now().checked_sub(TELL);
        loop {
            if self.cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED).into());
            }
            let answer = match answers.recv_timeout(LOOK) {
                Ok(answer) => answer,
                Err(RecvTimeoutError::Timeout) if heard.elapsed() < self.patience.stall => continue,
                Err(RecvTimeoutError::Timeout) => return Err(Trouble::Again(self.stalled())),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Trouble::Again(unreachable(host)));
                }
            };
            let waited = heard.elapsed();
            heard = Instant::now();
            match answer {
                Answer::Head(head) => {
                    if self.begin(&head, part)? {
                        return Ok(());
                    }
                }
                Answer::Bytes(bytes) => {
                    self.take(&bytes, part)?;
                    if told.is_none_or(|t| t.elapsed() >= TELL) {
                        told = Some(Instant::now());
                        self.tell(part.present(), host, false);
                    }
                }
                Answer::End if part.present() == self.model.bytes => return Ok(()),
                Answer::End => return Err(Trouble::Again(unreachable(host).because("cut off"))),
                // The socket's own time-out may come first.
                Answer::Failed(_) if waited + LOOK >= self.patience.stall => {
                    return Err(Trouble::Again(self.stalled()));
                }
                Answer::NotSecure => return Err(Trouble::NextMirror(not_secure(host))),
                Answer::Failed(e) => return Err(Trouble::Again(unreachable(host).because(e))),
            }
        }
    }

    /// Looks at the head; true when there is nothing left to fetch.
    fn begin(&self, head: &Head, part: &mut Part) -> Result<bool, Trouble> {
        match head.status {
            // No ranges here, or another file by now: everything comes from the start.
            200 => part.start_over()?,
            206 => {
                let fits = head.range.is_some_and(|(from, total)| {
                    from == part.present() && total.is_none_or(|t| t == self.model.bytes)
                });
                if !fits {
                    part.start_over()?;
                    let odd = AppError::new(codes::MODEL_REFUSED).with("status", 206);
                    return Err(Trouble::Again(odd.because("not the range asked for")));
                }
            }
            416 if part.present() == self.model.bytes => return Ok(true),
            416 => {
                part.start_over()?;
                return Err(Trouble::Again(refused(416)));
            }
            408 | 429 | 500..=599 => return Err(Trouble::Again(refused(head.status))),
            status => return Err(Trouble::NextMirror(refused(status))),
        }
        let tag = tag_path(self.folder, &self.model.file);
        match &head.tag {
            Some(value) => std::fs::write(&tag, value).map_err(disk(&tag))?,
            None => remove(&tag),
        }
        Ok(false)
    }

    fn take(&self, bytes: &[u8], part: &mut Part) -> Result<(), Trouble> {
        let first = part.present() < 4;
        part.write(bytes)?;
        if first && !part.looks_like_a_model()? {
            // A log-in page of the network, as a rule.
            part.start_over()?;
            return Err(Trouble::NextMirror(AppError::new(codes::MODEL_NOT_A_MODEL)));
        }
        if part.present() > self.model.bytes {
            part.start_over()?;
            let long = AppError::new(codes::MODEL_BAD_HASH).because("longer than promised");
            return Err(Trouble::NextMirror(long));
        }
        Ok(())
    }

    fn verify(&mut self, part: Part, host: &str) -> Result<(), Trouble> {
        let tag = tag_path(self.folder, &self.model.file);
        if part.sha1() != self.model.sha1 {
            part.discard();
            remove(&tag);
            return Err(Trouble::NextMirror(AppError::new(codes::MODEL_BAD_HASH)));
        }
        part.finish(&self.folder.join(&self.model.file))?;
        remove(&tag);
        self.tell(self.model.bytes, host, true);
        Ok(())
    }

    fn tell(&mut self, bytes_present: u64, host: &str, done: bool) {
        (self.progress)(DownloadProgress {
            id: self.model.id.clone(),
            bytes_present,
            bytes_total: self.model.bytes,
            host: host.to_owned(),
            done,
            error: None,
        });
    }

    fn wait(&self, pause: Duration) -> AppResult<()> {
        let begun = Instant::now();
        while begun.elapsed() < pause {
            if self.cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            std::thread::sleep(LOOK.min(pause));
        }
        Ok(())
    }

    fn stalled(&self) -> AppError {
        AppError::new(codes::MODEL_STALLED).with("seconds", self.patience.stall.as_secs())
    }
}

fn unreachable(host: &str) -> AppError {
    AppError::new(codes::MODEL_UNREACHABLE).with("host", host)
}

fn not_secure(host: &str) -> AppError {
    AppError::new(codes::MODEL_NOT_SECURE).with("host", host)
}

fn refused(status: u16) -> AppError {
    AppError::new(codes::MODEL_REFUSED).with("status", status)
}
