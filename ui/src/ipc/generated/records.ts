// Made by `cargo xtask gen` from the Rust types. Do not edit.

import type { Case, Comment, Commitment, Contact, DeviceSettingsRecord, Hold, Issue, IssueLink, Listening, ListeningSession, LiveCall, Observation, Person, PersonSettingsRecord, Purge, Recording, SeatNote, Segment, SpeakerChange, Tag, Transcript, Unmasking, WorkspaceSettingsRecord } from "./types";

/** The record of each kind. */
export type Records = {
  person: Person;
  tag: Tag;
  case: Case;
  contact: Contact;
  recording: Recording;
  transcript: Transcript;
  segment: Segment;
  speaker_change: SpeakerChange;
  session: ListeningSession;
  observation: Observation;
  issue: Issue;
  issue_link: IssueLink;
  comment: Comment;
  commitment: Commitment;
  live_call: LiveCall;
  seat_note: SeatNote;
  listening: Listening;
  unmasking: Unmasking;
  hold: Hold;
  purge: Purge;
  workspace_settings: WorkspaceSettingsRecord;
  person_settings: PersonSettingsRecord;
  device_settings: DeviceSettingsRecord;
};

/** Fields of each kind that a person may set. */
export type Editable = {
  person: "name" | "roles" | "org_unit";
  tag: "name" | "definition" | "colour" | "status";
  case: "title" | "business_line" | "customer_tier" | "external_id" | "order_number" | "language";
  contact: "kind" | "external_id" | "began_at" | "answered_at" | "ended_at" | "wait_ms" | "talk_ms" | "hold_ms" | "transfers" | "direction" | "agent" | "customer" | "number" | "line" | "queue" | "disposition" | "csat" | "handled_by" | "previous_id" | "basis" | "notice";
  recording: never;
  transcript: never;
  segment: never;
  speaker_change: "role";
  session: "title" | "theme" | "question" | "place" | "starts_at" | "facilitator_id" | "people" | "cases";
  observation: "anchor" | "start_ms" | "end_ms" | "kind" | "axis" | "text" | "tags" | "severity";
  issue: "title" | "statement" | "root_cause" | "business_line" | "owner_id" | "external_owner" | "urgency" | "difficulty" | "due";
  issue_link: never;
  comment: never;
  commitment: "promise" | "person_id" | "due" | "kept" | "word";
  live_call: never;
  seat_note: never;
  listening: never;
  unmasking: never;
  hold: never;
  purge: never;
  workspace_settings: never;
  person_settings: never;
  device_settings: never;
};

/** Fields a person says of a new record of each plain kind. */
export type Made = {
  contact: "case_id" | "kind" | "external_id" | "began_at" | "answered_at" | "ended_at" | "wait_ms" | "talk_ms" | "hold_ms" | "transfers" | "direction" | "agent" | "customer" | "number" | "line" | "queue" | "disposition" | "csat" | "handled_by" | "previous_id" | "basis" | "notice";
  speaker_change: "recording_id" | "channel" | "start_ms" | "end_ms" | "role";
  comment: "issue_id" | "text";
  commitment: "issue_id" | "session_id" | "promise" | "person_id" | "due" | "kept" | "word";
};
