//! Whether the change log is what was written.

pub(crate) mod shapes;

pub use shapes::*;

use crate::acting::Acting;
use crate::error::AppResult;

impl Acting {
    /// Reads the whole log and checks each operation, each value and each chain. Nobody waits for it, and
    /// nothing is written.
    pub fn verify_log(&self, _: ()) -> AppResult<LogCheckup> {
        self.app().ports.store.verify_log()
    }
}
