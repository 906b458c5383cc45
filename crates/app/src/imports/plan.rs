//! What is one call: folders opened, names read, the two files of a call joined.

use super::{AUDIO_ENDINGS, MAX_FILES};
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;
use std::path::{Path, PathBuf};

/// Opens folders and sorts files into audio and the rest. `named`: a person pointed at it.
pub(super) fn gather(
    path: &Path,
    named: bool,
    files: &mut Vec<(PathBuf, u64)>,
    ignored: &mut Vec<String>,
) -> AppResult<()> {
    let hidden = path
        .file_name()
        .is_some_and(|n| n.to_string_lossy().starts_with('.'));
    if hidden && !named {
        return Ok(());
    }
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        // A file that is named and not there gets its answer from the import, like any other
        // file that cannot be read.
        Err(_) if named => {
            files.push((path.to_owned(), 0));
            return Ok(());
        }
        Err(_) => return Ok(()),
    };
    if meta.is_dir() {
        // A link to a folder inside a folder could lead around in a circle.
        if !named && path.is_symlink() {
            return Ok(());
        }
        let entries = std::fs::read_dir(path).map_err(|e| AppError::of_disk(&e, path))?;
        for entry in entries.flatten() {
            gather(&entry.path(), false, files, ignored)?;
        }
    } else if named || has_audio_ending(path) {
        if files.len() >= MAX_FILES {
            return Err(AppError::new(codes::INVALID).with("field", "paths"));
        }
        files.push((path.to_owned(), meta.len()));
    } else {
        ignored.push(path.to_string_lossy().into_owned());
    }
    Ok(())
}

fn has_audio_ending(path: &Path) -> bool {
    path.extension()
        .map(|e| e.to_string_lossy().to_lowercase())
        .is_some_and(|e| AUDIO_ENDINGS.contains(&e.as_str()))
}

/// One item per call: two files whose names differ only in an agent and a customer ending belong
/// together.
pub(super) fn plan_items(files: &[(PathBuf, u64)], rules: &[SuffixRule]) -> Vec<ImportItem> {
    let mut taken = vec![false; files.len()];
    let mut items = Vec::new();
    for (i, (path, bytes)) in files.iter().enumerate() {
        if taken[i] {
            continue;
        }
        taken[i] = true;
        let partner = rules
            .iter()
            .find_map(|rule| partner_of(files, &taken, i, rule));
        let (paths, title, bytes) = match partner {
            Some((agent, customer, base)) => {
                taken[agent] = true;
                taken[customer] = true;
                (
                    vec![&files[agent].0, &files[customer].0],
                    base,
                    files[agent].1 + files[customer].1,
                )
            }
            None => (vec![path], stem(path), *bytes),
        };
        items.push(ImportItem {
            paths: paths
                .into_iter()
                .map(|p| p.to_string_lossy().into_owned())
                .collect(),
            title: title_from(&title),
            bytes,
            take_what_is_there: false,
            as_own_call: false,
        });
    }
    items
}

/// Indices (agent, customer) and the common name when file `i` has its other half under `rule`.
fn partner_of(
    files: &[(PathBuf, u64)],
    taken: &[bool],
    i: usize,
    rule: &SuffixRule,
) -> Option<(usize, usize, String)> {
    let path = &files[i].0;
    let name = stem(path);
    let lower = name.to_lowercase();
    let ends = [
        (&rule.agent, &rule.customer, true),
        (&rule.customer, &rule.agent, false),
    ];
    ends.into_iter().find_map(|(mine, other, i_am_agent)| {
        let base = lower.strip_suffix(&mine.to_lowercase())?;
        let wanted = format!("{base}{}", other.to_lowercase());
        let j = files.iter().enumerate().position(|(j, (p, _))| {
            j != i && !taken[j] && p.parent() == path.parent() && stem(p).to_lowercase() == wanted
        })?;
        let (agent, customer) = if i_am_agent { (i, j) } else { (j, i) };
        let common: String = name.chars().take(base.chars().count()).collect();
        Some((agent, customer, common))
    })
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A file name as a first title: separators become spaces, never empty.
fn title_from(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let title = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        "录音".into()
    } else {
        title.chars().take(200).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn plan(names: &[&str]) -> Vec<(Vec<String>, String)> {
        let files: Vec<(PathBuf, u64)> = names.iter().map(|n| (PathBuf::from(n), 1)).collect();
        plan_items(&files, &Settings::default().suffix_rules)
            .into_iter()
            .map(|i| (i.paths, i.title))
            .collect()
    }

    fn item(paths: &[&str], title: &str) -> (Vec<String>, String) {
        (
            paths.iter().map(|p| (*p).to_owned()).collect(),
            title.to_owned(),
        )
    }

    #[rstest]
    #[case::two_halves_are_one_call(&["/a/x_agent.wav", "/a/x_caller.wav"], vec![item(&["/a/x_agent.wav", "/a/x_caller.wav"], "x")])]
    #[case::the_agent_comes_first(&["/a/退货_客户.mp3", "/a/退货_坐席.mp3"], vec![item(&["/a/退货_坐席.mp3", "/a/退货_客户.mp3"], "退货")])]
    #[case::other_folders_are_other_calls(&["/a/x_agent.wav", "/b/x_caller.wav"], vec![item(&["/a/x_agent.wav"], "x agent"), item(&["/b/x_caller.wav"], "x caller")])]
    #[case::half_a_call_stands_alone(&["/a/x_agent.wav", "/a/y_caller.wav"], vec![item(&["/a/x_agent.wav"], "x agent"), item(&["/a/y_caller.wav"], "y caller")])]
    #[case::case_of_letters_does_not_matter(&["/a/X_Agent.WAV", "/a/X_CALLER.wav"], vec![item(&["/a/X_Agent.WAV", "/a/X_CALLER.wav"], "X")])]
    #[case::a_name_of_nothing(&["/a/___.wav"], vec![item(&["/a/___.wav"], "录音")])]
    fn files_become_calls(#[case] names: &[&str], #[case] expected: Vec<(Vec<String>, String)>) {
        assert_eq!(plan(names), expected);
    }
}
