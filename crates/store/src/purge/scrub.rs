//! What is left of something that was taken away for good: files, older copies, traces in the index and in the
//! journal. Done in steps, again from the start after a kill, until nothing is left; then the certificate can say so.

use super::copies::{Copied, rewrite};
use crate::connection::Connections;
use crate::fault::Outcome;
use crate::field::uuid_at;
use crate::media::Media;
use crate::{blobs, copies, forget};
use qinting_app::{MediaFolder, PurgeEnd, Scrubbed};
use qinting_domain::*;
use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// After this long somebody else has a turn.
const TURN: Duration = Duration::from_millis(500);
/// So long whoever did a purge has the first turn, in milliseconds.
const FIRST_TURN_MS: UnixMs = 30_000;
/// Bytes that are looked through at once.
const PIECE: usize = 4 << 20;

/// What this process knows of the purges it did.
#[derive(Default)]
pub(crate) struct Scrubbing {
    /// Some of the texts that went.
    texts: HashMap<PurgeId, Vec<String>>,
    /// Copies that were seen to, for these purges.
    seen_to: BTreeSet<PathBuf>,
    of: Vec<PurgeId>,
    rewritten: u32,
    dropped: u32,
}

impl Scrubbing {
    /// Remembers texts, to look for them afterwards.
    pub fn remember(&mut self, purge: PurgeId, texts: Vec<String>) {
        self.texts.insert(purge, texts);
    }

    /// One step towards the end of some purges.
    pub fn step(
        &mut self,
        purges: &[Purge],
        now: UnixMs,
        workspace: &Path,
        connections: &Connections,
        media: &Media,
    ) -> Outcome<Scrubbed> {
        // Another process did it, and knows what is to be looked for: it has the first turn.
        let is_anothers = |p: &Purge| {
            !self.texts.contains_key(&p.id)
                && (0..FIRST_TURN_MS).contains(&(now - p.meta.created_at))
        };
        if purges.iter().any(is_anothers) {
            return Ok(Scrubbed::GoesOn);
        }
        let of: Vec<PurgeId> = purges.iter().map(|p| p.id).collect();
        if self.of != of {
            (self.seen_to, self.rewritten, self.dropped) = Default::default();
            self.of = of;
        }
        drop_files(connections, media)?;
        let begun = Instant::now();
        // Nobody makes a copy meanwhile.
        let lock = copies::lock(workspace)?;
        lock.lock()?;
        for copy in copies::all(workspace)? {
            if self.seen_to.contains(&copy) {
                continue;
            }
            if begun.elapsed() > TURN {
                return Ok(Scrubbed::GoesOn);
            }
            match rewrite(&copy, purges, media)? {
                Copied::AsItWas => {}
                Copied::Rewritten => self.rewritten += 1,
                Copied::Dropped => self.dropped += 1,
            }
            self.seen_to.insert(copy);
        }
        drop(lock);
        while connections.write(forget::step)? {
            if begun.elapsed() > TURN {
                return Ok(Scrubbed::GoesOn);
            }
        }
        // Somebody reads what was before; when they are through it can go.
        if !connections.checkpoint()? {
            return Ok(Scrubbed::GoesOn);
        }
        let ends = purges.iter().map(|p| self.end(p.id, workspace));
        Ok(Scrubbed::Done(ends.collect::<Outcome<_>>()?))
    }

    fn end(&mut self, purge: PurgeId, workspace: &Path) -> Outcome<PurgeEnd> {
        let texts = self.texts.remove(&purge);
        let still_found = match &texts {
            Some(texts) => Some(found(texts, workspace)?),
            None => None,
        };
        Ok(PurgeEnd {
            purge,
            copies_rewritten: self.rewritten,
            copies_dropped: self.dropped,
            looked_for: texts.map(|t| u32::try_from(t.len()).unwrap_or(u32::MAX)),
            still_found,
        })
    }
}

/// Files nobody has any more. What lies under the hash of its bytes may be another's too.
fn drop_files(connections: &Connections, media: &Media) -> Outcome<()> {
    let dropped = connections.read(blobs::dropped)?;
    let live = connections.read(|conn| {
        let sql = "SELECT r.id FROM recording r JOIN purged p ON p.id = r.id
            JOIN purge u ON u.id = p.purge WHERE u.finished_at IS NULL";
        let mut statement = conn.prepare_cached(sql)?;
        let ids = statement.query_map([], |r| uuid_at(r, 0).map(RecordingId))?;
        Ok(ids.collect::<Result<Vec<_>, _>>()?)
    })?;
    for recording in live {
        media.drop_live(recording)?;
    }
    for (blob, is_shared) in dropped {
        media.drop_bytes(&blob, is_shared)?;
        connections.write(|tx| blobs::let_go(tx, blob.id))?;
    }
    Ok(())
}

/// How many of the texts stand somewhere in the database or its copies.
fn found(texts: &[String], workspace: &Path) -> Outcome<u32> {
    let mut left: Vec<&String> = texts.iter().collect();
    let longest = texts.iter().map(String::len).max().unwrap_or(0);
    let all = left.len();
    let mut files = copies::all(workspace)?;
    for name in ["workspace.db", "workspace.db-wal"] {
        files.push(workspace.join(name));
    }
    for file in files {
        let Ok(mut file) = File::open(&file) else {
            continue;
        };
        let mut piece = Vec::with_capacity(PIECE + longest);
        loop {
            let kept = piece.len().min(longest);
            piece.drain(..piece.len() - kept);
            if (&mut file).take(PIECE as u64).read_to_end(&mut piece)? == 0 {
                break;
            }
            left.retain(|text| memchr::memmem::find(&piece, text.as_bytes()).is_none());
        }
    }
    Ok(u32::try_from(all - left.len()).unwrap_or(u32::MAX))
}
