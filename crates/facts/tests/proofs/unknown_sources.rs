//! A source nobody knows: what is suggested for it, what the dry run shows, and what its names tell.

use crate::common::{beijing, of_rows, of_table, told};
use qinting_domain::FactKey;
use qinting_facts::{
    Because, Names, Profile, Reading, Reads, Recogniser, Summary, Target, suggest, tree,
};
use rstest::rstest;

const HEADING: &[&str] = &[
    "通话ID",
    "录音文件名",
    "坐席工号",
    "技能组",
    "来电号码",
    "呼叫时间",
    "结束时间",
    "通话时长",
    "满意度",
    "小结",
    "会员等级",
    "工单号",
    "订单号",
    "备注",
];

const ROWS: &[&[&str]] = &[
    &[
        "a-1",
        "a-1.wav",
        "8012",
        "退货",
        "13900001111",
        "2026/11/17 9:15",
        "2026/11/17 9:18",
        "00:03:06",
        "5",
        "退货",
        "金卡",
        "W-1",
        "T-1",
        "=1+1",
    ],
    &[
        "a-2",
        "a-2.wav",
        "8013",
        "退货",
        "139****2222",
        "2026/11/17 23:58",
        "2026/11/18 0:02",
        "186",
        "",
        "换货",
        "",
        "W-2",
        "",
        "",
    ],
    &[
        "a-3",
        "a-3.wav",
        "8012",
        "投诉",
        "057188880000",
        "2026年11月18日 上午9时15分",
        "",
        "12分46秒",
        "满意",
        "",
        "金卡",
        "",
        "",
        "",
    ],
    &[
        "a-4",
        "a-4.wav",
        "8012",
        "投诉",
        "anonymous",
        "那天",
        "",
        "好久",
        "",
        "",
        "普卡",
        "",
        "",
        "",
    ],
];

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn rows() -> Vec<(u64, Vec<String>)> {
    ROWS.iter()
        .zip(2..)
        .map(|(row, line)| (line, owned(row)))
        .collect()
}

fn suggested() -> Profile {
    let columns: Vec<(String, Vec<String>)> = HEADING
        .iter()
        .enumerate()
        .map(|(at, name)| {
            (
                (*name).to_owned(),
                ROWS.iter().map(|row| row[at].to_owned()).collect(),
            )
        })
        .collect();
    let suggestion = suggest(Reads::Table, "录音系统", "", &columns);
    assert!(suggestion.profile.leads_to_calls());
    assert!(
        suggestion
            .why
            .iter()
            .all(|why| why.because == Because::Name)
    );
    suggestion.profile
}

#[test]
fn a_table_nobody_knows_is_read_by_its_heading() {
    let facts = of_table(&suggested(), &owned(HEADING), &rows());
    let first = [
        "file_name=a-1.wav",
        "call_id=a-1",
        "began_at=2026-11-17T01:15:00Z",
        "ended_at=2026-11-17T01:18:00Z",
        "talk_ms=186000",
        "agent=8012",
        "number=13900001111",
        "queue=退货",
        "disposition=退货",
        "csat=5",
        "case_number=W-1",
        "order_number=T-1",
        "customer_tier=金卡",
    ];
    assert_eq!(told(&facts[0]), first);
    assert_eq!(facts[2].ms(FactKey::TalkMs), Some(766_000));
    assert_eq!(facts[2].at(FactKey::BeganAt), Some(1_794_964_500_000));
}

#[test]
fn the_dry_run_shows_each_column_and_how_it_was_read() {
    let profile = suggested();
    let columns = owned(HEADING);
    let rows = rows();
    let reading = Reading::of_table(&profile, &columns, &beijing(), 0).unwrap();
    let (facts, summary) = of_rows(&reading, &rows);
    assert_eq!(facts.len(), 4);
    let talk = &summary.facts[&Target::Fact(FactKey::TalkMs)];
    let ways: Vec<&str> = talk.ways.iter().map(|way| way.example.as_str()).collect();
    assert_eq!(ways, ["00:03:06", "186", "12分46秒"]);
    assert_eq!((talk.read, talk.unreadable, talk.empty), (3, 1, 0));
    assert_eq!(talk.first_unreadable.as_deref(), Some("好久"));
    let tier = &summary.columns[10];
    assert_eq!(tier.samples, ["金卡", "普卡"]);
    assert_eq!(
        (tier.filled, tier.taken_as.as_slice()),
        (3, &[Target::Fact(FactKey::CustomerTier)][..])
    );
    assert!(summary.columns[13].taken_as.is_empty());
    let personal = summary.columns.iter().filter(|column| column.is_personal);
    assert_eq!(
        personal
            .map(|column| column.name.as_str())
            .collect::<Vec<_>>(),
        ["坐席工号", "来电号码"]
    );
    assert_eq!((summary.records, summary.over_midnight), (4, 1));
    assert_eq!(summary.began, Some((1_794_878_100_000, 1_794_964_500_000)));
    assert_eq!(summary.told.values().sum::<u32>(), 2);
}

#[test]
fn what_was_mended_once_is_recognised_the_next_time() {
    let profiles = [Profile::parse(suggested().written().as_bytes()).unwrap()];
    let recogniser = Recogniser::of(&profiles).unwrap();
    let again = recogniser.table(&owned(HEADING), &[owned(ROWS[0])], "next-month.csv");
    assert_eq!(again.len(), 1);
    let other = recogniser.table(&owned(&HEADING[..9]), &[], "next-month.csv");
    assert!(other.is_empty());
}

