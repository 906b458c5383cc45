//! 重新取一遍: the kept source of a call is decoded anew, and what stands on its time moves with it.

use crate::desk::AtDesk;
use crate::imports::decoded::{Decoded, Sealed};
use crate::imports::shapes::RetakeCandidate;
use crate::imports::shapes::RetakeRequest;
use crate::ports::*;
use qinting_app::*;
use qinting_domain::*;

/// Segments read at a time.
const WINDOW: u32 = 500;

/// Containers in which time never stood elsewhere than today: sound in them is counted, not coded.
const COUNTED: [&str; 4] = ["wav", "flac", "aiff", "aif"];

impl AtDesk {
    /// Recordings that an older decoder brought in and that this one might bring in longer, or
    /// elsewhere in time. Nothing is decoded to find out.
    pub fn retake_candidates(&self) -> AppResult<Vec<RetakeCandidate>> {
        let older = self.read(|seen| seen.recordings_before(DECODER))?;
        let is_coded = |r: &Recording| r.sources.iter().any(|s| is_coded(&s.codec));
        Ok(older
            .into_iter()
            .filter(|(_, r)| is_coded(r))
            .map(|(case, r)| RetakeCandidate {
                case_id: case.id,
                title: case.title,
                recording_id: r.id,
                codec: r
                    .sources
                    .into_iter()
                    .map(|s| s.codec)
                    .next()
                    .unwrap_or_default(),
            })
            .collect())
    }

    /// Decodes the kept source of a recording anew. The new copy takes the place of the old one,
    /// and marks, notes, text and the calls aligned to it move by what the start moved: one
    /// operation, which undo takes back whole.
    ///
    /// Refuses with `media.no_source` what was recorded here, with `media.in_work` what is being
    /// turned into text, and with what a decoder refuses a file for.
    pub fn retake(&self, request: RetakeRequest) -> AppResult<Recording> {
        let before = self.open_recording(request.recording_id)?;
        self.desk.needs_sound(&before)?;
        if before.sources.is_empty() || self.read(|seen| seen.live_call_of(before.id))?.is_some() {
            return Err(AppError::new(codes::MEDIA_NO_SOURCE));
        }
        let job = self.read(|seen| seen.newest_job_of(JobKind::Transcribe, before.case_id))?;
        if job.is_some_and(|j| j.state == JobState::Running) {
            return Err(AppError::new(codes::MEDIA_IN_WORK));
        }
        // Its text moves with it.
        self.desk.seal_if_whole(before.id)?;
        // Two lanes of today's decoder are two because they differ, or because somebody wants them.
        let is_settled = before.decoder == DECODER && before.channels == 2;
        let decoded = self.decode_again(&before, request.keep_both_lanes || is_settled)?;
        // Somebody may have changed it in the meantime.
        let now = self.open_recording(request.recording_id)?;
        if now.audio_sha256 != before.audio_sha256 {
            return Err(AppError::new(codes::CONFLICT));
        }
        let shift_ms = match before.decoder {
            0 => decoded.ingested.shift_ms,
            _ => 0,
        };
        let Sealed { ingested, blobs } = decoded.seal(&self.desk, now.id)?;
        let after = self.retaken(now, ingested)?;
        let move_by = Move {
            shift_ms,
            duration_ms: after.duration_ms,
            channels: after.channels,
        };
        let mut records = self.moved_with(&after, &move_by)?;
        records.push(after.clone().into());
        let done = self.write_as(None, |_| {
            Ok(Deed {
                blobs: blobs.clone(),
                ..Deed::of(Action::RecordingRetake, records.clone())
            })
        })?;
        let kept = done.records.into_iter().find_map(|r| match r {
            Record::Recording(r) => Some(r),
            _ => None,
        });
        self.desk.measure_mended(request.recording_id)?;
        Ok(kept.unwrap_or(after))
    }

