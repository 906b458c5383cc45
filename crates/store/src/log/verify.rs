//! Whether the log is what was written: every operation follows on the one before, every value is the one
//! that was proven, and what this installation wrote last is there.

mod cursor;
mod erased;

use super::said;
use crate::device::{Device, Witness};
use crate::fault::Outcome;
use cursor::{ChangeRow, Changes, OpRow, Ops};
use erased::Erased;
use qinting_app::{LogChain, LogCheckup, LogFault, LogFaultKind};
use qinting_domain::ReplicaId;
use qinting_domain::proof::*;
use rusqlite::Connection;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use uuid::Uuid;

/// Faults that are told one by one.
const MOST_FAULTS: usize = 100;

/// Reads the whole log. `wrote` is how far this installation says it came in this folder, newest first.
pub(crate) fn verify(conn: &Connection, device: &Device, wrote: &[Witness]) -> Outcome<LogCheckup> {
    let mut checking = Checking::new(device, wrote);
    checking.seen = seen_in(conn)?;
    let mut ops = conn.prepare(Ops::SQL)?;
    let mut changes = conn.prepare(Changes::SQL)?;
    let (mut ops, mut changes) = (Ops::of(&mut ops)?, Changes::of(&mut changes)?);
    let mut change = changes.next()?;
    while let Some(op) = ops.next()? {
        let mut sealing = checking.begin(&op);
        let mut touched = 0;
        while let Some(row) = change.take() {
            // Rows of a change stand behind each other, and belong to the operation that says so.
            if row.seq >= op.first + op.touched && op.touched > 0 || row.op > op.seq {
                change = Some(row);
                break;
            }
            let is_of_it = row.op == op.seq && row.seq == op.first + touched;
            match is_of_it {
                true => touched += 1,
                false => checking.strays += 1,
            }
            if is_of_it && let Some(sealing) = &mut sealing {
                sealing.touch(&row.head());
            }
            checking.change(&op, &row);
            change = changes.next()?;
        }
        checking.end(&op, sealing, touched);
    }
    while change.is_some() {
        checking.strays += 1;
        change = changes.next()?;
    }
    checking.rows_apart(conn)?;
    checking.lost_values(conn)?;
    Ok(checking.told())
}

/// Heads that operations of other chains say they saw.
fn seen_in(conn: &Connection) -> Outcome<HashMap<Digest, bool>> {
    let mut statement = conn.prepare("SELECT seen FROM op WHERE seen IS NOT NULL")?;
    let heads = statement.query_map([], |r| {
        let bytes = r.get_ref(0)?.as_blob().unwrap_or_default();
        Ok((Digest(bytes.try_into().unwrap_or_default()), false))
    })?;
    Ok(heads.collect::<Result<_, _>>()?)
}

/// A chain as far as it was read.
struct Read {
    told: LogChain,
    n: i64,
    head: Digest,
    /// Places for which this installation does not vouch.
    unvouched: Vec<i64>,
    is_vouched: bool,
}

struct Checking<'a> {
    device: &'a Device,
    wrote: &'a [Witness],
    order: Vec<ReplicaId>,
    chains: HashMap<ReplicaId, Read>,
    /// Heads of other chains that somebody saw, and whether they were read.
    seen: HashMap<Digest, bool>,
    /// The heads at the places this installation remembers.
    found: HashMap<(ReplicaId, i64), Digest>,
    told: LogCheckup,
    strays: i64,
    /// Changes that lost values, and what the certificates say of them.
    erased: Erased,
    /// Rows of values that were read, and a sum over whom they speak of.
    said: i64,
    whom: Sum,
}

/// Counts and mixes pairs, whatever their order; by keys nobody knows beforehand.
#[derive(Default)]
struct Sum {
    keys: RandomState,
    count: i64,
    mixed: u64,
}

impl Sum {
    fn add(&mut self, whom: &Uuid, change: i64) {
        self.count += 1;
        self.mixed = self.mixed.wrapping_add(self.keys.hash_one((whom, change)));
    }
}

