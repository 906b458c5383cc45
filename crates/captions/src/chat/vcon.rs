//! vCon (draft-ietf-vcon-vcon-container): texts of a dialog, or the transcript some analysis made of it.

use super::draft::{Draft, Told};
use super::{ChatFormat, ChatTurns, TurnKind, json, log, rows, time};
use crate::json::Node;
use crate::{Party, Reason, Refusal};

/// Whether a document is one.
pub(super) fn is_one(root: &Node<'_>) -> bool {
    root.at("vcon").is_some() || (root.at("parties").is_some() && root.at("dialog").is_some())
}

/// Reads its turns: those of the dialog where it has texts, else those of the first transcript.
pub(super) fn read(root: &Node<'_>) -> Result<ChatTurns, Refusal> {
    let mut draft = Draft::of(ChatFormat::VCon);
    let parties: Vec<(String, Party)> =
        root.list("parties").map(|party| party_of(&party)).collect();
    let is_text =
        |dialog: &Node<'_>| dialog.text(&["type"]) == "text" && dialog.at("body").is_some();
    let texts: Vec<Node<'_>> = root.list("dialog").filter(is_text).collect();
    if !texts.is_empty() {
        for dialog in texts {
            push(&mut draft, &dialog, &parties)?;
        }
        return draft.finish();
    }
    let transcript = root
        .list("analysis")
        .find(|one| one.text(&["type"]) == "transcript" && one.text(&["encoding"]) != "base64url");
    let body = transcript.and_then(|transcript| transcript.at("body"));
    let Some(body) = body else {
        return Err(Refusal::of(Reason::Empty));
    };
    // Who is listed keeps what they are: names in the transcript are theirs.
    for (label, party) in &parties {
        draft.participant(label, *party)?;
    }
    match body.str() {
        Some(text) => {
            let names: Vec<&str> = parties.iter().map(|(label, _)| label.as_str()).collect();
            log::push_all(&mut draft, text, &names, &|_| body.place())?;
        }
        None => json::push_all(&mut draft, &body)?,
    }
    draft.finish()
}

fn party_of(party: &Node<'_>) -> (String, Party) {
    let label = party.label(&["name", "tel", "mailto", "uuid"]);
    let meta = party.at("meta").unwrap_or(party.clone());
    let said = [party.text(&["role"]), meta.text(&["role"])];
    let said = said.into_iter().map(Party::of);
    let known = said
        .chain([Party::of(&label)])
        .find(|party| *party != Party::Unknown);
    (label, known.unwrap_or_default())
}

fn push(draft: &mut Draft, dialog: &Node<'_>, parties: &[(String, Party)]) -> Result<(), Refusal> {
    let first = dialog
        .at("parties")
        .and_then(|all| match all.value().as_array() {
            Some(list) => list.first().and_then(serde_json::Value::as_u64),
            None => all.value().as_u64(),
        });
    let by = dialog.number(&["originator"]).map(|at| at as u64).or(first);
    let by = by.and_then(|at| parties.get(usize::try_from(at).ok()?));
    let participant = match by {
        Some((label, party)) => draft.participant(label, *party)?,
        None => None,
    };
    let media = dialog.text(&["mediatype", "mimetype"]);
    let (kind, _) = match media {
        "" => (TurnKind::Text, true),
        media => rows::kind_of(media),
    };
    draft.push(Told {
        participant,
        time: time::of_text(dialog.text(&["start"])),
        kind,
        text: dialog.label(&["body"]),
        at: dialog.place(),
    })
}
