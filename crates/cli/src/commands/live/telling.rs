//! What is said while a call goes on: a JSON object per line for programs; for people the text, and
//! one moving line where they watch.

use crate::answer::Answer;
use crate::progress::Progress;
use crate::{find, screen, words};
use qinting_desk::{
    AppError, AppEvent, AppResult, DeskEvent, LaneState, LiveDraft, LiveEnded, LiveStatus,
    LiveTextState, ObservationView, RecordEvent, codes,
};
use qinting_domain::{ChannelRole, ErrorNote, GapKind, ListenMode, Segment, SourceSide, role_of};
use qinting_export::{labels, moment};
use serde::Serialize;
use std::io::Write;

/// One line.
#[derive(Serialize)]
#[serde(tag = "live", rename_all = "snake_case")]
pub(crate) enum ToldLine {
    Begun {
        id: String,
        case_id: String,
        recording_id: String,
        title: String,
        mode: ListenMode,
    },
    Status {
        position_ms: u64,
        kept_ms: Option<u64>,
        paused_since_ms: Option<u64>,
        lanes: Vec<HeardLine>,
        gaps: Vec<Gap>,
        same_on_both: bool,
        text: LiveTextState,
        behind_ms: u32,
        thinned: bool,
        disk_minutes: Option<u32>,
        quiet_since_ms: Option<u64>,
    },
    Final {
        channel: u16,
        role: ChannelRole,
        segments: Vec<Said>,
    },
    /// What stands for an utterance until its final is there.
    Doubt {
        channel: u16,
        role: ChannelRole,
        start_ms: u64,
        end_ms: u64,
        text: String,
    },
    /// Drafts are left out for the first time in this call.
    Thinned,
    Marked {
        observation_id: String,
        at_ms: u64,
        start_ms: u64,
        end_ms: u64,
    },
    Asks {
        since_ms: u64,
    },
    Notice(words::Worded),
    Ended {
        case_id: String,
        recording_id: String,
        duration_ms: u64,
        has_audio: bool,
        link: String,
    },
}

#[derive(Serialize)]
pub(crate) struct HeardLine {
    channel: u16,
    role: ChannelRole,
    name: String,
    side: SourceSide,
    state: LaneState,
}

#[derive(Serialize)]
pub(crate) struct Gap {
    ordinal: u32,
    kind: GapKind,
    channel: Option<u16>,
    start_ms: u64,
    end_ms: Option<u64>,
}

#[derive(Serialize)]
pub(crate) struct Said {
    start_ms: u64,
    end_ms: u64,
    text: String,
    doubtful: bool,
}

impl ToldLine {
    pub fn begun(status: &LiveStatus) -> Self {
        Self::Begun {
            id: status.call.id.to_string(),
            case_id: status.call.case_id.to_string(),
            recording_id: status.call.recording_id.to_string(),
            title: status.case.title.clone(),
            mode: status.call.mode,
        }
    }

    pub fn marked(view: &ObservationView) -> Self {
        let o = &view.observation;
        Self::Marked {
            observation_id: o.id.to_string(),
            at_ms: o.raw_mark_ms,
            start_ms: o.start_ms,
            end_ms: o.end_ms,
        }
    }

    fn status(status: &LiveStatus) -> Self {
        let lanes = status.lanes.iter().map(|lane| HeardLine {
            channel: lane.channel,
            role: lane.role,
            name: lane.name.clone(),
            side: lane.side,
            state: lane.state,
        });
        let gaps = status.gaps.iter().map(|gap| Gap {
            ordinal: gap.ordinal,
            kind: gap.kind,
            channel: gap.channel,
            start_ms: gap.start_ms,
            end_ms: gap.end_ms,
        });
        Self::Status {
            position_ms: status.position_ms,
            kept_ms: status.kept_ms,
            paused_since_ms: status.paused_since_ms,
            lanes: lanes.collect(),
            gaps: gaps.collect(),
            same_on_both: status.same_on_both,
            text: status.text,
            behind_ms: status.behind_ms,
            thinned: status.thinned,
            disk_minutes: status.disk_minutes,
            quiet_since_ms: status.quiet_since_ms,
        }
    }

