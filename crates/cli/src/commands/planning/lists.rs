//! A plan for a person: what fits, what does not, and what to do about it.

use super::source;
use crate::screen;
use jiff::tz::TimeZone;
use qinting_desk::{FactsPlan, LooseFacts, PlannedFacts};
use qinting_domain::{Direction, FactOrigin, FactPlace, FactValue, HandledBy, path_text};
use qinting_export::moment;
use std::path::Path;

/// Rows of each list that a terminal shows.
pub(super) const SHOWN: usize = 12;

/// The clock times are shown by.
pub(super) struct Clock(TimeZone);

impl Clock {
    /// That of a zone; a bare offset has no name, and this machine's is taken.
    pub(super) fn of(zone: &str) -> Self {
        Self(TimeZone::get(zone).unwrap_or_else(|_| TimeZone::system()))
    }

    pub(super) fn at(&self, at: i64) -> String {
        moment::date_time(at, &self.0)
    }
}

pub(super) fn text(plan: &FactsPlan, clock: &Clock) -> String {
    let calls = plan.calls.len();
    let told = plan.calls.iter().filter(|call| !call.from.is_empty());
    let told = told.count();
    let loose = plan.without_call_count;
    let mut out = format!(
        "{calls} 通，{told} 通有事实；{loose} 条事实没有对上录音\n\
         {calls} calls, {told} with facts; facts without a call: {loose}\n"
    );
    for source in &plan.sources {
        out.push_str(&source::text(source, clock));
    }
    contradictions(plan, clock, &mut out);
    lengths(plan, &mut out);
    already(plan, &mut out);
    here(plan, &mut out);
    undecided(plan, &mut out);
    without_call(plan, &mut out);
    passed_over(plan, &mut out);
    out.push_str("\n只是看看，什么都没有写进去 · Only looked; nothing was brought in.\n");
    out
}

fn head(count: usize, zh: &str, en: &str, out: &mut String) {
    out.push_str(&format!("\n{count} {zh} · {count} {en}\n"));
}

fn more(count: usize, out: &mut String) {
    if count > SHOWN {
        let left = count - SHOWN;
        out.push_str(&format!("  ……还有 {left} · {left} more\n"));
    }
}

fn contradictions(plan: &FactsPlan, clock: &Clock, out: &mut String) {
    let of_call = |call: &&PlannedFacts| !call.contradictions.is_empty();
    let all: Vec<&PlannedFacts> = plan.calls.iter().filter(of_call).collect();
    if all.is_empty() {
        return;
    }
    head(all.len(), "通几处说法不一", "told in two ways", out);
    for call in all.iter().take(SHOWN) {
        for one in &call.contradictions {
            let said = one
                .said
                .iter()
                .map(|(said, origin)| format!("{}（{}）", value(said, clock), place(plan, origin)));
            let said: Vec<String> = said.collect();
            out.push_str(&format!(
                "  {}  {}：{}\n",
                screen::line(&call.title),
                source::fact_name(one.key.as_str()),
                said.join(" / ")
            ));
        }
    }
    more(all.len(), out);
}

fn lengths(plan: &FactsPlan, out: &mut String) {
    let apart = plan
        .calls
        .iter()
        .filter_map(|call| Some((call, call.lengths_apart?)));
    let all: Vec<_> = apart.collect();
    if all.is_empty() {
        return;
    }
    let en = "told of another length than the sound has";
    head(all.len(), "通说的时长和录音对不上", en, out);
    for (call, apart) in all.iter().take(SHOWN) {
        let (sound, told) = (moment::clock(apart.sound_ms), moment::clock(apart.told_ms));
        out.push_str(&format!(
            "  {}  录音 sound {sound}，说是 told {told}\n",
            screen::line(&call.title)
        ));
    }
    more(all.len(), out);
}

fn already(plan: &FactsPlan, out: &mut String) {
    let is_here = |call: &&PlannedFacts| call.already.is_some() || call.same_as.is_some();
    let all: Vec<&PlannedFacts> = plan.calls.iter().filter(is_here).collect();
    if all.is_empty() {
        return;
    }
    head(all.len(), "通已经有了，不会再收", "here already", out);
    for call in all.iter().take(SHOWN) {
        let of = match (call.already, call.same_as) {
            (Some(there), _) if there.in_bin => format!("在回收站 in the bin {}", there.case_id),
            (Some(there), _) => there.case_id.to_string(),
            (None, Some(first)) => plan.calls.get(first).map_or_else(String::new, |first| {
                format!("和这一通一样 the same as {}", screen::line(&first.title))
            }),
            (None, None) => String::new(),
        };
        out.push_str(&format!("  {}  {of}\n", screen::line(&call.title)));
    }
    more(all.len(), out);
}

