//! The sound of a call becomes media, and its rows say so: the one way a call ends, on purpose or at
//! the start after a crash.

mod rows;

use super::parts::Part;
use crate::desk::{AtDesk, Desk};
use crate::imports::decoded::{Decoded, Sealed};
use crate::live::adopt::rows::Ends;
use crate::live::shapes::LiveEnded;
use crate::ports::*;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

/// A call that ends.
pub(super) struct Ending {
    pub(super) call: LiveCallId,
    pub(super) recording: RecordingId,
    pub(super) state: LiveState,
    pub(super) ended_at: UnixMs,
    /// Length of the call clock, for what has no sound.
    pub(super) duration_ms: u64,
    /// Frames that lie in files still, where their sound is taken in later.
    pub(super) frames: u64,
    /// Its files; none without sound.
    pub(super) parts: Vec<Part>,
}

/// A file that lies in the media folder now.
pub(super) struct Adopted {
    /// Where it begins, in milliseconds from recording start.
    start_ms: u64,
    /// The recording it is the sound of: the call's own, or another for what came after a break.
    recording_id: RecordingId,
    sealed: Sealed,
}

impl Desk {
    /// Takes the files into the media folder and commits what the call has become. The files a
    /// recording was written into go only when their sound lies in the media folder and the rows
    /// say so.
    pub(super) fn adopt(
        self: &Arc<Self>,
        by: &AtDesk,
        mut ending: Ending,
        cancel: &Cancel,
    ) -> AppResult<LiveEnded> {
        let mut adopted = Vec::new();
        let mut is_whole = true;
        for part in ending.parts.iter().filter(|p| p.length_ms > 0) {
            match self.adopt_part(ending.recording, part, cancel) {
                Ok(part) => adopted.push(part),
                Err(e) if is_unreadable(&e) => {
                    tracing::error!(call = %ending.call, error = %e.kind(), "a captured file is unreadable");
                    is_whole = false;
                }
                Err(e) => return Err(e),
            }
        }
        if !is_whole {
            ending.state = LiveState::Damaged;
        }
        let ended = self.commit_end(by, &ending, &adopted, None)?;
        if is_whole {
            self.let_go_of_files(&ended, ending.state);
        }
        if !ended.has_audio {
            self.fill_live_quotes(&ended);
        }
        Ok(ended)
    }

    /// Says what there is of a call, before its sound, if any, is taken in by the job that is queued
    /// with it.
    pub(super) fn put_end_on_record(
        &self,
        by: &AtDesk,
        ending: &Ending,
        has_sound: bool,
    ) -> AppResult<()> {
        let call_id = ending.call;
        let take_in = has_sound.then_some(TakeIn { call_id });
        let ended = self.commit_end(by, ending, &[], take_in)?;
        if !has_sound {
            if ending.state != LiveState::Damaged {
                self.let_go_of_files(&ended, ending.state);
            }
            self.fill_live_quotes(&ended);
        }
        Ok(())
    }

    fn adopt_part(
        &self,
        recording: RecordingId,
        part: &Part,
        cancel: &Cancel,
    ) -> AppResult<Adopted> {
        let decode = || {
            let request = IngestRequest {
                kept: vec![part.file.clone()],
                longest_ms: ANY_LENGTH,
                ..IngestRequest::default()
            };
            Decoded::of(self, request, &mut |_| {}, cancel)
        };
        let decoded = match decode() {
            // A worker that died may have died of something else.
            Err(e) if e.code() == codes::MEDIA_WORKER_DIED => decode()?,
            done => done?,
        };
        let recording_id = match part.start_ms {
            0 => recording,
            _ => RecordingId(self.id()),
        };
        Ok(Adopted {
            start_ms: part.start_ms,
            recording_id,
            sealed: decoded.seal(self, recording_id)?,
        })
    }

    /// What the call has become, with the jobs that follow: the full pass that takes the place of the
    /// drafts, for which there has to be a model, and what takes its sound in, where that is to come.
    fn commit_end(
        &self,
        by: &AtDesk,
        ending: &Ending,
        adopted: &[Adopted],
        take_in: Option<TakeIn>,
    ) -> AppResult<LiveEnded> {
        // What is wrong with the models is no matter of the sound.
        let model = by.default_model_id().unwrap_or_else(|e| {
            tracing::warn!(call = %ending.call, error = %e.kind(), "transcription not queued");
            None
        });
        let mut kept = None;
        by.write_as(None, |tx| {
            let mut rows = Ends(tx).rows_of_end(ending, adopted)?;
            let records = std::mem::take(&mut rows.records);
            let texts = rows.to_text.drain(..).filter(|_| model.is_some());
            let texts = texts.map(|text| {
                let model = model.clone();
                self.new_job(Transcribe { model, ..text })
            });
            let take_in = take_in.clone().map(|take_in| self.new_job(take_in));
            let jobs = texts.chain(take_in).collect();
            kept = Some(rows);
            let blobs = adopted.iter().flat_map(|part| part.sealed.blobs.clone());
            Ok(Deed {
                jobs,
                blobs: blobs.collect(),
                ..Deed::of(Action::LiveEnd, records)
            })
        })?;
        let rows = kept.ok_or_else(|| AppError::new(codes::INTERNAL).because("no end"))?;
        for gap in &rows.gaps {
            self.ports.store.put_gap(gap)?;
        }
        // What was heard is a text now. The one that is not queued here is found at the next start.
        if let Err(e) = self.look_at_texts() {
            tracing::warn!(call = %ending.call, error = %e.kind(), "texts not looked at");
        }
        Ok(rows.ended)
    }

    /// The files have become media. Of a damaged recording the promise stays on record until
    /// somebody has seen what is missing.
    fn let_go_of_files(&self, ended: &LiveEnded, state: LiveState) {
        let ports = &self.ports;
        let machine = &self.machine;
        let dropped = machine.media.drop_live(ended.recording_id).and_then(|()| {
            if state == LiveState::Damaged {
                return Ok(());
            }
            ports.store.drop_parts(ended.recording_id)
        });
        if let Err(e) = dropped {
            tracing::warn!(recording = %ended.recording_id, error = %e.kind(), "captured files stay");
        }
    }

    /// Without a full pass the words heard while the call went on are the words of its marks.
    fn fill_live_quotes(&self, ended: &LiveEnded) {
        let recording = self
            .ports
            .store
            .record(EntityKind::Recording, ended.recording_id.0);
        let filled = match recording {
            Ok(Some(Record::Recording(recording))) => self.fill_quotes(&recording),
            Ok(_) => Ok(()),
            Err(e) => Err(e),
        };
        if let Err(e) = filled {
            tracing::warn!(recording = %ended.recording_id, error = %e.kind(), "marks got no words");
        }
    }
}

/// The file itself is the trouble; trying again later would not help.
fn is_unreadable(e: &AppError) -> bool {
    e.code().starts_with("media.")
}
