//! Words on the command line, which come as the bytes of the terminal.

use crate::words;
use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use qinting_desk::{codes, text_in};
use qinting_domain::ErrorNote;
use std::ffi::OsStr;

/// Reads words strictly: UTF-8, or what the console of a Chinese Windows passes, or a refusal.
#[derive(Clone)]
pub(crate) struct Typed;

impl TypedValueParser for Typed {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        _: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        // What is UTF-8 already is taken as it is, a mark in front of it included.
        if let Some(text) = value.to_str() {
            return Ok(text.to_owned());
        }
        text_in::read(value.as_encoded_bytes()).map_err(|_| {
            let said = words::as_text(&ErrorNote::new(codes::TEXT_ENCODING));
            clap::Error::raw(ErrorKind::InvalidUtf8, said).with_cmd(command)
        })
    }
}
