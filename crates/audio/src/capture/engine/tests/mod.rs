//! Hours of calls in seconds: devices that do what a script says, on a clock that a script moves.

mod chaos;
mod devices;
mod long;
mod lost;
mod places;
mod said;
mod world;

use devices::Device;
use world::World;

/// A lane's samples.
fn lane(world: &World, lane: usize) -> Vec<i16> {
    world
        .kept
        .lock()
        .frames
        .iter()
        .skip(lane)
        .step_by(world.lanes)
        .copied()
        .collect()
}

/// Where `part` is in `whole`.
fn find(whole: &[i16], part: &[i16]) -> Option<usize> {
    whole.windows(part.len()).position(|w| w == part)
}
