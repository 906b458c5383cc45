//! Settings: what the workspace holds for everybody, how somebody works, and what is so on this machine.

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::reads::Reads;
use crate::tx::Tx;
use crate::workspace::App;
use qinting_domain::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Longest that a mark or a play may step back, in milliseconds.
const LONGEST_STEP_MS: u32 = 15_000;

impl App {
    /// What the workspace holds for everybody.
    pub fn workspace_settings(&self) -> AppResult<WorkspaceSettings> {
        of_workspace(&*self.ports.store)
    }

    /// What is so on this machine.
    pub fn device_settings(&self) -> AppResult<DeviceSettings> {
        of_device(&*self.ports.store, self.ports.store.device())
    }
}

impl Tx<'_> {
    /// How whoever acts here works.
    pub fn person_settings(&self) -> AppResult<PersonSettings> {
        let record = there::<PersonSettingsRecord>(&**self, self.actor().0)?;
        Ok(record.map(|r| r.values).unwrap_or_default())
    }

    /// What is so on this machine.
    pub fn device_settings(&self) -> AppResult<DeviceSettings> {
        of_device(&**self, self.app.ports.store.device())
    }

    /// All settings of whoever acts here.
    pub fn settings(&self) -> AppResult<Settings> {
        Ok(Settings {
            workspace: of_workspace(&**self)?,
            person: self.person_settings()?,
            device: self.device_settings()?,
        })
    }

    /// The settings of this machine, to be written with something else.
    pub fn device_record(&self, values: DeviceSettings) -> AppResult<Record> {
        let id = self.app.ports.store.device();
        let meta = self.meta_under::<DeviceSettingsRecord>(id.0)?;
        Ok(DeviceSettingsRecord { id, values, meta }.into())
    }

    /// The common columns of what is kept once under an id, there already or not. What undo took away comes
    /// back.
    fn meta_under<T: Kept>(&self, id: Uuid) -> AppResult<Meta> {
        let before = self.record(T::KIND, id)?;
        let before = before.map(|old| Meta {
            deleted_at: None,
            ..old.meta().clone()
        });
        Ok(before.unwrap_or_else(|| self.new_meta()))
    }
}

impl Acting {
    /// All settings this person works with here.
    pub fn get_settings(&self, _: ()) -> AppResult<Settings> {
        self.read(|seen| seen.settings())
    }

    /// Replaces what differs of them, after checking all. Whose they are decides who may: each part is an
    /// operation of its own.
    pub fn keep_settings(&self, mut new: Settings) -> AppResult<Settings> {
        let before = self.get_settings(())?;
        new.device.device_name = clean_name(&new.device.device_name)?;
        new.workspace.import_basis = new.workspace.import_basis.cleaned()?;
        check_workspace(&new.workspace)?;
        check_person(&new.person)?;
        check_device(&new.device, &before.device)?;
        if new.workspace != before.workspace {
            self.write(Action::SettingsEdit, |tx| {
                let id = tx.workspace_id()?;
                let record = WorkspaceSettingsRecord {
                    id,
                    values: new.workspace.clone(),
                    meta: tx.meta_under::<WorkspaceSettingsRecord>(id.0)?,
                };
                Ok(vec![record.into()])
            })?;
        }
        if new.person != before.person {
            self.write(Action::PersonSettingsEdit, |tx| {
                let id = tx.actor();
                let record = PersonSettingsRecord {
                    id,
                    values: new.person.clone(),
                    meta: tx.meta_under::<PersonSettingsRecord>(id.0)?,
                };
                Ok(vec![record.into()])
            })?;
        }
        if new.device != before.device {
            self.write(Action::DeviceSettingsEdit, |tx| {
                Ok(vec![tx.device_record(new.device.clone())?])
            })?;
        }
        self.get_settings(())
    }
}

