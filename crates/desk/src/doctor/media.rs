//! Whether the files of the media folder are what they were: all are looked at each time, and read
//! whole in turn, so that none waits for ever.

use crate::desk::AtDesk;
use crate::doctor::shapes::{
    BrokenMedia, MediaCheckup, MediaFault, MediaPart, MediaReading, MediaWayOut,
};
use crate::event::DeskEvent;
use qinting_app::*;
use qinting_domain::*;
use std::collections::BTreeMap;

/// Bytes that are read whole each time somebody looks; the rest has its turn the next times.
const SHARE_BYTES: u64 = 256 << 20;
/// The playable audio is a WAV with a header of this length.
const WAV_HEADER: u64 = 44;

/// How much is read whole.
pub(super) enum Share {
    /// Some of it: what was read longest ago.
    Turn,
    /// All of it.
    All(Cancel),
}

/// A file as a recording names it.
struct Named {
    /// Which recording, by its place in the list.
    of: usize,
    part: MediaPart,
    name: String,
    /// Length it has to have, or has to reach.
    exactly: Option<u64>,
    at_least: u64,
}

/// Files by their names, and what is wrong with them.
struct Files {
    recordings: Vec<(Case, Recording)>,
    named: BTreeMap<String, Vec<Named>>,
    lengths: BTreeMap<String, u64>,
    faults: BTreeMap<String, MediaFault>,
}

impl AtDesk {
    /// Looks at all media files and reads a share of them whole.
    pub(super) fn check_media(&self, share: &Share) -> AppResult<MediaCheckup> {
        let mut files = Files::of(self.read(|seen| seen.recordings_with_sound())?);
        files.look(&*self.desk.machine.media);
        let (read, unread) = self.read_whole(&mut files, share);
        let mut broken = Vec::new();
        for (sha256, fault) in &files.faults {
            for named in files.named.get(sha256).into_iter().flatten() {
                broken.push((named.of, self.broken(&files, named, *fault)?));
            }
        }
        broken.sort_by_key(|(of, b)| (*of, b.part as u8));
        Ok(MediaCheckup {
            files: count(files.named.len()),
            read,
            unread,
            broken: broken.into_iter().map(|(_, b)| b).collect(),
        })
    }

    /// Reads files whole, those that were read longest ago first, and keeps what came of it. Gives
    /// how many were read, and how many never were.
    fn read_whole(&self, files: &mut Files, share: &Share) -> (u32, u32) {
        let media = &self.desk.machine.media;
        let known = media.readings().into_iter();
        let mut known: BTreeMap<String, Reading> = known
            .filter(|r| files.named.contains_key(&r.sha256))
            .map(|r| (r.sha256.clone(), r))
            .collect();
        let (most, cancel) = match share {
            Share::Turn => (SHARE_BYTES, Cancel::default()),
            Share::All(cancel) => (u64::MAX, cancel.clone()),
        };
        let turn = files.turn(&known, most);
        let total_bytes = turn.iter().map(|(_, bytes)| bytes).sum();
        let mut progress = Progress::new(self, matches!(share, Share::All(_)), total_bytes);
        let mut read = 0;
        for (sha256, _) in turn {
            let whole = media.is_whole(&sha256, &mut |n| progress.add(n), &cancel);
            let fault = match whole {
                Err(e) if e.code() == codes::CANCELLED => break,
                Err(_) => Some(MediaFault::Unreadable),
                Ok(whole) => (!whole).then_some(MediaFault::Bytes),
            };
            read += 1;
            let reading = Reading {
                sha256: sha256.clone(),
                at: self.desk.now(),
                whole: fault.is_none(),
            };
            known.insert(sha256.clone(), reading);
            files.judge(sha256, fault);
        }
        // What was found earlier and had no turn now is as broken as it was.
        for r in known.values().filter(|r| !r.whole) {
            files.judge(r.sha256.clone(), Some(MediaFault::Bytes));
        }
        let unread = files.named.keys().filter(|f| !known.contains_key(*f));
        let unread = count(unread.count());
        let readings: Vec<Reading> = known.into_values().collect();
        if read > 0
            && let Err(e) = media.keep_readings(&readings)
        {
            tracing::info!(code = e.code(), "what was read is not kept");
        }
        (read, unread)
    }

    fn broken(&self, files: &Files, named: &Named, fault: MediaFault) -> AppResult<BrokenMedia> {
        let (case, recording) = &files.recordings[named.of];
        let in_bin = case.meta.deleted_at.is_some();
        let is_good = |s: &SourceFile| !files.faults.contains_key(&s.sha256);
        let way_out = if self.read(|seen| seen.live_call_of(recording.id))?.is_some() {
            MediaWayOut::Backup
        } else if recording.sources.iter().all(is_good) && !in_bin {
            MediaWayOut::TakeAgain
        } else {
            MediaWayOut::ImportAgain
        };
        Ok(BrokenMedia {
            case_id: case.id,
            title: case.title.clone(),
            in_bin,
            recording_id: recording.id,
            part: named.part,
            name: named.name.clone(),
            fault,
            way_out,
        })
    }
}

