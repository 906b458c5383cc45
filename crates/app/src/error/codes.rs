//! Every code that may reach a person. The UI's catalogue must word each of them in both
//! languages; a test holds the two together.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        $($(#[$doc])* pub const $name: &str = $code;)+
        /// All of them, for the parity test.
        pub const ALL: &[&str] = &[$($code),+];
    };
}
codes! {
    /// The record is not there (any more).
    NOT_FOUND = "not_found",
    /// The call is in the bin; `case_id`.
    CASE_IN_BIN = "case.in_bin",
    /// More calls at once than one operation takes; `most`.
    CASES_TOO_MANY = "cases.too_many",
    /// Somebody changed the record in between.
    CONFLICT = "conflict",
    /// Who acts has none of the roles it takes; `roles`.
    ROLE_NEEDED = "role.needed",
    /// A person stopped it.
    CANCELLED = "cancelled",
    /// A value is out of its bounds; `field`.
    INVALID = "invalid",
    /// Nobody here knows a command of that name; `command`.
    COMMAND_UNKNOWN = "command.unknown",
    /// Only a window can do that; `command`.
    COMMAND_ELSEWHERE = "command.elsewhere",
    /// It does what cannot be taken back, or takes something away from here, and wants a word from the person
    /// first; `command`, `token`.
    COMMAND_CONFIRM = "command.confirm",
    /// A file or folder that was chosen is good for one deed, and this was not it.
    TICKET_SPENT = "ticket.spent",
    /// Something inside went wrong that nobody can mend from here; `ref`.
    INTERNAL = "internal",
    /// A thread of ours died at its work; `what`.
    THREAD_DIED = "thread.died",
    /// Nothing to undo.
    NOTHING_TO_UNDO = "undo.nothing",
    /// Changed since; undo would take it away.
    UNDO_OVERWRITTEN = "undo.overwritten",
    /// What stood there before was taken away for good.
    UNDO_ERASED = "undo.erased",
    /// Somebody said that it must stay; `reason`.
    PURGE_HELD = "purge.held",
    /// Workspace was written by a newer version; `found`, `known`.
    WORKSPACE_NEWER = "workspace.newer",
    /// Workspace was written by a newer version that lets this one read it; `found`, `known`.
    WORKSPACE_NEWER_READ = "workspace.newer_read",
    /// Folder is not a workspace, or cannot be made one; `path`.
    WORKSPACE_UNUSABLE = "workspace.unusable",
    /// Another window holds the workspace.
    WORKSPACE_BUSY = "workspace.busy",
    /// The database fails its integrity check.
    WORKSPACE_DAMAGED = "workspace.damaged",
    /// The database is made of something our versions do not make; `name`.
    WORKSPACE_ALTERED = "workspace.altered",
    /// No workspace is open; one has to be chosen first.
    WORKSPACE_NONE = "workspace.none",
    /// Neither a workspace nor an empty folder; `path`.
    WORKSPACE_NOT_ONE = "workspace.not_one",
    /// The workspace of the last time is not where it was; `path`.
    WORKSPACE_GONE = "workspace.gone",
    /// It lies on a medium or in a folder that cannot be written; `path`.
    WORKSPACE_READ_ONLY = "workspace.read_only",
    /// Nobody here said yet that it is theirs, so it is read and nothing else; `path`.
    WORKSPACE_QUIET = "workspace.quiet",
    /// It lies, or would lie, on another machine; `fs`, `path`.
    WORKSPACE_NETWORK = "workspace.network",
    /// No space left; `needed_mb`, `free_mb` when known.
    DISK_FULL = "disk.full",
    /// The disk refuses; `path`.
    DISK_DENIED = "disk.denied",
    /// The medium can only be read; `name`.
    DISK_READ_ONLY = "disk.read_only",
    /// A name is longer than the disk takes; `name`.
    DISK_NAME_TOO_LONG = "disk.name_too_long",
    /// The way to a file is longer than the system takes; `name`.
    DISK_PATH_TOO_LONG = "disk.path_too_long",
    /// A folder on the way is not there; `name`.
    DISK_FOLDER_MISSING = "disk.folder_missing",
    /// More in the chosen folders than one import takes; `limit`.
    IMPORT_TOO_MANY = "import.too_many",
    /// The file cannot be read as a table: its disk or share does not give it.
    TABLE_UNREADABLE = "table.unreadable",
    /// There is no row in it.
    TABLE_EMPTY = "table.empty",
    /// A web page under the name of a table.
    TABLE_HTML = "table.html",
    /// No table that can be read; `is`.
    TABLE_KIND = "table.kind",
    /// The workbook wants a password.
    TABLE_PASSWORD = "table.password",
    /// The workbook's inside does not hold together; `part`.
    TABLE_DAMAGED = "table.damaged",
    /// More bytes than are read; `limit`.
    TABLE_TOO_BIG = "table.too_big",
    /// A workbook that unpacks to more than is read; `limit`.
    TABLE_INFLATES = "table.inflates",
    /// A workbook of more parts than anybody writes; `limit`.
    TABLE_PARTS = "table.parts",
    /// More columns than are read; `limit`.
    TABLE_COLUMNS = "table.columns",
    /// More rows than were asked for; `limit`.
    TABLE_ROWS = "table.rows",
    /// Nobody knows the encoding that was named; `encoding`.
    TABLE_ENCODING = "table.encoding",
    /// It cannot stand between cells; `delimiter`.
    TABLE_DELIMITER = "table.delimiter",
    /// Quotes that open and do not close, time and again; `line`.
    TABLE_QUOTES = "table.quotes",
    /// The workbook has no such sheet; `sheet`.
    TABLE_SHEET = "table.sheet",
    /// No row begins where the header was to be; `line`.
    TABLE_HEADER = "table.header",
    /// Nothing stands in the side-car.
    SIDE_CAR_EMPTY = "side_car.empty",
    /// The side-car is bigger than one is; a table that is so big is one.
    SIDE_CAR_TOO_BIG = "side_car.too_big",
    /// Nested deeper than anybody means; `line`, `column`.
    SIDE_CAR_TOO_DEEP = "side_car.too_deep",
    /// In no encoding that is known.
    SIDE_CAR_NOT_TEXT = "side_car.not_text",
    /// XML with a document type or entities of its own; `line`, `column`.
    SIDE_CAR_UNSAFE = "side_car.unsafe",
    /// It ends before it is complete; `line`, `column`.
    SIDE_CAR_CUT_OFF = "side_car.cut_off",
    /// It makes no sense from somewhere on; `line`, `column`.
    SIDE_CAR_MALFORMED = "side_car.malformed",
    /// Neither a profile of the program nor a file; `name`.
    PROFILE_UNKNOWN = "profile.unknown",
    /// Not JSON; `line`, `column`.
    PROFILE_UNREADABLE = "profile.unreadable",
    /// Of another version.
    PROFILE_VERSION = "profile.version",
    /// It says something that cannot be followed; `said`.
    PROFILE_WORD = "profile.word",
    /// The process that reads tables and side-cars died; `reason`.
    FACTS_WORKER_DIED = "facts.worker_died",
    /// Empty file.
    MEDIA_EMPTY = "media.empty",
    /// Not audio we can read; `name`.
    MEDIA_NOT_AUDIO = "media.not_audio",
    /// Audio breaks off; `name`, `got_ms`.
    MEDIA_TRUNCATED = "media.truncated",
    /// Damaged inside; `name`.
    MEDIA_BROKEN = "media.broken",
    /// A codec we do not read; `codec`.
    MEDIA_UNSUPPORTED = "media.unsupported",
    /// A codec that the system's ffmpeg reads, and there is none; `codec`.
    MEDIA_NEEDS_FFMPEG = "media.needs_ffmpeg",
    /// Longer than the limit; `hours`.
    MEDIA_TOO_LONG = "media.too_long",
    /// Bigger than the limit; `mb`.
    MEDIA_TOO_BIG = "media.too_big",
    /// More than two channels; `channels`.
    MEDIA_CHANNELS = "media.channels",
    /// The two files of a call do not fit together.
    MEDIA_PAIR_MISMATCH = "media.pair_mismatch",
    /// The file cannot be opened.
    MEDIA_UNREADABLE = "media.unreadable",
    /// The decoding process died; `reason`.
    MEDIA_WORKER_DIED = "media.worker_died",
    /// The stored audio is gone or changed.
    MEDIA_MISSING = "media.missing",
    /// Recorded here: there is no file it was made from, so nothing to take again.
    MEDIA_NO_SOURCE = "media.no_source",
    /// It is being turned into text; taking it again would pull the sound from under that.
    MEDIA_IN_WORK = "media.in_work",
    /// No model is installed.
    SPEECH_MODEL_MISSING = "speech.model_missing",
    /// The model file cannot be read.
    SPEECH_MODEL_UNREADABLE = "speech.model_unreadable",
    /// The speech process died; `reason`.
    SPEECH_WORKER_DIED = "speech.worker_died",
    /// The program died at it again and again; `times`.
    SPEECH_GIVEN_UP = "speech.given_up",
    /// The program died again and again at something it does by itself; `times`.
    JOB_GIVEN_UP = "job.given_up",
    /// The engine gave up; `reason`.
    SPEECH_FAILED = "speech.failed",
    /// Not in the catalogue.
    MODEL_UNKNOWN = "model.unknown",
    /// No mirror answered; `host`.
    MODEL_UNREACHABLE = "model.unreachable",
    /// Server says no; `status`.
    MODEL_REFUSED = "model.refused",
    /// The way to it can be listened in on and changed; `host`.
    MODEL_NOT_SECURE = "model.not_secure",
    /// Nothing came for a while; `seconds`.
    MODEL_STALLED = "model.stalled",
    /// Bytes are not what the catalogue promises.
    MODEL_BAD_HASH = "model.bad_hash",
    /// An installed model that is not the published file any more.
    MODEL_CHANGED = "model.changed",
    /// Not a model file.
    MODEL_NOT_A_MODEL = "model.not_a_model",
    /// Knows only the demo calls, so it is not taken for others unasked; `name`.
    MODEL_DEMO_ONLY = "model.demo_only",
    /// No sound device; the clock runs silently.
    AUDIO_NO_DEVICE = "audio.no_device",
    /// The device went away.
    AUDIO_DEVICE_LOST = "audio.device_lost",
    /// A call is being listened to already.
    LIVE_RUNNING = "live.running",
    /// The program died again and again at taking in the sound of a call that was cut off; `times`.
    LIVE_GIVEN_UP = "live.given_up",
    /// No call is being listened to.
    LIVE_NOT_RUNNING = "live.not_running",
    /// Another window or program of this workspace is listening.
    LIVE_ELSEWHERE = "live.elsewhere",
    /// Words are only kept once basis and notice are chosen.
    LIVE_CONSENT_NEEDED = "live.consent_needed",
    /// A chosen source is not there; `name`.
    LIVE_SOURCE_MISSING = "live.source_missing",
    /// A source is there and gives no sound; `name`.
    LIVE_SOURCE_REFUSED = "live.source_refused",
    /// What the machine plays cannot be captured on this system.
    LIVE_NO_SYSTEM_SOUND = "live.no_system_sound",
    /// Not enough room to begin; `minutes`.
    LIVE_DISK_LOW = "live.disk_low",
    /// Closed in good order before the disk was full.
    LIVE_DISK_CLOSED = "live.disk_closed",
    /// Closed in good order: the machine slept too long; `minutes`.
    LIVE_SLEPT = "live.slept",
    /// Less on disk than was promised; `promised_ms`, `got_ms`.
    LIVE_DAMAGED = "live.damaged",
    /// The marks of this call stand on a recording with sound already, or it has sound itself.
    LIVE_HAS_AUDIO = "live.has_audio",
    /// The chord that marks from other programs cannot be had; `key`.
    LIVE_KEY_REFUSED = "live.key_refused",
    /// Already stands in that status.
    ISSUE_STATUS_UNCHANGED = "issue.status_unchanged",
    /// Merging has its own way.
    ISSUE_MERGE_ONLY = "issue.merge_only",
    /// Needs evidence first.
    ISSUE_NO_EVIDENCE = "issue.no_evidence",
    /// Needs a reason.
    ISSUE_REASON_NEEDED = "issue.reason_needed",
    /// Not rolled out yet.
    ISSUE_NOT_YET_VERIFIABLE = "issue.not_yet_verifiable",
    /// Was never closed.
    ISSUE_NEVER_CLOSED = "issue.never_closed",
    /// An issue cannot be merged into itself or into one that was merged away.
    ISSUE_MERGE_TARGET = "issue.merge_target",
    /// A link that is not ours.
    LINK_INVALID = "link.invalid",
    /// A link of another workspace; `workspace`, its id.
    LINK_ELSEWHERE = "link.elsewhere",
    /// A link of another workspace that was open here; `name`.
    LINK_ELSEWHERE_NAMED = "link.elsewhere_named",
    /// Text that came from outside is neither UTF-8 nor an encoding that can be told.
    TEXT_ENCODING = "text.encoding",
    /// The name is in use already.
    NAME_TAKEN = "name.taken",
    /// A key is taken; `action`.
    KEY_TAKEN = "key.taken",
}
