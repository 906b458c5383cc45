//! Tables and side-cars, read where foreign bytes are.

use qinting_desk::{AppError, AppResult, Cancel, FactsRequest, FactsRow, codes};
use qinting_domain::ContactFacts;
use qinting_facts::{Delivery, HowToRead, SourceTold, read_source};
use qinting_table::Bytes;
use qinting_table::value::zone_named;
use std::fs::File;

/// Rows that are told of together.
const TOGETHER: usize = 200;

/// Reads a source; what the same source tells once more, or told later, is left out.
pub(crate) fn read(
    request: &FactsRequest,
    tell: &mut dyn FnMut(Vec<FactsRow>),
    cancel: &Cancel,
) -> AppResult<SourceTold> {
    let zone = zone_named(&request.zone);
    let zone = zone.ok_or_else(|| AppError::new(codes::INVALID).with("field", "zone"))?;
    let path = &request.path;
    File::open(path).map_err(|e| AppError::of_disk(&e, path))?;
    let open = || File::open(path).map(|file| Box::new(file) as Box<dyn Bytes>);
    let how = HowToRead {
        name: request.name.clone(),
        source: request.source,
        profile: request.profile.clone(),
        ways: request.ways.clone(),
        zone,
    };
    let mut rows = Vec::new();
    let mut take = |mut facts: ContactFacts, delivery| {
        let instead_of = match delivery {
            Delivery::Again { .. } | Delivery::Older { .. } => return,
            Delivery::Newer { of } => Some(of),
            _ => None,
        };
        // A plan holds many rows, and shows none of it.
        facts.rest.clear();
        rows.push(FactsRow { facts, instead_of });
        if rows.len() == TOGETHER && !cancel.is_cancelled() {
            tell(std::mem::take(&mut rows));
        }
    };
    let told = read_source(&open, &how, &mut take).map_err(|fault| {
        let (code, args) = fault.told();
        args.into_iter()
            .fold(AppError::new(&code), |e, (name, value)| e.with(name, value))
    })?;
    if cancel.is_cancelled() {
        return Err(AppError::new(codes::CANCELLED));
    }
    tell(rows);
    Ok(told)
}
