//! What columns are called, folded: small letters, without blanks and signs.

use crate::profile::Target;
use qinting_domain::FactKey as Key;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a folded name means, and its place among the names of that: of several columns the one with the lower
/// place is taken first.
pub(super) fn meaning_of_name(name: &str) -> Option<(Target, usize)> {
    static NAMES: OnceLock<HashMap<&str, (Target, usize)>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let each = SYNONYMS.iter().flat_map(|(target, words)| {
            let words = words.split_whitespace().enumerate();
            words.map(|(place, word)| (word, (*target, place)))
        });
        each.collect()
    });
    names.get(name).copied()
}

/// Names by what they mean.
const SYNONYMS: &[(Target, &str)] = &[
    (
        Target::Fact(Key::FileName),
        "\
         录音文件名 录音文件名称 录音文件 录音名称 文件名 文件名称 录音地址 录音url 录音链接 \
         录音路径 录音文件地址 录音文件路径 录音下载地址 录音 音频 音频文件 音频地址 语音文件 \
         recordingfile recordingfilename recordfile recordfilename recordingname filename \
         recordurl recordingurl recordingpath recordpath recording audiofile audiourl audio \
         mediafile customrecordurl location file",
    ),
    (
        Target::Fact(Key::CallId),
        "\
         通话id 话单id 呼叫id callid 通话号 通话编号 通话唯一标识 通话标识 呼叫编号 呼叫标识 \
         通话流水号 话务流水号 流水号 录音流水号 会话id 会话编号 contactid 联络id 接触id \
         calluuid uniqueid uuid sessionid conversationid interactionid callsid recordid acid \
         话单编号 录音id 录音编号 id",
    ),
    (
        Target::Fact(Key::BeganAt),
        "\
         开始时间 呼叫时间 来电时间 呼入时间 进线时间 呼叫开始时间 通话开始时间 拨打时间 \
         外呼时间 呼出时间 拨号时间 发起时间 会话开始时间 录音开始时间 通话时间 创建时间 \
         日期时间 时间 日期 starttime startedat startat calltime callstart callstarttime \
         callbegin begintime beganat start starttimestamp startstamp initiationtimestamp \
         calldate callstarted datetime timestamp createtime createdat date time",
    ),
    (
        Target::Fact(Key::AnsweredAt),
        "\
         接听时间 应答时间 接通时间 通话接通时间 坐席接听时间 人工接听时间 摘机时间 \
         answertime answeredat answeredtime answer connecttime connectedat connectiontime \
         establishedtime accepttime pickuptime answerstamp",
    ),
    (
        Target::Fact(Key::EndedAt),
        "\
         结束时间 挂断时间 挂机时间 呼叫结束时间 通话结束时间 会话结束时间 endtime endedat \
         endat callend callendtime end hanguptime releasetime disconnecttime endtimestamp \
         endstamp disconnecttimestamp finishtime",
    ),
    (
        Target::Fact(Key::DurationMs),
        "\
         总时长 呼叫时长 会话时长 持续时间 持续时长 录音时长 时长 总通话时长 计费时长 \
         duration callduration totalduration totaltime length recordingduration calllength \
         durationms elapsed",
    ),
    (
        Target::Fact(Key::TalkMs),
        "\
         通话时长 通话时间长度 通话秒数 通话用时 人工通话时长 坐席通话时长 接听时长 交谈时长 \
         通话持续时间 talktime talkduration talk billsec conversationtime \
         agentinteractionduration agenttime billableseconds",
    ),
    (
        Target::Fact(Key::HoldMs),
        "\
         保持时长 通话保持时长 静音时长 等待音时长 holdtime holdduration hold \
         customerholdduration totalholdtime",
    ),
    (
        Target::Fact(Key::WaitMs),
        "\
         等待时长 排队时长 排队等待时长 队列等待时长 等待时间 排队时间 waittime waitduration \
         queuetime queueduration queuewaittime waiting timeinqueue inqueue",
    ),
    (
        Target::Fact(Key::Transfers),
        "\
         转接次数 转接数 转移次数 转接 transfers transfercount numberoftransfers",
    ),
    (
        Target::Fact(Key::Direction),
        "\
         呼叫方向 通话方向 通话类型 呼叫类型 方向 来去电 呼入呼出 话务类型 direction \
         calldirection calltype originatingdirection initiationmethod contacttype inout type",
    ),
    (
        Target::Fact(Key::Line),
        "\
         中继号码 接入号码 热线号码 热线 服务号码 平台号码 企业号码 总机号码 外显号码 \
         外呼显示号码 中继号 接入号 dnis did trunk trunknumber line hotline systemendpoint \
         dialednumber servicenumber",
    ),
    (
        Target::Fact(Key::Agent),
        "\
         坐席姓名 座席姓名 客服姓名 坐席名称 座席名称 客服名称 坐席 座席 客服 员工姓名 \
         接待客服 接线员 话务员 服务人员 坐席账号 坐席工号 座席工号 客服工号 工号 员工工号 \
         坐席id 座席id 客服id 坐席编号 agentname agent agents agentnames staffname username \
         operator agentid agentno staffid extension 分机号 分机",
    ),
    (
        Target::Fact(Key::Customer),
        "\
         客户姓名 客户名称 客户 用户姓名 用户名称 顾客姓名 会员姓名 联系人 联系人姓名 来电人 \
         用户 customername customer clientname client contactname callername membername user",
    ),
    (
        Target::Fact(Key::Number),
        "\
         客户号码 客户电话 客户手机号 客户手机 用户号码 用户电话 用户手机号 来电号码 来电电话 \
         联系电话 手机号 手机号码 手机 电话 电话号码 联系方式 号码 customernumber \
         customerphone phonenumber phone mobile ani clientnumber contactnumber callernumber \
         customerendpoint remotenumber tel",
    ),
    (
        Target::Caller,
        "\
         主叫 主叫号码 主叫号 主叫方 caller callerno callerid calleridnumber callingnumber \
         from fromnumber src source callingparty",
    ),
    (
        Target::Callee,
        "\
         被叫 被叫号码 被叫号 被叫方 callee calleeno callednumber called to tonumber dst \
         destination destinationnumber calledparty",
    ),
    (
        Target::Fact(Key::Queue),
        "\
         技能组 技能组名称 技能组名 队列 队列名称 坐席组 客服组 接待组 班组 组别 分流客服组 \
         业务组 技能组id 队列id queue queuename skill skillname skillgroup skillgroupname \
         skillgroupnames group groupname team campaign",
    ),
    (
        Target::Fact(Key::Disposition),
        "\
         小结 通话小结 服务小结 话后小结 咨询分类 问题分类 小结分类 服务类型 业务分类 \
         通话结果 呼叫结果 结束原因 接通状态 通话状态 挂机原因 挂断原因 disposition wrapup \
         wrapupcode wrapupname category result status hangupcause disconnectreason \
         contactdisposition endreason",
    ),
    (
        Target::Fact(Key::Csat),
        "\
         满意度 满意度评价 满意度结果 满意度得分 评价 评价结果 客户评价 评分 打分 csat \
         satisfaction satisfactionscore satisfactiondescription satisfactionindex evaluation \
         rating surveyscore",
    ),
    (
        Target::Fact(Key::HandledBy),
        "\
         服务方式 接待方式 处理方式 服务渠道类型 是否人工 handledby handledtype",
    ),
    (
        Target::Fact(Key::PreviousCallId),
        "\
         上一通通话id 上一通话id 原通话id 关联通话id 转接来源 上一会话id previouscontactid \
         previouscallid parentcallid parentcallsid sessionidfrom originalcallid",
    ),
    (
        Target::Fact(Key::CaseNumber),
        "\
         工单号 工单编号 工单id 工单 服务单号 投诉单号 案件编号 案件号 casenumber caseid case \
         ticket ticketid ticketnumber workorder workorderno incident",
    ),
    (
        Target::Fact(Key::OrderNumber),
        "\
         订单号 订单编号 订单id 订单 交易号 交易编号 ordernumber orderno orderid order \
         tradeid",
    ),
    (
        Target::Fact(Key::BusinessLine),
        "\
         业务线 业务类型 业务 业务部门 产品线 事业部 品牌 businessline business bu \
         productline lineofbusiness lob division",
    ),
    (
        Target::Fact(Key::CustomerTier),
        "\
         会员等级 客户等级 客户层级 客户级别 用户等级 会员级别 客户类型 会员类型 vip等级 vip \
         tier customertier memberlevel viplevel customerlevel level membership",
    ),
    (
        Target::Fact(Key::Title),
        "\
         标题 主题 通话主题 问题描述 摘要 通话摘要 title subject summary topic",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_table::value::heading;
    use std::collections::HashSet;

    #[test]
    fn every_name_is_folded_and_means_one_thing() {
        let mut seen = HashSet::new();
        for word in SYNONYMS
            .iter()
            .flat_map(|(_, words)| words.split_whitespace())
        {
            assert_eq!(heading(word).name, word);
            assert!(seen.insert(word), "{word} means two things");
        }
    }
}
