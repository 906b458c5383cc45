//! `qinting bin`

use crate::answer::Answer;
use crate::args::Bin;
use crate::{find, screen};
use qinting_desk::{AppResult, AtDesk, BinQuery, BinRow, BinView, HoldRequest, MOST_ROWS};
use qinting_domain::{CaseId, UnixMs};
use qinting_export::moment;
use serde::Serialize;

#[derive(Serialize)]
struct Listed {
    bin: Vec<Listing>,
    /// Days a call stays at least.
    days: u32,
}

#[derive(Serialize)]
struct Listing {
    id: String,
    title: String,
    recording_id: Option<String>,
    duration_ms: u64,
    observations: u32,
    issues: u32,
    by: String,
    since_ms: UnixMs,
    seen_days: u32,
    /// An issue rests on it, or somebody holds it: it does not go by itself.
    stays: bool,
    /// Why somebody holds it.
    hold: Option<String>,
}

#[derive(Serialize)]
struct Restored {
    restored: String,
    title: String,
    link: String,
}

impl From<BinRow> for Listing {
    fn from(row: BinRow) -> Self {
        Self {
            id: row.case.id.to_string(),
            title: row.case.title,
            recording_id: row.recording_id.map(|id| id.to_string()),
            duration_ms: row.duration_ms,
            observations: row.observation_count,
            issues: row.issue_count,
            by: row.by,
            since_ms: row.since,
            seen_days: row.seen_days,
            stays: row.issue_count > 0 || row.hold.is_some(),
            hold: row.hold,
        }
    }
}

pub(crate) fn run(at_desk: &AtDesk, args: &Bin) -> AppResult<Answer> {
    match args {
        Bin::List => list(at_desk),
        Bin::Restore { case } => restore(at_desk, case),
        Bin::Hold { case, reason } => hold(at_desk, case, reason),
        Bin::Release { case } => release(at_desk, case),
    }
}

fn list(at_desk: &AtDesk) -> AppResult<Answer> {
    let all = whole(at_desk)?;
    let listed = Listed {
        bin: all.rows.into_iter().map(Listing::from).collect(),
        days: all.days,
    };
    let rows: Vec<[String; 7]> = listed
        .bin
        .iter()
        .map(|c| {
            [
                c.id.clone(),
                moment::day(c.since_ms),
                format!("{}/{} 天", c.seen_days, listed.days),
                c.observations.to_string(),
                match (&c.hold, c.stays) {
                    (Some(reason), _) => format!("留住：{}", screen::short(reason, 16)),
                    (None, true) => format!("{} 一直留着", c.issues),
                    (None, false) => c.issues.to_string(),
                },
                screen::short(&c.by, 12),
                screen::short(&c.title, 48),
            ]
        })
        .collect();
    let head = ["案例", "放进日", "已过", "标记", "问题", "谁放的", "标题"];
    Answer::new(&listed, screen::table(head, &rows))
}

fn restore(at_desk: &AtDesk, named: &str) -> AppResult<Answer> {
    let case = at_desk.restore_case(named_case(at_desk, named)?)?;
    let restored = Restored {
        restored: case.id.to_string(),
        link: find::case_link(case.id),
        title: case.title,
    };
    let text = format!("放回来了 · Put back: {}\n", screen::line(&restored.title));
    Answer::new(&restored, text)
}

fn hold(at_desk: &AtDesk, named: &str, reason: &str) -> AppResult<Answer> {
    let case_id = named_case(at_desk, named)?;
    let reason = reason.to_owned();
    let held = at_desk.hold_case(HoldRequest { case_id, reason })?;
    let text = format!("留住了 · Must stay: {case_id}\n");
    Answer::new(
        &serde_json::json!({ "held": case_id, "reason": held.reason }),
        text,
    )
}

fn release(at_desk: &AtDesk, named: &str) -> AppResult<Answer> {
    let case = named_case(at_desk, named)?;
    at_desk.release_case(case)?;
    let text = format!("解除了 · Released: {case}\n");
    Answer::new(&serde_json::json!({ "released": case }), text)
}

/// The call in the bin a person names: by id, end of its id, or title. By its id also one that is not there.
pub(super) fn named_case(at_desk: &AtDesk, named: &str) -> AppResult<CaseId> {
    let named = named.trim();
    if let Ok(id) = named.parse::<CaseId>() {
        return Ok(id);
    }
    let end = find::id_end(named);
    let all = whole(at_desk)?.rows;
    let fits = |is_it: &dyn Fn(&BinRow) -> bool| -> Vec<CaseId> {
        let found = all.iter().filter(|row| is_it(row));
        found.map(|row| row.case.id).collect()
    };
    let mut found = fits(&|row| {
        end.as_ref()
            .is_some_and(|end| row.case.id.to_string().ends_with(end))
    });
    if found.is_empty() {
        found = fits(&|row| row.case.title == named);
    }
    find::one_of(&found, "case")
}

/// The whole bin, page by page.
fn whole(at_desk: &AtDesk) -> AppResult<BinView> {
    let page = |offset| {
        at_desk.bin(BinQuery {
            offset,
            limit: MOST_ROWS,
        })
    };
    let mut all = page(0)?;
    while all.rows.len() < all.total as usize {
        let more = page(u32::try_from(all.rows.len()).unwrap_or(u32::MAX))?.rows;
        if more.is_empty() {
            break;
        }
        all.rows.extend(more);
    }
    Ok(all)
}