#[test]
fn a_column_that_holds_json_can_be_looked_into() {
    let mut profile = Profile::new("x", Reads::Table);
    let from = ["随路数据 > 订单.号"];
    profile
        .facts
        .insert(FactKey::OrderNumber, qinting_facts::FactReading::of(&from));
    let cell = r#"{"vip": "1", "订单": {"号": "T-9"},}"#;
    let facts = of_table(
        &profile,
        &owned(&["随路数据"]),
        &[(2, owned(&[cell])), (3, owned(&["没有"]))],
    );
    assert_eq!(told(&facts[0]), ["order_number=T-9"]);
    assert!(facts[1].known.is_empty());
}

#[test]
fn a_side_car_nobody_knows_is_read_by_the_paths_a_person_chose() {
    let text = r#"{"meta": {"site": "杭州"}, "calls": [{"who": {"agent": "林小满"}, "t": {"began": "2026-11-17T01:15:00Z"}}]}"#;
    let (_, root) = tree::parse(text.as_bytes()).unwrap();
    let (leaves, _) = tree::leaves(&root);
    let paths: Vec<&str> = leaves.iter().map(|leaf| leaf.path.as_str()).collect();
    assert_eq!(
        paths,
        ["meta.site", "calls[*].who.agent", "calls[*].t.began"]
    );
    let written = r#"{ "schema": 1, "name": "x", "reads": "json", "records": "calls[*]", "facts": {
        "agent": { "from": ["who.agent"] }, "began_at": { "from": ["t.began"] },
        "business_line": { "from": ["$.meta.site"] }, "queue": { "constant": "热线" } } }"#;
    let profile = Profile::parse(written.as_bytes()).unwrap();
    let reading = Reading::of_tree(&profile, &beijing(), 0).unwrap();
    let mut summary = Summary::default();
    let (way, record) = reading.records(&root).next().unwrap();
    let facts = reading.record(&way, record, &root, &mut summary);
    let expected = [
        "began_at=2026-11-17T01:15:00Z",
        "agent=林小满",
        "queue=热线",
        "business_line=杭州",
    ];
    assert_eq!(told(&facts), expected);
    assert_eq!(facts.rest["who"]["agent"], "林小满");
    let (leaves, is_cut) = summary.leaves();
    assert_eq!((leaves.len(), is_cut), (2, false));
}

fn names(written: &str) -> Names {
    let profile = Profile::parse(written.as_bytes()).expect("a profile");
    Names::of(&[profile], &beijing()).expect("a pattern")
}

#[test]
fn the_groups_of_a_pattern_that_are_called_like_facts_are_those_facts() {
    let names = names(
        r#"{ "schema": 1, "name": "机房", "reads": "file_name",
        "pattern": "^(?<began_at>\\d{14})_(?<agent>\\d+)_(?<number>\\d+)" }"#,
    );
    let (read, by) = names.read("D:\\录音\\20261117091500_8012_13900001111.wav");
    let lines = [
        "began_at=2026-11-17T01:15:00Z",
        "agent=8012",
        "number=13900001111",
    ];
    assert_eq!(
        (told(&read).as_slice(), by),
        (&lines.map(str::to_owned)[..], Some("机房"))
    );
    let (other, by) = names.read("readme.txt");
    assert_eq!((other.known.len(), by), (0, None));
}

#[test]
fn the_words_of_a_group_can_be_given_a_meaning() {
    let names = names(
        r#"{ "schema": 1, "name": "机房", "reads": "file_name",
        "pattern": "^(?<way>[io])_(?<caller>\\d+)_(?<callee>\\d+)_(?<x>.*)\\.wav$",
        "facts": { "direction": { "from": ["way"], "words": { "i": "inbound", "o": "outbound" } } } }"#,
    );
    let (facts, _) = names.read("rec/o_057188880000_13900001111_z.wav");
    let lines = [
        "direction=outbound",
        "line=057188880000",
        "number=13900001111",
    ];
    assert_eq!(told(&facts), lines);
    assert_eq!(facts.rest["x"], "z");
}

#[rstest]
#[case("out-20261117-091500-8012.wav", Some(1_794_878_100_000))]
#[case("2026-11-17_09.15.00.mp3", Some(1_794_878_100_000))]
#[case("rec/1794878100.wav", Some(1_794_878_100_000))]
#[case("客户来电.wav", None)]
fn without_a_profile_a_name_still_tells_when_it_began(#[case] name: &str, #[case] at: Option<i64>) {
    let names = Names::of(&[], &beijing()).unwrap();
    assert_eq!(names.read(name).0.at(FactKey::BeganAt), at);
}

#[test]
fn a_line_of_ours_tells_the_direction() {
    let mut profile = suggested();
    profile.facts.remove(&FactKey::Number);
    profile.caller = Some(qinting_facts::FactReading::of(&["主叫"]));
    profile.callee = Some(qinting_facts::FactReading::of(&["被叫"]));
    profile.own_lines = vec!["0571-8888 0000".to_owned()];
    let columns = owned(&["主叫", "被叫"]);
    let rows = [
        (2, owned(&["013900001111", "+86 571 8888 0000"])),
        (3, owned(&["057188880000", "139****2222"])),
        (4, owned(&["013900001111", "8012"])),
    ];
    let facts = of_table(&profile, &columns, &rows);
    let lines: Vec<String> = facts.iter().flat_map(told).collect();
    let expected = [
        "direction=inbound",
        "line=+86 571 8888 0000",
        "number=013900001111",
        "direction=outbound",
        "line=057188880000",
        "number=139****2222",
        "number: SidesUnknown (013900001111 → 8012)",
    ];
    assert_eq!(lines, expected);
}
