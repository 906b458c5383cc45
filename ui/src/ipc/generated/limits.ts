// Made by `cargo xtask gen` from the Rust types. Do not edit.

/** Longest basis or notice of an import, in characters. */
export const BASIS_CHARS = 200;

/** For how many days calls may stay in the bin. */
export const BIN_DAYS = { least: 7, most: 365 };

/** How many maps of channels a workspace remembers, and the longest name of a source in one, in characters. */
export const CHANNEL_MAPS = { most: 50, sourceChars: 200 };

/** Longest name of an installation, in characters. */
export const DEVICE_NAME_CHARS = 60;

/** How many profiles of sources a workspace remembers, and the longest name of one, in characters. */
export const IMPORT_PROFILES = { most: 50, nameChars: 60 };

/** How long the test before a live call is, ms. */
export const LIVE_TEST_MS = 5000;

/** The zone of times that name none, where nobody says another. */
export const USUAL_ZONE = "Asia/Shanghai";
