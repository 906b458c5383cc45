//! What a workbook says of itself: its sheets, and where its parts lie.

use super::parts::Parts;
use super::xml::attribute;
use crate::limits::PARTS;
use crate::{Error, Sheet};
use quick_xml::events::Event;
use std::collections::HashMap;

/// Parts and places of a workbook.
pub(super) struct Workbook {
    pub(super) sheets: Vec<(Sheet, usize)>,
    pub(super) strings: Option<usize>,
    pub(super) styles: Option<usize>,
    pub(super) from_1904: bool,
}

/// What one part says of another.
struct Relation {
    id: String,
    /// The last word of its kind: `worksheet`, `styles`.
    kind: String,
    target: String,
}

impl Workbook {
    pub(super) fn read(parts: &mut Parts, limit: u64) -> Result<Self, Error> {
        let place = place(parts, limit)?;
        let Some(index) = parts.find(&place) else {
            return Err(Error::Damaged { part: "workbook" });
        };
        let (folder, name) = place.rsplit_once('/').unwrap_or(("", &place));
        let relations = relations(parts, &format!("{folder}/_rels/{name}.rels"), limit)?;
        let within = |relation: &Relation| resolved(folder, &relation.target);
        let one = |kind: &str| {
            let found = relations.iter().find(|relation| relation.kind == kind);
            parts.find(&within(found?))
        };
        let (strings, styles) = (one("sharedStrings"), one("styles"));
        let targets: HashMap<&str, usize> = relations
            .iter()
            .filter(|relation| relation.kind == "worksheet")
            .filter_map(|relation| {
                let place = parts.find(&within(relation))?;
                Some((relation.id.as_str(), place))
            })
            .collect();
        let mut workbook = Self {
            sheets: Vec::new(),
            strings,
            styles,
            from_1904: false,
        };
        let mut xml = parts.xml(index, "workbook", limit)?;
        while let Some(event) = xml.next()? {
            let Event::Start(element) = event else {
                continue;
            };
            match element.local_name().as_ref() {
                "workbookPr" => {
                    let since = attribute(&element, "date1904");
                    workbook.from_1904 |=
                        since.is_some_and(|since| since == "1" || since == "true");
                }
                "sheet" => {
                    let place = attribute(&element, "id").and_then(|id| targets.get(id.as_str()));
                    // A sheet that is a chart has no rows.
                    if let Some(place) = place {
                        let state = attribute(&element, "state").unwrap_or_default();
                        let sheet = Sheet {
                            name: attribute(&element, "name").unwrap_or_default(),
                            rows: None,
                            columns: None,
                            is_hidden: state.to_ascii_lowercase().ends_with("hidden"),
                        };
                        workbook.sheets.push((sheet, *place));
                    }
                }
                _ => {}
            }
            if workbook.sheets.len() > PARTS {
                return Err(Error::Parts { limit: PARTS });
            }
        }
        Ok(workbook)
    }
}

/// Where in the archive the workbook is, if it is one.
fn place(parts: &mut Parts, limit: u64) -> Result<String, Error> {
    let relations = relations(parts, "_rels/.rels", limit)?;
    let document = relations
        .iter()
        .find(|relation| relation.kind == "officeDocument");
    let place = document.map(|relation| resolved("", &relation.target));
    match place {
        Some(place) if place.ends_with(".bin") => Err(Error::NotATable { is: "xlsb" }),
        Some(place) if place.starts_with("word/") || place.starts_with("ppt/") => {
            Err(Error::NotATable { is: "office" })
        }
        Some(place) => Ok(place),
        // Some writers leave that part out.
        None if parts.find("xl/workbook.xml").is_some() => Ok("xl/workbook.xml".to_owned()),
        None => Err(Error::NotATable { is: other(parts)? }),
    }
}

/// What an archive without a workbook is.
fn other(parts: &mut Parts) -> Result<&'static str, Error> {
    if let Some(index) = parts.find("mimetype") {
        let said = parts.start(index, 100)?;
        if said.starts_with(b"application/vnd.oasis.opendocument") {
            return Ok("ods");
        }
    }
    Ok(if parts.has_below("Index/") {
        "numbers"
    } else {
        "zip"
    })
}

fn relations(parts: &mut Parts, place: &str, limit: u64) -> Result<Vec<Relation>, Error> {
    let mut relations = Vec::new();
    let Some(index) = parts.find(place.trim_start_matches('/')) else {
        return Ok(relations);
    };
    let mut xml = parts.xml(index, "workbook", limit)?;
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        if element.local_name().as_ref() != "Relationship" {
            continue;
        }
        let said = |name: &str| attribute(&element, name).unwrap_or_default();
        let kind = said("Type");
        relations.push(Relation {
            id: said("Id"),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: said("Target"),
        });
        if relations.len() > PARTS {
            return Err(Error::Parts { limit: PARTS });
        }
    }
    Ok(relations)
}

/// A target as it is written in a part of `folder`: from there, or from the top.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;
    use rstest::rstest;

    #[rstest]
    #[case("xl", "worksheets/sheet1.xml")]
    #[case("xl", "/xl/worksheets/sheet1.xml")]
    #[case("xl", "./worksheets/sheet1.xml")]
    #[case("xl/other", "../worksheets/sheet1.xml")]
    #[case("xl", "worksheets\\sheet1.xml")]
    #[case("", "xl/worksheets/sheet1.xml")]
    #[case("xl", "../../../xl/worksheets/sheet1.xml")]
    fn a_part_is_found_from_where_it_is_named(#[case] folder: &str, #[case] target: &str) {
        assert_eq!(resolved(folder, target), "xl/worksheets/sheet1.xml");
    }
}
