//! Side-cars and tables as vendors write them give the right facts: look-alikes of ours always, the shared
//! examples where they are.

use crate::common::{Told, side_car, table};
use qinting_testkit::data::shared;
use rstest::rstest;
use std::path::{Path, PathBuf};

fn ours(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/examples")
        .join(name)
}

#[rstest]
#[case::amazon_connect(
    "amazon_connect.json",
    "Amazon Connect · contact record",
    r"
    file_name=example-bucket/CallRecordings/2026/11/17/0c1d6a52_20261117T01:15_UTC.wav
    call_id=0c1d6a52-0000-4000-8000-000000000001
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:16:02Z
    ended_at=2026-11-17T01:19:20Z
    talk_ms=186000
    hold_ms=12000
    wait_ms=31000
    direction=inbound
    line=+8657188880000
    agent=lin.xiaoman
    number=+8613900001111
    queue=退货
    as of 2026-11-17T01:25:00Z

    call_id=0c1d6a52-0000-4000-8000-000000000002
    began_at=2026-11-17T01:19:20Z
    previous_call_id=0c1d6a52-0000-4000-8000-000000000001
    as of 2026-11-17T01:30:00Z
"
)]
#[case::netease_qiyu(
    "netease_qiyu_push.json",
    "网易七鱼 · 通话结束推送",
    r"
    file_name=https://rec.example.com/qiyu/a1b2c3.wav
    call_id=9007199254740995
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    talk_ms=186000
    wait_ms=4200000
    direction=outbound
    line=057188880000
    agent=林小满
    customer=王女士
    number=013900001111
    queue=退货组
    disposition=售后问题/换货
    csat=非常满意
    previous_call_id=216629286
    talk_ms: MinutesAssumed (3:06)
"
)]
#[case::siprec(
    "siprec_metadata.xml",
    "SIPREC · recording metadata",
    r"
    call_id=ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2
    began_at=2026-11-17T01:15:00Z
    ended_at=2026-11-17T01:18:15Z
    number: SidesUnknown (+8613900001111 → +8657188880000)
"
)]
#[case::tencent(
    "tencent_ccc.json",
    "腾讯云联络中心 · DescribeTelCdr",
    r"
    file_name=https://rec.example.com/tccc/5e55-1.mp3
    call_id=5e550000-0000-4000-8000-000000000001
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    talk_ms=186000
    direction=inbound
    line=0086057188880000
    agent=林小满
    number=0086013900001111
    queue=退货
    disposition=ok
    csat=非常满意

    call_id=5e550000-0000-4000-8000-000000000002
    began_at=2026-11-17T01:20:00Z
    ended_at=2026-11-17T01:20:41Z
    talk_ms=0
    direction=outbound
    line=0086057188880000
    agent=8013
    number=0086013900002222
    disposition=notAnswered
"
)]
#[case::twilio(
    "twilio_call.json",
    "Twilio · call",
    r"
    call_id=CA00000000000000000000000000000001
    began_at=2026-11-17T01:15:00Z
    ended_at=2026-11-17T01:18:15Z
    duration_ms=195000
    direction=inbound
    line=+8657188880000
    number=+8613900001111
    disposition=completed
    previous_call_id=CA00000000000000000000000000000000
    as of 2026-11-17T01:18:20Z
"
)]
#[case::vcon(
    "vcon.json",
    "vCon",
    r"
    file_name=call-0007.wav
    call_id=01939a00-0000-8000-8000-000000000001
    began_at=2026-11-17T01:15:00Z
    duration_ms=195200
    line=+8657188880000
    agent=林小满
    customer=王女士
    number=+8613900001111
    title=退货退款
    as of 2026-11-17T02:00:00Z
"
)]
fn a_side_car_of_ours_gives_its_facts(
    #[case] name: &str,
    #[case] profile: &str,
    #[case] expected: &str,
) {
    assert_eq!(side_car(&ours(name)), Told::of(profile, expected));
}

#[rstest]
#[case::amazon_connect("amazon_connect_ctr.json", "Amazon Connect · contact record", r"
    file_name=amazon-connect-0000/connect/sample/CallRecordings/2022/04/08/15a5cf14-3212-45a1-9f86-a8e97db8afaf_20220408T15:00_UTC.wav
    call_id=15a5cf14-3212-45a1-9f86-a8e97db8afaf
    began_at=2022-04-08T14:59:38Z
    answered_at=2022-04-08T15:00:49Z
    ended_at=2022-04-08T15:01:22Z
    talk_ms=33000
    hold_ms=0
    wait_ms=7000
    direction=inbound
    line=+15005550004
    agent=agent1
    number=+15005550003
    queue=BasicQueue
    as of 2022-04-08T15:03:02Z
")]
#[case::netease_qiyu(
    "netease_qiyu_call_end_push.json",
    "网易七鱼 · 通话结束推送",
    r"
    file_name=https://recordings.example.com/9f670ff01dae290ad4bf83401d291069.wav
    call_id=216629286
    began_at=2017-11-28T01:26:51.968Z
    answered_at=2017-11-28T01:26:53.992Z
    ended_at=2017-11-28T01:27:12.183Z
    talk_ms=615000
    wait_ms=310000
    direction=inbound
    line=057100000001
    agent=林小满
    customer=客户名称
    number=13900001111
    queue=分流客服组
    disposition=售后问题/退货
    csat=满意
    previous_call_id=216629286
    talk_ms: MinutesAssumed (10:15)
