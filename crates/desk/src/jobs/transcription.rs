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
            began_at: desk.now(),
        };
        run.transcribe(turn)?;
        Ok(Worked::Done)
    }

    fn over(&self, desk: &Arc<Desk>, _: &Job) {
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
    began_at: UnixMs,
}

/// What it was asked.
struct Asked {
    model: String,
    request: TranscribeRequest,
}

impl Run<'_> {
    fn transcribe(&self, turn: &mut Turn<'_>) -> AppResult<()> {
        let (desk, cancel) = (self.desk, turn.cancel);
        let asked = self.asked()?;
        let store = &desk.ports.store;
        // A first text may be read as it comes. One that takes the place of another is kept until it is whole:
        // what breaks off leaves the text as it was.
        let is_first = store.segment_count(self.recording.id)? == 0;
        desk.seal_if_whole(self.recording.id)?;
        let mut lines: Vec<TranscriptLine> = Vec::new();
        let mut failed: Option<AppError> = None;
        let mut on_event = |event| match event {
            _ if failed.is_some() => {}
            TranscribeEvent::Progress { permille } => turn.at(permille),
            TranscribeEvent::Segments { segments } => {
                let from = lines.len();
                lines.extend(segments.into_iter().map(|heard| TranscriptLine {
                    id: SegmentId(desk.id()),
                    heard,
                }));
                if is_first && let Err(e) = self.show(&asked.model, &lines[from..]) {
                    failed = Some(e);
                    cancel.cancel();
                }
            }
        };
        let result = desk
            .machine
            .transcriber
            .transcribe(&asked.request, &mut on_event, cancel);
        // The store's refusal is the reason; that the worker was cancelled only follows from it.
        if let Some(e) = failed {
            return Err(e);
        }
        self.put(asked, result?, &lines)?;
        // The text is whole and kept; words that cannot be added to marks do not make it a failure.
        if let Err(e) = desk.fill_quotes(&self.recording) {
            tracing::warn!(recording = %self.recording.id, error = %e.kind(), "marks got no words");
        }
        Ok(())
    }

    /// What the engine is asked, and the model by its name.
    fn asked(&self) -> AppResult<Asked> {
        let machine = &self.desk.machine;
        let model = self.args.model.clone();
        let model = model.ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?;
        let file = self.desk.file_of_job(&model)?;
        // Where on this machine a file lies that somebody named is nobody else's business.
        let model = match ModelId::parse(&model) {
            Some(_) => model,
            None => file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        };
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
        Ok(Asked { model, request })
    }

    fn show(&self, model: &str, lines: &[TranscriptLine]) -> AppResult<()> {
        let desk = self.desk;
        desk.ports.store.draft_text(&TextDraft {
            recording_id: self.recording.id,
            actor: self.recording.meta.created_by,
            at: desk.now(),
            engine: model.to_owned(),
            lines: lines.to_vec(),
        })?;
        tell(desk, self.args, false);
        Ok(())
    }

    fn put(&self, asked: Asked, engine: String, lines: &[TranscriptLine]) -> AppResult<()> {
        let desk = self.desk;
        let meta = Meta::new(desk.now(), self.recording.meta.created_by);
        let new = TranscriptId(desk.id());
        let text = Transcript {
            engine,
            model: asked.model,
            language: asked.request.language,
            simplified: Some(asked.request.simplified),
            numbers: Some(asked.request.numbers),
            began_at: self.began_at,
            ended_at: meta.created_at.max(self.began_at),
            sound_sha256: self.recording.audio_sha256.clone(),
            ..Transcript::of(new, self.recording.id, lines, Sha256::default(), meta)
        };
        desk.put_text(text, lines).map(drop)
    }
}
