//! How one field of a record becomes columns and comes back.

use crate::fault::{Fault, Outcome};
use qinting_app::{AppError, codes};
use qinting_domain::*;
use rusqlite::types::{Type, Value, ValueRef};
use rusqlite::{Error, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// A value that takes one or more columns.
pub(crate) trait Field: Sized {
    /// Appends its column values.
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()>;
    /// Reads it from the column at `at` on, and moves `at` past it.
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self>;
}

fn step(at: &mut usize) -> usize {
    let here = *at;
    *at += 1;
    here
}

pub(crate) fn unreadable(
    column: usize,
    kind: Type,
    e: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(e))
}

/// The word an enum is stored as: the same as in JSON.
pub(crate) fn word<T: Serialize>(value: &T) -> Outcome<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(s) => Ok(s),
        _ => Err(Fault::refused(codes::INTERNAL)),
    }
}

/// A JSON column of the row.
pub(crate) fn json_at<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|e| unreadable(column, Type::Text, e))
}

/// An id column of the row.
pub(crate) fn uuid_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    let bytes: [u8; 16] = row.get(column)?;
    Ok(Uuid::from_bytes(bytes))
}

impl Field for Uuid {
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        out.push(Value::Blob(self.as_bytes().to_vec()));
        Ok(())
    }
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
        uuid_at(row, step(at))
    }
}

macro_rules! id_fields {
    ($($name:ty),+) => {$(
        impl Field for $name {
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                self.0.put(out)
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                Uuid::take(row, at).map(Self)
            }
        }
    )+};
}
qinting_domain::each_id!(id_fields);

macro_rules! plain_fields {
    ($($name:ty => $variant:ident),+ $(,)?) => {$(
        impl Field for $name {
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                out.push(Value::$variant(self.clone().into()));
                Ok(())
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                row.get(step(at))
            }
        }
    )+};
}
plain_fields!(String => Text, i64 => Integer, bool => Integer);

impl Field for Sha256 {
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        self.as_str().to_owned().put(out)
    }
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
        String::take(row, at).map(Self::from)
    }
}

impl Field for PartName {
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        self.as_str().to_owned().put(out)
    }
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
        let here = *at;
        let told = String::take(row, at)?;
        let odd = |e: &str| Error::FromSqlConversionFailure(here, Type::Text, e.into());
        Self::try_from(told).map_err(odd)
    }
}

macro_rules! counting_fields {
    ($($name:ty),+) => {$(
        impl Field for $name {
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                let value = i64::try_from(*self).map_err(|_| AppError::new(codes::INVALID))?;
                out.push(Value::Integer(value));
                Ok(())
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                let column = step(at);
                let value: i64 = row.get(column)?;
                Self::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
            }
        }
    )+};
}
counting_fields!(u8, u16, u32, u64);

impl Field for f32 {
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        // SQLite stores NaN as NULL, which the column refuses.
        out.push(Value::Real(if self.is_finite() {
            f64::from(*self)
        } else {
            0.0
        }));
        Ok(())
    }
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
        let value: f64 = row.get(step(at))?;
        // It was an f32 when it was stored.
        #[allow(clippy::cast_possible_truncation)]
        Ok(value as f32)
    }
}

macro_rules! word_fields {
    ($($name:ty),+ $(,)?) => {$(
        impl Field for $name {
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                out.push(Value::Text(word(self)?));
                Ok(())
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                let column = step(at);
                let text: String = row.get(column)?;
                serde_json::from_value(serde_json::Value::String(text))
                    .map_err(|e| unreadable(column, Type::Text, e))
            }
        }
    )+};
}
word_fields!(
    EntityKind,
    Origin,
    TagColour,
    ContactKind,
    Direction,
    HandledBy,
    ObservationKind,
    Axis,
    IssueStatus,
    EvidenceRelation,
    JobState,
    ListenMode,
    LiveState,
    ConsentBasis,
    NoticeGiven,
    SeatNoteKind,
    GapKind,
    ChannelRole,
    TranscriptStanding,
    NumberStyle,
);

macro_rules! json_fields {
    ($($name:ty),+ $(,)?) => {$(
        impl Field for $name {
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                out.push(Value::Text(serde_json::to_string(self)?));
                Ok(())
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                json_at(row, step(at))
            }
        }
    )+};
}
json_fields!(
    Vec<String>,
    Vec<u32>,
    Roles,
    Vec<SourceFile>,
    Vec<ChannelRole>,
    Vec<LiveLane>,
    Vec<SoundNotice>,
    Vec<SoundGap>,
    Alignment,
    SourceFacts,
    Told,
    Anchor,
    WorkspaceSettings,
    PersonSettings,
    DeviceSettings,
);

impl<T: Field> Field for Option<T> {
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        match self {
            Some(value) => value.put(out),
            None => {
                out.push(Value::Null);
                Ok(())
            }
        }
    }
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
        if matches!(row.get_ref(*at)?, ValueRef::Null) {
            step(at);
            return Ok(None);
        }
        T::take(row, at).map(Some)
    }
}

/// What a record lists comes from a table of its own, as one text of hex ids in order.
macro_rules! listed_fields {
    ($($name:ty),+) => {$(
        impl Field for Vec<$name> {
            fn put(&self, _: &mut Vec<Value>) -> Outcome<()> {
                Ok(())
            }
            fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
                let column = step(at);
                let text: Option<String> = row.get(column)?;
                text.iter()
                    .flat_map(|t| t.split(','))
                    .map(|hex| hex.parse().map_err(|e| unreadable(column, Type::Text, e)))
                    .collect()
            }
        }
    )+};
}
listed_fields!(TagId, PersonId, CaseId);

impl Field for TagStatus {
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        let (name, into) = match self {
            Self::Active => ("active", None),
            Self::Retired => ("retired", None),
            Self::MergedInto(id) => ("merged_into", Some(*id)),
        };
        out.push(Value::Text(name.to_owned()));
        into.put(out)
    }
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
        let name = String::take(row, at)?;
        let into: Option<TagId> = Field::take(row, at)?;
        Ok(match (name.as_str(), into) {
            (_, Some(id)) => Self::MergedInto(id),
            ("retired", None) => Self::Retired,
            _ => Self::Active,
        })
    }
}

impl Field for Meta {
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        self.created_at.put(out)?;
        self.created_by.put(out)?;
        self.updated_at.put(out)?;
        self.rev.put(out)?;
        self.deleted_at.put(out)
    }
    fn take(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Self> {
        Ok(Self {
            created_at: Field::take(row, at)?,
            created_by: Field::take(row, at)?,
            updated_at: Field::take(row, at)?,
            rev: Field::take(row, at)?,
            deleted_at: Field::take(row, at)?,
        })
    }
}
