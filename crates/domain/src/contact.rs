//! 接触: one interaction with a customer in a case, with its own times and people. A case has one or several.

use crate::{CaseId, ContactId, Direction, HandledBy, Meta, Unfit, UnixMs, id_of};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod shown;
mod source;
mod told;

pub use shown::*;
pub use source::*;
pub use told::*;

/// What kind of interaction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// 电话
    Phone,
    /// 在线会话
    Chat,
}

/// One interaction. Nothing is guessed: what is not known is empty.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(plain, fits)]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// The case it is part of.
    #[field(belongs(Case), under, given)]
    pub case_id: CaseId,
    /// Phone or chat.
    #[field(edit)]
    pub kind: ContactKind,
    /// Its id in the system it came from.
    #[field(line, edit, personal)]
    pub external_id: String,
    /// When it began, if known.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub began_at: Option<UnixMs>,
    /// When somebody answered, if known.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub answered_at: Option<UnixMs>,
    /// When it ended, if known.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub ended_at: Option<UnixMs>,
    /// How long the customer waited for somebody. What a source says of it is kept as it says it, whatever the times are.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub wait_ms: Option<u64>,
    /// How long they spoke.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub talk_ms: Option<u64>,
    /// How long the customer was kept on hold, all times together.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub hold_ms: Option<u64>,
    /// How often it was transferred.
    #[field(edit)]
    pub transfers: Option<u32>,
    /// Who called whom.
    #[field(edit)]
    pub direction: Option<Direction>,
    /// 坐席 name or number.
    #[field(line, edit, personal)]
    pub agent: String,
    /// Customer as shown (may be masked by the source).
    #[field(line, edit, personal)]
    pub customer: String,
    /// The customer's number.
    #[field(line, edit, personal)]
    pub number: String,
    /// 热线: the company's number that was dialled, or called from.
    #[field(line, edit)]
    pub line: String,
    /// 技能组 / queue.
    #[field(line, edit)]
    pub queue: String,
    /// 小结 / wrap-up code.
    #[field(line, edit)]
    pub disposition: String,
    /// 满意度 as the source words it: "5", "满意".
    #[field(line, edit)]
    pub csat: String,
    /// Who dealt with it.
    #[field(edit)]
    pub handled_by: Option<HandledBy>,
    /// The external id of the contact before it.
    #[field(line, edit, personal)]
    pub previous_id: String,
    /// 合法性基础: on what its recording was brought in, in a person's words: 同意, 合同所必需. Empty: not stated.
    #[field(line, edit)]
    pub basis: String,
    /// 告知: what the customer was told of it, which words and which version. Empty: not stated.
    #[field(line, edit)]
    pub notice: String,
    /// Everything a source said of it, whether or not it stands in a field of its own.
    #[field(object, personal)]
    pub facts: SourceFacts,
    /// What the last import said of the fields of this contact and its case.
    #[field(object, personal)]
    pub told: Told,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Contact {
    /// A call of which nothing is known yet.
    pub fn phone(id: ContactId, case_id: CaseId, meta: Meta) -> Self {
        Self {
            id,
            case_id,
            kind: ContactKind::Phone,
            external_id: String::new(),
            began_at: None,
            answered_at: None,
            ended_at: None,
            wait_ms: None,
            talk_ms: None,
            hold_ms: None,
            transfers: None,
            direction: None,
            agent: String::new(),
            customer: String::new(),
            number: String::new(),
            line: String::new(),
            queue: String::new(),
            disposition: String::new(),
            csat: String::new(),
            handled_by: None,
            previous_id: String::new(),
            basis: String::new(),
            notice: String::new(),
            facts: SourceFacts::default(),
            told: Told::default(),
            meta,
        }
    }

    /// What its case is found by, besides what stands in [`Contact::facts`].
    pub fn words(&self) -> [&str; 8] {
        [
            &self.agent,
            &self.customer,
            &self.queue,
            &self.disposition,
            &self.csat,
            &self.line,
            &self.external_id,
            &self.number,
        ]
    }

    /// It ends when it began at the earliest, and was answered between the two.
    fn fits(&self) -> Result<(), Unfit> {
        let in_order = |earlier: Option<UnixMs>, later: Option<UnixMs>| {
            earlier.zip(later).is_none_or(|(a, b)| a <= b)
        };
        if !in_order(self.began_at, self.ended_at) {
            return Err(Unfit::of("ended_at"));
        }
        let is_between =
            in_order(self.began_at, self.answered_at) && in_order(self.answered_at, self.ended_at);
        match is_between {
            true => Ok(()),
            false => Err(Unfit::of("answered_at")),
        }
    }
}

impl ContactId {
    /// The id of the one contact of a case from before there were contacts: the same in every copy.
    pub fn only_of(case: CaseId) -> Self {
        Self(id_of([b"contact", &case.0.as_bytes()[..]]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PersonId;
    use rstest::rstest;
    use uuid::Uuid;

    #[rstest]
    #[case::nothing_is_known([None, None, None], Ok(()))]
    #[case::it_goes_on([Some(5), Some(6), None], Ok(()))]
    #[case::only_its_end_is_known([None, None, Some(5)], Ok(()))]
    #[case::at_once([Some(5), Some(5), Some(5)], Ok(()))]
    #[case::backwards([Some(5), None, Some(4)], Err("ended_at"))]
    #[case::answered_before_it_began([Some(5), Some(4), None], Err("answered_at"))]
    #[case::answered_after_it_ended([None, Some(6), Some(5)], Err("answered_at"))]
    fn the_times_of_a_contact_stand_in_their_order(
        #[case] times: [Option<UnixMs>; 3],
        #[case] said: Result<(), &str>,
    ) {
        let [began_at, answered_at, ended_at] = times;
        let one = Uuid::from_u128(1);
        let contact = Contact {
            began_at,
            answered_at,
            ended_at,
            ..Contact::phone(ContactId(one), CaseId(one), Meta::new(1, PersonId(one)))
        };
        assert_eq!(contact.fits(), said.map_err(Unfit::of));
    }
}
