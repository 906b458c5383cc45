//! Texts become bytes of their recordings: what a run heard, and what lies in rows alone, because an older
//! version wrote it or somebody heard it live.

use crate::desk::{AtDesk, Desk};
use crate::jobs::{Turn, Work, Worked};
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Texts that are looked for at once.
const SOME: u32 = 50;
/// After this long what is more urgent has its turn.
const TURN: Duration = Duration::from_secs(1);
/// Segments read at once.
const WINDOW: u32 = 500;

impl Desk {
    /// Queues the sealing of texts where one lies in rows alone.
    pub fn look_at_texts(&self) -> AppResult<()> {
        if self.ports.store.unsealed_texts(None, 1)?.is_empty() {
            return Ok(());
        }
        self.queue(SealTexts {})
    }

    /// Makes a text the bytes of its recording and puts it on record: as what is read, or, where it may be the
    /// poorer one, beside what is. Gives what it has become.
    pub(crate) fn put_text(
        self: &Arc<Self>,
        mut text: Transcript,
        lines: &[TranscriptLine],
    ) -> AppResult<Transcript> {
        let unwritten = |e| AppError::new(codes::INTERNAL).because(e);
        let bytes = written(lines).map_err(unwritten)?;
        text.sha256 = sha256_of(&bytes);
        let (id, length) = (text.recording_id, bytes.len() as u64);
        let blob = self.new_blob(id, BlobRole::Transcript, &text.sha256, Some(length));
        self.machine.media.seal_bytes(&bytes, &blob)?;
        let by = AtDesk::machine(self.clone(), text.meta.created_by);
        only(by.write_as(None, |tx| {
            let mut texts = tx.transcripts_of(text.recording_id)?;
            texts.retain(|t| t.standing == TranscriptStanding::Shown);
            let stays = texts.iter().any(|shown| !shown.gives_way_to(&text));
            let records: Vec<Record> = match stays {
                true => vec![text.clone().now(TranscriptStanding::Beside).into()],
                false => std::iter::once(text.clone().into())
                    .chain(
                        texts
                            .into_iter()
                            .map(|t| t.now(TranscriptStanding::Past).into()),
                    )
                    .collect(),
            };
            Ok(Deed {
                blobs: vec![blob.clone()],
                ..Deed::of(Action::TranscriptWrite, records)
            })
        })?)
    }

    /// Does that with the text of a recording that lies in rows alone, if it is whole: what a run that broke off
    /// left is none.
    pub(crate) fn seal_if_whole(self: &Arc<Self>, id: RecordingId) -> AppResult<()> {
        match self.ports.store.unsealed_texts(Some(id), 1)?.is_empty() {
            true => Ok(()),
            false => self.seal_text(id),
        }
    }

    /// Does that with the text of a recording that lies in rows alone.
    fn seal_text(self: &Arc<Self>, id: RecordingId) -> AppResult<()> {
        let store = &*self.ports.store;
        let recording = store.record(EntityKind::Recording, id.0)?;
        let recording = recording.and_then(Recording::from_record);
        let (Some(recording), true) = (recording, store.transcripts_of(id)?.is_empty()) else {
            return Ok(());
        };
        let (mut lines, mut meta, mut engine) = (Vec::new(), recording.meta.clone(), String::new());
        loop {
            let offset = u32::try_from(lines.len()).unwrap_or(u32::MAX);
            let window = store.segments(id, offset, WINDOW)?;
            if window.is_empty() {
                break;
            }
            for s in window {
                // A line somebody corrected may be of an earlier run: the last one names the text.
                if engine.is_empty() || s.meta.created_at > meta.created_at {
                    engine.clone_from(&s.engine);
                    meta = Meta::new(s.meta.created_at, s.meta.created_by);
                }
                lines.push(as_heard(s));
            }
        }
        let sound_sha256 = self.heard_sound(&recording)?;
        let is_live = engine == LIVE_ENGINE;
        let text = Transcript {
            engine: if is_live {
                engine.clone()
            } else {
                String::new()
            },
            model: if is_live { String::new() } else { engine },
            sound_sha256,
            ..Transcript::of(TranscriptId(self.id()), id, &lines, Sha256::default(), meta)
        };
        self.put_text(text, &lines).map(drop)
    }

    /// The copy of the sound that a text of before was made from. What was first replaced after it was written is
    /// what it was made from.
    pub(crate) fn heard_sound(&self, recording: &Recording) -> AppResult<Sha256> {
        let store = &self.ports.store;
        let mut changes = store.history(EntityKind::Recording, recording.id.0)?;
        changes.sort_by_key(|c| c.seq);
        let written = changes
            .iter()
            .rposition(|c| c.action == Action::TranscriptWrite);
        let replaced = changes[written.unwrap_or(0)..]
            .iter()
            .find_map(|c| c.fields.get("audio_sha256"))
            .and_then(|f| f.told()?.0.as_str()?.parse::<Sha256>().ok());
        let replaced = replaced.filter(|hash| written.is_some() && !hash.is_empty());
        Ok(replaced.unwrap_or_else(|| recording.audio_sha256.clone()))
    }
}

/// What the machine wrote there.
fn as_heard(s: Segment) -> TranscriptLine {
    TranscriptLine {
        id: s.id,
        heard: HeardSegment {
            start_ms: s.start_ms,
            end_ms: s.end_ms,
            channel: s.channel,
            text: s.text_original.unwrap_or(s.text),
            confidence: s.confidence,
            language: s.language,
        },
    }
}

impl Work for SealTexts {
    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked> {
        let begun = Instant::now();
        let some = turn.desk.ports.store.unsealed_texts(None, SOME)?;
        let (mut sealed, mut failed) = (0, None);
        for recording in &some {
            if turn.cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            if begun.elapsed() > TURN {
                return Ok(Worked::More);
            }
            // One that cannot be kept is no reason to leave the others.
            match turn.desk.seal_text(*recording) {
                Ok(()) => sealed += 1,
                Err(e) => {
                    tracing::warn!(recording = %recording, error = %e.kind(), "a text lies in rows alone");
                    failed = Some(e);
                }
            }
        }
        match failed {
            _ if sealed > 0 => Ok(Worked::More),
            // At the next start it is tried again.
            Some(e) => Err(e),
            None => Ok(Worked::Done),
        }
    }
}
