//! Who speaks on which channel of a call that comes in.

use super::batch::CasePlace;
use super::pair::SIDES;
use super::shapes::{CallFiles, ImportSides};
use qinting_domain::*;

/// Two files say who is who by their names; of a two-channel file its source and its direction do, as the workspace
/// remembers them; one channel says nothing.
pub(super) fn roles_for(
    settings: &WorkspaceSettings,
    item: &CallFiles,
    channels: u16,
    place: CasePlace,
) -> Vec<ChannelRole> {
    match (place, channels) {
        (CasePlace::Joined, 2) => SIDES.to_vec(),
        (CasePlace::Half(role), 1) => vec![role],
        (_, 2) => settings.roles_of(&item.source, direction_of(item)).to_vec(),
        (_, n) => vec![ChannelRole::Unknown; usize::from(n)],
    }
}

/// By what the sides of a new call were told apart, where nothing of its own said it.
pub(super) fn sides_of(
    item: &CallFiles,
    recording: &Recording,
    place: CasePlace,
) -> Option<ImportSides> {
    let is_by_settings = recording.channels == 2 && !matches!(place, CasePlace::Joined);
    is_by_settings.then(|| ImportSides {
        recording_id: recording.id,
        source: item.source.clone(),
        direction: direction_of(item),
    })
}

fn direction_of(item: &CallFiles) -> Option<Direction> {
    item.facts.as_deref().and_then(ContactFacts::direction)
}
