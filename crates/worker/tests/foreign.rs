//! Recordings that the system's ffmpeg decodes, by the real worker and by programs that only
//! pretend to be one.
#![allow(clippy::print_stdout, reason = "this is its own test harness")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use qinting_desk::*;
use qinting_domain::SoundNotice;
use qinting_testkit::data::shared;
use qinting_testkit::{harness, tests};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const TESTS: &[harness::Test] = tests![
    what_recorders_and_phones_write_comes_in_with_its_true_length,
    what_only_telephones_write_comes_in_with_its_true_length,
    what_ffmpeg_cannot_read_in_the_middle_is_a_gap_of_its_length,
    a_wav_that_wraps_an_mp3_needs_no_ffmpeg,
    real_files_of_phones_and_recorders_come_in,
    without_ffmpeg_the_codec_is_named,
    a_program_that_hangs_is_given_up,
    a_program_that_talks_without_end_is_stopped,
    a_program_that_fails_is_a_file_that_cannot_be_read,
    a_run_can_be_stopped,
    ffmpeg_reads_nothing_but_what_it_was_given,
];

fn main() -> ExitCode {
    if let Some(code) = qinting_worker::run_if_worker(|| {}) {
        return code;
    }
    harness::run(TESTS)
}

const STALL: Duration = Duration::from_secs(2);

struct Bench {
    folder: TempDir,
    decoder: Arc<dyn MediaDecoder>,
}

impl Bench {
    fn with(program: Option<PathBuf>) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            decoder: qinting_worker::decoder_with(program, 8 << 20, STALL),
        }
    }

    fn real() -> Self {
        let all = std::env::var_os("PATH").unwrap();
        let found = std::env::split_paths(&all)
            .map(|folder| folder.join("ffmpeg"))
            .find(|file| file.is_file());
        assert!(found.is_some(), "ffmpeg is one of the packages tests need");
        Self::with(found)
    }

    /// A program that answers with this script.
    fn pretending(script: &str) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let mut bench = Self::with(None);
        let program = bench.folder.path().join("ffmpeg");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
        bench.decoder = qinting_worker::decoder_with(Some(program), 8 << 20, STALL);
        bench
    }

    fn ingest(&self, path: &Path) -> AppResult<Ingested> {
        self.ingest_until(path, &Cancel::default())
    }

    fn ingest_until(&self, path: &Path, cancel: &Cancel) -> AppResult<Ingested> {
        let work_dir = self.folder.path().join("work");
        let _ = std::fs::remove_dir_all(&work_dir);
        std::fs::create_dir(&work_dir).unwrap();
        let mut last = 0;
        let mut rising = |permille| {
            assert!(permille >= last, "progress fell");
            last = permille;
        };
        let request = IngestRequest {
            paths: vec![path.to_owned()],
            work_dir,
            ..IngestRequest::default()
        };
        self.decoder.ingest(&request, &mut rising, cancel)
    }

    /// Three seconds of a tone, as ffmpeg writes it.
    fn made(&self, name: &str, args: &[&str]) -> PathBuf {
        let path = self.folder.path().join(name);
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i"])
            .arg("sine=frequency=440:sample_rate=8000:duration=3")
            .args(args)
            .arg(&path)
            .status();
        assert!(made.unwrap().success(), "{name}");
        path
    }

    fn amr(&self) -> PathBuf {
        let path = self.folder.path().join("call.amr");
        std::fs::write(&path, [b"#!AMR\n".to_vec(), vec![0x3C; 640]].concat()).unwrap();
        path
    }
}

fn ms(ingested: &Ingested) -> u64 {
    ingested.frames * 1000 / u64::from(ingested.sample_rate_hz)
}

