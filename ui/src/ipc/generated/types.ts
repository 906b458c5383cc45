// Made by `cargo xtask gen` from the Rust types. Do not edit.

/**
 * A recording that a call without sound may belong to.
 */
export type AlignCandidate = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Its case.
 */
case: Case, 
/**
 * What it is the sound of.
 */
contact: Contact, 
/**
 * Length.
 */
duration_ms: number, 
/**
 * Recording time = session time + this.
 */
offset_ms: number, 
/**
 * How that was found.
 */
method: AlignMethod, 
/**
 * 0–100.
 */
confidence: number, 
/**
 * What speaks for it, as codes: `align.clock`, `align.clock_in_name`, `align.anchor`,
 * `align.length`, `align.hello`, `align.fits`.
 */
reasons: Array<ErrorNote>, };

/**
 * How a call was put onto a recording that came later.
 */
export type AlignMethod = "clock" | "anchor" | "hello" | "hand";

/**
 * Put the marks of a call without sound onto a recording.
 */
export type AlignRequest = { 
/**
 * The call.
 */
call_id: LiveCallId, 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Recording time = session time + this.
 */
offset_ms: number, 
/**
 * How it was found.
 */
method: AlignMethod, 
/**
 * 0–100.
 */
confidence: number, };

/**
 * A call without sound and what it may belong to.
 */
export type AlignView = { 
/**
 * The call.
 */
call: LiveCall, 
/**
 * Its case.
 */
case: Case, 
/**
 * Length of the call clock.
 */
duration_ms: number, 
/**
 * Its marks, on the recording they stand on now.
 */
marks: Array<ObservationView>, 
/**
 * Best first.
 */
candidates: Array<AlignCandidate>, };

/**
 * Where the marks of a call without sound went.
 */
export type Alignment = { 
/**
 * The recording the marks stand on now.
 */
recording_id: RecordingId, 
/**
 * Its case.
 */
case_id: CaseId, 
/**
 * Recording time = session time + this, in milliseconds.
 */
offset_ms: number, 
/**
 * How it was found.
 */
method: AlignMethod, 
/**
 * 0–100.
 */
confidence: number, };

/**
 * Where a recording is that was to be brought in.
 */
export type Already = { 
/**
 * In this case.
 */
case_id: CaseId, 
/**
 * It is the sound of this contact.
 */
contact_id: ContactId, 
/**
 * Which lies in the bin.
 */
in_bin: boolean, };

/**
 * Where a mark stands. The stretch of sound that plays for it lies beside this, whatever this is.
 */
export type Anchor = "sound" | { "turns": Turns } | "whole";

/**
 * What hosts are told.
 */
export type AppEvent = RecordEvent | DeskEvent;

/**
 * File moments under an issue that exists.
 */
export type AttachRequest = { 
/**
 * The issue.
 */
issue_id: IssueId, 
/**
 * The moments.
 */
observation_ids: Array<ObservationId>, 
/**
 * How they speak to it; `None` is evidence.
 */
relation: EvidenceRelation | null, };

/**
 * 理 (rule, process) or 情 (emotion).
 */
export type Axis = "reason" | "feeling" | "none";

/**
 * Which window of the bin.
 */
export type BinQuery = { 
/**
 * First row.
 */
offset: number, 
/**
 * Rows at most (the store caps it at 500).
 */
limit: number, };

/**
 * One call in the bin.
 */
export type BinRow = { 
/**
 * The case as it was when it was taken away.
 */
case: Case, 
/**
 * The first of its contacts as it is shown, without what sources said of it besides (`facts`, `told`).
 */
contact: Contact | null, 
/**
 * Its recording, if any.
 */
recording_id: RecordingId | null, 
/**
 * Length.
 */
duration_ms: number, 
/**
 * Marks on it.
 */
observation_count: number, 
/**
 * Issues that rest on it: with any, it never goes by itself.
 */
issue_count: number, 
/**
 * Who took it away.
 */
by: string, 
/**
 * Since when it is in the bin.
 */
since: number, 
/**
 * Whole days of that which the program saw.
 */
seen_days: number, 
/**
 * Why it must stay, where somebody said so.
 */
hold: string | null, };

/**
 * A window of the bin.
 */
export type BinView = { 
/**
 * The rows.
 */
rows: Array<BinRow>, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * Days a call is to stay at least, from the settings.
 */
days: number, 
/**
 * A jump of the clock that waits for an answer.
 */
jump: ClockJump | null, 
/**
 * What went for good, the newest first.
 */
purges: Array<Purge>, };

/**
 * A media file that is not what it was.
 */
export type BrokenMedia = { 
/**
 * The call.
 */
case_id: CaseId, 
/**
 * Its title.
 */
title: string, 
/**
 * The call is in the bin.
 */
in_bin: boolean, 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * What the file is.
 */
part: MediaPart, 
/**
 * Name a source came with; empty for the other parts.
 */
name: string, 
/**
 * What is wrong.
 */
fault: MediaFault, 
/**
 * What helps.
 */
way_out: MediaWayOut, };

/**
 * A stretch of a live recording without sound. Filled with silence, so that time stays true.
 */
export type CaptureGap = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Place in the order in which gaps opened.
 */
ordinal: number, 
/**
 * Why.
 */
kind: GapKind, 
/**
 * The lane, or `None` for all of them.
 */
channel: number | null, 
/**
 * Start in milliseconds from recording start.
 */
start_ms: number, 
/**
 * End; `None` while it lasts.
 */
end_ms: number | null, };

/**
 * Something that can be captured.
 */
export type CaptureSource = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Friendly name.
 */
name: string, 
/**
 * What it is.
 */
kind: SourceKind, 
/**
 * 1 or more.
 */
channels: number, 
/**
 * Samples per second and channel.
 */
sample_rate_hz: number, 
/**
 * The system's default of its kind.
 */
is_default: boolean, };

/**
 * Facts about a case. Who spoke, when and where is told by its contacts. Text fields may be empty; nothing is guessed.
 */
