//! Records as one kind of thing, so that history, undo and storage treat them alike.

use crate::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use uuid::Uuid;

/// What kind of record a change touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is the record of the same name")]
pub enum EntityKind {
    Person,
    Tag,
    Case,
    Recording,
    Segment,
    Observation,
    Issue,
    IssueLink,
    Comment,
    Session,
    LiveCall,
    SeatNote,
    Settings,
}

impl EntityKind {
    /// All of them; what others rest on comes first.
    pub const ALL: [Self; 13] = [
        Self::Person,
        Self::Tag,
        Self::Case,
        Self::Recording,
        Self::Segment,
        Self::Session,
        Self::Observation,
        Self::Issue,
        Self::IssueLink,
        Self::Comment,
        Self::LiveCall,
        Self::SeatNote,
        Self::Settings,
    ];

    /// Name in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Tag => "tag",
            Self::Case => "case",
            Self::Recording => "recording",
            Self::Segment => "segment",
            Self::Observation => "observation",
            Self::Issue => "issue",
            Self::IssueLink => "issue_link",
            Self::Comment => "comment",
            Self::Session => "session",
            Self::LiveCall => "live_call",
            Self::SeatNote => "seat_note",
            Self::Settings => "settings",
        }
    }
}

/// The settings of a workspace as a record, so that changing them leaves a trace too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingsRecord {
    /// Always [`SETTINGS_ID`].
    pub id: Uuid,
    /// The values.
    #[serde(flatten)]
    pub values: Settings,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// Identity of the one settings record.
pub const SETTINGS_ID: Uuid = Uuid::from_u128(1);

/// Any record that is kept with history.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    missing_docs,
    reason = "each variant holds the record of the same name"
)]
pub enum Record {
    Person(Person),
    Tag(Tag),
    Case(Case),
    Recording(Recording),
    Segment(Segment),
    Observation(Observation),
    Issue(Issue),
    IssueLink(IssueLink),
    Comment(Comment),
    Session(ListeningSession),
    LiveCall(LiveCall),
    SeatNote(SeatNote),
    Settings(SettingsRecord),
}

/// Runs one expression for whichever record is inside.
macro_rules! each {
    ($record:expr, $inner:ident => $body:expr) => {
        match $record {
            Record::Person($inner) => $body,
            Record::Tag($inner) => $body,
            Record::Case($inner) => $body,
            Record::Recording($inner) => $body,
            Record::Segment($inner) => $body,
            Record::Observation($inner) => $body,
            Record::Issue($inner) => $body,
            Record::IssueLink($inner) => $body,
            Record::Comment($inner) => $body,
            Record::Session($inner) => $body,
            Record::LiveCall($inner) => $body,
            Record::SeatNote($inner) => $body,
            Record::Settings($inner) => $body,
        }
    };
}

impl Record {
    /// Which kind of record this is.
    pub fn kind(&self) -> EntityKind {
        match self {
            Self::Person(_) => EntityKind::Person,
            Self::Tag(_) => EntityKind::Tag,
            Self::Case(_) => EntityKind::Case,
            Self::Recording(_) => EntityKind::Recording,
            Self::Segment(_) => EntityKind::Segment,
            Self::Observation(_) => EntityKind::Observation,
            Self::Issue(_) => EntityKind::Issue,
            Self::IssueLink(_) => EntityKind::IssueLink,
            Self::Comment(_) => EntityKind::Comment,
            Self::Session(_) => EntityKind::Session,
            Self::LiveCall(_) => EntityKind::LiveCall,
            Self::SeatNote(_) => EntityKind::SeatNote,
            Self::Settings(_) => EntityKind::Settings,
        }
    }

    /// Its id, whatever its type.
    pub fn uuid(&self) -> Uuid {
        match self {
            Self::Person(r) => r.id.0,
            Self::Tag(r) => r.id.0,
            Self::Case(r) => r.id.0,
            Self::Recording(r) => r.id.0,
            Self::Segment(r) => r.id.0,
            Self::Observation(r) => r.id.0,
            Self::Issue(r) => r.id.0,
            Self::IssueLink(r) => r.id.0,
            Self::Comment(r) => r.id.0,
            Self::Session(r) => r.id.0,
            Self::LiveCall(r) => r.id.0,
            Self::SeatNote(r) => r.id.0,
            Self::Settings(r) => r.id,
        }
    }

    /// The common columns.
    pub fn meta(&self) -> &Meta {
        each!(self, r => &r.meta)
    }

    /// The common columns, to change.
    pub fn meta_mut(&mut self) -> &mut Meta {
        each!(self, r => &mut r.meta)
    }

    /// The record as a flat JSON object.
    pub fn to_fields(&self) -> Map<String, Value> {
        let value = each!(self, r => serde_json::to_value(r));
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
        let v = Value::Object(fields);
        Ok(match kind {
            EntityKind::Person => Self::Person(serde_json::from_value(v)?),
            EntityKind::Tag => Self::Tag(serde_json::from_value(v)?),
            EntityKind::Case => Self::Case(serde_json::from_value(v)?),
            EntityKind::Recording => Self::Recording(serde_json::from_value(v)?),
            EntityKind::Segment => Self::Segment(serde_json::from_value(v)?),
            EntityKind::Observation => Self::Observation(serde_json::from_value(v)?),
            EntityKind::Issue => Self::Issue(serde_json::from_value(v)?),
            EntityKind::IssueLink => Self::IssueLink(serde_json::from_value(v)?),
            EntityKind::Comment => Self::Comment(serde_json::from_value(v)?),
            EntityKind::Session => Self::Session(serde_json::from_value(v)?),
            EntityKind::LiveCall => Self::LiveCall(serde_json::from_value(v)?),
            EntityKind::SeatNote => Self::SeatNote(serde_json::from_value(v)?),
            EntityKind::Settings => Self::Settings(serde_json::from_value(v)?),
        })
    }
}

macro_rules! into_record {
    ($($name:ident),+) => {$(
        impl From<$name> for Record {
            fn from(r: $name) -> Self {
                Self::$name(r)
            }
        }
    )+};
}
into_record!(
    Person,
    Tag,
    Case,
    Recording,
    Segment,
    Observation,
    Issue,
    IssueLink,
    Comment,
    LiveCall,
    SeatNote
);

impl From<ListeningSession> for Record {
    fn from(r: ListeningSession) -> Self {
        Self::Session(r)
    }
}

impl From<SettingsRecord> for Record {
    fn from(r: SettingsRecord) -> Self {
        Self::Settings(r)
    }
}
