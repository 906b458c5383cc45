//! Search, and links to moments.

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

    /// A moment as a link.
    pub fn moment_link(&self, link: MomentLink) -> AppResult<String> {
        Ok(link.to_string())
    }

    /// A link as a moment, after checking that its case is here. A link into a live call whose marks
    /// went onto a recording leads there.
    pub fn resolve_link(&self, url: String) -> AppResult<MomentLink> {
        let link = MomentLink::parse(&url).ok_or_else(|| AppError::new(codes::LINK_INVALID))?;
        match self.fetch::<Case>(link.case_id) {
            Ok(_) => Ok(link),
            Err(gone) => self.followed(&link)?.ok_or(gone),
        }
    }

    /// Where a moment of a call without sound stands since its marks went onto a recording that is
    /// still here.
    fn followed(&self, link: &MomentLink) -> AppResult<Option<MomentLink>> {
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
