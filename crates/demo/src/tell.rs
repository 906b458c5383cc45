//! Telling the story: one use case after the other, each by the person who did it, at its time.

use crate::calls::calls;
use crate::clock::StoryClock;
use crate::deeds::Cast;
use crate::story::{CaseStory, does_not_fit, story};
use crate::timeline::{Happening, timeline};
use crate::{MODEL, MODEL_FILE};
use qinting_desk::*;
use qinting_domain::{CaseId, Tag};
use std::path::Path;

/// What has come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The case to show first.
    pub first_case: CaseId,
}

/// Tells the story in an empty workspace: `at_desk` is over real ports whose clock is `clock`;
/// `scratch` is an empty folder for the files that are brought in, and may go afterwards. Ends
/// with the calls waiting for their text.
///
/// # Errors
/// What the use cases refuse: a full disk, above all.
pub fn tell(at_desk: &AtDesk, clock: &StoryClock, scratch: &Path) -> AppResult<Told> {
    write(scratch, MODEL_FILE, MODEL)?;
    let model = scratch.join(MODEL_FILE);
    at_desk.take_model(&model)?;
    at_desk.app().declare_demo()?;

    let mut cast = Cast::new(at_desk, clock);
    let on_import = at_desk.get_settings(())?.device.transcribe_on_import;
    // The text comes when somebody watches, not five weeks ago.
    let when_imported = |on| {
        let mut settings = at_desk.get_settings(())?;
        settings.device.transcribe_on_import = on;
        at_desk.update_settings(settings)
    };
    when_imported(false)?;
    cast.gather()?;
    agree_on_words(&mut cast)?;
    for (at, happening) in timeline(story(), calls(), clock).map_err(does_not_fit)? {
        clock.set(at);
        match happening {
            Happening::BroughtIn(case) => bring_in(&mut cast, case, scratch)?,
            Happening::Described(case) => cast.describe(case)?,
            Happening::Planned(session) => cast.plan(session)?,
            Happening::Marked(listen, mark, span) => cast.mark(listen, mark, span)?,
            Happening::Noted(mark) => cast.note(mark)?,
            Happening::HeardOut(listen) => cast.hear_out(listen)?,
            Happening::Filed(issue) => cast.file(issue)?,
            Happening::WentOn(issue, step) => cast.go_on(issue, step)?,
        }
    }

    clock.set(clock.told_at());
    when_imported(on_import)?;
    let playlist = &story().session.calls;
    for call in playlist {
        at_desk.transcribe(TranscribeCase {
            case_id: cast.case(call)?,
            language: None,
            model: None,
        })?;
    }
    let first = playlist.first().map_or("", String::as_str);
    Ok(Told {
        first_case: cast.case(first)?,
    })
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> AppResult<()> {
    let file = folder.join(name);
    std::fs::write(&file, bytes).map_err(|e| AppError::of_disk(&e, &file))
}

/// New tags with their meaning, and what some of the starter tags are meant to say.
fn agree_on_words(cast: &mut Cast<'_>) -> AppResult<()> {
    let codebook = &story().codebook;
    let at_desk = cast.at_desk_of(&codebook.by)?;
    let mut meanings: Vec<(Tag, &str)> = Vec::new();
    for tag in &codebook.new {
        let added = at_desk.add_tag(NewTag {
            name: tag.name.clone(),
            colour: tag.colour,
            parent_id: Some(cast.tag(&tag.parent)?.id),
        })?;
        meanings.push((added, &tag.definition));
    }
    for tag in &codebook.defined {
        meanings.push((cast.tag(&tag.name)?, &tag.definition));
    }
    for (tag, definition) in meanings {
        at_desk.edit_record(RecordPatch::of(&tag, [("definition", definition.into())]))?;
    }
    Ok(())
}

fn bring_in(cast: &mut Cast<'_>, case: &CaseStory, scratch: &Path) -> AppResult<()> {
    let call = calls()
        .iter()
        .find(|c| c.id == case.call)
        .ok_or_else(|| does_not_fit(format!("no call {}", case.call)))?;
    write(scratch, &call.file_name, call.bytes)?;
    let path = scratch.join(&call.file_name);
    cast.bring_in(call, &path)
}
