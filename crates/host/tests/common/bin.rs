//! What lies in the bin.

use super::Stage;
use qinting_app::*;

/// All of it.
pub fn bin(stage: &Stage) -> BinView {
    let all = BinQuery {
        offset: 0,
        limit: 50,
    };
    stage.seat.bin(all).unwrap()
}
