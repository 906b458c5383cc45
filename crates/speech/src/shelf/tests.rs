//! Downloads against a server that misbehaves to order.

use super::*;
use crate::header::tests::{TINY, head};
use rstest::rstest;
use sha1::{Digest, Sha1};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Instant;

/// What the server does with one request.
#[derive(Clone, Copy, Debug)]
enum Reply {
    /// As a good server does: ranges and all.
    Good,
    /// 200 with everything, whatever was asked.
    NoRange,
    /// 206 with another range than asked.
    WrongRange,
    /// 416.
    NotSatisfiable,
    /// Promises everything, sends this many bytes, hangs up.
    Cut(usize),
    /// Sends this many bytes, then nothing, and stays.
    Stall(usize),
    /// A log-in page.
    Html,
    /// The right length and head, other bytes.
    BadBytes,
    /// More than there should be.
    Oversize,
    /// This status and nothing else.
    Status(u16),
}

/// What a client asked for.
#[derive(Clone, Debug, Default)]
struct Asked {
    range: Option<String>,
    if_range: Option<String>,
    path: String,
}

struct Server {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers requests in the order of `script`; the last answer repeats.
    fn start(body: Vec<u8>, script: &[Reply]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (script, log) = (script.to_vec(), asked.clone());
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for (i, stream) in listener.incoming().flatten().enumerate() {
                let reply = script[i.min(script.len() - 1)];
                let request = read_request(&stream);
                log.lock().unwrap().push(request.clone());
                // A client that hangs up early is part of the game.
                let _ = answer(&stream, reply, &request, &body);
                if matches!(reply, Reply::Stall(_)) {
                    held.push(stream);
                }
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn read_request(stream: &TcpStream) -> Asked {
    let mut asked = Asked::default();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if line.is_empty() {
            break;
        }
        if let Some(path) = line.strip_prefix("GET ") {
            asked.path = path.split(' ').next().unwrap_or_default().to_owned();
        }
        if let Some((name, value)) = line.split_once(':') {
            match name.to_ascii_lowercase().as_str() {
                "range" => asked.range = Some(value.trim().to_owned()),
                "if-range" => asked.if_range = Some(value.trim().to_owned()),
                _ => {}
            }
        }
    }
    asked
}

fn answer(mut stream: &TcpStream, reply: Reply, asked: &Asked, body: &[u8]) -> std::io::Result<()> {
    let from = asked.range.as_ref().and_then(|r| {
        r.strip_prefix("bytes=")?
            .strip_suffix('-')?
            .parse::<usize>()
            .ok()
    });
    let mut send = |status: &str, headers: &str, bytes: &[u8], promised: usize| {
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {promised}\r\nETag: \"v1\"\r\nConnection: close\r\n{headers}\r\n"
        )?;
        stream.write_all(bytes)?;
        stream.flush()
    };
    let partial = |from: usize| {
        format!(
            "Content-Range: bytes {from}-{}/{}\r\n",
            body.len() - 1,
            body.len()
        )
    };
    match (reply, from) {
        (Reply::Good, Some(from)) => send(
            "206 Partial Content",
            &partial(from),
            &body[from..],
            body.len() - from,
        ),
        (Reply::Good | Reply::NoRange, _) => send("200 OK", "", body, body.len()),
        (Reply::WrongRange, _) => send(
            "206 Partial Content",
            &partial(7),
            &body[7..],
            body.len() - 7,
        ),
        (Reply::NotSatisfiable, _) => send("416 Range Not Satisfiable", "", b"", 0),
        (Reply::Cut(n), from) => {
            let from = from.unwrap_or(0);
            let (status, range) = if from > 0 {
                ("206 Partial Content", partial(from))
            } else {
                ("200 OK", String::new())
            };
            send(status, &range, &body[from..from + n], body.len() - from)
        }
        (Reply::Stall(n), _) => send("200 OK", "", &body[..n], body.len()),
        (Reply::Html, _) => {
            let page = b"<!DOCTYPE html><html><title>Sign in</title></html>".repeat(40);
            send("200 OK", "Content-Type: text/html\r\n", &page, page.len())
        }
        (Reply::BadBytes, _) => {
            let mut other = body.to_vec();
            other[5_000] ^= 1;
            send("200 OK", "", &other, other.len())
        }
        (Reply::Oversize, _) => {
            let longer = [body, &[0; 1_000]].concat();
            send("200 OK", "", &longer, longer.len())
        }
        (Reply::Status(status), _) => send(&format!("{status} No"), "", b"", 0),
    }
}

/// A model's worth of bytes.
fn model_bytes() -> Vec<u8> {
    let mut bytes = head(TINY);
    bytes.extend((0..300_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8));
    bytes
}

struct Bench {
    folder: tempfile::TempDir,
    shelf: Shelf,
    body: Vec<u8>,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let body = model_bytes();
    let mut shelf = Shelf::new(folder.path().join("models"));
    shelf.endpoint = None;
    shelf.patience = Patience {
        stall: Duration::from_millis(400),
        back_off: Duration::from_millis(10),
    };
    shelf.published = Ok(vec![Published {
        id: "test".into(),
        name: "Test".into(),
        file: "ggml-test.bin".into(),
        bytes: body.len() as u64,
        sha1: hex::encode(Sha1::digest(&body)),
        languages: vec!["zh".into()],
        speed_hint: 1.0,
    }]);
    Bench {
        folder,
        shelf,
        body,
    }
}

impl Bench {
    fn download(&self, servers: &[&Server]) -> AppResult<Vec<DownloadProgress>> {
        let mirrors: Vec<String> = servers.iter().map(|s| s.address.clone()).collect();
        let mut told = Vec::new();
        self.shelf
            .download("test", &mirrors, &mut |p| told.push(p), &Cancel::default())?;
        Ok(told)
    }

