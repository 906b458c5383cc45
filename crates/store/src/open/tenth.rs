//! The version before lists became rows of their own: what it kept of every kind comes along.

use super::killed::{contents, tables};
use super::older::workspace_of;
use super::tests::{newest, open_here};
use super::*;
use qinting_app::*;
use qinting_domain::*;
use uuid::Uuid;

/// Everything there is, as the tenth version of the schema kept it. `@07` is the id 7, `#07` the same as a
/// text. What is listed stands in another order than its ids.
pub(super) const TENTH_WORKSPACE: &str = r##"
    INSERT INTO person VALUES
        (1, @01, '林夕', '热线', 1, @01, 1, 1, NULL, '["curator","administrator"]'),
        (2, @02, '周以宁', '', 2, @01, 9, 3, NULL, '[]'),
        (3, @03, '陆鸣', '门店', 3, @02, 8, 2, 80, '["participant"]');
    INSERT INTO tag VALUES
        (1, @04, NULL, '规则', '["规定","条款"]', '写明的', 'info', 0, 'active', NULL, 1, @01, 1, 1, NULL),
        (2, @05, NULL, '态度', '[]', '', 'danger', 2, 'retired', NULL, 1, @01, 2, 2, NULL),
        (3, @06, NULL, '条款', '[]', '', 'ink', 1, 'merged_into', @04, 1, @01, 2, 2, NULL),
        (5, @07, @04, '包装', '[]', '', 'ok', 3, 'active', NULL, 1, @02, 1, 1, NULL);
    INSERT INTO "case" VALUES
        (1, @08, '退款来电', '售后', '热线', '1024', '王先生', '金牌', 5, '已解决', 'EXT-7', 'zh', 1, @01, 1, 1, NULL),
        (2, @09, '铰链', '', '', '', '', '', NULL, '', '', 'en', 2, @01, 2, 1, NULL),
        (3, @0a, '现场', '', '', '', '', '', 7, '', '', 'zh', 3, @02, 3, 2, NULL),
        (4, @0b, '扔掉的', '', '', '', '', '', 8, '', '', 'zh', 4, @02, 60, 2, 60);
    INSERT INTO recording VALUES
        (1, @0c, @08, '[{"sha256":"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc","name":"a.wav","bytes":44,"codec":"wav/pcm_s16le"}]', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
            'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 8000, 2, 80000,
            10000, '["agent","customer"]', 0, 1, @01, 1, 1, NULL, '[{"kind":"cut_off","missing_ms":7}]', 4),
        (2, @0d, @09, '[]', 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
            'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 16000, 1, 16000, 1000, '["unknown"]', 1, 2, @01, 2, 1, NULL, '[]', 0),
        (3, @0e, @0a, '[]', '', '', 48000, 1, 0, 4000, '["whisper"]', 0, 3, @02, 3, 1, NULL, '[]', 4);
    INSERT INTO recording_hash VALUES ('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', @0c),
        ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', @0c), ('eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', @0d);
    INSERT INTO segment VALUES
        (1, @10, @0c, 0, 900, 1, '我要退款', NULL, 0.5, 'zh', 'e', 1, @01, 1, 1, NULL),
        (2, @11, @0c, 900, 1500, 0, '七天', '七添', 0.9, 'zh', 'e', 1, @01, 5, 2, NULL),
        (3, @12, @0d, 0, 400, 0, 'gone', NULL, 0.25, 'en', 'e', 1, @01, 6, 2, 6);
    INSERT INTO session VALUES
        (1, @13, '七天专场', '退货', '七天从哪天算起？', '三楼', 9, @02, 1, @01, 12, 3, NULL),
        (2, @14, '没了', '', '', '', NULL, NULL, 2, @02, 70, 2, 70);
    INSERT INTO session_person VALUES (@13, 0, @02), (@13, 1, @01), (@13, 2, @03), (@14, 0, @01);
    INSERT INTO session_case VALUES
        (@13, 0, @0a), (@13, 1, @08), (@13, 2, @0b), (@13, 3, @09), (@14, 0, @09), (@14, 1, @08);
    INSERT INTO observation VALUES
        (1, @15, @08, @0c, 0, 900, 900, 0, 'problem', 'none', '很急', '我要退款', 2, 1, @01, 3, 3, NULL, @13),
        (2, @16, @0a, @0e, 10, 20, 30, 5, 'quote', 'feeling', '', '', 0, 2, @02, 2, 1, NULL, NULL),
        (4, @17, @08, @0c, 5, 6, 7, 8, 'highlight', 'reason', '撤了', '', 3, 2, @02, 50, 2, 50, NULL);
    INSERT INTO observation_tag VALUES
        (@15, 0, @07), (@15, 1, @04), (@15, 2, @05), (@17, 0, @06), (@17, 1, @04);
    INSERT INTO issue VALUES
        (1, @18, 7, '七天', '写明', '没写', '售后', @02, '快递', 4, 3, 'claimed', '有人认', 86400000, NULL, NULL,
            1, @01, 4, 4, NULL),
        (2, @19, 9, '签收', '', '', '', NULL, '', 0, 0, 'merged', '', NULL, @18, 'triage', 2, @02, 5, 2, NULL);
    INSERT INTO issue_link VALUES
        (1, @1a, @18, NULL, @15, 'evidence', 1, 1, @01, 1, 1, NULL),
        (2, @1b, @18, @19, @16, 'evidence', 3, 2, @02, 5, 2, NULL);
    INSERT INTO comment VALUES (1, @1c, @18, '看过了', 1, @01, 1, 1, NULL);
    INSERT INTO commitment VALUES
        (1, @1d, @18, NULL, '两周内改', @02, 172800000, 1, '改了', 1, @01, 3, 2, NULL),
        (2, @1e, NULL, @13, '再听一次', @01, NULL, NULL, '', 2, @02, 2, 1, NULL);
    INSERT INTO live_call VALUES
        (1, @1f, @0a, @0e, @13, 'record', 'recovered', 40, 44, 'both_agreed', 'voice', @01, '8812',
            '[{"source":"mic","name":"麦克风","side":"whole","role":"agent"}]',
            '{"recording_id":"#0c","case_id":"#08","offset_ms":-20,"method":"hand","confidence":100}',
            1, 3, @02, 44, 3, NULL);
    INSERT INTO seat_note VALUES (1, @20, @0a, @0e, 900, @01, 'later', '规则在哪', 3, @02, 3, 1, NULL);
    INSERT INTO settings VALUES (1, @01, '{"mark_lag_ms":1500}', 1, @01, 2, 2, NULL);
    INSERT INTO capture_part VALUES (@0e, 1, '1.wav', 48000, 1, 0, 192000);
    INSERT INTO capture_gap VALUES (@0e, 0, 'pause', NULL, 10, 20), (@0c, 1000000, 'unreadable', NULL, 5, 6);
    INSERT INTO change VALUES
        (3, 1, @01, 'session.add', @21, 'session', @13, 1, '{"cases":{"before":null,"after":["#0a","#08","#09"]}}',
            NULL, 'person', @2f),
        (4, 2, @01, 'session.edit', @22, 'session', @13, 0,
            '{"cases":{"before":["#0a","#08","#09"],"after":["#0a","#08","#0b","#09"]}}', NULL, 'person', @2f),
        (5, 3, @02, 'observation.quote', @23, 'observation', @15, 0, '{}', NULL, 'machine', @2e),
        (7, 4, @02, 'undo', @24, 'session', @13, 0, '{"place":{"before":"","after":"三楼"}}', @22, 'undo', NULL),
        (8, 5, @01, 'case.import', @25, 'case', @08, 1, '{}', NULL, 'import', @2e),
        (9, 6, @02, 'issue.edit', @26, 'issue', @18, 0, '{}', NULL, 'sync', @2e);
    INSERT INTO listen_state VALUES (@08, @01, 400, 1.5, 1), (@08, @02, 0, 1.0, 2);
    INSERT INTO seat VALUES (1, @02);
    INSERT INTO demo VALUES (1);
    INSERT INTO job VALUES
        (2, @27, 'transcribe', @0c, @08, '{"case_id":"#08","recording_id":"#0c","model":"tiny","language":"zh"}',
            5, 'failed', 400, 3, 'speech.worker_died', '{"reason":"signal 9"}', 12, 13, NULL),
        (4, @28, 'of_another_version', x'00000000000000000000000000000000', NULL, '{"n":1}', 1, 'queued', 0, 0,
            NULL, NULL, 14, 15, NULL);
    INSERT INTO bin VALUES (@0b, 60, 5);
    UPDATE seen SET total_ms = 900, last_at = 80, jump_ms = 3, jumped_at = 70, removed = 1;
    INSERT INTO transcript_run VALUES (@29, @0d);
    INSERT INTO segment_run VALUES (1, @29, @2a, 0, 400, 0, 'half', 0.5, 'en');
    INSERT INTO segment_text (rowid, body) VALUES (1, '我要 要退 退款');
    INSERT INTO commitment_text (rowid, body) VALUES (1, '两周 周内 内改');
    UPDATE index_state SET rules = 2, done = 1, upto = 3 WHERE name = 'segment_text';
"##;

fn ids(all: &[u128]) -> Vec<Uuid> {
    all.iter().copied().map(Uuid::from_u128).collect()
}

#[test]
fn what_the_version_before_kept_comes_along_value_by_value() {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 10);
    let file = dir.path().join(DATABASE);
    let conn = Connection::open(&file).unwrap();
    let tables = tables(&conn);
    let before = contents(&conn, &tables);
    let empty: Vec<_> = before.iter().filter(|(_, rows)| rows.is_empty()).collect();
    assert!(empty.is_empty(), "{empty:?} would come along as nothing");
    conn.close().unwrap();

    let workspace = open_here(dir.path()).unwrap();
    let report = workspace.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    assert_eq!(report.schema_version, newest());
    let after = Connection::open(&file).unwrap();
    assert_eq!(contents(&after, &tables), before);

    for kind in EntityKind::ALL {
        let sql = format!("SELECT id FROM \"{}\"", kind.as_str());
        let mut statement = after.prepare(&sql).unwrap();
        let all = statement.query_map([], |r| crate::field::uuid_at(r, 0));
        for id in all.unwrap().map(Result::unwrap) {
            let is_read = matches!(workspace.record(kind, id), Ok(Some(_)));
            assert!(is_read, "{kind:?}");
        }
    }
}

