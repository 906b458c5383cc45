//! Capture streams of PulseAudio, and of PipeWire in its place.
//!
//! cpal lists what there is; its streams let the server hold no more for us than one fragment, and
//! follow when the server moves them. The first loses sound without a word (118 ms when a player that
//! keeps two seconds ahead begins to play into a 48 kHz sink), the second puts one person's voice into
//! another's lane when a device is unplugged.

use crate::capture::inputs::{MakeIntake, Refusal, RunningInput};
use crate::capture::intake::{InputShape, Trouble};
use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use futures::executor::block_on;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{PulseError, RecordStreamParams, SampleFormat, SampleSpec};
use pulseaudio::{Client, ClientError, RecordStream};
use qinting_desk::Kind;
use std::ffi::CString;
use std::time::Duration;

/// How the ids of such sources begin; their name on the server follows.
pub(super) const SCHEME: &str = "pulseaudio:";
/// What the server hands over at once, as a part of a second.
const FRAGMENTS_PER_S: u32 = 10;
/// Most the server takes to hold for us: as much as it allows.
const AS_MUCH_AS_POSSIBLE: u32 = u32::MAX;
/// How often the server is asked whether the stream still is.
const LOOK: Duration = Duration::from_millis(200);

/// A stream that runs until this is dropped.
struct PulseInput {
    /// Closed by the drop: the watcher then takes the stream away.
    _alive: Sender<()>,
}

impl RunningInput for PulseInput {}

/// Starts the source of this name at its own rate and channels. A server that hangs is given up after
/// `within`.
pub(super) fn open(
    name: &str,
    make: MakeIntake<'_>,
    trouble: Trouble,
    within: Duration,
) -> Result<Box<dyn RunningInput>, Refusal> {
    let name = CString::new(name).map_err(|_| Refusal::Missing)?;
    let (client, source) = asked_within(within, move || {
        let client = Client::from_env(c"qinting")?;
        let source = block_on(client.source_info_by_name(name))?;
        Ok((client, source))
    })?;
    let spec = SampleSpec {
        format: SampleFormat::S16Le,
        ..source.sample_spec
    };
    let frame_bytes = 2 * u32::from(spec.channels);
    let mut intake = make(InputShape {
        rate_hz: spec.sample_rate,
        channels: spec.channels.into(),
    });
    let params = RecordStreamParams {
        sample_spec: spec,
        channel_map: source.channel_map,
        source_index: Some(source.index),
        buffer_attr: BufferAttr {
            max_length: AS_MUCH_AS_POSSIBLE,
            fragment_size: spec.sample_rate / FRAGMENTS_PER_S * frame_bytes,
            ..BufferAttr::default()
        },
        flags: StreamFlags {
            adjust_latency: true,
            no_move: true,
            ..StreamFlags::default()
        },
        ..RecordStreamParams::default()
    };
    let (alive, over) = bounded::<()>(0);
    let stream = asked_within(within, move || {
        let push = move |bytes: &[u8]| {
            let (samples, _) = bytes.as_chunks::<2>();
            intake.push_as(samples, i16::from_le_bytes);
        };
        block_on(client.create_record_stream(params, push))
    })?;
    let watched = std::thread::Builder::new()
        .name("capture-watch".into())
        .spawn(move || {
            while over.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if let Err(e) = block_on(stream.timing_info()) {
                    return trouble.lost(e.to_string());
                }
            }
            take_away(stream);
        });
    watched.map_err(|e| Refusal::Refused(e.to_string()))?;
    Ok(Box::new(PulseInput { _alive: alive }))
}

fn take_away(stream: RecordStream) {
    if let Err(e) = block_on(stream.delete()) {
        tracing::info!(kind = %Kind::of(&e), "a capture stream ended before it was taken away");
    }
}

/// Asks on a thread of its own: a server that hangs holds up that one, and nobody else.
fn asked_within<T: Send + 'static>(
    within: Duration,
    ask: impl FnOnce() -> Result<T, ClientError> + Send + 'static,
) -> Result<T, Refusal> {
    let (send, answer) = bounded(1);
    let asked = std::thread::Builder::new()
        .name("capture-open".into())
        .spawn(move || {
            // Whoever asked may have given up.
            let _ = send.send(ask());
        });
    asked.map_err(|e| Refusal::Refused(e.to_string()))?;
    match answer.recv_timeout(within) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(ClientError::ServerError(PulseError::NoEntity))) => Err(Refusal::Missing),
        Ok(Err(e)) => Err(Refusal::Refused(e.to_string())),
        Err(_) => Err(Refusal::Refused("the sound server does not answer".into())),
    }
}
