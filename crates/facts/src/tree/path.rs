//! Ways to a place in a tree: `Response.TelCdrList[*].Duration`.
//!
//! | step | leads to |
//! |---|---|
//! | `name` | what stands under the name; exactly written first, then whatever its case |
//! | `*` | what stands under any name |
//! | `["a.b"]` | the same for names with signs in them |
//! | `[*]` | each of a list; a single value counts as a list of one |
//! | `[0]` | one of a list, from 0 |
//! | `[meta.role=agent]` | those of a list in which that stands, whatever its case |
//! | `>` | into a text that is JSON itself |

use super::{Node, json};
use std::borrow::Cow;
use std::str::FromStr;

/// Most steps of a way, and most places one leads to.
const MOST_STEPS: usize = 32;
const MOST_FOUND: usize = 1_000_000;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Any,
    Each,
    One(usize),
    Where { names: Vec<String>, says: String },
    Inside,
}

/// A way to one or several places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    steps: Vec<Step>,
}

/// A way that is not written as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a path at character {at}")]
pub struct PathFault {
    /// Character from which on it is not understood, from 1.
    pub at: usize,
}

impl FromStr for Path {
    type Err = PathFault;

    fn from_str(written: &str) -> Result<Self, PathFault> {
        let mut steps = Vec::new();
        let mut left = written.trim();
        let whole = left;
        let fault = |left: &str| PathFault {
            at: whole[..whole.len() - left.len()].chars().count() + 1,
        };
        while !left.is_empty() {
            if steps.len() == MOST_STEPS {
                return Err(fault(left));
            }
            let (step, rest) = if let Some(after) = left.strip_prefix('[') {
                bracket(after).ok_or_else(|| fault(left))?
            } else if let Some(after) = left.strip_prefix('>') {
                (Step::Inside, after.trim_start())
            } else {
                let end = left.find(['.', '[', '>']).unwrap_or(left.len());
                let name = left[..end].trim();
                if name.is_empty() {
                    return Err(fault(left));
                }
                let step = if name == "*" {
                    Step::Any
                } else {
                    Step::Name(name.to_owned())
                };
                (step, &left[end..])
            };
            steps.push(step);
            left = match rest.strip_prefix('.') {
                Some("") => return Err(fault(rest)),
                Some(after) => after,
                None => rest,
            };
        }
        Ok(Self { steps })
    }
}

/// What stands in brackets, and what follows.
fn bracket(after: &str) -> Option<(Step, &str)> {
    if let Some(quoted) = after.strip_prefix('"') {
        let (name, rest) = quoted.split_once("\"]")?;
        return Some((Step::Name(name.to_owned()), rest));
    }
    let (inside, rest) = after.split_once(']')?;
    let inside = inside.trim();
    let step = match inside {
        "*" => Step::Each,
        _ => match inside.split_once('=') {
            Some((names, says)) => Step::Where {
                names: names
                    .split('.')
                    .map(|name| name.trim().to_owned())
                    .collect(),
                says: says.trim().to_lowercase(),
            },
            None => Step::One(inside.parse().ok()?),
        },
    };
    Some((step, rest))
}

impl Path {
    /// The first place it leads to that says something.
    pub fn first<'a>(&self, from: &'a Node) -> Option<Cow<'a, Node>> {
        let mut found = self.all(from);
        let says = |node: &Cow<'_, Node>| node.cell().is_none_or(|cell| !cell.trim().is_empty());
        let at = found.iter().position(says).unwrap_or(0);
        (at < found.len()).then(|| found.swap_remove(at))
    }

    /// All places it leads to.
    pub fn all<'a>(&self, from: &'a Node) -> Vec<Cow<'a, Node>> {
        walk(&self.steps, Cow::Borrowed(from))
    }

    /// All places it leads to with the way to each, `[*]` as the number it stands for. Never into a text.
    pub fn places<'a>(&self, from: &'a Node) -> Vec<(String, &'a Node)> {
        let mut found = vec![(String::new(), from)];
        for step in &self.steps {
            found = found
                .into_iter()
                .flat_map(|(way, node)| one_step(step, node, &way))
                .take(MOST_FOUND)
                .collect();
        }
        found
    }

    /// Whether it leads somewhere.
    pub fn is_in(&self, node: &Node) -> bool {
        !self.all(node).is_empty()
    }
}

/// Steps up to the next text that is JSON itself by reference, from there on by value.
fn walk<'a>(steps: &[Step], from: Cow<'a, Node>) -> Vec<Cow<'a, Node>> {
    let inside = steps.iter().position(|step| *step == Step::Inside);
    let (before, after) = match inside {
        Some(at) => (&steps[..at], Some(&steps[at + 1..])),
        None => (steps, None),
    };
    let found: Vec<Cow<'a, Node>> = match from {
        Cow::Borrowed(node) => plain(before, node).into_iter().map(Cow::Borrowed).collect(),
        Cow::Owned(node) => plain(before, &node)
            .into_iter()
            .cloned()
            .map(Cow::Owned)
            .collect(),
    };
    let Some(after) = after else {
        return found;
    };
    found
        .iter()
        .filter_map(|node| match node.as_ref() {
            Node::Text(text) => json::parse(text).ok(),
            _ => None,
        })
        // Each `>` uses up a step, so this ends.
        .flat_map(|node| walk(after, Cow::Owned(node)))
        .collect()
}

fn plain<'a>(steps: &[Step], from: &'a Node) -> Vec<&'a Node> {
    let mut found = vec![from];
    for step in steps {
        found = found
            .into_iter()
            .flat_map(|node| one_step(step, node, ""))
            .map(|(_, node)| node)
            .take(MOST_FOUND)
            .collect();
    }
    found
}

