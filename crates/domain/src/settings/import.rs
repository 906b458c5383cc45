//! What a workspace remembers of how calls are brought in.

use super::WorkspaceSettings;
use crate::{ChannelRole, Direction, Unfit, line};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Longest basis or notice of an import, in characters.
pub const BASIS_CHARS: usize = 200;
/// How many maps of channels a workspace remembers.
pub const CHANNEL_MAPS: usize = 50;
/// Longest name of a source in one, in characters.
pub const SOURCE_CHARS: usize = 200;

/// On what calls are brought in, as it is asked once per import. What is empty is not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ImportBasis {
    /// What [`Contact::basis`](crate::Contact::basis) of every new call says.
    pub basis: String,
    /// What [`Contact::notice`](crate::Contact::notice) of every new call says.
    pub notice: String,
}

impl ImportBasis {
    /// As it is kept: each one line of at most [`BASIS_CHARS`]. Names the one that is longer.
    pub fn cleaned(&self) -> Result<Self, Unfit> {
        let one = |field: &str, text: &str| {
            let kept = line(text).filter(|kept| kept.chars().count() <= BASIS_CHARS);
            kept.ok_or_else(|| Unfit::of(field))
        };
        Ok(Self {
            basis: one("basis", &self.basis)?,
            notice: one("notice", &self.notice)?,
        })
    }
}

/// Who speaks on the two channels of calls of one source and one direction: recorders put who called at the left, so
/// that calls in and calls out are the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelMap {
    /// The profile that reads the source, by its name; empty: any source.
    pub source: String,
    /// Who called whom; `None`: any direction, also one nobody knows.
    pub direction: Option<Direction>,
    /// Role of channel 0 and 1.
    pub roles: [ChannelRole; 2],
}

impl ChannelMap {
    /// How well it fits calls of a source and a direction, more where it says more of them; `None` where it is about
    /// others. A source says more than a direction.
    fn fits(&self, source: &str, direction: Option<Direction>) -> Option<u8> {
        let is_of_source = self.source.is_empty() || self.source == source;
        let is_of_direction = self.direction.is_none() || self.direction == direction;
        let says = u8::from(!self.source.is_empty()) * 2 + u8::from(self.direction.is_some());
        (is_of_source && is_of_direction).then_some(says)
    }

    /// That it says of which calls it is, and that its source is a name.
    fn is_fit(&self) -> bool {
        let name = line(&self.source).filter(|name| *name == self.source);
        let is_about_some = !self.source.is_empty() || self.direction.is_some();
        is_about_some && name.is_some_and(|name| name.chars().count() <= SOURCE_CHARS)
    }

    /// Whether a workspace may keep all of these: not too many, and no two about the same calls.
    pub fn are_fit(maps: &[Self]) -> bool {
        let is_doubled = |(at, one): (usize, &Self)| {
            let mut before = maps[..at].iter();
            before.any(|other| (&other.source, other.direction) == (&one.source, one.direction))
        };
        maps.len() <= CHANNEL_MAPS
            && maps.iter().all(Self::is_fit)
            && !maps.iter().enumerate().any(is_doubled)
    }
}

impl WorkspaceSettings {
    /// Who speaks on the two channels of a call of this source, by the map that says most of it. A source without a name is
    /// one nobody remembers.
    pub fn roles_of(&self, source: &str, direction: Option<Direction>) -> [ChannelRole; 2] {
        let fitting = self.channel_maps.iter();
        let fitting = fitting.filter_map(|map| Some((map.fits(source, direction)?, map)));
        let best = fitting.max_by_key(|(says, _)| *says);
        best.map_or(self.stereo_roles, |(_, map)| map.roles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ChannelRole::{Agent, Customer, Unknown};
    use Direction::{Inbound, Internal, Outbound};
    use rstest::rstest;

    fn map(source: &str, direction: Option<Direction>, roles: [ChannelRole; 2]) -> ChannelMap {
        ChannelMap {
            source: source.into(),
            direction,
            roles,
        }
    }

    #[rstest]
    #[case::of_its_source_and_direction("七鱼", Some(Inbound), [Customer, Agent])]
    #[case::of_its_source_another_direction("七鱼", Some(Internal), [Unknown, Unknown])]
    #[case::of_its_source_no_direction("七鱼", None, [Unknown, Unknown])]
    #[case::a_source_says_more_than_a_direction("七鱼", Some(Outbound), [Unknown, Unknown])]
    #[case::of_its_direction_alone("别的", Some(Outbound), [Agent, Unknown])]
    #[case::without_a_source("", Some(Outbound), [Agent, Unknown])]
    #[case::of_none("别的", Some(Inbound), [Agent, Customer])]
    #[case::nothing_is_known("", None, [Agent, Customer])]
    fn the_map_that_says_most_of_a_call_says_who_speaks(
        #[case] source: &str,
        #[case] direction: Option<Direction>,
        #[case] roles: [ChannelRole; 2],
    ) {
        let settings = WorkspaceSettings {
            channel_maps: vec![
                map("七鱼", Some(Inbound), [Customer, Agent]),
                map("", Some(Outbound), [Agent, Unknown]),
                map("七鱼", None, [Unknown, Unknown]),
            ],
            ..WorkspaceSettings::default()
        };
        assert_eq!(settings.roles_of(source, direction), roles);
    }

    #[rstest]
    #[case::none(vec![], true)]
    #[case::of_a_source_and_of_a_direction(vec![map("七鱼", None, [Agent; 2]), map("", Some(Inbound), [Agent; 2])], true)]
    #[case::of_no_calls(vec![map("", None, [Agent; 2])], false)]
    #[case::twice_the_same(vec![map("七鱼", None, [Agent; 2]), map("七鱼", None, [Customer; 2])], false)]
    #[case::no_name(vec![map(" 七鱼", None, [Agent; 2])], false)]
    #[case::too_long_a_name(vec![map(&"长".repeat(SOURCE_CHARS + 1), None, [Agent; 2])], false)]
    #[case::too_many((0..=CHANNEL_MAPS).map(|n| map(&n.to_string(), None, [Agent; 2])).collect(), false)]
    fn maps_are_few_and_each_is_about_calls_of_its_own(
        #[case] maps: Vec<ChannelMap>,
        #[case] fit: bool,
    ) {
        assert_eq!(ChannelMap::are_fit(&maps), fit);
    }

    #[rstest]
    #[case::one_line(" 同意\n", "第 2 版", Ok(("同意", "第 2 版")))]
    #[case::not_stated("", " ", Ok(("", "")))]
    #[case::too_long_a_basis(&"长".repeat(BASIS_CHARS + 1), "", Err("basis"))]
    #[case::too_long_a_notice("", &"长".repeat(BASIS_CHARS + 1), Err("notice"))]
    fn a_basis_is_a_line_that_may_be_empty(
        #[case] basis: &str,
        #[case] notice: &str,
        #[case] kept: Result<(&str, &str), &str>,
    ) {
        let of = |basis: &str, notice: &str| ImportBasis {
            basis: basis.into(),
            notice: notice.into(),
        };
        let kept = kept.map(|(basis, notice)| of(basis, notice));
        assert_eq!(of(basis, notice).cleaned(), kept.map_err(Unfit::of));
    }
}
