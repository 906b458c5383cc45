//! A link is written one way, and read in every way it comes back.

use super::*;
use crate::{CaseId, Turns};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use rstest::rstest;

const ID: &str = "0193a1b2-0000-7000-8000-000000000001";

fn read_moment(url: &str) -> Option<MomentLink> {
    match Address::parse(url)?.named {
        Named::Link(Link::Moment(moment)) => Some(moment),
        _ => None,
    }
}

#[rstest]
#[case("", None, None)]
#[case("?t=12.4,18.9", Some(12_400), Some(18_900))]
#[case("?t=12", Some(12_000), None)]
#[case("?t=0.025", Some(25), None)]
fn a_moment_survives_as_a_link(
    #[case] tail: &str,
    #[case] start: Option<u64>,
    #[case] end: Option<u64>,
) {
    let url = format!("qinting://case/{ID}{tail}");
    let link = read_moment(&url).expect("a valid link");
    assert_eq!((link.start_ms, link.end_ms), (start, end));
    assert_eq!(link.to_string(), url);
}

#[rstest]
#[case("?t=12.4%2C18.9", Some(12_400), Some(18_900))]
#[case("%3Ft%3D12.4%2c18.9", Some(12_400), Some(18_900))]
#[case("?t=npt:12.4,18.9", Some(12_400), Some(18_900))]
#[case("?t=npt%3A12.4", Some(12_400), None)]
#[case("?t=,18.9", Some(0), Some(18_900))]
#[case("?t=12.4,", Some(12_400), None)]
#[case("?t=1:05,1:02:03.5", Some(65_000), Some(3_723_500))]
#[case("?t=3&t=4", Some(4_000), None)]
#[case("?from=chat&t=4", Some(4_000), None)]
#[case("?from=chat", None, None)]
#[case("#t=4", Some(4_000), None)]
#[case("/", None, None)]
#[case("?t=12.4,18.9。", Some(12_400), Some(18_900))]
#[case("?t=12.4%2C18.9%E3%80%82", Some(12_400), Some(18_900))]
#[case("?t=12.4，", Some(12_400), None)]
#[case("?t=12.4）】」。\n", Some(12_400), None)]
#[case("?t=12.4.", Some(12_400), None)]
#[case("。", None, None)]
fn a_link_comes_back_from_chat_and_mail(
    #[case] tail: &str,
    #[case] start: Option<u64>,
    #[case] end: Option<u64>,
    #[values("qinting://case/", "QINTING://CASE/", "（<\"Qinting://case/")] head: &str,
) {
    let link = read_moment(&format!("{head}{ID}{tail}")).expect("a valid link");
    assert_eq!(link.case_id, ID.parse().expect("an id"));
    assert_eq!((link.start_ms, link.end_ms), (start, end));
}

#[rstest]
#[case("?turn=12-14", Some((12, 14)), None)]
#[case("?turn=12", Some((12, 12)), None)]
#[case("?t=4&turn=1-2", Some((1, 2)), Some(4_000))]
#[case("?turn=1-2&t=4", Some((1, 2)), Some(4_000))]
#[case("?turn=7&turn=12-14。", Some((12, 14)), None)]
#[case("?return=7", None, None)]
fn turns_of_a_chat_survive_as_a_link(
    #[case] tail: &str,
    #[case] turns: Option<(u32, u32)>,
    #[case] start_ms: Option<u64>,
) {
    let link = read_moment(&format!("qinting://case/{ID}{tail}")).expect("a valid link");
    assert_eq!(link.turns.map(|t| (t.first, t.last)), turns);
    assert_eq!(link.start_ms, start_ms);
    assert_eq!(read_moment(&link.to_string()), Some(link));
}

#[rstest]
#[case("http://case/x")]
#[case("qinting://case/")]
#[case("qinting://case/../../etc")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=-4")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=9,3")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=1e9")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=<script>")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=,")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=npt:")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=smpte:1")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=1:75")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=1:2:3:4")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=%zz")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=%2")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=%C3")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=12.4%252C18.9")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=١٢")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?turn=0")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?turn=4-2")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?turn=")]
#[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=4&turn=x")]
fn what_is_not_ours_is_refused(#[case] url: &str) {
    assert_eq!(Address::parse(url), None);
}

