//! JSON as programs and people leave it: comments, a comma too many, `NaN`, one document a line, documents inside
//! of texts.

use crate::source::{MOST_DEPTH, MOST_VALUES};
use crate::{Place, Reason, Refusal};
use serde_json::{Deserializer, Value};

/// Keys whose text is a document of its own, as 讯飞 and 阿里云 nest them.
const NESTED: &[&str] = &[
    "orderResult",
    "json_1best",
    "lattice",
    "Result",
    "data",
    "body",
    "content",
];
/// Documents in documents in documents are followed so far.
const MOST_NESTED: usize = 3;

/// The document of a text; of several, one a line, the list of them.
///
/// # Errors
/// Cut, malformed, too deep or too many values, each with its line and column.
pub(crate) fn parsed(text: &str) -> Result<Value, Refusal> {
    let mut left = MOST_VALUES;
    let mut value = document(text, &mut left)?;
    unfold(&mut value, MOST_NESTED, &mut left);
    Ok(value)
}

/// The document of a text that has no more values than are `left`.
fn document(text: &str, left: &mut usize) -> Result<Value, Refusal> {
    let text = text.trim_start_matches('\u{FEFF}');
    *left -= values_of(text, *left)?;
    match strictly(text) {
        Ok(value) => Ok(value),
        Err(refused) => strictly(&plain(text)).map_err(|_| refused),
    }
}

fn strictly(text: &str) -> Result<Value, Refusal> {
    let mut all = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        all.push(value.map_err(|e| refused(&e, text))?);
    }
    match all.len() {
        0 => Err(Refusal::at(Reason::Cut, Place::Line(1))),
        1 => Ok(all.swap_remove(0)),
        _ => Ok(Value::Array(all)),
    }
}

fn refused(error: &serde_json::Error, text: &str) -> Refusal {
    let reason = match error.is_eof() {
        true => Reason::Cut,
        false => Reason::Syntax,
    };
    let line = error.line().max(1);
    let shown = text.lines().nth(line - 1).unwrap_or_default();
    let from = shown
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| at + 30 >= error.column())
        .unwrap_or_default();
    let place = Place::Line(u32::try_from(line).unwrap_or(u32::MAX));
    Refusal {
        column: u32::try_from(error.column()).ok(),
        ..Refusal::at(reason, place).showing(&shown[from..])
    }
}

/// How many values a text has, by its brackets and commas, before anything is built of them.
fn values_of(text: &str, most: usize) -> Result<usize, Refusal> {
    let (mut depth, mut values, mut line) = (0_usize, 0_usize, 1_u32);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        if byte == b'\n' {
            line = line.saturating_add(1);
        }
        if quoted {
            (quoted, escaped) = match byte {
                _ if escaped => (true, false),
                b'\\' => (true, true),
                b'"' => (false, false),
                _ => (true, false),
            };
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => (depth, values) = (depth + 1, values + 1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        let over = match (depth > MOST_DEPTH, values > most) {
            (true, _) => Reason::TooDeep,
            (_, true) => Reason::TooMany,
            _ => continue,
        };
        return Err(Refusal::at(over, Place::Line(line)));
    }
    Ok(values)
}

/// The same text with blanks for comments and for commas before a closing bracket, and `null` for what Python
/// writes of numbers that are none. Lines stay lines.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (length, written) = match c {
            '"' => (quoted(rest), None),
            '/' => match comment(rest) {
                0 => (1, None),
                length => (length, Some("")),
            },
            ',' if closes(&rest[1..]) => (1, Some(" ")),
            'N' if rest.starts_with("NaN") => (3, Some("null")),
            '-' if rest.starts_with("-Infinity") => (9, Some("null")),
            'I' if rest.starts_with("Infinity") => (8, Some("null")),
            _ => (c.len_utf8(), None),
        };
        let (taken, left) = rest.split_at(length);
        match written {
            Some("") => out.extend(taken.chars().filter(|c| *c == '\n').chain([' '])),
            Some(written) => out.push_str(written),
            None => out.push_str(taken),
        }
        rest = left;
    }
    out
}

/// How long a text in quotes is, quotes and all.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// How long a comment is; 0: none begins there.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        text.find('\n').unwrap_or(text.len())
    } else if text.starts_with("/*") {
        text[2..].find("*/").map_or(text.len(), |at| at + 4)
    } else {
        0
    }
}

/// Whether nothing stands before the next closing bracket but blanks and comments.
fn closes(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        match comment(rest) {
            0 => return rest.starts_with([']', '}']),
            length => rest = rest[length..].trim_start(),
        }
    }
}

/// Puts documents in the place of the texts that hold them.
fn unfold(value: &mut Value, deeper: usize, left: &mut usize) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| unfold(one, deeper, left)),
        Value::Object(all) => {
            for (key, one) in all.iter_mut() {
                let inner = one
                    .as_str()
                    .filter(|_| deeper > 0 && NESTED.contains(&key.as_str()))
                    .filter(|text| text.trim_start().starts_with(['{', '[']))
                    .and_then(|text| document(text, left).ok());
                match inner {
                    Some(mut inner) => {
                        unfold(&mut inner, deeper - 1, left);
                        *one = inner;
                    }
                    None => unfold(one, deeper, left),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("\u{FEFF}{\"a\": 1}", json!({"a": 1}))]
    #[case("{\"a\": [1, 2,], // last\n}", json!({"a": [1, 2]}))]
    #[case("/* by hand */ {\"a\": \"// no /* comment */ ,]\",}", json!({"a": "// no /* comment */ ,]"}))]
    #[case("{\"a\": NaN, \"b\": -Infinity, \"c\": [Infinity]}", json!({"a": null, "b": null, "c": [null]}))]
    #[case("{\"a\":1}\n{\"a\":2}\n", json!([{"a": 1}, {"a": 2}]))]
    #[case(r#"{"orderResult":"{\"lattice\":[{\"json_1best\":\"{\\\"st\\\":{}}\"}]}"}"#,
        json!({"orderResult": {"lattice": [{"json_1best": {"st": {}}}]}}))]
    #[case(r#"{"content":"[图片]"}"#, json!({"content": "[图片]"}))]
    fn json_is_read_as_it_is_left(#[case] text: &str, #[case] value: Value) {
        assert_eq!(parsed(text).expect("json"), value);
    }

    #[rstest]
    #[case("{\"a\": [1,\n 2", Reason::Cut, 2)]
    #[case("{\"a\": \"b", Reason::Cut, 1)]
    #[case("{\n\n\"a\" 1}", Reason::Syntax, 3)]
    #[case("", Reason::Cut, 1)]
    #[case("{} x", Reason::Syntax, 1)]
    fn what_is_no_json_says_where(#[case] text: &str, #[case] reason: Reason, #[case] line: u32) {
        let refused = parsed(text).expect_err("no json");
        assert_eq!(
            (refused.reason, refused.at),
            (reason, Some(Place::Line(line)))
        );
    }

    #[test]
    fn what_is_too_deep_or_too_much_is_not_built() {
        let deep = "[".repeat(1_000) + &"]".repeat(1_000);
        assert_eq!(parsed(&deep).expect_err("deep").reason, Reason::TooDeep);
        let many = format!("[{}1]", "1,".repeat(MOST_VALUES));
        assert_eq!(parsed(&many).expect_err("many").reason, Reason::TooMany);
        let quoted = format!("[\"{}\"]", "[,".repeat(1_000));
        assert!(parsed(&quoted).is_ok());
    }
}
