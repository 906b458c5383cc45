//! The ports a stage is built on, for tests that put another in the place of one.

use qinting_desk::{Machine, Ports};
use std::ops::{Deref, DerefMut};

/// What a stage stands on.
pub struct Given {
    pub records: Ports,
    pub machine: Machine,
}

impl Deref for Given {
    type Target = Machine;

    fn deref(&self) -> &Machine {
        &self.machine
    }
}

impl DerefMut for Given {
    fn deref_mut(&mut self) -> &mut Machine {
        &mut self.machine
    }
}
