//! A table of 100,000 calls beside a thousand recordings is planned: which row tells of which recording.

use crate::process::{Peak, resident_tree};
use crate::report::{Row, say};
use crate::{generate, host};
use anyhow::ensure;
use qinting_desk::{BesideWays, FactsPlan};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

const ROWS: u32 = 100_000;
const RECORDINGS: u32 = 1_000;
const MOST_SECONDS: f64 = 5.0;
const MOST_MB: f64 = 300.0;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let calls = dir.path().join("calls");
    std::fs::create_dir(&calls)?;
    say("writing a table of 100,000 calls and a thousand recordings");
    write(&calls)?;
    let host = host(dir.path())?;
    let ways = BesideWays::usual(Vec::new());
    let idle = resident_tree();
    let peak = Peak::watch();
    let start = Instant::now();
    let (plan, _) = host.at_desk().calls_with_facts(&[calls], &ways)?;
    let taken = start.elapsed().as_secs_f64();
    let above = peak.end().saturating_sub(idle) as f64 / 1e6;
    look(&plan)?;
    Ok(vec![
        Row::new(
            "plan a table of 100,000 rows beside 1,000 recordings",
            format!("{taken:.1} s"),
            "<= 5 s",
            taken <= MOST_SECONDS,
        ),
        Row::new(
            "  memory above idle, all processes",
            format!("{above:.0} MB"),
            "<= 300 MB",
            above <= MOST_MB,
        ),
    ])
}

fn name(row: u32) -> String {
    format!(
        "20261117_{:02}{:02}_{row:06}.wav",
        8 + row / 60 % 12,
        row % 60
    )
}

/// As an exchange writes it down: every hundredth row has its recording here.
fn write(folder: &Path) -> anyhow::Result<()> {
    let mut table = "录音文件名,通话号,开始时间,结束时间,通话时长,主叫号码,被叫号码,呼叫方向,坐席姓名,坐席工号,技能组,满意度,随路数据\n".to_owned();
    for row in 0..ROWS {
        let (hour, minute) = (8 + row / 60 % 12, row % 60);
        writeln!(
            table,
            "{},{},2026/11/17 {hour}:{minute:02}:05,2026/11/17 {hour}:{minute:02}:06,00:00:01,139{row:08},057188880000,呼入,坐席{},{},退货,{},\"{{\"\"vip\"\":\"\"1\"\",\"\"备注\"\":\"\"要求回电,勿催\"\"}}\"",
            name(row),
            1_700_000_000_000_000_000_u64 + u64::from(row),
            row % 300,
            8000 + row % 300,
            1 + row % 5,
        )?;
    }
    std::fs::write(folder.join("calls.csv"), table)?;
    let first = folder.join(name(0));
    generate::call(&first, 1)?;
    let sound = std::fs::read(&first)?;
    for recording in 1..RECORDINGS {
        // No two calls are as long.
        let mut bytes = sound.clone();
        bytes.resize(sound.len() + 4 * recording as usize, 0);
        std::fs::write(folder.join(name(recording * (ROWS / RECORDINGS))), bytes)?;
    }
    Ok(())
}

/// A plan that is quick and wrong is none.
fn look(plan: &FactsPlan) -> anyhow::Result<()> {
    let told = plan.calls.iter().filter(|call| !call.from.is_empty());
    ensure!(
        told.count() == RECORDINGS as usize,
        "calls without their row"
    );
    let loose = (ROWS - RECORDINGS) as usize;
    ensure!(plan.without_call_count == loose, "rows that are nowhere");
    Ok(())
}
