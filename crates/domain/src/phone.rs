//! Telephone numbers, however they are written down.

/// Digits that must be visible of a masked number before it can be another one's.
const LEAST_VISIBLE: usize = 4;
/// Fewest and most digits of what can be dialled, extensions and short numbers included.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

/// A number as it is compared: the way it is dialled from within its country.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PhoneNumber {
    /// With all its digits.
    Whole(String),
    /// `139****2280`: what is visible before and after what is not.
    Masked {
        /// Digits before.
        head: String,
        /// Digits after.
        tail: String,
    },
}

impl PhoneNumber {
    /// The number a text is, `None` where it is none. Blanks, dashes, brackets, `tel:`, `sip:…@host`, an
    /// extension behind it and the ways of dialling it from elsewhere do not count.
    pub fn read(text: &str) -> Option<Self> {
        let folded: String = text.trim().chars().map(crate::text::fold).collect();
        let mut plain = folded.as_str();
        for scheme in ["tel:", "sips:", "sip:"] {
            plain = plain.strip_prefix(scheme).unwrap_or(plain);
        }
        plain = plain.split(['@', ';']).next().unwrap_or(plain);
        for extension in ["转", "ext", "分机", ","] {
            plain = plain
                .split_once(extension)
                .map_or(plain, |(number, _)| number);
        }
        let plain = plain.trim();
        let Some(first) = plain.find(is_mask) else {
            let is_number = plain.chars().all(is_of_number);
            let digits = national(plain);
            return (is_number && DIGITS.contains(&digits.len())).then_some(Self::Whole(digits));
        };
        let last = plain.rfind(is_mask).unwrap_or(first);
        let after = plain[last..].trim_start_matches(is_mask);
        let head = &plain[..first];
        if !head.chars().chain(after.chars()).all(is_of_number) {
            return None;
        }
        let digits = |part: &str| {
            part.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        Some(Self::Masked {
            head: national_head(head),
            tail: digits(after),
        })
    }

    /// Whether the two can be one number: the same digits, or the same where both are visible. A masked one with
    /// hardly a digit visible can be nobody's.
    pub fn may_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => one == two,
            (Self::Whole(whole), Self::Masked { head, tail })
            | (Self::Masked { head, tail }, Self::Whole(whole)) => {
                let visible = head.len() + tail.len();
                visible >= LEAST_VISIBLE
                    && whole.len() > visible
                    && whole.starts_with(head)
                    && whole.ends_with(tail)
            }
            (
                Self::Masked { head, tail },
                Self::Masked {
                    head: head_2,
                    tail: tail_2,
                },
            ) => {
                let agree = |one: &str, two: &str| one.starts_with(two) || two.starts_with(one);
                let ends_agree = tail.ends_with(tail_2.as_str()) || tail_2.ends_with(tail.as_str());
                let shared = head.len().min(head_2.len()) + tail.len().min(tail_2.len());
                shared >= LEAST_VISIBLE && agree(head, head_2) && ends_agree
            }
        }
    }
}

/// The number in the name of a recording: the first part of it that has the shape of somebody's, and is no time
/// and no id.
pub fn phone_in_name(name: &str) -> Option<PhoneNumber> {
    let folded: String = name.chars().map(crate::text::fold).collect();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '*');
    folded.split(|c| !is_part(c)).find_map(|part| {
        if part.contains('*') {
            return PhoneNumber::read(part);
        }
        let digits = national(part);
        is_phone(&digits, part.starts_with('+')).then_some(PhoneNumber::Whole(digits))
    })
}

/// Whether digits, as they are dialled within their country, have the shape of somebody's number.
pub(crate) fn is_phone(national: &str, is_abroad: bool) -> bool {
    let starts = |heads: &[&str]| heads.iter().any(|h| national.starts_with(h));
    match national.len() {
        11 if starts(&["13", "14", "15", "16", "17", "18", "19"]) => true,
        10 if starts(&["400", "800"]) => true,
        10..=12 if starts(&["0"]) => true,
        8..=15 => is_abroad,
        _ => false,
    }
}

/// What stands in a number beside its digits.
pub(crate) fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || " -+().".contains(c)
}

fn is_mask(c: char) -> bool {
    matches!(c, '*' | 'x' | '•' | '●' | '∗')
}

/// Digits without the ways of writing the same number for dialling it from elsewhere.
pub(crate) fn national(piece: &str) -> String {
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    let is_abroad = piece.trim().starts_with('+') || digits.starts_with("00");
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    let is_mobile = |d: &str| d.len() == 11 && d.starts_with('1') && !d.starts_with("10");
    match bare.strip_prefix("86") {
        Some(rest) if is_mobile(rest) => rest.to_owned(),
        Some(rest) if is_abroad => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        _ => match bare.strip_prefix('0') {
            Some(rest) if is_mobile(rest) => rest.to_owned(),
            _ => bare.to_owned(),
        },
    }
}

