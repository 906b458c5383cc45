//! Links that come from outside, to whichever workspace is open.

use super::{OpenWorkspace, Opened, name_of};
use qinting_desk::{AppError, AppResult, codes};
use qinting_domain::Link;

impl OpenWorkspace {
    /// What a link leads to in the open workspace. One of another workspace is refused by the name of its folder,
    /// where it was open here before.
    ///
    /// # Errors
    /// `link.invalid`, `link.elsewhere`, `link.elsewhere_named`; `not_found` and `case.in_bin` of what it leads to;
    /// `workspace.none`.
    pub fn resolve_link(&self, url: &str) -> AppResult<Link> {
        let resolved = self.at_desk()?.resolve_link(url.to_owned());
        resolved.map_err(|e| {
            let of = e.note.args.get("workspace").and_then(|id| id.parse().ok());
            match of.and_then(|id| self.setup.places.name_of_workspace(id)) {
                Some(name) if e.code() == codes::LINK_ELSEWHERE => {
                    AppError::new(codes::LINK_ELSEWHERE_NAMED).with("name", name)
                }
                _ => e,
            }
        })
    }

    /// A link was handed over. Gives what it leads to where a page is up over an open workspace to show it;
    /// everywhere else it waits for [`Self::take_link`]. Of several that wait the last one stays.
    pub fn hand_link(&self, url: &str, is_page_up: bool) -> Option<AppResult<Link>> {
        if is_page_up && self.at_desk().is_ok() {
            return Some(self.resolve_link(url));
        }
        *self.link.lock() = Some(url.to_owned());
        None
    }

    /// The link that waited, for the page of the open workspace. It waits on while none is open.
    ///
    /// # Errors
    /// Those of [`Self::resolve_link`].
    pub fn take_link(&self) -> AppResult<Option<Link>> {
        if self.at_desk().is_err() {
            return Ok(None);
        }
        let waited = self.link.lock().take();
        waited.map(|url| self.resolve_link(&url)).transpose()
    }

    /// Keeps what a workspace is called here, for links into it that are followed over another one.
    pub(super) fn keep_name(&self, opened: &Opened) {
        let id = opened.host.at_desk().app().ports.store.workspace_id();
        let kept = id.and_then(|id| (self.setup.places).keep_name(id, name_of(&opened.folder)));
        if let Err(e) = kept {
            tracing::warn!(error = %e.kind(), "links into this workspace will not say its name");
        }
    }
}
