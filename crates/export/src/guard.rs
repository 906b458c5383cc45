//! Text that came from a stranger, made harmless for the program that opens the export.

mod shape;

/// Characters a spreadsheet takes for the start of a formula, full-width and small forms included:
/// spreadsheets of East Asian locales fold them.
const FORMULA: [char; 12] = [
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫',
];

/// Characters that are skipped over before a formula: a spreadsheet may trim them.
fn is_padding(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A cell a spreadsheet shows as text, each line of it for itself, since pasting a cell into a sheet
/// makes a cell of each line. What would be read as a formula, or begins with a control character,
/// gets a leading apostrophe, also behind a tab, where pasting begins a cell as well. What would be
/// turned into another shape (a number, a day, a truth value) gets a trailing tab, which makes Excel
/// keep the text. Line ends become LF, NUL goes (readers stop there).
pub(crate) fn cell(text: &str) -> String {
    let text = text
        .replace('\0', "")
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let mut out = String::with_capacity(text.len() + 1);
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let empty_first_line = i == 0 && line.is_empty() && text.len() > 1;
        if line.starts_with(char::is_control) || is_formula(line) || empty_first_line {
            out.push('\'');
        } else if shape::is_lost(line) {
            out.push_str(line);
            out.push('\t');
            continue;
        }
        for (n, piece) in line.split('\t').enumerate() {
            if n > 0 {
                out.push('\t');
                out.extend(is_formula(piece).then_some('\''));
            }
            out.push_str(piece);
        }
    }
    out
}

fn is_formula(piece: &str) -> bool {
    piece
        .trim_start_matches(is_padding)
        .starts_with(FORMULA.as_slice())
}

/// Text inside one line of Markdown: no markup, no HTML, no line break comes out of it.
pub(crate) fn line(text: &str) -> String {
    let words = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty());
    escape(&words.collect::<Vec<_>>().join(" "))
}

/// Text as lines of Markdown, each of them plain.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.trim().split('\n').map(line).collect()
}

fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        match c {
            // Entities rather than backslashes: they hold in renderers that let HTML through.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '{' | '}' => {
                out.extend(['\\', c]);
            }
            _ => out.push(c),
        }
    }
    escape_start(out)
}

/// What makes a list or a heading only at the start of a line: `- `, `+ `, `===`, `1.`, `1)`.
fn escape_start(line: String) -> String {
    if line.starts_with(['-', '+', '=']) {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("退款没到账", "退款没到账")]
    #[case("", "")]
    #[case("=1+1", "'=1+1")]
    #[case("+861380000", "'+861380000")]
    #[case("-2+3", "'-2+3")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("＝1＋1", "'＝1＋1")]
    #[case("＋1", "'＋1")]
    #[case("－1", "'－1")]
    #[case("＠SUM", "'＠SUM")]
    #[case("﹦1", "'﹦1")]
    #[case("\t=1", "'\t'=1")]
    #[case("plain\t=1", "plain\t'=1")]
    #[case("plain\t  ＝1\nmore\t-2", "plain\t'  ＝1\nmore\t'-2")]
    #[case("\tplain", "'\tplain")]
    #[case("\r=1", "'\n'=1")]
    #[case("\n=1", "'\n'=1")]
    #[case("\r\nplain", "'\nplain")]
    #[case("\0=1", "'=1")]
    #[case("a\0b", "ab")]
    #[case("   =1", "'   =1")]
    #[case("\u{00A0}=1", "'\u{00A0}=1")]
    #[case("\u{3000}＝1", "'\u{3000}＝1")]
    #[case("\u{FEFF}=1", "'\u{FEFF}=1")]
    #[case("\u{200B}@x", "'\u{200B}@x")]
    #[case(
        "第一行\n=HYPERLINK(\"http://x\")\n第三行",
        "第一行\n'=HYPERLINK(\"http://x\")\n第三行"
    )]
    #[case("a\r\n-b\r+c", "a\n'-b\n'+c")]
    #[case("a=b", "a=b")]
    #[case("'=1", "'=1")]
    #[case("6222021234567890123", "6222021234567890123\t")]
    #[case("0021", "0021\t")]
    #[case("0021\n", "0021\t\n")]
    #[case("坐席 3\n3-12", "坐席 3\n3-12\t")]
    #[case("-5", "'-5")]
    #[case("8842", "8842")]
    fn a_cell_is_shown_as_text(#[case] text: &str, #[case] cell_text: &str) {
        assert_eq!(cell(text), cell_text);
    }

    #[rstest]
    #[case("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    #[case("[点这里](javascript:alert(1))", "\\[点这里\\](javascript:alert(1))")]
    #[case("![x](http://x/y.png)", "\\!\\[x\\](http://x/y.png)")]
    #[case("# 标题\n第二行", "\\# 标题 第二行")]
    #[case("**重** _斜_ `码`", "\\*\\*重\\*\\* \\_斜\\_ \\`码\\`")]
    #[case("&lt;b&gt;", "&amp;lt;b&amp;gt;")]
    #[case("- 列表", "\\- 列表")]
    #[case("1. 列表", "1\\. 列表")]
    #[case("12) 列表", "12\\) 列表")]
    #[case("===", "\\===")]
    #[case("3.5 倍", "3\\.5 倍")]
    #[case("a|b ~~c~~ $d$", "a\\|b \\~\\~c\\~\\~ \\$d\\$")]
    #[case("  \u{7}  空 白  ", "空 白")]
    #[case("שלום 😀", "שלום 😀")]
    fn a_line_of_markdown_stays_what_was_typed(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(line(text), shown);
    }

    #[test]
    fn every_line_of_a_longer_text_is_plain() {
        assert_eq!(
            lines("甲\r\n    > 乙\n\n<hr>\n"),
            ["甲", "&gt; 乙", "", "&lt;hr&gt;"]
        );
    }
}
