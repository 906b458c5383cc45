//! Lines from a process that is not believed: read one by one, and never more than so much of one.

use std::io::{self, BufRead, Read};

/// Reads lines of at most `most` bytes.
pub(super) struct Lines<R> {
    from: R,
    most: usize,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(from: R, most: usize) -> Self {
        Self { from, most }
    }

    /// The next line without its end; `None` when nothing comes any more. Errors: `InvalidData` for
    /// a line that is too long, of which no more than `most` was ever held.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        // One more than fits, to tell a line that just fits from one that goes on.
        let most = self.most as u64 + 1;
        let read = (&mut self.from).take(most).read_until(b'\n', &mut line)?;
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() > self.most {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok((read > 0).then_some(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<Result<String, io::ErrorKind>> {
        let mut lines = Lines::new(text, 4);
        let mut found = Vec::new();
        loop {
            match lines.next() {
                Ok(None) => return found,
                Ok(Some(line)) => found.push(Ok(String::from_utf8(line).unwrap_or_default())),
                Err(e) => {
                    found.push(Err(e.kind()));
                    return found;
                }
            }
        }
    }

    #[test]
    fn lines_come_whole_and_never_longer_than_allowed() {
        let ok = |text: &str| Ok(text.to_owned());
        assert_eq!(
            read(b"a\n\nbcde\nf"),
            [ok("a"), ok(""), ok("bcde"), ok("f")]
        );
        assert_eq!(
            read(b"a\nbcdef\n"),
            [ok("a"), Err(io::ErrorKind::InvalidData)]
        );
        assert_eq!(read(b"bcdefgh"), [Err(io::ErrorKind::InvalidData)]);
        assert_eq!(read(b""), []);
    }
}
