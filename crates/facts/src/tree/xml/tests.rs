use super::*;
use rstest::rstest;
use serde_json::{Value, json};

fn read(text: &str) -> Result<Value, TreeFault> {
    parse(text).map(|node| node.to_json())
}

#[rstest]
#[case::texts("<a><b>1</b><c> 林 </c></a>", json!({"a": {"b": "1", "c": "林"}}))]
#[case::attributes("<a id='1' 名='林'><b x=\"2\">t</b></a>", json!({"a": {"@id": "1", "@名": "林", "b": {"@x": "2", "#text": "t"}}}))]
#[case::several("<a><b>1</b><c/><b>2</b></a>", json!({"a": {"b": ["1", "2"], "c": null}}))]
#[case::namespaces("<r:a xmlns:r='urn:x' xmlns='urn:y' r:id='1'><r:b>1</r:b></r:a>", json!({"a": {"@id": "1", "b": "1"}}))]
#[case::five_entities("<a b='&quot;&apos;'>&lt;&amp;&gt;</a>", json!({"a": {"@b": "\"'", "#text": "<&>"}}))]
#[case::numbered("<a>&#20013;&#x6587;</a>", json!({"a": "中文"}))]
#[case::raw_text("<a><![CDATA[<b>&x;</b>]]></a>", json!({"a": "<b>&x;</b>"}))]
#[case::declared("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><a/>\n", json!({"a": null}))]
#[case::marks("\u{feff}<a>1</a>", json!({"a": "1"}))]
#[case::number_stays_text("<a>057188880000</a>", json!({"a": "057188880000"}))]
fn xml_becomes_the_same_tree(#[case] text: &str, #[case] value: Value) {
    assert_eq!(read(text), Ok(value));
}

/// Ten entities, each ten of the one before: ten thousand million times `lol`.
const BOMB: &str =
    "<!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<l>&b;</l>";
const FETCH: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<a>&x;</a>";

#[rstest]
#[case::bomb(BOMB, TreeReason::DocumentType, 1)]
#[case::fetch(FETCH, TreeReason::DocumentType, 2)]
#[case::plain_type("<!DOCTYPE html><a/>", TreeReason::DocumentType, 1)]
#[case::unknown_entity("<a>\n&nbsp;</a>", TreeReason::Entity, 2)]
#[case::unknown_in_attribute("<a\n b='&x;'/>", TreeReason::Entity, 2)]
#[case::beyond_unicode("<a>&#x110000;</a>", TreeReason::Entity, 1)]
#[case::other_end("<a>\n<b></a>", TreeReason::TagMismatch, 2)]
#[case::one_end_too_many("<a></a>\n</b>", TreeReason::TagMismatch, 2)]
#[case::cut_in_an_element("<a>\n<b>", TreeReason::CutOff, 2)]
#[case::cut_in_a_tag("<a>\n<b x='1", TreeReason::CutOff, 2)]
#[case::words_outside("<a/>\n林", TreeReason::Malformed, 2)]
#[case::value_without_quotes("<a b=c/>", TreeReason::Malformed, 1)]
fn what_is_not_well_formed_is_told_with_its_line(
    #[case] text: &str,
    #[case] reason: TreeReason,
    #[case] line: u32,
) {
    let fault = read(text).unwrap_err();
    assert_eq!((fault.reason, fault.line), (reason, line), "{fault:?}");
}

#[test]
fn a_thousand_deep_is_refused_and_ninety_nine_is_read() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(parse(&nested(MOST_DEPTH - 1)).is_ok());
    for deep in [nested(1_000), "<a>".repeat(1_000_000)] {
        assert_eq!(parse(&deep).unwrap_err().reason, TreeReason::TooDeep);
    }
}

#[test]
fn attributes_without_end_are_refused() {
    let many = (0..100_000)
        .map(|at| format!(" a{at}='1'"))
        .collect::<String>();
    assert_eq!(
        parse(&format!("<a{many}/>")).unwrap_err().reason,
        TreeReason::TooMany
    );
}

#[test]
fn nothing_but_a_comment_is_empty() {
    assert_eq!(parse("<!-- -->"), Err(TreeFault::whole(TreeReason::Empty)));
}