/// The same for the beginning of a masked number.
fn national_head(piece: &str) -> String {
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    let is_abroad = piece.trim().starts_with('+') || digits.starts_with("00");
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    let is_mobile = |d: &str| d.len() >= 2 && d.starts_with('1') && !d.starts_with("10");
    match bare.strip_prefix("86") {
        Some(rest) if is_mobile(rest) => rest.to_owned(),
        Some(rest) if is_abroad && !rest.is_empty() => {
            format!("0{}", rest.strip_prefix('0').unwrap_or(rest))
        }
        _ => match bare.strip_prefix('0') {
            Some(rest) if is_mobile(rest) => rest.to_owned(),
            _ => bare.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn whole(digits: &str) -> Option<PhoneNumber> {
        Some(PhoneNumber::Whole(digits.to_owned()))
    }

    #[rstest]
    #[case::mobile("13900001111", "13900001111")]
    #[case::from_abroad("+86 139-0000-1111", "13900001111")]
    #[case::from_abroad_dialled("008613900001111", "13900001111")]
    #[case::country_without_plus("8613900001111", "13900001111")]
    #[case::long_distance("013900001111", "13900001111")]
    #[case::full_width("１３９００００１１１１", "13900001111")]
    #[case::city("0571-8888 0000", "057188880000")]
    #[case::city_from_abroad("+86 571 8888 0000", "057188880000")]
    #[case::city_from_abroad_with_zero("0086075500000", "075500000")]
    #[case::city_in_brackets("(0571) 88880000", "057188880000")]
    #[case::with_extension("0571-88880000转8001", "057188880000")]
    #[case::another_country("+1 (500) 555-0002", "15005550002")]
    #[case::address("tel:+8613900001111", "13900001111")]
    #[case::sip("sip:8001@pbx.example.com;transport=udp", "8001")]
    #[case::service_line("95188", "95188")]
    fn a_number_is_one_however_it_is_written(#[case] text: &str, #[case] digits: &str) {
        assert_eq!(PhoneNumber::read(text), whole(digits));
    }

    #[rstest]
    #[case("anonymous")]
    #[case("sip:agent01@example.com")]
    #[case("12")]
    #[case("139000011112222333")]
    #[case("张三")]
    #[case("")]
    fn what_cannot_be_dialled_is_no_number(#[case] text: &str) {
        assert_eq!(PhoneNumber::read(text), None);
    }

    #[rstest]
    #[case::stars("139****2280", "13900002280", true)]
    #[case::letters("139xxxx2280", "+86 139 0000 2280", true)]
    #[case::from_abroad("+86139****2280", "13900002280", true)]
    #[case::long_distance("0139****2280", "13900002280", true)]
    #[case::city("0571****0000", "+86 571 8888 0000", true)]
    #[case::fewer_stars("139**2280", "13900002280", true)]
    #[case::other_end("139****2281", "13900002280", false)]
    #[case::other_beginning("138****2280", "13900002280", false)]
    #[case::more_than_the_whole("1390000*2280", "13900002280", false)]
    #[case::hardly_visible("********280", "13900002280", false)]
    #[case::end_alone("*******2280", "13900002280", true)]
    #[case::both_masked("139****2280", "1390***2280", true)]
    #[case::both_masked_otherwise("139****2280", "1380***2280", false)]
    fn a_masked_number_is_compared_by_what_is_visible(
        #[case] one: &str,
        #[case] two: &str,
        #[case] may: bool,
    ) {
        let (one, two) = (
            PhoneNumber::read(one).unwrap(),
            PhoneNumber::read(two).unwrap(),
        );
        assert_eq!((one.may_be(&two), two.may_be(&one)), (may, may));
    }

    #[rstest]
    #[case::behind_a_time("20261117091500_13900002280_8012.wav", Some("13900002280"))]
    #[case::behind_seconds("1794878100-057188880000.wav", Some("057188880000"))]
    #[case::from_abroad("out-+8613900002280-091500", Some("13900002280"))]
    #[case::a_time_and_an_extension("2026.11.17 09.15.00_8012", None)]
    #[case::an_id("1700000000000000001", None)]
    fn a_number_is_found_in_the_name_of_a_recording(
        #[case] name: &str,
        #[case] digits: Option<&str>,
    ) {
        assert_eq!(phone_in_name(name), digits.and_then(whole));
    }

    #[test]
    fn a_masked_number_is_found_in_a_name_too() {
        let found = phone_in_name("0915_139****2280.wav").unwrap();
        assert!(found.may_be(&whole("13900002280").unwrap()));
    }

    proptest::proptest! {
        #[test]
        fn no_text_upsets_the_reading(text in "\\PC{0,24}", close in "[+0-9*x (转@:-]{0,20}") {
            for text in [text, close] {
                if let Some(number) = PhoneNumber::read(&text) {
                    number.may_be(&number);
                }
            }
        }
    }
}
