//! The codebook.

use crate::{Meta, TagId, id_of};
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
    #[field(line, required, edit, unique, search)]
    pub name: String,
    /// Other names that find it, kept when tags merge.
    pub aliases: Vec<String>,
    /// What the code means and when to use it.
    #[field(prose, edit, search)]
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

/// A tag of the starter codebook.
pub struct StarterTag {
    /// Its id: the same in every workspace, because it is the same tag.
    pub id: TagId,
    /// The branch it hangs under.
    pub parent_id: Option<TagId>,
    /// Its name.
    pub name: &'static str,
    /// Its colour.
    pub colour: TagColour,
}

/// The tags of the starter codebook in the order of the codebook. Roots first: the first nine answer to the
/// keys 1–9.
pub fn starter_tags() -> Vec<StarterTag> {
    let tag = |parent: Option<&'static str>, name, colour| {
        let path = parent.into_iter().chain([name]);
        StarterTag {
            id: TagId(id_of(["tag"].into_iter().chain(path).map(str::as_bytes))),
            parent_id: parent.map(|name| TagId(id_of([b"tag".as_slice(), name.as_bytes()]))),
            name,
            colour,
        }
    };
    let roots = STARTER_CODEBOOK.iter();
    let roots = roots.map(|(name, colour, _)| tag(None, name, *colour));
    let below = STARTER_CODEBOOK
        .iter()
        .flat_map(|(root, colour, children)| {
            let children = children.iter();
            children.map(move |name| tag(Some(root), name, *colour))
        });
    roots.chain(below).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_tag_of_the_starter_codebook_is_the_same_one_everywhere() {
        let tags = starter_tags();
        let ids: BTreeSet<TagId> = tags.iter().map(|t| t.id).collect();
        assert_eq!(ids.len(), tags.len(), "each is one of its own");
        let (first, last) = (&tags[0], tags.last().expect("some"));
        assert_eq!((first.name, last.name), ("规则", "营销"));
        assert_eq!(last.parent_id, Some(first.id));
        // Another id would make it another tag on every machine that has it already.
        assert_eq!(first.id.to_string(), "ba74bb04-a638-8325-9ed9-61a5cfe85f23");
    }
}
