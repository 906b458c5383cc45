//! Profiles that were written from documentation alone read what the documentation shows: same keys, invented
//! values. That a vendor's files are so is not proven by it.

use crate::common::{Told, side_car_of, table_of};
use rstest::rstest;

#[rstest]
#[case::aliyun(
    "calls.json",
    r#"{"Code": "OK", "Data": {"PageNumber": 1, "List": [
        {"ContactId": "job-0001", "ContactType": "INBOUND", "StartTime": 1794878100000, "EstablishedTime": 1794878109000,
         "ReleaseTime": 1794878295000, "CallDuration": 186, "CallingNumber": "13900001111", "CalledNumber": "057188880000",
         "AgentNames": "林小满", "SkillGroupNames": "退货", "ContactDisposition": "Success", "SatisfactionDescription": "满意"},
        {"ContactId": "job-0002", "ContactType": "Outbound", "StartTime": 1794878400000, "EstablishedTime": "", "ReleaseTime": "",
         "CallDuration": "0", "CallingNumber": "057188880000", "CalledNumber": "139****2222"}]}}"#,
    "阿里云云呼叫中心 · ListCallDetailRecords",
    r"
    call_id=job-0001
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    talk_ms=186000
    direction=inbound
    line=057188880000
    agent=林小满
    number=13900001111
    queue=退货
    disposition=Success
    csat=满意

    call_id=job-0002
    began_at=2026-11-17T01:20:00Z
    talk_ms=0
    direction=outbound
    line=057188880000
    number=139****2222
"
)]
#[case::tencent_push(
    "cdr.json",
    r#"{"SdkAppId": 1400000000, "SessionId": "5e55-3", "Caller": "0086013900001111", "Callee": "0086057188880000",
        "Direction": 0, "Duration": 186, "StartTimestamp": 1794878100, "AcceptTimestamp": 1794878109, "EndedTimestamp": 1794878295,
        "SeatUser": {"StaffNumber": "8012"}, "EndStatusString": "ok", "QueuedSkillGroupName": "退货"}"#,
    "腾讯云联络中心 · 电话 CDR 推送",
    r"
    call_id=5e55-3
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    talk_ms=186000
    direction=inbound
    line=0086057188880000
    agent=8012
    number=0086013900001111
    queue=退货
    disposition=ok
"
)]
#[case::huawei_query(
    "query.json",
    r#"{"result": "0", "resultDesc": {"vdn": 1, "callId": "1794878100-0001", "callerNo": "13900001111", "calleeNo": "057188880000",
        "callType": 0, "agentId ": 8012, "skillId": 1, "queueWaitTime": 10, "callTime": 186, "releaseCause": 0}}"#,
    "华为云客服 · 通话详单查询",
    r"
    call_id=1794878100-0001
    talk_ms=186000
    wait_ms=10000
    direction=inbound
    line=057188880000
    agent=8012
    number=13900001111
    queue=1
"
)]
#[case::genesys(
    "0b7d.opus_metadata.json",
    r#"{"conversationId": "0b7d-1", "mediaType": "audio", "mediaSubtype": "Trunk", "filePath": "org/0b7d.opus",
        "conversationStart": "2026-11-17T01:15:00.120Z", "endTime": "2026-11-17T01:18:15.000Z", "originatingDirection": "inbound",
        "queueIds": ["q-1"], "userIds": ["u-1", "u-2"]}"#,
    "Genesys Cloud · bulk export",
    r"
    file_name=org/0b7d.opus
    call_id=0b7d-1
    began_at=2026-11-17T01:15:00.12Z
    ended_at=2026-11-17T01:18:15Z
    direction=inbound
    agent=u-1
    queue=q-1
"
)]
#[case::verint(
    "call.xml",
    r#"<?xml version="1.0" encoding="UTF-8"?><cdr><id>4a9d</id><native_call_id>d53f</native_call_id>
        <source_caller_id>sip:+8613900001111@example.com</source_caller_id><source_name>王女士</source_name>
        <destination_caller_id>8012</destination_caller_id><start_date>2026-11-17 01:15:00</start_date>
        <end_date>2026-11-17 01:18:15</end_date></cdr>"#,
    "Verint (Verba) · metadata XML",
    r"
    call_id=d53f
    began_at=2026-11-17T01:15:00Z
    ended_at=2026-11-17T01:18:15Z
    number: SidesUnknown (+8613900001111 → 8012)
"
)]
#[case::freeswitch_json(
    "a.cdr.json",
    r#"{"variables": {"direction": "inbound", "uuid": "8018-1", "start_epoch": "1794878100", "answer_epoch": "1794878109",
        "end_epoch": "1794878295", "duration": "195", "billsec": "186", "hangup_cause": "NORMAL_CLEARING", "cc_queue": "sales%40example.com"},
        "callflow": [{"caller_profile": {"caller_id_number": "%2B8613900001111", "destination_number": "057188880000"}}]}"#,
    "FreeSWITCH · json_cdr",
    r"
    call_id=8018-1
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    duration_ms=195000
    talk_ms=186000
    queue=sales@example.com
    disposition=NORMAL_CLEARING
    number: SidesUnknown (+8613900001111 → 057188880000)