export type Case = { 
/**
 * Identity.
 */
id: CaseId, 
/**
 * Title as shown; taken from the file name at import.
 */
title: string, 
/**
 * 业务线
 */
business_line: string, 
/**
 * 客户层级
 */
customer_tier: string, 
/**
 * 工单号: its number in the system that keeps track of it.
 */
external_id: string, 
/**
 * 订单号: of the order it is about.
 */
order_number: string, 
/**
 * Language to transcribe in: `auto`, `zh`, `en`.
 */
language: string, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One customer matter that can be listened to.
 */
export type CaseId = string;

/**
 * What to show of the case library.
 */
export type CaseQuery = { 
/**
 * Words in title and facts; empty for all.
 */
text: string, 
/**
 * Only this business line; empty for all.
 */
business_line: string, 
/**
 * Order.
 */
sort: CaseSort, 
/**
 * First row.
 */
offset: number, 
/**
 * Rows at most (the store caps it at 500).
 */
limit: number, };

/**
 * One row of the case library.
 */
export type CaseRow = { 
/**
 * The case.
 */
case: Case, 
/**
 * The first of its contacts as it is shown, without what sources said of it besides (`facts`, `told`).
 */
contact: Contact | null, 
/**
 * Its recording, if any.
 */
recording_id: RecordingId | null, 
/**
 * Length.
 */
duration_ms: number, 
/**
 * Roles by channel.
 */
roles: Array<ChannelRole>, 
/**
 * Marks on it.
 */
observation_count: number, 
/**
 * Issues that rest on it.
 */
issue_count: number, 
/**
 * People who listened.
 */
listener_count: number, 
/**
 * Text.
 */
transcript: TranscriptState, 
/**
 * The live call it comes from, if any.
 */
live: LiveCall | null, 
/**
 * There is sound to play.
 */
has_audio: boolean, };

/**
 * Order of the case library.
 */
export type CaseSort = "imported" | "started_at" | "title" | "duration" | "marks";

/**
 * A case as the console opens it.
 */
export type CaseView = { 
/**
 * The case.
 */
case: Case, 
/**
 * Its contacts as they are shown, the first first.
 */
contacts: Array<Contact>, 
/**
 * Who saw one of them whole, the last first.
 */
unmasked: Array<UnmaskingView>, 
/**
 * Its recording, if any.
 */
recording: Recording | null, 
/**
 * Text.
 */
transcript: TranscriptState, 
/**
 * Segments in the transcript.
 */
segment_count: number, 
/**
 * The text was made from an older copy of the sound: it was taken again since.
 */
text_is_older: boolean, 
/**
 * The texts of its recording, the newest first: the one that is read, one that waits beside it until
 * somebody chooses, and those of before.
 */
texts: Array<Transcript>, 
/**
 * The newest transcription job, if any.
 */
job: Job | null, 
/**
 * People who listened.
 */
listener_count: number, 
/**
 * Where this person left off.
 */
listen_state: ListenState | null, 
/**
 * Silence and overtalk; of a live call also what was paused or lost.
 */
regions: Array<Region>, 
/**
 * The live call it comes from, or the one whose marks were put onto its recording.
 */
live: LiveCall | null, };

/**
 * One touched record in one operation.
 */
export type Change = { 
/**
 * Order of commits in this workspace.
 */
seq: number, 
/**
 * When it was committed.
 */
at: number, 
/**
 * Who did it.
 */
actor: PersonId, 
/**
 * What they did: the code of an [`Action`](crate::Action), maybe of another version.
 */
action: string, 
/**
 * Where it came from.
 */
origin: Origin, 
/**
 * The machine it was done on; of what is from before machines were told apart, none.
 */
device: DeviceId | null, 
/**
 * Groups the changes of one operation.
 */
op_id: OpId, 
/**
 * Kind of record.
 */
entity: EntityKind, 
/**
 * Its id.
 */
entity_id: string, 
/**
 * True when the operation made the record.
 */
created: boolean, 
/**
 * Changed fields; bookkeeping columns (`rev`, `updated_at`) are left out.
 */
fields: { [key in string]: FieldChange }, };

/**
 * A change with the name of who did it.
 */
export type ChangeView = { 
/**
 * The change.
 */
change: Change, 
/**
 * Who.
 */
author: string, };

/**
 * Who speaks on the two channels of calls of one source and one direction: recorders put who called at the left, so
 * that calls in and calls out are the other way round.
 */
export type ChannelMap = { 
/**
 * The profile that reads the source, by its name; empty: any source.
 */
source: string, 
/**
 * Who called whom; `None`: any direction, also one nobody knows.
 */
direction: Direction | null, 
/**
 * Role of channel 0 and 1.
 */
roles: [ChannelRole, ChannelRole], };

/**
 * Who speaks on a channel. "Channels are people": two channels stay two to the end.
 */
export type ChannelRole = "agent" | "customer" | "whisper" | "unknown";

/**
 * The state of everything the app rests on.
 */
export type Checkup = { 
/**
 * App version.
 */
version: string, 
/**
 * Workspace folder.
 */
workspace: string, 
/**
 * Database.
 */
database: DatabaseCheckup, 
/**
 * Outputs; empty means a silent clock.
 */
devices: Array<OutputDevice>, 
/**
 * Models on disk.
 */
models: Array<ModelRow>, 
/**
 * Models folder.
 */
models_folder: string, 
/**
 * Version of the system's ffmpeg, which reads what phones and recorders write; `None`:
 * there is none.
 */
ffmpeg: string | null, 
/**
 * The time zone that calendar times of exports are in; `None`: this machine does not say, and
 * they are in UTC.
 */
zone: string | null, 
/**
 * Bytes free on the workspace's disk.
 */
free_bytes: number, 
/**
 * Bytes of media.
 */
media_bytes: number, 
/**
 * Media files a record names but the folder lacks.
 */
missing_media: Array<Sha256>, 
/**
 * All media files: there, as long as they were, and read whole in turn.
 */
media: MediaCheckup, 
/**
 * Calls whose source is worth taking again: this decoder might bring them in longer, or
 * elsewhere in time.
 */
to_retake: Array<RetakeCandidate>, 
/**
 * The search index.
 */
index: IndexState, 
/**
 * Everything is well.
 */
healthy: boolean, };

/**
 * A jump of the computer's clock while the program was there: a long sleep, or somebody set it.
 */
export type ClockJump = { 
/**
 * How far, in milliseconds.
 */
ms: number, 
/**
 * When it was noticed.
 */
at: number, };

/**
 * A column of a table, or a place of a side-car.
 */
export type ColumnTold = { 
/**
 * Its name, or the way to it, as profiles write it.
 */
name: string, 
/**
 * The first different values; masked where they may be of a person.
 */
samples: Array<string>, 
/**
 * How often it says something.
 */
filled: number, 
/**
 * What it is taken as; empty where it stays among the rest.
 */
taken_as: Array<string>, };

/**
 * A remark under an issue.
 */
export type Comment = { 
/**
 * Identity.
 */
id: CommentId, 
/**
 * The issue.
 */
issue_id: IssueId, 
/**
 * The words.
 */
text: string, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One remark under an issue.
 */
export type CommentId = string;

/**
 * A comment with its author.
 */
export type CommentView = { 
/**
 * The comment.
 */
comment: Comment, 
/**
 * Who wrote it.
 */
author: string, };

/**
 * One promise. It stands under an issue or under a session.
 */
export type Commitment = { 
/**
 * Identity.
 */
id: CommitmentId, 
/**
 * The issue it serves.
 */
issue_id: IssueId | null, 
/**
 * The session it was made in.
 */
session_id: SessionId | null, 
/**
 * What is promised.
 */
promise: string, 
/**
 * Who promises.
 */
person_id: PersonId, 
/**
 * By when, as the UTC midnight of that calendar day.
 */
due: number | null, 
/**
 * Whether it was kept; open until somebody says so.
 */
kept: boolean | null, 
/**
 * What is to be said of that.
 */
word: string, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One promise.
 */
export type CommitmentId = string;

/**
 * On what ground a call may be kept (PIPL art. 13, GDPR art. 6).
 */
export type ConsentBasis = "both_agreed" | "contract" | "separate" | "drill";

/**
 * One interaction. Nothing is guessed: what is not known is empty.
 */
export type Contact = { 
/**
 * Identity.
 */
id: ContactId, 
/**
 * The case it is part of.
 */
case_id: CaseId, 
/**
 * Phone or chat.
 */
kind: ContactKind, 
/**
 * Its id in the system it came from.
 */
external_id: string, 
/**
 * When it began, if known.
 */
began_at: number | null, 
/**
 * When somebody answered, if known.
 */
answered_at: number | null, 
/**
 * When it ended, if known.
 */
ended_at: number | null, 
/**
 * How long the customer waited for somebody. What a source says of it is kept as it says it, whatever the times are.
 */
wait_ms: number | null, 
/**
 * How long they spoke.
 */
talk_ms: number | null, 
/**
 * How long the customer was kept on hold, all times together.
 */
hold_ms: number | null, 
/**
 * How often it was transferred.
 */
transfers: number | null, 
/**
 * Who called whom.
 */
direction: Direction | null, 
/**
 * 坐席 name or number.
 */
agent: string, 
/**
 * Customer as shown (may be masked by the source).
 */
customer: string, 
/**
 * The customer's number.
 */
number: string, 
/**
 * 热线: the company's number that was dialled, or called from.
 */
line: string, 
/**
 * 技能组 / queue.
 */
queue: string, 
/**
 * 小结 / wrap-up code.
 */
disposition: string, 
/**
 * 满意度 as the source words it: "5", "满意".
 */
csat: string, 
/**
 * Who dealt with it.
 */
handled_by: HandledBy | null, 
/**
 * The external id of the contact before it.
 */
previous_id: string, 
/**
 * 合法性基础: on what its recording was brought in, in a person's words: 同意, 合同所必需. Empty: not stated.
 */
basis: string, 
/**
 * 告知: what the customer was told of it, which words and which version. Empty: not stated.
 */
notice: string, 
/**
 * Everything a source said of it, whether or not it stands in a field of its own.
 */
facts: SourceFacts, 
/**
 * What the last import said of the fields of this contact and its case.
 */
told: Told, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One interaction of a case: a phone call or a chat.
 */
export type ContactId = string;

/**
 * What kind of interaction it is.
 */
export type ContactKind = "phone" | "chat";

/**
 * What several rows say of one fact, where they do not say the same.
 */
export type Contradiction = { 
/**
 * The fact.
 */
key: FactKey, 
/**
 * Each value once, in the order they were told, and where.
 */
said: Array<[FactValue, FactOrigin]>, };

/**
 * A copy of the database one can go back to.
 */
export type CopyRow = { 
/**
 * Name of its file: what a restore is asked for.
 */
name: string, 
/**
 * When it was made.
 */
made_at: number, 
/**
 * When the last change in it was made; `None` where nothing ever changed.
 */
last_change_at: number | null, 
/**
 * Size of the file.
 */
bytes: number, 
/**
 * Schema version.
 */
schema_version: number, 
/**
 * Cases in it.
 */
cases: number, 
/**
 * Observations in it.
 */
observations: number, 
/**
 * Issues in it.
 */
issues: number, 
/**
 * Not a copy: what an earlier restore put aside.
 */
is_aside: boolean, 
/**
 * It can be looked into.
 */
readable: boolean, };

/**
 * A name and how often it occurs.
 */
export type Count = { 
/**
 * Name.
 */
name: string, 
/**
 * Count.
 */
count: number, };

/**
 * Whether the database is sound.
 */
export type DatabaseCheckup = { 
/**
 * Schema version of the file.
 */
schema_version: number, 
/**
 * SQLite's own version.
 */
sqlite_version: string, 
/**
 * The integrity check passes.
 */
sound: boolean, 
/**
 * What it says otherwise (first lines).
 */
problems: Array<string>, 
/**
 * Rows that are there, by table.
 */
counts: { [key in string]: number }, };

/**
 * Which model is used when none is named.
 */
export type DefaultModel = { 
/**
 * The model.
 */
id: string, 
/**
 * Take it although it knows only the demo calls.
 */
insist: boolean, };

/**
 * What sound goes through where nobody chooses, by its names.
 */
export type DefaultSound = { 
/**
 * The sound server, or the system's own interface; `None`: there is neither.
 */
system: string | null, 
/**
 * Where sound comes out; `None`: nowhere.
 */
output: string | null, 
/**
 * The microphone; `None`: there is none.
 */
input: string | null, 
/**
 * What the machine plays, as a source; `None`: it cannot be captured.
 */
played: string | null, };

/**
 * What happens at a desk.
 */
export type DeskEvent = { "type": "import", 
/**
 * The batch.
 */
batch: ImportBatch, } | { "type": "download", 
/**
 * The download.
 */
progress: DownloadProgress, } | { "type": "player", 
/**
 * Its state.
 */
state: PlayerState, } | { "type": "live", 
/**
 * The call that goes on.
 */
status: LiveStatus | null, } | { "type": "live_levels", 
/**
 * The levels.
 */
levels: LiveLevels, } | { "type": "live_draft", 
/**
 * The text.
 */
draft: LiveDraft, } | { "type": "live_final", 
/**
 * Channel.
 */
lane: number, 
/**
 * The utterance.
 */
utterance: number, 
/**
 * Its segments, as they stand in the transcript; empty: nothing was said.
 */
segments: Array<Segment>, } | { "type": "open_link", 
/**
 * Where it leads.
 */
link: Link, } | { "type": "dragged", 
/**
 * They hover.
 */
over: boolean, } | { "type": "dropped", 
/**
 * Names them.
 */
ticket: Ticket, } | { "type": "media", 
/**
 * How far it is.
 */
reading: MediaReading, };

/**
 * One installation of the program.
 */
export type DeviceId = string;

/**
 * An installation, and the machine it is on.
 */
export type DeviceInfo = { 
/**
 * Which one it is: a random number.
 */
id: DeviceId, 
/**
 * When it began; `None` where that is not kept.
 */
since: number | null, 
/**
 * App version.
 */
version: string, 
/**
 * Processor cores the program may use.
 */
cores: number, 
/**
 * Bytes of memory; `None`: the system does not say.
 */
memory_bytes: number | null, 
/**
 * Bytes free on the workspace's disk.
 */
free_bytes: number, 
/**
 * Data folder; `None`: nothing of this installation is kept.
 */
data_folder: string | null, 
/**
 * Models folder.
 */
models_folder: string, 
/**
 * Workspace folder.
 */
workspace: string, 
/**
 * Sound where nobody chooses.
 */
sound: DefaultSound, };

/**
 * [`DeviceSettings`] as a record.
 */
export type DeviceSettingsRecord = { 
/**
 * The installation whose they are.
 */
id: DeviceId, 
/**
 * What people call this installation, one line; empty: nobody named it.
 */
device_name: string, 
/**
 * Transcribe what is imported at once.
 */
transcribe_on_import: boolean, 
/**
 * Model id used when none is named.
 */
default_model: string | null, 
/**
 * Hosts models are fetched from, first one first.
 */
model_mirrors: Array<string>, 
/**
 * Listening to calls as they happen.
 */
live: LiveSettings, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * Who called whom.
 */
export type Direction = "inbound" | "outbound" | "internal";

/**
 * What can be opened while no workspace is.
 */
export type Doors = { 
/**
 * The demo was opened before and is still there.
 */
demo_exists: boolean, 
/**
 * Where a workspace of one's own lies, or would be made.
 */
own_path: string, 
/**
 * It is there already.
 */
own_exists: boolean, 
/**
 * Why the workspace of the last time could not be opened.
 */
last_problem: ErrorNote | null, };

/**
 * A download under way.
 */
export type DownloadProgress = { 
/**
 * The model.
 */
id: string, 
/**
 * Bytes on disk.
 */
bytes_present: number, 
/**
 * Bytes in all.
 */
bytes_total: number, 
/**
 * The host that answers.
 */
host: string, 
/**
 * Finished.
 */
done: boolean, 
/**
 * Why it ended without the model.
 */
error: ErrorNote | null, };

/**
 * What kind of record a change touched.
 */
export type EntityKind = "person" | "tag" | "case" | "contact" | "recording" | "transcript" | "segment" | "speaker_change" | "session" | "observation" | "issue" | "issue_link" | "comment" | "commitment" | "live_call" | "seat_note" | "listening" | "unmasking" | "hold" | "purge" | "workspace_settings" | "person_settings" | "device_settings";

/**
 * An error as it crosses a boundary: a code and its arguments. The UI finds the words.
 */
export type ErrorNote = { 
/**
 * Stable dotted code, e.g. `media.truncated`.
 */
code: string, 
/**
 * Values the wording needs. Never transcript text.
 */
args: { [key in string]: string }, };

/**
 * One line heard in a piece of evidence.
 */
export type EvidenceLine = { 
/**
 * Who.
 */
role: ChannelRole, 
/**
 * What.
 */
text: string, };

/**
 * How a moment speaks to an issue.
 */
export type EvidenceRelation = "evidence" | "counter_evidence" | "recurrence" | "verification";

/**
 * A piece of evidence on the issue page.
 */
export type EvidenceView = { 
/**
 * The tie.
 */
link: IssueLink, 
/**
 * The moment.
 */
observation: Observation, 
/**
 * Title of its case.
 */
case_title: string, 
/**
 * Customer as shown.
 */
customer: string, 
/**
 * When the call began.
 */
started_at: number | null, 
/**
 * Who heard it.
 */
author: string, 
/**
 * Words in the range, by speaker.
 */
lines: Array<EvidenceLine>, 
/**
 * Roles of the channels.
 */
roles: Array<ChannelRole>, };

/**
 * How findings leave.
 */
export type ExportFormat = "json" | "csv" | "md";

/**
 * Where findings should go.
 */
export type ExportRequest = { 
/**
 * Format.
 */
format: ExportFormat, 
/**
 * Names the file to write.
 */
to: Ticket, };

/**
 * What was written.
 */
export type ExportResult = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size.
 */
bytes: number, 
/**
 * Observations in it.
 */
observations: number, 
/**
 * Issues in it.
 */
issues: number, };

/**
 * Which of the values that were said of a fact is to stand.
 */
export type FactDecided = { 
/**
 * The fact.
 */
key: FactKey, 
/**
 * Which one, by its place in the contradiction of the plan.
 */
said: number, };

/**
 * A text of the source that is told about.
 */
export type FactFault = { 
/**
 * What it was to be.
 */
key: FactKey, 
/**
 * As it came, at most 80 characters of it.
 */
raw: string, 
/**
 * Why.
 */
code: FactFaultCode, };

/**
 * Why a text was not, or not simply, taken as a fact.
 */
export type FactFaultCode = "time_unreadable" | "date_missing" | "duration_unreadable" | "number_unreadable" | "word_unknown" | "too_long" | "sides_unknown" | "ends_before_begin" | "contradicted" | "time_twice" | "time_skipped" | "minutes_assumed" | "day_or_month" | "next_day" | "doubled_otherwise";

/**
 * What an import can know of a contact and its case.
 */
export type FactKey = "file_name" | "call_id" | "began_at" | "answered_at" | "ended_at" | "duration_ms" | "talk_ms" | "hold_ms" | "wait_ms" | "transfers" | "direction" | "line" | "agent" | "customer" | "number" | "queue" | "disposition" | "csat" | "handled_by" | "previous_call_id" | "case_number" | "order_number" | "business_line" | "customer_tier" | "title";

/**
 * Where facts came from.
 */
export type FactOrigin = { 
/**
 * Which of the sources of the import, from 0.
 */
source: number, 
/**
 * Where in it.
 */
place: FactPlace, };

/**
 * Where in a source something stands.
 */
export type FactPlace = { "kind": "line", 
/**
 * Line of the file it begins on, from 1.
 */
line: number, } | { "kind": "path", 
/**
 * As in `Response.TelCdrList[0]`; empty where the whole file is the record.
 */
path: string, } | { "kind": "name" };

/**
 * A fact that is read.
 */
export type FactTold = { 
/**
 * Its key in profiles.
 */
fact: string, 
/**
 * The columns, or places, it is read from.
 */
from: Array<string>, 
/**
 * How often it was understood.
 */
read: number, 
/**
 * How often it was not.
 */
unreadable: number, 
/**
 * How often nothing stood there.
 */
empty: number, 
/**
 * In which ways it is written: the first text of each, and how many are.
 */
ways: Array<[string, number]>, 
/**
 * The first text that was not understood.
 */
first_unreadable: string | null, };

/**
 * A fact that was understood. Of a key only values of its [`FactKey::kind`].
 */
export type FactValue = { "kind": "at", "value": number } | { "kind": "ms", "value": number } | { "kind": "count", "value": number } | { "kind": "direction", "value": Direction } | { "kind": "handled_by", "value": HandledBy } | { "kind": "text", "value": string };

/**
 * What became of facts that came later.
 */
export type FactsApplied = { 
/**
 * The operation, to undo it; none where nothing was new.
 */
op_id: OpId | null, 
/**
 * Contacts of which something is known now that was not.
 */
contacts: number, 
/**
 * Fields in which a person's word stays, or that did not take what was said: to be seen as differences.
 */
differences: number, 
/**
 * Contacts that are not there any more.
 */
gone: Array<ContactId>, 
/**
 * What found no place, contact by contact.
 */
unheard: Array<UnheardFacts>, };

/**
 * What an import of recordings with their facts would find. Nothing has happened. Names and numbers of people are
 * masked in all of it.
 */
export type FactsPlan = { 
/**
 * Cases to be, and what is told of each.
 */
calls: Array<PlannedFacts>, 
/**
 * The first calls that are here already and of which something is told.
 */
here: Array<HereFacts>, 
/**
 * How many there are of them.
 */
here_count: number, 
/**
 * Tables and side-cars, in the order of their files.
 */
sources: Array<PlannedSource>, 
/**
 * The first facts without a call among these recordings.
 */
without_call: Array<LooseFacts>, 
/**
 * How many there are of them.
 */
without_call_count: number, 
/**
 * The first facts that fit several of these calls alike: given to none of them.
 */
undecided: Array<LooseFacts>, 
/**
 * How many there are of them.
 */
undecided_count: number, 
/**
 * Profiles that come with the program, which a source can be read by.
 */
shipped: Array<ShippedProfile>, 
/**
 * Profiles the workspace remembers and that cannot be followed any more: they were passed over.
 */
profiles_unreadable: Array<string>, 
/**
 * Profiles a person named that fit no source and no name.
 */
profiles_unused: Array<string>, 
/**
 * Paths of what is neither: the first of it,
 */
ignored: Array<string>, 
/**
 * and how much in all.
 */
ignored_count: number, 
/**
 * Folders that were not looked into.
 */
unopened: Array<string>, };

/**
 * What a change did to one field.
 */
export type FieldChange = { 
/**
 * Value before.
 */
before: unknown, 
/**
 * Value after.
 */
after: unknown, } | { 
/**
 * Always true.
 */
erased: true, };

/**
 * A new value for one field.
 */
export type FieldEdit = { 
/**
 * The value; `null` clears a field that can be empty.
 */
value: unknown, 
/**
 * Revision of the record at which the value it replaces was read. What somebody changed
 * since in this field is not overwritten: in a list both edits count, element by element.
 * Changes of other fields do not matter.
 */
rev: number, };

/**
 * What becomes of a line that is nothing but 嗯 or "mm-hmm".
 */
export type FillerStyle = "dimmed" | "joined" | "shown";

/**
 * Why a stretch of a recording has no sound.
 */
export type GapKind = "pause" | "device_lost" | "device_changed" | "overrun" | "sleep" | "zeros" | "unreadable";

/**
 * Who dealt with it.
 */
export type HandledBy = "bot" | "human" | "handed_over";

/**
 * The same moment on the call clock and in the recording.
 */
export type HelloRequest = { 
/**
 * The call.
 */
call_id: LiveCallId, 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * The mark that was set at the hello.
 */
observation_id: ObservationId, 
/**
 * Where the hello is in the recording; `None` takes the first speech.
 */
heard_ms: number | null, };

/**
 * A call that is here already, and what is told of it.
 */
export type HereFacts = { 
/**
 * Its case.
 */
case_id: CaseId, 
/**
 * The case's title.
 */
title: string, 
/**
 * What is told of it.
 */
known: { [key in FactKey]?: FactValue }, 
/**
 * Where that stands, and how it is known to be about this call.
 */
from: Array<[FactOrigin, JoinedBy]>, 
/**
 * In what the places contradict each other.
 */
contradictions: Array<Contradiction>, 
/**
 * The length of its sound and the one that is told, where they cannot both be right.
 */
lengths_apart: LengthsApart | null, };

/**
 * 保全: a case that must not be taken away for good, and why.
 */
export type Hold = { 
/**
 * Identity.
 */
id: HoldId, 
/**
 * The case. It may lie in the bin already.
 */
case_id: CaseId, 
/**
 * Why.
 */
reason: string, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One word that a case must stay.
 */
export type HoldId = string;

/**
 * A case that must stay.
 */
export type HoldRequest = { 
/**
 * The case; it may lie in the bin.
 */
case_id: CaseId, 
/**
 * Why.
 */
reason: string, };

/**
 * Bring a file of a batch in after all.
 */
export type ImportAgain = { 
/**
 * The batch.
 */
batch: number, 
/**
 * Index of the file in it.
 */
file: number, 
/**
 * In spite of what.
 */
although: ImportObstacle, };

/**
 * On what calls are brought in, as it is asked once per import. What is empty is not stated.
 */
export type ImportBasis = { 
/**
 * What [`Contact::basis`](crate::Contact::basis) of every new call says.
 */
basis: string, 
/**
 * What [`Contact::notice`](crate::Contact::notice) of every new call says.
 */
notice: string, };

/**
 * A batch of files on their way in.
 */
export type ImportBatch = { 
/**
 * Names the batch in this process.
 */
id: number, 
/**
 * Where it stands.
 */
state: ImportState, 
/**
 * Every file.
 */
files: Array<ImportFile>, 
/**
 * Index of the file being read.
 */
current: number, 
/**
 * Of that file, in thousandths.
 */
current_permille: number, 
/**
 * What became of facts told of calls that were here already, once the batch is done.
 */
applied: FactsApplied | null, 
/**
 * Why they were not put down.
 */
not_applied: ErrorNote | null, };

/**
 * A case a person wants of an import.
 */
export type ImportCall = { 
/**
 * One file, or agent and customer: which ones they are among all that the ticket names.
 */
files: Array<number>, 
/**
 * Title it will get.
 */
title: string, 
/**
 * Which of two words counts, where what tells of it contradicts itself; of the rest the plan says.
 */
decided: Array<FactDecided>, };

/**
 * What became of one file.
 */
export type ImportFile = { 
/**
 * As it was given.
 */
path: string, 
/**
 * `None` while it is not decided.
 */
outcome: ImportOutcome | null, 
/**
 * The case it is in.
 */
case_id: CaseId | null, 
/**
 * Length.
 */
duration_ms: number | null, 
/**
 * Channels of the recording.
 */
channels: number | null, 
/**
 * Why it was refused.
 */
error: ErrorNote | null, 
/**
 * What a person should know about how its sound came in.
 */
notices: Array<SoundNotice>, 
/**
 * Of a duplicate: nobody speaks in it, so it may be another call all the same.
 */
wordless: boolean, 
/**
 * How many facts its new case was told by tables, side-cars and its name.
 */
facts: number, 
/**
 * Facts that were told and that its case could not take.
 */
unheard: Array<FactKey>, 
/**
 * Of a new call of two channels: who speaks on which came from the settings.
 */
sides: ImportSides | null, };

/**
 * What kept a file out that a person may decide about.
 */
export type ImportObstacle = "truncated" | "known";

/**
 * What became of a file.
 */
export type ImportOutcome = "imported" | "joined" | "half" | "duplicate" | "mended" | "in_bin" | "rejected";

/**
 * Files and folders a person brought.
 */
export type ImportPlanRequest = { 
/**
 * Names them.
 */
ticket: Ticket, 
/**
 * How files of one call are recognised.
 */
suffix_rules: Array<SuffixRule>, 
/**
 * Zone of times that name none: a name of the IANA list, or an offset.
 */
zone: string, 
/**
 * Which of several rows about one call counts.
 */
counts: WhichCounts, 
/**
 * What a person said of single sources.
 */
sources: Array<SourceAsked>, };

/**
 * How the facts of a source are read, as somebody mended it and named it.
 */
export type ImportProfile = { 
/**
 * As it is listed; no two have the same.
 */
name: string, 
/**
 * Its text (docs/profiles.md). The name in it is the same.
 */
written: string, };

/**
 * By what the settings say who speaks on the two channels of a new call.
 */
export type ImportSides = { 
/**
 * Its recording.
 */
recording_id: RecordingId, 
/**
 * The profile its facts were read by; empty where none was.
 */
source: string, 
/**
 * Who called whom, where that was told.
 */
direction: Direction | null, };

/**
 * What to bring in of what a person brought, once.
 */
export type ImportStart = { 
/**
 * Names it. An import takes it.
 */
ticket: Ticket, 
/**
 * Cases to be.
 */
calls: Array<ImportCall>, 
/**
 * On what they are brought in, and what customers were told of it: kept with every new one. What is empty is
 * not stated.
 */
basis: string, 
/**
 * See `basis`.
 */
notice: string, };

/**
 * Where a batch stands.
 */
export type ImportState = "running" | "done" | "cancelled";

/**
 * How far the search index is brought to the present rules.
 */
export type IndexState = { 
/**
 * Rows that are.
 */
done: number, 
/**
 * Rows in all.
 */
total: number, };

/**
 * One entry of the shared list.
 */
export type Issue = { 
/**
 * Identity.
 */
id: IssueId, 
/**
 * Number people say aloud; given by the store, 0 before the first commit.
 */
number: number, 
/**
 * Numbers it had before, newest last: they lead to it still.
 */
former_numbers: Array<number>, 
/**
 * One-line title.
 */
title: string, 
/**
 * What is wrong, for whom, in a few sentences.
 */
statement: string, 
/**
 * Where it comes from.
 */
root_cause: string, 
/**
 * 业务线
 */
business_line: string, 
/**
 * Who answers for it.
 */
owner_id: PersonId | null, 
/**
 * An owner outside, e.g. a merchant; may be empty.
 */
external_owner: string, 
/**
 * U1 (now) – U4, 0 = not judged.
 */
urgency: number, 
/**
 * D1 (easy) – D3, 0 = not judged.
 */
difficulty: number, 
/**
 * Where it stands.
 */
status: IssueStatus, 
/**
 * Reason given with the last change of status that had one.
 */
status_reason: string, 
/**
 * Due day, as the UTC midnight of that calendar day.
 */
due: number | null, 
/**
 * Set while merged: the issue that took over.
 */
merged_into: IssueId | null, 
/**
 * Where it stood before it was merged.
 */
status_before_merge: IssueStatus | null, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * Counts for the side column of the issue list.
 */
export type IssueFacets = { 
/**
 * By ready-made view (`open`, `mine`, …).
 */
views: Array<Count>, 
/**
 * Open issues by business line.
 */
business_lines: Array<Count>, 
/**
 * Open issues by cell `U2D1`.
 */
matrix: Array<Count>, 
/**
 * Open issues by status.
 */
statuses: Array<Count>, };

/**
 * One entry of the shared issue list.
 */
export type IssueId = string;

/**
 * An issue rests on a moment.
 */
export type IssueLink = { 
/**
 * Identity.
 */
id: IssueLinkId, 
/**
 * The issue.
 */
issue_id: IssueId, 
/**
 * The issue it was filed under before a merge moved it here.
 */
moved_from: IssueId | null, 
/**
 * The moment.
 */
observation_id: ObservationId, 
/**
 * How it speaks.
 */
relation: EvidenceRelation, 
/**
 * 0–3.
 */
importance: number, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One tie between an issue and the moment it rests on.
 */
export type IssueLinkId = string;

/**
 * Ready-made views of the issue list.
 */
export type IssueListView = "open" | "mine" | "overdue" | "to_verify" | "reopened" | "unowned" | "closed" | "all";

/**
 * One issue takes over from another.
 */
export type IssueMerge = { 
/**
 * Goes.
 */
from: IssueId, 
/**
 * Stays.
 */
into: IssueId, };

/**
 * What to show of the issue list.
 */
export type IssueQuery = { 
/**
 * Words; empty for all.
 */
text: string, 
/**
 * Ready-made view.
 */
view: IssueListView, 
/**
 * Only this business line.
 */
business_line: string | null, 
/**
 * Only this cell.
 */
urgency: number | null, 
/**
 * Only this cell.
 */
difficulty: number | null, 
/**
 * Only these statuses; empty for all of the view.
 */
statuses: Array<IssueStatus>, 
/**
 * Only this owner.
 */
owner_id: PersonId | null, 
/**
 * Who asks, for "mine".
 */
asker: PersonId | null, 
/**
 * What the clock on the wall shows, as if it were UTC, for "overdue"; filled in by the use case.
 */
now: number, 
/**
 * Order.
 */
sort: IssueSort, 
/**
 * Turned around.
 */
descending: boolean, 
/**
 * First row.
 */
offset: number, 
/**
 * Rows at most (the store caps it at 500).
 */
limit: number, };

/**
 * An issue in a few words.
 */
export type IssueRef = { 
/**
 * Identity.
 */
id: IssueId, 
/**
 * Number.
 */
number: number, 
/**
 * Title.
 */
title: string, 
/**
 * Status.
 */
status: IssueStatus, };

/**
 * One row of the issue list.
 */
export type IssueRow = { 
/**
 * The issue.
 */
issue: Issue, 
/**
 * Its stage.
 */
stage: Stage, 
/**
 * Owner's name, empty when nobody's.
 */
owner: string, 
/**
 * Pieces of evidence.
 */
evidence_count: number, 
/**
 * Distinct cases.
 */
case_count: number, 
/**
 * Distinct customers of all contacts (cases without a customer count one each).
 */
customer_count: number, 
/**
 * Tags of its evidence, most frequent first, three at most.
 */
tags: Array<TagId>, 
/**
 * First piece of evidence, for replay in place.
 */
first_evidence: PlayClip | null, };

/**
 * Column the issue list is ordered by.
 */
export type IssueSort = "number" | "title" | "status" | "urgency" | "reach" | "owner" | "due" | "age" | "evidence";

/**
 * Where an issue stands inside its stage.
 */
export type IssueStatus = "new" | "clarified" | "triage" | "claimed" | "merged" | "declined" | "rule_proposal" | "in_progress" | "pilot" | "grey" | "full" | "to_verify" | "verified_closed" | "reopened";

/**
 * An issue as its page opens.
 */
export type IssueView = { 
/**
 * The row.
 */
row: IssueRow, 
/**
 * Evidence.
 */
evidence: Array<EvidenceView>, 
/**
 * Comments.
 */
comments: Array<CommentView>, 
/**
 * History, newest first.
 */
history: Array<ChangeView>, 
/**
 * Issues merged into this one.
 */
merged: Array<IssueRef>, 
/**
 * When merged away: the one that took over.
 */
merged_into: IssueRef | null, 
/**
 * Statuses it may move to now, with whether a reason is needed.
 */
moves: Array<StatusMove>, };

/**
 * A job row. Not part of the change log: machines make them, people only start and stop them.
 */
export type Job = { 
/**
 * Identity; time-ordered, so also the queue order.
 */
id: JobId, 
/**
 * What it does.
 */
work: JobWork, 
/**
 * Where it stands.
 */
state: JobState, 
/**
 * Done so far in thousandths.
 */
progress_permille: number, 
/**
 * How often it was started, without the times it was put back in good order.
 */
attempt: number, 
/**
 * Why it failed: an error code the UI words, with arguments.
 */
error: ErrorNote | null, 
/**
 * When it was queued.
 */
created_at: number, 
/**
 * When its row last changed.
 */
updated_at: number, };

/**
 * One piece of background work.
 */
export type JobId = string;

/**
 * Where a job stands.
 */
export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

/**
 * What a job does.
 */
export type JobWork = { "kind": "transcribe" } & Transcribe | { "kind": "take_in" } & TakeIn | { "kind": "renew_index" } & RenewIndex | { "kind": "scrub" } & Scrub | { "kind": "seal_texts" } & SealTexts | { "kind": "sweep_media" } & SweepMedia | { "kind": "other", 
/**
 * What that one calls it.
 */
name: string, };

/**
 * What facts and a call have in common.
 */
export type JoinedBy = "name" | "call_id" | "number_and_time";

/**
 * One lane of the test.
 */
export type LaneCheck = { 
/**
 * Highest sample in dBFS, −120 for silence.
 */
peak_db: number, 
/**
 * Loudness in dBFS, −120 for silence.
 */
rms_db: number, 
/**
 * Nothing but silence.
 */
silent: boolean, 
/**
 * Cut off at full scale.
 */
clipped: boolean, };

/**
 * Lanes that are heard. With a solo only that lane is heard.
 */
export type LaneChoice = { 
/**
 * Muted channel indices.
 */
muted: Array<number>, 
/**
 * The one lane that is heard.
 */
solo: number | null, };

/**
 * One lane of it.
 */
export type LaneLevel = { 
/**
 * Highest sample in dBFS, −120 for silence.
 */
peak_db: number, 
/**
 * Loudness in dBFS, −120 for silence.
 */
rms_db: number, 
/**
 * Cut off at full scale.
 */
clipped: boolean, 
/**
 * min, max, min, max … of each 50 ms, full scale ±127, oldest first.
 */
columns: Array<number>, };

/**
 * How a lane is.
 */
export type LaneState = "running" | "zeros" | "faint" | "clipping" | "lost";

/**
 * A told length and that of the sound, which cannot both be of one call.
 */
export type LengthsApart = { 
/**
 * What the sound has.
 */
sound_ms: number, 
/**
 * The told length next to it.
 */
told_ms: number, };

/**
 * What a link leads to.
 */
export type Link = { "to": "moment" } & MomentLink | { "to": "issue", 
/**
 * Which one.
 */
issue_id: IssueId, } | { "to": "session", 
/**
 * Which one.
 */
session_id: SessionId, };

/**
 * What becomes of the sound.
 */
export type ListenMode = "record" | "clock_only" | "text_only";

/**
 * Where a person left off in a case.
 */
export type ListenState = { 
/**
 * Position.
 */
position_ms: number, 
/**
 * Speed.
 */
speed: number, };

/**
 * A stretch of a recording that somebody listened to in one go. It is written once and never changed.
 */
export type Listening = { 
/**
 * Identity.
 */
id: ListeningId, 
/**
 * What was heard.
 */
recording_id: RecordingId, 
/**
 * Who sat there.
 */
person_id: PersonId, 
/**
 * The earliest moment that sounded, in milliseconds from recording start.
 */
from_ms: number, 
/**
 * Where the latest one ended.
 */
to_ms: number, 
/**
 * How much of the recording went out to the speaker, in milliseconds: silence that was skipped does not
 * count, what was repeated counts again. `None`: by a version that did not measure.
 */
played_ms: number | null, 
/**
 * When it began.
 */
began_at: number, 
/**
 * When it ended.
 */
ended_at: number, 
/**
 * Where: the installation it was played on, if that is known.
 */
device_id: DeviceId | null, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One stretch somebody listened to.
 */
export type ListeningId = string;

/**
 * One listening session. Text fields but the title may be empty.
 */
export type ListeningSession = { 
/**
 * Identity.
 */
id: SessionId, 
/**
 * One-line title.
 */
title: string, 
/**
 * What the calls have in common.
 */
theme: string, 
/**
 * What the people want to know when they leave.
 */
question: string, 
/**
 * Room or meeting.
 */
place: string, 
/**
 * When it begins, if that is settled.
 */
starts_at: number | null, 
/**
 * Who leads it.
 */
facilitator_id: PersonId | null, 
/**
 * Who listens, in the order they were named, each once.
 */
people: Array<PersonId>, 
/**
 * What is listened to, in this order, each once.
 */
cases: Array<CaseId>, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * Begin a live call. When nothing is said, only its clock runs.
 */
export type LiveBegin = { 
/**
 * Title; empty takes the time of day.
 */
title: string, 
/**
 * Business line of the case; may be empty.
 */
business_line: string, 
/**
 * 坐席; may be empty.
 */
agent: string, 
/**
 * Customer as shown; may be empty.
 */
customer: string, 
/**
 * What becomes of the sound.
 */
mode: ListenMode, 
/**
 * One lane or two; empty only with `clock_only`.
 */
lanes: Array<LiveLane>, 
/**
 * On what ground; needed when words are kept.
 */
consent: ConsentBasis | null, 
/**
 * How people were told; needed when words are kept.
 */
notice: NoticeGiven | null, 
/**
 * 师兄 at the seat.
 */
mentor_id: PersonId | null, 
/**
 * The listening session this belongs to.
 */
session_id: SessionId | null, 
/**
 * Number the recording can be found by later. A phone number is kept as its hash only.
 */
anchor: string, };

/**
 * One live call. The case and the recording it belongs to exist from its first moment; the
 * recording has no sound until the call ended (`Recording::has_audio`), or never.
 */
export type LiveCall = { 
/**
 * Identity.
 */
id: LiveCallId, 
/**
 * Its case.
 */
case_id: CaseId, 
/**
 * Its recording, whose time is the call clock.
 */
recording_id: RecordingId, 
/**
 * The listening session it is heard in, if any.
 */
session_id: SessionId | null, 
/**
 * What becomes of the sound.
 */
mode: ListenMode, 
/**
 * Where it stands.
 */
state: LiveState, 
/**
 * Wall time of call clock 0.
 */
started_at: number, 
/**
 * Wall time of its end.
 */
ended_at: number | null, 
/**
 * On what ground; always set when words are kept.
 */
consent: ConsentBasis | null, 
/**
 * How people were told; always set when words are kept.
 */
notice: NoticeGiven | null, 
/**
 * 师兄 at the seat.
 */
mentor_id: PersonId | null, 
/**
 * A number the later recording's facts will carry too (extension, call id, or the hash of a
 * phone number), to find it by; may be empty.
 */
anchor: string, 
/**
 * Where the sound comes from; empty when none is taken. A headset may bear its owner's name.
 */
lanes: Array<LiveLane>, 
/**
 * Set once its marks stand on a recording that came later.
 */
alignment: Alignment | null, 
/**
 * Somebody has seen that it was cut off.
 */
acknowledged: boolean, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One call that is heard as it happens.
 */
export type LiveCallId = string;

/**
 * What there is to choose from before a call.
 */
export type LiveChoices = { 
/**
 * Sources, inputs first, defaults first.
 */
sources: Array<CaptureSource>, 
/**
 * Set when what the machine plays cannot be captured here; says why.
 */
no_system: ErrorNote | null, 
/**
 * What was chosen last time as far as it is still there; else a sensible first choice.
 */
lanes: Array<LiveLane>, 
/**
 * The mode of the last time.
 */
mode: ListenMode, 
/**
 * Whether there is a model for text.
 */
has_model: boolean, 
/**
 * Minutes of recording the disk still takes with the chosen lanes.
 */
disk_minutes: number, };

/**
 * Text of an utterance that is not settled yet.
 */
export type LiveDraft = { 
/**
 * Channel.
 */
lane: number, 
/**
 * The utterance, counted on its lane.
 */
utterance: number, 
/**
 * Start on the call clock.
 */
start_ms: number, 
/**
 * End of the sound it was made of.
 */
end_ms: number, 
/**
 * Certain.
 */
committed: string, 
/**
 * May change.
 */
tentative: string, 
/**
 * The utterance is over; its text is doubtful and looked at again. Then nothing of it is
 * committed.
 */
over: boolean, };

/**
 * What stopping gave.
 */
export type LiveEnded = { 
/**
 * The case.
 */
case_id: CaseId, 
/**
 * Its recording.
 */
recording_id: RecordingId, 
/**
 * Length.
 */
duration_ms: number, 
/**
 * There is sound to play.
 */
has_audio: boolean, };

/**
 * Where one lane's sound comes from, as a person chose it.
 */
export type LiveLane = { 
/**
 * Stable id of the source.
 */
source: string, 
/**
 * Its friendly name when it was chosen.
 */
name: string, 
/**
 * Which part of it.
 */
side: SourceSide, 
/**
 * Who speaks on it.
 */
role: ChannelRole, };

/**
 * One lane while the call goes on.
 */
export type LiveLaneStatus = { 
/**
 * Channel.
 */
channel: number, 
/**
 * Who speaks on it.
 */
role: ChannelRole, 
/**
 * Friendly name of the source.
 */
name: string, 
/**
 * Which part of it.
 */
side: SourceSide, 
/**
 * How it is.
 */
state: LaneState, };

/**
 * Levels and the shape of the sound since the last time.
 */
export type LiveLevels = { 
/**
 * Call clock at the end of it; 0 during a check before the call.
 */
position_ms: number, 
/**
 * By channel.
 */
lanes: Array<LaneLevel>, };

/**
 * A mark on the call clock, now.
 */
export type LiveMark = { 
/**
 * The id it gets; made here when whoever asks makes none.
 */
id?: ObservationId, 
/**
 * The operation it is, so that who asks knows its echo, and asking again is harmless.
 */
op_id?: OpId, 
/**
 * `None` is a problem.
 */
kind: ObservationKind | null, 
/**
 * Tags given in the same stroke.
 */
tags: Array<TagId>, 
/**
 * Words written in the same stroke.
 */
text: string | null, 
/**
 * How long ago the key went down, in milliseconds.
 */
ago_ms: number, };

/**
 * What is remembered of the last live call for the next one.
 */
export type LiveSettings = { 
/**
 * Where the sound came from.
 */
lanes: Array<LiveLane>, 
/**
 * What became of the sound.
 */
mode: ListenMode | null, 
/**
 * Model for the text that appears while somebody speaks; `None` takes the smallest installed
 * one that is not for the demo only, else the default.
 */
draft_model: string | null, 
/**
 * Chord that marks while another program has the keyboard, e.g. `Ctrl+Alt+M`; `None`: off.
 */
global_mark_key: string | null, 
/**
 * Hours in which nobody speaks and nothing is marked, after which a call asks whether anybody
 * is still there, 1–12; 0: never.
 */
ask_after_hours: number, };

/**
 * Where a live call stands.
 */
export type LiveState = "listening" | "ended" | "recovered" | "damaged";

/**
 * A call that is being listened to.
 */
export type LiveStatus = { 
/**
 * The call.
 */
call: LiveCall, 
/**
 * Its case.
 */
case: Case, 
/**
 * Who speaks with whom.
 */
contact: Contact, 
/**
 * Name of the mentor.
 */
mentor: string | null, 
/**
 * Call clock.
 */
position_ms: number, 
/**
 * Set while sharing is paused: since when on the call clock.
 */
paused_since_ms: number | null, 
/**
 * What is safely on disk, on the call clock; `None` when no sound is kept.
 */
kept_ms: number | null, 
/**
 * How the text is doing.
 */
text: LiveTextState, 
/**
 * How far the text is behind the sound.
 */
behind_ms: number, 
/**
 * Drafts are left out so that finals keep up.
 */
thinned: boolean, 
/**
 * Lanes; empty without sound.
 */
lanes: Array<LiveLaneStatus>, 
/**
 * Both lanes carry the same signal.
 */
same_on_both: boolean, 
/**
 * Gaps so far.
 */
gaps: Array<CaptureGap>, 
/**
 * Recording minutes left on the disk, once they are few.
 */
disk_minutes: number | null, 
/**
 * Utterances that are not settled.
 */
drafts: Array<LiveDraft>, 
/**
 * Set when it is ending: the file is being looked at.
 */
ending: boolean, 
/**
 * Set when it asks whether anybody is still there: since when, on the call clock, nobody
 * has spoken and nothing was marked. It never ends by itself.
 */
quiet_since_ms: number | null, 
/**
 * What a person should know.
 */
notice: ErrorNote | null, };

/**
 * What the test recording says.
 */
export type LiveTest = { 
/**
 * Length.
 */
duration_ms: number, 
/**
 * By channel.
 */
lanes: Array<LaneCheck>, 
/**
 * Both lanes carry the same signal.
 */
same_on_both: boolean, };

/**
 * How the text of a live call is doing.
 */
export type LiveTextState = "off" | "loading" | "on" | "failed";

/**
 * One chain: what one installation wrote in one folder.
 */
export type LogChain = { 
/**
 * Its id.
 */
replica: ReplicaId, 
/**
 * How many operations it has.
 */
operations: number, 
/**
 * When the first and the last was made.
 */
since: number, 
/**
 * The last.
 */
until: number, 
/**
 * Whether this installation vouches for it. Of others only this is known: it contradicts nothing.
 */
ours: boolean, };

/**
 * Whether the log is what was written, operation by operation.
 */
export type LogCheckup = { 
/**
 * Operations that were read.
 */
operations: number, 
/**
 * Values whose proof was looked at.
 */
values: number, 
/**
 * Values that went for good, by a certificate.
 */
erased: number, 
/**
 * Each chain, in the order in which they begin.
 */
chains: Array<LogChain>, 
/**
 * The first of what is wrong, in order.
 */
faults: Array<LogFault>, 
/**
 * How much is wrong.
 */
fault_count: number, };

/**
 * One thing that is wrong.
 */
export type LogFault = { 
/**
 * What.
 */
what: LogFaultKind, 
/**
 * In which chain.
 */
replica: ReplicaId | null, 
/**
 * At which place of it.
 */
n: number, 
/**
 * How many, where it is more than this one.
 */
count: number, 
/**
 * When the operation there says it was made.
 */
at: number | null, };

/**
 * What is wrong at one place of the log.
 */
export type LogFaultKind = "edited" | "value_edited" | "value_gone" | "missing" | "doubled" | "cut" | "forked" | "not_ours" | "stray" | "index" | "newer";

/**
 * Facts that have no place.
 */
export type LooseFacts = { 
/**
 * Where they stand.
 */
origin: FactOrigin, 
/**
 * What is known.
 */
known: { [key in FactKey]?: FactValue }, 
/**
 * The calls of the plan they fit; none where they fit several that are here already.
 */
fits: Array<number>, };

/**
 * The one-key mark.
 */
export type MarkRequest = { 
/**
 * The id it gets; made here when whoever asks makes none.
 */
id?: ObservationId, 
/**
 * The operation it is, so that who asks knows its echo, and asking again is harmless.
 */
op_id?: OpId, 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Player position when the key went down.
 */
at_ms: number, 
/**
 * Lag to take off; `None` takes the setting.
 */
lag_ms: number | null, 
/**
 * `None` is a problem.
 */
kind: ObservationKind | null, 
/**
 * Tags given in the same stroke.
 */
tags: Array<TagId>, 
/**
 * Explicit range instead of the automatic clip.
 */
range: Span | null, 
/**
 * Where it stands; `None` is the sound around the moment, or the range.
 */
anchor?: Anchor, 
/**
 * Words written in the same stroke (CLI).
 */
text: string | null, 
/**
 * The listening session this is heard in; it must have the case on its list.
 */
session_id: SessionId | null, };

/**
 * The media folder.
 */
export type MediaCheckup = { 
/**
 * Files that have to be there; each was opened and its length looked at.
 */
files: number, 
/**
 * Files that were read whole this time.
 */
read: number, 
/**
 * Files that have not been read whole since they came in.
 */
unread: number, 
/**
 * Those that are not what they were, by call.
 */
broken: Array<BrokenMedia>, };

/**
 * What is wrong with it.
 */
export type MediaFault = "missing" | "unreadable" | "size" | "bytes";

/**
 * What a media file is of its recording.
 */
export type MediaPart = "source" | "audio" | "peaks";

/**
 * How far reading the media folder has come.
 */
export type MediaReading = { 
/**
 * Bytes that were read.
 */
done_bytes: number, 
/**
 * Bytes that are to be read.
 */
total_bytes: number, };

/**
 * How it becomes whole again.
 */
export type MediaWayOut = "import_again" | "take_again" | "backup";

/**
 * A model of the catalogue or a file a person chose.
 */
export type ModelRow = { 
/**
 * Id, e.g. `small-q5_1`, or `file:<sha256 prefix>`.
 */
id: string, 
/**
 * Name as shown.
 */
name: string, 
/**
 * Size of the file.
 */
bytes: number, 
/**
 * Expected hash: SHA-1 of the published ggml files, or SHA-256 of a chosen file.
 */
hash: string, 
/**
 * Languages in words: `zh`, `en`, `multi`, `demo`.
 */
languages: Array<string>, 
/**
 * Rough minutes of audio per minute of work on two cores; 0 unknown.
 */
speed_hint: number, 
/**
 * Where it stands.
 */
state: ModelState, 
/**
 * Bytes on disk of a part.
 */
bytes_present: number, 
/**
 * The model used when none is named.
 */
is_default: boolean, 
/**
 * Knows only the demo calls' phrases.
 */
is_demo: boolean, };

/**
 * Where a model stands.
 */
export type ModelState = "absent" | "downloading" | "partial" | "installed";

/**
 * A moment of a case; where it names none, the whole.
 */
export type MomentLink = { 
/**
 * The case.
 */
case_id: CaseId, 
/**
 * Start in milliseconds, when the link names a moment.
 */
start_ms: number | null, 
/**
 * End in milliseconds, when the link names a range.
 */
end_ms: number | null, 
/**
 * Turns, when the link names some.
 */
turns?: Turns, };

/**
 * A new issue.
 */
export type NewIssue = { 
/**
 * Title.
 */
title: string, 
/**
 * Statement, may be empty.
 */
statement: string, 
/**
 * Business line, may be empty.
 */
business_line: string, 
/**
 * 0–4.
 */
urgency: number, 
/**
 * 0–3.
 */
difficulty: number, 
/**
 * Moments it rests on.
 */
observation_ids: Array<ObservationId>, };

/**
 * A new person.
 */
export type NewPerson = { 
/**
 * Name.
 */
name: string, 
/**
 * Roles.
 */
roles: Array<Role>, 
/**
 * Department.
 */
org_unit: string, };

/**
 * A record of a plain kind that is to be made.
 */
export type NewRecord = { 
/**
 * What kind it is.
 */
kind: EntityKind, 
/**
 * The id it gets; made here when whoever asks makes none.
 */
id?: string, 
/**
 * The operation it is, so that who asks knows its echo, and asking again is harmless.
 */
op_id?: OpId, 
/**
 * By the name of the field: those that are declared `edit` or `given`. The rest is empty.
 */
fields: { [field: string]: unknown }, };

/**
 * A note at the seat.
 */
export type NewSeatNote = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Moment; `None` is now, on the clock of the call that goes on.
 */
at_ms: number | null, 
/**
 * Who says it; `None` is who is seated.
 */
author_id: PersonId | null, 
/**
 * What it is.
 */
kind: SeatNoteKind, 
/**
 * Words.
 */
text: string, };

/**
 * A new session.
 */
export type NewSession = { 
/**
 * Title.
 */
title: string, 
/**
 * What the calls have in common, may be empty.
 */
theme: string, 
/**
 * What it should answer, may be empty.
 */
question: string, 
/**
 * Where, may be empty.
 */
place: string, 
/**
 * When it begins.
 */
starts_at: number | null, 
/**
 * Who leads it.
 */
facilitator_id: PersonId | null, 
/**
 * Who listens.
 */
people: Array<PersonId>, 
/**
 * What is listened to, in order.
 */
cases: Array<CaseId>, };

/**
 * A new tag.
 */
export type NewTag = { 
/**
 * Name.
 */
name: string, 
/**
 * Colour.
 */
colour: TagColour, 
/**
 * Branch.
 */
parent_id: TagId | null, };

/**
 * How the people on the line were told (PIPL art. 17, GDPR art. 13).
 */
export type NoticeGiven = "voice" | "spoken" | "written";

/**
 * How numbers stand in new Chinese text.
 */
export type NumberStyle = "as_heard" | "said" | "digits";

/**
 * A mark that grew words: the atom evidence is made of.
 */
export type Observation = { 
/**
 * Identity.
 */
id: ObservationId, 
/**
 * The case it was heard in.
 */
case_id: CaseId, 
/**
 * The recording its times count from.
 */
recording_id: RecordingId, 
/**
 * Where in it.
 */
anchor: Anchor, 
/**
 * Start of the sound that plays for it, in milliseconds from recording start.
 */
start_ms: number, 
/**
 * End of it.
 */
end_ms: number, 
/**
 * Player position when the key went down.
 */
raw_mark_ms: number, 
/**
 * Reaction lag that was taken off.
 */
lag_ms: number, 
/**
 * What the moment is.
 */
kind: ObservationKind, 
/**
 * 理 / 情.
 */
axis: Axis, 
/**
 * The person's words; may be empty.
 */
text: string, 
/**
 * Words heard in the range when it was marked or last set, for lists and exports.
 */
quote: string, 
/**
 * Codes, in the order they were given.
 */
tags: Array<TagId>, 
/**
 * 0–3.
 */
severity: number, 
/**
 * The listening session it was marked in, if any.
 */
session_id: SessionId | null, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One marked moment and what was heard in it.
 */
export type ObservationId = string;

/**
 * What the moment is.
 */
export type ObservationKind = "problem" | "highlight" | "quote" | "question" | "suggestion";

/**
 * Which observations.
 */
export type ObservationQuery = { 
/**
 * Only with this tag.
 */
tag: TagId | null, 
/**
 * Only of this kind.
 */
kind: ObservationKind | null, 
/**
 * Only those not filed under any issue.
 */
unfiled: boolean, 
/**
 * First row.
 */
offset: number, 
/**
 * Rows at most.
 */
limit: number, };

/**
 * An observation where it is listed.
 */
export type ObservationView = { 
/**
 * The observation.
 */
observation: Observation, 
/**
 * Title of its case.
 */
case_title: string, 
/**
 * Who made it.
 */
author: string, 
/**
 * Issues it is filed under.
 */
issues: Array<IssueRef>, };

/**
 * What somebody wants to do something with; nothing for what needs no record.
 */
export type OfferQuery = { 
/**
 * What kind it is.
 */
kind: EntityKind | null, 
/**
 * Its id.
 */
id: string | null, };

/**
 * One thing a person did; groups the changes that belong together.
 */
export type OpId = string;

/**
 * Open a case in the player.
 */
export type OpenPlayer = { 
/**
 * The case.
 */
case_id: CaseId, 
/**
 * Where; `None` continues where this person left off.
 */
at_ms: number | null, };

/**
 * The workspace that is open now.
 */
export type OpenedPlace = { 
/**
 * Folder.
 */
path: string, 
/**
 * It is the demo.
 */
is_demo: boolean, 
/**
 * The case to show first.
 */
start_at: CaseId | null, };

/**
 * Where an operation came from.
 */
export type Origin = "person" | "machine" | "undo" | "import" | "sync";

/**
 * An output the player can use.
 */
export type OutputDevice = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Friendly name.
 */
name: string, 
/**
 * The system default.
 */
is_default: boolean, };

/**
 * One window of a longer list, with the length of the whole.
 */
export type Page<T> = { 
/**
 * The rows.
 */
rows: Array<T>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * A window of the waveform. Answered as bytes, see [`PEAKS_LAYOUT`].
 */
export type PeaksRequest = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Start of the window.
 */
start_ms: number, 
/**
 * End of the window.
 */
end_ms: number, 
/**
 * Columns wanted, at most 8192.
 */
columns: number, };

/**
 * A person whose actions are recorded under their name.
 */
export type Person = { 
/**
 * Identity.
 */
id: PersonId, 
/**
 * Name as shown.
 */
name: string, 
/**
 * What they are in the programme.
 */
roles: Array<Role>, 
/**
 * Department, may be empty.
 */
org_unit: string, 
/**
 * Set once they turned out to be somebody who was there already: whoever that is.
 */
merged_into: PersonId | null, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One person who acts at a seat.
 */
export type PersonId = string;

/**
 * Somebody turned out to be somebody else.
 */
export type PersonMerge = { 
/**
 * Whoever it is who was there twice.
 */
from: PersonId, 
/**
 * Who they are.
 */
into: PersonId, };

/**
 * [`PersonSettings`] as a record.
 */
export type PersonSettingsRecord = { 
/**
 * The person whose they are.
 */
id: PersonId, 
/**
 * Taken off the key press when marking.
 */
mark_lag_ms: number, 
/**
 * How far play steps back after a pause.
 */
back_step_ms: number, 
/**
 * How lines of nothing but fillers are shown.
 */
fillers: FillerStyle, 
/**
 * Single-letter keys on.
 */
single_keys: boolean, 
/**
 * Remapped keys: action → key chord.
 */
keymap: { [key in string]: string }, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * A call, and what is told of it.
 */
export type PlannedFacts = { 
/**
 * One file, or agent and customer.
 */
files: Array<PlannedFile>, 
/**
 * Title it will get.
 */
title: string, 
/**
 * What is known of it; empty where nothing is told.
 */
known: { [key in FactKey]?: FactValue }, 
/**
 * Where that stands, and how it is known to be about this call. Its name is not among them.
 */
from: Array<[FactOrigin, JoinedBy]>, 
/**
 * In what the places contradict each other.
 */
contradictions: Array<Contradiction>, 
/**
 * The length of its sound and the one that is told, where they cannot both be right.
 */
lengths_apart: LengthsApart | null, 
/**
 * The same bytes are here already.
 */
already: Already | null, 
/**
 * The same bytes as this earlier call of the plan.
 */
same_as: number | null, };

/**
 * A file among those a person brought.
 */
export type PlannedFile = { 
/**
 * Which one it is, among all recordings that were brought.
 */
at: number, 
/**
 * Where it lies.
 */
path: string, 
/**
 * Bytes.
 */
bytes: number, };

/**
 * A table or a side-car.
 */
export type PlannedSource = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * Bytes.
 */
bytes: number, 
/**
 * What it says; `None` where nothing of it can be read.
 */
told: SourceTold | null, 
/**
 * Why nothing can.
 */
error: ErrorNote | null, 
/**
 * How many of its rows or records are about these calls, and how that is known.
 */
joined: { [key in JoinedBy]?: number }, 
/**
 * None of them is, and its calls were days before or after these.
 */
is_of_another_time: boolean, };

/**
 * Play a moment in place.
 */
export type PlayClip = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Start.
 */
start_ms: number, 
/**
 * End.
 */
end_ms: number, };

/**
 * The player, as the UI interpolates it.
 */
export type PlayerState = { 
/**
 * What is loaded.
 */
recording_id: RecordingId | null, 
/**
 * Its case.
 */
case_id: CaseId | null, 
/**
 * Where it stands.
 */
position_ms: number, 
/**
 * Length.
 */
duration_ms: number, 
/**
 * Running.
 */
playing: boolean, 
/**
 * Set while a clip is played that stops at its end.
 */
clip: Span | null, 
/**
 * 0.5–3.0.
 */
speed: number, 
/**
 * Jumps over silence.
 */
skip_silence: boolean, 
/**
 * Repeated range.
 */
loop_range: Span | null, 
/**
 * Lanes.
 */
lanes: LaneChoice, 
/**
 * Chosen device, `None` for the default.
 */
device: string | null, 
/**
 * No device: the clock runs silently.
 */
silent: boolean, 
/**
 * Why, as an error code.
 */
notice: ErrorNote | null, };

/**
 * How a source came to its profile.
 */
export type ProfileBy = "person" | "remembered" | "built_in" | "suggested";

/**
 * A profile that a person named.
 */
export type ProfileNamed = { "named": string } | { "written": string };

/**
 * The profile a source was read by.
 */
export type ProfileTold = { 
/**
 * As it is listed.
 */
name: string, 
/**
 * Tried on a real example; otherwise written from documentation alone.
 */
tried: boolean, 
/**
 * How the source came to it.
 */
by: ProfileBy, 
/**
 * Names of others that fit.
 */
others: Array<string>, 
/**
 * Of one that was made of what is there: what was thought about its columns.
 */
why: Array<WhyTold>, 
/**
 * As a file says it.
 */
written: { [word: string]: unknown }, };

/**
 * That something was taken away for good: what, how much, by whom and why, and how far that was looked after.
 * Ids and counts alone: of what it was nothing can be told from it.
 */
export type Purge = { 
/**
 * Identity.
 */
id: PurgeId, 
/**
 * What it was: a case, a recording, or a person.
 */
of_kind: EntityKind, 
/**
 * Which one.
 */
of_id: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Records that lay in it, itself included.
 */
records: number, 
/**
 * Values that left the change log.
 */
values: number, 
/**
 * Which changes they left, see [`erased_digest`].
 */
erased_sha256: Sha256, 
/**
 * Lines of text that left the transcripts.
 */
lines: number, 
/**
 * Files that went.
 */
files: number, 
/**
 * Bytes in them, as far as that was on record.
 */
bytes: number, 
/**
 * Older copies of the database it was taken out of as well.
 */
copies_rewritten: number | null, 
/**
 * Older copies that could not be written anew and went whole.
 */
copies_dropped: number | null, 
/**
 * Texts that were looked for afterwards, byte by byte, in the database and its copies. None: it was
 * interrupted in between and nobody knew them any more.
 */
looked_for: number | null, 
/**
 * How many of them stand there still: where somebody wrote the same elsewhere, in an issue for one.
 */
still_found: number | null, 
/**
 * When the last trace was gone: files, copies, index. Until then it goes on.
 */
finished_at: number | null, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One certificate of what was taken away for good.
 */
export type PurgeId = string;

/**
 * What is to go for good.
 */
export type PurgeRequest = { 
/**
 * A case, a recording, or a person.
 */
kind: EntityKind, 
/**
 * Which one.
 */
id: string, 
/**
 * Why: it stands in the certificate.
 */
reason: string, };

/**
 * Any record that is kept with history. In JSON it is the record itself.
 */
export type Record = Person | Tag | Case | Contact | Recording | Transcript | Segment | SpeakerChange | ListeningSession | Observation | Issue | IssueLink | Comment | Commitment | LiveCall | SeatNote | Listening | Unmasking | Hold | Purge | WorkspaceSettingsRecord | PersonSettingsRecord | DeviceSettingsRecord;

/**
 * What became of records.
 */
export type RecordEvent = { "type": "changed", 
/**
 * Which.
 */
touched: Array<Touched>, 
/**
 * By which operation.
 */
op_id: OpId, 
/**
 * What it was, for the undo bar.
 */
action: string, 
/**
 * True when a person at this desk did it (so it can be undone here).
 */
undoable: boolean, } | { "type": "transcript", 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Its case.
 */
case_id: CaseId, 
/**
 * The run is over.
 */
done: boolean, } | { "type": "job", 
/**
 * The job.
 */
job: Job, } | { "type": "index", 
/**
 * How far it is.
 */
state: IndexState, } | { "type": "notice", 
/**
 * Code and arguments.
 */
note: ErrorNote, };

/**
 * New values for fields of one record; what is not named stays.
 */
export type RecordPatch = { 
/**
 * What kind it is.
 */
kind: EntityKind, 
/**
 * Its id.
 */
id: string, 
/**
 * By the name of the field: those that `#[field(edit)]` declares.
 */
fields: { [key in string]: FieldEdit }, 
/**
 * The operation it is, so that who asks knows its echo, and asking again is harmless.
 */
op_id?: OpId, };

/**
 * Which records of a plain kind; without field and id all of them.
 */
export type RecordQuery = { 
/**
 * What kind they are.
 */
kind: EntityKind, 
/**
 * A field that refers to a record, and
 */
field: string | null, 
/**
 * the id that stands in it.
 */
id: string | null, };

/**
 * One record.
 */
export type RecordRef = { 
/**
 * What kind it is.
 */
kind: EntityKind, 
/**
 * Its id.
 */
id: string, };

/**
 * One recording: 1 or 2 channels of playable audio.
 */
export type Recording = { 
/**
 * Identity.
 */
id: RecordingId, 
/**
 * The case of its contact: the gate holds the two equal.
 */
case_id: CaseId, 
/**
 * What it is the sound of.
 */
contact_id: ContactId, 
/**
 * The files it was made from: one, or two mono files of one call.
 */
sources: Array<SourceFile>, 
/**
 * SHA-256 of the playable audio (16-bit PCM WAV); empty while there is no
 * sound: a live call that goes on, or one of which no sound was kept.
 */
audio_sha256: Sha256, 
/**
 * SHA-256 of the peaks file.
 */
peaks_sha256: Sha256, 
/**
 * Samples per second and channel of the playable audio.
 */
sample_rate_hz: number, 
/**
 * Channels of the playable audio: 1 or 2.
 */
channels: number, 
/**
 * Frames (samples per channel).
 */
frames: number, 
/**
 * Length in milliseconds.
 */
duration_ms: number, 
/**
 * Role of each channel, by index.
 */
roles: Array<ChannelRole>, 
/**
 * True when the source had two identical channels and was taken as mono.
 */
was_dual_mono: boolean, 
/**
 * What a person should know about how the sound came in.
 */
notices: Array<SoundNotice>, 
/**
 * Number of the decoder that made the playable audio; 0 is from before they were numbered.
 */
decoder: number, 
/**
 * Stretches that could not be read, in time order.
 */
gaps: Array<SoundGap>, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One piece of audio evidence of a case.
 */
export type RecordingId = string;

/**
 * A call that a crash or power cut ended.
 */
export type RecoveredCall = { 
/**
 * The call.
 */
call: LiveCall, 
/**
 * Title of its case.
 */
title: string, 
/**
 * Length of the sound that is there; 0 without.
 */
length_ms: number, 
/**
 * Length that was promised.
 */
promised_ms: number, 
/**
 * Some text is there.
 */
has_text: boolean, 
/**
 * Marks on it.
 */
observation_count: number, };

/**
 * A derived stretch of time.
 */
export type Region = { 
/**
 * What it is.
 */
kind: RegionKind, 
/**
 * Start in milliseconds from recording start.
 */
start_ms: number, 
/**
 * End in milliseconds from recording start.
 */
end_ms: number, };

/**
 * A stretch of the recording with a meaning of its own, derived from the sound.
 */
export type RegionKind = "silence" | "overtalk" | "paused" | "lost";

/**
 * Write the search index anew by the present rules.
 */
export type RenewIndex = object;

/**
 * One chain of operations: an installation, in one folder, since it last took that folder up.
 */
export type ReplicaId = string;

/**
 * A recording that the decoder of today might bring in longer, or elsewhere in time.
 */
export type RetakeCandidate = { 
/**
 * Its case.
 */
case_id: CaseId, 
/**
 * The case's title.
 */
title: string, 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Container and codec of its source.
 */
codec: string, };

/**
 * Decode the kept source of a recording anew.
 */
export type RetakeRequest = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Leave two channels that carry the same as they are.
 */
keep_both_lanes: boolean, };

/**
 * What a person is in the programme, and with it what they may do once roles count: see
 * [`Actor`](crate::Actor).
 */
export type Role = "participant" | "mentor" | "agent" | "facilitator" | "curator" | "issue_owner" | "exporter" | "guest" | "administrator";

/**
 * New roles for the channels of a recording.
 */
export type RolesRequest = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Role of each channel.
 */
roles: Array<ChannelRole>, };

/**
 * What was read out of a hurt database.
 */
export type Salvaged = { 
/**
 * Rows that could be read.
 */
saved: number, 
/**
 * Rows that could not.
 */
lost: number, 
/**
 * Rows of those that came from the newest copy.
 */
from_copy: number, 
/**
 * Rows that could be read and make no sense without a lost one.
 */
left_out: number, };

/**
 * Take the last traces of what went for good.
 */
export type Scrub = object;

/**
 * Keep texts that lie in rows alone as bytes of their recordings.
 */
export type SealTexts = object;

/**
 * Something that was found.
 */
export type SearchHit = { 
/**
 * Heading: its title or name, or that of the case, issue or session it belongs to.
 */
title: string, 
/**
 * Words around the place, at most 80 characters; may be empty.
 */
excerpt: string, 
/**
 * What it is, and where it leads.
 */
target: SearchTarget, };

/**
 * What a record belongs to.
 */
export type SearchOwner = { "kind": "issue", 
/**
 * Which one.
 */
issue_id: IssueId, 
/**
 * Its number.
 */
number: number, } | { "kind": "session", 
/**
 * Which one.
 */
session_id: SessionId, } | { "kind": "case", 
/**
 * Which one.
 */
case_id: CaseId, };

/**
 * What to look for.
 */
export type SearchQuery = { 
/**
 * What was typed.
 */
text: string, 
/**
 * Where; empty for everywhere.
 */
scopes: Array<SearchScope>, 
/**
 * Hits per scope at most (the store caps it at 100).
 */
limit: number, };

/**
 * What was found.
 */
export type SearchResults = { 
/**
 * Hits, grouped by scope in the order issue, observation, record, session, case, tag, person, segment; newest
 * first.
 */
hits: Array<SearchHit>, 
/**
 * Scopes in which there is more than was returned.
 */
more: Array<SearchScope>, 
/**
 * Pieces of what was typed that no search can look for, such as a lone comma.
 */
left_out: Array<string>, 
/**
 * The index is being renewed, and so much of it is: older records may be missing. Percent.
 */
renewing: number | null, };

/**
 * What a search looks through.
 */
export type SearchScope = "segment" | "observation" | "issue" | "case" | "record" | "session" | "tag" | "person";

/**
 * What was found, and where it leads.
 */
export type SearchTarget = { "kind": "segment", 
/**
 * Where it is heard.
 */
at: MomentLink, 
/**
 * Who speaks.
 */
role: ChannelRole, 
/**
 * Its words are in doubt: heard with little confidence, corrected by nobody.
 */
doubtful: boolean, } | { "kind": "observation", 
/**
 * Which one.
 */
observation_id: ObservationId, 
/**
 * Where it stands.
 */
at: MomentLink, } | { "kind": "seat_note", 
/**
 * Where it stands.
 */
at: MomentLink, } | { "kind": "issue", 
/**
 * Which one.
 */
issue_id: IssueId, 
/**
 * Its number.
 */
number: number, } | { "kind": "case", 
/**
 * Which one.
 */
case_id: CaseId, } | { "kind": "session", 
/**
 * Which one.
 */
session_id: SessionId, } | { "kind": "person", 
/**
 * Who.
 */
person_id: PersonId, } | { "kind": "tag", 
/**
 * Which one.
 */
tag_id: TagId, 
/**
 * It is offered no more.
 */
retired: boolean, } | { "kind": "record", 
/**
 * What kind of record.
 */
record: EntityKind, 
/**
 * What it belongs to, and is shown with.
 */
of: SearchOwner, };

/**
 * A note of somebody at the seat, at a moment of a call: the mentor's remark, or a question to
 * the mentor. It interrupts nobody.
 */
export type SeatNote = { 
/**
 * Identity.
 */
id: SeatNoteId, 
/**
 * The case.
 */
case_id: CaseId, 
/**
 * The recording its time counts from.
 */
recording_id: RecordingId, 
/**
 * Milliseconds from recording start.
 */
at_ms: number, 
/**
 * Who says it; at a shared computer this need not be who is seated.
 */
author_id: PersonId, 
/**
 * What it is.
 */
kind: SeatNoteKind, 
/**
 * Words; empty where the kind says it all.
 */
text: string, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One note of somebody at the seat.
 */
export type SeatNoteId = string;

/**
 * What somebody at the seat says without speaking.
 */
export type SeatNoteKind = "aside" | "heed" | "later" | "ask" | "explain" | "rule" | "common";

/**
 * A note where it is listed.
 */
export type SeatNoteView = { 
/**
 * The note.
 */
note: SeatNote, 
/**
 * Who says it.
 */
author: string, 
/**
 * Says it as 师兄.
 */
by_mentor: boolean, };

/**
 * One stretch of recognised speech on one channel.
 */
export type Segment = { 
/**
 * Identity.
 */
id: SegmentId, 
/**
 * The recording it was heard in.
 */
recording_id: RecordingId, 
/**
 * Place in the transcript, by start time, from 0.
 */
ordinal: number, 
/**
 * Start in milliseconds from recording start.
 */
start_ms: number, 
/**
 * End in milliseconds from recording start.
 */
end_ms: number, 
/**
 * Channel index.
 */
channel: number, 
/**
 * Text as shown.
 */
text: string, 
/**
 * What the engine wrote, kept when a person corrects the text.
 */
text_original: string | null, 
/**
 * Mean token probability, 0–1.
 */
confidence: number, 
/**
 * Language the engine heard, e.g. `zh`.
 */
language: string, 
/**
 * Model that wrote it.
 */
engine: string, 
/**
 * Who speaks, where somebody said so; else whoever speaks on the channel.
 */
role: ChannelRole | null, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * New words for a segment; the engine's own are kept. `text: null` goes back to them.
 */
export type SegmentEdit = { 
/**
 * The segment.
 */
id: SegmentId, 
/**
 * Revision it was read at.
 */
rev: number, 
/**
 * New text.
 */
text: string | null, };

/**
 * A segment that contains what was typed.
 */
export type SegmentHit = { 
/**
 * The segment.
 */
id: SegmentId, 
/**
 * Its place in the transcript.
 */
ordinal: number, 
/**
 * Its start.
 */
start_ms: number, };

/**
 * One stretch of recognised speech.
 */
export type SegmentId = string;

/**
 * A window of the transcript.
 */
export type SegmentQuery = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * First ordinal.
 */
offset: number, 
/**
 * Rows at most (the store caps it at 500).
 */
limit: number, };

/**
 * One listening session.
 */
export type SessionId = string;

/**
 * One row of the list of sessions.
 */
export type SessionRow = { 
/**
 * The session.
 */
session: ListeningSession, 
/**
 * Name of who leads it.
 */
facilitator: string | null, 
/**
 * Names of who listens, in the session's order.
 */
people: Array<string>, 
/**
 * Calls on its list that are still in the library.
 */
case_count: number, 
/**
 * Length of those calls together.
 */
duration_ms: number, 
/**
 * Moments marked in it.
 */
observation_count: number, 
/**
 * Issues that rest on them.
 */
issue_count: number, };

/**
 * A session as its page opens.
 */
export type SessionView = { 
/**
 * The row.
 */
row: SessionRow, 
/**
 * Who listens, in the session's order.
 */
people: Array<Person>, 
/**
 * What is listened to, in the session's order.
 */
cases: Array<CaseRow>, 
/**
 * Moments marked in it, by the order of the calls and then by time.
 */
observations: Array<ObservationView>, 
/**
 * Issues that rest on them, by number.
 */
issues: Array<IssueRow>, };

/**
 * All settings somebody works with at a desk.
 */
export type Settings = { 
/**
 * Turn Traditional into Simplified in new text.
 */
simplified: boolean, 
/**
 * How numbers stand in new Chinese text.
 */
numbers: NumberStyle, 
/**
 * Language of new cases: `auto`, `zh`, `en`.
 */
default_language: string, 
/**
 * How files of one call are recognised.
 */
suffix_rules: Array<SuffixRule>, 
/**
 * Profiles of sources, asked before those that come with the program; at most [`IMPORT_PROFILES`].
 */
import_profiles: Array<ImportProfile>, 
/**
 * What was said last when calls were brought in, offered the next time.
 */
import_basis: ImportBasis, 
/**
 * Role of channel 0 and 1 of an imported two-channel file,
 */
stereo_roles: [ChannelRole, ChannelRole], 
/**
 * where none of these is about its source and direction; at most [`CHANNEL_MAPS`].
 */
channel_maps: Array<ChannelMap>, 
/**
 * Days of the program's own time that a call in the bin stays at least, one of [`BIN_DAYS`].
 */
bin_days: number, 
/**
 * Taken off the key press when marking.
 */
mark_lag_ms: number, 
/**
 * How far play steps back after a pause.
 */
back_step_ms: number, 
/**
 * How lines of nothing but fillers are shown.
 */
fillers: FillerStyle, 
/**
 * Single-letter keys on.
 */
single_keys: boolean, 
/**
 * Remapped keys: action → key chord.
 */
keymap: { [key in string]: string }, 
/**
 * What people call this installation, one line; empty: nobody named it.
 */
device_name: string, 
/**
 * Transcribe what is imported at once.
 */
transcribe_on_import: boolean, 
/**
 * Model id used when none is named.
 */
default_model: string | null, 
/**
 * Hosts models are fetched from, first one first.
 */
model_mirrors: Array<string>, 
/**
 * Listening to calls as they happen.
 */
live: LiveSettings, };

/**
 * A SHA-256 in lower-case hexadecimal; empty where there are no bytes. It only parses: what a row or a worker
 * calls a hash and is none names no bytes, and hides nothing else of its record.
 */
export type Sha256 = string;

/**
 * Who may use the folder of a workspace, by the rights the system keeps.
 */
export type Sharing = "private" | "unsettled" | "group";

/**
 * A profile that comes with the program.
 */
export type ShippedProfile = { 
/**
 * As it is listed.
 */
name: string, 
/**
 * What it reads.
 */
form: SourceForm, 
/**
 * Tried on a real example; otherwise written from documentation alone.
 */
tried: boolean, };

/**
 * "Is there something like this already?"
 */
export type SimilarRequest = { 
/**
 * Title being typed.
 */
text: string, 
/**
 * The moment being filed: its words and tags count too.
 */
observation_id: ObservationId | null, 
/**
 * Leave this one out.
 */
except: IssueId | null, };

/**
 * A stretch of a recording that could not be read. Silence of its length stands there.
 */
export type SoundGap = { 
/**
 * Start in milliseconds from recording start.
 */
start_ms: number, 
/**
 * End in milliseconds from recording start.
 */
end_ms: number, };

/**
 * What a person should know about how the sound of a recording came in.
 */
export type SoundNotice = { "kind": "header_unfinished" } | { "kind": "cut_off", 
/**
 * How much is missing; `None` where nobody can say.
 */
missing_ms: number | null, } | { "kind": "holes", 
/**
 * How many.
 */
count: number, 
/**
 * Their length together.
 */
total_ms: number, } | { "kind": "reshaped" } | { "kind": "same_on_both" } | { "kind": "converted", 
/**
 * The codec in words.
 */
codec: string, };

/**
 * What a person said of how one source is read; of the rest it is asked itself.
 */
export type SourceAsked = { 
/**
 * Which of the sources of the plan before.
 */
source: number, 
/**
 * The profile it is read by.
 */
profile: ProfileNamed | null, 
/**
 * How it is read as a table.
 */
table: TableWays, };

/**
 * Everything a source said of one contact: unknown keys, nested values. A record keeps it within the bounds of
 * [`Shape::Object`](crate::Shape::Object).
 */
export type SourceFacts = { [key: string]: unknown };

/**
 * A file the recording was made from, kept byte for byte: see [`Blob`](crate::Blob).
 */
export type SourceFile = { 
/**
 * SHA-256 of the bytes, lower-case hex.
 */
sha256: Sha256, 
/**
 * File name as it was found (no folder).
 */
name: string, 
/**
 * Size in bytes.
 */
bytes: number, 
/**
 * Container and codec in words, e.g. `wav/pcm_s16le`, `mp3`.
 */
codec: string, };

/**
 * What a source is.
 */
export type SourceForm = "table" | "json" | "xml";

/**
 * What a source is.
 */
export type SourceKind = "input" | "system";

/**
 * Which part of a source's sound.
 */
export type SourceSide = "whole" | "left" | "right";

/**
 * A source as it was read. Names and numbers of people are masked in all of it.
 */
export type SourceTold = { 
/**
 * What it is.
 */
form: SourceForm, 
/**
 * By which profile.
 */
profile: ProfileTold, 
/**
 * Whether anything in it says of which recording a record is: a file name, an id, or a number and a time.
 */
leads_to_calls: boolean, 
/**
 * Of a table.
 */
table: TableTold | null, 
/**
 * Rows or records.
 */
records: number, 
/**
 * Of these: the same once more, and earlier states of what is known later.
 */
again: number, 
/**
 * Of these: they say otherwise than one before, and neither says that it is later.
 */
contradicting: number, 
/**
 * When its first and its last call began.
 */
began: [number, number] | null, 
/**
 * Calls that end on another day than they began.
 */
over_midnight: number, 
/**
 * Columns of a table, places of a side-car.
 */
columns: Array<ColumnTold>, 
/**
 * What is read, with how that went.
 */
facts: Array<FactTold>, 
/**
 * Columns or places the profile asks for, and that are not there.
 */
missing: Array<string>, 
/**
 * Facts whose dates are written with the day first and with the month first.
 */
mixed_dates: Array<string>, 
/**
 * How many texts each kind of fault was told of.
 */
faults: { [key in FactFaultCode]?: number }, 
/**
 * The first faults, and where they stand.
 */
first_faults: Array<[FactPlace, FactFault]>, };

/**
 * A range.
 */
export type Span = { 
/**
 * Start.
 */
start_ms: number, 
/**
 * End.
 */
end_ms: number, };

/**
 * Somebody says who speaks in a stretch, whatever its channel says. It holds for whatever text stands there.
 */
export type SpeakerChange = { 
/**
 * Identity.
 */
id: SpeakerChangeId, 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * Channel index.
 */
channel: number, 
/**
 * Start in milliseconds from recording start.
 */
start_ms: number, 
/**
 * End in milliseconds from recording start.
 */
end_ms: number, 
/**
 * Who speaks.
 */
role: ChannelRole, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * One word on who speaks.
 */
export type SpeakerChangeId = string;

/**
 * The four visible stages.
 */
export type Stage = "sense" | "judge" | "act" | "verify";

/**
 * Move an issue in its life cycle.
 */
export type StatusChange = { 
/**
 * The issue.
 */
id: IssueId, 
/**
 * Revision it was read at.
 */
rev: number, 
/**
 * Where to.
 */
status: IssueStatus, 
/**
 * Why, may be empty where the life cycle does not ask.
 */
reason: string, };

/**
 * A status an issue may move to.
 */
export type StatusMove = { 
/**
 * The status.
 */
status: IssueStatus, 
/**
 * A reason is needed.
 */
needs_reason: boolean, };

/**
 * Which ends of a file name tell the two sides of one call apart.
 */
export type SuffixRule = { 
/**
 * End of the agent's file name before the extension, e.g. `_agent`.
 */
agent: string, 
/**
 * End of the customer's file name, e.g. `_caller`.
 */
customer: string, };

/**
 * Remove media files that no row names.
 */
export type SweepMedia = object;

/**
 * How a table was read.
 */
export type TableTold = { 
/**
 * Encoding of a text.
 */
encoding: string | null, 
/**
 * What stands between the cells of a text.
 */
delimiter: string | null, 
/**
 * Line of the header, from 1.
 */
header: number | null, 
/**
 * The sheet of a workbook.
 */
sheet: string | null, 
/**
 * Sheets there are.
 */
sheets: Array<string>, 
/**
 * Totals and remarks below, repeated headers.
 */
passed_over: number, 
/**
 * Rows that could not be read.
 */
unreadable: number, 
/**
 * The first of these: line and code.
 */
faults: Array<[number, string]>, 
/**
 * Rows with a number that lost its digits before it came here; it is not used.
 */
lost_digits: number, 
/**
 * Rows with a cell that is damaged otherwise: a quote that does not close, signs of no encoding.
 */
damaged: number, 
/**
 * Cells that are formulas; their last results were read.
 */
formulas: number, };

/**
 * What a person says of how tables are read; of what is left out the table itself is asked.
 */
export type TableWays = { 
/**
 * Name of an encoding.
 */
encoding: string | null, 
/**
 * What stands between two cells of a text: a sign of ASCII, no letter, digit or quote.
 */
delimiter: string | null, 
/**
 * Line of the header, from 1; 0 for a table without one.
 */
header: number | null, 
/**
 * Name of a sheet.
 */
sheet: string | null, };

/**
 * One code of the codebook.
 */
export type Tag = { 
/**
 * Identity.
 */
id: TagId, 
/**
 * Branch the tag hangs under.
 */
parent_id: TagId | null, 
/**
 * Name as shown.
 */
name: string, 
/**
 * Other names that find it, kept when tags merge.
 */
aliases: Array<string>, 
/**
 * What the code means and when to use it.
 */
definition: string, 
/**
 * Colour token.
 */
colour: TagColour, 
/**
 * Order in the codebook; the first nine active tags answer to keys 1–9.
 */
position: number, 
/**
 * Life cycle.
 */
status: TagStatus, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * Colour names of the design tokens a tag may wear; the UI maps them to `--tag-*`.
 */
export type TagColour = "ink" | "customer" | "agent" | "mentor" | "quote" | "ok" | "warn" | "danger" | "info";

/**
 * One code in the codebook.
 */
export type TagId = string;

/**
 * One record takes over from another.
 */
export type TagMerge = { 
/**
 * Goes.
 */
from: TagId, 
/**
 * Stays.
 */
into: TagId, };

/**
 * Where a tag stands in its life.
 */
export type TagStatus = { "state": "active" } | { "state": "retired" } | { "state": "merged_into", "into": TagId };

/**
 * Take in the sound of a call that was cut off.
 */
export type TakeIn = { 
/**
 * The call.
 */
call_id: LiveCallId, };

/**
 * Which of an import's words are to stand in their fields.
 */
export type TakeTold = { 
/**
 * The contact.
 */
contact_id: ContactId, 
/**
 * Which; all that differ where none is named.
 */
keys: Array<FactKey> | null, };

/**
 * Names what a person chose, for one deed.
 */
export type Ticket = string;

/**
 * What the last import said of fields of a contact and of its case, by the names of [`FactKey`], each as its field
 * keeps it. Names of another version stay.
 */
export type Told = { [key: string]: unknown };

/**
 * A field in which something else stands than the last import said.
 */
export type ToldDifference = { 
/**
 * The contact of whose import it is.
 */
contact_id: ContactId, 
/**
 * Which fact.
 */
key: FactKey, 
/**
 * What holds the field: that contact, or its case.
 */
kind: EntityKind, 
/**
 * The field.
 */
field: string, 
/**
 * What stands there.
 */
mine: unknown, 
/**
 * What the import said.
 */
told: unknown, };

/**
 * A record somebody touched.
 */
export type Touched = { 
/**
 * Kind.
 */
kind: EntityKind, 
/**
 * Id.
 */
id: string, };

/**
 * Slot a recording into text.
 */
export type Transcribe = { 
/**
 * The case, for lists.
 */
case_id: CaseId, 
/**
 * The recording to decode.
 */
recording_id: RecordingId, 
/**
 * Id of a model, or the place of a file that a person named; `None` fails. A row may say anything: what it
 * says is read where [`crate::ModelId`] parses, or where somebody of this installation named the file.
 */
model: string | null, 
/**
 * `auto`, `zh`, `en`.
 */
language: string, };

/**
 * Ask for text.
 */
export type TranscribeCase = { 
/**
 * The case.
 */
case_id: CaseId, 
/**
 * `auto`, `zh`, `en`; `None` takes the case's.
 */
language: string | null, 
/**
 * Model id or file; `None` takes the default.
 */
model: string | null, };

/**
 * What one run made of a recording. Its lines are bytes of the recording, and what a person corrects are
 * records of their own: neither changes with the other.
 */
export type Transcript = { 
/**
 * Identity.
 */
id: TranscriptId, 
/**
 * What was heard.
 */
recording_id: RecordingId, 
/**
 * The program that heard it, with its version; [`LIVE_ENGINE`] while the call went on.
 */
engine: string, 
/**
 * The model it used.
 */
model: string, 
/**
 * The language it was told: `auto`, `zh`, `en`. Empty: not known.
 */
language: string, 
/**
 * Whether it was to write Simplified Chinese, if that is known.
 */
simplified: boolean | null, 
/**
 * How it was to write numbers, if that is known.
 */
numbers: NumberStyle | null, 
/**
 * When it began.
 */
began_at: number, 
/**
 * When it was whole.
 */
ended_at: number, 
/**
 * SHA-256 of the sound it was made from; empty: not known.
 */
sound_sha256: Sha256, 
/**
 * SHA-256 of its lines, see [`written`].
 */
sha256: Sha256, 
/**
 * How many lines it has.
 */
lines: number, 
/**
 * How many of them are in doubt.
 */
doubtful: number, 
/**
 * How much speech it covers, all channels together, in milliseconds.
 */
heard_ms: number, 
/**
 * How much later its lines stand now than when they were written, in milliseconds: the sound may have been
 * taken in anew since.
 */
shift_ms: number, 
/**
 * What it is to its recording.
 */
standing: TranscriptStanding, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * The text of a recording that is to be read.
 */
export type TranscriptChoice = { 
/**
 * The text.
 */
id: TranscriptId, 
/**
 * Revision it was read at.
 */
rev: number, };

/**
 * One text of a recording.
 */
export type TranscriptId = string;

/**
 * Words looked for in one transcript.
 */
export type TranscriptSearch = { 
/**
 * The recording.
 */
recording_id: RecordingId, 
/**
 * What was typed.
 */
text: string, };

/**
 * What a text is to its recording.
 */
export type TranscriptStanding = "shown" | "beside" | "past";

/**
 * Where a recording's text stands.
 */
export type TranscriptState = "none" | "queued" | "running" | "done" | "failed";

/**
 * Turns of a chat one after another, by their numbers from 1; both ends are among them.
 */
export type Turns = { 
/**
 * The first.
 */
first: number, 
/**
 * The last.
 */
last: number, };

/**
 * What Ctrl+Z did.
 */
export type UndoResult = { 
/**
 * The operation that was undone.
 */
op_id: OpId, 
/**
 * What it was, e.g. `observation.mark`.
 */
action: string, };

/**
 * What of a source's word a contact could not take.
 */
export type UnheardFacts = { 
/**
 * The contact.
 */
contact_id: ContactId, 
/**
 * Facts whose field takes no such value, by itself or beside the others.
 */
keys: Array<FactKey>, 
/**
 * All that was said is more than a contact keeps: the facts of it that have a field stand there.
 */
too_much: boolean, };

/**
 * Somebody needs the customer of a contact whole.
 */
export type Unmask = { 
/**
 * The contact.
 */
contact_id: ContactId, 
/**
 * What for.
 */
reason: string, };

/**
 * 查看原文: somebody saw the customer of a contact whole, and why. It is written once and never changed.
 */
export type Unmasking = { 
/**
 * Identity.
 */
id: UnmaskingId, 
/**
 * The contact.
 */
contact_id: ContactId, 
/**
 * What for.
 */
reason: string, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };

/**
 * Identity of an [`Unmasking`](crate::Unmasking).
 */
export type UnmaskingId = string;

/**
 * That somebody saw a customer whole.
 */
export type UnmaskingView = { 
/**
 * When, what for, and which contact.
 */
unmasking: Unmasking, 
/**
 * Who.
 */
author: string, };

/**
 * Which of several rows about one call counts where they contradict each other.
 */
export type WhichCounts = "first" | "last";

/**
 * Why a column is taken as something, or not.
 */
export type WhyColumn = "name" | "values" | "next" | "doubled" | "values_otherwise";

/**
 * Why a column is taken as something, or not.
 */
export type WhyTold = { 
/**
 * The column, or the way to a place.
 */
column: string, 
/**
 * What it is, or would be, taken as.
 */
fact: string, 
/**
 * Why.
 */
because: WhyColumn, };

/**
 * Something that is not offered to who sits here, and why.
 */
export type Withheld = { 
/**
 * Code of the action.
 */
action: string, 
/**
 * Why.
 */
why: ErrorNote, };

/**
 * One workspace, wherever its copies lie.
 */
export type WorkspaceId = string;

/**
 * The workspace in a few words.
 */
export type WorkspaceInfo = { 
/**
 * Folder.
 */
path: string, 
/**
 * Cases in it.
 */
case_count: number, 
/**
 * Open issues in it.
 */
open_issue_count: number, 
/**
 * Who is at this desk.
 */
actor: Person, 
/**
 * A model is installed.
 */
has_model: boolean, 
/**
 * App version.
 */
version: string, 
/**
 * Bytes free.
 */
free_bytes: number, 
/**
 * It is the demo: made to be tried and thrown away.
 */
is_demo: boolean, 
/**
 * Why it is only read, if that is so: `workspace.read_only`, `workspace.network`, `workspace.newer_read` or
 * `workspace.quiet`: nobody at this installation said yet that it is theirs.
 */
only_read: ErrorNote | null, 
/**
 * Who may use its folder.
 */
sharing: Sharing, };

/**
 * [`WorkspaceSettings`] as a record, so that changing them leaves a trace too.
 */
export type WorkspaceSettingsRecord = { 
/**
 * The workspace whose they are.
 */
id: WorkspaceId, 
/**
 * Turn Traditional into Simplified in new text.
 */
simplified: boolean, 
/**
 * How numbers stand in new Chinese text.
 */
numbers: NumberStyle, 
/**
 * Language of new cases: `auto`, `zh`, `en`.
 */
default_language: string, 
/**
 * How files of one call are recognised.
 */
suffix_rules: Array<SuffixRule>, 
/**
 * Profiles of sources, asked before those that come with the program; at most [`IMPORT_PROFILES`].
 */
import_profiles: Array<ImportProfile>, 
/**
 * What was said last when calls were brought in, offered the next time.
 */
import_basis: ImportBasis, 
/**
 * Role of channel 0 and 1 of an imported two-channel file,
 */
stereo_roles: [ChannelRole, ChannelRole], 
/**
 * where none of these is about its source and direction; at most [`CHANNEL_MAPS`].
 */
channel_maps: Array<ChannelMap>, 
/**
 * Days of the program's own time that a call in the bin stays at least, one of [`BIN_DAYS`].
 */
bin_days: number, 
/**
 * When the record was made.
 */
created_at: number, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it was last changed.
 */
updated_at: number, 
/**
 * Grows by one with each committed change; 0 before the first commit.
 */
rev: number, 
/**
 * Set when the record was taken away; undo clears it.
 */
deleted_at: number | null, };
