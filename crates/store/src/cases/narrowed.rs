//! What the library is narrowed by, as one condition over its index.

use qinting_app::CaseQuery;
use qinting_domain::text::match_query;
use qinting_domain::{CaseFact, CaseFilter, CaseState};
use rusqlite::types::Value;

/// A condition over `library l`, and the values it asks for in their order. Nothing of a value stands in its words.
pub(super) struct Narrowed {
    pub condition: String,
    pub values: Vec<Value>,
}

impl Narrowed {
    /// By a query, apart from what it says of one fact; none where its words find nothing by themselves.
    pub fn by(query: &CaseQuery, apart_from: Option<CaseFact>) -> Option<Self> {
        let mut narrowed = Self {
            condition: "1".to_owned(),
            values: Vec::new(),
        };
        let typed = query.text.trim();
        if !typed.is_empty() {
            let words = "l.row IN (SELECT rowid FROM case_text WHERE case_text MATCH ?)";
            narrowed.and(words, [Value::from(match_query(typed)?)]);
        }
        let counts = |filter: &&CaseFilter| apart_from.is_none() || filter.fact() != apart_from;
        for filter in query.filters.iter().filter(counts) {
            narrowed.hold_to(filter);
        }
        Some(narrowed)
    }

    fn hold_to(&mut self, filter: &CaseFilter) {
        match filter {
            CaseFilter::OneOf { fact, values } => {
                let marks = vec!["?"; values.len()].join(", ");
                let values = values.iter().cloned().map(Value::from);
                self.and(&format!("{} IN ({marks})", column(*fact)), values);
            }
            CaseFilter::Between { fact, from, to } => {
                let column = column(*fact);
                self.and(&format!("{column} IS NOT NULL"), []);
                for (way, bound) in [(">=", from), ("<=", to)] {
                    if let Some(bound) = bound {
                        self.and(&format!("{column} {way} ?"), [Value::from(*bound)]);
                    }
                }
            }
            CaseFilter::Is { state, yes } => {
                let not = if *yes { "" } else { "NOT " };
                self.and(&format!("{not}({})", came_to(*state)), []);
            }
            CaseFilter::InSession { session_id } => self.and(
                "l.row IN (SELECT c.row FROM session_case s JOIN \"case\" c ON c.id = s.case_id
                    WHERE s.session_id = ?)",
                [Value::from(session_id.0.as_bytes().to_vec())],
            ),
        }
    }

    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.condition.push_str(" AND ");
        self.condition.push_str(condition);
        self.values.extend(values);
    }
}

/// Where a fact stands in the index.
pub(super) const fn column(fact: CaseFact) -> &'static str {
    match fact {
        CaseFact::BusinessLine => "l.business_line",
        CaseFact::CustomerTier => "l.customer_tier",
        CaseFact::Kind => "l.kind",
        CaseFact::Agent => "l.agent",
        CaseFact::Line => "l.line",
        CaseFact::Queue => "l.queue",
        CaseFact::Disposition => "l.disposition",
        CaseFact::Csat => "l.csat",
        CaseFact::Direction => "l.direction",
        CaseFact::HandledBy => "l.handled_by",
        CaseFact::BeganAt => "l.began_at",
        CaseFact::Duration => "l.duration_ms",
        CaseFact::Wait => "l.wait_ms",
        CaseFact::Talk => "l.talk_ms",
        CaseFact::Hold => "l.hold_ms",
        CaseFact::Transfers => "l.transfers",
        CaseFact::Silence => "l.silence_permille",
        CaseFact::OnHold => "l.on_hold_ms",
        CaseFact::Overtalk => "l.overtalk",
        CaseFact::AgentShare => "l.agent_permille",
        CaseFact::AgentMonologue => "l.agent_monologue_ms",
        CaseFact::CustomerMonologue => "l.customer_monologue_ms",
        CaseFact::AgentResponse => "l.agent_response_ms",
        CaseFact::CustomerResponse => "l.customer_response_ms",
    }
}

/// What became of a case. What people did is counted from there, for it is less than there are cases. Where a row is kept
/// back it is NULL, and no case is outside of a set in which one stands.
const fn came_to(state: CaseState) -> &'static str {
    match state {
        CaseState::HasSound => "l.has_sound",
        CaseState::HasText => "l.has_text",
        CaseState::Marked => {
            "l.row IN (SELECT c.row FROM \"case\" c WHERE c.row IS NOT NULL AND c.id IN
                (SELECT o.case_id FROM observation o WHERE o.deleted_at IS NULL))"
        }
        CaseState::Filed => {
            "l.row IN (SELECT c.row FROM \"case\" c WHERE c.row IS NOT NULL AND c.id IN
                (SELECT o.case_id FROM observation o
                 JOIN issue_link k ON k.observation_id = o.id AND k.deleted_at IS NULL
                 JOIN issue i ON i.id = k.issue_id AND i.deleted_at IS NULL
                 WHERE o.deleted_at IS NULL))"
        }
        CaseState::Heard => {
            "l.row IN (SELECT c.row FROM \"case\" c WHERE c.row IS NOT NULL AND c.id IN
                (SELECT r.case_id FROM recording r
                 WHERE r.id IN (SELECT h.recording_id FROM listening h)))"
        }
    }
}