impl Files {
    fn of(recordings: Vec<(Case, Recording)>) -> Self {
        let mut named: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for (of, (_, r)) in recordings.iter().enumerate() {
            let mut add = |sha256: &str, part, name: &str, exactly, at_least| {
                let name = name.to_owned();
                let one = Named {
                    of,
                    part,
                    name,
                    exactly,
                    at_least,
                };
                named.entry(sha256.to_owned()).or_default().push(one);
            };
            for s in &r.sources {
                add(&s.sha256, MediaPart::Source, &s.name, Some(s.bytes), 0);
            }
            let sound = r.frames * 2 * u64::from(r.channels) + WAV_HEADER;
            add(&r.audio_sha256, MediaPart::Audio, "", None, sound);
            if !r.peaks_sha256.is_empty() {
                add(&r.peaks_sha256, MediaPart::Peaks, "", None, 1);
            }
        }
        Self {
            recordings,
            named,
            lengths: BTreeMap::new(),
            faults: BTreeMap::new(),
        }
    }

    /// Opens every file and compares its length with what is on record.
    fn look(&mut self, media: &dyn MediaFolder) {
        for (sha256, named) in &self.named {
            let fault = match media.length_of(sha256) {
                Err(_) => Some(MediaFault::Unreadable),
                Ok(None) => Some(MediaFault::Missing),
                Ok(Some(bytes)) => {
                    self.lengths.insert(sha256.clone(), bytes);
                    let fits =
                        |n: &Named| n.exactly.is_none_or(|e| e == bytes) && bytes >= n.at_least;
                    (!named.iter().all(fits)).then_some(MediaFault::Size)
                }
            };
            if let Some(fault) = fault {
                self.faults.insert(sha256.clone(), fault);
            }
        }
    }

    /// What is to be read, in order, with its length: broken ones first, then those whose reading
    /// is longest ago, up to `most` bytes, and one at least.
    fn turn(&self, known: &BTreeMap<String, Reading>, most: u64) -> Vec<(String, u64)> {
        let lengths = self.lengths.iter();
        let mut all: Vec<_> = lengths
            .filter(|(f, _)| !self.faults.contains_key(*f))
            .map(|(f, bytes)| (rank(known.get(f)), f.clone(), *bytes))
            .collect();
        all.sort();
        let mut sum = 0u64;
        let mut fits = |bytes: u64| {
            let first = sum == 0;
            sum = sum.saturating_add(bytes);
            first || sum <= most
        };
        let turn = all.into_iter().take_while(|(_, _, bytes)| fits(*bytes));
        turn.map(|(_, f, bytes)| (f, bytes)).collect()
    }

    fn judge(&mut self, sha256: String, fault: Option<MediaFault>) {
        if let Some(fault) = fault {
            self.faults.entry(sha256).or_insert(fault);
        }
    }
}

/// What was broken may be mended by now; after that what was never read; then what was read longest
/// ago.
fn rank(last: Option<&Reading>) -> (u8, UnixMs) {
    match last {
        Some(r) if !r.whole => (0, r.at),
        None => (1, 0),
        Some(r) => (2, r.at),
    }
}

/// Tells how far reading has come, a percent at a time.
struct Progress<'a> {
    by: &'a AtDesk,
    told: bool,
    done_bytes: u64,
    total_bytes: u64,
}

impl<'a> Progress<'a> {
    fn new(by: &'a AtDesk, told: bool, total_bytes: u64) -> Self {
        let new = Self {
            by,
            told,
            done_bytes: 0,
            total_bytes,
        };
        new.tell();
        new
    }

    fn add(&mut self, bytes: u64) {
        let percent = |done: u64| u128::from(done) * 100 / u128::from(self.total_bytes.max(1));
        let before = percent(self.done_bytes);
        let after = percent(self.done_bytes + bytes);
        self.done_bytes += bytes;
        if after != before {
            self.tell();
        }
    }

    fn tell(&self) {
        if self.told {
            self.by.desk.tell(DeskEvent::Media {
                reading: MediaReading {
                    done_bytes: self.done_bytes,
                    total_bytes: self.total_bytes,
                },
            });
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn files(lengths: &[(&str, u64)]) -> Files {
        let mut files = Files::of(Vec::new());
        files.lengths = lengths.iter().map(|(f, n)| ((*f).into(), *n)).collect();
        files
    }

    fn known(readings: &[(&str, UnixMs, bool)]) -> BTreeMap<String, Reading> {
        let reading = |(f, at, whole): &(&str, UnixMs, bool)| Reading {
            sha256: (*f).into(),
            at: *at,
            whole: *whole,
        };
        let all = readings.iter().map(reading);
        all.map(|r| (r.sha256.clone(), r)).collect()
    }

    #[rstest]
    #[case::never_read_before_long_ago(&[("a", 9, true), ("b", 5, true)], 30, &["c", "b", "a"])]
    #[case::broken_first(&[("a", 9, false), ("b", 5, true)], 30, &["a", "c", "b"])]
    #[case::no_more_than_its_share(&[("a", 9, true), ("b", 5, true)], 20, &["c", "b"])]
    #[case::one_at_least(&[], 1, &["a"])]
    fn each_file_has_its_turn(
        #[case] readings: &[(&str, UnixMs, bool)],
        #[case] most: u64,
        #[case] order: &[&str],
    ) {
        let turn = files(&[("a", 10), ("b", 10), ("c", 10)]).turn(&known(readings), most);
        let turn: Vec<&str> = turn.iter().map(|(f, _)| f.as_str()).collect();
        assert_eq!(turn, order);
    }
}
