//! One module per command: arguments in, a use case, an answer out.

mod cases;
mod doctor;
mod export;
mod import;
mod issues;
mod mark;
mod search;
mod segments;
mod soak;
mod transcribe;

use crate::answer::Answer;
use crate::args::{Args, Command};
use crate::find;
use qinting_app::{AppResult, Seat};
use qinting_host::{Host, Options};

/// Opens the workspace and does what was asked.
pub(crate) fn run(args: Args) -> AppResult<Answer> {
    let host = Host::open(Options {
        workspace: args
            .workspace
            .unwrap_or_else(qinting_host::default_workspace),
        models: args.models,
        // Only the doctor asks for sound devices.
        player: matches!(args.command, Command::Doctor),
    })?;
    let seat = seat(&host, args.actor.as_deref())?;
    match args.command {
        Command::Import(a) => import::run(&seat, &a),
        Command::Transcribe(a) => transcribe::run(&host, &seat, &a),
        Command::Cases(a) => cases::run(&seat, a),
        Command::Segments(a) => segments::run(&seat, &a),
        Command::Mark(a) => mark::run(&seat, a),
        Command::Search(a) => search::run(&seat, a),
        Command::Issues(a) => issues::run(&seat, a),
        Command::Export(a) => export::run(&seat, &a),
        Command::Doctor => doctor::run(&seat),
        Command::Soak(a) => soak::run(&seat, &a),
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