    fn have_part(&self, bytes: &[u8]) {
        std::fs::create_dir_all(&self.shelf.folder).unwrap();
        std::fs::write(part_path(&self.shelf.folder, "ggml-test.bin"), bytes).unwrap();
    }

    fn part(&self) -> Option<u64> {
        std::fs::metadata(part_path(&self.shelf.folder, "ggml-test.bin"))
            .map(|m| m.len())
            .ok()
    }

    fn state(&self) -> ModelState {
        self.shelf.models().unwrap()[0].state
    }

    fn assert_whole(&self) {
        assert_eq!(
            std::fs::read(self.shelf.file_of("test").unwrap()).unwrap(),
            self.body
        );
        assert_eq!(self.state(), ModelState::Installed);
        let left = std::fs::read_dir(&self.shelf.folder).unwrap().count();
        assert_eq!(left, 1, "nothing but the model stays behind");
    }
}

#[test]
fn a_model_is_fetched_checked_and_put_on_the_shelf() {
    let b = bench();
    assert_eq!(b.state(), ModelState::Absent);
    assert_eq!(
        b.shelf.file_of("test").unwrap_err().code(),
        codes::SPEECH_MODEL_MISSING
    );
    let server = Server::start(b.body.clone(), &[Reply::Good]);
    let told = b.download(&[&server]).unwrap();
    b.assert_whole();
    let last = told.last().unwrap();
    assert!(last.done && last.bytes_present == last.bytes_total);
    assert!(server.address.ends_with(&last.host));
    assert_eq!(
        server.asked()[0].path,
        "/ggerganov/whisper.cpp/resolve/main/ggml-test.bin"
    );
}

/// Whatever one mirror does, the model arrives whole.
#[rstest]
#[case::server_knows_no_ranges(Some(1_000), &[Reply::NoRange])]
#[case::part_is_resumed(Some(1_000), &[Reply::Good])]
#[case::wrong_range_starts_over(Some(1_000), &[Reply::WrongRange, Reply::Good])]
#[case::unsatisfiable_starts_over(Some(1_000), &[Reply::NotSatisfiable, Reply::Good])]
#[case::cut_twice(None, &[Reply::Cut(50_000), Reply::Cut(50_000), Reply::Good])]
#[case::stalled_once(None, &[Reply::Stall(50_000), Reply::Good])]
#[case::busy_once(None, &[Reply::Status(503), Reply::Good])]
fn trouble_on_the_way_is_overcome(#[case] part: Option<usize>, #[case] script: &[Reply]) {
    let b = bench();
    if let Some(n) = part {
        b.have_part(&b.body[..n]);
        assert_eq!(b.state(), ModelState::Partial);
    }
    let server = Server::start(b.body.clone(), script);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    assert_eq!(server.asked().len(), script.len());
    if let Some(n) = part {
        assert_eq!(server.asked()[0].range, Some(format!("bytes={n}-")));
    }
}

#[test]
fn a_resumed_download_asks_for_the_rest_of_the_same_file() {
    let b = bench();
    let server = Server::start(b.body.clone(), &[Reply::Cut(60_000), Reply::Good]);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    let second = server.asked()[1].clone();
    assert_eq!(second.range.as_deref(), Some("bytes=60000-"));
    assert_eq!(second.if_range.as_deref(), Some("\"v1\""));
}

#[test]
fn a_whole_part_needs_no_network() {
    let b = bench();
    b.have_part(&b.body);
    let server = Server::start(b.body.clone(), &[Reply::Status(500)]);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    assert!(server.asked().is_empty());
}

#[test]
fn a_spoilt_part_costs_one_fresh_start() {
    let b = bench();
    let mut spoilt = b.body[..9_000].to_vec();
    spoilt[8_000] ^= 1;
    b.have_part(&spoilt);
    let server = Server::start(b.body.clone(), &[Reply::Good]);
    b.download(&[&server]).unwrap();
    b.assert_whole();
    let ranges: Vec<_> = server.asked().into_iter().map(|a| a.range).collect();
    assert_eq!(ranges, [Some("bytes=9000-".to_owned()), None]);
}

#[rstest]
#[case::bad_hash(Reply::BadBytes, codes::MODEL_BAD_HASH)]
#[case::oversize(Reply::Oversize, codes::MODEL_BAD_HASH)]
#[case::web_page(Reply::Html, codes::MODEL_NOT_A_MODEL)]
#[case::gone(Reply::Status(404), codes::MODEL_REFUSED)]
#[case::forbidden(Reply::Status(403), codes::MODEL_REFUSED)]
#[case::busy_for_good(Reply::Status(503), codes::MODEL_REFUSED)]
#[case::stalled_for_good(Reply::Stall(0), codes::MODEL_STALLED)]
#[case::wrong_range_for_good(Reply::WrongRange, codes::MODEL_REFUSED)]
fn a_mirror_that_will_not_do_is_named_and_the_next_one_asked(
    #[case] reply: Reply,
    #[case] code: &str,
) {
    let b = bench();
    let bad = Server::start(b.body.clone(), &[reply]);
    assert_eq!(b.download(&[&bad]).unwrap_err().code(), code);
    assert_ne!(b.state(), ModelState::Installed);
    assert_eq!(b.part().unwrap_or(0), 0, "no bad bytes stay behind");

    let good = Server::start(b.body.clone(), &[Reply::Good]);
    b.download(&[&bad, &good]).unwrap();
    b.assert_whole();
}

#[test]
fn nobody_at_home_is_unreachable() {
    let b = bench();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let mut nothing = |_: DownloadProgress| {};
    let error = b
        .shelf
        .download("test", &[address], &mut nothing, &Cancel::default())
        .unwrap_err();
    assert_eq!(error.code(), codes::MODEL_UNREACHABLE);
    let error = b
        .shelf
        .download("test", &[], &mut nothing, &Cancel::default())
        .unwrap_err();
    assert_eq!(error.code(), codes::MODEL_UNREACHABLE);
    let error = b
        .shelf
        .download("other", &[], &mut nothing, &Cancel::default())
        .unwrap_err();
    assert_eq!(error.code(), codes::MODEL_UNKNOWN);
}

#[test]
fn stopping_is_quick_and_keeps_what_is_there() {
    let mut b = bench();
    b.shelf.patience.stall = Duration::from_secs(30);
    let server = Server::start(b.body.clone(), &[Reply::Stall(70_000)]);
    let cancel = Cancel::default();
    let mut stopped_at = None;
    let mut stop = |p: DownloadProgress| {
        if p.bytes_present > 0 && stopped_at.is_none() {
            cancel.cancel();
            stopped_at = Some(Instant::now());
        }
    };
    let error = b
        .shelf
        .download(
            "test",
            std::slice::from_ref(&server.address),
            &mut stop,
            &cancel,
        )
        .unwrap_err();
    assert_eq!(error.code(), codes::CANCELLED);
    assert!(stopped_at.unwrap().elapsed() < Duration::from_millis(300));
    assert_eq!(b.state(), ModelState::Partial);
    assert!(b.part().unwrap() > 0);
}

#[test]
fn the_endpoint_of_the_environment_goes_first_and_none_is_asked_twice() {
    let mut b = bench();
    b.shelf.endpoint = Some("https://inside.example/".into());
    let settings = [
        "https://huggingface.co".to_owned(),
        "https://inside.example".to_owned(),
    ];
    assert_eq!(
        b.shelf.mirrors(&settings),
        ["https://inside.example/", "https://huggingface.co"]
    );
}

#[test]
fn a_download_runs_once_at_a_time() {
    let b = bench();
    let _running = UnderWay::begin(&b.shelf.under_way, "test").unwrap();
    let server = Server::start(b.body.clone(), &[Reply::Good]);
    assert_eq!(b.download(&[&server]).unwrap_err().code(), codes::CONFLICT);
    assert_eq!(b.state(), ModelState::Downloading);
    assert_eq!(b.shelf.remove("test").unwrap_err().code(), codes::CONFLICT);
}

/// Bytes that pass for a model of these dimensions: head, mel filters, vocabulary.
fn chosen_bytes(mut words: [i32; 11], width: i32) -> Vec<u8> {
    words[2] = width;
    let mut bytes = head(words);
    bytes.extend(80i32.to_le_bytes());
    bytes.extend(3i32.to_le_bytes());
    bytes.extend([0; 80 * 3 * 4]);
    bytes.extend(50_257i32.to_le_bytes());
    bytes
}

#[rstest]
#[case::real(384, false, "multi")]
#[case::demo(64, true, "demo")]
fn a_chosen_file_stands_on_the_shelf_under_its_name(
    #[case] width: i32,
    #[case] is_demo: bool,
    #[case] language: &str,
) {
    let b = bench();
    let stick = b.folder.path().join("客服 model.bin");
    std::fs::write(&stick, chosen_bytes(TINY, width)).unwrap();
    let row = b.shelf.add_file(&stick).unwrap();
    assert!(
        row.id.starts_with("file:") && row.id.len() == 17,
        "{}",
        row.id
    );
    assert_eq!((row.name.as_str(), row.is_demo), ("客服 model", is_demo));
    assert_eq!(row.languages, [language]);
    assert_eq!(b.shelf.models().unwrap().last().unwrap(), &row);
    assert_eq!(
        std::fs::read(b.shelf.file_of(&row.id).unwrap()).unwrap(),
        std::fs::read(&stick).unwrap()
    );
    // Chosen again, it is still one.
    assert_eq!(b.shelf.add_file(&stick).unwrap(), row);
    assert_eq!(b.shelf.models().unwrap().len(), 2);

    b.shelf.remove(&row.id).unwrap();
    assert_eq!(b.shelf.models().unwrap().len(), 1);
    assert_eq!(
        b.shelf.remove(&row.id).unwrap_err().code(),
        codes::MODEL_UNKNOWN
    );
}

#[test]
fn a_chosen_file_that_is_a_published_model_is_that_model() {
    let mut b = bench();
    let bytes = chosen_bytes(TINY, 384);
    if let Ok(all) = b.shelf.published.as_mut() {
        all[0].bytes = bytes.len() as u64;
        all[0].sha1 = hex::encode(Sha1::digest(&bytes));
    }
    let stick = b.folder.path().join("from the stick.bin");
    std::fs::write(&stick, &bytes).unwrap();
    assert_eq!(b.shelf.add_file(&stick).unwrap().id, "test");
    assert_eq!(b.state(), ModelState::Installed);
}

#[rstest]
#[case::text(b"not a model at all, though it is long enough for a head".to_vec())]
#[case::head_only(head(TINY))]
fn a_chosen_file_that_is_no_model_is_refused_and_nothing_stays(#[case] bytes: Vec<u8>) {
    let b = bench();
    let stick = b.folder.path().join("holiday.bin");
    std::fs::write(&stick, bytes).unwrap();
    assert_eq!(
        b.shelf.add_file(&stick).unwrap_err().code(),
        codes::MODEL_NOT_A_MODEL
    );
    let left = std::fs::read_dir(&b.shelf.folder).map_or(0, Iterator::count);
    assert_eq!(left, 0);
}

#[test]
fn a_model_can_be_named_by_its_path() {
    let b = bench();
    let path = b.folder.path().join("mine.bin");
    let name = path.to_str().unwrap();
    assert_eq!(
        b.shelf.file_of(name).unwrap_err().code(),
        codes::SPEECH_MODEL_MISSING
    );
    std::fs::write(&path, b"junk").unwrap();
    assert_eq!(
        b.shelf.file_of(name).unwrap_err().code(),
        codes::SPEECH_MODEL_UNREADABLE
    );
    std::fs::write(&path, chosen_bytes(TINY, 384)).unwrap();
    assert_eq!(b.shelf.file_of(name).unwrap(), path);
}
