//! `qinting import --plan`

use crate::answer::Answer;
use crate::args::Import;
use crate::{screen, words};
use qinting_desk::{
    AppError, AppResult, AtDesk, BesideWays, FactsPlan, PlannedFacts, PlannedSource, codes,
};
use qinting_domain::{FactPlace, JoinedBy, WhichCounts, path_text};
use qinting_facts::{ChosenBy, Profile, SourceTold, TableWays, built_in, zone_named};
use std::path::Path;

/// Rows of each list that a terminal shows.
const SHOWN: usize = 12;
/// Longest profile that is read; bytes.
const MOST_PROFILE: u64 = 1 << 20;

pub(crate) fn run(at_desk: &AtDesk, args: &Import) -> AppResult<Answer> {
    let invalid = |field: &str| AppError::new(codes::INVALID).with("field", field);
    let ways = BesideWays {
        profile: args.profile.as_deref().map(profile).transpose()?,
        table: TableWays {
            encoding: args.encoding.clone(),
            delimiter: None,
            header: args.header,
            sheet: args.sheet.clone(),
        },
        zone: zone_named(&args.zone).ok_or_else(|| invalid("zone"))?,
        zone_name: args.zone.clone(),
        counts: if args.first_counts {
            WhichCounts::First
        } else {
            WhichCounts::Last
        },
        suffix_rules: if args.separate {
            Vec::new()
        } else {
            at_desk.get_settings(())?.workspace.suffix_rules
        },
    };
    let paths = args.paths.iter();
    let paths = paths.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()));
    let plan = at_desk.calls_with_facts(&paths.collect::<Vec<_>>(), &ways)?;
    Answer::new(&plan, text(&plan))
}

/// A profile that comes with the program, by its name, or one out of a file.
fn profile(named: &Path) -> AppResult<Profile> {
    let name = named.to_str();
    if let Some(known) = built_in()
        .iter()
        .find(|known| Some(known.name.as_str()) == name)
    {
        return Ok(known.clone());
    }
    let of_disk = |e: std::io::Error| AppError::of_disk(&e, named);
    let bytes = std::fs::metadata(named).map_err(of_disk)?.len();
    if bytes > MOST_PROFILE {
        return Err(AppError::new("profile.shape"));
    }
    let bytes = std::fs::read(named).map_err(of_disk)?;
    Profile::parse(&bytes).map_err(|e| AppError::new(e.code()).with("said", e))
}

fn text(plan: &FactsPlan) -> String {
    let told = plan
        .calls
        .iter()
        .filter(|call| !call.from.is_empty())
        .count();
    let mut out = format!(
        "{} 通可导入，{told} 通有事实 · {} calls, {told} with facts\n",
        plan.calls.len(),
        plan.calls.len(),
    );
    for source in &plan.sources {
        out.push_str(&source_text(source));
    }
    let contradicting = plan
        .calls
        .iter()
        .filter(|call| !call.contradictions.is_empty());
    let contradicting: Vec<&PlannedFacts> = contradicting.collect();
    if !contradicting.is_empty() {
        let count = contradicting.len();
        out.push_str(&format!("\n{count} 通几处说法不一 · told in two ways\n"));
        for call in contradicting.iter().take(SHOWN) {
            let keys = call.contradictions.iter().map(|one| one.key.as_str());
            let keys = keys.collect::<Vec<_>>().join(", ");
            out.push_str(&format!("  {}  {keys}\n", screen::line(&call.title)));
        }
    }
    if plan.undecided_count > 0 {
        let count = plan.undecided_count;
        out.push_str(&format!(
            "\n{count} 行对得上好几通，都没给 · fit several calls, given to none\n"
        ));
    }
    if plan.without_call_count > 0 {
        let count = plan.without_call_count;
        out.push_str(&format!(
            "\n{count} 行在这些录音里没有找到声音 · rows without a call among these recordings\n"
        ));
        for loose in plan.without_call.iter().take(SHOWN) {
            let source = plan.sources.get(loose.origin.source as usize);
            let name = source
                .map(|source| name_of(&source.path))
                .unwrap_or_default();
            out.push_str(&format!("  {name}  {}\n", place(&loose.origin.place)));
        }
    }
    if plan.ignored_count > 0 {
        out.push_str(&format!(
            "\n{} 个文件不相干，略过 · passed over\n",
            plan.ignored_count
        ));
    }
    out.push_str("\n什么都还没写进去 · Nothing was brought in.\n");
    out
}

fn source_text(source: &PlannedSource) -> String {
    let name = name_of(&source.path);
    let Some(told) = &source.told else {
        let error = source.error.as_ref().map(|e| words::Worded::new(e).text());
        return format!("\n{name}\n{}\n", error.unwrap_or_default());
    };
    let joined: usize = source.joined.values().sum();
    let mut out = format!(
        "\n{name}  {}\n  {} 条，对上 {joined} 条{} · {} records, {joined} joined\n",
        by(told),
        told.records,
        ways_of(source),
        told.records,
    );
    if let Some(table) = &told.table {
        let encoding = table.encoding.as_deref().unwrap_or("—");
        let header = table.header.map_or("—".to_owned(), |line| line.to_string());
        out.push_str(&format!(
            "  编码 encoding {encoding}，表头 header {header}\n"
        ));
        for (line, code) in table.faults.iter().take(SHOWN) {
            out.push_str(&format!(
                "  第 {line} 行读不了 · line {line} cannot be read [{code}]\n"
            ));
        }
    }
    let rows: Vec<[String; 4]> = (told.facts.iter())
        .map(|(target, fact)| {
            let columns = told.columns.iter().filter(|c| c.taken_as.contains(target));
            let columns = columns.map(|column| screen::line(&column.name));
            [
                format!("  {}", target.as_str()),
                columns.collect::<Vec<_>>().join(", "),
                fact.read.to_string(),
                fact.unreadable.to_string(),
            ]
        })
        .collect();
    out.push_str(&screen::table(
        ["  事实 fact", "列 column", "读出 read", "读不懂 not"],
        &rows,
    ));
    for missing in &told.missing {
        out.push_str(&format!(
            "  没有这一列 · not there: {}\n",
            screen::line(missing)
        ));
    }
    out
}

/// By which profile, and how it came to it.
fn by(told: &SourceTold) -> String {
    let name = screen::line(&told.profile.name);
    match told.by {
        ChosenBy::Person => name,
        ChosenBy::BuiltIn if told.profile.tried => name,
        ChosenBy::BuiltIn => {
            format!("{name}（照文档写的，没有试过 · from documentation, not tried）")
        }
        ChosenBy::Suggested => "按表头猜的，请过目 · guessed from its names, please look".into(),
    }
}

fn ways_of(source: &PlannedSource) -> String {
    let ways = source.joined.iter().map(|(by, count)| {
        let by = match by {
            JoinedBy::Name => "文件名 name",
            JoinedBy::CallId => "通话号 id",
            JoinedBy::NumberAndTime => "号码加时间 number and time",
        };
        format!("{by} {count}")
    });
    let ways = ways.collect::<Vec<_>>().join("，");
    if ways.is_empty() {
        ways
    } else {
        format!("（{ways}）")
    }
}

fn place(place: &FactPlace) -> String {
    match place {
        FactPlace::Line { line } => format!("第 {line} 行 line {line}"),
        FactPlace::Path { path } => screen::line(path),
        FactPlace::Name => String::new(),
    }
}

fn name_of(path: &Path) -> String {
    screen::line(&path.file_name().map(path_text::shown).unwrap_or_default())
}
