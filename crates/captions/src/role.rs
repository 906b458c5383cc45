//! What somebody is to a call, by the word a file has for them.

use qinting_domain::ChannelRole;
use serde::{Deserialize, Serialize};

/// What somebody is to a call or a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// 坐席
    Agent,
    /// 客户
    Customer,
    /// A program that answers.
    Bot,
    /// Notices of the system.
    System,
    /// Somebody else: a coach, a supervisor.
    Third,
    /// Not said.
    #[default]
    Unknown,
}

impl Party {
    /// What they are on a channel of a recording.
    pub fn channel_role(self) -> ChannelRole {
        match self {
            Self::Agent => ChannelRole::Agent,
            Self::Customer => ChannelRole::Customer,
            Self::Third => ChannelRole::Whisper,
            Self::Bot | Self::System | Self::Unknown => ChannelRole::Unknown,
        }
    }

    /// The party a label names: `坐席`, `AGENT_1`, `客户（王女士）`. Unknown where it holds no word for one.
    pub fn of(label: &str) -> Self {
        let label = label.to_lowercase();
        let words: Vec<&str> = label
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        let names = |all: &[&str]| {
            all.iter().any(|word| match word.is_ascii() {
                // A Latin word counts when it stands alone: `superuser` is no user.
                true => words.contains(word),
                false => label.contains(word),
            })
        };
        // The narrower words first: 机器人客服 is a bot, 客服 alone an agent, and 客户经理 is no customer.
        let known: &[(Self, &[&str])] = &[
            (Self::Bot, BOT),
            (Self::System, SYSTEM),
            (Self::Third, THIRD),
            (Self::Agent, AGENT),
            (Self::Customer, CUSTOMER),
        ];
        let found = known.iter().find(|(_, all)| names(all));
        found.map_or(Self::Unknown, |(party, _)| *party)
    }
}

const BOT: &[&str] = &[
    "机器人",
    "智能客服",
    "bot",
    "robot",
    "chatbot",
    "virtual",
    "ivr",
];
const SYSTEM: &[&str] = &["系统", "system"];
const THIRD: &[&str] = &[
    "班长",
    "质检",
    "主管",
    "督导",
    "supervisor",
    "coach",
    "whisper",
];
const AGENT: &[&str] = &[
    "坐席",
    "座席",
    "客服",
    "小二",
    "话务员",
    "接线员",
    "客户经理",
    "员工",
    "人工",
    "agent",
    "agents",
    "staff",
    "operator",
    "rep",
    "representative",
    "advisor",
    "employee",
    "seat",
    "assistant",
    "support",
];
const CUSTOMER: &[&str] = &[
    "客户",
    "顾客",
    "用户",
    "访客",
    "买家",
    "来电人",
    "会员",
    "消费者",
    "customer",
    "customers",
    "caller",
    "client",
    "visitor",
    "user",
    "guest",
    "buyer",
    "consumer",
    "enduser",
    "end_user",
];

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("坐席", Party::Agent)]
    #[case("座席1", Party::Agent)]
    #[case("AGENT", Party::Agent)]
    #[case("agent_0", Party::Agent)]
    #[case("Agent Mike Rivera", Party::Agent)]
    #[case("客服-小王", Party::Agent)]
    #[case("客户经理", Party::Agent)]
    #[case("客户（王女士）", Party::Customer)]
    #[case("CUSTOMER", Party::Customer)]
    #[case("caller", Party::Customer)]
    #[case("智能客服", Party::Bot)]
    #[case("机器人客服", Party::Bot)]
    #[case("系统消息", Party::System)]
    #[case("supervisor", Party::Third)]
    #[case("spk_0", Party::Unknown)]
    #[case("superuser", Party::Unknown)]
    #[case("Roger Bingham", Party::Unknown)]
    #[case("", Party::Unknown)]
    fn a_label_says_who_somebody_is_or_nothing(#[case] label: &str, #[case] party: Party) {
        assert_eq!(Party::of(label), party);
    }

    #[test]
    fn who_is_neither_side_is_not_known_on_a_channel() {
        assert_eq!(Party::Agent.channel_role(), ChannelRole::Agent);
        assert_eq!(Party::Bot.channel_role(), ChannelRole::Unknown);
    }
}
