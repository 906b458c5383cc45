//! Workspaces of older versions come along with all that is in them.

use super::killed::{contents, tables};
use super::tenth::TENTH_WORKSPACE;
use super::tests::open_here;
use super::tests::{newest, open};
use super::*;
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;

/// Everything a person can lose, as the first version of the schema kept it. `@07` is the id 7.
const FIRST_WORKSPACE: &str = "
    INSERT INTO person VALUES (1, @01, '林夕', 'mentor', '热线', 1, @01, 1, 1, NULL);
    INSERT INTO tag VALUES (1, @02, NULL, '规则', '[]', '', 'info', 0, 'active', NULL, 1, @01, 1, 1, NULL);
    INSERT INTO \"case\" VALUES (1, @03, '退款来电', '', '', '', '', '', 5, '', '', 'zh', 1, @01, 1, 1, NULL);
    INSERT INTO case_text (rowid, body) VALUES (1, '退款');
    INSERT INTO recording VALUES (1, @04, @03, '[]', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
            'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 8000, 1, 8000, 1000, '[\"agent\"]', 0, 1, @01, 1, 1, NULL);
    INSERT INTO recording_hash VALUES ('a', @04);
    INSERT INTO segment VALUES (1, @05, @04, 0, 900, 0, '我要退款', NULL, 0.5, 'zh', 'e', 1, @01, 1, 1, NULL);
    INSERT INTO observation VALUES (1, @06, @03, @04, 0, 900, 900, 0, 'problem', 'none', '很急', '我要退款', 2, 1, @01, 1, 3, NULL);
    INSERT INTO observation_tag VALUES (@06, 0, @02);
    INSERT INTO issue VALUES (1, @07, 7, '七天', '', '', '', NULL, '', 0, 0, 'new', '', NULL, NULL, NULL, 1, @01, 1, 1, NULL);
    INSERT INTO issue_link VALUES (1, @08, @07, NULL, @06, 'evidence', 1, 1, @01, 1, 1, NULL);
    INSERT INTO comment VALUES (1, @09, @07, '看过了', 1, @01, 1, 1, NULL);
    INSERT INTO change (at, actor, action, op_id, entity, entity_id, created, fields) VALUES (1, @01, 'observation.mark', @0a, 'observation', @06, 1, '{}');
    INSERT INTO change (at, actor, action, op_id, entity, entity_id, created, fields, undoes) VALUES
        (2, @01, 'observation.quote', @0b, 'observation', @06, 0, '{}', NULL),
        (3, @01, 'undo', @07, 'observation', @06, 0, '{}', @0a);
    INSERT INTO listen_state VALUES (@03, @01, 400, 1.5, 1);
    INSERT INTO seat VALUES (1, @01);
    INSERT INTO job VALUES
        (3, @01, 'transcribe', @03, @04, 'small-q5_1', 'zh', 'done', 1000, 1, NULL, NULL, 10, 11, NULL),
        (4, @02, 'transcribe', @03, @04, NULL, 'auto', 'failed', 400, 3, 'speech.worker_died', '{\"reason\":\"signal 9\"}', 12, 13, NULL),
        (6, @03, 'transcribe', @03, @04, '模型 \"一\"', 'en', 'cancelled', 5, 1, NULL, NULL, 14, 15, NULL),
        (7, @04, 'transcribe', @03, x'FFEEDDCCBBAA99887766554433221100', 'tiny', 'zh', 'running', 70, 2, NULL, NULL, 16, 17, 'abc'),
        (8, @05, 'transcribe', @03, @04, 'tiny', 'zh', 'queued', 0, 0, NULL, NULL, 18, 19, NULL);
";

/// The jobs of the first version, newest first, as this one knows them.
pub(super) fn jobs_of_the_first() -> Vec<Job> {
    let id = uuid::Uuid::from_u128;
    let recording = |n| RecordingId(id(n));
    let job = |n, recording_id, model: Option<&str>, language: &str, state, at| {
        let args = Transcribe {
            case_id: CaseId(id(3)),
            recording_id,
            model: model.map(Into::into),
            language: language.into(),
        };
        Job {
            state,
            updated_at: at + 1,
            ..Job::new(JobId(id(n)), args, at)
        }
    };
    let far = recording(0xFFEE_DDCC_BBAA_9988_7766_5544_3322_1100);
    vec![
        job(5, recording(4), Some("tiny"), "zh", JobState::Queued, 18),
        Job {
            progress_permille: 70,
            attempt: 2,
            ..job(4, far, Some("tiny"), "zh", JobState::Running, 16)
        },
        Job {
            progress_permille: 5,
            attempt: 1,
            ..job(
                3,
                recording(4),
                Some("模型 \"一\""),
                "en",
                JobState::Cancelled,
                14,
            )
        },
        Job {
            progress_permille: 400,
            attempt: 3,
            error: Some(ErrorNote::new(codes::SPEECH_WORKER_DIED).with("reason", "signal 9")),
            ..job(2, recording(4), None, "auto", JobState::Failed, 12)
        },
        Job {
            progress_permille: 1000,
            attempt: 1,
            ..job(
                1,
                recording(4),
                Some("small-q5_1"),
                "zh",
                JobState::Done,
                10,
            )
        },
    ]
}

/// What the second version of the schema added to it.
const SECOND_WORKSPACE: &str = "
    INSERT INTO session VALUES (1, @0b, '退款专场', '退款', '为什么慢？', '三楼', 9, @01, 1, @01, 1, 1, NULL);
    INSERT INTO session_person VALUES (@0b, 0, @01);
    INSERT INTO session_case VALUES (@0b, 0, @03);
    UPDATE observation SET session_id = @0b;
    INSERT INTO demo VALUES (1);
";

/// A workspace as the first, the second or the tenth version of ours left it.
pub(super) fn workspace_of(folder: &Path, version: usize) {
    let known = migrations().get_migrations().clone();
    let steps = match version {
        10 => vec![(10, TENTH_WORKSPACE)],
        _ => vec![(1, FIRST_WORKSPACE), (2, SECOND_WORKSPACE)],
    };
    for (step, rows) in steps.into_iter().filter(|(step, _)| *step <= version) {
        drop(open(folder, &Runner::new(&known[..step])).unwrap());
        let conn = Connection::open(folder.join(DATABASE)).unwrap();
        let rows = (1..64u128).fold(rows.to_owned(), |sql, n| {
            let id = uuid::Uuid::from_u128(n).to_string();
            sql.replace(&format!("@{n:02x}"), &format!("x'{n:032x}'"))
                .replace(&format!("#{n:02x}"), &id)
        });
        conn.execute_batch(&rows).unwrap();
        assert_eq!(stored_version(&conn).unwrap() as usize, step);
        conn.close().unwrap();
    }
}

#[rstest]
#[case::the_first(1, 14)]
#[case::the_second(2, 18)]
fn a_workspace_of_an_older_version_comes_along_with_all_that_is_in_it(
    #[case] version: usize,
    #[case] least_tables: usize,
) {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), version);
    let file = dir.path().join(DATABASE);
    let conn = Connection::open(&file).unwrap();
    let tables = tables(&conn);
    let before = contents(&conn, &tables);
    assert!(tables.len() >= least_tables && before["observation"].len() == 1);
    conn.close().unwrap();

    let workspace = open_here(dir.path()).unwrap();
    let report = workspace.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    assert_eq!(report.schema_version, newest());
    assert_eq!(
        (report.counts["live_call"], report.counts["seat_note"]),
        (0, 0)
    );
    let after = Connection::open(&file).unwrap();
    assert_eq!(contents(&after, &tables), before);
    let roles = |r: &rusqlite::Row<'_>| r.get::<_, String>(0);
    let roles = after.query_row("SELECT roles FROM person", [], roles);
    assert_eq!(roles.unwrap(), "[\"mentor\"]");

    let case = qinting_domain::CaseId(uuid::Uuid::from_u128(3));
    let moments = workspace.observations_of(case).unwrap();
    let moment = &moments[0].observation;
    let session = (version > 1).then_some(qinting_domain::SessionId(uuid::Uuid::from_u128(11)));
    assert_eq!(
        (moment.text.as_str(), moment.tags.len(), moment.session_id),
        ("很急", 1, session)
    );
    assert_eq!(moments[0].issues[0].number, 7);
    assert_eq!(workspace.sessions().unwrap().len(), version - 1);
    assert_eq!(workspace.is_demo().unwrap(), version > 1);
    assert!(workspace.live_calls().unwrap().is_empty());
    let told = workspace
        .history(EntityKind::Observation, moment.id.0)
        .unwrap();
    let told: Vec<_> = told.iter().map(|c| c.origin).collect();
    assert_eq!(told, [Origin::Person, Origin::Machine, Origin::Undo]);
    let recording = workspace.recordings_of(case).unwrap().remove(0);
    assert_eq!((recording.decoder, recording.notices.len()), (0, 0));
}

#[test]
fn jobs_of_an_older_version_come_along_value_by_value_and_go_on() {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 1);
    let workspace = open_here(dir.path()).unwrap();
    let known = jobs_of_the_first();
    assert_eq!(workspace.jobs(99).unwrap(), known);
    let of_case = workspace.newest_job_of(JobKind::Transcribe, CaseId(uuid::Uuid::from_u128(3)));
    assert_eq!(of_case.unwrap().as_ref(), known.first());
    // Neither is queued twice, and what a dead process left has its turn before what was asked for later.
    let again = Job::new(JobId(uuid::Uuid::from_u128(9)), known[0].work.clone(), 20);
    let stands = workspace.write_job(&mut |_| Ok(Some(again.clone())));
    assert_eq!(stands.unwrap().as_ref(), known.first());
    let turn = || {
        let job = workspace.claim_job(&JobKind::ALL, 30).unwrap().job.unwrap();
        let state = JobState::Done;
        let done = workspace.write_job(&mut |_| {
            Ok(Some(Job {
                state,
                ..job.clone()
            }))
        });
        done.unwrap().unwrap().id
    };
    assert_eq!((turn(), turn()), (known[1].id, known[0].id));
}
