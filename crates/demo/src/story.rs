//! The story as data. Everything in `story/*.json` ends up here, typed.

use crate::clock::Moment;
use qinting_desk::{AppError, codes};
use qinting_domain::{Axis, EvidenceRelation, IssueStatus, ObservationKind, Roles, TagColour};
use serde::Deserialize;
use std::sync::LazyLock;

/// All of it.
pub(crate) struct Story {
    /// When the workspace was set up: before anything else.
    pub begins: Moment,
    pub people: Vec<Character>,
    pub codebook: Codebook,
    pub cases: Vec<CaseStory>,
    pub session: SessionStory,
    pub listens: Vec<Listen>,
    pub issues: Vec<IssueStory>,
}

/// Somebody. The first one is who sits at the window.
#[derive(Deserialize)]
pub(crate) struct Character {
    pub key: String,
    pub name: String,
    pub roles: Roles,
    pub org_unit: String,
}

/// What is added to the starter codebook.
#[derive(Deserialize)]
pub(crate) struct Codebook {
    pub by: String,
    pub when: Moment,
    pub new: Vec<NewCode>,
    pub defined: Vec<Defined>,
}

/// A tag the people made themselves.
#[derive(Deserialize)]
pub(crate) struct NewCode {
    pub name: String,
    pub parent: String,
    pub colour: TagColour,
    pub definition: String,
}

/// A starter tag they agreed on the meaning of.
#[derive(Deserialize)]
pub(crate) struct Defined {
    pub name: String,
    pub definition: String,
}

/// A call as a case.
#[derive(Deserialize)]
pub(crate) struct CaseStory {
    /// Id of the call.
    pub call: String,
    /// When the recording was brought in.
    pub brought_in: Moment,
    /// When the call began.
    pub called: Moment,
    /// Fields of the case.
    pub facts: serde_json::Map<String, serde_json::Value>,
    /// Fields of its contact.
    pub contact: serde_json::Map<String, serde_json::Value>,
}

/// The listening session.
#[derive(Deserialize)]
pub(crate) struct SessionStory {
    pub by: String,
    /// When it was planned.
    pub when: Moment,
    pub title: String,
    pub theme: String,
    pub question: String,
    pub place: String,
    pub starts: Moment,
    pub facilitator: String,
    pub people: Vec<String>,
    /// Ids of calls, in order.
    pub calls: Vec<String>,
}

/// Some people listen to a call from its beginning.
#[derive(Deserialize)]
pub(crate) struct Listen {
    pub call: String,
    /// When play was pressed.
    pub when: Moment,
    /// Inside the session.
    #[serde(default)]
    pub in_session: bool,
    pub people: Vec<String>,
    pub marks: Vec<MarkStory>,
}

/// One marked moment.
#[derive(Deserialize)]
pub(crate) struct MarkStory {
    pub key: String,
    pub by: String,
    /// Part of the line it begins with.
    pub from: String,
    /// Part of the line it ends with; the same line when absent.
    pub to: Option<String>,
    pub kind: ObservationKind,
    pub axis: Axis,
    pub severity: u8,
    pub tags: Vec<String>,
    /// What they wrote; some only pressed the key.
    #[serde(default)]
    pub text: String,
}

/// One issue from the day it was filed.
#[derive(Deserialize)]
pub(crate) struct IssueStory {
    pub key: String,
    pub by: String,
    pub when: Moment,
    pub title: String,
    pub statement: String,
    pub business_line: String,
    pub urgency: u8,
    pub difficulty: u8,
    /// Keys of marks.
    pub rests_on: Vec<String>,
    pub then: Vec<Step>,
}

/// One thing that happened to an issue later.
#[derive(Deserialize)]
pub(crate) struct Step {
    pub by: String,
    pub when: Moment,
    #[serde(flatten)]
    pub deed: Deed,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    Edit(Edit),
    Move {
        to: IssueStatus,
        #[serde(default)]
        reason: String,
    },
    Comment(String),
    Attach {
        marks: Vec<String>,
        #[serde(rename = "as")]
        relation: Option<EvidenceRelation>,
    },
    /// Key of the issue that takes over.
    MergeInto(String),
}

/// New values for an issue.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Edit {
    pub owner: Option<String>,
    pub external_owner: Option<String>,
    pub statement: Option<String>,
    pub root_cause: Option<String>,
    /// Days after the day of telling; negative is overdue.
    pub due_in_days: Option<i64>,
}

impl Story {
    /// Title of the case a call becomes.
    pub(crate) fn title_of(&self, call: &str) -> &str {
        self.cases
            .iter()
            .find(|c| c.call == call)
            .and_then(|c| c.facts.get("title")?.as_str())
            .unwrap_or_default()
    }
}

fn read<T: serde::de::DeserializeOwned>(written: &str) -> T {
    serde_json::from_str(written).expect("embedded, and read by every test of this crate")
}

/// The story.
pub(crate) fn story() -> &'static Story {
    static STORY: LazyLock<Story> = LazyLock::new(|| {
        let codebook: Codebook = read(include_str!("../story/codebook.json"));
        Story {
            begins: codebook.when,
            people: read(include_str!("../story/people.json")),
            codebook,
            cases: read(include_str!("../story/cases.json")),
            session: read(include_str!("../story/session.json")),
            listens: read(include_str!("../story/listens.json")),
            issues: read(include_str!("../story/issues.json")),
        }
    });
    &STORY
}

/// Something in the story that does not fit the calls; the tests of this crate find it first.
pub(crate) fn does_not_fit(what: String) -> AppError {
    AppError::new(codes::INTERNAL).because(what)
}
