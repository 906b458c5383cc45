//! The workspace that is open at this desk.

pub(crate) mod shapes;

pub use shapes::*;

use crate::desk::AtDesk;
use qinting_app::*;
use qinting_domain::*;

impl AtDesk {
    /// The workspace in a few words.
    pub fn workspace_info(&self, _: ()) -> AppResult<WorkspaceInfo> {
        let all = CaseQuery {
            limit: 0,
            ..CaseQuery::default()
        };
        let facets = self.read(|seen| seen.issue_facets(self.actor(), self.app().wall_now()))?;
        let open = facets
            .views
            .iter()
            .find(|c| c.name == "open")
            .map_or(0, |c| c.count);
        Ok(WorkspaceInfo {
            path: self.app().about.workspace.clone(),
            case_count: self.read(|seen| seen.cases(&all))?.total,
            open_issue_count: open,
            actor: self.fetch::<Person>(self.actor())?,
            has_model: self.default_model_id()?.is_some(),
            version: self.app().about.version.clone(),
            free_bytes: self.desk.machine.media.space()?.0,
            is_demo: self.read(|seen| seen.is_demo())?,
            only_read: self.app().ports.store.only_read(),
            sharing: self.sharing(),
        })
    }

    /// Who may use the workspace's folder.
    pub fn sharing(&self) -> Sharing {
        self.desk.machine.rights.sharing()
    }

    /// Answers who may use the workspace's folder: the person alone, or the group it was shared with.
    pub fn settle_sharing(&self, sharing: Sharing) -> AppResult<WorkspaceInfo> {
        self.desk.machine.rights.settle(sharing)?;
        self.workspace_info(())
    }

    /// Another person sits down. Not a change of the workspace: who sits here is a matter of this
    /// process, and every later action carries the new name.
    pub fn switch_person(&self, id: PersonId) -> AppResult<Person> {
        // What was heard up to here was heard by whoever sat here up to here.
        self.desk.keep_heard();
        let person = self.sit_down(id)?;
        self.stop_what_is_hidden();
        self.desk.is_heard_by(id);
        Ok(person)
    }
}