fn one_step<'a>(step: &Step, node: &'a Node, way: &str) -> Vec<(String, &'a Node)> {
    let items = || match node {
        Node::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let numbered = |at: usize| match node {
        Node::List(_) => format!("{way}[{at}]"),
        _ => way.to_owned(),
    };
    match step {
        Step::Name(name) => match node {
            Node::Record(fields) => {
                let next = if way.is_empty() {
                    name.clone()
                } else {
                    format!("{way}.{name}")
                };
                named(fields, name)
                    .map(|found| (next, found))
                    .into_iter()
                    .collect()
            }
            // A name of a list is a name of what is in it.
            Node::List(nodes) => nodes
                .iter()
                .enumerate()
                .flat_map(|(at, node)| match node {
                    Node::Record(_) => one_step(step, node, &numbered(at)),
                    _ => Vec::new(),
                })
                .collect(),
            _ => Vec::new(),
        },
        Step::Any => match node {
            Node::Record(fields) => fields
                .iter()
                .map(|(name, node)| {
                    let next = if way.is_empty() {
                        name.clone()
                    } else {
                        format!("{way}.{name}")
                    };
                    (next, node)
                })
                .collect(),
            _ => Vec::new(),
        },
        Step::Each => items()
            .iter()
            .enumerate()
            .map(|(at, node)| (numbered(at), node))
            .collect(),
        Step::One(at) => items()
            .get(*at)
            .map(|node| (numbered(*at), node))
            .into_iter()
            .collect(),
        Step::Where { names, says } => items()
            .iter()
            .enumerate()
            .filter(|(_, node)| is_said(node, names, says))
            .map(|(at, node)| (numbered(at), node))
            .collect(),
        // Taken out by `walk`; by reference it leads nowhere.
        Step::Inside => Vec::new(),
    }
}

fn named<'a>(fields: &'a [(String, Node)], name: &str) -> Option<&'a Node> {
    let exact = fields.iter().find(|(found, _)| found == name);
    exact
        .or_else(|| {
            fields
                .iter()
                .find(|(found, _)| found.trim().eq_ignore_ascii_case(name))
        })
        .map(|(_, node)| node)
}

fn is_said(node: &Node, names: &[String], says: &str) -> bool {
    let mut at = node;
    for name in names {
        let Node::Record(fields) = at else {
            return false;
        };
        let Some(found) = named(fields, name) else {
            return false;
        };
        at = found;
    }
    at.cell()
        .is_some_and(|cell| cell.trim().to_lowercase() == says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn tree() -> Node {
        json::parse(
            r#"{"Response": {"List": [
                    {"Id": 1, "Seat": {"Name": ""}, "Tags": ["a", "b"]},
                    {"Id": 2, "seat": {"Name": "林"}, "a.b": 5, "More": "{\"vip\": 1}"}
                ], "One": {"Id": 9}},
                "parties": [{"tel": "1", "meta": {"role": "Customer"}}, {"tel": "2", "meta": {"role": "agent"}}]}"#,
        )
        .unwrap()
    }

    #[rstest]
    #[case::each("Response.List[*].Id", &["1", "2"])]
    #[case::without_brackets("Response.List.Id", &["1", "2"])]
    #[case::one("Response.List[1].Id", &["2"])]
    #[case::any_case("response.list[1].SEAT.name", &["林"])]
    #[case::single_as_list("Response.One[*].Id", &["9"])]
    #[case::first_of_single("Response.One[0].Id", &["9"])]
    #[case::named_with_signs("Response.List[1][\"a.b\"]", &["5"])]
    #[case::chosen("parties[meta.role=agent].tel", &["2"])]
    #[case::chosen_any_case("parties[meta.role=customer].tel", &["1"])]
    #[case::inside_a_text("Response.List[*].More > vip", &["1"])]
    #[case::lists("Response.List[0].Tags[*]", &["a", "b"])]
    #[case::any_name("*.One.Id", &["9"])]
    #[case::nowhere("Response.Nothing[*].Id", &[])]
    #[case::too_far("Response.List[7]", &[])]
    fn a_way_leads_to_its_places(#[case] path: &str, #[case] cells: &[&str]) {
        let (path, tree): (Path, _) = (path.parse().unwrap(), tree());
        let found: Vec<String> = path
            .all(&tree)
            .iter()
            .map(|node| node.cell().unwrap().into_owned())
            .collect();
        assert_eq!(found, cells);
    }

    #[test]
    fn the_first_place_is_the_first_that_says_something() {
        let path: Path = "Response.List[*].Seat.Name".parse().unwrap();
        let tree = tree();
        assert_eq!(path.first(&tree).unwrap().cell().unwrap(), "林");
    }

    #[test]
    fn places_have_the_way_to_each() {
        let path: Path = "Response.List[*]".parse().unwrap();
        let tree = tree();
        let ways: Vec<String> = path.places(&tree).into_iter().map(|(way, _)| way).collect();
        assert_eq!(ways, ["Response.List[0]", "Response.List[1]"]);
        let whole: Path = "".parse().unwrap();
        assert_eq!(whole.places(&tree).len(), 1);
    }

    #[rstest]
    #[case("a..b", 3)]
    #[case("a.", 2)]
    #[case(".a", 1)]
    #[case("a[", 2)]
    #[case("a[x]", 2)]
    #[case("a[\"b]", 2)]
    fn what_is_no_way_is_told_where(#[case] written: &str, #[case] at: usize) {
        assert_eq!(written.parse::<Path>(), Err(PathFault { at }));
    }

    proptest::proptest! {
        #[test]
        fn no_way_upsets_the_walk(written in "[a-c.>\\[\\]*=\"0-2]{0,16}") {
            if let Ok(path) = written.parse::<Path>() {
                path.all(&tree());
                path.places(&tree());
            }
        }
    }
}