#[test]
fn on_a_medium_that_cannot_be_written_an_older_log_tells_its_history_too() {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 10);
    let device = crate::Device::passing();
    let workspace = crate::Workspace::open_on(dir.path(), &device, &Medium::ReadOnly).unwrap();
    let told = workspace.history(EntityKind::Session, Uuid::from_u128(0x13));
    let told: Vec<String> = told.unwrap().into_iter().map(|c| c.action).collect();
    assert_eq!(told, ["session.add", "session.edit", "undo"]);
    assert!(workspace.verify_log().unwrap().is_sound());
}

#[test]
fn what_a_record_lists_keeps_its_order_and_takes_more_at_any_place() {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 10);
    let workspace = open_here(dir.path()).unwrap();
    let listed = |kind, id, field: &str| {
        let record = workspace.record(kind, Uuid::from_u128(id)).unwrap();
        let ids = record.unwrap().to_fields()[field].clone();
        serde_json::from_value::<Vec<Uuid>>(ids).unwrap()
    };
    let (session, mark) = (EntityKind::Session, EntityKind::Observation);
    assert_eq!(listed(session, 0x13, "people"), ids(&[2, 1, 3]));
    assert_eq!(listed(session, 0x13, "cases"), ids(&[0xa, 8, 0xb, 9]));
    assert_eq!(listed(session, 0x14, "cases"), ids(&[9, 8]));
    assert_eq!(listed(mark, 0x15, "tags"), ids(&[7, 4, 5]));
    assert_eq!(listed(mark, 0x16, "tags"), ids(&[]));

    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    for table in EntityKind::ALL.into_iter().flat_map(table::lists_of) {
        let sql = format!("SELECT place FROM {table}");
        let mut statement = conn.prepare(&sql).unwrap();
        let places = statement.query_map([], |r| r.get::<_, String>(0)).unwrap();
        for place in places.map(Result::unwrap) {
            assert!(Place::read(&place).is_some(), "{table}: {place}");
        }
    }
}

