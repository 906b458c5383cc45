//! What lies in the bin.

use super::Stage;
use qinting_desk::*;

/// All of it.
pub fn bin(stage: &Stage) -> BinView {
    let all = BinQuery {
        offset: 0,
        limit: 50,
    };
    stage.at_desk.bin(all).unwrap()
}
