//! Search, and links.

pub(crate) mod reads;
pub(crate) mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use qinting_domain::*;

impl Acting {
    /// One search over everything.
    pub fn search(&self, query: SearchQuery) -> AppResult<SearchResults> {
        self.read(|seen| seen.search(&query))
    }

    /// What leads there from anywhere: it says which workspace it is of.
    pub fn link_to(&self, link: Link) -> AppResult<String> {
        let address = Address {
            workspace: Some(self.read(|seen| seen.workspace_id())?),
            ..Address::from(link)
        };
        Ok(address.to_string())
    }

    /// What a link leads to, after checking that it is here: `link.elsewhere` where it is of another `workspace`.
    /// A link into a live call whose marks went onto a recording leads there, and one to a former number of an
    /// issue to that issue.
    pub fn resolve_link(&self, url: String) -> AppResult<Link> {
        let address = Address::parse(&url).ok_or_else(|| AppError::new(codes::LINK_INVALID))?;
        let here = self.read(|seen| seen.workspace_id())?;
        match address.workspace {
            Some(of) if of != here => {
                Err(AppError::new(codes::LINK_ELSEWHERE).with("workspace", of))
            }
            _ => self.followed(address.named),
        }
    }

    /// What is named, if it is here to be seen.
    fn followed(&self, named: Named) -> AppResult<Link> {
        match named {
            Named::Link(Link::Moment(moment)) => match self.fetch::<Case>(moment.case_id) {
                Ok(_) => Ok(Link::Moment(moment)),
                Err(gone) => self.moved(&moment)?.map(Link::Moment).ok_or(gone),
            },
            Named::Link(Link::Issue { issue_id }) => self
                .fetch::<Issue>(issue_id)
                .map(|_| Link::Issue { issue_id }),
            Named::Link(Link::Session { session_id }) => {
                let session = self.fetch::<ListeningSession>(session_id);
                session.map(|_| Link::Session { session_id })
            }
            Named::IssueNumber(number) => {
                let issue = self.read(|seen| seen.issue_by_number(number))?;
                let issue =
                    issue.ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "issue"))?;
                self.followed(Named::Link(Link::Issue { issue_id: issue.id }))
            }
        }
    }

    /// Where a moment of a call without sound stands since its marks went onto a recording that is
    /// still here.
    fn moved(&self, link: &MomentLink) -> AppResult<Option<MomentLink>> {
        let calls = self.read(|seen| seen.live_calls())?;
        let call = calls.into_iter().find(|c| c.case_id == link.case_id);
        let Some(aligned) = call.and_then(|c| c.alignment) else {
            return Ok(None);
        };
        let Ok((recording, case)) = self.read(|seen| {
            let recording = seen.fetch::<Recording>(aligned.recording_id)?;
            let case = seen.fetch::<Case>(recording.case_id)?;
            Ok((recording, case))
        }) else {
            return Ok(None);
        };
        let there = |at: u64| shifted(at, aligned.offset_ms, recording.duration_ms);
        Ok(Some(MomentLink {
            case_id: case.id,
            start_ms: link.start_ms.map(there),
            end_ms: link.end_ms.map(there),
            // The text there is another one.
            turns: None,
        }))
    }
}
