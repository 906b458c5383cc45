//! Bringing calls in: what is one call, batches with progress and cancel, duplicates, errors per
//! file. A file is in whole or not at all.

use crate::app::{App, Seat};
use crate::ports::*;
use crate::usecases::io_error;
use crate::{AppError, AppResult, codes, views::*};
use parking_lot::{Condvar, Mutex};
use qinting_domain::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// File endings that are taken from folders. A file named by a person is always tried.
pub const AUDIO_ENDINGS: [&str; 12] = [
    "wav", "wave", "mp3", "m4a", "mp4", "aac", "flac", "ogg", "oga", "opus", "aif", "aiff",
];

/// Files of one plan at most; more is a mistake in the folder that was chosen.
const MAX_FILES: usize = 20_000;

/// Batches of this process.
#[derive(Default)]
pub(crate) struct Imports {
    batches: Mutex<Vec<(ImportBatch, Cancel)>>,
    moved: Condvar,
}

impl Seat {
    /// What an import of these paths would do: folders opened, the two files of one call joined.
    pub fn import_plan(&self, request: ImportPlanRequest) -> AppResult<ImportPlan> {
        let mut files: Vec<(PathBuf, u64)> = Vec::new();
        let mut ignored = Vec::new();
        for path in &request.paths {
            gather(Path::new(path), true, &mut files, &mut ignored)?;
        }
        files.sort();
        files.dedup();
        Ok(ImportPlan {
            items: plan_items(&files, &request.suffix_rules),
            ignored,
        })
    }

    /// Starts to import; progress comes as events, and from [`Seat::import_status`].
    pub fn import_start(&self, items: Vec<ImportItem>) -> AppResult<u32> {
        if items.is_empty()
            || items
                .iter()
                .any(|i| i.paths.is_empty() || i.paths.len() > 2)
        {
            return Err(AppError::new(codes::INVALID).with("field", "items"));
        }
        let cancel = Cancel::default();
        let id = {
            let mut batches = self.app.imports.batches.lock();
            let id = batches.iter().map(|(b, _)| b.id + 1).max().unwrap_or(1);
            let files = items
                .iter()
                .flat_map(|i| &i.paths)
                .map(|path| ImportFile {
                    path: path.clone(),
                    outcome: None,
                    case_id: None,
                    duration_ms: None,
                    channels: None,
                    error: None,
                })
                .collect();
            let batch = ImportBatch {
                id,
                state: ImportState::Running,
                files,
                current: 0,
                current_permille: 0,
            };
            batches.push((batch, cancel.clone()));
            id
        };
        let pace = Pace::for_files(items.iter().map(|i| i.paths.len()).sum());
        let batch = Batch {
            seat: self.clone(),
            id,
            cancel,
            pace,
        };
        std::thread::spawn(move || batch.run(&items));
        Ok(id)
    }

    /// Stops a batch: files that are in stay, the one under way leaves nothing behind.
    pub fn import_cancel(&self, id: u32) -> AppResult<()> {
        if let Some((_, cancel)) = self
            .app
            .imports
            .batches
            .lock()
            .iter()
            .find(|(b, _)| b.id == id)
        {
            cancel.cancel();
        }
        Ok(())
    }

    /// Batches of this process, newest first.
    pub fn import_status(&self, _: ()) -> AppResult<Vec<ImportBatch>> {
        Ok(self
            .app
            .imports
            .batches
            .lock()
            .iter()
            .rev()
            .map(|(b, _)| b.clone())
            .collect())
    }

    /// Waits until a batch is over.
    pub fn import_wait(&self, id: u32) -> AppResult<ImportBatch> {
        let mut batches = self.app.imports.batches.lock();
        loop {
            match batches.iter().find(|(b, _)| b.id == id) {
                None => return Err(AppError::new(codes::NOT_FOUND)),
                Some((b, _)) if b.state != ImportState::Running => return Ok(b.clone()),
                Some(_) => self.app.imports.moved.wait(&mut batches),
            }
        }
    }
}

/// How often a batch reports: every report carries all its files, so a big batch reports less
/// often, and the page is never busy with counting.
struct Pace {
    every: Duration,
    last: Mutex<Option<Instant>>,
}

impl Pace {
    fn for_files(files: usize) -> Self {
        let every = Duration::from_millis(100 + files as u64 / 5);
        Self {
            every,
            last: Mutex::new(None),
        }
    }

    fn is_due(&self) -> bool {
        let mut last = self.last.lock();
        let due = last.is_none_or(|t| t.elapsed() >= self.every);
        if due {
            *last = Some(Instant::now());
        }
        due
    }
}

