//! Bringing in what a person chose: the page names files by their places in it, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::Stage;
use qinting_desk::*;

/// A stage where somebody dropped these files.
fn dropped(files: &[(&str, &str)]) -> (Stage, Ticket) {
    let stage = Stage::new();
    let ticket = give(&stage, files);
    (stage, ticket)
}

fn give(stage: &Stage, files: &[(&str, &str)]) -> Ticket {
    let paths = files.iter().map(|(name, text)| stage.file(name, text));
    let paths = paths.map(Into::into).collect();
    stage.tickets.give(ChosenFor::Recordings, paths)
}

fn plan(stage: &Stage, ticket: &Ticket) -> FactsPlan {
    stage.at_desk.import_plan(stage.plan_of(ticket)).unwrap()
}

fn start(stage: &Stage, ticket: &Ticket, calls: &[&[u32]]) -> AppResult<ImportBatch> {
    let call = |files: &&[u32]| ImportCall {
        files: files.to_vec(),
        title: "一通".into(),
        decided: Vec::new(),
    };
    let id = stage.at_desk.import_start(ImportStart {
        ticket: ticket.clone(),
        calls: calls.iter().map(call).collect(),
        basis: "合同所必需".into(),
        notice: String::new(),
    })?;
    stage.at_desk.import_wait(id)
}

fn again(stage: &Stage, batch: &ImportBatch, file: u32, although: ImportObstacle) -> ImportBatch {
    let ask = ImportAgain {
        batch: batch.id,
        file,
        although,
    };
    let id = stage.at_desk.import_again(ask).unwrap();
    stage.at_desk.import_wait(id).unwrap()
}

fn outcomes(batch: &ImportBatch) -> Vec<ImportOutcome> {
    batch.files.iter().map(|f| f.outcome.unwrap()).collect()
}

#[test]
fn what_was_dropped_is_looked_at_as_often_as_one_likes_and_brought_in_once() {
    let (stage, ticket) = dropped(&[
        ("a_agent.wav", "one"),
        ("a_caller.wav", "two"),
        ("b.wav", "b"),
    ]);
    for _ in 0..3 {
        let plan = plan(&stage, &ticket);
        let files: Vec<Vec<u32>> = (plan.calls.iter())
            .map(|call| call.files.iter().map(|f| f.at).collect())
            .collect();
        assert_eq!(files, [vec![0, 1], vec![2]]);
        assert_eq!(plan.calls[1].files[0].bytes, 1);
    }
    let batch = start(&stage, &ticket, &[&[0, 1], &[2]]).unwrap();
    use ImportOutcome::{Imported, Joined};
    assert_eq!(outcomes(&batch), [Joined, Joined, Imported]);
    let spent = start(&stage, &ticket, &[&[2]]).unwrap_err();
    assert_eq!(spent.code(), codes::TICKET_SPENT);
}

#[test]
fn only_files_that_were_dropped_can_be_named_and_each_of_them_once() {
    let (stage, ticket) = dropped(&[("a.wav", "a"), ("b.wav", "b")]);
    let unseen = start(&stage, &ticket, &[&[0]]).unwrap_err();
    assert_eq!(
        unseen.code(),
        codes::TICKET_SPENT,
        "nobody looked at it yet"
    );
    plan(&stage, &ticket);
    for odd in [&[&[7u32][..]][..], &[&[0], &[0]], &[&[0, 0]], &[&[]], &[]] {
        let refused = start(&stage, &ticket, odd).unwrap_err();
        assert_eq!(refused.code(), codes::INVALID, "{odd:?}");
    }
    // What was refused has used up nothing.
    assert_eq!(start(&stage, &ticket, &[&[1]]).unwrap().files.len(), 1);
}

#[test]
fn a_call_of_two_files_that_is_in_the_bin_becomes_another_call_of_two_files() {
    let files = [("x_agent.wav", "one"), ("x_caller.wav", "two")];
    let (stage, ticket) = dropped(&files);
    plan(&stage, &ticket);
    let first = start(&stage, &ticket, &[&[0, 1]]).unwrap();
    let case = first.files[0].case_id.unwrap();
    stage.at_desk.delete_case(case).unwrap();

    let ticket = give(&stage, &files);
    plan(&stage, &ticket);
    let met = start(&stage, &ticket, &[&[0, 1]]).unwrap();
    assert_eq!(outcomes(&met), [ImportOutcome::InBin; 2]);
    let anew = again(&stage, &met, 1, ImportObstacle::Known);
    assert_eq!(outcomes(&anew), [ImportOutcome::Joined; 2]);
    assert_ne!(anew.files[0].case_id, Some(case));
}

#[test]
fn of_two_files_of_which_one_is_known_elsewhere_that_one_comes_alone() {
    let (stage, ticket) = dropped(&[("x_agent.wav", "one"), ("x_caller.wav", "bad")]);
    plan(&stage, &ticket);
    let first = start(&stage, &ticket, &[&[0, 1]]).unwrap();
    assert_eq!(
        outcomes(&first),
        [ImportOutcome::Half, ImportOutcome::Rejected]
    );
    let half = first.files[0].case_id.unwrap();
    stage.at_desk.delete_case(half).unwrap();
    let anew = again(&stage, &first, 0, ImportObstacle::Known);
    assert_eq!(outcomes(&anew), [ImportOutcome::Imported]);
    let case = stage
        .at_desk
        .get_case(anew.files[0].case_id.unwrap())
        .unwrap();
    assert_eq!(case.case.title, "x_agent", "it is called as its file is");
    assert_eq!(case.contacts[0].basis, "合同所必需", "as its batch was");
}

#[test]
fn a_batch_that_is_not_known_any_more_brings_nothing_in() {
    let stage = Stage::new();
    let ask = ImportAgain {
        batch: 9,
        file: 0,
        although: ImportObstacle::Known,
    };
    let refused = stage.at_desk.import_again(ask).unwrap_err();
    assert_eq!(refused.code(), codes::NOT_FOUND);
}
