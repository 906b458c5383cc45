//! 接触: one interaction with a customer in a case, with its own times and people. A case has one or several.

use crate::{CaseId, ContactId, Meta, Unfit, UnixMs, id_of};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// When it began, if known.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub began_at: Option<UnixMs>,
    /// When it ended, if known.
    #[ts(type = "number | null")]
    #[field(edit)]
    pub ended_at: Option<UnixMs>,
    /// 坐席 name or number.
    #[field(line, edit, personal)]
    pub agent: String,
    /// Customer as shown (may be masked by the source).
    #[field(line, edit, personal)]
    pub customer: String,
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
            began_at: None,
            ended_at: None,
            agent: String::new(),
            customer: String::new(),
            meta,
        }
    }

    /// It does not end before it begins.
    fn fits(&self) -> Result<(), Unfit> {
        match self.began_at.zip(self.ended_at) {
            Some((began, ended)) if ended < began => Err(Unfit::of("ended_at")),
            _ => Ok(()),
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
    #[case::nothing_is_known(None, None, Ok(()))]
    #[case::it_goes_on(Some(5), None, Ok(()))]
    #[case::only_its_end_is_known(None, Some(5), Ok(()))]
    #[case::at_once(Some(5), Some(5), Ok(()))]
    #[case::backwards(Some(5), Some(4), Err("ended_at"))]
    fn a_contact_does_not_end_before_it_begins(
        #[case] began_at: Option<UnixMs>,
        #[case] ended_at: Option<UnixMs>,
        #[case] said: Result<(), &str>,
    ) {
        let one = Uuid::from_u128(1);
        let contact = Contact {
            began_at,
            ended_at,
            ..Contact::phone(ContactId(one), CaseId(one), Meta::new(1, PersonId(one)))
        };
        assert_eq!(contact.fits(), said.map_err(Unfit::of));
    }
}
