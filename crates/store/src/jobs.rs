//! Background work as rows.

use crate::fault::Outcome;
use crate::field::{Field, json_at};
use qinting_app::{AppError, Claimed, codes};
use qinting_domain::*;
use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row, params, params_from_iter};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use uuid::Uuid;

const COLUMNS: &str = "id, kind, args, state, progress_permille, attempt, error_code, error_args,
    created_at, updated_at";

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

    /// The name that others know it by.
    fn announced(&self) -> Option<&str> {
        self.lock.get().map(|_| self.name.as_str())
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

/// Writes a job: its row as it stands now, or a new one into the queue. Gives the job that stands
/// then: where another one about the same goes on, that one.
pub(crate) fn put(tx: &Connection, job: &Job) -> Outcome<Job> {
    if update(tx, job)? {
        return Ok(job.clone());
    }
    let unknown = || AppError::new(codes::INTERNAL).because("a job of another version");
    let kind = job.work.kind().ok_or_else(unknown)?;
    let about = job.work.about().ok_or_else(unknown)?;
    if let Some(same) = same(tx, kind, about, job.created_at)? {
        return Ok(same);
    }
    let rules = kind.rules();
    if !rules.asked {
        tx.prepare_cached("DELETE FROM job WHERE kind = ?1 AND about = ?2")?
            .execute(params![kind.as_str(), about.as_bytes()])?;
    }
    let mut values = Vec::with_capacity(8);
    job.id.put(&mut values)?;
    kind.as_str().to_owned().put(&mut values)?;
    about.put(&mut values)?;
    job.work.case().put(&mut values)?;
    let args = job.work.args().ok_or_else(unknown)?;
    args.to_string().put(&mut values)?;
    u32::from(rules.priority).put(&mut values)?;
    job.state.put(&mut values)?;
    job.progress_permille.put(&mut values)?;
    job.attempt.put(&mut values)?;
    put_error(job, &mut values)?;
    job.created_at.put(&mut values)?;
    job.updated_at.put(&mut values)?;
    tx.prepare_cached(
        "INSERT INTO job (id, kind, about, case_id, args, priority, state, progress_permille,
            attempt, error_code, error_args, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params_from_iter(values))?;
    Ok(job.clone())
}

/// Writes how a job stands whose row is there; what it is told never changes. Whether it was there.
fn update(tx: &Connection, job: &Job) -> Outcome<bool> {
    let is_over = matches!(job.state, JobState::Done | JobState::Cancelled);
    let is_kept = job.work.kind().is_none_or(|kind| kind.rules().asked);
    if is_over && !is_kept {
        let mut statement = tx.prepare_cached("DELETE FROM job WHERE id = ?1")?;
        return Ok(statement.execute([job.id.0.as_bytes()])? > 0);
    }
    let mut values = Vec::with_capacity(7);
    job.state.put(&mut values)?;
    job.progress_permille.put(&mut values)?;
    job.attempt.put(&mut values)?;
    put_error(job, &mut values)?;
    job.updated_at.put(&mut values)?;
    job.id.put(&mut values)?;
    let changed = tx
        .prepare_cached(
            "UPDATE job SET state = ?1, progress_permille = ?2, attempt = ?3, error_code = ?4,
                error_args = ?5, updated_at = ?6, runner = iif(?1 = 'running', runner, NULL)
             WHERE id = ?7",
        )?
        .execute(params_from_iter(values))?;
    Ok(changed > 0)
}

fn put_error(job: &Job, out: &mut Vec<Value>) -> Outcome<()> {
    let args = job.error.as_ref().map(|e| serde_json::to_string(&e.args));
    job.error.as_ref().map(|e| e.code.clone()).put(out)?;
    args.transpose()?.put(out)
}

/// The job of a kind about the same that waits or runs, or was given up and is left alone.
fn same(tx: &Connection, kind: JobKind, about: Uuid, at: UnixMs) -> Outcome<Option<Job>> {
    let rules = kind.rules();
    let given_up = (!rules.asked).then_some(rules.given_up);
    let rest = "WHERE kind = ?1 AND about = ?2
            AND (state IN ('queued', 'running') OR (error_code = ?3 AND updated_at > ?4))
        ORDER BY row DESC LIMIT 1";
    let (kind, about, since) = (kind.as_str(), about.as_bytes(), at - LEFT_ALONE_MS);
    Ok(list(tx, rest, params![kind, about, given_up, since])?.pop())
}

/// By `row`, as all that asks for newest or oldest here: ids carry the time of a clock, which somebody
/// may have set back in between.
pub(crate) fn newest(conn: &Connection, limit: u32) -> Outcome<Vec<Job>> {
    list(conn, "ORDER BY row DESC LIMIT ?1", [limit])
}

pub(crate) fn one(conn: &Connection, id: JobId) -> Outcome<Option<Job>> {
    Ok(list(conn, "WHERE id = ?1", [id.0.as_bytes()])?.pop())
}

pub(crate) fn newest_of(conn: &Connection, kind: JobKind, case: CaseId) -> Outcome<Option<Job>> {
    let rest = "WHERE kind = ?1 AND case_id = ?2 ORDER BY row DESC LIMIT 1";
    Ok(list(conn, rest, params![kind.as_str(), case.0.as_bytes()])?.pop())
}

/// Kinds of which a job waits or runs.
pub(crate) fn kinds_going_on(conn: &Connection) -> Outcome<Vec<JobKind>> {
    let sql = "SELECT DISTINCT kind FROM job WHERE state IN ('queued', 'running')";
    let mut statement = conn.prepare_cached(sql)?;
    let names = statement.query_map([], |r| r.get::<_, String>(0))?;
    let names: Vec<String> = names.collect::<Result<_, _>>()?;
    Ok(names.iter().filter_map(|n| JobKind::named(n)).collect())
}

/// Takes up what a dead process left of these kinds, then takes the most urgent and oldest of them
/// that waits: running, one more attempt, in this runner's name.
pub(crate) fn claim(
    tx: &Connection,
    kinds: &[JobKind],
    at: UnixMs,
    runner: &Runner,
) -> Outcome<Claimed> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let names = serde_json::to_string(&names)?;
    let given_up = take_up(tx, &names, at, runner)?;
    let next = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM job
             WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(?1))
             ORDER BY priority DESC, row"
        ))?
        .query_map([&names], from_row)?
        // What another version told one of these kinds is left to that version.
        .find(|job| job.as_ref().map_or(true, |job| job.work.kind().is_some()))
        .transpose()?;
    let job = next.map(|job| Job {
        state: JobState::Running,
        attempt: job.attempt + 1,
        progress_permille: 0,
        error: None,
        updated_at: at,
        ..job
    });
    if let Some(job) = &job {
        update(tx, job)?;
        tx.prepare_cached("UPDATE job SET runner = ?2 WHERE id = ?1")?
            .execute(params![job.id.0.as_bytes(), runner.announced()])?;
    }
    Ok(Claimed { job, given_up })
}

