//! The whole change log is checked: a million operations, as people and the machine write them.

use crate::report::{Row, say};
use qinting_desk::{Commit, Store};
use qinting_domain::*;
use qinting_testkit::records;
use std::time::Instant;
use uuid::Uuid;

const MOST_S: f64 = 10.0;
/// Every so many operations a mark is made; the others edit one.
const MARK_EVERY: u32 = 3;

pub(crate) fn measure(operations: u32) -> anyhow::Result<Vec<Row>> {
    let temp = tempfile::tempdir()?;
    let device = qinting_store::Device::kept_in(&temp.path().join("data"));
    let store = qinting_store::Workspace::open(&temp.path().join("workspace"), &device)?;
    say(&format!("writing {operations} operations"));
    fill(&store, operations)?;
    let start = Instant::now();
    let found = store.verify_log()?;
    let taken = start.elapsed().as_secs_f64();
    anyhow::ensure!(found.is_sound(), "an untouched log is not sound");
    anyhow::ensure!(
        found.operations == i64::from(operations),
        "not all were read"
    );
    say(&format!("{} values, {taken:.2} s", found.values));
    let million = taken * 1_000_000.0 / f64::from(operations);
    Ok(vec![Row::new(
        &format!("verify {operations} operations, per million"),
        format!("{million:.2} s"),
        "<= 10 s",
        million <= MOST_S,
    )])
}

fn fill(store: &dyn Store, operations: u32) -> anyhow::Result<()> {
    let by = PersonId(Uuid::now_v7());
    let meta = || Meta::new(0, by);
    let write = |action: Action, records: Vec<Record>| {
        store.commit(Commit {
            op_id: OpId(Uuid::now_v7()),
            actor: by,
            at: 0,
            origin: action.origin(),
            action,
            records,
            undoes: None,
            jobs: Vec::new(),
            blobs: Vec::new(),
        })
    };
    let call = (CaseId(Uuid::now_v7()), RecordingId(Uuid::now_v7()));
    let case = records::case(call.0, "一通", meta());
    let recording = records::recording(call.1, call.0, 3_600_000, meta());
    let contact = records::contact(call.0, meta());
    let brought_in = vec![case.into(), contact.into(), recording.into()];
    write(Action::CaseImport, brought_in)?;
    let mut last = None;
    for n in 1..operations {
        let (action, mark) = match last.take() {
            Some(mut mark) if n % MARK_EVERY != 0 => {
                let edited: &mut Observation = &mut mark;
                edited.text = format!("第 {n} 次改");
                edited.severity = (n % 4) as u8;
                (Action::ObservationEdit, mark)
            }
            _ => {
                let id = ObservationId(Uuid::now_v7());
                let mark = records::mark(id, call, u64::from(n), "等了两天，没有人回电", meta());
                (Action::ObservationMark, mark)
            }
        };
        let done = write(action, vec![mark.into()])?;
        last = done
            .records
            .into_iter()
            .next()
            .and_then(Observation::from_record);
    }
    Ok(())
}
