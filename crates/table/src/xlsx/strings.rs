//! Texts that an XLSX keeps beside its sheets, each once.

use super::parts::Part;
use super::xml::{Xml, unescaped};
use crate::Error;
use crate::excel::Strings;
use quick_xml::events::Event;

/// Reads them. How many the part says there are is not asked.
pub(super) fn read(mut xml: Xml<Part<'_>>) -> Result<Strings, Error> {
    let mut strings = Strings::default();
    let mut text = String::new();
    while let Some(event) = xml.next()? {
        let is_item = matches!(&event, Event::Start(e) if e.local_name().as_ref() == "si");
        if is_item {
            text.clear();
            // How a word is spoken stands beside it, in Japanese workbooks.
            xml.text_to_end("rPh", &mut text)?;
            strings.push(&unescaped(&text));
        }
    }
    Ok(strings)
}