#[test]
fn what_an_older_version_listed_twice_stands_where_it_stood_first() {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 10);
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    let sql = "UPDATE session_case SET case_id = (SELECT case_id FROM session_case s
        WHERE s.session_id = session_case.session_id AND position = 1) WHERE position = 3";
    assert_eq!(conn.execute(sql, []).unwrap(), 1);
    conn.close().unwrap();
    let workspace = open_here(dir.path()).unwrap();
    let session = workspace.record(EntityKind::Session, Uuid::from_u128(0x13));
    let session = ListeningSession::from_record(session.unwrap().unwrap()).unwrap();
    assert_eq!(
        session.cases,
        [0xa, 8, 0xb].map(|n| CaseId(Uuid::from_u128(n)))
    );
}

#[test]
fn sessions_codes_and_people_of_the_version_before_are_found_from_the_first_opening() {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 10);
    let workspace = open_here(dir.path()).unwrap();
    let found = |typed: &str, scope| {
        let query = SearchQuery {
            scopes: vec![scope],
            ..SearchQuery::of(typed)
        };
        let hits = workspace.search(&query).unwrap().hits;
        hits.into_iter().map(|h| h.title).collect::<Vec<_>>()
    };
    assert_eq!(found("三楼", SearchScope::Session), ["七天专场"]);
    assert_eq!(found("规定", SearchScope::Tag), ["规则"]);
    assert_eq!(found("态度", SearchScope::Tag), ["态度"]);
    assert_eq!(found("热线", SearchScope::Person), ["林夕"]);
    // Taken away, or merged into another one.
    assert!(found("没了", SearchScope::Session).is_empty());
    assert!(found("陆鸣", SearchScope::Person).is_empty());
    assert_eq!(found("条款", SearchScope::Tag), ["规则"]);
}

#[test]
fn cases_of_the_version_before_stand_in_the_library_with_what_their_contacts_tell() {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 10);
    let workspace = open_here(dir.path()).unwrap();
    let titles = |filters: Vec<CaseFilter>| {
        let query = CaseQuery {
            filters,
            ..CaseQuery::default()
        };
        let rows = workspace.cases(&query).unwrap().rows;
        rows.into_iter().map(|r| r.case.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(vec![]), ["现场", "铰链", "退款来电"]);
    let word = |fact, value: &str| CaseFilter::OneOf {
        fact,
        values: vec![value.into()],
    };
    assert_eq!(titles(vec![word(CaseFact::Queue, "热线")]), ["退款来电"]);
    let has_text = CaseFilter::Is {
        state: CaseState::HasText,
        yes: true,
    };
    assert_eq!(titles(vec![has_text]), ["退款来电"]);
}
