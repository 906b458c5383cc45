//! A customer is shown by the beginning, whoever asks and however: whole only for a reason, which is written down.

use super::*;

#[test]
fn no_command_shows_a_customer_whole_but_the_one_that_asks_what_for() {
    let Asked { stage, mut reads } = asked();
    let at_desk = &stage.at_desk;
    let case = reads.iter().find(|(name, _)| *name == "get_case").unwrap();
    let case: CaseId = serde_json::from_value(case.1.clone()).unwrap();
    let contact = at_desk.get_case(case).unwrap().contacts.remove(0);
    assert_eq!(
        (&*contact.customer, &*contact.number),
        ("韩**", "139****5678")
    );
    // Somebody wrote another name, and the import's is shown beside it.
    let patch = RecordPatch::of(&contact, [("customer", json!("李雷雷"))]);
    let edited = json!(at_desk.edit_record(patch).unwrap());
    reads.extend([
        ("get_record", json!({ "kind": "contact", "id": contact.id })),
        (
            "list_records",
            json!({ "kind": "contact", "field": null, "id": null }),
        ),
        ("search", json!(SearchQuery::of(NUMBER))),
        ("search", json!(SearchQuery::of(CUSTOMER))),
    ]);
    reads.retain(|(name, _)| *name != "switch_person");
    let answers = reads.iter().map(|(command, request)| {
        (
            *command,
            json!(call(at_desk, command, request.clone()).ok()),
        )
    });
    for (command, answer) in answers.chain([("edit_record", edited)]) {
        let told = answer.to_string();
        for whole in [CUSTOMER, NUMBER, "李雷雷"] {
            assert!(!told.contains(whole), "{command}: {told}");
        }
    }
    let found = at_desk.search(SearchQuery::of(NUMBER)).unwrap();
    assert_eq!(found.hits.len(), 1, "a number finds its call all the same");

    // What was shown by its beginning and is sent back is no edit of it.
    let shown = at_desk.get_case(case).unwrap().contacts.remove(0);
    let same = [
        ("number", json!(shown.number)),
        ("customer", json!(shown.customer)),
    ];
    at_desk.edit_record(RecordPatch::of(&shown, same)).unwrap();
    let ask = |reason: &str| Unmask {
        contact_id: contact.id,
        reason: reason.into(),
    };
    let before = stage.store.head_seq().unwrap();
    let refused = at_desk.unmask(ask("  ")).unwrap_err();
    assert_eq!(
        (refused.code(), &*refused.note.args["field"]),
        ("invalid", "reason")
    );
    assert_eq!(
        stage.store.head_seq().unwrap(),
        before,
        "nothing was shown, nothing is written"
    );
    let whole = at_desk.unmask(ask("回电给客户")).unwrap();
    assert_eq!((&*whole.customer, &*whole.number), ("李雷雷", NUMBER));
    assert_eq!(whole.facts.0["收货人"], CUSTOMER);
    let seen = at_desk.get_case(case).unwrap().unmasked;
    assert_eq!(seen.len(), 1);
    assert_eq!(
        (&*seen[0].unmasking.reason, seen[0].unmasking.contact_id),
        ("回电给客户", contact.id)
    );
    let undone = at_desk.undo(()).unwrap();
    assert_eq!(
        undone.action, "contact.edit",
        "that somebody saw it is not taken back"
    );

    let listener = somebody(&stage, Role::Participant);
    assert_eq!(
        listener.unmask(ask("看看")).unwrap_err().code(),
        codes::ROLE_NEEDED
    );
}