fn what_recorders_and_phones_write_comes_in_with_its_true_length() {
    let bench = Bench::real();
    for (name, args, codec) in [
        ("gsm.wav", &["-c:a", "libgsm_ms"][..], "wav/gsm_ms"),
        ("call.gsm", &["-c:a", "libgsm"], "gsm"),
        ("call.wma", &["-c:a", "wmav2"], "wmav2"),
        ("call.spx", &["-c:a", "libspeex"], "speex"),
        ("call.g722", &["-ar", "16000", "-c:a", "g722"], "adpcm_g722"),
        ("call.ac3", &["-ar", "48000", "-c:a", "ac3"], "ac3"),
        (
            "call.ulaw",
            &["-c:a", "pcm_mulaw", "-f", "mulaw"],
            "pcm_mulaw",
        ),
        ("call.au", &["-c:a", "pcm_s16be"], "pcm_s16be"),
        ("film.avi", &["-c:a", "pcm_s16le"], "pcm_s16le"),
    ] {
        let path = bench.made(name, args);
        let got = bench
            .ingest(&path)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(ms(&got).abs_diff(3_000) <= 100, "{name}: {} ms", ms(&got));
        assert_eq!(got.sources[0].codec, codec, "{name}");
        let kept = std::fs::read(bench.folder.path().join("work/source-0")).unwrap();
        assert!(
            kept == std::fs::read(&path).unwrap(),
            "{name} is kept as it is"
        );
    }
}

fn what_ffmpeg_cannot_read_in_the_middle_is_a_gap_of_its_length() {
    let bench = Bench::real();
    let path = bench.made("call.wma", &["-c:a", "wmav2"]);
    let mut bytes = std::fs::read(&path).unwrap();
    let whole = bench.ingest(&path).unwrap();
    assert_eq!((whole.gaps.len(), whole.notices.len()), (0, 1));
    let hole = bytes.len() * 4 / 10..bytes.len() * 6 / 10;
    bytes[hole].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let hurt = bench.ingest(&path).unwrap();
    assert!(ms(&hurt).abs_diff(ms(&whole)) <= 20, "{} ms", ms(&hurt));
    let [gap] = hurt.gaps.as_slice() else {
        panic!("one gap and not {:?}", hurt.gaps);
    };
    assert!((800..=1_500).contains(&gap.start_ms), "{gap:?}");
    assert!(
        (400..=1_100).contains(&(gap.end_ms - gap.start_ms)),
        "{gap:?}"
    );
    assert!(
        hurt.notices
            .iter()
            .any(|one| matches!(one, SoundNotice::Holes { count: 1, .. }))
    );
}

/// No program here writes these; the bytes of silent frames are known.
fn what_only_telephones_write_comes_in_with_its_true_length() {
    let bench = Bench::real();
    let amr = bench.amr();
    let wide = bench.folder.path().join("wide.awb");
    let frame = [&[0x44][..], &[0; 60]].concat();
    std::fs::write(&wide, [b"#!AMR-WB\n".to_vec(), frame.repeat(20)].concat()).unwrap();
    let g729 = bench.folder.path().join("call.g729");
    std::fs::write(&g729, [0; 400]).unwrap();
    let phone = bench.folder.path().join("call.3gp");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "amr", "-i"])
        .arg(&amr)
        .args(["-c", "copy"])
        .arg(&phone)
        .status();
    assert!(made.unwrap().success());
    for (path, codec) in [
        (amr, "amr_nb"),
        (wide, "amr_wb"),
        (g729, "g729"),
        (phone, "mp4/amr_nb"),
    ] {
        let got = bench.ingest(&path);
        let got = got.unwrap_or_else(|e| panic!("{codec}: {e}"));
        assert_eq!((ms(&got), got.sources[0].codec.as_str()), (400, codec));
    }
}

fn a_wav_that_wraps_an_mp3_needs_no_ffmpeg() {
    let maker = Bench::real();
    let path = maker.made("mp3.wav", &["-c:a", "libmp3lame"]);
    let got = Bench::with(None).ingest(&path).unwrap();
    assert!(ms(&got).abs_diff(3_000) <= 200, "{} ms", ms(&got));
    assert!(got.sources[0].codec.contains("mp3"));
}