fn of_workspace(reads: &dyn Reads) -> AppResult<WorkspaceSettings> {
    let record = there::<WorkspaceSettingsRecord>(reads, reads.workspace_id()?.0)?;
    Ok(record.map(|r| r.values).unwrap_or_default())
}

fn of_device(reads: &dyn Reads, device: DeviceId) -> AppResult<DeviceSettings> {
    let record = there::<DeviceSettingsRecord>(reads, device.0)?;
    Ok(record.map(|r| r.values).unwrap_or_default())
}

fn there<T: Kept>(reads: &dyn Reads, id: Uuid) -> AppResult<Option<T>> {
    let record = reads.record(T::KIND, id)?;
    let record = record.filter(|r| r.meta().deleted_at.is_none());
    Ok(record.and_then(T::from_record))
}

fn bad(field: &str) -> AppResult<()> {
    Err(AppError::new(codes::INVALID).with("field", field))
}

/// What an installation is called, as it is kept.
fn clean_name(name: &str) -> AppResult<String> {
    let name = line(name).filter(|name| name.chars().count() <= DEVICE_NAME_CHARS);
    name.ok_or_else(|| AppError::new(codes::INVALID).with("field", "device_name"))
}

fn check_workspace(new: &WorkspaceSettings) -> AppResult<()> {
    if !["auto", "zh", "en"].contains(&new.default_language.as_str()) {
        return bad("default_language");
    }
    if !BIN_DAYS.contains(&new.bin_days) {
        return bad("bin_days");
    }
    check_profiles(&new.import_profiles)?;
    if !ChannelMap::are_fit(&new.channel_maps) {
        return bad("channel_maps");
    }
    let is_odd =
        |r: &SuffixRule| r.agent.is_empty() || r.customer.is_empty() || r.agent == r.customer;
    match new.suffix_rules.iter().any(is_odd) {
        true => bad("suffix_rules"),
        false => Ok(()),
    }
}

/// That there are not too many or too long ones, and that each has a name of its own. Whether one can be followed is
/// asked where profiles are read.
fn check_profiles(profiles: &[ImportProfile]) -> AppResult<()> {
    let is_fit = |one: &ImportProfile| {
        let name = line(&one.name).filter(|name| *name == one.name && !name.is_empty());
        name.is_some_and(|name| name.chars().count() <= PROFILE_NAME_CHARS)
            && one.written.len() <= PROFILE_BYTES
    };
    let names: BTreeSet<&str> = profiles.iter().map(|one| one.name.as_str()).collect();
    let have_own_names = names.len() == profiles.len();
    match profiles.len() <= IMPORT_PROFILES && have_own_names && profiles.iter().all(is_fit) {
        true => Ok(()),
        false => bad("import_profiles"),
    }
}

fn check_person(new: &PersonSettings) -> AppResult<()> {
    if new.mark_lag_ms > LONGEST_STEP_MS {
        return bad("mark_lag_ms");
    }
    if new.back_step_ms > LONGEST_STEP_MS {
        return bad("back_step_ms");
    }
    if !new.library.is_fit() {
        return bad("library");
    }
    // An action without a key has the empty one, which any number may have.
    let mut chords: Vec<&String> = new.keymap.values().filter(|c| !c.is_empty()).collect();
    chords.sort();
    match chords.windows(2).find(|w| w[0] == w[1]) {
        Some(pair) => Err(AppError::new(codes::KEY_TAKEN).with("key", pair[0])),
        None => Ok(()),
    }
}

fn check_device(new: &DeviceSettings, before: &DeviceSettings) -> AppResult<()> {
    if new.live.ask_after_hours > 12 {
        return bad("ask_after_hours");
    }
    // One from before this was asked of them is refused when something is fetched, and not where somebody
    // changes another setting.
    let is_fit = |m: &String| is_mirror(m) || before.model_mirrors.contains(m);
    match new.model_mirrors.iter().all(is_fit) {
        true => Ok(()),
        false => bad("model_mirrors"),
    }
}
