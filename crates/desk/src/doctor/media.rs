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

/// The bytes of all recordings, and what is wrong with them.
#[derive(Default)]
struct Files {
    recordings: Vec<(Case, Recording)>,
    blobs: BTreeMap<BlobId, Blob>,
    named: BTreeMap<BlobId, Vec<Named>>,
    lengths: BTreeMap<BlobId, u64>,
    faults: BTreeMap<BlobId, MediaFault>,
}

impl AtDesk {
    /// Looks at all media files and reads a share of them whole.
    pub(super) fn check_media(&self, share: &Share) -> AppResult<MediaCheckup> {
        let mut files = self.read(|seen| {
            let recordings = seen.recordings_with_sound()?;
            Files::of(recordings, |id, sha256| seen.blob_of(id, sha256))
        })?;
        files.look(&*self.desk.machine.media);
        for (_, recording) in &files.recordings {
            self.desk
                .look_at_measured(recording.id, matches!(share, Share::All(_)))?;
        }
        let (read, unread) = self.read_whole(&mut files, share);
        let mut broken = Vec::new();
        for (blob, fault) in &files.faults {
            for named in files.named.get(blob).into_iter().flatten() {
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
        let mut known: BTreeMap<BlobId, Reading> = known
            .filter(|r| files.named.contains_key(&r.blob))
            .map(|r| (r.blob, r))
            .collect();
        let (most, cancel) = match share {
            Share::Turn => (SHARE_BYTES, Cancel::default()),
            Share::All(cancel) => (u64::MAX, cancel.clone()),
        };
        let turn = files.turn(&known, most);
        let total_bytes = turn.iter().map(|(_, bytes)| bytes).sum();
        let mut progress = Progress::new(self, matches!(share, Share::All(_)), total_bytes);
        let mut read = 0;
        for (id, _) in turn {
            let whole = media.is_whole(&files.blobs[&id], &mut |n| progress.add(n), &cancel);
            let fault = match whole {
                Err(e) if e.code() == codes::CANCELLED => break,
                Err(_) => Some(MediaFault::Unreadable),
                Ok(whole) => (!whole).then_some(MediaFault::Bytes),
            };
            read += 1;
            let reading = Reading {
                blob: id,
                at: self.desk.now(),
                whole: fault.is_none(),
            };
            known.insert(id, reading);
            files.judge(id, fault);
        }
        // What was found earlier and had no turn now is as broken as it was.
        for r in known.values().filter(|r| !r.whole) {
            files.judge(r.blob, Some(MediaFault::Bytes));
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
        let is_good = |s: &SourceFile| {
            let mut blobs = files.blobs.values();
            blobs.any(|b| {
                let is_it = b.recording_id == recording.id && b.sha256 == s.sha256;
                is_it && !files.faults.contains_key(&b.id)
            })
        };
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
    /// Of these recordings. What is on record nowhere has no bytes either.
    fn of(
        recordings: Vec<(Case, Recording)>,
        blob_of: impl Fn(RecordingId, &str) -> AppResult<Option<Blob>>,
    ) -> AppResult<Self> {
        let mut files = Self::default();
        for (of, (_, r)) in recordings.iter().enumerate() {
            let mut add = |sha256: &str, part, name: &str, exactly, at_least| {
                let nowhere = || Blob {
                    id: BlobId(id_of([&r.id.0.as_bytes()[..], sha256.as_bytes()])),
                    recording_id: r.id,
                    role: BlobRole::Audio,
                    format: PLAIN,
                    sha256: Sha256::default(),
                    bytes: None,
                };
                let blob = blob_of(r.id, sha256)?.unwrap_or_else(nowhere);
                let name = name.to_owned();
                let one = Named {
                    of,
                    part,
                    name,
                    exactly,
                    at_least,
                };
                files.named.entry(blob.id).or_default().push(one);
                files.blobs.insert(blob.id, blob);
                AppResult::Ok(())
            };
            for s in &r.sources {
                add(&s.sha256, MediaPart::Source, &s.name, Some(s.bytes), 0)?;
            }
            let sound = r.frames * 2 * u64::from(r.channels) + WAV_HEADER;
            add(&r.audio_sha256, MediaPart::Audio, "", None, sound)?;
            if !r.peaks_sha256.is_empty() {
                add(&r.peaks_sha256, MediaPart::Peaks, "", None, 1)?;
            }
        }
        files.recordings = recordings;
        Ok(files)
    }

    /// Opens every file and compares its length with what is on record.
    fn look(&mut self, media: &dyn MediaFolder) {
        for (id, named) in &self.named {
            let fault = match media.length_of(&self.blobs[id]) {
                Err(_) => Some(MediaFault::Unreadable),
                Ok(None) => Some(MediaFault::Missing),
                Ok(Some(bytes)) => {
                    self.lengths.insert(*id, bytes);
                    let fits =
                        |n: &Named| n.exactly.is_none_or(|e| e == bytes) && bytes >= n.at_least;
                    (!named.iter().all(fits)).then_some(MediaFault::Size)
                }
            };
            if let Some(fault) = fault {
                self.faults.insert(*id, fault);
            }
        }
    }

    /// What is to be read, in order, with its length: broken ones first, then those whose reading
    /// is longest ago, up to `most` bytes, and one at least.
    fn turn(&self, known: &BTreeMap<BlobId, Reading>, most: u64) -> Vec<(BlobId, u64)> {
        let lengths = self.lengths.iter();
        let mut all: Vec<_> = lengths
            .filter(|(f, _)| !self.faults.contains_key(*f))
            .map(|(f, bytes)| (rank(known.get(f)), *f, *bytes))
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

    fn judge(&mut self, blob: BlobId, fault: Option<MediaFault>) {
        if let Some(fault) = fault {
            self.faults.entry(blob).or_insert(fault);
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

    fn id(letter: &str) -> BlobId {
        BlobId(uuid::Uuid::from_u128(u128::from(letter.as_bytes()[0])))
    }

    fn files(lengths: &[(&str, u64)]) -> Files {
        Files {
            lengths: lengths.iter().map(|(f, n)| (id(f), *n)).collect(),
            ..Files::default()
        }
    }

    fn known(readings: &[(&str, UnixMs, bool)]) -> BTreeMap<BlobId, Reading> {
        let reading = |(f, at, whole): &(&str, UnixMs, bool)| Reading {
            blob: id(f),
            at: *at,
            whole: *whole,
        };
        let all = readings.iter().map(reading);
        all.map(|r| (r.blob, r)).collect()
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
        let turn: Vec<BlobId> = turn.into_iter().map(|(f, _)| f).collect();
        let order: Vec<BlobId> = order.iter().map(|f| id(f)).collect();
        assert_eq!(turn, order);
    }
}
