//! One HTTP request on a thread of its own, so that a person's "stop" and a stalled line are
//! noticed at once whatever the socket is doing.

use qinting_desk::{Cause, Kind, spawn_named};
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use ureq::http::HeaderMap;

/// Turns on the way to a file.
const MOST_REDIRECTS: u32 = 10;
/// Bytes per message.
const CHUNK: usize = 64 * 1024;

/// What the server sends.
#[derive(Debug)]
pub(crate) enum Answer {
    /// Status and headers that matter.
    Head(Head),
    /// Some of the body.
    Bytes(Vec<u8>),
    /// The body ended in good order.
    End,
    /// The connection failed.
    Failed(Kind),
    /// It leads over a line that is not closed.
    NotSecure,
}

/// The head of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    /// First byte, and size in all when told, of a `Content-Range`.
    pub(crate) range: Option<(u64, Option<u64>)>,
    /// A strong entity tag.
    pub(crate) tag: Option<String>,
}

/// Asks for an address from byte `from` on.
pub(crate) struct Ask {
    pub(crate) address: String,
    pub(crate) from: u64,
    /// Only resume when the file is still this one.
    pub(crate) if_tag: Option<String>,
    /// Longest time without a byte.
    pub(crate) stall: Duration,
}

/// Sends the request. Dropping the receiver ends the thread at its next byte or time-out.
pub(crate) fn fetch(ask: Ask) -> Receiver<Answer> {
    let (tell, answers) = sync_channel(8);
    let failed = tell.clone();
    let work = move || {
        if let Err(e) = run(&ask, &tell) {
            // Nobody may be listening any more.
            let _ = tell.send(e);
        }
    };
    // A thread that dies hangs up, which is a failure like any other.
    if let Err(e) = spawn_named("fetch", work, drop) {
        let _ = failed.send(Answer::Failed(e.kind()));
    }
    answers
}

fn run(ask: &Ask, tell: &SyncSender<Answer>) -> Result<(), Answer> {
    let closed = !ask.address.to_ascii_lowercase().starts_with("http://");
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .accept_encoding("identity")
        .user_agent(concat!("qinting/", env!("CARGO_PKG_VERSION")))
        // What begins closed does not go on over an open line, and this machine sends nobody away.
        .https_only(closed)
        .max_redirects(if closed { MOST_REDIRECTS } else { 0 })
        .timeout_connect(Some(ask.stall))
        .timeout_per_read(Some(ask.stall))
        .build()
        .new_agent();
    let mut request = agent.get(&ask.address);
    if ask.from > 0 {
        request = request.header("Range", format!("bytes={}-", ask.from));
        if let Some(tag) = &ask.if_tag {
            request = request.header("If-Range", tag);
        }
    }
    let answer = request.call().map_err(|e| match e {
        ureq::Error::RequireHttpsOnly(_) => Answer::NotSecure,
        other => Answer::Failed(Kind::of(&other)),
    })?;
    let head = head_of(answer.status().as_u16(), answer.headers());
    if tell.send(Answer::Head(head)).is_err() {
        return Ok(());
    }
    let mut body = answer.into_body().into_reader();
    loop {
        let mut chunk = vec![0; CHUNK];
        let n = body
            .read(&mut chunk)
            .map_err(|e| Answer::Failed(Cause::kind(&e)))?;
        chunk.truncate(n);
        let last = if n == 0 {
            Answer::End
        } else {
            Answer::Bytes(chunk)
        };
        if tell.send(last).is_err() || n == 0 {
            return Ok(());
        }
    }
}

fn head_of(status: u16, headers: &HeaderMap) -> Head {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    Head {
        status,
        range: text("content-range").and_then(parse_range),
        // A weak tag does not promise the same bytes.
        tag: text("etag")
            .filter(|t| t.starts_with('"'))
            .map(str::to_owned),
    }
}

/// `bytes 100-199/200` or `bytes 100-199/*`.
fn parse_range(value: &str) -> Option<(u64, Option<u64>)> {
    let (span, total) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
    let from = span.split_once('-')?.0.trim().parse().ok()?;
    Some((from, total.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("bytes 100-199/200", Some((100, Some(200))))]
    #[case("bytes 0-9/*", Some((0, None)))]
    #[case("bytes */200", None)]
    #[case("pages 1-2/3", None)]
    #[case("", None)]
    fn a_content_range_is_understood_or_refused(
        #[case] value: &str,
        #[case] want: Option<(u64, Option<u64>)>,
    ) {
        assert_eq!(parse_range(value), want);
    }
}
