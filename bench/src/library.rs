//! The library of 100,000 calls: a page, an order, filters with their count, the values of a fact.

use crate::process::ticks_tree;
use crate::report::{Row, Times, say};
use crate::{generate, host};
use anyhow::ensure;
use qinting_desk::{
    AtDesk, CaseQuery, CaseValues, CasesEdit, CasesMeant, Commit, RecordReads, Store,
};
use qinting_domain::*;
use qinting_testkit::dice::Dice;
use qinting_testkit::records;
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Calls of one transaction while the workspace is filled.
const PER_BATCH: u32 = 1_000;
/// Times each question is asked, in turn with the others.
const ROUNDS: usize = 40;
/// Longest that a page, a count or a list of values may take in 95 of 100 times.
const MOST_MS: f64 = 100.0;
/// Calls that are edited at once.
const EDITED: usize = 10_000;
const MOST_EDIT_SECONDS: f64 = 20.0;
const HOUR_MS: i64 = 3_600_000;
const FIRST_CALL: UnixMs = 1_760_000_000_000;

/// Asks, and gives how many calls it was about.
type Ask = Box<dyn Fn(&AtDesk) -> anyhow::Result<u32>>;

/// A question of the library, and what is said of it in the table.
struct Question {
    what: &'static str,
    ask: Ask,
}

pub(crate) fn measure(calls: u32) -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let host = host(dir.path())?;
    say(&format!("writing {calls} calls"));
    fill(dir.path(), calls)?;
    let at_desk = host.at_desk();
    let questions = questions(calls);
    let mut times = vec![Vec::with_capacity(ROUNDS); questions.len()];
    let before = (ticks_tree(), Instant::now());
    for _ in 0..ROUNDS {
        for (question, times) in questions.iter().zip(&mut times) {
            let start = Instant::now();
            let found = (question.ask)(&at_desk)?;
            times.push(start.elapsed());
            ensure!(found > 0, "{} found nothing", question.what);
        }
    }
    let ticks = ticks_tree() - before.0;
    let elapsed = before.1.elapsed();
    let times: Vec<Times> = times.into_iter().map(Times::new).collect();
    let plain = times.first().map_or(f64::NAN, |t| t.at(500));
    let mut rows: Vec<Row> = questions
        .iter()
        .zip(&times)
        .map(|(q, t)| row(q, t, plain))
        .collect();
    rows.push(Row::told(
        "  processor while it is asked",
        format!("{ticks} ticks in {:.1} s", elapsed.as_secs_f64()),
    ));
    rows.extend(edits(&at_desk)?);
    Ok(rows)
}

/// A question beside the first one, which is a page of everything.
fn row(question: &Question, times: &Times, plain: f64) -> Row {
    let (p95, ratio) = (times.at(950), times.at(500) / plain);
    Row::new(
        question.what,
        format!("p95 {p95:.1} ms, {ratio:.1} of a page"),
        "p95 <= 100 ms",
        p95 <= MOST_MS,
    )
}

fn page(query: CaseQuery) -> Ask {
    Box::new(move |at_desk| Ok(at_desk.list_cases(query.clone())?.total))
}

fn values(query: CaseQuery, fact: CaseFact) -> Ask {
    let asked = CaseValues {
        query,
        fact,
        part: String::new(),
    };
    Box::new(move |at_desk| {
        let found = at_desk.case_values(asked.clone())?;
        Ok(found.iter().map(|one| one.count).sum())
    })
}

