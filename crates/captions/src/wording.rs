//! Pieces of text put together as people would write them.

use qinting_domain::text::is_han;

/// Adds a piece: Latin words are parted by a blank, Chinese is not.
pub(crate) fn add(text: &mut String, piece: &str) {
    let piece = piece.trim();
    let parts = match (text.chars().next_back(), piece.chars().next()) {
        (Some(before), Some(after)) => !is_dense(before) && !is_dense(after) && !hangs(after),
        _ => false,
    };
    if parts {
        text.push(' ');
    }
    text.push_str(piece);
}

/// One line out of what stood on several or held other blanks; nothing that is not seen stays in it.
pub(crate) fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let words = line
            .split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}')
            .filter(|word| !word.is_empty());
        let mut tidied = String::with_capacity(line.len());
        for word in words {
            if !tidied.is_empty() {
                tidied.push(' ');
            }
            tidied.push_str(word);
        }
        add(&mut out, &tidied);
    }
    out
}

/// Writing without blanks between words: Chinese and its punctuation, kana.
fn is_dense(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '…')
}

/// Punctuation that stands close to the word before it.
fn hangs(c: char) -> bool {
    matches!(c, ',' | '.' | '?' | '!' | ';' | ':' | '%' | ')' | '\'')
}

/// Whether a word ends a sentence.
pub(crate) fn ends_sentence(word: &str) -> bool {
    let word = word.trim_end_matches(['"', '\'', '”', '’', ')', '）', '」']);
    match word.chars().next_back() {
        Some('。' | '？' | '！' | '?' | '!' | '…') => true,
        // `Dr.` and `3.` end none.
        Some('.') => word.chars().filter(|c| c.is_alphabetic()).count() > 3,
        _ => false,
    }
}

/// A language as ours are named: its first part, in small letters, `zh` for all that is Mandarin.
pub(crate) fn language(said: &str) -> String {
    let said = said.trim().to_lowercase();
    let first = said.split(['-', '_']).next().unwrap_or_default();
    match first {
        "cmn" | "cn" | "chinese" | "mandarin" | "zho" | "chi" => "zh".into(),
        "english" | "eng" => "en".into(),
        "cantonese" => "yue".into(),
        "auto" | "none" | "null" | "und" | "unknown" => String::new(),
        // Languages have short names; anything longer is no code, and is kept as it is said.
        _ => first.chars().take(20).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&["您好", "，", "客服中心"], "您好，客服中心")]
    #[case(&["Thank", "you", ",", "how", "are"], "Thank you, how are")]
    #[case(&["退到", "WeChat", "Pay", "可以吗"], "退到WeChat Pay可以吗")]
    #[case(&["", " a ", ""], "a")]
    fn pieces_are_parted_where_their_writing_parts_words(
        #[case] pieces: &[&str],
        #[case] text: &str,
    ) {
        let mut out = String::new();
        pieces.iter().for_each(|piece| add(&mut out, piece));
        assert_eq!(out, text);
    }

    #[rstest]
    #[case("我要\n退款 ", "我要退款")]
    #[case("and who\ncares", "and who cares")]
    #[case("\u{FEFF}a\t\u{0}b\r\n\r\n", "a b")]
    #[case(" \n ", "")]
    fn what_stood_on_several_lines_stands_on_one(#[case] text: &str, #[case] one: &str) {
        assert_eq!(on_one_line(text), one);
    }

    #[rstest]
    #[case("en-US", "en")]
    #[case("english", "en")]
    #[case("cmn-Hans-CN", "zh")]
    #[case("zh_cn", "zh")]
    #[case("auto", "")]
    #[case("", "")]
    fn languages_are_named_as_ours(#[case] said: &str, #[case] named: &str) {
        assert_eq!(language(said), named);
    }

    #[rstest]
    #[case("吗？", true)]
    #[case("today.\"", true)]
    #[case("Dr.", false)]
    #[case("好", false)]
    fn a_word_ends_a_sentence(#[case] word: &str, #[case] ends: bool) {
        assert_eq!(ends_sentence(word), ends);
    }
}
