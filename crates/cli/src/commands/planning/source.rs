//! One table or side-car of a plan: by which profile it is read and why, and how that went.

use super::lists::{Clock, SHOWN, name_of};
use crate::{screen, words};
use qinting_desk::{FactTold, PlannedSource, ProfileBy, SourceTold, TableTold, WhyColumn};
use qinting_domain::{FactFaultCode, JoinedBy};

pub(super) fn text(source: &PlannedSource, clock: &Clock) -> String {
    let name = name_of(&source.path);
    let Some(told) = &source.told else {
        let error = source.error.as_ref();
        let error = error.map_or_else(String::new, |e| words::Worded::new(e).text());
        return format!("\n{name}\n{error}\n");
    };
    let joined: usize = source.joined.values().sum();
    let mut out = format!("\n{name}\n{}", by(told));
    let records = told.records;
    out.push_str(&format!(
        "  {records} 条，对上 {joined} 条{} · {records} records, {joined} joined\n",
        ways_of(source)
    ));
    if let Some(table) = &told.table {
        of_table(table, &mut out);
    }
    if source.is_of_another_time
        && let Some((from, to)) = told.began
    {
        let (from, to) = (clock.at(from), clock.at(to));
        out.push_str(&format!(
            "  表里的通话在 {from} 到 {to}，和这些录音不是同一段时间 · its calls are of another time than these recordings\n"
        ));
    } else if !told.leads_to_calls {
        out.push_str(
            "  没有一列说得出是哪一通（文件名、通话号，或号码加时间）· nothing in it says of which call it is: a file name, an id, or a number and a time\n",
        );
    }
    out.push_str(&facts(told));
    guesses(told, &mut out);
    notes(told, &mut out);
    out
}

/// By which profile, and how it came to it.
fn by(told: &SourceTold) -> String {
    let profile = &told.profile;
    let name = screen::line(&profile.name);
    let mut out = match profile.by {
        ProfileBy::Person => format!("  按你的方案 by your profile: {name}\n"),
        ProfileBy::Remembered => format!("  按存下的方案 by a remembered profile: {name}\n"),
        ProfileBy::BuiltIn => format!("  认出是 recognised as: {name}\n"),
        ProfileBy::Suggested => {
            "  没有认得的方案，按列名和内容猜的，请过目 · no profile fits; guessed from names and values, please look\n".to_owned()
        }
    };
    if profile.by == ProfileBy::BuiltIn && !profile.tried {
        out.push_str(
            "  这个方案照文档写的，没有在真文件上试过 · written from documentation, not tried\n",
        );
    }
    if !profile.others.is_empty() {
        let others: Vec<String> = profile.others.iter().map(|one| screen::line(one)).collect();
        let others = others.join("，");
        out.push_str(&format!("  也合 also fits: {others}\n"));
    }
    out
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
    let ways: Vec<String> = ways.collect();
    if ways.is_empty() {
        return String::new();
    }
    format!("（{}）", ways.join("，"))
}

fn of_table(table: &TableTold, out: &mut String) {
    let mut read = Vec::new();
    if let Some(encoding) = &table.encoding {
        read.push(format!("编码 encoding {encoding}"));
    }
    if let Some(sheet) = &table.sheet {
        read.push(format!("工作表 sheet {}", screen::line(sheet)));
    }
    read.push(match table.header {
        Some(line) => format!("表头在第 {line} 行 header on line {line}"),
        None => "没有表头 no header".to_owned(),
    });
    out.push_str(&format!("  {}\n", read.join("，")));
    let counts = [
        (
            table.passed_over,
            "行是合计、说明或重复的表头，略过",
            "totals, remarks and repeated headers passed over",
        ),
        (
            table.formulas,
            "格是公式，读的是上次算出的结果",
            "cells are formulas; their last results were read",
        ),
        (
            table.lost_digits,
            "行有丢了位数的长数字，那几格没有用",
            "rows with a number that lost its digits, which was not used",
        ),
        (
            table.damaged,
            "行有坏了的格：引号没收尾、乱码、##### 或没算过的公式",
            "rows with a damaged cell: an open quote, broken signs, ##### or a formula nobody calculated",
        ),
        (table.unreadable, "行读不了", "rows cannot be read"),
    ];
    for (count, zh, en) in counts {
        if count > 0 {
            out.push_str(&format!("  {count} {zh} · {en}\n"));
        }
    }
    for (line, code) in table.faults.iter().take(SHOWN) {
        let (zh, en) = words::facts::row(code);
        out.push_str(&format!("    第 {line} 行 line {line}：{zh} · {en}\n"));
    }
}

/// A line for each fact that is read, and one for those of which nothing stands there.
fn facts(told: &SourceTold) -> String {
    let is_there = |fact: &&FactTold| fact.read + fact.unreadable > 0;
    let rows = told.facts.iter().filter(is_there).map(|fact| {
        let from: Vec<String> = fact.from.iter().map(|one| screen::short(one, 32)).collect();
        [
            format!("  {}", fact_name(&fact.fact)),
            screen::short(&from.join(", "), 48),
            fact.read.to_string(),
            fact.unreadable.to_string(),
            fact.first_unreadable
                .as_deref()
                .map(screen::line)
                .unwrap_or_default(),
        ]
    });
    let rows: Vec<[String; 5]> = rows.collect();
    let mut out = String::new();
    if !rows.is_empty() {
        let header = [
            "  事实 fact",
            "来自 from",
            "读出 read",
            "读不懂 not",
            "例如 such as",
        ];
        out.push_str(&screen::table(header, &rows));
    }
    let empty = told.facts.iter().filter(|fact| !is_there(fact));
    let empty: Vec<String> = empty.map(|fact| fact_name(&fact.fact)).collect();
    if !empty.is_empty() {
        out.push_str(&format!("  没有内容 nothing there：{}\n", empty.join("，")));
    }
    out
}