fn here(plan: &FactsPlan, out: &mut String) {
    if plan.here_count == 0 {
        return;
    }
    let en = "of the library, of which facts are told";
    head(plan.here_count, "通已在库里，有事实可补", en, out);
    for call in plan.here.iter().take(SHOWN) {
        let title = screen::line(&call.title);
        out.push_str(&format!("  {title}  {}\n", call.case_id));
    }
    more(plan.here_count, out);
}

fn undecided(plan: &FactsPlan, out: &mut String) {
    if plan.undecided_count == 0 {
        return;
    }
    let en = "fit several calls alike, and were given to none";
    head(
        plan.undecided_count,
        "条对得上好几通，没有给任何一通",
        en,
        out,
    );
    for loose in plan.undecided.iter().take(SHOWN) {
        let titles = loose.fits.iter().filter_map(|call| plan.calls.get(*call));
        let titles: Vec<String> = titles.map(|call| screen::line(&call.title)).collect();
        let titles = titles.join(" / ");
        out.push_str(&format!("  {}  {titles}\n", place(plan, &loose.origin)));
    }
    more(plan.undecided_count, out);
}

fn without_call(plan: &FactsPlan, out: &mut String) {
    if plan.without_call_count == 0 {
        return;
    }
    let en = "facts have no recording among these";
    head(plan.without_call_count, "条事实在这里没有录音", en, out);
    let told = |loose: &LooseFacts| place(plan, &loose.origin);
    for loose in plan.without_call.iter().take(SHOWN) {
        out.push_str(&format!("  {}\n", told(loose)));
    }
    more(plan.without_call_count, out);
}

fn passed_over(plan: &FactsPlan, out: &mut String) {
    for name in &plan.profiles_unused {
        out.push_str(&format!(
            "\n方案“{0}”没有用上：没有一个文件有它要的列 · The profile {0} fits none of these files\n",
            screen::line(name)
        ));
    }
    for name in &plan.profiles_unreadable {
        out.push_str(&format!(
            "\n记住的方案“{0}”这一版读不懂，没有用 · The remembered profile {0} cannot be followed by this version\n",
            screen::line(name)
        ));
    }
    if plan.ignored_count > 0 {
        let count = plan.ignored_count;
        out.push_str(&format!("\n{count} 个文件不相干，略过 · passed over\n"));
    }
    for folder in &plan.unopened {
        out.push_str(&format!(
            "\n没有打开这个文件夹（没有权限、太深，或是链接）· not looked into\n{}\n",
            screen::line(&path_text::shown(folder))
        ));
    }
}

/// Where something stands: the file, and the place in it.
fn place(plan: &FactsPlan, origin: &FactOrigin) -> String {
    let source = plan.sources.get(origin.source as usize);
    let name = source.map(|source| name_of(&source.path));
    let name = name.unwrap_or_default();
    match &origin.place {
        FactPlace::Line { line } => format!("{name} 第 {line} 行 line {line}"),
        FactPlace::Path { path } if path.is_empty() => name,
        FactPlace::Path { path } => format!("{name} {}", screen::line(path)),
        FactPlace::Name => name,
    }
}

fn value(value: &FactValue, clock: &Clock) -> String {
    match value {
        FactValue::At(at) => clock.at(*at),
        FactValue::Ms(ms) => moment::clock(*ms),
        FactValue::Count(count) => count.to_string(),
        FactValue::Direction(Direction::Inbound) => "呼入 inbound".into(),
        FactValue::Direction(Direction::Outbound) => "呼出 outbound".into(),
        FactValue::Direction(Direction::Internal) => "内部 internal".into(),
        FactValue::HandledBy(HandledBy::Bot) => "机器人 bot".into(),
        FactValue::HandledBy(HandledBy::Human) => "人工 human".into(),
        FactValue::HandledBy(HandledBy::HandedOver) => "转人工 handed over".into(),
        FactValue::Text(text) => screen::line(text),
    }
}

pub(super) fn name_of(path: &Path) -> String {
    screen::line(&path.file_name().map(path_text::shown).unwrap_or_default())
}