"
)]
#[case::siprec(
    "siprec_rs_metadata.xml",
    "SIPREC · recording metadata",
    r"
    call_id=b1c9e2d4-0001
    number: SidesUnknown (caller1 → callee1)
"
)]
#[case::tencent(
    "tencent_ccc_DescribeTelCdr.json",
    "腾讯云联络中心 · DescribeTelCdr",
    r"
    file_name=https://xxxxxxx.mp3
    call_id=0955de87-c86d-4457-aac2-bee3d0a0b67a
    began_at=2024-10-24T07:51:31Z
    answered_at=2024-10-24T07:51:47Z
    ended_at=2024-10-24T07:51:55Z
    talk_ms=8000
    direction=inbound
    line=00860200000000
    agent=xiaoming
    number=0086075500000
    queue=test-tel
    disposition=ok
    csat=不满意
"
)]
#[case::twilio(
    "twilio_call_instance.json",
    "Twilio · call",
    r"
    call_id=CAe1644a7eed5088b159577c5802d8be38
    began_at=2010-08-10T08:02:31Z
    ended_at=2010-08-10T08:02:47Z
    duration_ms=16000
    direction=outbound
    line=+15005550002
    number=+15005550001
    disposition=completed
    as of 2010-08-10T08:02:47Z
"
)]
#[case::vcon(
    "vcon_billing_dispute.json",
    "vCon",
    r"
    began_at=2026-03-06T09:15:00Z
    duration_ms=342000
    line=+15559876001
    agent=Agent Mike Rivera
    customer=Sarah Johnson
    number=+15551234567
    title=Sarah Johnson ↔ Agent Mike Rivera — Billing Dispute
"
)]
fn a_shared_side_car_gives_its_facts(
    #[case] name: &str,
    #[case] profile: &str,
    #[case] expected: &str,
) {
    let Some(path) = shared(&format!("metadata/{name}")) else {
        return;
    };
    assert_eq!(side_car(&path), Told::of(profile, expected));
}

#[rstest]
#[case::call_log(
    "call_log_with_data.csv",
    "话单导出 · 带随路数据",
    r"
    file_name=https://rec.example.com/20261117/1800000000000000001.wav?sign=a%2Fb
    call_id=1800000000000000001
    began_at=2026-11-17T15:58:20Z
    answered_at=2026-11-17T15:58:31Z
    ended_at=2026-11-17T16:02:05Z
    talk_ms=214000
    wait_ms=11000
    direction=inbound
    line=057188880000
    agent=lin@demo
    number=13900001111
    queue=7
    disposition=接通

    call_id=1800000000000000002
    began_at=2026-11-18T01:01:00Z
    ended_at=2026-11-18T01:01:40Z
    talk_ms=0
    wait_ms=0
    direction=outbound
    line=057188880000
    agent=zhou@demo
    number=013900002222
    queue=7
    disposition=未接通
"
)]
#[case::asterisk(
    "asterisk_cdr.csv",
    "Asterisk · Master.csv",
    r"
    file_name=out-013900001111-8012-20261117-091500-1794878100.2591.wav
    call_id=1794878100.2591
    began_at=2026-11-17T01:15:00Z
    answered_at=2026-11-17T01:15:09Z
    ended_at=2026-11-17T01:18:15Z
    duration_ms=195000
    talk_ms=186000
    direction=outbound
    line=8012
    number=013900001111
    disposition=ANSWERED

    call_id=1794878400.2592
    began_at=2026-11-17T01:20:00Z
    ended_at=2026-11-17T01:20:41Z
    duration_ms=41000
    talk_ms=0
    disposition=NO ANSWER
    number: SidesUnknown (013900002222 → 057188880000)
"
)]
fn a_table_of_ours_gives_its_facts(
    #[case] name: &str,
    #[case] profile: &str,
    #[case] expected: &str,
) {
    assert_eq!(table(&ours(name)), Told::of(profile, expected));
}

#[rstest]
#[case::call_log(
    "cc_inbound_call_log_gbk.csv",
    "话单导出 · 带随路数据",
    r"
    file_name=https://recordings.example.com/20231115/1700000000000000001.wav
    call_id=1700000000000000001
    began_at=2023-11-14T22:13:20Z
    answered_at=2023-11-14T22:13:31Z
    ended_at=2023-11-14T22:17:05Z
    talk_ms=214000
    wait_ms=11000
    direction=inbound
    line=057100000001
    agent=agent01@demo
    number=13900001111
    queue=32
    disposition=接通

    call_id=1700000000000000002
    began_at=2023-11-14T23:01:00Z
    ended_at=2023-11-14T23:01:40Z
    talk_ms=0
    wait_ms=40000
    direction=inbound
    line=057100000001
    number=013900002222
    queue=32
    disposition=未接通
"
)]
#[case::asterisk(
    "asterisk_cdr_buggy.csv",
    "Asterisk · Master.csv",
    r"
    call_id=1231977075.0
    began_at=2009-01-14T15:51:15Z
    answered_at=2009-01-14T15:51:15Z
    ended_at=2009-01-14T15:51:20Z
    duration_ms=5000
    talk_ms=5000
    disposition=ANSWERED
    number: SidesUnknown (test → 100)
"
)]
fn a_shared_table_gives_its_facts(
    #[case] name: &str,
    #[case] profile: &str,
    #[case] expected: &str,
) {
    let Some(path) = shared(&format!("metadata/{name}")) else {
        return;
    };
    assert_eq!(table(&path), Told::of(profile, expected));
}
