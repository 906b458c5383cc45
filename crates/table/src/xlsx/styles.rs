//! Number formats of an XLSX.

use super::parts::Part;
use super::xml::{Xml, attribute};
use crate::Error;
use crate::excel::Shape;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// Formats cells may have in one workbook, as Excel has them.
const FORMATS: usize = 65_490;

/// What each cell format makes of a number, by the number cells name it with.
pub(super) fn read(mut xml: Xml<Part<'_>>) -> Result<Vec<Shape>, Error> {
    let mut own: HashMap<String, Shape> = HashMap::new();
    let mut shapes = Vec::new();
    let mut is_inside = false;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let code = attribute(&element, "formatCode").unwrap_or_default();
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    own.insert(id, Shape::of(&code));
                }
                "cellXfs" => is_inside = true,
                "xf" if is_inside => shapes.push(shape(&element, &own)),
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => break,
            _ => {}
        }
        if shapes.len().max(own.len()) > FORMATS {
            return Err(Error::Damaged { part: "styles" });
        }
    }
    Ok(shapes)
}

fn shape(element: &BytesStart<'_>, own: &HashMap<String, Shape>) -> Shape {
    let id = attribute(element, "numFmtId").unwrap_or_default();
    match own.get(&id) {
        Some(shape) => *shape,
        None => id.parse().map_or(Shape::Number, Shape::built_in),
    }
}
