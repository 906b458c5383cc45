//! What a command answers: the same facts for programs and for people.

use qinting_desk::{AppError, AppResult, codes};
use serde::Serialize;

/// A command's answer.
pub(crate) struct Answer {
    json: String,
    text: Vec<u8>,
    /// The exit code it comes with.
    pub exit: u8,
}

impl Answer {
    /// An answer that says the same in both ways.
    pub fn new(json: &impl Serialize, text: String) -> AppResult<Self> {
        let json = serde_json::to_string_pretty(json)
            .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
        Ok(Self {
            json,
            text: text.into_bytes(),
            exit: 0,
        })
    }

    /// All there was to say has been said.
    pub fn nothing() -> Self {
        Self {
            json: String::new(),
            text: Vec::new(),
            exit: 0,
        }
    }

    /// Bytes of a document that is handed through as it is.
    pub fn document(json: String, bytes: Vec<u8>) -> Self {
        Self {
            json,
            text: bytes,
            exit: 0,
        }
    }

    /// With an exit code other than 0.
    #[must_use]
    pub fn exiting(mut self, code: u8) -> Self {
        self.exit = code;
        self
    }

    /// What goes to standard output.
    pub fn bytes(self, json: bool) -> Vec<u8> {
        if json && !self.json.is_empty() {
            (self.json.trim_end().to_owned() + "\n").into_bytes()
        } else {
            self.text
        }
    }
}
