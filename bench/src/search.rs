//! One search box over a million segments.

use crate::generate;
use crate::host;
use crate::report::{Row, Times, say};
use qinting_desk::{Commit, FindingReads, MediaFolder, SearchQuery, SearchScope, Store, TextDraft};
use qinting_domain::*;
use qinting_testkit::dice::Dice;
use qinting_testkit::records;
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;

const QUERIES: usize = 800;
const MOST_MS: f64 = 30.0;
/// Segments of one recording.
const PER_RECORDING: u32 = 10_000;
/// Segments of one transaction, as the runner writes them window by window.
const PER_BATCH: usize = 2_000;

pub(crate) fn measure(segments: u32, keep: Option<&Path>) -> anyhow::Result<Vec<Row>> {
    let temp = tempfile::tempdir()?;
    let folder = keep.unwrap_or(temp.path());
    std::fs::create_dir_all(folder)?;
    let host = host(folder)?;
    fill(folder, segments)?;
    let at_desk = host.at_desk();
    let characters = generate::characters();
    let queries = generate::queries(QUERIES, &characters);
    let mut times = Vec::with_capacity(queries.len());
    let mut found = 0;
    let mut slowest = (std::time::Duration::ZERO, String::new());
    for text in queries {
        let query = SearchQuery {
            limit: 20,
            ..SearchQuery::of(text.clone())
        };
        let start = Instant::now();
        let results = at_desk.search(query)?;
        let taken = start.elapsed();
        found += usize::from(
            results
                .hits
                .iter()
                .any(|h| h.target.scope() == SearchScope::Segment),
        );
        if taken > slowest.0 {
            slowest = (taken, text);
        }
        times.push(taken);
    }
    say(&format!(
        "slowest query {:?} {:?}; {found} of {QUERIES} found something",
        slowest.1, slowest.0
    ));
    let times = Times::new(times);
    Ok(vec![Row::new(
        &format!("search in {segments} segments ({QUERIES})"),
        times.words(),
        "p99 <= 30 ms",
        times.at(990) <= MOST_MS,
    )])
}

/// Brings the workspace to at least that many segments.
fn fill(folder: &Path, segments: u32) -> anyhow::Result<()> {
    let store = qinting_store::Workspace::open(
        &folder.join("workspace"),
        &qinting_store::Device::kept_in(&folder.join("data")),
    )?;
    let there = store
        .check_database(false)?
        .counts
        .get("segment")
        .copied()
        .unwrap_or(0);
    let recordings = segments.saturating_sub(there).div_ceil(PER_RECORDING);
    if recordings == 0 {
        return Ok(());
    }
    say(&format!("writing {} segments", recordings * PER_RECORDING));
    let mut dice = Dice::at(u64::from(there) + 1);
    let characters = generate::characters();
    for n in 0..recordings {
        let (_, recording) = call(&store, n, 3 * 3_600_000)?;
        write_transcript(
            &store,
            store.media(),
            recording,
            PER_RECORDING,
            &mut dice,
            &characters,
        )?;
    }
    Ok(())
}

/// A case whose recording has no audio behind it.
pub(crate) fn call(
    store: &dyn Store,
    n: u32,
    duration_ms: u64,
) -> anyhow::Result<(CaseId, RecordingId)> {
    let (case, recording) = (CaseId(Uuid::now_v7()), RecordingId(Uuid::now_v7()));
    let actor = store
        .people()?
        .first()
        .map_or(PersonId(Uuid::nil()), |p| p.id);
    let meta = || Meta::new(0, actor);
    let case_row = records::case(case, &format!("第 {n} 通"), meta());
    let contact = records::contact(case, meta());
    let recording_row = records::recording(recording, case, duration_ms, meta());
    store.commit(Commit {
        op_id: OpId(Uuid::now_v7()),
        actor,
        at: 0,
        origin: Origin::Person,
        action: Action::CaseImport,
        records: vec![case_row.into(), contact.into(), recording_row.into()],
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    })?;
    Ok((case, recording))
}

/// A transcript of generated talk, in batches and then as a whole, as the job runner writes it.
pub(crate) fn write_transcript(
    store: &dyn Store,
    media: &dyn MediaFolder,
    recording_id: RecordingId,
    segments: u32,
    dice: &mut Dice,
    characters: &[char],
) -> anyhow::Result<()> {
    let actor = store
        .people()?
        .first()
        .map_or(PersonId(Uuid::nil()), |p| p.id);
    let line = |n: u32| {
        let start_ms = u64::from(n) * 1_000;
        let text = generate::sentence(dice, characters);
        TranscriptLine {
            id: SegmentId(Uuid::now_v7()),
            heard: records::heard(start_ms, start_ms + 900, (n % 2) as u16, &text),
        }
    };
    let lines: Vec<TranscriptLine> = (0..segments).map(line).collect();
    for batch in lines.chunks(PER_BATCH) {
        store.draft_text(&TextDraft {
            recording_id,
            actor,
            at: 0,
            engine: "generated".into(),
            lines: batch.to_vec(),
        })?;
    }
    let ids = (TranscriptId(Uuid::now_v7()), BlobId(Uuid::new_v4()));
    let (text, blob, bytes) = records::text(ids, recording_id, &lines, Meta::new(0, actor));
    media.seal_bytes(&bytes, &blob)?;
    store.commit(Commit {
        op_id: OpId(Uuid::now_v7()),
        actor,
        at: 0,
        origin: Origin::Machine,
        action: Action::TranscriptWrite,
        records: vec![text.into()],
        undoes: None,
        jobs: Vec::new(),
        blobs: vec![blob],
    })?;
    Ok(())
}
