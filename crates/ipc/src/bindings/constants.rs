//! Tables and numbers of the product that the page draws by, in TypeScript.

use super::HEAD;
use qinting_desk::{LIVE_TEST_MS, MOST_CASES_AT_ONCE, USUAL_ZONE};
use qinting_domain::*;
use serde::Serialize;

/// As it is written where it crosses.
fn literal(value: impl Serialize) -> String {
    serde_json::to_string(&value).expect("a status is a word")
}

fn list<T: Serialize>(values: impl IntoIterator<Item = T>) -> String {
    let values: Vec<String> = values.into_iter().map(literal).collect();
    format!("[{}]", values.join(", "))
}

/// The life cycle of an issue.
pub(super) fn issues() -> String {
    let of = |stage| {
        IssueStatus::ALL
            .into_iter()
            .filter(move |s| s.stage() == stage)
    };
    let statuses = Stage::ALL.map(|s| format!("  {}: {},\n", literal(s), list(of(s))));
    let stages = IssueStatus::ALL.map(|s| format!("  {}: {},\n", literal(s), literal(s.stage())));
    let closed = IssueStatus::ALL.into_iter().filter(|s| s.is_closed());
    format!(
        "{HEAD}import type {{ IssueStatus, Stage }} from \"./types\";\n\n\
         /** The visible stages, in order. */\nexport const stages: readonly Stage[] = {};\n\n\
         /** The statuses of each stage, in order. */\n\
         export const statusesOf: Readonly<Record<Stage, readonly IssueStatus[]>> = {{\n{}}};\n\n\
         /** The stage of each status. */\n\
         export const stageOf: Readonly<Record<IssueStatus, Stage>> = {{\n{}}};\n\n\
         /** After these nothing more is expected to happen. */\n\
         export const closedStatuses: readonly IssueStatus[] = {};\n",
        list(Stage::ALL),
        statuses.concat(),
        stages.concat(),
        list(closed),
    )
}

/// Bounds and lengths.
pub(super) fn limits() -> String {
    format!(
        "{HEAD}/** Longest basis or notice of an import, in characters. */\nexport const BASIS_CHARS = {};\n\n\
         /** For how many days calls may stay in the bin. */\n\
         export const BIN_DAYS = {{ least: {}, most: {} }};\n\n\
         /** How many calls something is done with at once. */\nexport const CASES_AT_ONCE = {};\n\n\
         /** How many views of the library somebody keeps, and the longest name of one, in characters. */\n\
         export const CASE_VIEWS = {{ most: {}, nameChars: {} }};\n\n\
         /** The columns of the library of who has chosen none. */\n\
         export const USUAL_COLUMNS = {} as const;\n\n\
         /** How many maps of channels a workspace remembers, and the longest name of a source in one, in characters. */\n\
         export const CHANNEL_MAPS = {{ most: {}, sourceChars: {} }};\n\n\
         /** Longest name of an installation, in characters. */\nexport const DEVICE_NAME_CHARS = {};\n\n\
         /** How many profiles of sources a workspace remembers, and the longest name of one, in characters. */\n\
         export const IMPORT_PROFILES = {{ most: {}, nameChars: {} }};\n\n\
         /** How long the test before a live call is, ms. */\nexport const LIVE_TEST_MS = {};\n\n\
         /** The zone of times that name none, where nobody says another. */\nexport const USUAL_ZONE = {};\n",
        BASIS_CHARS,
        BIN_DAYS.start(),
        BIN_DAYS.end(),
        MOST_CASES_AT_ONCE,
        CASE_VIEWS,
        VIEW_NAME_CHARS,
        list(LibrarySettings::default().columns),
        CHANNEL_MAPS,
        SOURCE_CHARS,
        DEVICE_NAME_CHARS,
        IMPORT_PROFILES,
        PROFILE_NAME_CHARS,
        LIVE_TEST_MS,
        literal(USUAL_ZONE),
    )
}