#[rstest]
#[case::issue("issue", "")]
#[case::session("session", "")]
#[case::said_of_a_workspace("issue", "?w=0193a1b2-0000-7000-8000-000000000009")]
#[case::and_from_a_mail("session", "?from=mail&w=0193a1b2-0000-7000-8000-000000000009。")]
fn an_issue_and_a_session_have_links_that_say_whose_they_are(
    #[case] kind: &str,
    #[case] tail: &str,
) {
    let read = Address::parse(&format!("（qinting://{kind}/{ID}{tail}")).expect("a valid link");
    let wanted = match kind {
        "issue" => Link::Issue {
            issue_id: ID.parse().expect("an id"),
        },
        _ => Link::Session {
            session_id: ID.parse().expect("an id"),
        },
    };
    assert_eq!(read.named, Named::Link(wanted));
    assert_eq!(read.workspace.is_some(), tail.contains("w="));
}

#[rstest]
#[case("7", Some(7))]
#[case("7/", Some(7))]
#[case("7。", Some(7))]
#[case("4294967295", Some(u32::MAX))]
#[case("4294967296", None)]
#[case("07", None)]
#[case("0", None)]
#[case("-7", None)]
#[case("+7", None)]
#[case("", None)]
#[case("７", None)]
fn an_issue_may_be_named_by_its_number(#[case] text: &str, #[case] number: Option<u32>) {
    let read = Address::parse(&format!("qinting://issue/{text}"));
    assert_eq!(read.map(|a| a.named), number.map(Named::IssueNumber));
}

#[rstest]
#[case("qinting://person/0193a1b2-0000-7000-8000-000000000001")]
#[case("qinting://issue")]
#[case("qinting:issue/7")]
#[case("qinting://session/7")]
#[case("qinting://case/7")]
#[case("qinting://issue/7/8")]
#[case("qinting://issue/../7")]
#[case("qinting://issue/7?w=")]
#[case("qinting://issue/7?w=here")]
#[case("qinting://issue/7?w=0193a1b2-0000-7000-8000-000000000001&w=<script>")]
fn what_leads_nowhere_is_refused(#[case] url: &str) {
    assert_eq!(Address::parse(url), None);
}

/// Whatever a link can say.
fn addresses() -> impl Strategy<Value = Address> {
    let id = || any::<u128>().prop_map(uuid::Uuid::from_u128);
    let turns = (1..9_999_u32, 0..99_u32).prop_map(|(first, more)| Turns {
        first,
        last: first + more,
    });
    let span = prop_oneof![
        Just((None, None)),
        (0..9_999_999_u64).prop_map(|start| (Some(start), None)),
        (0..9_999_999_u64, 0..99_999_u64)
            .prop_map(|(start, long)| (Some(start), Some(start + long))),
    ];
    let moment =
        (id(), span, proptest::option::of(turns)).prop_map(|(case, (start_ms, end_ms), turns)| {
            Named::Link(Link::Moment(MomentLink {
                case_id: CaseId(case),
                start_ms,
                end_ms,
                turns,
            }))
        });
    let named = prop_oneof![
        moment,
        id().prop_map(|id| Named::Link(Link::Issue {
            issue_id: IssueId(id)
        })),
        id().prop_map(|id| Named::Link(Link::Session {
            session_id: SessionId(id)
        })),
        (1..u32::MAX).prop_map(Named::IssueNumber),
    ];
    (named, proptest::option::of(id().prop_map(WorkspaceId)))
        .prop_map(|(named, workspace)| Address { named, workspace })
}

proptest::proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(address in addresses()) {
        proptest::prop_assert_eq!(Address::parse(&address.to_string()), Some(address));
    }

    #[test]
    fn whatever_is_typed_leads_somewhere_that_links_back_or_nowhere(
        head in "(qinting|QinTing|http|.)(://(case|issue|session)/|:|.)",
        id in "(0193a1b2-0000-7000-8000-000000000001|[0-9a-f-]{0,36}|[0-9]{0,11})",
        tail in "([?#&]?(t=)?(npt:)?[0-9.,:%]{0,12}(&?turn=[0-9-]{0,5})?(&w=[0-9a-f-]{0,36})?|.{0,20})",
        other: String,
    ) {
        for text in [format!("{head}{id}{tail}"), other] {
            let Some(address) = Address::parse(&text) else { continue };
            proptest::prop_assert_eq!(Address::parse(&address.to_string()), Some(address));
            let lower = text.to_lowercase();
            proptest::prop_assert!(lower.contains("qinting") || lower.contains('%'));
        }
    }
}