    fn last(channel: u16, roles: &[ChannelRole], segments: &[Segment]) -> Self {
        let said = segments.iter().map(|s| Said {
            start_ms: s.start_ms,
            end_ms: s.end_ms,
            text: s.text.clone(),
            doubtful: s.is_doubtful(),
        });
        Self::Final {
            channel,
            role: role_of(roles, channel),
            segments: said.collect(),
        }
    }

    fn doubt(roles: &[ChannelRole], draft: &LiveDraft) -> Self {
        Self::Doubt {
            channel: draft.lane,
            role: role_of(roles, draft.lane),
            start_ms: draft.start_ms,
            end_ms: draft.end_ms,
            text: draft.tentative.clone(),
        }
    }

    fn ended(ended: &LiveEnded) -> Self {
        Self::Ended {
            case_id: ended.case_id.to_string(),
            recording_id: ended.recording_id.to_string(),
            duration_ms: ended.duration_ms,
            has_audio: ended.has_audio,
            link: find::case_link(ended.case_id),
        }
    }

    /// The same for people; a status moves on a line of its own and is no text. What stands in doubt
    /// is told when it is settled: a line that was printed cannot be taken back.
    fn text(&self) -> String {
        match self {
            Self::Begun { title, mode, .. } => {
                let how = match mode {
                    ListenMode::Record => "正在录音",
                    ListenMode::TextOnly => "只留文字",
                    ListenMode::ClockOnly => "只记时钟",
                };
                let keys = "m 标记 · p 暂停 · r 继续 · q 结束";
                format!("{how}：{}\n{keys}\n", screen::short(title, 60))
            }
            Self::Status { .. } | Self::Doubt { .. } => String::new(),
            Self::Thinned => {
                "这台电脑跟不上逐字草稿：草稿会少一些，句子说完后的文字不受影响。\n".into()
            }
            Self::Final { role, segments, .. } => segments
                .iter()
                .map(|s| {
                    let who = labels::role(*role);
                    let text = screen::words(&s.text, s.doubtful);
                    format!("{}  {who}  {text}\n", moment::clock(s.start_ms))
                })
                .collect(),
            Self::Marked {
                start_ms, end_ms, ..
            } => {
                let [from, to] = [*start_ms, *end_ms].map(moment::clock);
                format!("已标记 {from}–{to}\n")
            }
            Self::Asks { since_ms } => format!(
                "从 {} 起没有人说话，也没有记号。还在听吗？接着听按 r，结束按 q；不答也一直听着。\n",
                moment::clock(*since_ms)
            ),
            Self::Notice(note) => note.text() + "\n",
            Self::Ended {
                duration_ms, link, ..
            } => format!("已结束 {}\n{link}\n", moment::clock(*duration_ms)),
        }
    }
}

/// The voice of a call that goes on.
pub(crate) struct Telling {
    json: bool,
    line: Progress,
    roles: Vec<ChannelRole>,
    notice: Option<ErrorNote>,
    /// Since when nobody was there when it asked last.
    asked: Option<u64>,
    /// It was said that drafts are left out.
    thinned: bool,
}

impl Telling {
    pub fn new(json: bool) -> Self {
        Self {
            json,
            line: Progress::new(),
            roles: Vec::new(),
            notice: None,
            asked: None,
            thinned: false,
        }
    }

    /// Says a line at once.
    pub fn say(&mut self, line: &ToldLine) -> AppResult<()> {
        let said = if self.json {
            as_json(line)? + "\n"
        } else {
            line.text()
        };
        if said.is_empty() {
            return Ok(());
        }
        self.line.clear();
        let mut out = std::io::stdout().lock();
        out.write_all(said.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|e| AppError::new(codes::INTERNAL).because(e))
    }