/// What somebody asks who looks through a library; the first is a page of everything.
fn questions(calls: u32) -> Vec<Question> {
    let every = || CaseQuery {
        limit: 200,
        ..CaseQuery::default()
    };
    let sorted = |sort, reversed| CaseQuery {
        sort,
        reversed,
        ..every()
    };
    let filtered = |filters| CaseQuery { filters, ..every() };
    let one_of = |fact, values: &[&str]| CaseFilter::OneOf {
        fact,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let several = || {
        vec![
            one_of(CaseFact::Queue, &["技能组3", "技能组4"]),
            CaseFilter::Between {
                fact: CaseFact::BeganAt,
                from: Some(FIRST_CALL),
                to: Some(FIRST_CALL + i64::from(calls) * HOUR_MS / 2),
            },
            CaseFilter::Is {
                state: CaseState::Heard,
                yes: false,
            },
        ]
    };
    let last = CaseQuery {
        offset: calls.saturating_sub(200),
        ..sorted(CaseSort::StartedAt, false)
    };
    let question = |what, ask| Question { what, ask };
    vec![
        question("library: a page of everything", page(every())),
        question(
            "  the newest call first",
            page(sorted(CaseSort::StartedAt, false)),
        ),
        question(
            "  the oldest call first",
            page(sorted(CaseSort::StartedAt, true)),
        ),
        question("  by title", page(sorted(CaseSort::Title, false))),
        question("  by agent", page(sorted(CaseSort::Agent, false))),
        question(
            "  the longest wait first",
            page(sorted(CaseSort::Wait, false)),
        ),
        question("  most marks first", page(sorted(CaseSort::Marks, false))),
        question("  the last page of all", page(last)),
        question(
            "  one queue, counted",
            page(filtered(vec![one_of(CaseFact::Queue, &["技能组3"])])),
        ),
        question("  queues, a time, not heard", page(filtered(several()))),
        question("  values of the queue", values(every(), CaseFact::Queue)),
        question(
            "  values of the agent, filtered",
            values(filtered(several()), CaseFact::Agent),
        ),
    ]
}

/// A fact of many calls is set, and taken back.
fn edits(at_desk: &AtDesk) -> anyhow::Result<Vec<Row>> {
    let mut ids = Vec::with_capacity(EDITED);
    while ids.len() < EDITED {
        let query = CaseQuery {
            offset: u32::try_from(ids.len())?,
            ..CaseQuery::default()
        };
        let rows = at_desk.list_cases(query)?.rows;
        if rows.is_empty() {
            break;
        }
        ids.extend(rows.into_iter().map(|row| row.case.id));
    }
    let count = ids.len();
    let edit = CasesEdit {
        which: CasesMeant::Ids { ids },
        business_line: Some("家电".into()),
        customer_tier: None,
        agent: None,
        queue: Some("夜班".into()),
        disposition: None,
    };
    let set = timed(|| Ok(at_desk.edit_cases(edit).map(drop)?))?;
    let undone = timed(|| Ok(at_desk.undo(()).map(drop)?))?;
    let row = |what: &str, taken: Duration| {
        let seconds = taken.as_secs_f64();
        let figure = format!("{seconds:.1} s");
        Row::new(what, figure, "<= 20 s", seconds <= MOST_EDIT_SECONDS)
    };
    Ok(vec![
        row(&format!("two facts of {count} calls set at once"), set),
        row("  and taken back", undone),
    ])
}

fn timed(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

/// Calls of 12 business lines, 40 queues and 300 agents; one in a hundred was marked and heard.
fn fill(folder: &Path, calls: u32) -> anyhow::Result<()> {
    let store = qinting_store::Workspace::open(
        &folder.join("workspace"),
        &qinting_store::Device::kept_in(&folder.join("data")),
    )?;
    let actor = store
        .people()?
        .first()
        .map_or(PersonId(Uuid::nil()), |p| p.id);
    let characters = generate::characters();
    let mut dice = Dice::at(1);
    for first in (0..calls).step_by(PER_BATCH as usize) {
        let batch = first..calls.min(first + PER_BATCH);
        let records = batch.flat_map(|n| call(n, actor, &mut dice, &characters));
        let records = records.collect();
        store.commit(Commit {
            op_id: OpId(Uuid::now_v7()),
            actor,
            at: 0,
            origin: Origin::Import,
            action: Action::CaseImport,
            records,
            undoes: None,
            jobs: Vec::new(),
            blobs: Vec::new(),
        })?;
    }
    Ok(())
}

fn call(n: u32, actor: PersonId, dice: &mut Dice, characters: &[char]) -> Vec<Record> {
    let ids = (CaseId(Uuid::now_v7()), RecordingId(Uuid::now_v7()));
    let meta = || Meta::new(0, actor);
    let case = Case {
        business_line: format!("业务线{}", dice.below(12)),
        customer_tier: ["", "金卡", "银卡"][dice.below(3)].into(),
        ..records::case(ids.0, &generate::sentence(dice, characters), meta())
    };
    let contact = Contact {
        began_at: (!n.is_multiple_of(50)).then_some(FIRST_CALL + i64::from(n) * HOUR_MS),
        agent: format!("坐席{}", dice.below(300)),
        queue: format!("技能组{}", dice.below(40)),
        disposition: format!("小结{}", dice.below(60)),
        csat: ["", "1", "3", "5"][dice.below(4)].into(),
        wait_ms: Some(dice.within(0..300_000)),
        talk_ms: Some(dice.within(10_000..1_800_000)),
        transfers: Some(n % 3),
        direction: Some(Direction::Inbound),
        ..records::contact(ids.0, meta())
    };
    let duration_ms = dice.within(10_000..1_800_000);
    let recording = records::recording(ids.1, ids.0, duration_ms, meta());
    let mut made: Vec<Record> = vec![case.into(), contact.into(), recording.into()];
    if n.is_multiple_of(100) {
        let mark = ObservationId(Uuid::now_v7());
        made.push(records::mark(mark, ids, 1_000, "记一笔", meta()).into());
        made.push(heard(ids.1, actor, meta()).into());
    }
    made
}

/// Somebody listened to the first seconds.
fn heard(recording_id: RecordingId, person_id: PersonId, meta: Meta) -> Listening {
    Listening {
        id: ListeningId(Uuid::now_v7()),
        recording_id,
        person_id,
        from_ms: 0,
        to_ms: 3_000,
        played_ms: Some(3_000),
        began_at: 1,
        ended_at: 4_000,
        device_id: None,
        meta,
    }
}