/// What a guess rests on, where it is not the name alone.
fn guesses(told: &SourceTold, out: &mut String) {
    for why in &told.profile.why {
        let (column, fact) = (screen::short(&why.column, 32), fact_name(&why.fact));
        let line = match why.because {
            WhyColumn::Name | WhyColumn::Next => continue,
            WhyColumn::Values => format!(
                "{column}：看内容像 {fact} · taken as {} by what stands in it",
                why.fact
            ),
            WhyColumn::Doubled => {
                format!("{column}：同名的前一列已经用了 · an earlier column of the name is taken")
            }
            WhyColumn::ValuesOtherwise => format!(
                "{column}：名字像 {fact}，内容不像，没有用 · called like {}, but what stands in it is not; left alone",
                why.fact
            ),
        };
        out.push_str(&format!("  {line}\n"));
    }
}

fn notes(told: &SourceTold, out: &mut String) {
    for missing in &told.missing {
        let name = screen::line(missing);
        out.push_str(&format!("  方案要的这一列没有 · not there: {name}\n"));
    }
    for fact in &told.mixed_dates {
        out.push_str(&format!(
            "  {}：有的先写日，有的先写月，没法都读对 · days first and months first in one column\n",
            fact_name(fact)
        ));
    }
    let counts = [
        (
            told.again,
            "条来了不止一次，只算一次",
            "came more than once and count once",
        ),
        (
            told.contradicting,
            "条和前面的同一通说法不一",
            "say otherwise than an earlier one of the same call",
        ),
        (
            told.over_midnight,
            "条过了零点才结束",
            "end on the next day",
        ),
    ];
    for (count, zh, en) in counts {
        if count > 0 {
            out.push_str(&format!("  {count} {zh} · {en}\n"));
        }
    }
    for (code, count) in &told.faults {
        let (zh, en) = fault(*code);
        out.push_str(&format!("  {count} 处：{zh} · {en}\n"));
    }
}

/// What a fact is called, beside its key in profiles.
pub(crate) fn fact_name(key: &str) -> String {
    let zh = match key {
        "file_name" => "录音文件",
        "call_id" => "通话号",
        "began_at" => "开始",
        "answered_at" => "接起",
        "ended_at" => "结束",
        "duration_ms" => "总时长",
        "talk_ms" => "通话时长",
        "hold_ms" => "保持",
        "wait_ms" => "等待",
        "transfers" => "转接",
        "direction" => "方向",
        "line" => "中继",
        "agent" => "坐席",
        "customer" => "客户",
        "number" => "号码",
        "queue" => "技能组",
        "disposition" => "小结",
        "csat" => "满意度",
        "handled_by" => "谁处理",
        "previous_call_id" => "前一通",
        "case_number" => "工单号",
        "order_number" => "订单号",
        "business_line" => "业务线",
        "customer_tier" => "客户层级",
        "title" => "事由",
        "caller" => "主叫",
        "callee" => "被叫",
        "as_of" => "更新于",
        _ => return key.to_owned(),
    };
    format!("{zh} {key}")
}

fn fault(code: FactFaultCode) -> (&'static str, &'static str) {
    match code {
        FactFaultCode::TimeUnreadable => ("读不出时间", "no time is read out of it"),
        FactFaultCode::DateMissing => ("只有时刻，没有日期", "a time of day without its day"),
        FactFaultCode::DurationUnreadable => ("读不出时长", "no length is read out of it"),
        FactFaultCode::NumberUnreadable => ("读不出数", "no number is read out of it"),
        FactFaultCode::WordUnknown => (
            "方案里没有这个词的意思",
            "a word the profile has no meaning for",
        ),
        FactFaultCode::TooLong => ("太长，没有取", "too long to be taken"),
        FactFaultCode::SidesUnknown => (
            "不知道方向，分不出哪个是客户的号码",
            "the direction is not known, nor whose number is the customer's",
        ),
        FactFaultCode::EndsBeforeBegin => ("结束早于开始", "it ends before it begins"),
        FactFaultCode::Contradicted => (
            "同一通的另一条说法不一",
            "another record of the call says otherwise",
        ),
        FactFaultCode::TimeTwice => (
            "夏令时拨回，这个时刻有两次，取了早的",
            "the clocks went back; of two moments the earlier was taken",
        ),
        FactFaultCode::TimeSkipped => (
            "夏令时拨快，没有这个时刻，顺延了",
            "the clocks went forward over it; it was moved",
        ),
        FactFaultCode::MinutesAssumed => (
            "10:15 当成了分和秒",
            "10:15 was read as minutes and seconds",
        ),
        FactFaultCode::DayOrMonth => (
            "日和月可能反了",
            "day and month could be the other way round",
        ),
        FactFaultCode::NextDay => (
            "只写了时刻，结束算在第二天",
            "the end was taken to be on the next day",
        ),
        FactFaultCode::DoubledOtherwise => (
            "同名的另一列说法不一，取了前一列",
            "another column of the name says otherwise; the first was taken",
        ),
    }
}
