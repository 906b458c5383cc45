use super::*;

/// The table, as somebody reads it who decides about it.
#[test]
fn which_role_may_do_what() {
    let letters = |action: Action| {
        Role::ALL.map(|role| match reach(role, action) {
            Reach::None => '-',
            Reach::Own => 'o',
            Reach::Any => 'x',
        })
    };
    let offered = Action::ALL.into_iter().filter(|a| a.is_offered());
    let rows: Vec<String> = offered
        .map(|a| format!("{} {}", String::from_iter(letters(a)), a.as_str()))
        .collect();
    // participant, mentor, agent, facilitator, curator, issue owner, exporter, guest, administrator
    assert_eq!(rows.join("\n"), TABLE.trim());
}

const TABLE: &str = "
---xx---x person.add
oooxxooox person.edit
--------x person.merge
---xx---x tag.add
---xx---x tag.edit
---xx---x tag.retire
---xx---x tag.restore
---xx---x tag.reorder
---xx---x tag.merge
-x-xx---x case.import
ox-xxoo-x case.edit
ox-xxoo-x cases.edit
oo-xxoo-x case.delete
oo-xxoo-x cases.delete
---xx---x case.restore
---xx---x case.hold
--------x case.release
xx-xxxx-x contact.add
ox-xxoo-x contact.edit
oo-xxoo-x contact.delete
-x-xxx--x contact.unmask
-x-xx---x facts.apply
ox-xxoo-x facts.take
--------x purge
xx-xxxx-x recording.roles
---xx---x recording.retake
xx-xxxx-x transcript.choose
xx-xxxx-x segment.edit
xx-xxxx-x speaker_change.add
xx-xxxx-x speaker_change.edit
xx-xxxx-x speaker_change.delete
---x----x session.add
---x----x session.edit
---x----x session.delete
oooxxooox observation.mark
oooxxooox observation.edit
oooxxooox observation.delete
xx-xxxx-x issue.create
xx-xxxx-x issue.attach
xx-xxxx-x issue.detach
oo-xxoo-x issue.edit
oo-xxoo-x issue.status
---xx---x issue.merge
---xx---x issue.renumber
xxoxxxx-x comment.add
xx-xxxx-x commitment.add
oo-xxoo-x commitment.edit
oo-xxoo-x commitment.delete
xxoxxxx-x live.begin
xx-xxxx-x live.swap
xx-xxxx-x live.align
xxoxxxx-x seat_note.add
oooxxooox seat_note.delete
xx-xxxx-x settings.edit
oooooooox person.settings
xx-xxxx-x device.settings
xx-xxxx-x text.ask
xx-xxxx-x model.tend
---xx-x-x findings.export
";

#[test]
fn nobody_is_refused_what_the_machine_writes() {
    let machine = Action::ALL.into_iter().filter(|a| a.is_of_the_machine());
    let machine: Vec<&str> = machine.map(Action::as_str).collect();
    assert_eq!(
        machine.join(" "),
        "workspace.seed bin.empty purge.finish recording.listen transcript.write observation.quote live.cancel \
         live.end live.acknowledge workspace.renew"
    );
}

#[test]
fn a_record_can_be_told_as_a_stub_where_the_gate_may_say_so() {
    let person = Person {
        id: PersonId(uuid::Uuid::from_u128(7)),
        name: "周".into(),
        roles: [Role::Mentor].into(),
        org_unit: "一部".into(),
        merged_into: None,
        meta: crate::Meta::new(1, PersonId(uuid::Uuid::from_u128(7))),
    };
    let stub = Record::from(person.clone()).stub().expect("a person");
    let told = Person {
        roles: Roles::new(),
        org_unit: String::new(),
        ..person
    };
    assert_eq!(stub, told.into());
}

#[test]
fn what_decides_is_among_the_fields() {
    for kind in EntityKind::ALL {
        for field in decides(kind) {
            let known = kind.fields().iter().any(|f| f.name == *field);
            assert!(known, "{field} of {}", kind.as_str());
        }
    }
}