/// One batch at work.
struct Batch {
    seat: Seat,
    id: u32,
    cancel: Cancel,
    pace: Pace,
}

/// What a file or pair became.
struct Taken {
    outcome: ImportOutcome,
    case_id: CaseId,
    duration_ms: u64,
    channels: u16,
}

impl Batch {
    fn run(&self, items: &[ImportItem]) {
        let mut index = 0u32;
        for item in items {
            if self.cancel.is_cancelled() {
                break;
            }
            self.update(|b| {
                b.current = index;
                b.current_permille = 0;
            });
            let result = self.take(item);
            let count = item.paths.len();
            self.update(|b| {
                let from = index as usize;
                for file in b.files.iter_mut().skip(from).take(count) {
                    match &result {
                        Ok(t) => {
                            file.outcome = Some(t.outcome);
                            file.case_id = Some(t.case_id);
                            file.duration_ms = Some(t.duration_ms);
                            file.channels = Some(t.channels);
                        }
                        // Not an outcome: the file was never decided on.
                        Err(e) if e.code() == codes::CANCELLED => {}
                        Err(e) => {
                            file.outcome = Some(ImportOutcome::Rejected);
                            file.error = Some(e.note.clone());
                        }
                    }
                }
            });
            if let Err(e) = &result {
                tracing::warn!(batch = self.id, file = index, error = %e, "file not imported");
            }
            index += u32::try_from(count).unwrap_or(2);
        }
        let state = if self.cancel.is_cancelled() {
            ImportState::Cancelled
        } else {
            ImportState::Done
        };
        self.update(|b| b.state = state);
    }

    fn update(&self, change: impl FnOnce(&mut ImportBatch)) {
        let app = &self.seat.app;
        let mut batches = app.imports.batches.lock();
        let Some((batch, _)) = batches.iter_mut().find(|(b, _)| b.id == self.id) else {
            return;
        };
        change(batch);
        app.imports.moved.notify_all();
        if batch.state == ImportState::Running && !self.pace.is_due() {
            return;
        }
        let batch = batch.clone();
        drop(batches);
        app.feed.tell(&AppEvent::Import { batch });
    }

    fn take(&self, item: &ImportItem) -> AppResult<Taken> {
        let app = &self.seat.app;
        let paths: Vec<PathBuf> = item.paths.iter().map(PathBuf::from).collect();
        if let Some(there) = self.known_already(&paths)? {
            return Ok(there);
        }
        let work_dir = app.ports.media.work_dir()?;
        let taken = self.decode_and_file(item, paths, &work_dir);
        app.ports.media.discard(&work_dir);
        taken
    }

    /// The case that has exactly these bytes already.
    fn known_already(&self, paths: &[PathBuf]) -> AppResult<Option<Taken>> {
        let app = &self.seat.app;
        let mut found: Option<Recording> = None;
        for path in paths {
            let sha = app.ports.decoder.hash(path, &self.cancel)?;
            match app.ports.store.recording_by_hash(&sha)? {
                Some(r) if found.as_ref().is_none_or(|f| f.id == r.id) => found = Some(r),
                _ => return Ok(None),
            }
        }
        Ok(found
            .filter(|r| r.sources.len() == paths.len())
            .map(duplicate_of))
    }

    fn decode_and_file(
        &self,
        item: &ImportItem,
        paths: Vec<PathBuf>,
        work_dir: &Path,
    ) -> AppResult<Taken> {
        let app = &self.seat.app;
        let joined = paths.len() == 2;
        let request = IngestRequest {
            paths,
            work_dir: work_dir.to_owned(),
        };
        let mut progress = |permille| self.update(|b| b.current_permille = permille);
        let ingested = app
            .ports
            .decoder
            .ingest(&request, &mut progress, &self.cancel)?;
        if self.cancel.is_cancelled() {
            return Err(AppError::new(codes::CANCELLED));
        }
        // The same sound in another wrapping.
        if let Some(r) = app.ports.store.recording_by_hash(&ingested.audio_sha256)? {
            return Ok(duplicate_of(r));
        }
        for (i, source) in ingested.sources.iter().enumerate() {
            app.ports
                .media
                .adopt(&work_dir.join(format!("source-{i}")), &source.sha256)?;
        }
        app.ports
            .media
            .adopt(&work_dir.join("audio.wav"), &ingested.audio_sha256)?;
        app.ports
            .media
            .adopt(&work_dir.join("audio.peaks"), &ingested.peaks_sha256)?;
        self.file(item, ingested, joined)
    }

