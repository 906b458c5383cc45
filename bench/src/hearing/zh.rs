//! Characters wrong on clips of real Mandarin, by where they come from. Marks, blanks and the script
//! do not count; numbers once as they are written and once as they are read.

use super::shape::{self, percent};
use super::{Engines, Pair, numbers};
use crate::report::{Row, say};
use crate::text::Line;
use anyhow::Context;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use qinting_testkit::data::shared_quietly as data;
use qinting_testkit::text::{distance, letters};
use std::collections::BTreeMap;

pub(super) const LANGUAGE: &str = "zh";
const REFERENCES: &str = "zh/refs.json";
/// Sets of their own; what else there is counts together.
const SETS: [&str; 4] = ["aishell1", "aishell3", "azure", "firered"];
/// Characters that a clip may be worse than with the bare engine.
const MOST_WORSE: i64 = 2;

/// A clip and what is said in it.
pub(super) struct Reference {
    pub(super) file: String,
    text: String,
}

/// The clips; none when the shared data is not here.
pub(super) fn references() -> anyhow::Result<Vec<Reference>> {
    let Some(list) = data(REFERENCES) else {
        return Ok(Vec::new());
    };
    let list: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(list)?)?;
    let list = list.as_array().context("a list of clips")?;
    let one = |clip: &serde_json::Value| {
        Some(Reference {
            file: format!("zh/{}", clip["file"].as_str()?),
            text: clip["text"].as_str()?.to_owned(),
        })
    };
    list.iter().map(|c| one(c).context("a clip")).collect()
}

/// Characters of some clips, and those that are wrong.
#[derive(Clone, Copy, Default)]
struct Wrong {
    said: usize,
    as_written: [usize; 2],
    as_read: [usize; 2],
}

impl Wrong {
    fn of(reference: &str, heard: &Pair<String>) -> Self {
        let said = letters(reference);
        let both = [&heard.ours, &heard.bare];
        Self {
            said: said.len(),
            as_written: both.map(|text| distance(&said, &letters(text))),
            as_read: both.map(|text| numbers::wrong(reference, text)),
        }
    }

    fn add(&mut self, other: Self) {
        self.said += other.said;
        for side in 0..2 {
            self.as_written[side] += other.as_written[side];
            self.as_read[side] += other.as_read[side];
        }
    }

    /// "16.0 % | 15.2 % (as written 22.1 % | 18.3 %)".
    fn words(&self) -> String {
        let share = |wrong: usize| percent(wrong as f64 / self.said.max(1) as f64);
        let [read, written] =
            [self.as_read, self.as_written].map(|[a, b]| format!("{} | {}", share(a), share(b)));
        format!("{read} (as written {written})")
    }

    fn is_no_worse(&self) -> bool {
        self.as_read[0] <= self.as_read[1] && self.as_written[0] <= self.as_written[1]
    }

    /// Characters by which ours is worse, as it stands better for us: numbers may be written as digits.
    fn worse(&self) -> i64 {
        self.as_read[0] as i64 - self.as_read[1] as i64
    }
}

pub(super) fn measure(engines: &mut Engines) -> anyhow::Result<Vec<Row>> {
    let references = references()?;
    if references.is_empty() {
        let why = "no clips in the shared data";
        return Ok(vec![Row::skipped("Mandarin, characters wrong", why, "")]);
    }
    say("writing down real Mandarin");
    let to_simplified = OpenCC::from_config(BuiltinConfig::T2s)?;
    let mut sets: BTreeMap<&str, Wrong> = BTreeMap::new();
    let (mut all, mut worst) = (Wrong::default(), (i64::MIN, String::new()));
    let mut lines = Pair {
        ours: Vec::new(),
        bare: Vec::new(),
    };
    for reference in &references {
        let file = data(&reference.file).context("a clip of the list")?;
        let heard = engines.both(&file, LANGUAGE)?;
        let text = |lines: &[Line]| {
            let text: String = lines.iter().map(|l| l.text.as_str()).collect();
            to_simplified.convert(&text)
        };
        let wrong = Wrong::of(
            &reference.text,
            &Pair {
                ours: text(&heard.ours),
                bare: text(&heard.bare),
            },
        );
        say(&format!("{}: {}", reference.file, wrong.words()));
        sets.entry(set_of(&reference.file)).or_default().add(wrong);
        all.add(wrong);
        if wrong.worse() > worst.0 {
            worst = (wrong.worse(), reference.file.clone());
        }
        lines.ours.extend(heard.ours);
        lines.bare.extend(heard.bare);
    }
    let mut rows = vec![Row::new(
        &format!("Mandarin, wrong of {} characters: ours | bare", all.said),
        all.words(),
        "not worse",
        all.is_no_worse(),
    )];
    rows.extend(sets.iter().map(|(set, wrong)| {
        let what = format!("  {set} ({})", wrong.said);
        Row::told(&what, wrong.words())
    }));
    rows.push(Row::new(
        "  most characters worse on one clip",
        format!("{:+} ({})", worst.0, worst.1.trim_start_matches("zh/")),
        "<= 2",
        worst.0 <= MOST_WORSE,
    ));
    rows.extend(shape::rows("Mandarin clips", &lines, true));
    Ok(rows)
}

fn set_of(file: &str) -> &'static str {
    let name = file.trim_start_matches("zh/");
    let set = SETS.into_iter().find(|set| name.starts_with(set));
    set.unwrap_or("others")
}
