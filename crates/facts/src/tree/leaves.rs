//! Every place of a tree that says something, for a person to choose from.

use super::Node;
use serde::Serialize;
use std::collections::HashMap;

/// Most places that are listed; of more, a person chooses none.
const MOST_LEAVES: usize = 2_000;
/// How many different values are shown of each, and how much of them.
const SAMPLES: usize = 3;
const MOST_SHOWN: usize = 80;

/// A place, `[*]` for each of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leaf {
    /// The way to it, as profiles write it.
    pub path: String,
    /// The first different values there.
    pub samples: Vec<String>,
    /// How often something stands there.
    pub count: u32,
}

/// All places in the order they come first, and whether there are more than are listed.
pub fn leaves(root: &Node) -> (Vec<Leaf>, bool) {
    let mut out = Leaves::default();
    out.see(root);
    (out.found, out.is_cut)
}

/// Places that were seen so far, in one tree or several.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaves {
    found: Vec<Leaf>,
    places: HashMap<String, usize>,
    is_cut: bool,
}

impl Leaves {
    /// Looks at one more.
    pub fn see(&mut self, root: &Node) {
        self.walk(root, String::new());
    }

    /// What was found, and whether there is more.
    pub fn found(&self) -> (&[Leaf], bool) {
        (&self.found, self.is_cut)
    }

    /// A tree is at most [`MOST_DEPTH`](super::MOST_DEPTH) deep.
    fn walk(&mut self, node: &Node, path: String) {
        match node {
            Node::List(nodes) => {
                for node in nodes {
                    self.walk(node, format!("{path}[*]"));
                }
            }
            Node::Record(fields) => {
                for (name, node) in fields {
                    let name = step(name);
                    let is_joined = path.is_empty() || name.starts_with('[');
                    let dot = if is_joined { "" } else { "." };
                    self.walk(node, format!("{path}{dot}{name}"));
                }
            }
            leaf => self.leaf(path, &leaf.cell().unwrap_or_default()),
        }
    }

    fn leaf(&mut self, path: String, says: &str) {
        let at = match self.places.get(&path) {
            Some(at) => *at,
            None if self.found.len() == MOST_LEAVES => {
                self.is_cut = true;
                return;
            }
            None => {
                self.places.insert(path.clone(), self.found.len());
                self.found.push(Leaf {
                    path,
                    samples: Vec::new(),
                    count: 0,
                });
                self.found.len() - 1
            }
        };
        let leaf = &mut self.found[at];
        leaf.count = leaf.count.saturating_add(1);
        let shown: String = says.trim().chars().take(MOST_SHOWN).collect();
        if !shown.is_empty() && leaf.samples.len() < SAMPLES && !leaf.samples.contains(&shown) {
            leaf.samples.push(shown);
        }
    }
}

/// A name as a step of a way.
fn step(name: &str) -> String {
    let is_plain = !name.is_empty() && name.trim() == name && !name.contains(['.', '[', ']', '>']);
    if is_plain {
        name.to_owned()
    } else {
        format!("[\"{name}\"]")
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Path, json};
    use super::*;

    #[test]
    fn every_place_is_listed_once_with_what_stands_there() {
        let tree =
            json::parse(r#"{"R": {"L": [{"d": 8, "a.b": 1}, {"d": 9}, {"d": 8}], "e": null}}"#)
                .unwrap();
        let (found, is_cut) = leaves(&tree);
        let told: Vec<_> = found
            .iter()
            .map(|leaf| (leaf.path.as_str(), leaf.samples.join(" "), leaf.count))
            .collect();
        let expected = [
            ("R.L[*].d", "8 9".to_owned(), 3),
            ("R.L[*][\"a.b\"]", "1".to_owned(), 1),
            ("R.e", String::new(), 1),
        ];
        assert_eq!((told.as_slice(), is_cut), (expected.as_slice(), false));
        for leaf in found {
            let path: Path = leaf.path.parse().unwrap();
            assert!(path.is_in(&tree), "{}", leaf.path);
        }
    }

    #[test]
    fn a_tree_of_too_many_places_is_cut_and_says_so() {
        let fields = (0..3_000)
            .map(|at| (format!("k{at}"), Node::Null))
            .collect();
        let (found, is_cut) = leaves(&Node::Record(fields));
        assert_eq!((found.len(), is_cut), (MOST_LEAVES, true));
    }
}