    /// The rows of a new case, in one commit, once its bytes are safe on disk.
    fn file(&self, item: &ImportItem, ingested: Ingested, joined: bool) -> AppResult<Taken> {
        let seat = &self.seat;
        let settings = seat.store().settings()?;
        let case = Case {
            id: CaseId(seat.app.id()),
            title: item.title.clone(),
            business_line: String::new(),
            queue: String::new(),
            agent: String::new(),
            customer: String::new(),
            customer_tier: String::new(),
            started_at: None,
            disposition: String::new(),
            external_id: String::new(),
            language: settings.default_language.clone(),
            meta: seat.new_meta(),
        };
        let recording = Recording {
            id: RecordingId(seat.app.id()),
            case_id: case.id,
            roles: roles_for(&settings, &ingested, joined),
            duration_ms: ingested.frames * 1000 / u64::from(ingested.sample_rate_hz.max(1)),
            sources: ingested.sources,
            audio_sha256: ingested.audio_sha256,
            peaks_sha256: ingested.peaks_sha256,
            sample_rate_hz: ingested.sample_rate_hz,
            channels: ingested.channels,
            frames: ingested.frames,
            was_dual_mono: ingested.was_dual_mono,
            meta: seat.new_meta(),
        };
        let taken = Taken {
            outcome: if joined {
                ImportOutcome::Joined
            } else {
                ImportOutcome::Imported
            },
            case_id: case.id,
            duration_ms: recording.duration_ms,
            channels: recording.channels,
        };
        seat.commit("case.import", vec![case.into(), recording.into()])?;
        if settings.transcribe_on_import {
            self.queue_text(taken.case_id);
        }
        Ok(taken)
    }

    /// Queues the text. Without a model there is nothing to queue, and the import stands all the
    /// same: listening never waits for text.
    fn queue_text(&self, case_id: CaseId) {
        let ask = TranscribeCase {
            case_id,
            language: None,
            model: None,
        };
        match self.seat.transcribe(ask) {
            Ok(_) => {}
            Err(e) if e.code() == codes::SPEECH_MODEL_MISSING => {}
            Err(e) => tracing::warn!(%case_id, error = %e, "transcription not queued"),
        }
    }
}

fn duplicate_of(r: Recording) -> Taken {
    Taken {
        outcome: ImportOutcome::Duplicate,
        case_id: r.case_id,
        duration_ms: r.duration_ms,
        channels: r.channels,
    }
}

/// Two joined files say who is who by their names; a two-channel file by the setting; one channel
/// says nothing.
fn roles_for(settings: &Settings, ingested: &Ingested, joined: bool) -> Vec<ChannelRole> {
    match (joined, ingested.channels) {
        (true, 2) => vec![ChannelRole::Agent, ChannelRole::Customer],
        (_, 2) => settings.stereo_roles.to_vec(),
        (_, n) => vec![ChannelRole::Unknown; usize::from(n)],
    }
}

/// Opens folders and sorts files into audio and the rest. `named`: a person pointed at it.
fn gather(
    path: &Path,
    named: bool,
    files: &mut Vec<(PathBuf, u64)>,
    ignored: &mut Vec<String>,
) -> AppResult<()> {
    let hidden = path
        .file_name()
        .is_some_and(|n| n.to_string_lossy().starts_with('.'));
    if hidden && !named {
        return Ok(());
    }
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        // A file that is named and not there gets its answer from the import, like any other
        // file that cannot be read.
        Err(_) if named => {
            files.push((path.to_owned(), 0));
            return Ok(());
        }
        Err(_) => return Ok(()),
    };
    if meta.is_dir() {
        // A link to a folder inside a folder could lead around in a circle.
        if !named && path.is_symlink() {
            return Ok(());
        }
        let entries = std::fs::read_dir(path).map_err(|e| io_error(&e))?;
        for entry in entries.flatten() {
            gather(&entry.path(), false, files, ignored)?;
        }
    } else if named || has_audio_ending(path) {
        if files.len() >= MAX_FILES {
            return Err(AppError::new(codes::INVALID).with("field", "paths"));
        }
        files.push((path.to_owned(), meta.len()));
    } else {
        ignored.push(path.to_string_lossy().into_owned());
    }
    Ok(())
}

fn has_audio_ending(path: &Path) -> bool {
    path.extension()
        .map(|e| e.to_string_lossy().to_lowercase())
        .is_some_and(|e| AUDIO_ENDINGS.contains(&e.as_str()))
}