    fn decode_again(&self, recording: &Recording, keep_both_lanes: bool) -> AppResult<Decoded> {
        let mut kept = Vec::new();
        let mut names = Vec::new();
        for source in &recording.sources {
            let blob = self.desk.blob(recording.id, &source.sha256)?;
            kept.push(self.desk.machine.media.lend(&blob)?);
            names.push((blob.id.0.simple().to_string(), &source.name));
            names.push((blob.sha256.into(), &source.name));
        }
        let request = IngestRequest {
            kept,
            // It is in already: what is missing of it is told, not refused.
            take_what_is_there: true,
            keep_both_lanes,
            longest_ms: ANY_LENGTH,
            ..IngestRequest::default()
        };
        let decoded = Decoded::of(&self.desk, request, &mut |_| {}, &Cancel::default())
            .map_err(|e| named(e, &names))?;
        let is_same = |(a, b): (&SourceFile, &SourceFile)| a.sha256 == b.sha256;
        let same = decoded.ingested.sources.iter().zip(&recording.sources);
        if same.clone().count() != recording.sources.len() || !same.into_iter().all(is_same) {
            return Err(AppError::new(codes::MEDIA_MISSING).because("the kept source has changed"));
        }
        Ok(decoded)
    }

    /// The recording with its new copy. Who speaks is kept where there are as many channels as
    /// before.
    fn retaken(&self, now: Recording, ingested: Ingested) -> AppResult<Recording> {
        let channels = usize::from(ingested.channels);
        let roles = match channels {
            n if n == now.roles.len() => now.roles,
            2 => {
                let contact = self.fetch::<Contact>(now.contact_id)?;
                let settings = self.desk.workspace_settings()?;
                // By which profile its facts came nobody kept.
                settings.roles_of("", contact.direction).to_vec()
            }
            n => vec![ChannelRole::Unknown; n],
        };
        let codecs = ingested.sources.iter().map(|s| s.codec.clone());
        let sources = now.sources.into_iter().zip(codecs);
        Ok(Recording {
            sources: sources
                .map(|(s, codec)| SourceFile { codec, ..s })
                .collect(),
            duration_ms: ingested.duration_ms(),
            audio_sha256: ingested.audio_sha256,
            peaks_sha256: ingested.peaks_sha256,
            sample_rate_hz: ingested.sample_rate_hz,
            channels: ingested.channels,
            frames: ingested.frames,
            was_dual_mono: ingested.was_dual_mono,
            notices: ingested.notices,
            decoder: DECODER,
            gaps: ingested.gaps,
            roles,
            ..now
        })
    }

    /// What stands on the recording's time, where it stands now; only what moved.
    fn moved_with(&self, recording: &Recording, by: &Move) -> AppResult<Vec<Record>> {
        let mut records = Vec::new();
        let texts = self.read(|seen| seen.transcripts_of(recording.id))?;
        if by.shift_ms != 0 {
            self.move_marks(recording, by, &mut records)?;
            for text in &texts {
                let shift_ms = text.shift_ms - by.shift_ms;
                let text = text.clone();
                records.push(Transcript { shift_ms, ..text }.into());
            }
            for call in self.read(|seen| seen.live_calls())? {
                if let Some(moved) = by.aligned(call, recording.id) {
                    records.push(moved.into());
                }
            }
        }
        let mut offset = 0;
        loop {
            let window = self.read(|seen| seen.segments(recording.id, offset, WINDOW))?;
            if window.is_empty() {
                return Ok(records);
            }
            offset += u32::try_from(window.len()).unwrap_or(WINDOW);
            // What nobody corrected moves with its text.
            let is_left = |s: &Segment| s.text_original.is_some() || texts.is_empty();
            let moved = window.into_iter().filter(is_left);
            let moved = moved.filter_map(|s| by.segment(s));
            records.extend(moved.map(Record::from));
        }
    }

