import type { SameKeys } from "../same";
import type zh from "../zh-CN/errors";

const words: SameKeys<typeof zh> = {
  not_found: "This is no longer there.",
  "case.in_bin": "This call is in the bin. Choose “Put back” in the bin to go on listening.",
  "cases.too_many": "That is more than {{most}} at once. Filter first, and do it in several goes.",
  conflict: "Somebody changed this a moment ago. Your words are kept; look at theirs and save again.",
  "role.needed": "This is done by: {{roles}}.",
  cancelled: "Stopped.",
  invalid: "This value does not work: {{field}}.",
  "command.unknown":
    "There is no command “{{command}}”. If the program was just updated, close it and open it again.",
  "command.elsewhere": "“{{command}}” can only be done in a window.",
  "command.confirm": "“{{command}}” cannot be taken back; it wants a word from you first. Nothing was done.",
  "ticket.spent": "The file you chose was used already, or too long ago. Choose it again.",
  internal: "Something went wrong; nothing was changed. Try again; if it stays, report reference {{ref}}.",
  "thread.died":
    "Something in the background broke off; what is saved stays, and the rest goes on. Do it again; if that does not help, open the program anew.",
  "undo.nothing": "There is nothing to undo.",
  "purge.held": "Somebody said this call must stay: {{reason}}. An administrator has to release it first.",
  "undo.erased":
    "What stood there before was erased for good. It cannot be brought back, so nothing was undone; write it anew if it is needed.",
  "undo.overwritten": "It was changed again since; undo would take that away, so nothing was undone.",
  "workspace.newer":
    "This workspace was written by a newer version ({{found}}; this one knows {{known}}). It was left untouched. Update, then open it.",
  "workspace.newer_read":
    "This workspace was written by a newer version ({{found}}; this one knows {{known}}). It can be read and heard, and not changed. Update to go on writing.",
  "workspace.unusable": "This folder cannot be a workspace: {{path}}. Choose another one.",
  "workspace.busy": "Another window has this workspace open. Close it there, or open another one.",
  "workspace.damaged":
    "The database fails its check and was left as it is. Go back to a copy, or read out what is left; the hurt one is kept.",
  "workspace.altered":
    "The database holds something Qinting did not put there ({{name}}), so it was not opened and is untouched. Go back to a copy, or read out its records alone; the present one is kept.",
  "workspace.none": "No workspace is open yet.",
  "workspace.not_one":
    "This folder holds other things and is not a Qinting workspace: {{path}}. Nothing was touched; choose another one, or an empty folder.",
  "workspace.gone":
    "The last workspace is not where it was: {{path}}. It may have been moved, or its disk is not connected. Connect it, or choose another one.",
  "workspace.read_only":
    "This workspace can be read and not changed: its disk or folder takes no writing. Copy it to this computer to go on in it.",
  "workspace.quiet":
    "This folder is open on this computer for the first time. It can be read, heard and searched; until you say it is yours nothing in it is changed, and nothing that waits in it is done.",
  "workspace.network":
    "This workspace lies on another machine ({{fs}}), where two machines writing at once would damage it, so it is only read. Copy it to a disk of this computer to go on in it.",
  "disk.full": "The disk is full. What was saved is safe; make room and try again.",
  "disk.denied":
    "The disk refuses to write. What was saved is safe; check the folder's permissions: {{path}}.",
  "disk.read_only":
    "This disk can only be read, so nothing was written: {{name}}. Choose a place that takes writing.",
  "disk.name_too_long":
    "The name is longer than the disk takes: {{name}}. Use a shorter one, 255 bytes at most.",
  "disk.path_too_long": "The path is longer than the system takes: {{name}}. Use a folder that is less deep.",
  "disk.folder_missing": "The folder is not there: {{name}}. Make it first, or choose another place.",
  "import.too_many":
    "There are more than {{limit}} things in these folders, too many for one import. Choose smaller folders, one after the other.",
  "table.unreadable": "The file cannot be read. See whether its disk or share is still there.",
  "table.empty": "There is no row in the table. Try another one.",
  "table.html": "This is a web page under the name of a table. Export CSV or XLSX instead.",
  "table.kind": "No table that can be read ({{is}}). Save it as XLSX or CSV.",
  "table.password": "The workbook wants a password. Save a copy without one.",
  "table.damaged": "The workbook is damaged ({{part}}). Open it in Excel and save a copy.",
  "table.too_big": "The table is too big (limit in bytes: {{limit}}). Split it.",
  "table.inflates": "The workbook unpacks to too much (limit in bytes: {{limit}}). Split it.",
  "table.parts": "There is too much in the workbook (limit: {{limit}}). Remove sheets nobody needs.",
  "table.columns": "Too many columns, at most {{limit}}. Remove those nobody needs.",
  "table.rows": "Too many rows, at most {{limit}}. Split the table.",
  "table.encoding": "No such encoding: {{encoding}}. GB18030 and UTF-8 are some.",
  "table.delimiter": "“{{delimiter}}” cannot stand between cells. Use a comma, semicolon, tab or bar.",
  "table.quotes": "Quotes open and do not close, up to line {{line}}. Mend them first.",
  "table.sheet": "There is no such sheet: {{sheet}}.",
  "table.header": "Nothing begins at line {{line}}, so it is no header.",
  "side_car.empty": "There is nothing in the file.",
  "side_car.too_big": "The side-car is too big and was not read. Write one for each call.",
  "side_car.too_deep": "The side-car is nested too deep and was not read.",
  "side_car.not_text": "It is text in no encoding that is known. Save it as UTF-8.",
  "side_car.unsafe":
    "The XML has a document type or entities of its own; that is not safe, and it was not read. Have it sent without.",
  "side_car.cut_off": "The file is cut off at line {{line}}, character {{column}}. Have it sent again.",
  "side_car.malformed": "It makes no sense from line {{line}}, character {{column}} on. Have it sent again.",
  "profile.unknown": "Neither a profile of the program nor a file: {{name}}.",
  "profile.unreadable":
    "The profile is no JSON that can be read, from line {{line}}, character {{column}} on.",
  "profile.version": "The profile is of another version. Set its schema to 1 and try again.",
  "profile.word": "The profile has a word that is not understood: {{said}}.",
  "facts.worker_died":
    "Reading this table or side-car broke off; other files go on. Save it anew and try again.",
  "media.empty": "The file is empty. Export it again.",
  "media.not_audio":
    "There is no sound in it that we can read: {{name}}. Export it again, as PCM-WAV at best.",
  "media.truncated": "The audio breaks off: {{name}}. Copy a complete file and try again.",
  "media.broken": "The file is damaged inside: {{name}}. Fetch it again from where it came.",
  "media.unsupported": "This codec is not read yet: {{codec}}. Export it as PCM-WAV where it was recorded.",
  "media.needs_ffmpeg":
    "This codec takes ffmpeg: {{codec}}. Install it (Debian, Ubuntu: apt install ffmpeg) and import again, or export PCM-WAV where it was recorded.",
  "media.too_long": "The recording is too long; the limit is {{hours}} hours. Cut it first.",
  "media.too_big": "The file is too big; the limit is {{mb}} MB. Cut it first.",
  "media.channels": "It has {{channels}} channels; one or two are taken.",
  "media.pair_mismatch": "These two files do not fit together as one call. Import them apart.",
  "media.unreadable": "The file cannot be opened. Check that it is there and may be read.",
  "media.worker_died": "Decoding broke off; other files go on. Try again.",
  "media.no_source": "This call was recorded here; there is no file to take again.",
  "media.in_work": "This call is being turned into text. Take it again when that is done.",
  "media.missing":
    "The stored audio is gone or was changed. Text and marks are kept; restore it from a backup.",
  "speech.model_missing": "There is no speech model yet. Listening and marking work without one.",
  "speech.model_unreadable": "The model file cannot be read. Download it again or choose another file.",
  "speech.worker_died": "Transcription broke off; recording and marks are safe. Try again.",
  "speech.given_up":
    "The program went down {{times}} times while at this call, so it is not begun again by itself. Try again, with a smaller model when memory is short.",
  "job.given_up":
    "The program went down {{times}} times at the same work in the background, so it is left alone for a week. What is saved stays.",
  "live.given_up":
    "The program went down {{times}} times while taking in the sound of a call that was cut off, so it is left alone for a week. The files of its sound are kept.",
  "speech.failed": "Transcription did not work out. Try again, or use another model.",
  "model.unknown": "The catalogue has no such model.",
  "model.unreachable": "{{host}} does not answer. Check the network, use a mirror, or choose a file.",
  "model.refused": "The server refused ({{status}}). Try another mirror.",
  "model.not_secure":
    "{{host}} is not encrypted (http), so nothing is fetched from there. Use an https address or another mirror.",
  "model.stalled":
    "Nothing came for {{seconds}} seconds, so it was stopped. What arrived is kept; carry on from there.",
  "model.bad_hash": "What arrived is not what the catalogue promises; it was not used. Download again.",
  "model.changed":
    "The model file is no longer the one the catalogue names, so it was not used. Remove it and download it again, or bring the file in again.",
  "model.not_a_model": "This is not a model file.",
  "model.demo_only":
    "“{{name}}” is for the demo and knows only the demo's phrases; other calls would come out wrong. So it was not made the default.",
  "audio.no_device": "No sound device: the clock runs silently. Marking works as always.",
  "audio.device_lost": "The sound device went away. Choose another output or plug it back in.",
  "live.running": "A live call is going on. End it first.",
  "live.not_running": "No live call is going on.",
  "live.elsewhere":
    "Another window of this workspace is listening to a call; look there. One call at a time.",
  "live.consent_needed": "To keep what is said, choose the basis and how people were told first.",
  "live.source_missing": "“{{name}}” is not there. Plug it in, or choose another source.",
  "live.source_refused":
    "“{{name}}” is there but gives no sound. Check that recording is allowed and no other program holds it.",
  "live.no_system_sound":
    "This computer does not let programs hear what it plays. Bring the customer's side to a microphone input with a splitter box; both sides on one lane work too.",
  "live.disk_low":
    "The disk has room for {{minutes}} more minutes, so it did not start. Make room, or keep only the clock.",
  "live.disk_closed":
    "The disk is almost full, so the recording was closed in good order: all up to here is kept. Make room before the next call.",
  "live.slept":
    "The computer slept {{minutes}} min, so the recording was closed in good order: all before that is kept.",
  "live.damaged":
    "{{promised_ms}} were promised to be on disk, {{got_ms}} are there. What is there is kept; the rest cannot be brought back.",
  "live.has_audio": "This call has sound already; its marks need no placing.",
  "live.key_refused":
    "The global mark key {{key}} cannot be had: another program holds it, or the system forbids it. Choose another in the settings; M in the window works.",
  "issue.status_unchanged": "It already stands there.",
  "issue.merge_only": "Merging has its own button, not a status.",
  "issue.no_evidence": "There is no evidence yet; attach a moment first.",
  "issue.reason_needed": "It needs a sentence that says why.",
  "issue.not_yet_verifiable": "It is not rolled out yet, so it cannot be verified.",
  "issue.never_closed": "It was never closed, so it cannot be reopened.",
  "issue.merge_target": "It cannot be merged into itself or into one that was merged away.",
  "link.invalid": "This is not a Qinting link.",
  "link.elsewhere": "This link belongs to another workspace. Open that one and follow the link again.",
  "link.elsewhere_named": "This link belongs to the workspace “{{name}}”. Open it and follow the link again.",
  "text.encoding": "The encoding of the text cannot be told. Save it as UTF-8 and try again.",
  "name.taken": "This name is taken: {{name}}.",
  "key.taken": "This key belongs to “{{action}}”.",
};
export default words;
