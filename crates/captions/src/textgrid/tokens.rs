//! What of a TextGrid counts: numbers that stand free, texts in quotes, and flags. All else is for people to read,
//! which is why the long form and the short one are one format.

use crate::{Place, Reason, Refusal};

/// Intervals of a tier, or tiers, at most: what a count claims is not taken for granted.
const MOST: f64 = 1e7;

/// The tokens of a file, one after the other.
pub(super) struct Tokens<'t> {
    rest: &'t str,
    line: u32,
}

enum Token {
    Number(f64),
    Text(String),
    Flag(bool),
}

impl<'t> Tokens<'t> {
    pub fn of(text: &'t str) -> Self {
        Self {
            rest: text,
            line: 1,
        }
    }

    /// A number.
    pub fn number(&mut self) -> Result<f64, Refusal> {
        let shown = self.rest;
        match self.next()? {
            Token::Number(number) => Ok(number),
            _ => Err(self.refused(Reason::Syntax, shown)),
        }
    }

    /// A number that counts.
    pub fn count(&mut self) -> Result<u64, Refusal> {
        let shown = self.rest;
        let number = self.number()?;
        let counts = number.fract() == 0.0 && (0.0..=MOST).contains(&number);
        match counts {
            true => Ok(number as u64),
            false => Err(self.refused(Reason::Syntax, shown)),
        }
    }

    /// A text, and the line it begins at.
    pub fn text(&mut self) -> Result<(String, u32), Refusal> {
        let shown = self.rest;
        self.skip();
        let line = self.line;
        match self.next()? {
            Token::Text(text) => Ok((text, line)),
            _ => Err(self.refused(Reason::Syntax, shown)),
        }
    }

    /// `<exists>` or `<absent>`.
    pub fn flag(&mut self) -> Result<bool, Refusal> {
        let shown = self.rest;
        match self.next()? {
            Token::Flag(flag) => Ok(flag),
            _ => Err(self.refused(Reason::Syntax, shown)),
        }
    }

    fn refused(&self, reason: Reason, shown: &str) -> Refusal {
        let first = shown.trim_start().lines().next().unwrap_or_default();
        Refusal::at(reason, Place::Line(self.line)).showing(first)
    }

    /// Goes on to the next token, over everything that is none.
    fn skip(&mut self) {
        loop {
            let trimmed = self
                .rest
                .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            self.pass(self.rest.len() - trimmed.len());
            let length = match self.rest.chars().next() {
                None | Some('"') => return,
                Some('!') => self.rest.find('\n').unwrap_or(self.rest.len()),
                Some(_) => match self.word() {
                    word if is_flag(word).is_some() || number_of(word).is_some() => return,
                    word => word.len(),
                },
            };
            self.pass(length);
        }
    }

    /// What stands up to the next blank.
    fn word(&self) -> &'t str {
        let end = self.rest.find(char::is_whitespace);
        &self.rest[..end.unwrap_or(self.rest.len())]
    }

    fn pass(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at(bytes);
        self.line += passed.bytes().filter(|b| *b == b'\n').count() as u32;
        self.rest = rest;
    }

    fn next(&mut self) -> Result<Token, Refusal> {
        self.skip();
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        let word = self.word();
        let token = match (is_flag(word), number_of(word)) {
            (Some(flag), _) => Token::Flag(flag),
            (None, Some(number)) => Token::Number(number),
            (None, None) => return Err(self.refused(Reason::Cut, "")),
        };
        self.pass(word.len());
        Ok(token)
    }

    /// A text in quotes; two quotes in it are one.
    fn quoted(&mut self) -> Result<Token, Refusal> {
        let (mut text, mut from) = (String::new(), 1);
        while let Some(at) = self.rest[from..].find('"') {
            text.push_str(&self.rest[from..from + at]);
            from += at + 1;
            if !self.rest[from..].starts_with('"') {
                self.pass(from);
                return Ok(Token::Text(text));
            }
            text.push('"');
            from += 1;
        }
        Err(self.refused(Reason::Cut, self.rest))
    }
}

fn is_flag(word: &str) -> Option<bool> {
    match word {
        "<exists>" => Some(true),
        "<absent>" => Some(false),
        _ => None,
    }
}

/// A number that stands free. Praat writes undefined ones with dashes.
fn number_of(word: &str) -> Option<f64> {
    let starts = word.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.');
    word.parse().ok().filter(|n: &f64| starts && n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_people_is_passed_over() {
        let mut tokens = Tokens::of(
            "! made \"by\" hand\nitem [1]: xmin = 0.5 \"a \"\"b\"\"\nc\"\nsize = 3 <exists>",
        );
        assert_eq!(tokens.number().expect("a number"), 0.5);
        let (text, line) = tokens.text().expect("a text");
        assert_eq!((text.as_str(), line), ("a \"b\"\nc", 2));
        assert_eq!(tokens.count().expect("a count"), 3);
        assert!(tokens.flag().expect("a flag"));
        let refused = tokens.number().expect_err("the end");
        assert_eq!(
            (refused.reason, refused.at),
            (Reason::Cut, Some(Place::Line(4)))
        );
    }

    #[test]
    fn a_count_that_counts_nothing_is_refused() {
        for count in ["-1", "1.5", "1e99"] {
            assert!(Tokens::of(count).count().is_err(), "{count}");
        }
    }

    #[test]
    fn a_text_that_does_not_end_is_refused_where_it_begins() {
        let refused = Tokens::of("\n\"abc\n\n").text().expect_err("cut");
        assert_eq!(
            (refused.reason, refused.at),
            (Reason::Cut, Some(Place::Line(2)))
        );
    }
}
