//! Facts that come with calls: side-cars, tables and file names, and the profiles that say how they are read.
//!
//! Pure but for [`Read`](std::io::Read): no clock, no place on a disk. The zone of texts that name none is passed
//! in. What comes out is [`ContactFacts`](qinting_domain::ContactFacts); which recording they belong to is decided
//! elsewhere.

mod name;
mod once;
mod profile;
mod reading;
mod recognise;
mod source;
mod suggest;
mod summary;
pub mod tree;

pub use name::Names;
pub use once::{Deliveries, Delivery};
pub use profile::{
    Channels, Colons, FactReading, Joined, Order, Profile, ProfileFault, Reads, Recognised, SCHEMA,
    Target, Unit, built_in, built_in_named,
};
pub use reading::Reading;
pub use recognise::{Match, Recogniser};
pub use source::{ChosenBy, HowToRead, SourceFault, SourceRead, TableRead, read_source};
pub use suggest::{Because, Suggestion, Why, suggest};
pub use summary::{ColumnSummary, FactSummary, Summary, Way};
