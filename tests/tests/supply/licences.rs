//! What may be linked into Qinting and given away with it.

use crate::{everything, names, none, rules};
use spdx::{Expression, ParseMode};

#[test]
fn every_licence_is_one_we_may_give_away() {
    let rules = rules();
    let allowed = names(&rules["licences"]);
    let may = |said: &str| {
        let expression = Expression::parse_mode(said, ParseMode::LAX).expect("an SPDX expression");
        expression.evaluate(|one| allowed.contains(one.to_string().as_str()))
    };
    let wrong: Vec<String> = everything()
        .packages
        .iter()
        .filter(|package| package.source.is_some())
        .filter(|package| !package.license.as_deref().is_some_and(may))
        .map(|package| format!("{}: {:?}", package.name, package.license))
        .collect();
    none(&wrong, "licences that tools/supply.json does not allow");
}
