//! `qinting://case/<id>`: a case as a link, `?t=12.4,18.9` a moment of its sound, `?turn=12-14` turns of its
//! text. The `t` part follows the temporal dimension of W3C Media Fragments (seconds, start and optional end).

use crate::{Anchor, CaseId, Observation, Turns};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The address scheme the operating system hands to the app.
pub const LINK_SCHEME: &str = "qinting";

/// A moment of a case; where it names none, the whole.
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
    /// Turns, when the link names some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub turns: Option<Turns>,
}

impl std::fmt::Display for MomentLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{LINK_SCHEME}://case/{}", self.case_id)?;
        let time = match (self.start_ms, self.end_ms) {
            (Some(s), Some(e)) => Some(format!("t={},{}", seconds(s), seconds(e))),
            (Some(s), None) => Some(format!("t={}", seconds(s))),
            _ => None,
        };
        let turns = self.turns.map(|turns| format!("turn={turns}"));
        match time.into_iter().chain(turns).collect::<Vec<_>>().join("&") {
            named if named.is_empty() => Ok(()),
            named => write!(f, "?{named}"),
        }
    }
}

fn seconds(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Longest accepted link; longer text is refused before it is looked at. Percent-encoded whole, ours
/// stays well below.
const MAX_LINK: usize = 400;

/// What chat programs and sentences glue to the front of a link.
const GLUED_IN_FRONT: &str = "<([{\"'`‘“「『（【〔［｛《〈";
/// What they glue to its end.
const GLUED_BEHIND: &str = ">)]}\"'`’”」』）】〕］｝》〉.,;:!?。，、；：！？．…·~～";

impl MomentLink {
    /// The whole of a case.
    pub fn to(case_id: CaseId) -> Self {
        Self {
            case_id,
            start_ms: None,
            end_ms: None,
            turns: None,
        }
    }

    /// Where a mark stands.
    pub fn to_mark(o: &Observation) -> Self {
        let whole = Self::to(o.case_id);
        match o.anchor {
            Anchor::Whole => whole,
            Anchor::Turns(turns) => Self {
                turns: Some(turns),
                ..whole
            },
            Anchor::Sound => Self {
                start_ms: Some(o.start_ms),
                end_ms: Some(o.end_ms),
                ..whole
            },
        }
    }

    /// Reads a link as it comes back from chat programs and mails: percent-encoded, with a scheme in
    /// any case, and with the punctuation of the sentence it stood in. The moment is read as Media
    /// Fragments reads `t`: `npt:` may stand in front, the start or the end may be left out, clock
    /// times are times, and of several the last one holds. Anything else gives `None`; links come
    /// from outside, so nothing is guessed.
    pub fn parse(url: &str) -> Option<Self> {
        if url.len() > MAX_LINK {
            return None;
        }
        let url = percent_decoded(url)?;
        let url = bare(&url);
        let (head, query) = url
            .split_once(['?', '#'])
            .map_or((url, None), |(head, query)| (head, Some(query)));
        let id = after_ignoring_case(head, LINK_SCHEME)?;
        let id = after_ignoring_case(id, "://case/")?;
        let case_id = id.trim_end_matches('/').parse().ok()?;
        let query = query.unwrap_or_default();
        let (start_ms, end_ms) = moment(query)?;
        let turns = match value_of(query, "turn=") {
            Some(turns) => Some(Turns::parse(turns)?),
            None => None,
        };
        Some(Self {
            case_id,
            start_ms,
            end_ms,
            turns,
        })
    }

    /// Whether a text claims to be one of ours, whatever else is wrong with it.
    pub fn claims(text: &str) -> bool {
        after_ignoring_case(text, LINK_SCHEME).is_some_and(|rest| rest.starts_with(':'))
    }
}

/// Without blanks around it and without what the text around it glued on.
fn bare(url: &str) -> &str {
    let glue = |set: &'static str| {
        move |c: char| {
            // Marks of direction and order come along when text is copied.
            let unseen = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
            c.is_whitespace() || unseen || set.contains(c)
        }
    };
    url.trim_start_matches(glue(GLUED_IN_FRONT))
        .trim_end_matches(glue(GLUED_BEHIND))
}

fn after_ignoring_case<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start)
        .then(|| &text[start.len()..])
}

/// `%2C` becomes `,`. An escape that is none, and bytes that are no UTF-8, give `None`.
fn percent_decoded(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let code = piece.get(..2)?;
        let is_hex = code.bytes().all(|b| b.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(code, 16).ok().filter(|_| is_hex)?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

/// What a query says for a name; of several the last one holds.
fn value_of<'t>(query: &'t str, name: &str) -> Option<&'t str> {
    query.rsplit('&').find_map(|pair| pair.strip_prefix(name))
}

/// Start and end that a query names. Other names in it are passed over; without `t` there are none.
fn moment(query: &str) -> Option<(Option<u64>, Option<u64>)> {
    let Some(t) = value_of(query, "t=") else {
        return Some((None, None));
    };
    let t = after_ignoring_case(t, "npt:").unwrap_or(t);
    let (start, end) = t.split_once(',').map_or((t, None), |(s, e)| (s, Some(e)));
    let end_ms = match end {
        Some(end) => Some(milliseconds(end)?),
        None => None,
    };
    let start_ms = match start {
        // From the beginning, which only an end can say.
        "" if end_ms.is_some() => 0,
        _ => milliseconds(start)?,
    };
    end_ms
        .is_none_or(|end| end >= start_ms)
        .then_some((Some(start_ms), end_ms))
}

