//! `qinting purge`

use super::bin::named_case;
use crate::answer::Answer;
use crate::args;
use crate::find;
use qinting_desk::{AppError, AppResult, AtDesk, BinQuery, PurgeRequest, codes};
use qinting_domain::{CaseId, EntityKind, Purge};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Nobody waits longer for the last trace.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(100);

/// Ends when the last trace is gone, or says that somebody else is in the way.
pub(crate) fn run(at_desk: &AtDesk, args: args::Purge) -> AppResult<Answer> {
    let (kind, id) = what(at_desk, &args)?;
    let purge = at_desk.purge(PurgeRequest {
        kind,
        id,
        reason: args.reason,
    })?;
    let purge = seen_through(at_desk, purge)?;
    let mut text = format!(
        "清除了 · Gone for good: {id}\n{} 条记录 · records，{} 处 · values，{} 句 · lines，{} 个文件 · files\n",
        purge.records, purge.values, purge.lines, purge.files
    );
    text.push_str(match (purge.finished_at, purge.still_found) {
        (None, _) => "备份和索引还在清 · copies and index are still being cleaned\n",
        (_, None) => "已清理 · done\n",
        (_, Some(0)) => "逐字查过，都没有了 · looked for, none left\n",
        (_, Some(_)) => {
            "别处还写着同样的话，没有动 · the same is written elsewhere and was left alone\n"
        }
    });
    Answer::new(&purge, text)
}

fn what(at_desk: &AtDesk, args: &args::Purge) -> AppResult<(EntityKind, Uuid)> {
    if let Some(name) = &args.person {
        let name = name.trim();
        let people = at_desk.list_people(())?.into_iter();
        let named: Vec<Uuid> = people.filter(|p| p.name == name).map(|p| p.id.0).collect();
        return Ok((EntityKind::Person, find::one_of(&named, "person")?));
    }
    let named = args.case.as_deref().unwrap_or_default();
    let case = known(at_desk, named)?;
    match args.recording {
        true => Ok((EntityKind::Recording, find::recording(at_desk, case)?.id.0)),
        false => Ok((EntityKind::Case, case.0)),
    }
}

/// A case that is there, or one of the bin.
fn known(at_desk: &AtDesk, named: &str) -> AppResult<CaseId> {
    match find::case(at_desk, named) {
        Err(e) if e.code() == codes::NOT_FOUND => named_case(at_desk, named),
        found => found,
    }
}

/// A purge when its last trace is gone. That goes on beside; who reads what was before may keep it waiting.
fn seen_through(at_desk: &AtDesk, purge: Purge) -> AppResult<Purge> {
    let begun = Instant::now();
    loop {
        let first = BinQuery {
            offset: 0,
            limit: 1,
        };
        let mut told = at_desk.bin(first)?.purges.into_iter();
        let told = told.find(|p| p.id == purge.id);
        match told {
            Some(told) if told.finished_at.is_some() => return Ok(told),
            None => return Err(AppError::new(codes::INTERNAL).because("no certificate")),
            Some(told) if begun.elapsed() > PATIENCE => return Ok(told),
            Some(_) => std::thread::sleep(PAUSE),
        }
    }
}
