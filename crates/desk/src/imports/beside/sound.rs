//! What is known of the sound of planned calls without decoding it: whether its bytes are here already, and how long
//! it is.

use super::shapes::{Already, PlannedFacts, PlannedFile};
use crate::desk::AtDesk;
use qinting_app::{AppResult, Cancel, codes};
use qinting_domain::{Sha256, lengths_apart, tells_length};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

impl AtDesk {
    /// Looks which calls are here, or twice in the plan, and of which another length is told than their sound has.
    pub(super) fn look_at_sound(
        &self,
        plan: &mut [PlannedFacts],
        files: &[(PathBuf, u64)],
        cancel: &Cancel,
    ) -> AppResult<()> {
        let suspects = self.of_a_known_size(files)?;
        let mut first_with: HashMap<Vec<Sha256>, usize> = HashMap::new();
        for (at, call) in plan.iter_mut().enumerate() {
            let is_suspect = |file: &PlannedFile| suspects.contains(file.path.as_path());
            if call.files.iter().all(is_suspect)
                && let Some(hashes) = self.hashes_of(&call.files, cancel)?
            {
                call.already = self.already(&hashes)?;
                let first = *first_with.entry(hashes).or_insert(at);
                call.same_as = (first != at).then_some(first);
            }
        }
        self.look_at_lengths(plan, cancel)
    }

    /// Holds what is told of the length of a call against its sound: of two files the longer one is as long.
    fn look_at_lengths(&self, plan: &mut [PlannedFacts], cancel: &Cancel) -> AppResult<()> {
        let of_length = |call: &&mut PlannedFacts| tells_length(&call.known);
        let calls: Vec<&mut PlannedFacts> = plan.iter_mut().filter(of_length).collect();
        let files = calls.iter().flat_map(|call| &call.files);
        let files: Vec<PathBuf> = files.map(|file| file.path.clone()).collect();
        let lengths = self.desk.machine.decoder.lengths(&files, cancel)?;
        let mut lengths = lengths.into_iter();
        for call in calls {
            let its: Option<Vec<u64>> = lengths.by_ref().take(call.files.len()).collect();
            if let Some(sound_ms) = its.and_then(|its| its.into_iter().max()) {
                call.lengths_apart = lengths_apart(&call.known, sound_ms);
            }
        }
        Ok(())
    }

    /// Files as big as one that is here, or as another one of them: only these are read for their hash.
    fn of_a_known_size<'f>(&self, files: &'f [(PathBuf, u64)]) -> AppResult<HashSet<&'f Path>> {
        let here: HashSet<u64> = self.read(|seen| {
            let recordings = seen.recordings_with_sound()?;
            let sources = recordings
                .iter()
                .flat_map(|(_, recording)| &recording.sources);
            Ok(sources.map(|source| source.bytes).collect())
        })?;
        let mut count: HashMap<u64, usize> = HashMap::new();
        for (_, bytes) in files {
            *count.entry(*bytes).or_default() += 1;
        }
        let is_known =
            |bytes: &u64| here.contains(bytes) || count.get(bytes).is_some_and(|n| *n > 1);
        let known = files.iter().filter(|(_, bytes)| is_known(bytes));
        Ok(known.map(|(path, _)| path.as_path()).collect())
    }

    /// Hashes of the files of a call; `None` where one cannot be read, which the import will say.
    fn hashes_of(&self, files: &[PlannedFile], cancel: &Cancel) -> AppResult<Option<Vec<Sha256>>> {
        let decoder = &self.desk.machine.decoder;
        let mut hashes = Vec::new();
        for file in files {
            match decoder.hash(&file.path, cancel) {
                Ok(hash) => hashes.push(hash),
                Err(e) if e.code() == codes::CANCELLED => return Err(e),
                Err(_) => return Ok(None),
            }
        }
        Ok(Some(hashes))
    }

    /// Where the recording is that was made from exactly these bytes.
    fn already(&self, hashes: &[Sha256]) -> AppResult<Option<Already>> {
        let Some(first) = hashes.first() else {
            return Ok(None);
        };
        self.read(|seen| {
            let here = seen.recording_by_hash(first)?;
            let (found, in_bin) = match here {
                Some(recording) => (Some(recording), false),
                None => (seen.binned_by_hash(first)?, true),
            };
            let is_same = |hash: &Sha256, sources: &[qinting_domain::SourceFile]| {
                sources.iter().any(|source| source.sha256 == *hash)
            };
            let found = found.filter(|recording| {
                let sources = &recording.sources;
                sources.len() == hashes.len() && hashes.iter().all(|hash| is_same(hash, sources))
            });
            Ok(found.map(|recording| Already {
                case_id: recording.case_id,
                contact_id: recording.contact_id,
                in_bin,
            }))
        })
    }
}
