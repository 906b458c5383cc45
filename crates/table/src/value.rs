//! What the text of a cell says: times, lengths of time, numbers, and the heading of its column.
//!
//! Pure: nothing here knows the time, the machine's zone, or the table around the cell. What the table around it
//! says (the zone, the unit, whether day or month comes first) is passed in.

mod duration;
mod fold;
mod heading;
mod number;
mod time;
mod zone;

pub use duration::{
    DurationReading, DurationUnit, DurationUnreadable, ReadDuration, read_duration,
};
pub use fold::{cell_text, folded, is_blank, shape_of};
pub use heading::{Heading, heading};
pub use number::{read_count, read_number};
pub use time::{
    DateOrder, EpochUnit, OrderSeen, ReadTime, TimeReading, TimeTold, TimeUnreadable, day_of,
    read_time,
};
pub use zone::{Zone, zone_named};
