//! What is one call: names read, the two files of a call joined.

use qinting_domain::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A case to be, of files that were found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlannedCall {
    /// Indices: one file, or agent and customer.
    pub files: Vec<usize>,
    /// Its name: of two files, what theirs have in common.
    pub name: String,
    /// Title it will get.
    pub title: String,
}

/// One item per call: two files whose names differ only in an agent and a customer ending belong
/// together.
pub(super) fn plan_items(files: &[(PathBuf, u64)], rules: &[SuffixRule]) -> Vec<PlannedCall> {
    let halves = Halves::of(files);
    let mut taken = vec![false; files.len()];
    let mut items = Vec::new();
    for (i, (path, _)) in files.iter().enumerate() {
        if taken[i] {
            continue;
        }
        taken[i] = true;
        let partner = rules
            .iter()
            .find_map(|rule| halves.partner_of(&taken, i, rule));
        let (files, name) = match partner {
            Some((agent, customer, base)) => {
                taken[agent] = true;
                taken[customer] = true;
                (vec![agent, customer], base)
            }
            None => (vec![i], stem(path)),
        };
        items.push(PlannedCall {
            files,
            title: title_from(&name),
            name,
        });
    }
    items
}

/// Files by folder and name, to find the other half of a call at once.
struct Halves<'a> {
    files: &'a [(PathBuf, u64)],
    by_name: HashMap<(Option<&'a Path>, String), Vec<usize>>,
}

impl<'a> Halves<'a> {
    fn of(files: &'a [(PathBuf, u64)]) -> Self {
        let mut by_name: HashMap<_, Vec<usize>> = HashMap::new();
        for (i, (path, _)) in files.iter().enumerate() {
            let key = (path.parent(), stem(path).to_lowercase());
            by_name.entry(key).or_default().push(i);
        }
        Self { files, by_name }
    }

    /// Indices (agent, customer) and the common name when file `i` has its other half under `rule`.
    fn partner_of(
        &self,
        taken: &[bool],
        i: usize,
        rule: &SuffixRule,
    ) -> Option<(usize, usize, String)> {
        let path = &self.files[i].0;
        let name = stem(path);
        let lower = name.to_lowercase();
        let ends = [
            (&rule.agent, &rule.customer, true),
            (&rule.customer, &rule.agent, false),
        ];
        ends.into_iter().find_map(|(mine, other, i_am_agent)| {
            let base = lower.strip_suffix(&mine.to_lowercase())?;
            let wanted = format!("{base}{}", other.to_lowercase());
            let named = self.by_name.get(&(path.parent(), wanted))?;
            let j = *named.iter().find(|&&j| j != i && !taken[j])?;
            let (agent, customer) = if i_am_agent { (i, j) } else { (j, i) };
            let common: String = name.chars().take(base.chars().count()).collect();
            Some((agent, customer, common))
        })
    }
}

/// A file name without its ending, as well as it can be read.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(path_text::shown).unwrap_or_default()
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
        plan_items(&files, &WorkspaceSettings::default().suffix_rules)
            .into_iter()
            .map(|i| {
                (
                    i.files.iter().map(|&at| names[at].to_owned()).collect(),
                    i.title,
                )
            })
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

    #[cfg(unix)]
    #[test]
    fn names_in_another_encoding_are_read_for_titles_and_halves() {
        use std::os::unix::ffi::OsStrExt;
        let path = |bytes: &[u8]| (PathBuf::from(std::ffi::OsStr::from_bytes(bytes)), 1);
        // 退货_坐席.wav and 退货_客户.wav in GBK.
        let agent = path(b"/a/\xCD\xCB\xBB\xF5_\xD7\xF8\xCF\xAF.wav");
        let caller = path(b"/a/\xCD\xCB\xBB\xF5_\xBF\xCD\xBB\xA7.wav");
        let files = [caller, agent];
        let items = plan_items(&files, &WorkspaceSettings::default().suffix_rules);
        assert_eq!((items[0].title.as_str(), items.len()), ("退货", 1));
        assert_eq!(items[0].files, [1, 0], "the agent's comes first");
    }

    #[test]
    fn twenty_thousand_files_are_paired_at_once() {
        let files: Vec<(PathBuf, u64)> = (0..10_000)
            .flat_map(|n| ["agent", "caller"].map(|side| format!("/a/{n}_{side}.wav")))
            .map(|name| (PathBuf::from(name), 1))
            .collect();
        let started = std::time::Instant::now();
        let items = plan_items(&files, &WorkspaceSettings::default().suffix_rules);
        assert_eq!(items.len(), 10_000);
        assert!(started.elapsed() < std::time::Duration::from_secs(5));
    }
}
