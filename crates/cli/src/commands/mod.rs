//! One module per command: arguments in, a use case, an answer out.

mod adopt;
mod bin;
mod call;
mod cases;
mod copy;
mod demo;
mod doctor;
mod export;
mod import;
mod issues;
mod live;
mod mark;
mod model;
mod planning;
mod purge;
mod records;
mod restore;
mod retake;
mod search;
mod segments;
mod session;
mod sharing;
mod soak;
mod sound;
mod texts;
mod transcribe;
mod verify;

use crate::answer::Answer;
use crate::args::{Args, Command, Work};
use crate::find;
use qinting_desk::{AppResult, AtDesk};
use qinting_host::{Host, Options};

pub(crate) use issues::every as every_issue;

/// Does what was asked.
pub(crate) fn run(args: Args) -> AppResult<Answer> {
    match args.command {
        Command::Demo(a) => demo::run(&a, args.workspace, args.models),
        Command::Restore(a) => {
            let folder = args.workspace;
            restore::run(&a, &folder.unwrap_or_else(qinting_host::default_workspace))
        }
        Command::Call { grants } => {
            let folder = args.workspace;
            call::run(
                folder.unwrap_or_else(qinting_host::default_workspace),
                args.models,
                &grants,
            )
        }
        Command::Adopt => adopt::run(
            &args
                .workspace
                .unwrap_or_else(qinting_host::default_workspace),
        ),
        Command::Work(work) => {
            let host = Host::open(Options {
                workspace: args
                    .workspace
                    .unwrap_or_else(qinting_host::default_workspace),
                models: args.models,
                // Only the doctor asks for sound devices.
                player: matches!(work, Work::Doctor(_)),
                device: qinting_host::Places::of_this_user().device(),
            })?;
            let at_desk = at_desk(&host, args.actor.as_deref())?;
            if !matches!(work, Work::Sharing { .. }) {
                sharing::ask(&at_desk);
            }
            // Beside the command: it takes what was there before, and is waited for at the end.
            host.copy_daily();
            let answer = on(&host, &at_desk, work, args.json);
            host.finish_copy();
            answer
        }
    }
}

/// The same in an opened workspace.
fn on(host: &Host, at_desk: &AtDesk, work: Work, json: bool) -> AppResult<Answer> {
    match work {
        Work::Import(a) if a.plan => planning::run(at_desk, &a),
        Work::Import(a) => import::run(at_desk, &a),
        Work::Transcribe(a) => transcribe::run(host, at_desk, &a),
        Work::Cases(a) => cases::run(at_desk, a),
        Work::Bin(a) => bin::run(at_desk, &a),
        Work::Purge(a) => purge::run(at_desk, a),
        Work::Segments(a) => segments::run(at_desk, &a),
        Work::Texts(a) => texts::run(at_desk, &a),
        Work::Sound(a) => sound::run(at_desk, &a),
        Work::Mark(a) => mark::run(at_desk, a),
        Work::Search(a) => search::run(at_desk, a),
        Work::Issues(a) => issues::run(at_desk, a),
        Work::Renumber(a) => issues::renumber(at_desk, a.above),
        Work::Export(a) => export::run(at_desk, &a),
        Work::Session(a) => session::run(at_desk, &a),
        Work::Record(a) => records::run(at_desk, a),
        Work::Model(a) => model::run(at_desk, a),
        Work::Live(a) => live::run(host, at_desk, a, json),
        Work::Copy(a) => copy::run(host, &a),
        Work::Retake(a) => retake::run(at_desk, &a),
        Work::Sharing { choice } => sharing::run(at_desk, choice.map(Into::into)),
        Work::Doctor(a) => doctor::run(at_desk, &a),
        Work::Verify => verify::run(at_desk),
        Work::Soak(a) => soak::run(at_desk, &a),
    }
}

/// The person who acts. Not the window's switch: whoever sits there stays.
fn at_desk(host: &Host, actor: Option<&str>) -> AppResult<AtDesk> {
    let at_desk = host.at_desk();
    match actor {
        Some(name) => {
            let person = find::person(&at_desk, name)?;
            Ok(AtDesk::new(host.app().clone(), person))
        }
        None => Ok(at_desk),
    }
}
