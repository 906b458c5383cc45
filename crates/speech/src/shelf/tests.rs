//! The shelf with one published model on it, and what happens to it.

mod chosen;
mod download;
mod server;

use super::download::{Patience, part_path};
use super::*;
use crate::header::tests::{TINY, head};
use server::Server;
use sha1::{Digest, Sha1};

/// A model's worth of bytes.
fn model_bytes() -> Vec<u8> {
    let mut bytes = head(TINY);
    bytes.extend((0..300_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8));
    bytes
}

fn id(text: &str) -> ModelId {
    ModelId::parse(text).unwrap()
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
            std::fs::read(self.shelf.file_of(&id("test")).unwrap()).unwrap(),
            self.body
        );
        assert_eq!(self.state(), ModelState::Installed);
        let left = std::fs::read_dir(&self.shelf.folder).unwrap().count();
        assert_eq!(left, 1, "nothing but the model stays behind");
    }
}

#[test]
fn a_model_that_changed_on_the_shelf_is_not_loaded() {
    let b = bench();
    let file = b.shelf.folder.join("ggml-test.bin");
    std::fs::create_dir_all(&b.shelf.folder).unwrap();
    std::fs::write(&file, &b.body).unwrap();
    assert_eq!(b.shelf.file_of(&id("test")).unwrap(), file);
    let mut other = b.body.clone();
    *other.last_mut().unwrap() ^= 1;
    std::fs::write(&file, &other).unwrap();
    // As long as before; a file system may count time in steps of some milliseconds.
    let later = std::time::SystemTime::now() + Duration::from_secs(1);
    std::fs::File::options()
        .write(true)
        .open(&file)
        .and_then(|file| file.set_modified(later))
        .unwrap();
    let refused = b.shelf.file_of(&id("test")).unwrap_err();
    assert_eq!(refused.code(), codes::MODEL_CHANGED);
    std::fs::write(&file, &b.body).unwrap();
    assert_eq!(b.shelf.file_of(&id("test")).unwrap(), file);
}