/// Files of the shared data that need ffmpeg or the way out of a WAV.
fn real_files_of_phones_and_recorders_come_in() {
    let Some(odd) = shared("odd") else {
        return;
    };
    let bench = Bench::real();
    for (name, expected) in [
        ("azvm_en-US_gsm610.gsm", 10_400),
        ("azvm_en-US_amr_nb.amr", 10_380),
        ("ax_bbb_mono_8kHz_12.2kbps_amrnb.3gp", 3_014),
        ("mm_asf.wma", 1_068),
        ("tt_mp3_audio.wav", 1_045),
        ("wf_4bit-imaadpcm-8kHz-noBext-mono-encoded.wav", 5_934),
    ] {
        let got = bench
            .ingest(&odd.join(name))
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(
            ms(&got).abs_diff(expected) <= 100,
            "{name}: {} ms",
            ms(&got)
        );
    }
}

fn without_ffmpeg_the_codec_is_named() {
    let bench = Bench::with(None);
    let refused = bench.ingest(&bench.amr()).unwrap_err();
    assert_eq!(refused.code(), codes::MEDIA_NEEDS_FFMPEG);
    assert_eq!(refused.note.args["codec"], "amr-nb");
    assert_eq!(refused.note.args["name"], "call.amr");
}

fn a_program_that_hangs_is_given_up() {
    let bench = Bench::pretending("exec sleep 600");
    let started = Instant::now();
    let refused = bench.ingest(&bench.amr()).unwrap_err();
    assert_eq!(refused.code(), codes::MEDIA_WORKER_DIED);
    assert!(started.elapsed() < STALL * 8);
}

fn a_program_that_talks_without_end_is_stopped() {
    let endless = Bench::pretending("exec cat /dev/zero");
    let refused = endless.ingest(&endless.amr()).unwrap_err();
    assert_eq!(refused.code(), codes::MEDIA_TOO_BIG);
}

fn a_program_that_fails_is_a_file_that_cannot_be_read() {
    for (script, code) in [
        ("exit 1", codes::MEDIA_NOT_AUDIO),
        (
            "echo 'Stream #0:0: Audio: amr_nb (samr), 8000 Hz' >&2; exit 1",
            codes::MEDIA_UNSUPPORTED,
        ),
        // It can write no file: what it says goes through the pipe or nowhere.
        (
            "echo stolen > \"$0.copy\" && exit 0; exit 1",
            codes::MEDIA_NOT_AUDIO,
        ),
    ] {
        let bench = Bench::pretending(script);
        let refused = bench.ingest(&bench.amr()).unwrap_err();
        assert_eq!(refused.code(), code, "{script}");
        let copy = bench.folder.path().join("ffmpeg.copy");
        assert!(std::fs::metadata(copy).map_or(0, |meta| meta.len()) == 0);
    }
}

fn a_run_can_be_stopped() {
    let bench = Bench::pretending("exec sleep 600");
    let cancel = Cancel::default();
    let later = cancel.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        later.cancel();
    });
    let stopped = bench.ingest_until(&bench.amr(), &cancel).unwrap_err();
    assert_eq!(stopped.code(), codes::CANCELLED);
}

/// A list of other files is a recording to an ffmpeg that may guess.
fn ffmpeg_reads_nothing_but_what_it_was_given() {
    let bench = Bench::real();
    let secret = bench.made("secret.wav", &["-c:a", "pcm_s16le"]);
    let lists = [
        format!("ffconcat version 1.0\nfile '{}'\n", secret.display()),
        format!(
            "#EXTM3U\n#EXTINF:3,\n{}\n#EXT-X-ENDLIST\n",
            secret.display()
        ),
    ];
    for list in lists {
        for name in ["call.wav", "call.amr", "call.3gp", "call.m3u8"] {
            let path = bench.folder.path().join(name);
            std::fs::write(&path, &list).unwrap();
            assert!(bench.ingest(&path).is_err(), "{name}");
        }
        // Headless kinds are noise at most, never the other file.
        let path = bench.folder.path().join("call.g722");
        std::fs::write(&path, &list).unwrap();
        assert!(bench.ingest(&path).map_or(0, |got| ms(&got)) < 1_000);
    }
}