impl<'a> Checking<'a> {
    fn new(device: &'a Device, wrote: &'a [Witness]) -> Self {
        Self {
            device,
            wrote,
            order: Vec::new(),
            chains: HashMap::new(),
            seen: HashMap::new(),
            found: HashMap::new(),
            told: LogCheckup {
                operations: 0,
                values: 0,
                erased: 0,
                chains: Vec::new(),
                faults: Vec::new(),
                fault_count: 0,
            },
            strays: 0,
            erased: Erased::default(),
            said: 0,
            whom: Sum::default(),
        }
    }

    fn fault(&mut self, fault: LogFault) {
        let is_same = |told: &&mut LogFault| {
            (told.what, told.replica, told.n) == (fault.what, fault.replica, fault.n)
        };
        // Several values of one operation are one place.
        if let Some(told) = self.told.faults.iter_mut().rev().find(is_same) {
            told.count += fault.count;
            return;
        }
        self.told.fault_count += 1;
        if self.told.faults.len() < MOST_FAULTS {
            self.told.faults.push(fault);
        }
    }

    fn fault_at(&mut self, what: LogFaultKind, op: &OpRow<'_>, count: i64) {
        self.fault(LogFault {
            what,
            replica: Some(op.replica),
            n: op.n,
            count,
            at: Some(op.at),
        });
    }

    /// One that stands at no operation that could be shown.
    fn fault_beside(&mut self, what: LogFaultKind, replica: Option<ReplicaId>, n: i64, count: i64) {
        self.fault(LogFault {
            what,
            replica,
            n,
            count,
            at: None,
        });
    }

    /// Looks where an operation stands; how its bytes begin, where they can be made anew.
    fn begin(&mut self, op: &OpRow<'_>) -> Option<Sealing> {
        self.told.operations += 1;
        let (at, order) = (op.at, &mut self.order);
        let chain = self.chains.entry(op.replica).or_insert_with(|| {
            order.push(op.replica);
            Read {
                told: LogChain {
                    replica: op.replica,
                    operations: 0,
                    since: at,
                    until: at,
                    ours: false,
                },
                n: 0,
                head: NO_HEAD,
                unvouched: Vec::new(),
                is_vouched: false,
            }
        });
        chain.told.operations += 1;
        chain.told.until = at;
        let (due, before) = (chain.n + 1, chain.head);
        if op.version != i64::from(ENCODING) {
            self.fault_at(LogFaultKind::Newer, op, 1);
            return None;
        }
        if op.n > due {
            // What it follows on is gone: its own head is believed, for what comes behind it.
            self.fault_at(LogFaultKind::Missing, op, op.n - due);
            return None;
        }
        if op.n < due {
            self.fault_at(LogFaultKind::Doubled, op, 1);
            return None;
        }
        Some(Sealing::new(&before, &op.told()))
    }

    fn change(&mut self, op: &OpRow<'_>, row: &ChangeRow) {
        // A yes that is written otherwise than we do is not ours.
        let proof = Proof::from_bytes(&row.proof).filter(|_| (0..=1).contains(&row.created));
        let Some(proof) = proof else {
            self.fault_at(LogFaultKind::Edited, op, 1);
            return;
        };
        for whom in &proof.speaks_of {
            self.whom.add(whom, row.seq);
        }
        self.told.values += i64::try_from(proof.fields.len()).unwrap_or(i64::MAX);
        let Some(bytes) = &row.said else {
            if !proof.fields.is_empty() {
                self.fault_at(LogFaultKind::ValueGone, op, 1);
            }
            return;
        };
        self.said += 1;
        match said::unpacked(bytes) {
            Some(fields) if said::holds(&proof, &fields) => {
                self.erased.certificate(row, &proof, &fields);
                self.erased.lost(op, row, &proof, &fields);
            }
            _ => self.fault_at(LogFaultKind::ValueEdited, op, 1),
        }
    }

