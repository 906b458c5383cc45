//! Finds and opens sources beside the capture's thread: asking a sound system may take seconds, or
//! for ever, and time must go on.

use super::clock::Ticks;
use super::inputs::{Inputs, Refusal, RunningInput};
use super::intake::{InputShape, Outlet, Trouble, intake};
use crossbeam_channel::{Receiver, Sender, unbounded};
use qinting_desk::{CaptureSource, SourceKind};
use std::sync::Arc;

/// A source as somebody chose it.
#[derive(Clone, Debug)]
pub(super) struct Want {
    pub id: String,
    pub name: String,
    pub kind: SourceKind,
    /// It was the system's default when it was opened.
    pub is_default: bool,
}

impl Want {
    pub(super) fn of(source: &CaptureSource) -> Self {
        Self {
            id: source.id.clone(),
            name: source.name.clone(),
            kind: source.kind,
            is_default: source.is_default,
        }
    }

    /// The source among those there are: by its id, else by its name.
    pub(super) fn find<'a>(&self, sources: &'a [CaptureSource]) -> Option<&'a CaptureSource> {
        let by_id = sources.iter().find(|s| s.id == self.id);
        by_id.or_else(|| {
            sources
                .iter()
                .find(|s| s.kind == self.kind && s.name == self.name)
        })
    }
}

/// An opened source.
pub(super) struct Stream {
    pub outlet: Outlet,
    pub shape: InputShape,
    pub trouble: Trouble,
    pub input: Box<dyn RunningInput>,
}

pub(super) enum Ask {
    Open { feed: usize, want: Want },
    Look,
    Close(Box<dyn RunningInput>),
}

pub(super) enum Answer {
    Opened {
        feed: usize,
        result: Result<(Want, Stream), Refusal>,
    },
    /// `None`: the system does not say.
    Looked(Option<Vec<CaptureSource>>),
}

/// Does what the capture asks for and answers later.
pub(super) trait Usher: Send {
    fn ask(&mut self, ask: Ask);
    fn answer(&mut self) -> Option<Answer>;
}

/// Does one thing.
pub(super) fn serve(inputs: &dyn Inputs, ticks: &Arc<dyn Ticks>, ask: Ask) -> Option<Answer> {
    match ask {
        Ask::Open { feed, want } => Some(Answer::Opened {
            feed,
            result: open(inputs, ticks, &want),
        }),
        Ask::Look => match inputs.sources() {
            Ok(sources) => Some(Answer::Looked(Some(sources))),
            // What the system says of it may hold the names of devices.
            Err(_) => {
                tracing::info!("sources could not be listed");
                Some(Answer::Looked(None))
            }
        },
        Ask::Close(input) => {
            drop(input);
            None
        }
    }
}

fn open(
    inputs: &dyn Inputs,
    ticks: &Arc<dyn Ticks>,
    want: &Want,
) -> Result<(Want, Stream), Refusal> {
    let sources = inputs.sources().map_err(Refusal::Refused)?;
    let source = want.find(&sources).ok_or(Refusal::Missing)?;
    let trouble = Trouble::default();
    let mut ours = None;
    let input = inputs.open(
        &source.id,
        &mut |shape| {
            let (device, outlet) = intake(shape, ticks.clone());
            ours = Some((outlet, shape));
            device
        },
        trouble.clone(),
    )?;
    let (outlet, shape) = ours.ok_or_else(|| Refusal::Refused("no stream".into()))?;
    let stream = Stream {
        outlet,
        shape,
        trouble,
        input,
    };
    Ok((Want::of(source), stream))
}

/// A thread that serves.
pub(super) struct Servant {
    asks: Sender<Ask>,
    answers: Receiver<Answer>,
}

impl Servant {
    pub(super) fn start(inputs: Arc<dyn Inputs>, ticks: Arc<dyn Ticks>) -> std::io::Result<Self> {
        let (asks, inbox) = unbounded();
        let (outbox, answers) = unbounded();
        std::thread::Builder::new()
            .name("capture-usher".into())
            .spawn(move || {
                for ask in inbox {
                    if let Some(answer) = serve(&*inputs, &ticks, ask) {
                        // Nobody waits any more: what was opened closes here.
                        let _ = outbox.send(answer);
                    }
                }
            })?;
        Ok(Self { asks, answers })
    }
}

impl Usher for Servant {
    fn ask(&mut self, ask: Ask) {
        // The thread lives as long as this end does.
        let _ = self.asks.send(ask);
    }
    fn answer(&mut self) -> Option<Answer> {
        self.answers.try_recv().ok()
    }
}
