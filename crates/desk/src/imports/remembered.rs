//! Profiles of sources that a workspace remembers.

use crate::desk::AtDesk;
use crate::imports::{FactWays, ProfileNamed};
use qinting_app::{AppError, AppResult, Cancel, codes};
use qinting_domain::{IMPORT_PROFILES, ImportProfile, PROFILE_BYTES};

impl AtDesk {
    /// That each profile that is new can be followed, and calls itself as it is listed. `profile.*` where one
    /// cannot, `invalid` otherwise.
    pub(crate) fn check_profiles(
        &self,
        profiles: &[ImportProfile],
        before: &[ImportProfile],
    ) -> AppResult<()> {
        let is_new = |one: &&ImportProfile| !before.contains(one);
        let new: Vec<&ImportProfile> = profiles.iter().filter(is_new).collect();
        if new.is_empty() {
            return Ok(());
        }
        let invalid = || AppError::new(codes::INVALID).with("field", "import_profiles");
        let is_long = |one: &&ImportProfile| one.written.len() > PROFILE_BYTES;
        if new.len() > IMPORT_PROFILES || new.iter().any(is_long) {
            return Err(invalid());
        }
        let written = |one: &&ImportProfile| ProfileNamed::Written(one.written.clone());
        let ways = FactWays {
            profiles: new.iter().map(written).collect(),
            zone: "UTC".into(),
            ..FactWays::default()
        };
        let reader = &self.desk.machine.facts;
        let told = reader.names(&[], &ways, &Cancel::of_this_call().unwrap_or_default())?;
        let names = new.iter().map(|one| &one.name);
        match told.profiles.iter().eq(names) {
            true => Ok(()),
            false => Err(invalid()),
        }
    }
}
