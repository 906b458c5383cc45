//! Number formats, as far as they say what a number is: a date, a time, a stretch of time, an id with
//! zeros in front.

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A number.
    #[default]
    Number,
    /// A number with at least so many digits: the format is zeros alone.
    Zeros(u8),
    /// A day.
    Date,
    /// A time of day, or a short stretch of time.
    Time,
    /// Both.
    DateTime,
    /// A stretch of time (`[h]:mm:ss`).
    Elapsed,
}

impl Shape {
    pub(crate) fn is_time(self) -> bool {
        matches!(
            self,
            Self::Date | Self::Time | Self::DateTime | Self::Elapsed
        )
    }

    /// Digits a whole number has at least.
    pub(crate) fn zeros(self) -> usize {
        match self {
            Self::Zeros(digits) => digits.into(),
            _ => 0,
        }
    }

    /// A format that has a number and no text (ECMA-376, 18.8.30), as Chinese Excel shows it: 27–36 and
    /// 50–58 are dates and times there.
    pub(crate) fn built_in(id: u16) -> Self {
        match id {
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Date,
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Self::Time,
            22 => Self::DateTime,
            46 => Self::Elapsed,
            _ => Self::Number,
        }
    }

    /// A format's text: `yyyy"年"m"月"d"日"`, `[$-804]aaaa`, `h:mm:ss`. Of several the first one counts.
    pub(crate) fn of(code: &str) -> Self {
        let code = code.trim();
        if code
            .get(..7)
            .is_some_and(|s| s.eq_ignore_ascii_case("general"))
            || code.contains("通用")
        {
            return Self::Number;
        }
        let Some(letters) = letters(code) else {
            return Self::Elapsed;
        };
        if letters.len() > 1 && letters.chars().all(|c| c == '0') {
            return u8::try_from(letters.len()).map_or(Self::Number, Self::Zeros);
        }
        let has_time = letters.contains(['h', 's']) || is_day_half(code);
        let has_date = letters.contains(['y', 'd'])
            || has_month(&letters)
            || letters.contains("aaa")
            || (letters.contains('e') && letters.contains(['m', 'd']));
        match (has_date, has_time) {
            (true, true) => Self::DateTime,
            (true, false) => Self::Date,
            (false, true) => Self::Time,
            (false, false) => Self::Number,
        }
    }
}

/// What is left of a format without quoted text, escaped signs and brackets, in small letters. `None`:
/// a bracket says that hours, minutes or seconds run on.
fn letters(code: &str) -> Option<String> {
    let mut left = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            // The next one is shown as it is, or as wide as it is, or again and again.
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let mut units = inside.chars().map(|c| c.to_ascii_lowercase());
                let first = units.next();
                if matches!(first, Some('h' | 'm' | 's')) && units.all(|c| Some(c) == first) {
                    return None;
                }
            }
            c => left.extend(c.to_lowercase()),
        }
    }
    // AM/PM has an m that is no month.
    Some(left.replace("am/pm", "").replace("a/p", ""))
}

fn is_day_half(code: &str) -> bool {
    let upper = code.to_ascii_uppercase();
    upper.contains("AM/PM") || upper.contains("A/P") || code.contains("上午/下午")
}

/// An `m` is minutes behind hours and before seconds, and months everywhere else.
fn has_month(letters: &str) -> bool {
    let units: Vec<char> = letters.chars().filter(|c| "ymdhs".contains(*c)).collect();
    let runs: Vec<char> = units.chunk_by(|a, b| a == b).map(|run| run[0]).collect();
    runs.iter().enumerate().any(|(i, unit)| {
        let before = i.checked_sub(1).and_then(|i| runs.get(i));
        *unit == 'm' && before != Some(&'h') && runs.get(i + 1) != Some(&'s')
    })
}

#[cfg(test)]
mod tests {
    use super::Shape;
    use rstest::rstest;

    #[rstest]
    #[case("yyyy-mm-dd", Shape::Date)]
    #[case("yyyy/m/d;@", Shape::Date)]
    #[case("yyyy\"年\"m\"月\"d\"日\"", Shape::Date)]
    #[case("[$-804]aaaa;@", Shape::Date)]
    #[case("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", Shape::Date)]
    #[case("[$-411]e\"年\"m\"月\"", Shape::Date)]
    #[case("m\"月\"d\"日\"", Shape::Date)]
    #[case("yyyy-mm-dd hh:mm:ss", Shape::DateTime)]
    #[case("yyyy/m/d h:mm", Shape::DateTime)]
    #[case("h:mm:ss", Shape::Time)]
    #[case("mm:ss", Shape::Time)]
    #[case("mm:ss.0", Shape::Time)]
    #[case("h\"时\"mm\"分\"ss\"秒\"", Shape::Time)]
    #[case("上午/下午h\"时\"mm\"分\"", Shape::Time)]
    #[case("h:mm AM/PM", Shape::Time)]
    #[case("[h]:mm:ss", Shape::Elapsed)]
    #[case("[mm]:ss", Shape::Elapsed)]
    #[case("[Blue][h]:mm", Shape::Elapsed)]
    #[case("00000000000", Shape::Zeros(11))]
    #[case("General", Shape::Number)]
    #[case("G/通用格式", Shape::Number)]
    #[case("0", Shape::Number)]
    #[case("0.00", Shape::Number)]
    #[case("0.00E+00", Shape::Number)]
    #[case("#,##0\"元\"", Shape::Number)]
    #[case("#,##0\\ [$₽-46D]", Shape::Number)]
    #[case("\"days: \"0", Shape::Number)]
    #[case("_(* #,##0_)", Shape::Number)]
    #[case("@", Shape::Number)]
    #[case("", Shape::Number)]
    fn a_format_says_what_a_number_is(#[case] code: &str, #[case] shape: Shape) {
        assert_eq!(Shape::of(code), shape);
    }

    proptest::proptest! {
        #[test]
        fn any_format_is_understood_somehow(code in "\\PC{0,30}") {
            Shape::of(&code);
        }
    }
}
