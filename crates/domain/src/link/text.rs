//! A link as text: what comes back from chat programs and mails.

/// Longest accepted link; longer text is refused before it is looked at. Percent-encoded whole, ours
/// stays well below.
pub(super) const MAX_LINK: usize = 400;

/// What chat programs and sentences glue to the front of a link.
const GLUED_IN_FRONT: &str = "<([{\"'`‘“「『（【〔［｛《〈";
/// What they glue to its end.
const GLUED_BEHIND: &str = ">)]}\"'`’”」』）】〕］｝》〉.,;:!?。，、；：！？．…·~～";

/// Without blanks around it and without what the text around it glued on.
pub(super) fn bare(url: &str) -> &str {
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

pub(super) fn after_ignoring_case<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start)
        .then(|| &text[start.len()..])
}

/// `%2C` becomes `,`. An escape that is none, and bytes that are no UTF-8, give `None`.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
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
pub(super) fn value_of<'t>(query: &'t str, name: &str) -> Option<&'t str> {
    query.rsplit('&').find_map(|pair| pair.strip_prefix(name))
}
