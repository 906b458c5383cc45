//! Whom and what a person means by a word on the command line.

use qinting_desk::{
    AppError, AppResult, AtDesk, CaseQuery, CaseRow, MOST_ROWS, NewPerson, SessionRow, codes,
};
use qinting_domain::{
    Address, CaseId, IssueId, Link, MomentLink, Named, PersonId, Recording, Role, SessionId, TagId,
    TagStatus,
};

/// Shortest end of an id that is taken for one.
const MIN_ID_END: usize = 6;

/// All cases a query finds, page by page.
pub(crate) fn cases(at_desk: &AtDesk, mut query: CaseQuery) -> AppResult<Vec<CaseRow>> {
    let mut all = Vec::new();
    query.limit = MOST_ROWS;
    loop {
        query.offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let page = at_desk.list_cases(query.clone())?;
        let more = page.rows.len();
        all.extend(page.rows);
        if more == 0 || all.len() >= page.total as usize {
            return Ok(all);
        }
    }
}

/// The case a person names: by id, link, end of its id, or title.
pub(crate) fn case(at_desk: &AtDesk, named: &str) -> AppResult<CaseId> {
    let named = named.trim();
    if let Some(address) = Address::parse(named) {
        return match (address.named, at_desk.resolve_link(named.to_owned())) {
            (_, Ok(Link::Moment(moment))) => Ok(moment.case_id),
            // Whoever takes a case out of the bin names it so, too.
            (Named::Link(Link::Moment(moment)), Err(e)) if e.code() == codes::CASE_IN_BIN => {
                Ok(moment.case_id)
            }
            (_, Ok(_)) => Err(AppError::new(codes::NOT_FOUND).with("kind", "case")),
            (_, Err(e)) => Err(e),
        };
    }
    if let Ok(id) = named.parse::<CaseId>() {
        return Ok(id);
    }
    if named.is_empty() {
        return one_of(&[], "case");
    }
    let end = id_end(named);
    let all = cases(at_desk, CaseQuery::default())?;
    let by_id = all.iter().filter(|r| {
        end.as_ref()
            .is_some_and(|end| r.case.id.to_string().ends_with(end))
    });
    let mut found: Vec<CaseId> = by_id.map(|r| r.case.id).collect();
    if found.is_empty() {
        found = all
            .iter()
            .filter(|r| r.case.title == named)
            .map(|r| r.case.id)
            .collect();
    }
    one_of(&found, "case")
}

/// What is written, when it can be the end of an id.
pub(crate) fn id_end(named: &str) -> Option<String> {
    let lower = named.to_lowercase();
    let is_end =
        lower.len() >= MIN_ID_END && lower.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    is_end.then_some(lower)
}

/// The only one that was found; never a guess.
pub(crate) fn one_of<T: Copy>(found: &[T], kind: &str) -> AppResult<T> {
    match found {
        [] => Err(AppError::new(codes::NOT_FOUND).with("kind", kind)),
        [one] => Ok(*one),
        _ => Err(AppError::new(crate::words::AMBIGUOUS).with("count", found.len())),
    }
}

/// The session a person names: by id, link, end of its id, or title.
pub(crate) fn session(at_desk: &AtDesk, named: &str) -> AppResult<SessionId> {
    let named = named.trim();
    if Address::parse(named).is_some() {
        return match at_desk.resolve_link(named.to_owned())? {
            Link::Session { session_id } => Ok(session_id),
            _ => Err(AppError::new(codes::NOT_FOUND).with("kind", "session")),
        };
    }
    if let Ok(id) = named.parse::<SessionId>() {
        return Ok(id);
    }
    let all = at_desk.list_sessions(())?;
    let fits = |f: &dyn Fn(&SessionRow) -> bool| -> Vec<SessionId> {
        let found = all.iter().filter(|r| f(r));
        found.map(|r| r.session.id).collect()
    };
    let end = id_end(named);
    let mut found = fits(&|r| {
        end.as_ref()
            .is_some_and(|end| r.session.id.to_string().ends_with(end))
    });
    if found.is_empty() {
        found = fits(&|r| r.session.title == named);
    }
    one_of(&found, "session")
}

/// The issue of a number.
pub(crate) fn issue(at_desk: &AtDesk, number: u32) -> AppResult<IssueId> {
    let found = crate::commands::every_issue(at_desk)?.into_iter();
    let mut found = found.filter(|row| row.issue.number == number);
    let found = found.next().map(|row| row.issue.id);
    found.ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "issue"))
}

/// The recording of a case.
pub(crate) fn recording(at_desk: &AtDesk, case: CaseId) -> AppResult<Recording> {
    at_desk
        .get_case(case)?
        .recording
        .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "recording"))
}

/// Tags by name or former name.
pub(crate) fn tags(at_desk: &AtDesk, names: &[String]) -> AppResult<Vec<TagId>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let known = at_desk.list_tags(())?;
    let offered = || known.iter().filter(|t| t.status == TagStatus::Active);
    names
        .iter()
        .map(|name| {
            let name = name.trim();
            offered()
                .find(|t| t.name == name)
                .or_else(|| offered().find(|t| t.aliases.iter().any(|a| a == name)))
                .map(|t| t.id)
                .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "tag"))
        })
        .collect()
}

/// The person of that name, added as a participant when nobody is called so.
pub(crate) fn person(at_desk: &AtDesk, name: &str) -> AppResult<PersonId> {
    person_or_new(at_desk, name, Role::Participant)
}

/// The person of that name, added as a mentor when nobody is called so.
pub(crate) fn mentor(at_desk: &AtDesk, name: &str) -> AppResult<PersonId> {
    person_or_new(at_desk, name, Role::Mentor)
}

fn person_or_new(at_desk: &AtDesk, name: &str, role: Role) -> AppResult<PersonId> {
    let name = name.trim();
    if let Some(known) = at_desk
        .list_people(())?
        .into_iter()
        .find(|p| p.name == name)
    {
        return Ok(known.id);
    }
    let new = NewPerson {
        name: name.to_owned(),
        roles: [role].into(),
        org_unit: String::new(),
    };
    Ok(at_desk.add_person(new)?.id)
}

/// The link that opens a case.
pub(crate) fn case_link(case_id: CaseId) -> String {
    MomentLink::to(case_id).to_string()
}
