// Made by `cargo xtask gen` from the Rust types. Do not edit.

/** Every role, in the order they are shown. */
export const allRoles = [
  "participant",
  "mentor",
  "agent",
  "facilitator",
  "curator",
  "issue_owner",
  "exporter",
  "guest",
  "administrator",
] as const;

/** Those that whoever may add a person gives. */
export const givenFreely = [
  "participant",
  "mentor",
  "guest",
] as const;
