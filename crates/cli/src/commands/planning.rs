//! `qinting import --plan`

mod lists;
mod source;

pub(super) use source::fact_name;

use crate::answer::Answer;
use crate::args::Import;
use qinting_desk::{
    AppError, AppResult, AtDesk, BesideWays, FactWays, ProfileNamed, TableWays, codes,
};
use qinting_domain::{WhichCounts, path_text};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Longest profile that is read; bytes.
const MOST_PROFILE: u64 = 1 << 20;

pub(crate) fn run(at_desk: &AtDesk, args: &Import) -> AppResult<Answer> {
    for path in &args.paths {
        std::fs::metadata(path).map_err(|e| AppError::of_disk(&e, path))?;
    }
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let paths: Vec<_> = args.paths.iter().map(|path| absolute(path)).collect();
    let (plan, _) = at_desk.calls_with_facts(&paths, &ways(at_desk, args)?)?;
    let text = lists::text(&plan, &lists::Clock::of(&args.zone));
    Answer::new(&plan, text)
}

/// How recordings, tables and side-cars are to be read, as the options say.
pub(super) fn ways(at_desk: &AtDesk, args: &Import) -> AppResult<BesideWays> {
    let profiles = args.profile.iter().map(|named| profile(named));
    Ok(BesideWays {
        facts: FactWays {
            profiles: profiles.collect::<AppResult<_>>()?,
            table: TableWays {
                encoding: args.encoding.clone(),
                header: args.header,
                sheet: args.sheet.clone(),
                ..TableWays::default()
            },
            zone: args.zone.clone(),
        },
        by_source: BTreeMap::new(),
        counts: if args.first_counts {
            WhichCounts::First
        } else {
            WhichCounts::Last
        },
        suffix_rules: if args.separate {
            Vec::new()
        } else {
            at_desk.get_settings(())?.workspace.suffix_rules
        },
    })
}

/// A profile out of a file, or else one that is remembered or comes with the program.
fn profile(named: &Path) -> AppResult<ProfileNamed> {
    if !named.is_file() {
        return Ok(ProfileNamed::Named(path_text::shown(named)));
    }
    let of_disk = |e: std::io::Error| AppError::of_disk(&e, named);
    let mut written = Vec::new();
    let file = File::open(named).map_err(of_disk)?;
    file.take(MOST_PROFILE)
        .read_to_end(&mut written)
        .map_err(of_disk)?;
    let written = String::from_utf8(written);
    let written = written.map_err(|_| AppError::new(codes::TEXT_ENCODING))?;
    Ok(ProfileNamed::Written(written))
}
