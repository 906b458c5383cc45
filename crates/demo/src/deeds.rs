//! What the people of the story do, each in their own name.

use crate::calls::Call;
use crate::clock::StoryClock;
use crate::story::{
    CaseStory, Deed, Edit, IssueStory, Listen, MarkStory, SessionStory, Step, does_not_fit, story,
};
use crate::timeline::LAG_MS;
use qinting_desk::*;
use qinting_domain::*;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::path::Path;

/// Everybody, and what they have made so far, by the names the story calls it.
pub(crate) struct Cast<'a> {
    at_desk: &'a AtDesk,
    clock: &'a StoryClock,
    people: HashMap<&'a str, PersonId>,
    cases: HashMap<String, Case>,
    contacts: HashMap<String, Contact>,
    recordings: HashMap<String, Recording>,
    marks: HashMap<&'a str, Observation>,
    issues: HashMap<&'a str, IssueId>,
    session: Option<SessionId>,
}

fn known<'m, K, V>(map: &'m HashMap<K, V>, key: &str) -> AppResult<&'m V>
where
    K: std::borrow::Borrow<str> + std::hash::Hash + Eq,
{
    map.get(key)
        .ok_or_else(|| does_not_fit(format!("nothing is called {key}")))
}

impl<'a> Cast<'a> {
    pub fn new(at_desk: &'a AtDesk, clock: &'a StoryClock) -> Self {
        Self {
            at_desk,
            clock,
            people: HashMap::new(),
            cases: HashMap::new(),
            contacts: HashMap::new(),
            recordings: HashMap::new(),
            marks: HashMap::new(),
            issues: HashMap::new(),
            session: None,
        }
    }

    /// A person of the story, who acts.
    pub fn at_desk_of(&self, who: &str) -> AppResult<AtDesk> {
        let person = *known(&self.people, who)?;
        Ok(AtDesk::new(self.at_desk.desk().clone(), person))
    }

    /// The tag of that name.
    pub fn tag(&self, name: &str) -> AppResult<Tag> {
        self.at_desk
            .list_tags(())?
            .into_iter()
            .find(|t| t.name == name)
            .ok_or_else(|| does_not_fit(format!("no tag {name}")))
    }

    /// The case a call became.
    pub fn case(&self, call: &str) -> AppResult<CaseId> {
        Ok(known(&self.cases, call)?.id)
    }

    /// Everybody comes in. Who sits at the desk is the first of them.
    pub fn gather(&mut self) -> AppResult<()> {
        let mut everybody = story().people.iter();
        if let Some(first) = everybody.next() {
            let there = self.at_desk.list_people(())?;
            let me = there
                .iter()
                .find(|p| p.id == self.at_desk.actor())
                .ok_or_else(|| does_not_fit("nobody sits here".into()))?;
            let of_them = [
                ("name", json!(first.name)),
                ("roles", json!(first.roles)),
                ("org_unit", json!(first.org_unit)),
            ];
            self.at_desk.edit_record(RecordPatch::of(me, of_them))?;
            self.people.insert(&first.key, me.id);
        }
        for person in everybody {
            let added = self.at_desk.add_person(NewPerson {
                name: person.name.clone(),
                roles: person.roles.clone(),
                org_unit: person.org_unit.clone(),
            })?;
            self.people.insert(&person.key, added.id);
        }
        Ok(())
    }

    /// Brings a recording in and waits for it.
    pub fn bring_in(&mut self, call: &Call, file: &Path) -> AppResult<()> {
        let at_desk = self.at_desk_of(&story().codebook.by)?;
        let found = at_desk.calls_in(&[file.to_owned()], &[])?;
        let batch = at_desk.import_wait(at_desk.bring_in(found.calls)?)?;
        let taken = batch.files.into_iter().next();
        let refused = taken.as_ref().and_then(|f| f.error.clone());
        let case_id = taken
            .and_then(|f| f.case_id)
            .ok_or_else(|| AppError::from(refused.unwrap_or(ErrorNote::new(codes::INTERNAL))))?;
        let view = at_desk.get_case(case_id)?;
        let recording = view
            .recording
            .ok_or_else(|| does_not_fit("a case without sound".into()))?;
        let contact = view.contacts.into_iter().next();
        let contact = contact.ok_or_else(|| does_not_fit("a case without a contact".into()))?;
        self.contacts.insert(call.id.clone(), contact);
        self.cases.insert(call.id.clone(), view.case);
        self.recordings.insert(call.id.clone(), recording);
        Ok(())
    }

    /// Writes down what is known about a call.
    pub fn describe(&mut self, case: &CaseStory) -> AppResult<()> {
        let at_desk = self.at_desk_of(&story().codebook.by)?;
        let of_case = RecordPatch::of(known(&self.cases, &case.call)?, case.facts.clone());
        at_desk.edit_record(of_case)?;
        let mut fields = case.contact.clone();
        fields.insert("began_at".into(), self.clock.time_of(case.called).into());
        let contact = known(&self.contacts, &case.call)?;
        at_desk
            .edit_record(RecordPatch::of(contact, fields))
            .map(drop)
    }