    /// Says how the call stands.
    pub fn status(&mut self, status: &LiveStatus) -> AppResult<()> {
        self.roles = status.lanes.iter().map(|lane| lane.role).collect();
        if let Some(note) = &status.notice {
            self.notice(note)?;
        }
        self.ask(status.quiet_since_ms)?;
        if let Some(line) = self.thins(status.thinned) {
            self.say(&line)?;
        }
        if self.json {
            return self.say(&ToldLine::status(status));
        }
        self.line.say(&standing(status));
        Ok(())
    }

    /// Asks, once each time, whether anybody is still there.
    fn ask(&mut self, since_ms: Option<u64>) -> AppResult<()> {
        let asked = std::mem::replace(&mut self.asked, since_ms);
        match since_ms {
            Some(since_ms) if asked != Some(since_ms) => self.say(&ToldLine::Asks { since_ms }),
            _ => Ok(()),
        }
    }

    /// Says, once in a call, that drafts are left out.
    fn thins(&mut self, thinned: bool) -> Option<ToldLine> {
        let is_new = thinned && !std::mem::replace(&mut self.thinned, true);
        is_new.then_some(ToldLine::Thinned)
    }

    /// Says what the app has told.
    pub fn news(&mut self, event: &AppEvent) -> AppResult<()> {
        match event {
            AppEvent::Desk(DeskEvent::LiveFinal { lane, segments, .. }) if !segments.is_empty() => {
                let line = ToldLine::last(*lane, &self.roles, segments);
                self.say(&line)
            }
            AppEvent::Desk(DeskEvent::LiveDraft { draft }) if draft.over => {
                let line = ToldLine::doubt(&self.roles, draft);
                self.say(&line)
            }
            AppEvent::Record(RecordEvent::Notice { note }) => self.notice(note),
            _ => Ok(()),
        }
    }

    /// Says what a person should know, once.
    pub fn notice(&mut self, note: &ErrorNote) -> AppResult<()> {
        if self.notice.as_ref() == Some(note) {
            return Ok(());
        }
        self.notice = Some(note.clone());
        self.say(&ToldLine::Notice(words::Worded::new(note)))
    }

    /// Code of the notice that was said last.
    pub fn last_notice(&self) -> Option<&str> {
        self.notice.as_ref().map(|note| note.code.as_str())
    }

    /// The last word of it.
    pub fn ended(&self, ended: &LiveEnded, exit: u8) -> AppResult<Answer> {
        let line = ToldLine::ended(ended);
        let answer = Answer::document(as_json(&line)?, line.text().into_bytes());
        Ok(answer.exiting(exit))
    }
}

fn as_json(line: &ToldLine) -> AppResult<String> {
    serde_json::to_string(line).map_err(|e| AppError::new(codes::INTERNAL).because(e))
}

/// How a call stands, in one line.
fn standing(status: &LiveStatus) -> String {
    let mark = match (status.paused_since_ms, status.call.mode) {
        (Some(_), _) => "‖ 已暂停",
        (None, ListenMode::ClockOnly) => "○ 只记时钟",
        (None, _) => "● 正在采集",
    };
    let mut out = format!("{mark} {}", moment::clock(status.position_ms));
    for lane in &status.lanes {
        let trouble = match lane.state {
            LaneState::Running => continue,
            LaneState::Zeros => "没有声音",
            LaneState::Faint => "太轻",
            LaneState::Clipping => "爆音",
            LaneState::Lost => "断开",
        };
        out.push_str(&format!("  {}{trouble}", labels::role(lane.role)));
    }
    if status.behind_ms > 1_000 {
        let late = f64::from(status.behind_ms) / 1_000.0;
        out.push_str(&format!("  文字晚 {late:.1} 秒"));
    }
    out
}

#[cfg(test)]
mod tests;