    fn end(&mut self, op: &OpRow<'_>, sealing: Option<Sealing>, touched: i64) {
        let is_whole =
            touched == op.touched && sealing.as_ref().is_none_or(|s| s.head() == op.head);
        if !is_whole {
            self.fault_at(LogFaultKind::Edited, op, 1);
        }
        if let Some(is_read) = self.seen.get_mut(&op.head) {
            *is_read = true;
        }
        // What was seen stood before; who takes it away is missed here.
        if op
            .seen
            .is_some_and(|head| self.seen.get(&head) != Some(&true))
        {
            self.fault_at(LogFaultKind::Missing, op, 1);
        }
        let remembered = |w: &&Witness| w.replica == op.replica && w.n == op.n;
        if self.wrote.iter().any(|w| remembered(&w)) {
            self.found.insert((op.replica, op.n), op.head);
        }
        let is_vouched = self.device.vouch(&op.head) == op.vouched;
        let Some(chain) = self.chains.get_mut(&op.replica) else {
            return;
        };
        if op.n > chain.n {
            (chain.n, chain.head) = (op.n, op.head);
        }
        match is_vouched {
            true => chain.is_vouched = true,
            false => chain.unvouched.push(op.n),
        }
    }

    /// What stands in the side tables and belongs to no change.
    fn rows_apart(&mut self, conn: &Connection) -> Outcome<()> {
        let all: i64 = conn.query_row("SELECT count(*) FROM said", [], |r| r.get(0))?;
        self.strays += (all - self.said).abs();
        let mut kept = Sum {
            keys: self.whom.keys.clone(),
            ..Sum::default()
        };
        let mut statement = conn.prepare("SELECT whom, change FROM said_of")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let whom = row
                .get_ref(0)?
                .as_blob()
                .ok()
                .and_then(|b| Uuid::from_slice(b).ok());
            kept.add(&whom.unwrap_or_default(), row.get(1)?);
        }
        if (kept.count, kept.mixed) != (self.whom.count, self.whom.mixed) {
            let apart = (kept.count - self.whom.count).abs().max(1);
            self.fault_beside(LogFaultKind::Index, None, 0, apart);
        }
        if self.strays > 0 {
            self.fault_beside(LogFaultKind::Stray, None, 0, self.strays);
        }
        Ok(())
    }

    /// What a certificate does not account for.
    fn lost_values(&mut self, conn: &Connection) -> Outcome<()> {
        let erased = std::mem::take(&mut self.erased);
        let licensed = erased.licensed(conn)?;
        for lost in erased.lost {
            match licensed.contains(&lost.change) && lost.may_go {
                true => self.told.erased += lost.values,
                false => self.fault(LogFault {
                    what: LogFaultKind::ValueGone,
                    replica: Some(lost.replica),
                    n: lost.n,
                    count: 1,
                    at: Some(lost.at),
                }),
            }
        }
        Ok(())
    }

    fn told(mut self) -> LogCheckup {
        for witness in self.wrote.iter().filter(|w| w.n > 0) {
            let came = self.chains.get(&witness.replica).map_or(0, |chain| chain.n);
            let found = self.found.get(&(witness.replica, witness.n)).copied();
            let replica = Some(witness.replica);
            match found {
                _ if came < witness.n => {
                    self.fault_beside(LogFaultKind::Cut, replica, came, witness.n - came);
                }
                Some(head) if head != witness.head => {
                    self.fault_beside(LogFaultKind::Forked, replica, witness.n, 1);
                }
                _ => {}
            }
        }
        let order = std::mem::take(&mut self.order);
        for replica in order {
            let Some(mut chain) = self.chains.remove(&replica) else {
                continue;
            };
            // Nobody else can vouch as this installation does: one place that is vouched for makes it ours.
            let ours = chain.is_vouched || self.wrote.iter().any(|w| w.replica == replica);
            let unvouched = chain.unvouched.first().copied().filter(|_| ours);
            if let Some(n) = unvouched {
                let count = i64::try_from(chain.unvouched.len()).unwrap_or(i64::MAX);
                self.fault_beside(LogFaultKind::NotOurs, Some(replica), n, count);
            }
            chain.told.ours = ours;
            self.told.chains.push(chain.told);
        }
        self.told
    }
}

#[cfg(test)]
mod tests;
