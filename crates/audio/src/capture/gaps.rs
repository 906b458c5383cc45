//! Stretches without sound, told when they open and when they end.

use qinting_desk::CaptureNews;
use qinting_domain::GapKind;
use std::sync::Arc;

/// Tells whoever listens.
pub(super) type Tell = Arc<dyn Fn(CaptureNews) + Send + Sync>;

/// One gap that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    ordinal: u32,
    pub(super) kind: GapKind,
    channel: Option<u16>,
    pub(super) start_ms: u64,
}

/// Counts and tells gaps.
pub(super) struct Gaps {
    tell: Tell,
    next: u32,
}

impl Gaps {
    pub(super) fn new(tell: Tell) -> Self {
        Self { tell, next: 0 }
    }

    #[must_use]
    pub(super) fn open(&mut self, kind: GapKind, channel: Option<u16>, start_ms: u64) -> Open {
        let gap = Open {
            ordinal: self.next,
            kind,
            channel,
            start_ms,
        };
        self.next += 1;
        self.say(gap, None);
        gap
    }

    pub(super) fn close(&self, gap: Open, end_ms: u64) {
        self.say(gap, Some(end_ms.max(gap.start_ms)));
    }

    /// One that is over when it is noticed.
    pub(super) fn whole(
        &mut self,
        kind: GapKind,
        channel: Option<u16>,
        start_ms: u64,
        end_ms: u64,
    ) {
        let gap = Open {
            ordinal: self.next,
            kind,
            channel,
            start_ms,
        };
        self.next += 1;
        self.close(gap, end_ms);
    }

    fn say(&self, gap: Open, end_ms: Option<u64>) {
        (self.tell)(CaptureNews::Gap {
            ordinal: gap.ordinal,
            kind: gap.kind,
            channel: gap.channel,
            start_ms: gap.start_ms,
            end_ms,
        });
    }
}
