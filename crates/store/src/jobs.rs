//! Background work as rows.

use crate::fault::Outcome;
use crate::field::{Field, json_at};
use qinting_app::codes;
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use uuid::Uuid;

const COLUMNS: &str = "id, kind, case_id, recording_id, model, language, state, progress_permille,
    attempt, error_code, error_args, created_at, updated_at";

/// Who works on jobs: one open workspace of one process. While it lives it holds a lock on a file
/// of its own, so that others can tell a job that is worked on from one a dead process left.
pub(crate) struct Runner {
    folder: PathBuf,
    name: String,
    lock: OnceLock<File>,
}

impl Runner {
    /// A runner of the workspace in `folder`; nothing is written before it claims a job.
    pub fn new(folder: &Path) -> Self {
        let name = Uuid::new_v4().simple().to_string();
        Self {
            folder: folder.join("runners"),
            name,
            lock: OnceLock::new(),
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.lock"))
    }

    /// Shows the others that this runner lives.
    pub fn announce(&self) -> Outcome<()> {
        if self.lock.get().is_none() {
            fs::create_dir_all(&self.folder)?;
            let file = File::create(self.file(&self.name))?;
            file.lock()?;
            // A second thread may have been faster; its file is the same one.
            let _ = self.lock.set(file);
        }
        Ok(())
    }

    /// Whether another runner still works.
    fn is_at_work(&self, name: &str) -> bool {
        if name == self.name {
            return false;
        }
        match File::open(self.file(name)) {
            Ok(file) => matches!(file.try_lock(), Err(TryLockError::WouldBlock)),
            Err(e) => e.kind() != io::ErrorKind::NotFound,
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        if self.lock.take().is_some() {
            // A file that stays is no harm: nobody holds its lock.
            let _ = fs::remove_file(self.file(&self.name));
        }
    }
}

pub(crate) fn put(tx: &Connection, job: &Job, runner: &Runner) -> Outcome<()> {
    let JobWork::Transcribe {
        case_id,
        recording_id,
        model,
        language,
    } = &job.work;
    let mut values = Vec::with_capacity(13);
    job.id.put(&mut values)?;
    "transcribe".to_owned().put(&mut values)?;
    case_id.put(&mut values)?;
    recording_id.put(&mut values)?;
    model.put(&mut values)?;
    language.put(&mut values)?;
    job.state.put(&mut values)?;
    job.progress_permille.put(&mut values)?;
    job.attempt.put(&mut values)?;
    job.error
        .as_ref()
        .map(|e| e.code.clone())
        .put(&mut values)?;
    let args = job
        .error
        .as_ref()
        .map(|e| serde_json::to_string(&e.args))
        .transpose()?;
    args.put(&mut values)?;
    job.created_at.put(&mut values)?;
    job.updated_at.put(&mut values)?;
    let running = job.state == JobState::Running;
    running.then(|| runner.name.clone()).put(&mut values)?;
    tx.prepare_cached(&format!(
        "INSERT INTO job ({COLUMNS}, runner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, case_id = excluded.case_id,
            recording_id = excluded.recording_id, model = excluded.model,
            language = excluded.language, state = excluded.state,
            progress_permille = excluded.progress_permille, attempt = excluded.attempt,
            error_code = excluded.error_code, error_args = excluded.error_args,
            created_at = excluded.created_at, updated_at = excluded.updated_at,
            runner = excluded.runner"
    ))?
    .execute(rusqlite::params_from_iter(values))?;
    Ok(())
}

/// By `row`, as all that asks for newest or oldest here: ids carry the time of a clock, which somebody
/// may have set back in between.
pub(crate) fn newest(conn: &Connection, limit: u32) -> Outcome<Vec<Job>> {
    list(conn, "ORDER BY row DESC LIMIT ?1", [limit])
}

pub(crate) fn one(conn: &Connection, id: JobId) -> Outcome<Option<Job>> {
    Ok(list(conn, "WHERE id = ?1", [id.0.as_bytes()])?.pop())
}

pub(crate) fn newest_of(conn: &Connection, case: CaseId) -> Outcome<Option<Job>> {
    let rest = "WHERE case_id = ?1 ORDER BY row DESC LIMIT 1";
    Ok(list(conn, rest, [case.0.as_bytes()])?.pop())
}

/// Takes the oldest queued job: running, one more attempt, in this runner's name.
pub(crate) fn claim(tx: &Connection, at: UnixMs, runner: &Runner) -> Outcome<Option<Job>> {
    let sql = format!(
        "UPDATE job SET state = 'running', attempt = attempt + 1, progress_permille = 0,
            error_code = NULL, error_args = NULL, updated_at = ?1, runner = ?2
         WHERE id = (SELECT id FROM job WHERE state = 'queued' ORDER BY row LIMIT 1)
         RETURNING {COLUMNS}"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    Ok(statement
        .query_row(params![at, runner.name], from_row)
        .optional()?)
}

/// Puts back what a dead process left running, unless that happened [`MOST_STARTS`] times: then it has
/// failed, and a person may ask for it anew. Gives how many go on. Called at start, so a job in this runner's own
/// name is a left-over too; what another living process works on stays its own.
pub(crate) fn requeue(tx: &Connection, at: UnixMs, runner: &Runner) -> Outcome<u32> {
    let mut statement =
        tx.prepare_cached("SELECT row, runner, attempt FROM job WHERE state = 'running'")?;
    let running: Vec<(i64, Option<String>, u32)> = statement
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut count = 0;
    for (row, name, attempt) in running {
        if name.as_deref().is_some_and(|n| runner.is_at_work(n)) {
            continue;
        }
        if attempt >= MOST_STARTS {
            give_up(tx, row, attempt, at)?;
        } else {
            tx.prepare_cached(
                "UPDATE job SET state = 'queued', progress_permille = 0, updated_at = ?2,
                    runner = NULL WHERE row = ?1",
            )?
            .execute(params![row, at])?;
            count += 1;
        }
    }
    Ok(count)
}

fn give_up(tx: &Connection, row: i64, times: u32, at: UnixMs) -> Outcome<()> {
    let note = ErrorNote::new(codes::SPEECH_GIVEN_UP).with("times", times);
    let args = serde_json::to_string(&note.args)?;
    tx.prepare_cached(
        "UPDATE job SET state = 'failed', progress_permille = 0, updated_at = ?2, runner = NULL,
            error_code = ?3, error_args = ?4 WHERE row = ?1",
    )?
    .execute(params![row, at, note.code, args])?;
    Ok(())
}

fn list(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<Job>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM job {rest}"))?;
    let rows = statement
        .query_map(p, from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Job> {
    // Column 1 is the kind: there is one so far.
    let id = Field::take(row, &mut 0)?;
    let at = &mut 2;
    let work = JobWork::Transcribe {
        case_id: Field::take(row, at)?,
        recording_id: Field::take(row, at)?,
        model: Field::take(row, at)?,
        language: Field::take(row, at)?,
    };
    let (state, progress_permille, attempt) = (
        Field::take(row, at)?,
        Field::take(row, at)?,
        Field::take(row, at)?,
    );
    let code: Option<String> = Field::take(row, at)?;
    let error = match code {
        Some(code) => Some(ErrorNote {
            code,
            args: json_at(row, *at)?,
        }),
        None => None,
    };
    *at += 1;
    Ok(Job {
        id,
        work,
        state,
        progress_permille,
        attempt,
        error,
        created_at: Field::take(row, at)?,
        updated_at: Field::take(row, at)?,
    })
}
