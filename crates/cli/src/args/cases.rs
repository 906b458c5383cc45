//! Options of `qinting cases`.

use super::Typed;
use clap::ValueEnum;
use jiff::civil::Date;
use qinting_domain::{CaseFact, CaseFilter, CaseSort, CaseState, FactUnit};

#[derive(clap::Args)]
pub(crate) struct Cases {
    /// 标题和信息里的词 · Words in title and facts
    #[arg(value_parser = Typed, long, default_value = "")]
    pub text: String,
    /// 只看这条业务线 · Only this business line
    #[arg(value_parser = Typed, long, value_name = "NAME")]
    pub line: Option<String>,
    /// 信息=值，可多个；同一项几个值，有一个就算；空值是“不知道” · Facts by value; of one fact any of its values counts, and an empty one is what is not known
    #[arg(value_parser = Typed, long = "filter", value_name = "FACT=VALUE")]
    pub filters: Vec<String>,
    /// 信息=数，至少；时长按秒，占比按百分之几 · The least of a length, in seconds, of a share, in percent, or of a count
    #[arg(value_parser = Typed, long = "least", value_name = "FACT=NUMBER")]
    pub least: Vec<String>,
    /// 信息=数，至多 · The most of one
    #[arg(value_parser = Typed, long = "most", value_name = "FACT=NUMBER")]
    pub most: Vec<String>,
    /// 来电从这天起 · Calls since this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<Date>,
    /// 来电到这天为止，含这天 · Calls until this day, and on it
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub until: Option<Date>,
    /// 已经怎样的 · What became of them
    #[arg(long = "is", value_enum, value_name = "STATE")]
    pub states: Vec<State>,
    /// 还没有怎样的 · What did not become of them
    #[arg(long = "is-not", value_enum, value_name = "STATE")]
    pub not_states: Vec<State>,
    /// 顺序 · Order
    #[arg(long, value_enum, default_value_t = CaseOrder::Imported)]
    pub sort: CaseOrder,
    /// 倒过来 · Turned around
    #[arg(long)]
    pub reverse: bool,
}

choice!(CaseOrder for CaseSort {
    Imported, StartedAt, Title, Duration, Marks, BusinessLine, CustomerTier, Agent, Queue, Disposition, Csat, Wait,
    Talk, Hold, Transfers, Silence, OnHold, Overtalk, AgentShare, AgentMonologue, CustomerMonologue, AgentResponse,
    CustomerResponse,
});
choice!(State for CaseState { Marked, Filed, Heard, HasText, HasSound });

/// A fact and what is said of it, or which word could not be read.
type Said<'a> = Result<(CaseFact, &'a str), &'static str>;

impl Cases {
    /// What the list is narrowed by, days in the time zone of this machine; else the option that could not be read.
    pub(crate) fn filters(&self) -> Result<Vec<CaseFilter>, &'static str> {
        let mut filters = Vec::new();
        if let Some(line) = &self.line {
            filters.push(one_of(CaseFact::BusinessLine, line));
        }
        let mut words: Vec<(CaseFact, Vec<String>)> = Vec::new();
        for written in &self.filters {
            let (fact, value) = said(written, "filter", false)?;
            match words.iter_mut().find(|(known, _)| *known == fact) {
                Some((_, values)) => values.push(value.to_owned()),
                None => words.push((fact, vec![value.to_owned()])),
            }
        }
        let words = words.into_iter();
        filters.extend(words.map(|(fact, values)| CaseFilter::OneOf { fact, values }));
        for written in &self.least {
            let (fact, from) = bound(written, "least")?;
            let (from, to) = (Some(from), None);
            filters.push(CaseFilter::Between { fact, from, to });
        }
        for written in &self.most {
            let (fact, to) = bound(written, "most")?;
            let (from, to) = (None, Some(to));
            filters.push(CaseFilter::Between { fact, from, to });
        }
        if self.since.is_some() || self.until.is_some() {
            filters.push(self.days()?);
        }
        for (states, yes) in [(&self.states, true), (&self.not_states, false)] {
            let states = states.iter().map(|state| CaseState::from(*state));
            filters.extend(states.map(|state| CaseFilter::Is { state, yes }));
        }
        Ok(filters)
    }

    fn days(&self) -> Result<CaseFilter, &'static str> {
        let begin = |day: Date| -> Option<i64> {
            let midnight = day.to_zoned(jiff::tz::TimeZone::system()).ok()?;
            Some(midnight.timestamp().as_millisecond())
        };
        let from = match self.since {
            Some(day) => Some(begin(day).ok_or("since")?),
            None => None,
        };
        let to = match self.until {
            // To the last millisecond before the next day.
            Some(day) => Some(day.tomorrow().ok().and_then(begin).ok_or("until")? - 1),
            None => None,
        };
        let fact = CaseFact::BeganAt;
        Ok(CaseFilter::Between { fact, from, to })
    }
}

