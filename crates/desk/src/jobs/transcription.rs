//! The text of a recording, made by the machine.

use crate::desk::Desk;
use crate::jobs::{Turn, Work, Worked};
use crate::ports::*;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

impl Work for Transcribe {
    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked> {
        let desk = turn.desk;
        let record = desk
            .ports
            .store
            .record(EntityKind::Recording, self.recording_id.0)?;
        let gone = || AppError::new(codes::NOT_FOUND).with("kind", "recording");
        let run = Run {
            desk,
            args: self,
            recording: record.and_then(Recording::from_record).ok_or_else(gone)?,
            op: OpId(desk.id()),
        };
        run.transcribe(turn)?;
        Ok(Worked::Done)
    }

    fn over(&self, desk: &Arc<Desk>, job: &Job) {
        // What broke off leaves the text as it was; the next run would clear this away too.
        if job.state != JobState::Done
            && let Err(e) = desk.ports.store.drop_run(self.recording_id)
        {
            tracing::warn!(job = %job.id, error = %e.kind(), "a broken-off run stays apart");
        }
        tell(desk, self, true);
    }
}

fn tell(desk: &Desk, of: &Transcribe, done: bool) {
    desk.tell_of(&RecordEvent::Transcript {
        recording_id: of.recording_id,
        case_id: of.case_id,
        done,
    });
}

/// One transcription under way.
struct Run<'a> {
    desk: &'a Arc<Desk>,
    args: &'a Transcribe,
    recording: Recording,
    op: OpId,
}

impl Run<'_> {
    fn transcribe(&self, turn: &mut Turn<'_>) -> AppResult<()> {
        let (desk, cancel) = (self.desk, turn.cancel);
        let (model, request) = self.request()?;
        let mut first = true;
        let mut failed: Option<AppError> = None;
        let mut on_event = |event| {
            if failed.is_some() {
                return;
            }
            let taken = match event {
                TranscribeEvent::Progress { permille } => {
                    turn.at(permille);
                    Ok(())
                }
                TranscribeEvent::Segments { segments } => {
                    self.keep(&model, segments, std::mem::take(&mut first), false)
                }
            };
            if let Err(e) = taken {
                failed = Some(e);
                cancel.cancel();
            }
        };
        let result = desk
            .machine
            .transcriber
            .transcribe(&request, &mut on_event, cancel);
        // The store's refusal is the reason; that the worker was cancelled only follows from it.
        if let Some(e) = failed {
            return Err(e);
        }
        result?;
        self.keep(&model, Vec::new(), first, true)?;
        // The text is whole and kept; words that cannot be added to marks do not make it a failure.
        if let Err(e) = desk.fill_quotes(&self.recording) {
            tracing::warn!(recording = %self.recording.id, error = %e.kind(), "marks got no words");
        }
        Ok(())
    }

    /// What the engine is asked, and the model by its name.
    fn request(&self) -> AppResult<(String, TranscribeRequest)> {
        let machine = &self.desk.machine;
        let model = self.args.model.clone();
        let model = model.ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?;
        let file = self.desk.file_of_job(&model)?;
        let settings = self.desk.workspace_settings()?;
        let (id, sha256) = (self.recording.id, &self.recording.audio_sha256);
        let audio = self.desk.blob(id, sha256)?;
        let request = TranscribeRequest {
            audio: machine.media.lend(&audio)?,
            model: file,
            language: self.args.language.clone(),
            simplified: settings.simplified,
            numbers: settings.numbers,
            threads: 0,
        };
        Ok((model, request))
    }

    fn keep(
        &self,
        model: &str,
        segments: Vec<HeardSegment>,
        first: bool,
        last: bool,
    ) -> AppResult<()> {
        let desk = self.desk;
        desk.ports.store.replace_transcript(TranscriptCommit {
            recording_id: self.recording.id,
            op_id: self.op,
            actor: self.recording.meta.created_by,
            at: desk.now(),
            engine: model.to_owned(),
            segments: segments
                .into_iter()
                .map(|s| (SegmentId(desk.id()), s))
                .collect(),
            first,
            last,
        })?;
        tell(desk, self.args, false);
        Ok(())
    }
}
