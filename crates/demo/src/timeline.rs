//! The story in the order in which it happens.

use crate::calls::Call;
use crate::clock::StoryClock;
use crate::story::{CaseStory, IssueStory, Listen, MarkStory, SessionStory, Step, Story};
use qinting_desk::Span;
use qinting_domain::UnixMs;

/// From the end of the words to the key.
pub(crate) const LAG_MS: u32 = 2_000;
/// From the key to the last letter of the note.
const NOTE_MS: i64 = 25_000;
/// From the import to the facts somebody typed in.
const FACTS_MS: i64 = 120_000;

/// One thing that happens.
pub(crate) enum Happening<'a> {
    /// A recording is brought in.
    BroughtIn(&'a CaseStory),
    /// Somebody writes down what is known about the call.
    Described(&'a CaseStory),
    /// The session is planned.
    Planned(&'a SessionStory),
    /// Somebody presses the key.
    Marked(&'a Listen, &'a MarkStory, Span),
    /// They write down what they heard.
    Noted(&'a MarkStory),
    /// Everybody has heard a call to its end.
    HeardOut(&'a Listen),
    /// Somebody files an issue.
    Filed(&'a IssueStory),
    /// It goes on.
    WentOn(&'a IssueStory, &'a Step),
}

/// Everything that happens, by time. The error names what in the story does not fit the calls.
pub(crate) fn timeline<'a>(
    story: &'a Story,
    calls: &[Call],
    clock: &StoryClock,
) -> Result<Vec<(UnixMs, Happening<'a>)>, String> {
    let time = |moment| clock.time_of(moment);
    let mut all = Vec::new();
    for case in &story.cases {
        let at = time(case.brought_in);
        all.push((at, Happening::BroughtIn(case)));
        all.push((at + FACTS_MS, Happening::Described(case)));
    }
    let session = &story.session;
    all.push((time(session.when), Happening::Planned(session)));
    for listen in &story.listens {
        let call = calls
            .iter()
            .find(|c| c.id == listen.call)
            .ok_or_else(|| format!("no call {}", listen.call))?;
        let begin = time(listen.when);
        let mut end = begin;
        for mark in &listen.marks {
            let span = span_of(call, &mark.from, mark.to.as_deref())?;
            let at = begin + span.end_ms as i64 + i64::from(LAG_MS);
            all.push((at, Happening::Marked(listen, mark, span)));
            all.push((at + NOTE_MS, Happening::Noted(mark)));
            end = end.max(at + NOTE_MS);
        }
        end = end.max(begin + call.lines.last().map_or(0, |l| l.end_ms) as i64);
        all.push((end, Happening::HeardOut(listen)));
    }
    for issue in &story.issues {
        all.push((time(issue.when), Happening::Filed(issue)));
        let later = issue.then.iter();
        all.extend(later.map(|step| (time(step.when), Happening::WentOn(issue, step))));
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all)
}

/// From the beginning of the line that contains `from` to the end of the one that contains `to`.
fn span_of(call: &Call, from: &str, to: Option<&str>) -> Result<Span, String> {
    let line = |part: &str| {
        let mut found = call.lines.iter().filter(|l| l.text.contains(part));
        match (found.next(), found.next()) {
            (Some(line), None) => Ok(line),
            (None, _) => Err(format!("nobody says {part:?} in {}", call.id)),
            _ => Err(format!("{part:?} is said twice in {}", call.id)),
        }
    };
    let (first, last) = (line(from)?, line(to.unwrap_or(from))?);
    if last.start_ms < first.start_ms {
        return Err(format!("{to:?} comes before {from:?}"));
    }
    Ok(Span {
        start_ms: first.start_ms,
        // Somebody may cut in and be done first.
        end_ms: last.end_ms.max(first.end_ms),
    })
}

#[cfg(test)]
mod tests;