    /// Plans the session.
    pub fn plan(&mut self, session: &SessionStory) -> AppResult<()> {
        let people = session.people.iter();
        let people: AppResult<Vec<PersonId>> = people
            .map(|who| known(&self.people, who).copied())
            .collect();
        let cases: AppResult<Vec<CaseId>> = session.calls.iter().map(|c| self.case(c)).collect();
        let row = self.at_desk_of(&session.by)?.add_session(NewSession {
            title: session.title.clone(),
            theme: session.theme.clone(),
            question: session.question.clone(),
            place: session.place.clone(),
            starts_at: Some(self.clock.time_of(session.starts)),
            facilitator_id: Some(*known(&self.people, &session.facilitator)?),
            people: people?,
            cases: cases?,
        })?;
        self.session = Some(row.session.id);
        Ok(())
    }

    /// Presses the key.
    pub fn mark(&mut self, listen: &Listen, mark: &'a MarkStory, heard: Span) -> AppResult<()> {
        let tags: AppResult<Vec<TagId>> = mark
            .tags
            .iter()
            .map(|name| Ok(self.tag(name)?.id))
            .collect();
        let recording = known(&self.recordings, &listen.call)?.id;
        let at_ms = heard.end_ms + u64::from(LAG_MS);
        let view = self.at_desk_of(&mark.by)?.mark(MarkRequest {
            lag_ms: Some(LAG_MS),
            kind: Some(mark.kind),
            tags: tags?,
            range: Some(heard),
            session_id: self.session.filter(|_| listen.in_session),
            ..MarkRequest::at(recording, at_ms)
        })?;
        self.marks.insert(&mark.key, view.observation);
        Ok(())
    }

    /// Writes down what was heard.
    pub fn note(&mut self, mark: &MarkStory) -> AppResult<()> {
        let made = known(&self.marks, &mark.key)?;
        let heard = [
            ("axis", json!(mark.axis)),
            ("text", json!(mark.text)),
            ("severity", json!(mark.severity)),
        ];
        self.at_desk_of(&mark.by)?
            .edit_record(RecordPatch::of(made, heard))
            .map(drop)
    }

    /// Everybody who listened has heard the call to its end.
    pub fn hear_out(&self, listen: &Listen) -> AppResult<()> {
        let recording = known(&self.recordings, &listen.call)?;
        for who in &listen.people {
            let at_desk = self.at_desk_of(who)?;
            let opened = at_desk.player_open(OpenPlayer {
                case_id: recording.case_id,
                at_ms: Some(recording.duration_ms),
            });
            match opened {
                // A host without a player keeps no places.
                Err(e) if e.code() == codes::AUDIO_NO_DEVICE => return Ok(()),
                other => other.map(drop)?,
            }
            at_desk.player_play(Some(0))?;
            at_desk.desk().keep_heard();
        }
        Ok(())
    }

    /// Files an issue.
    pub fn file(&mut self, issue: &'a IssueStory) -> AppResult<()> {
        let row = self.at_desk_of(&issue.by)?.create_issue(NewIssue {
            title: issue.title.clone(),
            statement: issue.statement.clone(),
            business_line: issue.business_line.clone(),
            urgency: issue.urgency,
            difficulty: issue.difficulty,
            observation_ids: self.observations(&issue.rests_on)?,
        })?;
        self.issues.insert(&issue.key, row.issue.id);
        Ok(())
    }

    /// What happens to an issue later.
    pub fn go_on(&self, issue: &IssueStory, step: &Step) -> AppResult<()> {
        let at_desk = self.at_desk_of(&step.by)?;
        let id = *known(&self.issues, &issue.key)?;
        let rev = || AppResult::Ok(at_desk.get_issue(id)?.row.issue.meta.rev);
        match &step.deed {
            Deed::Edit(edit) => at_desk
                .edit_record(RecordPatch::of(
                    &at_desk.get_issue(id)?.row.issue,
                    self.fields(edit)?,
                ))
                .map(drop),
            Deed::Move { to, reason } => at_desk
                .change_status(StatusChange {
                    id,
                    rev: rev()?,
                    status: *to,
                    reason: reason.clone(),
                })
                .map(drop),
            Deed::Comment(text) => at_desk
                .add_record(NewRecord::of(
                    EntityKind::Comment,
                    [("issue_id", json!(id)), ("text", json!(text))],
                ))
                .map(drop),
            Deed::Attach { marks, relation } => at_desk
                .attach_evidence(AttachRequest {
                    issue_id: id,
                    observation_ids: self.observations(marks)?,
                    relation: *relation,
                })
                .map(drop),
            Deed::MergeInto(other) => at_desk
                .merge_issues(IssueMerge {
                    from: id,
                    into: *known(&self.issues, other)?,
                })
                .map(drop),
        }
    }

    fn observations(&self, marks: &[String]) -> AppResult<Vec<ObservationId>> {
        let ids = marks.iter().map(|key| Ok(known(&self.marks, key)?.id));
        ids.collect()
    }

    fn fields(&self, edit: &Edit) -> AppResult<Map<String, Value>> {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        let text = |value: &Option<String>| value.clone().map(Value::from);
        put("external_owner", text(&edit.external_owner));
        put("statement", text(&edit.statement));
        put("root_cause", text(&edit.root_cause));
        put(
            "due",
            edit.due_in_days.map(|d| self.clock.due_day(d).into()),
        );
        if let Some(who) = &edit.owner {
            put(
                "owner_id",
                Some(known(&self.people, who)?.to_string().into()),
            );
        }
        Ok(fields)
    }
}