/// Puts back what a dead process left running, unless that happened too often: then it has failed, and
/// a person may ask for it anew. Gives what has failed. In a process one thread takes jobs of a kind, so
/// one in this runner's own name is a left-over too; what another living process works on stays its own.
fn take_up(tx: &Connection, names: &str, at: UnixMs, runner: &Runner) -> Outcome<Vec<Job>> {
    let running = "WHERE state = 'running' AND kind IN (SELECT value FROM json_each(?1))";
    let mut given_up = Vec::new();
    for job in list(tx, running, [names])? {
        let Some(rules) = job.work.kind().map(JobKind::rules) else {
            continue;
        };
        let name: Option<String> = tx
            .prepare_cached("SELECT runner FROM job WHERE id = ?1")?
            .query_row([job.id.0.as_bytes()], |r| r.get(0))?;
        if name.is_some_and(|name| runner.is_at_work(&name)) {
            continue;
        }
        let (times, again) = (job.attempt, job.attempt < rules.most_starts);
        let job = Job {
            state: match again {
                true => JobState::Queued,
                false => JobState::Failed,
            },
            error: (!again).then(|| ErrorNote::new(rules.given_up).with("times", times)),
            progress_permille: 0,
            updated_at: at,
            ..job
        };
        update(tx, &job)?;
        tracing::info!(job = %job.id, again, "a dead process left a job");
        if !again {
            given_up.push(job);
        }
    }
    Ok(given_up)
}

fn list(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<Job>> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM job {rest}"))?;
    let rows = statement
        .query_map(p, from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Job> {
    let at = &mut 0;
    let id = Field::take(row, at)?;
    let (kind, args): (String, String) = (Field::take(row, at)?, Field::take(row, at)?);
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
        work: JobWork::of(&kind, &args),
        state,
        progress_permille,
        attempt,
        error,
        created_at: Field::take(row, at)?,
        updated_at: Field::take(row, at)?,
    })
}
