use super::*;
use rstest::rstest;

fn one_of(fact: CaseFact, values: &[&str]) -> CaseFilter {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    CaseFilter::OneOf { fact, values }
}

fn from(fact: CaseFact, least: i64) -> CaseFilter {
    CaseFilter::Between {
        fact,
        from: Some(least),
        to: None,
    }
}

#[rstest]
#[case::nothing(vec![], true)]
#[case::words(vec![one_of(CaseFact::Queue, &["夜班", ""])], true)]
#[case::bounds(vec![from(CaseFact::Wait, 60_000)], true)]
#[case::a_share(vec![from(CaseFact::Silence, 400)], true)]
#[case::words_of_a_length(vec![one_of(CaseFact::Wait, &["60000"])], false)]
#[case::bounds_of_a_word(vec![from(CaseFact::Queue, 1)], false)]
#[case::too_many_words(vec![one_of(CaseFact::Queue, &["夜班"; FILTER_VALUES + 1])], false)]
fn a_word_is_filtered_by_words_and_a_length_by_bounds(
    #[case] filters: Vec<CaseFilter>,
    #[case] fit: bool,
) {
    assert_eq!(CaseFilter::are_fit(&filters), fit);
}

fn view(name: &str) -> LibraryView {
    LibraryView {
        name: name.into(),
        text: String::new(),
        filters: vec![one_of(CaseFact::Queue, &["夜班"])],
        sort: CaseSort::Wait,
        reversed: false,
        columns: vec![CaseColumn::Wait],
    }
}

#[rstest]
#[case::two(vec![view("夜班"), view("白班")], true)]
#[case::the_same_name_twice(vec![view("夜班"), view("夜班")], false)]
#[case::no_name(vec![view("")], false)]
#[case::blanks_around_it(vec![view(" 夜班")], false)]
#[case::a_column_twice(vec![LibraryView { columns: vec![CaseColumn::Wait; 2], ..view("夜班") }], false)]
#[case::too_many((0..=CASE_VIEWS).map(|n| view(&n.to_string())).collect(), false)]
fn views_have_names_of_their_own(#[case] views: Vec<LibraryView>, #[case] fit: bool) {
    let settings = LibrarySettings {
        views,
        ..LibrarySettings::default()
    };
    assert_eq!(settings.is_fit(), fit);
}

#[test]
fn settings_of_before_show_the_columns_there_always_were() {
    let read: LibrarySettings = serde_json::from_str("{}").unwrap();
    assert_eq!(read, LibrarySettings::default());
    assert!(read.is_fit());
}

#[test]
fn every_fact_stands_once_on_the_list() {
    let once: BTreeSet<CaseFact> = CaseFact::ALL.into_iter().collect();
    assert_eq!(once.len(), CaseFact::ALL.len());
}
