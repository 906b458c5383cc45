import type { SameKeys } from "../same";
import type zh from "../zh-CN/errors";

const words: SameKeys<typeof zh> = {
  not_found: "This is no longer there.",
  conflict: "Somebody changed this a moment ago. Your words are kept; look at theirs and save again.",
  cancelled: "Stopped.",
  invalid: "This value does not work: {{field}}.",
  internal: "Something went wrong; nothing was changed. Try again; if it stays, report reference {{ref}}.",
  "undo.nothing": "There is nothing to undo.",
  "undo.overwritten": "It was changed again since; undo would take that away, so nothing was undone.",
  "workspace.newer":
    "This workspace was written by a newer version ({{found}}; this one knows {{known}}). It was left untouched. Update, then open it.",
  "workspace.unusable": "This folder cannot be a workspace: {{path}}. Choose another one.",
  "workspace.busy": "Another window has this workspace open. Close it there, or open another one.",
  "workspace.damaged":
    "The database fails its check and was left as it is. Back up the whole folder first, then open a good copy from an earlier backup.",
  "workspace.none": "No workspace is open yet.",
  "workspace.not_one":
    "This folder holds other things and is not a Qinting workspace: {{path}}. Nothing was touched; choose another one, or an empty folder.",
  "workspace.gone":
    "The last workspace is not where it was: {{path}}. It may have been moved, or its disk is not connected. Connect it, or choose another one.",
  "disk.full": "The disk is full. What was saved is safe; make room and try again.",
  "disk.denied":
    "The disk refuses to write. What was saved is safe; check the folder's permissions: {{path}}.",
  "media.empty": "The file is empty. Export it again.",
  "media.not_audio": "This is not audio we can read: {{name}}. WAV, MP3, M4A, FLAC and Ogg work.",
  "media.truncated": "The audio breaks off: {{name}}. Copy a complete file and try again.",
  "media.broken": "The file is damaged inside: {{name}}. Fetch it again from where it came.",
  "media.unsupported": "This codec is not read yet: {{codec}}. Convert to WAV or MP3.",
  "media.too_long": "The recording is too long; the limit is {{hours}} hours. Cut it first.",
  "media.too_big": "The file is too big; the limit is {{mb}} MB. Cut it first.",
  "media.channels": "It has {{channels}} channels; one or two are taken.",
  "media.pair_mismatch": "These two files do not fit together as one call. Import them apart.",
  "media.unreadable": "The file cannot be opened. Check that it is there and may be read.",
  "media.worker_died": "Decoding broke off; other files go on. Try again.",
  "media.missing":
    "The stored audio is gone or was changed. Text and marks are kept; restore it from a backup.",
  "speech.model_missing": "There is no speech model yet. Listening and marking work without one.",
  "speech.model_unreadable": "The model file cannot be read. Download it again or choose another file.",
  "speech.worker_died": "Transcription broke off; recording and marks are safe. Try again.",
  "speech.failed": "Transcription did not work out. Try again, or use another model.",
  "model.unknown": "The catalogue has no such model.",
  "model.unreachable": "{{host}} does not answer. Check the network, use a mirror, or choose a file.",
  "model.refused": "The server refused ({{status}}). Try another mirror.",
  "model.stalled":
    "Nothing came for {{seconds}} seconds, so it was stopped. What arrived is kept; carry on from there.",
  "model.bad_hash": "What arrived is not what the catalogue promises; it was not used. Download again.",
  "model.not_a_model": "This is not a model file.",
  "model.demo_only":
    "“{{name}}” is for the demo and knows only the demo's phrases; other calls would come out wrong. So it was not made the default.",
  "audio.no_device": "No sound device: the clock runs silently. Marking works as always.",
  "audio.device_lost": "The sound device went away. Choose another output or plug it back in.",
  "issue.status_unchanged": "It already stands there.",
  "issue.merge_only": "Merging has its own button, not a status.",
  "issue.no_evidence": "There is no evidence yet; attach a moment first.",
  "issue.reason_needed": "It needs a sentence that says why.",
  "issue.not_yet_verifiable": "It is not rolled out yet, so it cannot be verified.",
  "issue.never_closed": "It was never closed, so it cannot be reopened.",
  "issue.merge_target": "It cannot be merged into itself or into one that was merged away.",
  "link.invalid": "This is not a Qinting link.",
  "name.taken": "This name is taken: {{name}}.",
  "key.taken": "This key belongs to “{{action}}”.",
};
export default words;
