//! Texts of recordings, as runs leave them.

use super::{TestWorkspace, new_id};
use qinting_app::*;
use qinting_domain::*;
use qinting_testkit::records;

impl TestWorkspace {
    /// Writes a text of (start, end, channel, text), which is read from now on.
    pub fn transcript(
        &self,
        recording: RecordingId,
        lines: &[(u64, u64, u16, &str)],
    ) -> Transcript {
        self.text(recording, &self.lines(lines)).unwrap()
    }

    /// The same with what the lines say besides.
    pub fn text(&self, recording: RecordingId, lines: &[TranscriptLine]) -> AppResult<Transcript> {
        let sealed = self.sealed(recording, lines)?;
        self.put_text(OpId(new_id()), &sealed)?;
        let all = self.store.transcripts_of(recording)?;
        Ok(all.into_iter().next().unwrap())
    }

    /// A text whose bytes are there, and which is not on record yet.
    pub fn sealed(
        &self,
        recording: RecordingId,
        lines: &[TranscriptLine],
    ) -> AppResult<(Transcript, Blob)> {
        let ids = (TranscriptId(new_id()), BlobId(new_id()));
        let (text, blob, bytes) = records::text(ids, recording, lines, self.meta());
        self.store.media().seal_bytes(&bytes, &blob)?;
        Ok((text, blob))
    }

    /// Puts it on record as what is read.
    pub fn put_text(&self, op: OpId, (text, blob): &(Transcript, Blob)) -> AppResult<Committed> {
        self.store.write(op, &mut |reads| {
            let mut past = reads.transcripts_of(text.recording_id)?;
            past.retain(|t| t.standing == TranscriptStanding::Shown);
            let past = past
                .into_iter()
                .map(|t| t.now(TranscriptStanding::Past).into());
            let records = std::iter::once(text.clone().into()).chain(past).collect();
            Ok(Commit {
                op_id: op,
                blobs: vec![blob.clone()],
                ..self.operation(Action::TranscriptWrite, records)
            })
        })
    }

    pub fn lines(&self, lines: &[(u64, u64, u16, &str)]) -> Vec<TranscriptLine> {
        let line = |(start_ms, end_ms, channel, text): &(u64, u64, u16, &str)| TranscriptLine {
            id: SegmentId(new_id()),
            heard: records::heard(*start_ms, *end_ms, *channel, text),
        };
        lines.iter().map(line).collect()
    }

    /// Lines of a text that is being made.
    pub fn draft(&self, recording: RecordingId, lines: &[TranscriptLine]) -> AppResult<()> {
        self.store.draft_text(&TextDraft {
            recording_id: recording,
            actor: self.person,
            at: self.now(),
            engine: "demo".into(),
            lines: lines.to_vec(),
        })
    }
}
