use super::*;
use jiff::civil::{date, datetime};
use rstest::rstest;

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[rstest]
#[case::tab_in_front("\t13900001111", "13900001111")]
#[case::tab_behind("13900001111\t", "13900001111")]
#[case::apostrophe("'013900002222", "013900002222")]
#[case::formula_of_a_text("=\"13900001111\"", "13900001111")]
#[case::formula_of_a_text_with_a_tab("=\"13900001111\t\"", "13900001111")]
#[case::formula_with_a_quote_in_it("=\"他说\"\"好\"\"\"", "他说\"好\"")]
#[case::full_width_blanks("\u{3000}王小明\u{3000}", "王小明")]
#[case::no_break_space("\u{A0}8001\u{A0}", "8001")]
#[case::guarded_formula("'=1+1", "=1+1")]
#[case::guarded_number("'-5", "-5")]
#[case::another_formula("=HYPERLINK(\"a\",\"b\")", "=HYPERLINK(\"a\",\"b\")")]
#[case::two_texts_in_a_formula("=\"a\"&\"b\"", "=\"a\"&\"b\"")]
#[case::plus("+8613900001111", "+8613900001111")]
#[case::at("@demo", "@demo")]
#[case::a_word_in_quotes("'好的'", "'好的'")]
#[case::lines_inside("第一行\n第二行", "第一行\n第二行")]
fn what_keeps_excel_from_eating_a_number_is_taken_off(#[case] said: &str, #[case] is: &str) {
    assert_eq!(of_text(said), text(is));
}

#[rstest]
#[case("")]
#[case(" \t")]
#[case("\u{3000}\u{FEFF}")]
#[case("=\"\"")]
fn a_blank_cell_says_nothing(#[case] said: &str) {
    assert_eq!(of_text(said), Cell::Empty);
}

#[rstest]
#[case::phone("1.39E+10", Damage::Exponent)]
#[case::id("1.77E+19", Damage::Exponent)]
#[case::six_digits("1.70000E+18", Damage::Exponent)]
#[case::no_decimals("2E+10", Damage::Exponent)]
#[case::lower_case("1.39e+10", Damage::Exponent)]
#[case::guarded("'1.39E+10", Damage::Exponent)]
#[case::narrow("########", Damage::Hashes)]
fn what_excel_destroyed_is_told_and_not_guessed(#[case] said: &str, #[case] damage: Damage) {
    let cell = of_text(said);
    assert_eq!(cell.damage(), Some(damage));
    assert_eq!(cell.text(), said.trim_start_matches('\''));
}

#[rstest]
#[case::small("1.5E-05")]
#[case::few_digits("1.5E+03")]
#[case::all_digits_are_there("1.3900001111E10")]
#[case::last_zero_left_out("1.390000111E10")]
#[case::seat("8E05")]
#[case::word("E+10")]
#[case::number_sign("#1")]
fn what_only_looks_alike_is_text(#[case] said: &str) {
    assert_eq!(of_text(said), text(said));
}

#[rstest]
#[case::phone(13900001111.0, 0, "13900001111")]
#[case::decimals(0.5, 0, "0.5")]
#[case::noise(3.5999999999999996, 0, "3.6")]
#[case::small(0.00001, 0, "0.00001")]
#[case::negative(-12.0, 0, "-12")]
#[case::zeros_of_the_format(8001.0, 6, "008001")]
#[case::a_negative_with_zeros(-12.0, 4, "-0012")]
fn a_number_is_said_as_its_cell_shows_it(
    #[case] value: f64,
    #[case] zeros: usize,
    #[case] said: &str,
) {
    let cell = of_f64(value, zeros);
    assert_eq!(cell.text(), said);
    assert!(matches!(cell, Cell::Number { .. }), "{cell:?}");
}

#[rstest]
#[case(1.77e19)]
#[case(1700000000000000000.0)]
fn a_number_longer_than_a_sheet_keeps_is_damaged(#[case] value: f64) {
    let cell = of_f64(value, 0);
    assert_eq!(cell.damage(), Some(Damage::Digits));
    assert!(cell.text().bytes().all(|b| b.is_ascii_digit()), "{cell:?}");
}

#[rstest]
#[case(Cell::Empty, "")]
#[case(Cell::Date(date(2023, 11, 15)), "2023-11-15")]
#[case(
    Cell::DateTime(datetime(2023, 11, 15, 6, 13, 20, 0)),
    "2023-11-15 06:13:20"
)]
#[case(
    Cell::DateTime(datetime(2023, 11, 15, 0, 0, 0, 5_000_000)),
    "2023-11-15 00:00:00.005"
)]
#[case(Cell::Duration(310_000), "00:05:10")]
#[case(Cell::Duration(-90_061_500), "-25:01:01.500")]
#[case(Cell::Boolean(true), "TRUE")]
#[case(Cell::Error("#N/A".into()), "#N/A")]
fn every_cell_can_be_said_as_text(#[case] cell: Cell, #[case] said: &str) {
    assert_eq!(cell.text(), said);
}