"
)]
#[case::freeswitch_xml(
    "a.cdr.xml",
    r#"<cdr core-uuid="x"><variables><uuid>8018-2</uuid><start_epoch>1794878100</start_epoch><answer_epoch>0</answer_epoch>
        <end_epoch>1794878295</end_epoch><duration>195</duration><billsec>0</billsec></variables>
        <callflow dialplan="XML"><caller_profile><caller_id_number>8012</caller_id_number>
        <destination_number>013900001111</destination_number></caller_profile></callflow></cdr>"#,
    "FreeSWITCH · xml_cdr",
    r"
    call_id=8018-2
    began_at=2026-11-17T01:15:00Z
    ended_at=2026-11-17T01:18:15Z
    duration_ms=195000
    talk_ms=0
    number: SidesUnknown (8012 → 013900001111)
"
)]
fn a_side_car_as_its_documentation_shows_it(
    #[case] name: &str,
    #[case] text: &str,
    #[case] profile: &str,
    #[case] expected: &str,
) {
    assert_eq!(
        side_car_of(text.as_bytes(), name),
        Told::of(profile, expected)
    );
}

#[rstest]
#[case::five9(
    "call-log.csv",
    "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT NAME,DISPOSITION,ANI,CUSTOMER NAME,DNIS,CALL TIME,QUEUE WAIT TIME,TALK TIME,HOLD TIME,TRANSFERS,SKILL\n\
     7001,\"Tue, 17 Nov 2026 09:15:00\",Returns,Inbound,Lin Xiaoman,Refunded,5005550003,Ms Wang,5005550004,00:03:15,00:00:11,00:03:06,00:00:12,1,Returns ZH\n",
    "Five9 · call log report",
    r"
    call_id=7001
    began_at=2026-11-17T01:15:00Z
    duration_ms=195000
    talk_ms=186000
    hold_ms=12000
    wait_ms=11000
    transfers=1
    direction=inbound
    line=5005550004
    agent=Lin Xiaoman
    customer=Ms Wang
    number=5005550003
    queue=Returns ZH
    disposition=Refunded
"
)]
#[case::freeswitch(
    "Master.csv",
    "\"林小满\",\"8012\",\"013900001111\",\"default\",\"2026-11-17 09:15:00\",\"2026-11-17 09:15:09\",\"2026-11-17 09:18:15\",\"195\",\"186\",\
     \"NORMAL_CLEARING\",\"a5c9f6c0-0000-4000-8000-000000000001\",\"\",\"\",\"PCMA\",\"PCMA\"\n",
    "FreeSWITCH · cdr-csv",
    r"
    call_id=a5c9f6c0-0000-4000-8000-000000000001
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    duration_ms=195000
    talk_ms=186000
    disposition=NORMAL_CLEARING
    number: SidesUnknown (8012 → 013900001111)
"
)]
#[case::huawei_calls(
    "20261117091500000123_call_1.csv",
    "d,a,1,8012,1794878100-0001,13900001111,057188880000,2026-11-17 09:15:00,2026-11-17 09:15:05,2026-11-17 09:15:05,2026-11-17 09:15:09,\
     2026-11-17 09:15:09,2026-11-17 09:18:15,2,8012,0,531,-1,1\n",
    "华为云客服 · 话单索引 call.csv",
    r"
    call_id=1794878100-0001
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    direction=inbound
    line=057188880000
    agent=8012
    number=13900001111
    disposition=531
"
)]
#[case::huawei_recordings(
    "20261117091500000123_record_1.csv",
    "d,a,1,8012,1794878100-0001,057188880000,13900001111,2026-11-17 09:15:00,2026-11-17 09:18:15,/10/1/record/100/13533/0903379.wav,0,,\
     X:\\17\\0\\20261117\\15470\\2043295.V3,1,呼出,5,,7\n",
    "华为云客服 · 录音索引 record.csv",
    r"
    file_name=/10/1/record/100/13533/0903379.wav
    call_id=1794878100-0001
    began_at=2026-11-17T01:15:00Z
    ended_at=2026-11-17T01:18:15Z
    direction=outbound
    line=057188880000
    agent=8012
    number=13900001111
    queue=7
"
)]
fn a_table_as_its_documentation_shows_it(
    #[case] name: &str,
    #[case] text: &str,
    #[case] profile: &str,
    #[case] expected: &str,
) {
    assert_eq!(table_of(text.as_bytes(), name), Told::of(profile, expected));
}
