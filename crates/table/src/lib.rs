//! Tables as people export them.

pub mod value;
