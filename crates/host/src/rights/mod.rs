//! Who may read what this program writes.

#[cfg(not(unix))]
mod elsewhere;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use elsewhere as system;
#[cfg(unix)]
use unix as system;

pub(crate) use system::{give, may_be_replaced};

/// First thing in every `main`, before there is a second thread: keeps in mind which rights the
/// person gives new files.
pub fn begin() {
    system::begin();
}
