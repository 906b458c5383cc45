//! Findings with what belongs together looked up once.

use crate::labels;
use qinting_app::{Findings, ObservationView};
use qinting_domain::*;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Findings and their look-ups.
pub(crate) struct Book<'a> {
    pub findings: &'a Findings,
    cases: HashMap<CaseId, &'a Case>,
    contacts: HashMap<CaseId, Vec<&'a Contact>>,
    observations: HashMap<ObservationId, &'a ObservationView>,
    tags: HashMap<TagId, &'a Tag>,
    people: HashMap<PersonId, &'a Person>,
    sessions: HashMap<SessionId, &'a ListeningSession>,
    without_sound: HashSet<RecordingId>,
    gaps: HashMap<RecordingId, &'a [CaptureGap]>,
}

impl<'a> Book<'a> {
    pub fn new(findings: &'a Findings) -> Self {
        Self {
            findings,
            cases: findings.cases.iter().map(|c| (c.id, c)).collect(),
            contacts: by_case(&findings.contacts),
            observations: findings
                .observations
                .iter()
                .map(|o| (o.observation.id, o))
                .collect(),
            tags: findings.tags.iter().map(|t| (t.id, t)).collect(),
            people: findings.people.iter().map(|p| (p.id, p)).collect(),
            sessions: findings.sessions.iter().map(|s| (s.id, s)).collect(),
            without_sound: findings.without_sound.iter().copied().collect(),
            gaps: findings
                .sound
                .iter()
                .map(|s| (s.recording_id, s.gaps.as_slice()))
                .collect(),
        }
    }

    pub fn case(&self, id: CaseId) -> Option<&'a Case> {
        self.cases.get(&id).copied()
    }

    /// Contacts of a case, the first first.
    pub fn contacts(&self, case: CaseId) -> &[&'a Contact] {
        self.contacts.get(&case).map_or(&[], Vec::as_slice)
    }

    pub fn observation(&self, id: ObservationId) -> Option<&'a ObservationView> {
        self.observations.get(&id).copied()
    }

    /// Name of a person; empty when the export does not carry them.
    pub fn person(&self, id: PersonId) -> &'a str {
        self.people.get(&id).map_or("", |p| &p.name)
    }

    /// What a record is called that another one refers to.
    pub fn name(&self, kind: EntityKind, id: Uuid) -> String {
        match kind {
            EntityKind::Person => self.person(PersonId(id)).to_owned(),
            _ => String::new(),
        }
    }

    /// Whether there is anything to hear behind a moment's times.
    pub fn has_sound(&self, recording: RecordingId) -> bool {
        !self.without_sound.contains(&recording)
    }

    /// How much of a moment has no sound, on any lane, in milliseconds.
    pub fn silent_ms(&self, o: &Observation) -> u64 {
        let gaps = self.gaps.get(&o.recording_id).copied().unwrap_or_default();
        let mut spans: Vec<(u64, u64)> = gaps
            .iter()
            .map(|g| (g.start_ms, g.end_ms.unwrap_or(o.end_ms)))
            .collect();
        spans.sort_unstable();
        let mut counted_to = o.start_ms;
        let mut silent_ms = 0;
        for (start, end) in spans {
            let (start, end) = (start.max(counted_to), end.min(o.end_ms));
            if start < end {
                silent_ms += end - start;
                counted_to = end;
            }
        }
        silent_ms
    }

    /// Said of a moment that cannot be heard, or not all of it.
    pub fn sound_note(&self, o: &Observation) -> Option<String> {
        if !self.has_sound(o.recording_id) {
            return Some(labels::WITHOUT_SOUND.to_owned());
        }
        match self.silent_ms(o) {
            0 => None,
            ms => Some(labels::partly_without_sound(ms)),
        }
    }

    /// Title of the session an observation was marked in, if it was and the session is there.
    pub fn session(&self, o: &Observation) -> Option<&'a str> {
        let session = self.sessions.get(&o.session_id?)?;
        Some(&session.title)
    }

    /// Names of tags as they count today: a merged tag under the one that took over, each once.
    pub fn tag_names(&self, ids: &[TagId]) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        ids.iter()
            .filter_map(|id| self.standing_tag(*id))
            .filter(|t| seen.insert(t.id))
            .map(|t| t.name.as_str())
            .collect()
    }

    fn standing_tag(&self, id: TagId) -> Option<&'a Tag> {
        let mut tag = *self.tags.get(&id)?;
        // A chain of merges is never longer than the codebook; a ring would be a fault elsewhere.
        for _ in 0..self.tags.len() {
            match tag.status {
                TagStatus::MergedInto(next) => tag = self.tags.get(&next)?,
                _ => break,
            }
        }
        Some(tag)
    }

    /// Moments an issue rests on, in the order they were filed.
    pub fn evidence(&self, issue: IssueId) -> Vec<(&'a IssueLink, &'a ObservationView)> {
        let mut links: Vec<_> = self
            .findings
            .links
            .iter()
            .filter(|l| l.issue_id == issue)
            .filter_map(|l| Some((l, self.observation(l.observation_id)?)))
            .collect();
        links.sort_by_key(|(l, _)| (l.meta.created_at, l.id));
        links
    }

    /// Number of an issue in this export.
    pub fn issue_number(&self, id: IssueId) -> Option<u32> {
        self.findings
            .issues
            .iter()
            .find(|r| r.issue.id == id)
            .map(|r| r.issue.number)
    }
}

fn by_case(contacts: &[Contact]) -> HashMap<CaseId, Vec<&Contact>> {
    let mut by_case: HashMap<_, Vec<_>> = HashMap::new();
    for contact in contacts {
        by_case.entry(contact.case_id).or_default().push(contact);
    }
    by_case
}
