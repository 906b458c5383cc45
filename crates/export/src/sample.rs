//! One small workspace of findings the export tests share, with hostile text in it.

use qinting_app::{
    Findings, IssueRef, IssueRow, ObservationView, PlayClip, SeatNoteView, SoundFacts,
};
use qinting_domain::*;
use uuid::Uuid;

/// 2025-11-22 12:00 in Shanghai.
const AT: UnixMs = 1_763_784_000_000;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_a1b2_0000_7000_8000_0000_0000_0000 + n)
}

fn meta() -> Meta {
    Meta {
        rev: 1,
        ..Meta::new(AT, PersonId(uuid(1)))
    }
}

fn tag(n: u128, name: &str, status: TagStatus) -> Tag {
    Tag {
        id: TagId(uuid(n)),
        parent_id: None,
        name: name.into(),
        aliases: vec![],
        definition: String::new(),
        colour: TagColour::Info,
        position: 0,
        status,
        meta: meta(),
    }
}

fn case() -> Case {
    Case {
        business_line: "家电".into(),
        customer_tier: "金牌".into(),
        external_id: "A-1".into(),
        order_number: "2025112200417".into(),
        ..Case::titled(CaseId(uuid(10)), "冰箱退货被拒 <b>", meta())
    }
}

fn contact() -> Contact {
    Contact {
        began_at: Some(AT - 86_400_000),
        answered_at: Some(AT - 86_392_000),
        wait_ms: Some(8_000),
        direction: Some(Direction::Inbound),
        agent: "@坐席07".into(),
        customer: "6222021234567890123".into(),
        number: "13800000000".into(),
        queue: "售后".into(),
        csat: "满意".into(),
        handled_by: Some(HandledBy::HandedOver),
        facts: SourceFacts(serde_json::Map::from_iter([("IVR".into(), "2".into())])),
        ..Contact::phone(ContactId(uuid(14)), case().id, meta())
    }
}

fn observation(
    n: u128,
    span: (u64, u64),
    text: &str,
    quote: &str,
    issues: Vec<IssueRef>,
) -> ObservationView {
    ObservationView {
        observation: Observation {
            id: ObservationId(uuid(n)),
            case_id: CaseId(uuid(10)),
            recording_id: RecordingId(uuid(11)),
            anchor: Anchor::default(),
            start_ms: span.0,
            end_ms: span.1,
            raw_mark_ms: span.0 + 2_000,
            lag_ms: 2_000,
            kind: ObservationKind::Problem,
            axis: if n.is_multiple_of(2) {
                Axis::Reason
            } else {
                Axis::Feeling
            },
            text: text.into(),
            quote: quote.into(),
            tags: vec![TagId(uuid(21)), TagId(uuid(20))],
            severity: u8::from(n == 31) * 2,
            session_id: (n == 31).then_some(SessionId(uuid(60))),
            meta: meta(),
        },
        case_title: "冰箱退货被拒 <b>".into(),
        author: "李静".into(),
        issues,
    }
}

fn issue(n: u128, number: u32, title: &str, status: IssueStatus) -> IssueRow {
    let issue = Issue {
        number,
        statement: "七天内要求退货被拒。\n规则页没有说明。".into(),
        business_line: "家电".into(),
        owner_id: Some(PersonId(uuid(1))),
        urgency: 2,
        difficulty: 1,
        status,
        due: Some(1_764_547_200_000),
        merged_into: (status == IssueStatus::Merged).then_some(IssueId(uuid(40))),
        ..Issue::new(IssueId(uuid(n)), title, meta())
    };
    IssueRow {
        stage: issue.status.stage(),
        owner: "李静".into(),
        evidence_count: 2,
        case_count: 1,
        customer_count: 1,
        tags: vec![TagId(uuid(20))],
        first_evidence: Some(PlayClip {
            recording_id: RecordingId(uuid(11)),
            start_ms: 12_400,
            end_ms: 18_900,
        }),
        issue,
    }
}

fn link(n: u128, observation: u128, relation: EvidenceRelation) -> IssueLink {
    IssueLink {
        id: IssueLinkId(uuid(n)),
        issue_id: IssueId(uuid(40)),
        moved_from: None,
        observation_id: ObservationId(uuid(observation)),
        relation,
        importance: 0,
        meta: meta(),
    }
}

/// A case that was heard live and of which no sound was kept.
fn live_case() -> Case {
    Case {
        id: CaseId(uuid(12)),
        title: "现场 11-22 12:00".into(),
        external_id: String::new(),
        order_number: String::new(),
        ..case()
    }
}

fn live_contact() -> Contact {
    Contact {
        id: ContactId(uuid(15)),
        case_id: live_case().id,
        began_at: Some(AT),
        ..contact()
    }
}

