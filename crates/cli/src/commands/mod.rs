//! One module per command: arguments in, a use case, an answer out.

mod bin;
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
mod records;
mod restore;
mod retake;
mod search;
mod segments;
mod session;
mod sharing;
mod soak;
mod transcribe;

use crate::answer::Answer;
use crate::args::{Args, Command, Work};
use crate::find;
use qinting_app::{AppResult, Seat};
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
            let seat = seat(&host, args.actor.as_deref())?;
            if !matches!(work, Work::Sharing { .. }) {
                sharing::ask(&seat);
            }
            // Beside the command: it takes what was there before, and is waited for at the end.
            host.copy_daily();
            let answer = on(&host, &seat, work, args.json);
            host.finish_copy();
            answer
        }
    }
}

/// The same in an opened workspace.
fn on(host: &Host, seat: &Seat, work: Work, json: bool) -> AppResult<Answer> {
    match work {
        Work::Import(a) => import::run(seat, &a),
        Work::Transcribe(a) => transcribe::run(host, seat, &a),
        Work::Cases(a) => cases::run(seat, a),
        Work::Bin(a) => bin::run(seat, &a),
        Work::Segments(a) => segments::run(seat, &a),
        Work::Mark(a) => mark::run(seat, a),
        Work::Search(a) => search::run(seat, a),
        Work::Issues(a) => issues::run(seat, a),
        Work::Export(a) => export::run(seat, &a),
        Work::Session(a) => session::run(seat, &a),
        Work::Record(a) => records::run(seat, a),
        Work::Model(a) => model::run(seat, a),
        Work::Live(a) => live::run(host, seat, a, json),
        Work::Copy(a) => copy::run(host, &a),
        Work::Retake(a) => retake::run(seat, &a),
        Work::Sharing { choice } => sharing::run(seat, choice.map(Into::into)),
        Work::Doctor(a) => doctor::run(seat, &a),
        Work::Soak(a) => soak::run(seat, &a),
    }
}

/// The seat of the person who acts. Not the window's switch: whoever sits there stays seated.
fn seat(host: &Host, actor: Option<&str>) -> AppResult<Seat> {
    let seat = host.seat();
    match actor {
        Some(name) => {
            let person = find::person(&seat, name)?;
            Ok(Seat::new(host.app().clone(), person))
        }
        None => Ok(seat),
    }
}
