//! Words of written times, folded.

/// Chinese words of more than one character; single ones are words by themselves.
pub(super) const WORDS: &[&str] = &[
    "上午",
    "下午",
    "中午",
    "凌晨",
    "早上",
    "晚上",
    "傍晚",
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "星期天",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
];

/// Half of the day a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// Twelve is midnight.
    Before,
    /// One is thirteen, twelve is noon.
    After,
    /// One is thirteen, twelve is the end of the day.
    Evening,
}

impl Half {
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "am" | "上午" | "凌晨" | "早上" | "早" => Self::Before,
            "pm" | "下午" | "中午" | "傍晚" => Self::After,
            "晚上" | "晚" => Self::Evening,
            _ => return None,
        })
    }

    /// The hour of the day, 0 to 24. Hours that are told in full already stay.
    pub fn hour(self, said: u32) -> u32 {
        match (self, said) {
            (Self::Before, 12) => 0,
            // 中午11点 is before noon.
            (Self::After | Self::Evening, 1..=10) => said + 12,
            (Self::Evening, 11) => 23,
            (Self::Evening, 12) => 24,
            _ => said,
        }
    }
}

/// 1–12 of an English month, whole or its first three letters.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|month| {
        *month == word
            || (word.len() == 3 && month.starts_with(word))
            || (word == "sept" && *month == "september")
    })?;
    Some(at as u32 + 1)
}

/// Whether it names a day of the week, which says nothing the date does not.
pub(super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    word.starts_with("星期")
        || word.starts_with('周')
        || DAYS.iter().any(|day| {
            *day == word || (word.len() >= 3 && word.len() <= 4 && day.starts_with(word))
        })
}
