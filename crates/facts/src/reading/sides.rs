//! Who called and who was called, turned into the customer's number and our line.

use qinting_domain::{
    ContactFacts, Direction, FactFault, FactFaultCode, FactKey, FactValue, PhoneNumber,
};

/// The two numbers of a call.
#[derive(Default)]
pub(super) struct Sides {
    pub caller: Option<String>,
    pub callee: Option<String>,
}

impl Sides {
    /// Puts each where it belongs, unless a column of its own said so already. A call whose direction is not told
    /// gets it from the line that is ours; without one, neither number is taken, and that is told.
    pub fn turn(self, facts: &mut ContactFacts, own_lines: &[String]) {
        if self.caller.is_none() && self.callee.is_none() {
            return;
        }
        let direction = facts.direction().or_else(|| self.by_own(own_lines));
        let (number, line) = match direction {
            Some(Direction::Inbound) => (self.caller, self.callee),
            Some(Direction::Outbound) => (self.callee, self.caller),
            // Both are ours.
            Some(Direction::Internal) => return,
            None => {
                if !facts.known.contains_key(&FactKey::Number) {
                    let [caller, callee] =
                        [self.caller, self.callee].map(Option::unwrap_or_default);
                    let both = format!("{caller} → {callee}");
                    let code = FactFaultCode::SidesUnknown;
                    facts
                        .faults
                        .push(FactFault::new(FactKey::Number, &both, code));
                }
                return;
            }
        };
        for (key, said) in [(FactKey::Number, number), (FactKey::Line, line)] {
            if let Some(said) = said {
                facts.known.entry(key).or_insert(FactValue::Text(said));
            }
        }
        if let Some(direction) = direction {
            let value = FactValue::Direction(direction);
            facts.known.entry(FactKey::Direction).or_insert(value);
        }
    }

    fn by_own(&self, own_lines: &[String]) -> Option<Direction> {
        let is_own = |said: &Option<String>| {
            let said = said.as_deref().and_then(PhoneNumber::read);
            said.is_some_and(|said| {
                own_lines
                    .iter()
                    .filter_map(|own| PhoneNumber::read(own))
                    .any(|own| own.may_be(&said))
            })
        };
        match (is_own(&self.caller), is_own(&self.callee)) {
            (false, true) => Some(Direction::Inbound),
            (true, false) => Some(Direction::Outbound),
            (true, true) => Some(Direction::Internal),
            (false, false) => None,
        }
    }
}
