//! Models that were not downloaded: files somebody chose or named.

use super::super::*;
use super::{bench, id};
use crate::header::tests::{TINY, head};
use rstest::rstest;
use sha1::{Digest, Sha1};

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
        std::fs::read(b.shelf.file_of(&id(&row.id)).unwrap()).unwrap(),
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
fn a_model_can_be_named_by_its_place() {
    let b = bench();
    let path = b.folder.path().join("mine.bin");
    let code = |answer: AppResult<()>| answer.unwrap_err().code().to_owned();
    assert_eq!(code(b.shelf.name_file(&path)), codes::SPEECH_MODEL_MISSING);
    std::fs::write(&path, b"junk").unwrap();
    assert_eq!(
        code(b.shelf.name_file(&path)),
        codes::SPEECH_MODEL_UNREADABLE
    );
    std::fs::write(&path, chosen_bytes(TINY, 384)).unwrap();
    let missing = b.shelf.file_named(&path).unwrap_err();
    assert_eq!(missing.code(), codes::SPEECH_MODEL_MISSING);
    b.shelf.name_file(&path).unwrap();
    assert_eq!(b.shelf.file_named(&path).unwrap(), path);
    // What works on jobs may be another process, started before or after.
    let other = Shelf::new(b.shelf.folder.clone());
    assert_eq!(other.file_named(&path).unwrap(), path);
    std::fs::write(&path, b"junk").unwrap();
    let unreadable = other.file_named(&path).unwrap_err();
    assert_eq!(unreadable.code(), codes::SPEECH_MODEL_UNREADABLE);
}

#[test]
fn of_many_that_were_named_the_newest_are_known() {
    let b = bench();
    let path = |n: usize| {
        let path = b.folder.path().join(format!("{n}.bin"));
        std::fs::write(&path, chosen_bytes(TINY, 384)).unwrap();
        path
    };
    for n in 0..40 {
        b.shelf.name_file(&path(n)).unwrap();
    }
    assert!(b.shelf.file_named(&path(39)).is_ok() && b.shelf.file_named(&path(0)).is_err());
    let rows = b.shelf.models().unwrap();
    assert!(rows.iter().all(|row| row.state != ModelState::Installed));
}

#[test]
fn a_shelf_that_cannot_be_is_told_by_its_name() {
    let b = bench();
    std::fs::write(&b.shelf.folder, "a file in its place").unwrap();
    let there = b.folder.path().join("part");
    let part = part_path(&b.shelf.folder, "ggml-test.bin");
    std::fs::write(&there, "a start").unwrap();
    for refused in [
        super::super::part::Part::open(&part, &Cancel::default()).map(drop),
        super::super::part::Part::open(&there, &Cancel::default())
            .and_then(|found| found.finish(&part)),
    ] {
        let refused = refused.unwrap_err();
        assert_eq!(refused.note.code, codes::DISK_FOLDER_MISSING);
        assert_eq!(refused.note.args["name"], "models");
    }
}
