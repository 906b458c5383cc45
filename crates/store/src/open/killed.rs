//! Killed at any point while it comes along, a workspace of an older version opens with all that is in it.

use super::older::{jobs_of_the_first, workspace_of};
use super::tests::{newest, open_here};
use super::*;
use crate::log;
use qinting_app::{FindingReads, JobReads};
use rstest::rstest;
use rusqlite::functions::{Context, FunctionFlags};
use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where the process that is killed finds the workspace.
const FOLDER: &str = "QINTING_STORE_TEST_OLD";
/// How often it is killed, of each version it comes from.
const TIMES: u32 = 50;

#[test]
#[ignore = "started by the test below, to be killed"]
fn the_migrating_process() {
    if let Ok(folder) = std::env::var(FOLDER) {
        open_here(Path::new(&folder)).map(drop).unwrap();
    }
}

fn start(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "open::killed::the_migrating_process",
            "--exact",
            "--ignored",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[rstest]
#[case::the_second(2)]
#[case::the_tenth(10)]
fn killed_at_any_point_of_a_migration_a_workspace_opens_with_all_that_is_in_it(
    #[case] version: usize,
) {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), version);
    let old = fs::read(dir.path().join(DATABASE)).unwrap();
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    let tables = tables(&conn);
    let before = contents(&conn, &tables);
    conn.close().unwrap();
    let begun = Instant::now();
    assert!(start(dir.path()).wait().unwrap().success());
    let whole = begun.elapsed();

    let mut left_old = 0;
    for n in 0..TIMES {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join(DATABASE);
        fs::write(&file, &old).unwrap();
        let mut process = start(place.path());
        std::thread::sleep(Duration::from_secs_f64(
            whole.as_secs_f64() * f64::from(n) / f64::from(TIMES),
        ));
        process.kill().unwrap();
        process.wait().unwrap();
        let found = Connection::open(&file).unwrap();
        left_old += u32::from(stored_version(&found).unwrap() < newest());
        found.close().unwrap();

        let workspace = open_here(place.path()).unwrap();
        let report = workspace.check_database(true).unwrap();
        assert!(report.sound, "killed in part {n}: {:?}", report.problems);
        assert_eq!(report.schema_version, newest());
        let after = Connection::open(&file).unwrap();
        assert_eq!(contents(&after, &tables), before, "killed in part {n}");
        if version == 2 {
            let jobs = workspace.jobs(99).unwrap();
            assert_eq!(jobs, jobs_of_the_first(), "killed in part {n}");
        }
    }
    assert!(left_old > 0, "it was killed before the end, too");
}

type Tables = BTreeMap<String, String>;

/// Tables of people's data with their columns. Of what is listed the order is compared, and not how it is
/// kept. The jobs of the first versions have other columns since, see [`jobs_of_the_first`]; the one role of
/// a person became a set, the one record of settings several: see [`rest`]. A run that was half done is kept
/// by nobody.
pub(super) fn tables(conn: &Connection) -> Tables {
    let sql = "SELECT t.name, group_concat('quote(\"' || c.name || '\")', ' || char(10) || ')
        FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE '%\\_text%' ESCAPE '\\'
            AND t.name NOT LIKE 'refinery%' AND t.name NOT LIKE 'sqlite%'
            AND NOT (t.name = 'job' AND t.sql LIKE '%recording_id%')
            AND t.name NOT IN ('settings', 'transcript_run', 'segment_run')
            AND (t.name, c.name) != ('person', 'role')
            AND NOT (c.name = 'position' AND c.pk > 0)
        GROUP BY 1";
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

pub(super) fn contents(conn: &Connection, tables: &Tables) -> BTreeMap<String, Vec<String>> {
    tell_log_as_before(conn);
    tell_cases_as_before(conn);
    let lists: Vec<String> = EntityKind::ALL
        .into_iter()
        .flat_map(table::lists_of)
        .collect();
    let rows = |(table, columns): (&String, &String)| {
        let order = match lists.contains(table) {
            true => order_of(conn, table),
            false => "1".to_owned(),
        };
        // What is found since has its line there since.
        let kept = match table.as_str() {
            "index_state" => "WHERE name NOT IN ('session_text', 'tag_text', 'person_text')",
            _ => "",
        };
        let sql = format!("SELECT {columns} FROM \"{table}\" {kept} ORDER BY {order}");
        let mut statement = conn.prepare(&sql).unwrap();
        let rows = statement.query_map([], |r| r.get(0)).unwrap();
        (table.clone(), rows.map(Result::unwrap).collect())
    };
    tables.iter().map(rows).collect()
}

/// The log as versions before chains kept it: one table, values and all; without what the migration wrote.
fn tell_log_as_before(conn: &Connection) {
    let is_chained = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'op')";
    if !conn
        .query_row(is_chained, [], |r| r.get::<_, bool>(0))
        .unwrap()
    {
        return;
    }
    let told = |context: &Context<'_>| {
        let proof = context.get_raw(0).as_blob().unwrap();
        let said = context.get_raw(1).as_blob_or_null().unwrap();
        let fields = log::told(proof, said).unwrap();
        let told = fields.iter().map(|(name, field)| {
            let (before, after) = field.told().unwrap();
            format!("\"{name}\":{{\"before\":{before},\"after\":{after}}}")
        });
        Ok(format!("{{{}}}", told.collect::<Vec<_>>().join(",")))
    };
    conn.create_scalar_function("told", 2, FunctionFlags::default(), told)
        .unwrap();
    conn.execute_batch(
        "DROP VIEW IF EXISTS temp.change;
        CREATE TEMP VIEW change AS
        SELECT c.seq, o.at, o.actor, o.action, o.op_id, c.entity, c.entity_id, c.created,
            told(c.proof, s.fields) AS fields, o.undoes, o.origin, o.device
        FROM main.change c JOIN op o ON o.seq = c.op LEFT JOIN said s ON s.change = c.seq
        WHERE o.action != 'workspace.renew' ORDER BY c.seq",
    )
    .unwrap();
}

/// The cases of versions before contacts, which told what the one contact of each tells now.
fn tell_cases_as_before(conn: &Connection) {
    let has_contacts = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'contact')";
    if !conn
        .query_row(has_contacts, [], |r| r.get::<_, bool>(0))
        .unwrap()
    {
        return;
    }
    conn.execute_batch(
        "DROP VIEW IF EXISTS temp.\"case\";
        CREATE TEMP VIEW \"case\" AS
        SELECT c.*, k.agent, k.customer, k.began_at AS started_at, k.queue, k.disposition
        FROM main.\"case\" c LEFT JOIN contact k ON k.case_id = c.id ORDER BY c.row",
    )
    .unwrap();
}

/// By what a table of lists is in order: whose they are, and the column that says at which place.
fn order_of(conn: &Connection, table: &str) -> String {
    let sql =
        "SELECT o.name || ', ' || p.name FROM pragma_table_info(?1) o, pragma_table_info(?1) p
        WHERE o.cid = 0 AND p.name IN ('position', 'place')";
    conn.query_row(sql, [table], |r| r.get(0)).unwrap()
}
