//! A mirror that misbehaves to order.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server does with one request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reply {
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
    /// Another place has it: somewhere over an open line.
    Elsewhere,
    /// This status and nothing else.
    Status(u16),
}

/// What a client asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) range: Option<String>,
    pub(super) if_range: Option<String>,
    pub(super) path: String,
}

pub(super) struct Server {
    pub(super) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers requests in the order of `script`; the last answer repeats.
    pub(super) fn start(body: Vec<u8>, script: &[Reply]) -> Self {
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

    pub(super) fn asked(&self) -> Vec<Asked> {
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
        (Reply::Elsewhere, _) => send("302 Found", "Location: http://192.0.2.1/model\r\n", b"", 0),
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
