//! A device that keeps what it is given, in real time.

use parking_lot::Mutex;
use qinting_audio::{Lost, MakeMixer, Outputs, RunningOutput};
use qinting_desk::OutputDevice;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub const RATE: u32 = 48_000;

#[derive(Default)]
pub struct Ear {
    pub heard: Mutex<Vec<f32>>,
    /// No device is there.
    pub missing: AtomicBool,
    /// The present device dies.
    pub die: AtomicBool,
}

struct Running {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl RunningOutput for Running {}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub struct Ears(pub Arc<Ear>);

impl Outputs for Ears {
    fn open(
        &self,
        device: Option<&str>,
        make: MakeMixer<'_>,
        lost: Lost,
    ) -> Result<Box<dyn RunningOutput>, String> {
        if self.0.missing.load(Ordering::Acquire) || device.is_some_and(|d| d != "ear") {
            return Err("no device".into());
        }
        let mut mixer = make(RATE);
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, ear) = (stop.clone(), self.0.clone());
        let thread = std::thread::spawn(move || {
            // Ten milliseconds at a time and never two at once: on a busy machine this device's
            // time runs slower, and what it hears stays whole.
            let mut out = vec![0f32; RATE as usize / 100 * 2];
            while !stopped.load(Ordering::Acquire) {
                std::thread::sleep(Duration::from_millis(10));
                if ear.die.swap(false, Ordering::AcqRel) {
                    ear.missing.store(true, Ordering::Release);
                    *lost.lock() = Some("unplugged".into());
                    return;
                }
                mixer.fill(&mut out, 2, Instant::now());
                assert!(
                    out.chunks_exact(2).all(|pair| pair[0] == pair[1]),
                    "both ears hear alike"
                );
                ear.heard.lock().extend(out.iter().step_by(2));
            }
        });
        Ok(Box::new(Running {
            stop,
            thread: Some(thread),
        }))
    }

    fn devices(&self) -> Vec<OutputDevice> {
        if self.0.missing.load(Ordering::Acquire) {
            return Vec::new();
        }
        vec![OutputDevice {
            id: "ear".into(),
            name: "Ear".into(),
            is_default: true,
        }]
    }
}