    fn move_marks(
        &self,
        recording: &Recording,
        by: &Move,
        records: &mut Vec<Record>,
    ) -> AppResult<()> {
        for view in self.read(|seen| seen.observations_of(recording.case_id))? {
            // The view shows merged tags under their target; what is written back is the record.
            let id = view.observation.id.0;
            if view.observation.recording_id == recording.id
                && let Some(Record::Observation(o)) =
                    self.read(|seen| seen.record(EntityKind::Observation, id))?
            {
                records.push(by.mark(o).into());
            }
        }
        for view in self.read(|seen| seen.seat_notes_of(recording.case_id))? {
            if view.note.recording_id == recording.id {
                let mut note = view.note;
                note.at_ms = by.moment(note.at_ms);
                records.push(note.into());
            }
        }
        Ok(())
    }
}

fn is_coded(codec: &str) -> bool {
    let container = codec.split('/').next().unwrap_or_default();
    !COUNTED.contains(&container)
}

/// The kept source lies under an id, and before that under its hash; a person knows it by the name it came
/// with.
fn named(mut e: AppError, names: &[(String, &String)]) -> AppError {
    if let Some(name) = e.note.args.get_mut("name")
        && let Some((_, known)) = names.iter().find(|(id, _)| id == name)
    {
        name.clone_from(known);
    }
    e
}

/// How far the start of a recording moved, and the bounds what stands on it is kept in.
struct Move {
    /// New time = old time − this.
    shift_ms: i64,
    duration_ms: u64,
    channels: u16,
}

impl Move {
    fn moment(&self, at_ms: u64) -> u64 {
        let at = i64::try_from(at_ms).unwrap_or(i64::MAX);
        let moved = at.saturating_sub(self.shift_ms).max(0);
        moved.unsigned_abs().min(self.duration_ms)
    }

    fn mark(&self, mut o: Observation) -> Observation {
        let length_ms = self.duration_ms;
        let moved = clamp_range(self.moment(o.start_ms), self.moment(o.end_ms), length_ms);
        (o.start_ms, o.end_ms) = o.anchor.stretch(moved, length_ms);
        o.raw_mark_ms = self.moment(o.raw_mark_ms);
        o
    }

    /// `None` where it stands as it did.
    fn segment(&self, mut s: Segment) -> Option<Segment> {
        let was = (s.start_ms, s.end_ms, s.channel);
        if self.shift_ms != 0 {
            (s.start_ms, s.end_ms) = (self.moment(s.start_ms), self.moment(s.end_ms));
        }
        s.channel = s.channel.min(self.channels.saturating_sub(1));
        ((s.start_ms, s.end_ms, s.channel) != was).then_some(s)
    }

    /// A call whose marks stand on the recording.
    fn aligned(&self, mut call: LiveCall, recording: RecordingId) -> Option<LiveCall> {
        let alignment = call.alignment.as_mut()?;
        if alignment.recording_id != recording {
            return None;
        }
        alignment.offset_ms -= self.shift_ms;
        Some(call)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::earlier(256, 1_000, 744)]
    #[case::later(-100, 1_000, 1_100)]
    #[case::never_before_the_start(256, 100, 0)]
    #[case::never_past_the_end(-900, 4_500, 5_000)]
    #[case::not_at_all(0, 1_234, 1_234)]
    fn a_moment_moves_with_the_sound(#[case] shift_ms: i64, #[case] at: u64, #[case] now: u64) {
        let by = Move {
            shift_ms,
            duration_ms: 5_000,
            channels: 1,
        };
        assert_eq!(by.moment(at), now);
    }

    #[rstest]
    #[case::pcm("wav/pcm_s16le", false)]
    #[case::lossless("flac", false)]
    #[case::mp3("mp3", true)]
    #[case::phone("m4a/aac", true)]
    fn only_coded_sound_may_have_stood_elsewhere(#[case] codec: &str, #[case] coded: bool) {
        assert_eq!(is_coded(codec), coded);
    }
}