fn live_call() -> LiveCall {
    LiveCall {
        id: LiveCallId(uuid(70)),
        case_id: CaseId(uuid(12)),
        recording_id: RecordingId(uuid(13)),
        session_id: None,
        mode: ListenMode::ClockOnly,
        state: LiveState::Ended,
        started_at: AT,
        ended_at: Some(AT + 600_000),
        consent: None,
        notice: None,
        mentor_id: Some(PersonId(uuid(1))),
        anchor: "8012".into(),
        lanes: vec![],
        alignment: None,
        acknowledged: false,
        meta: meta(),
    }
}

fn seat_note() -> SeatNoteView {
    SeatNoteView {
        note: SeatNote {
            id: SeatNoteId(uuid(71)),
            case_id: CaseId(uuid(12)),
            recording_id: RecordingId(uuid(13)),
            at_ms: 42_000,
            author_id: PersonId(uuid(1)),
            kind: SeatNoteKind::Rule,
            text: "规则在第七条 <b>".into(),
            meta: meta(),
        },
        author: "李静".into(),
        by_mentor: true,
    }
}

/// A recording of which a stretch could not be read: its first moment is half in it.
fn sound_facts() -> SoundFacts {
    SoundFacts {
        case_id: CaseId(uuid(10)),
        recording_id: RecordingId(uuid(11)),
        notices: vec![SoundNotice::Holes {
            count: 1,
            total_ms: 6_000,
        }],
        gaps: vec![CaptureGap {
            recording_id: RecordingId(uuid(11)),
            ordinal: 0,
            kind: GapKind::Unreadable,
            channel: None,
            start_ms: 9_400,
            end_ms: Some(15_400),
        }],
    }
}

fn live_moment() -> ObservationView {
    let heard = observation(33, (23_000, 38_000), "客户重复说了三遍", "", vec![]);
    ObservationView {
        observation: Observation {
            case_id: CaseId(uuid(12)),
            recording_id: RecordingId(uuid(13)),
            ..heard.observation
        },
        case_title: live_case().title,
        ..heard
    }
}

fn remark() -> Record {
    Comment {
        id: CommentId(uuid(70)),
        issue_id: IssueId(uuid(40)),
        text: "<b>看过</b>了".into(),
        meta: meta(),
    }
    .into()
}

/// The same, after a chat in which the customer had asked already.
pub(crate) fn findings_of_several_contacts() -> Findings {
    let chat = Contact {
        id: ContactId(uuid(16)),
        kind: ContactKind::Chat,
        began_at: Some(AT - 172_800_000),
        ended_at: Some(AT - 172_740_000),
        agent: "<i>小蜜".into(),
        ..contact()
    };
    let mut findings = findings();
    findings.contacts.insert(0, chat);
    findings
}

/// Two filed moments, one that is not, one without sound, an issue with evidence and one merged away.
pub(crate) fn findings() -> Findings {
    let filed = IssueRef {
        id: IssueId(uuid(40)),
        number: 7,
        title: "冰箱超过七天不能退货".into(),
        status: IssueStatus::Claimed,
    };
    Findings {
        at: AT,
        cases: vec![case(), live_case()],
        contacts: vec![contact(), live_contact()],
        observations: vec![
            observation(
                30,
                (12_400, 18_900),
                "=HYPERLINK(\"http://x\")\n-2+3",
                "我要退款",
                vec![filed.clone()],
            ),
            observation(
                31,
                (3_725_000, 3_731_000),
                "<script>alert(1)</script> *重*",
                "",
                vec![filed],
            ),
            observation(32, (65_000, 70_000), "", "> 引 [x](y)", vec![]),
            live_moment(),
        ],
        issues: vec![
            issue(40, 7, "冰箱超过七天不能退货", IssueStatus::Claimed),
            issue(
                41,
                8,
                "# 冰箱 <img src=x onerror=alert(1)>",
                IssueStatus::Merged,
            ),
            issue(42, 9, "刚听到的", IssueStatus::New),
        ],
        links: vec![
            link(51, 31, EvidenceRelation::CounterEvidence),
            link(50, 30, EvidenceRelation::Evidence),
        ],
        tags: vec![
            tag(20, "退款", TagStatus::Active),
            tag(21, "退钱", TagStatus::MergedInto(TagId(uuid(20)))),
        ],
        people: vec![Person {
            id: PersonId(uuid(1)),
            name: "李静".into(),
            roles: [Role::Mentor].into(),
            org_unit: String::new(),
            merged_into: None,
            meta: meta(),
        }],
        sessions: vec![ListeningSession {
            id: SessionId(uuid(60)),
            title: "=七天专场 <i>".into(),
            theme: "退货".into(),
            question: "七天从哪天算起？".into(),
            place: String::new(),
            starts_at: Some(AT),
            facilitator_id: Some(PersonId(uuid(1))),
            people: vec![PersonId(uuid(1))],
            cases: vec![CaseId(uuid(10))],
            meta: meta(),
        }],
        live_calls: vec![live_call()],
        seat_notes: vec![seat_note()],
        records: vec![remark()],
        without_sound: vec![RecordingId(uuid(13))],
        sound: vec![sound_facts()],
    }
}