fn one_of(fact: CaseFact, value: &str) -> CaseFilter {
    let values = vec![value.to_owned()];
    CaseFilter::OneOf { fact, values }
}

fn said<'a>(written: &'a str, option: &'static str, is_measured: bool) -> Said<'a> {
    let (name, value) = written.split_once('=').ok_or(option)?;
    let named = |fact: &CaseFact| {
        let word = serde_json::to_value(fact);
        word.is_ok_and(|word| word == name.trim())
    };
    let fact = CaseFact::ALL.into_iter().find(named).ok_or(option)?;
    match fact.is_measured() == is_measured {
        true => Ok((fact, value.trim())),
        false => Err(option),
    }
}

/// Seconds of a length, in milliseconds; percent of a share, in thousandths; a count as it is. When a call began is asked
/// for by its day.
fn bound(written: &str, option: &'static str) -> Result<(CaseFact, i64), &'static str> {
    let (fact, value) = said(written, option, true)?;
    let number: i64 = value.parse().map_err(|_| option)?;
    let times = match fact.unit() {
        None | Some(FactUnit::Moment) => return Err(option),
        Some(FactUnit::Count) => 1,
        Some(FactUnit::Share) => 10,
        Some(FactUnit::Length) => 1_000,
    };
    Ok((fact, number.checked_mul(times).ok_or(option)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use rstest::rstest;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        cases: Cases,
    }

    fn filters(typed: &[&str]) -> Result<Vec<CaseFilter>, &'static str> {
        let line = Line::try_parse_from(["cases"].iter().chain(typed)).unwrap();
        line.cases.filters()
    }

    #[test]
    fn values_of_one_fact_are_any_of_them_and_lengths_are_told_in_seconds() {
        let typed = [
            "--filter",
            "queue=夜班",
            "--filter",
            "agent=",
            "--filter",
            "queue=晚班",
            "--least",
            "wait=60",
            "--most",
            "transfers=2",
            "--least",
            "silence=40",
            "--is-not",
            "heard",
        ];
        let words = |fact, values: &[&str]| CaseFilter::OneOf {
            fact,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let between = |fact, from, to| CaseFilter::Between { fact, from, to };
        let expected = [
            words(CaseFact::Queue, &["夜班", "晚班"]),
            words(CaseFact::Agent, &[""]),
            between(CaseFact::Wait, Some(60_000), None),
            between(CaseFact::Silence, Some(400), None),
            between(CaseFact::Transfers, None, Some(2)),
            CaseFilter::Is {
                state: CaseState::Heard,
                yes: false,
            },
        ];
        assert_eq!(filters(&typed).unwrap(), expected);
    }

    #[test]
    fn both_days_count() {
        let found = filters(&["--since", "2026-03-01", "--until", "2026-03-01"]).unwrap();
        let [
            CaseFilter::Between {
                fact: CaseFact::BeganAt,
                from: Some(from),
                to: Some(to),
            },
        ] = found[..]
        else {
            panic!("one stretch of time, not {found:?}")
        };
        // Longer or shorter where clocks are put forward or back.
        let hours = (to - from + 1) / 3_600_000;
        assert!((23..=25).contains(&hours), "{hours} hours");
    }

    #[rstest]
    #[case::no_value(&["--filter", "queue"], "filter")]
    #[case::no_such_fact(&["--filter", "weather=rain"], "filter")]
    #[case::a_word_of_a_length(&["--filter", "wait=60"], "filter")]
    #[case::a_bound_of_a_word(&["--least", "queue=3"], "least")]
    #[case::no_number(&["--most", "wait=long"], "most")]
    #[case::a_moment(&["--most", "began_at=5"], "most")]
    fn what_cannot_be_read_is_named(#[case] typed: &[&str], #[case] option: &str) {
        assert_eq!(filters(typed), Err(option));
    }
}
