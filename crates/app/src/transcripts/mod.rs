//! Recognised speech: read, find, correct.

pub(crate) mod reads;
mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::acting::{Acting, clean_text, only, same_rev};
use crate::error::{AppError, AppResult, codes};
use qinting_domain::*;

/// Places found in one transcript at most.
const MAX_HITS: u32 = 500;

impl Acting {
    /// A window of the transcript.
    pub fn segments(&self, query: SegmentQuery) -> AppResult<Vec<Segment>> {
        self.open_recording(query.recording_id)?;
        self.read(|seen| seen.segments(query.recording_id, query.offset, query.limit))
    }

    /// Start times of all segments.
    pub fn segment_starts(&self, id: RecordingId) -> AppResult<Vec<u32>> {
        self.open_recording(id)?;
        self.read(|seen| seen.segment_starts(id))
    }

    /// Segments of one recording that contain what was typed.
    pub fn find_in_transcript(&self, search: TranscriptSearch) -> AppResult<Vec<SegmentHit>> {
        self.open_recording(search.recording_id)?;
        self.read(|seen| seen.find_in_transcript(search.recording_id, &search.text, MAX_HITS))
    }

    /// Makes a text what is read; what waited beside it waits no longer. What somebody corrected stays.
    pub fn choose_transcript(&self, choice: TranscriptChoice) -> AppResult<Transcript> {
        only::<Transcript>(self.write(Action::TranscriptChoose, |tx| {
            let text = tx.fetch::<Transcript>(choice.id)?;
            same_rev(text.meta.rev, choice.rev)?;
            let mut others = tx.transcripts_of(text.recording_id)?;
            others.retain(|t| t.id != text.id && t.standing != TranscriptStanding::Past);
            let others = others
                .into_iter()
                .map(|t| t.now(TranscriptStanding::Past).into());
            let chosen = text.now(TranscriptStanding::Shown).into();
            Ok(std::iter::once(chosen).chain(others).collect())
        })?)
    }

    /// Corrects a segment; what the engine wrote is kept and can be brought back.
    pub fn edit_segment(&self, edit: SegmentEdit) -> AppResult<Segment> {
        only::<Segment>(self.write(Action::SegmentEdit, |tx| {
            let mut segment = tx.fetch::<Segment>(edit.id)?;
            same_rev(segment.meta.rev, edit.rev)?;
            match &edit.text {
                Some(text) => {
                    let text = clean_text("text", text)?.trim().to_owned();
                    if text.is_empty() {
                        return Err(AppError::new(codes::INVALID).with("field", "text"));
                    }
                    let before = std::mem::replace(&mut segment.text, text);
                    segment.text_original.get_or_insert(before);
                    if segment.text_original.as_ref() == Some(&segment.text) {
                        segment.text_original = None;
                    }
                }
                None => {
                    if let Some(original) = segment.text_original.take() {
                        segment.text = original;
                    }
                }
            }
            Ok(vec![segment.into()])
        })?)
    }
}
