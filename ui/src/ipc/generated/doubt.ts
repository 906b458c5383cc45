// Made by `cargo xtask gen` from the Rust types. Do not edit.

/** Words heard with less confidence than this are in doubt, 0–1. */
export const DOUBT = 0.6;
