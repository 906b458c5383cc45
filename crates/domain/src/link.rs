//! `qinting://case/<id>?t=12.4,18.9`: a moment as a link. The `t` part follows the temporal
//! dimension of W3C Media Fragments (seconds, start and optional end).

use crate::CaseId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The address scheme the operating system hands to the app.
pub const LINK_SCHEME: &str = "qinting";

/// A moment of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MomentLink {
    /// The case.
    pub case_id: CaseId,
    /// Start in milliseconds, when the link names a moment.
    #[ts(type = "number | null")]
    pub start_ms: Option<u64>,
    /// End in milliseconds, when the link names a range.
    #[ts(type = "number | null")]
    pub end_ms: Option<u64>,
}

impl std::fmt::Display for MomentLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{LINK_SCHEME}://case/{}", self.case_id)?;
        match (self.start_ms, self.end_ms) {
            (Some(s), Some(e)) => write!(f, "?t={},{}", seconds(s), seconds(e)),
            (Some(s), None) => write!(f, "?t={}", seconds(s)),
            _ => Ok(()),
        }
    }
}

fn seconds(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Longest accepted link; longer text is refused before it is looked at.
const MAX_LINK: usize = 200;

impl MomentLink {
    /// Reads a link. Anything that is not exactly one of ours gives `None`; links come from
    /// outside, so nothing is guessed.
    pub fn parse(url: &str) -> Option<Self> {
        if url.len() > MAX_LINK {
            return None;
        }
        let rest = url.strip_prefix("qinting://case/")?;
        let (id, query) = rest
            .split_once('?')
            .map_or((rest, None), |(i, q)| (i, Some(q)));
        let case_id = id.trim_end_matches('/').parse().ok()?;
        let Some(query) = query else {
            return Some(Self {
                case_id,
                start_ms: None,
                end_ms: None,
            });
        };
        let t = query.split('&').find_map(|p| p.strip_prefix("t="))?;
        let (start, end) = t.split_once(',').map_or((t, None), |(s, e)| (s, Some(e)));
        let start_ms = Some(parse_seconds(start)?);
        let end_ms = end.map(parse_seconds).map_or(Some(None), |v| v.map(Some))?;
        (end_ms.is_none_or(|e| Some(e) >= start_ms)).then_some(Self {
            case_id,
            start_ms,
            end_ms,
        })
    }
}

fn parse_seconds(text: &str) -> Option<u64> {
    let ok = !text.is_empty()
        && text.len() < 16
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let value: f64 = ok.then(|| text.parse().ok()).flatten()?;
    // 16 characters of digits stay far below 2^53, so the rounding is exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some((value * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const ID: &str = "0193a1b2-0000-7000-8000-000000000001";

    #[rstest]
    #[case("", None, None)]
    #[case("?t=12.4,18.9", Some(12_400), Some(18_900))]
    #[case("?t=12", Some(12_000), None)]
    #[case("?t=0.025", Some(25), None)]
    fn a_moment_survives_as_a_link(
        #[case] tail: &str,
        #[case] start: Option<u64>,
        #[case] end: Option<u64>,
    ) {
        let url = format!("qinting://case/{ID}{tail}");
        let link = MomentLink::parse(&url).expect("a valid link");
        assert_eq!((link.start_ms, link.end_ms), (start, end));
        assert_eq!(link.to_string(), url);
    }

    #[rstest]
    #[case("http://case/x")]
    #[case("qinting://case/")]
    #[case("qinting://case/../../etc")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=-4")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=9,3")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=1e9")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=<script>")]
    fn what_is_not_ours_is_refused(#[case] url: &str) {
        assert_eq!(MomentLink::parse(url), None);
    }
}
