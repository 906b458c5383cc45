//! Records as one kind of thing, so that history, undo and storage treat them alike. A record is named
//! here once, in [`records!`]; whoever needs something of every kind asks [`Kept`], [`by_kind!`] or
//! [`by_record!`].

mod rules;

use crate::*;
#[doc(hidden)]
pub use qinting_record_derive::told_of_each;
pub use rules::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use uuid::Uuid;

/// A record that is kept with history.
pub trait Kept: Declared + Clone + Serialize + serde::de::DeserializeOwned + Into<Record> {
    /// What kind it is.
    const KIND: EntityKind;

    /// Its id, whatever its type.
    fn uuid(&self) -> Uuid;
    /// Itself out of any record; `None` when that is of another kind.
    fn from_record(record: Record) -> Option<Self>;
}

/// The list of records. `$` is passed in, for the macros this one writes.
macro_rules! records {
    ($d:tt $($kind:ident: $record:ident = $name:literal,)+) => {
        /// What kind of record a change touched.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS,
        )]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each variant is the record of the same name")]
        pub enum EntityKind {
            $($kind,)+
        }

        impl EntityKind {
            /// All of them; what others rest on comes first.
            pub const ALL: [Self; [$($name,)+].len()] = [$(Self::$kind,)+];

            /// The kind of this name, if this version knows it.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|kind| kind.as_str() == name)
            }

            /// What is declared of its fields, common ones left out.
            pub const fn fields(self) -> &'static [FieldRule] {
                match self {
                    $(Self::$kind => <$record as Declared>::FIELDS,)+
                }
            }

            /// Whether it needs no use case of its own, see [`Declared::PLAIN`].
            pub const fn is_plain(self) -> bool {
                match self {
                    $(Self::$kind => <$record as Declared>::PLAIN,)+
                }
            }

            /// Whether it is written once and never changed, see [`Declared::FIXED`].
            pub const fn is_fixed(self) -> bool {
                match self {
                    $(Self::$kind => <$record as Declared>::FIXED,)+
                }
            }

            /// Name in the database and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }

        /// Any record that is kept with history. In JSON it is the record itself.
        #[derive(Clone, Debug, PartialEq, Serialize, TS)]
        #[serde(untagged)]
        #[allow(missing_docs, reason = "each variant holds the record of the same name")]
        pub enum Record {
            $($kind($record),)+
        }

        $(
            impl Kept for $record {
                const KIND: EntityKind = EntityKind::$kind;

                fn uuid(&self) -> Uuid {
                    self.id.into()
                }
                fn from_record(record: Record) -> Option<Self> {
                    match record {
                        Record::$kind(r) => Some(r),
                        _ => None,
                    }
                }
            }

            impl From<$record> for Record {
                fn from(r: $record) -> Self {
                    Self::$kind(r)
                }
            }
        )+

        /// Hands what each record declares to a macro: see `qinting_record_derive::Record`.
        #[macro_export]
        macro_rules! each_record {
            ($d with:ident) => {
                $crate::told_of_each! { $d with $($record)+ }
            };
        }

        /// Runs one generic expression for the record type of a kind.
        #[macro_export]
        macro_rules! by_kind {
            ($d kind:expr, $d T:ident => $d body:expr) => {
                match $d kind {
                    $($crate::EntityKind::$kind => {
                        type $d T = $crate::$record;
                        $d body
                    })+
                }
            };
        }

        /// Runs one expression for whichever record is inside.
        #[macro_export]
        macro_rules! by_record {
            ($d record:expr, $d inner:ident => $d body:expr) => {
                match $d record {
                    $($crate::Record::$kind($d inner) => $d body,)+
                }
            };
        }
    };
}

records! {
    $
    Person: Person = "person",
    Tag: Tag = "tag",
    Case: Case = "case",
    Contact: Contact = "contact",
    Recording: Recording = "recording",
    Transcript: Transcript = "transcript",
    Segment: Segment = "segment",
    SpeakerChange: SpeakerChange = "speaker_change",
    Session: ListeningSession = "session",
    Observation: Observation = "observation",
    Issue: Issue = "issue",
    IssueLink: IssueLink = "issue_link",
    Comment: Comment = "comment",
    Commitment: Commitment = "commitment",
    LiveCall: LiveCall = "live_call",
    SeatNote: SeatNote = "seat_note",
    Listening: Listening = "listening",
    Unmasking: Unmasking = "unmasking",
    Hold: Hold = "hold",
    Purge: Purge = "purge",
    WorkspaceSettings: WorkspaceSettingsRecord = "workspace_settings",
    PersonSettings: PersonSettingsRecord = "person_settings",
    DeviceSettings: DeviceSettingsRecord = "device_settings",
}

impl EntityKind {
    /// Whether its records are settings: nothing anybody heard, said or did.
    pub const fn holds_settings(self) -> bool {
        matches!(
            self,
            Self::WorkspaceSettings | Self::PersonSettings | Self::DeviceSettings
        )
    }
}

impl Record {
    /// Which kind of record this is.
    pub fn kind(&self) -> EntityKind {
        fn of<T: Kept>(_: &T) -> EntityKind {
            T::KIND
        }
        by_record!(self, r => of(r))
    }

    /// Its id, whatever its type.
    pub fn uuid(&self) -> Uuid {
        by_record!(self, r => r.uuid())
    }

    /// The common columns.
    pub fn meta(&self) -> &Meta {
        by_record!(self, r => &r.meta)
    }

    /// The common columns, to change.
    pub fn meta_mut(&mut self) -> &mut Meta {
        by_record!(self, r => &mut r.meta)
    }

    /// The records it names, field by field.
    pub fn named(&self) -> Vec<NamedBy> {
        by_record!(self, r => r.named())
    }

    /// Whether its fields go with each other.
    pub(crate) fn fits_together(&self) -> Result<(), Unfit> {
        by_record!(self, r => r.fits())
    }

    /// The record as a flat JSON object.
    pub fn to_fields(&self) -> Map<String, Value> {
        let value = by_record!(self, r => serde_json::to_value(r));
        match value {
            Ok(Value::Object(map)) => map,
            // Records are structs of plain values with string keys: they always become objects.
            _ => unreachable!("a record serialises to an object"),
        }
    }

    /// A record from its flat JSON object.
    pub fn from_fields(
        kind: EntityKind,
        fields: Map<String, Value>,
    ) -> Result<Self, serde_json::Error> {
        let fields = Value::Object(fields);
        by_kind!(kind, T => serde_json::from_value::<T>(fields).map(Self::from))
    }
}
