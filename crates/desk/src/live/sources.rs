//! What can be captured, and what to choose first.

use crate::desk::AtDesk;
use crate::live::shapes::{CaptureSource, LiveChoices, SourceKind};
use qinting_app::*;
use qinting_domain::*;

/// Taken where a source's rate is not known.
const USUAL_HZ: u32 = 48_000;

impl AtDesk {
    /// What there is to choose from before a call.
    pub(crate) fn choices(&self) -> AppResult<LiveChoices> {
        let machine = &self.desk.machine;
        let sources = match &machine.capture {
            Some(capture) => capture.sources()?,
            None => Vec::new(),
        };
        let settings = self.desk.device_settings()?.live;
        let roles = self.desk.workspace_settings()?.stereo_roles;
        let lanes = Some(remembered(&settings.lanes, &sources))
            .filter(|lanes| !lanes.is_empty())
            .unwrap_or_else(|| first_choice(&sources, roles));
        let has_system = sources.iter().any(|s| s.kind == SourceKind::System);
        Ok(LiveChoices {
            no_system: (!has_system).then(|| AppError::new(codes::LIVE_NO_SYSTEM_SOUND).note),
            mode: settings.mode.unwrap_or_default(),
            has_model: machine.ears.is_some() && self.default_model_id()?.is_some(),
            disk_minutes: minutes_in(machine.media.space()?.0, &lanes, &sources),
            lanes,
            sources,
        })
    }
}

/// Minutes of recording a disk takes.
pub(super) fn minutes_in(bytes: u64, lanes: &[LiveLane], sources: &[CaptureSource]) -> u32 {
    let rate = |lane: &LiveLane| {
        let source = sources.iter().find(|s| s.id == lane.source);
        source.map_or(USUAL_HZ, |s| s.sample_rate_hz)
    };
    // All lanes are written at one rate, the highest of them at most.
    let hz = lanes.iter().map(rate).max().unwrap_or(USUAL_HZ).max(1);
    let per_minute = u64::from(hz) * 2 * lanes.len().max(1) as u64 * 60;
    u32::try_from(bytes / per_minute).unwrap_or(u32::MAX)
}

/// The lanes of the last time whose sources are still there, by id or by name.
fn remembered(lanes: &[LiveLane], sources: &[CaptureSource]) -> Vec<LiveLane> {
    let found = lanes.iter().filter_map(|lane| {
        let source = sources
            .iter()
            .find(|s| s.id == lane.source)
            .or_else(|| sources.iter().find(|s| s.name == lane.name))?;
        Some(LiveLane {
            source: source.id.clone(),
            name: source.name.clone(),
            ..lane.clone()
        })
    });
    found.collect()
}

/// Microphone and headset; else the two sides of one source; else one voice.
fn first_choice(sources: &[CaptureSource], stereo_roles: [ChannelRole; 2]) -> Vec<LiveLane> {
    let first = |kind| {
        let mut of_kind = sources.iter().filter(|s| s.kind == kind);
        let default = of_kind.clone().find(|s| s.is_default);
        default.or_else(|| of_kind.next())
    };
    let lane = |source: &CaptureSource, side, role| LiveLane {
        source: source.id.clone(),
        name: source.name.clone(),
        side,
        role,
    };
    match (first(SourceKind::Input), first(SourceKind::System)) {
        (Some(input), Some(system)) => vec![
            lane(input, SourceSide::Whole, ChannelRole::Agent),
            lane(system, SourceSide::Whole, ChannelRole::Customer),
        ],
        (Some(only), None) | (None, Some(only)) if only.channels >= 2 => vec![
            lane(only, SourceSide::Left, stereo_roles[0]),
            lane(only, SourceSide::Right, stereo_roles[1]),
        ],
        (Some(only), None) | (None, Some(only)) => {
            vec![lane(only, SourceSide::Whole, ChannelRole::Unknown)]
        }
        (None, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const STEREO: [ChannelRole; 2] = [ChannelRole::Agent, ChannelRole::Customer];

    fn source(id: &str, kind: SourceKind, channels: u16, is_default: bool) -> CaptureSource {
        CaptureSource {
            id: id.into(),
            name: format!("{id} by name"),
            kind,
            channels,
            sample_rate_hz: 48_000,
            is_default,
        }
    }

    fn told(lanes: &[LiveLane]) -> Vec<(&str, SourceSide, ChannelRole)> {
        let told = lanes.iter().map(|l| (l.source.as_str(), l.side, l.role));
        told.collect()
    }

    #[rstest]
    #[case::microphone_and_headset(
        &[source("line", SourceKind::Input, 1, false), source("mic", SourceKind::Input, 2, true),
          source("out", SourceKind::System, 2, true)],
        &[("mic", SourceSide::Whole, ChannelRole::Agent),
          ("out", SourceSide::Whole, ChannelRole::Customer)])]
    #[case::one_stereo_source(
        &[source("box", SourceKind::Input, 2, true)],
        &[("box", SourceSide::Left, ChannelRole::Agent),
          ("box", SourceSide::Right, ChannelRole::Customer)])]
    #[case::one_mono_source(
        &[source("mic", SourceKind::Input, 1, false)],
        &[("mic", SourceSide::Whole, ChannelRole::Unknown)])]
    #[case::nothing(&[], &[])]
    fn the_first_choice(
        #[case] sources: &[CaptureSource],
        #[case] expected: &[(&str, SourceSide, ChannelRole)],
    ) {
        assert_eq!(told(&first_choice(sources, STEREO)), expected);
    }

    #[test]
    fn what_was_chosen_last_is_found_by_id_or_by_name_and_left_out_when_gone() {
        let lane = |source: &str, name: &str| LiveLane {
            source: source.into(),
            name: name.into(),
            side: SourceSide::Whole,
            role: ChannelRole::Agent,
        };
        let sources = [
            source("a", SourceKind::Input, 1, true),
            source("b2", SourceKind::System, 2, true),
        ];
        let last = [
            lane("a", "renamed"),
            lane("b1", "b2 by name"),
            lane("c", "gone"),
        ];
        let found = remembered(&last, &sources);
        let ids: Vec<_> = found.iter().map(|l| l.source.as_str()).collect();
        assert_eq!(ids, ["a", "b2"]);
    }

    #[test]
    fn an_hour_of_two_lanes_takes_its_space() {
        let lanes = first_choice(&[source("box", SourceKind::Input, 2, true)], STEREO);
        let hour = 48_000 * 2 * 2 * 3_600;
        assert_eq!(minutes_in(hour, &lanes, &[]), 60);
    }
}
