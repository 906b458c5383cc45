//! What came out of one text.

use qinting_domain::{FactFaultCode, FactValue};

/// A value that was read out of a text, and what is to be told.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Read {
    pub value: Option<FactValue>,
    pub told: Option<FactFaultCode>,
    pub is_time_alone: bool,
    /// What stands there is written in place of nothing.
    pub is_nothing: bool,
}

impl Read {
    pub fn text(self) -> Option<String> {
        match self.value {
            Some(FactValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub fn at(&self) -> Option<i64> {
        match self.value {
            Some(FactValue::At(at)) => Some(at),
            _ => None,
        }
    }

    pub(super) fn of(value: FactValue) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }

    pub(super) fn fault(code: FactFaultCode) -> Self {
        Self {
            told: Some(code),
            ..Self::default()
        }
    }

    pub(super) fn nothing() -> Self {
        Self {
            is_nothing: true,
            ..Self::default()
        }
    }
}
