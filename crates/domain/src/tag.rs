//! The codebook.

use crate::{Meta, TagId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Colour names of the design tokens a tag may wear; the UI maps them to `--tag-*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TagColour {
    /// Plain ink.
    Ink,
    /// 朱
    Customer,
    /// 黛
    Agent,
    /// 竹
    Mentor,
    /// 藤黄
    Quote,
    /// 松
    Ok,
    /// 赭
    Warn,
    /// 胭脂
    Danger,
    /// 靛
    Info,
}

/// Where a tag stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "state", content = "into")]
pub enum TagStatus {
    /// Offered when marking.
    Active,
    /// No longer offered; moments that carry it keep it.
    Retired,
    /// Its moments count under another tag.
    MergedInto(TagId),
}

/// One code of the codebook.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Tag {
    /// Identity.
    pub id: TagId,
    /// Branch the tag hangs under.
    #[field(refers(Tag))]
    pub parent_id: Option<TagId>,
    /// Name as shown.
    #[field(line, required, edit, unique)]
    pub name: String,
    /// Other names that find it, kept when tags merge.
    pub aliases: Vec<String>,
    /// What the code means and when to use it.
    #[field(prose, edit)]
    pub definition: String,
    /// Colour token.
    #[field(edit)]
    pub colour: TagColour,
    /// Order in the codebook; the first nine active tags answer to keys 1–9.
    pub position: u32,
    /// Life cycle.
    #[field(columns("status", "merged_into"), edit)]
    pub status: TagStatus,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

/// The starter codebook: (name, children), in key order for the first nine roots.
pub const STARTER_CODEBOOK: &[(&str, TagColour, &[&str])] = &[
    (
        "规则",
        TagColour::Info,
        &["发货", "退款", "物流规则", "售后", "评价", "发布", "营销"],
    ),
    ("流程", TagColour::Agent, &[]),
    ("产品", TagColour::Mentor, &[]),
    ("商家", TagColour::Warn, &[]),
    ("物流", TagColour::Agent, &[]),
    ("系统", TagColour::Info, &[]),
    ("话术", TagColour::Ink, &[]),
    ("情绪", TagColour::Customer, &[]),
    ("二次伤害", TagColour::Danger, &[]),
    ("客户风格", TagColour::Quote, &[]),
    ("服务亮点", TagColour::Ok, &[]),
];
