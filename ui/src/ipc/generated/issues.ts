// Made by `cargo xtask gen` from the Rust types. Do not edit.

import type { IssueStatus, Stage } from "./types";

/** The visible stages, in order. */
export const stages: readonly Stage[] = ["sense", "judge", "act", "verify"];

/** The statuses of each stage, in order. */
export const statusesOf: Readonly<Record<Stage, readonly IssueStatus[]>> = {
  "sense": ["new", "clarified"],
  "judge": ["triage", "claimed", "rule_proposal", "declined", "merged"],
  "act": ["in_progress", "pilot", "grey", "full"],
  "verify": ["to_verify", "reopened", "verified_closed"],
};

/** The stage of each status. */
export const stageOf: Readonly<Record<IssueStatus, Stage>> = {
  "new": "sense",
  "clarified": "sense",
  "triage": "judge",
  "claimed": "judge",
  "rule_proposal": "judge",
  "declined": "judge",
  "merged": "judge",
  "in_progress": "act",
  "pilot": "act",
  "grey": "act",
  "full": "act",
  "to_verify": "verify",
  "reopened": "verify",
  "verified_closed": "verify",
};

/** After these nothing more is expected to happen. */
export const closedStatuses: readonly IssueStatus[] = ["declined", "merged", "verified_closed"];