/// One item per call: two files whose names differ only in an agent and a customer ending belong
/// together.
fn plan_items(files: &[(PathBuf, u64)], rules: &[SuffixRule]) -> Vec<ImportItem> {
    let mut taken = vec![false; files.len()];
    let mut items = Vec::new();
    for (i, (path, bytes)) in files.iter().enumerate() {
        if taken[i] {
            continue;
        }
        taken[i] = true;
        let partner = rules
            .iter()
            .find_map(|rule| partner_of(files, &taken, i, rule));
        let (paths, title, bytes) = match partner {
            Some((agent, customer, base)) => {
                taken[agent] = true;
                taken[customer] = true;
                (
                    vec![&files[agent].0, &files[customer].0],
                    base,
                    files[agent].1 + files[customer].1,
                )
            }
            None => (vec![path], stem(path), *bytes),
        };
        items.push(ImportItem {
            paths: paths
                .into_iter()
                .map(|p| p.to_string_lossy().into_owned())
                .collect(),
            title: title_from(&title),
            bytes,
        });
    }
    items
}

/// Indices (agent, customer) and the common name when file `i` has its other half under `rule`.
fn partner_of(
    files: &[(PathBuf, u64)],
    taken: &[bool],
    i: usize,
    rule: &SuffixRule,
) -> Option<(usize, usize, String)> {
    let path = &files[i].0;
    let name = stem(path);
    let lower = name.to_lowercase();
    let ends = [
        (&rule.agent, &rule.customer, true),
        (&rule.customer, &rule.agent, false),
    ];
    ends.into_iter().find_map(|(mine, other, i_am_agent)| {
        let base = lower.strip_suffix(&mine.to_lowercase())?;
        let wanted = format!("{base}{}", other.to_lowercase());
        let j = files.iter().enumerate().position(|(j, (p, _))| {
            j != i && !taken[j] && p.parent() == path.parent() && stem(p).to_lowercase() == wanted
        })?;
        let (agent, customer) = if i_am_agent { (i, j) } else { (j, i) };
        let common: String = name.chars().take(base.chars().count()).collect();
        Some((agent, customer, common))
    })
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A file name as a first title: separators become spaces, never empty.
fn title_from(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let title = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        "录音".into()
    } else {
        title.chars().take(200).collect()
    }
}

impl App {
    /// Whether a batch is under way, for a host that is asked to close.
    pub fn is_importing(&self) -> bool {
        self.imports
            .batches
            .lock()
            .iter()
            .any(|(b, _)| b.state == ImportState::Running)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn plan(names: &[&str]) -> Vec<(Vec<String>, String)> {
        let files: Vec<(PathBuf, u64)> = names.iter().map(|n| (PathBuf::from(n), 1)).collect();
        plan_items(&files, &Settings::default().suffix_rules)
            .into_iter()
            .map(|i| (i.paths, i.title))
            .collect()
    }

    fn item(paths: &[&str], title: &str) -> (Vec<String>, String) {
        (
            paths.iter().map(|p| (*p).to_owned()).collect(),
            title.to_owned(),
        )
    }

    #[rstest]
    #[case::two_halves_are_one_call(&["/a/x_agent.wav", "/a/x_caller.wav"], vec![item(&["/a/x_agent.wav", "/a/x_caller.wav"], "x")])]
    #[case::the_agent_comes_first(&["/a/退货_客户.mp3", "/a/退货_坐席.mp3"], vec![item(&["/a/退货_坐席.mp3", "/a/退货_客户.mp3"], "退货")])]
    #[case::other_folders_are_other_calls(&["/a/x_agent.wav", "/b/x_caller.wav"], vec![item(&["/a/x_agent.wav"], "x agent"), item(&["/b/x_caller.wav"], "x caller")])]
    #[case::half_a_call_stands_alone(&["/a/x_agent.wav", "/a/y_caller.wav"], vec![item(&["/a/x_agent.wav"], "x agent"), item(&["/a/y_caller.wav"], "y caller")])]
    #[case::case_of_letters_does_not_matter(&["/a/X_Agent.WAV", "/a/X_CALLER.wav"], vec![item(&["/a/X_Agent.WAV", "/a/X_CALLER.wav"], "X")])]
    #[case::a_name_of_nothing(&["/a/___.wav"], vec![item(&["/a/___.wav"], "录音")])]
    fn files_become_calls(#[case] names: &[&str], #[case] expected: Vec<(Vec<String>, String)>) {
        assert_eq!(plan(names), expected);
    }
}
