use super::*;
use crate::profile::Unit;
use rstest::rstest;

fn table(columns: &[(&str, &[&str])]) -> Suggestion {
    let columns: Vec<(String, Vec<String>)> = columns
        .iter()
        .map(|(name, cells)| {
            (
                (*name).to_owned(),
                cells.iter().map(|cell| (*cell).to_owned()).collect(),
            )
        })
        .collect();
    suggest(Reads::Table, "x", "", &columns)
}

fn from(suggestion: &Suggestion, key: FactKey) -> Vec<&str> {
    let reading = suggestion.profile.facts.get(&key);
    reading.map_or_else(Vec::new, |reading| {
        reading.from.iter().map(String::as_str).collect()
    })
}

#[rstest]
#[case("通话ID", FactKey::CallId)]
#[case("录音文件", FactKey::FileName)]
#[case("录音文件名", FactKey::FileName)]
#[case("坐席", FactKey::Agent)]
#[case("坐席工号", FactKey::Agent)]
#[case("技能组", FactKey::Queue)]
#[case("来电号码", FactKey::Number)]
#[case("开始时间", FactKey::BeganAt)]
#[case("呼叫时间", FactKey::BeganAt)]
#[case("开始时间（北京时间）", FactKey::BeganAt)]
#[case("通话时长(秒)", FactKey::TalkMs)]
#[case("满意度", FactKey::Csat)]
#[case("小结", FactKey::Disposition)]
#[case("会员等级", FactKey::CustomerTier)]
#[case("工单号", FactKey::CaseNumber)]
#[case("订单号", FactKey::OrderNumber)]
#[case("业务线", FactKey::BusinessLine)]
#[case("Call ID", FactKey::CallId)]
#[case("start_time", FactKey::BeganAt)]
#[case("Talk Time (ms)", FactKey::TalkMs)]
#[case("＊客户姓名", FactKey::Customer)]
fn a_column_is_known_by_its_name(#[case] name: &str, #[case] key: FactKey) {
    let suggestion = table(&[(name, &[])]);
    assert_eq!(from(&suggestion, key), [name]);
    assert_eq!(suggestion.why[0].because, Because::Name);
}

#[test]
fn the_sides_of_a_call_are_known() {
    let suggestion = table(&[("主叫号码", &[]), ("被叫", &[])]);
    assert_eq!(suggestion.profile.caller.unwrap().from, ["主叫号码"]);
    assert_eq!(suggestion.profile.callee.unwrap().from, ["被叫"]);
}

#[test]
fn what_means_the_same_is_asked_one_after_the_other() {
    let suggestion = table(&[("坐席工号", &["8012"]), ("坐席姓名", &["林小满"])]);
    assert_eq!(from(&suggestion, FactKey::Agent), ["坐席姓名", "坐席工号"]);
    assert_eq!(suggestion.why[1].because, Because::Next);
}

#[test]
fn a_doubled_heading_takes_the_first_and_says_so() {
    let suggestion = table(&[("满意度", &["5"]), ("满意度", &["满意"])]);
    assert_eq!(from(&suggestion, FactKey::Csat), ["满意度"]);
    let doubled = suggestion
        .why
        .iter()
        .filter(|why| why.because == Because::Doubled);
    assert_eq!(doubled.count(), 1);
}

#[test]
fn a_name_whose_values_say_otherwise_is_left_alone() {
    let suggestion = table(&[
        ("录音", &["是", "否"]),
        ("时间", &["很久", "不久"]),
        ("电话", &["有", "无"]),
    ]);
    assert!(suggestion.profile.facts.is_empty());
    assert!(
        suggestion
            .why
            .iter()
            .all(|why| why.because == Because::ValuesOtherwise)
    );
    assert!(!suggestion.profile.leads_to_calls());
}

#[test]
fn values_without_doubt_make_up_for_a_name() {
    let suggestion = table(&[
        ("附件", &["a.wav", "https://x.example.com/b.mp3?sign=1"]),
        ("备用1", &["13900001111", "139****2222"]),
        ("备用2", &["呼入", "呼出"]),
        ("备用3", &["1", "2"]),
    ]);
    assert_eq!(from(&suggestion, FactKey::FileName), ["附件"]);
    assert_eq!(from(&suggestion, FactKey::Number), ["备用1"]);
    assert_eq!(from(&suggestion, FactKey::Direction), ["备用2"]);
    assert!(
        suggestion
            .why
            .iter()
            .all(|why| why.because == Because::Values)
    );
    assert!(suggestion.profile.leads_to_calls());
}

#[test]
fn values_say_how_they_are_read() {
    let suggestion = table(&[
        ("开始时间", &["17/11/2026 09:15", "3/4/2026 10:00"]),
        ("结束时间", &["46343.5", "46344"]),
        ("通话时长", &["186000", "65000", "214000"]),
        ("等待时长", &["0.003587962962963"]),
        ("总时长(秒)", &["186000"]),
    ]);
    let reading = |key| &suggestion.profile.facts[&key];
    assert_eq!(
        reading(FactKey::BeganAt).order,
        Some(crate::Order::DayFirst)
    );
    assert_eq!(reading(FactKey::EndedAt).unit, Some(Unit::Day));
    assert_eq!(reading(FactKey::TalkMs).unit, Some(Unit::Ms));
    assert_eq!(reading(FactKey::WaitMs).unit, Some(Unit::Day));
    assert_eq!(reading(FactKey::DurationMs).unit, None);
}

#[rstest]
#[case::day_first(["日期", "2026-11-17", "开始时间", "09:15"], "开始时间", "日期")]
#[case::day_later(["时间", "上午9时15分", "日期", "2026年11月17日"], "时间", "日期")]
fn a_day_beside_its_time_is_one_moment(
    #[case] columns: [&str; 4],
    #[case] time: &str,
    #[case] day: &str,
) {
    let [name, cell, other_name, other_cell] = columns;
    let suggestion = table(&[(name, &[cell]), (other_name, &[other_cell])]);
    let reading = &suggestion.profile.facts[&FactKey::BeganAt];
    assert_eq!(reading.from, [time]);
    assert_eq!(reading.date, [day]);
}

#[test]
fn a_side_car_is_known_by_the_last_steps_of_its_paths() {
    let columns = [
        ("Agent.Name", "林小满"),
        ("Name", "x"),
        ("StartTime", "2026-11-17T09:15:00Z"),
        ("Tags[*]", "a"),
    ]
    .map(|(name, cell)| (name.to_owned(), vec![cell.to_owned()]));
    let suggestion = suggest(Reads::Json, "x", "Calls[*]", &columns);
    assert_eq!(from(&suggestion, FactKey::Agent), ["Agent.Name"]);
    assert_eq!(from(&suggestion, FactKey::BeganAt), ["StartTime"]);
    assert_eq!(
        suggestion.profile.recognised.has,
        ["Calls[*].Agent.Name", "Calls[*].StartTime"]
    );
}