/// `12.4`, `1:05`, or `1:02:03.5` as milliseconds.
fn milliseconds(text: &str) -> Option<u64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (seconds, higher) = parts.split_last()?;
    let mut whole_ms = 0;
    for (i, part) in higher.iter().enumerate() {
        let value: u64 = digits(part, 6)?.parse().ok()?;
        // Only what stands in front may pass sixty.
        if higher.len() > 2 || (i > 0 && value > 59) {
            return None;
        }
        whole_ms = whole_ms * 60 + value * 60_000;
    }
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let whole: u64 = digits(whole, 12)?.parse().ok()?;
    if !higher.is_empty() && whole > 59 {
        return None;
    }
    let fraction = if fraction.is_empty() {
        "0"
    } else {
        digits(fraction, 12)?
    };
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    // Between 0 and 1000, so nothing is cut off and nothing is negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let fraction_ms = (fraction * 1000.0).round() as u64;
    Some(whole_ms + whole * 1000 + fraction_ms)
}

/// The text itself, when it is made of one to `most` digits.
fn digits(text: &str, most: usize) -> Option<&str> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number && text.len() <= most).then_some(text)
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
    #[case("?t=12.4%2C18.9", Some(12_400), Some(18_900))]
    #[case("%3Ft%3D12.4%2c18.9", Some(12_400), Some(18_900))]
    #[case("?t=npt:12.4,18.9", Some(12_400), Some(18_900))]
    #[case("?t=npt%3A12.4", Some(12_400), None)]
    #[case("?t=,18.9", Some(0), Some(18_900))]
    #[case("?t=12.4,", Some(12_400), None)]
    #[case("?t=1:05,1:02:03.5", Some(65_000), Some(3_723_500))]
    #[case("?t=3&t=4", Some(4_000), None)]
    #[case("?from=chat&t=4", Some(4_000), None)]
    #[case("?from=chat", None, None)]
    #[case("#t=4", Some(4_000), None)]
    #[case("/", None, None)]
    #[case("?t=12.4,18.9。", Some(12_400), Some(18_900))]
    #[case("?t=12.4%2C18.9%E3%80%82", Some(12_400), Some(18_900))]
    #[case("?t=12.4，", Some(12_400), None)]
    #[case("?t=12.4）】」。\n", Some(12_400), None)]
    #[case("?t=12.4.", Some(12_400), None)]
    #[case("。", None, None)]
    fn a_link_comes_back_from_chat_and_mail(
        #[case] tail: &str,
        #[case] start: Option<u64>,
        #[case] end: Option<u64>,
        #[values("qinting://case/", "QINTING://CASE/", "（<\"Qinting://case/")] head: &str,
    ) {
        let link = MomentLink::parse(&format!("{head}{ID}{tail}")).expect("a valid link");
        assert_eq!(link.case_id, ID.parse().expect("an id"));
        assert_eq!((link.start_ms, link.end_ms), (start, end));
    }

    #[rstest]
    #[case("?turn=12-14", Some((12, 14)), None)]
    #[case("?turn=12", Some((12, 12)), None)]
    #[case("?t=4&turn=1-2", Some((1, 2)), Some(4_000))]
    #[case("?turn=1-2&t=4", Some((1, 2)), Some(4_000))]
    #[case("?turn=7&turn=12-14。", Some((12, 14)), None)]
    #[case("?return=7", None, None)]
    fn turns_of_a_chat_survive_as_a_link(
        #[case] tail: &str,
        #[case] turns: Option<(u32, u32)>,
        #[case] start_ms: Option<u64>,
    ) {
        let link = MomentLink::parse(&format!("qinting://case/{ID}{tail}")).expect("a valid link");
        assert_eq!(link.turns.map(|t| (t.first, t.last)), turns);
        assert_eq!(link.start_ms, start_ms);
        assert_eq!(MomentLink::parse(&link.to_string()), Some(link));
    }

    #[rstest]
    #[case("http://case/x")]
    #[case("qinting://case/")]
    #[case("qinting://case/../../etc")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=-4")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=9,3")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=1e9")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=<script>")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=,")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=npt:")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=smpte:1")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=1:75")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=1:2:3:4")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=%zz")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=%2")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=%C3")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=12.4%252C18.9")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=١٢")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?turn=0")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?turn=4-2")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?turn=")]
    #[case("qinting://case/0193a1b2-0000-7000-8000-000000000001?t=4&turn=x")]
    fn what_is_not_ours_is_refused(#[case] url: &str) {
        assert_eq!(MomentLink::parse(url), None);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_leads_to_a_moment_that_links_back_or_nowhere(
            head in "(qinting|QinTing|http|.)(://case/|:|.)",
            id in "(0193a1b2-0000-7000-8000-000000000001|[0-9a-f-]{0,36})",
            tail in "([?#&]?(t=)?(npt:)?[0-9.,:%]{0,12}(&?turn=[0-9-]{0,5})?|.{0,20})",
            other: String,
        ) {
            for text in [format!("{head}{id}{tail}"), other] {
                let Some(link) = MomentLink::parse(&text) else { continue };
                proptest::prop_assert_eq!(MomentLink::parse(&link.to_string()), Some(link));
                let lower = text.to_lowercase();
                proptest::prop_assert!(lower.contains("qinting") || lower.contains('%'));
            }
        }
    }
}
