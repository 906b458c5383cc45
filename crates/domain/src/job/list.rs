//! The list of kinds, and what is made out of it.

use super::*;
use serde_json::Value;

/// The list: variant and arguments, name in the database, rules. `$` is passed in, for the macros this
/// one writes.
macro_rules! jobs {
    ($d:tt $($(#[$doc:meta])* $kind:ident = $name:literal { $($rule:ident: $value:expr),+ $(,)? })+) => {
        /// A kind of job.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum JobKind {
            $($(#[$doc])* $kind,)+
        }

        impl JobKind {
            /// All of them.
            pub const ALL: [Self; [$($name,)+].len()] = [$(Self::$kind,)+];

            /// Name in the database and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// How it is queued, taken, and given up.
            pub const fn rules(self) -> JobRules {
                match self {
                    $(Self::$kind => JobRules { $($rule: $value),+ },)+
                }
            }
        }

        /// What a job does.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
        #[serde(tag = "kind")]
        pub enum JobWork {
            $($(#[$doc])* #[serde(rename = $name)] $kind($kind),)+
            /// Something this version does not know: another one queued it, and works on it.
            #[serde(rename = "other")]
            Other {
                /// What that one calls it.
                name: String,
            },
        }

        impl JobWork {
            /// What it is; `None` where this version does not know.
            pub const fn kind(&self) -> Option<JobKind> {
                match self {
                    $(Self::$kind(_) => Some(JobKind::$kind),)+
                    Self::Other { .. } => None,
                }
            }

            /// Work out of its name and arguments as they are kept.
            pub fn of(name: &str, args: &str) -> Self {
                let known = match name {
                    $($name => serde_json::from_str(args).map(Self::$kind).ok(),)+
                    _ => None,
                };
                known.unwrap_or_else(|| Self::Other { name: name.to_owned() })
            }
        }

        $(
            impl From<$kind> for JobWork {
                fn from(args: $kind) -> Self {
                    Self::$kind(args)
                }
            }
        )+

        /// Runs one expression for whichever arguments are inside; `None` where this version does not
        /// know the kind.
        #[macro_export]
        macro_rules! by_job {
            ($d work:expr, $d args:ident => $d body:expr) => {
                match $d work {
                    $($crate::JobWork::$kind($d args) => Some($d body),)+
                    $crate::JobWork::Other { .. } => None,
                }
            };
        }

        /// Runs one generic expression for the arguments' type of a kind.
        #[macro_export]
        macro_rules! by_job_kind {
            ($d kind:expr, $d T:ident => $d body:expr) => {
                match $d kind {
                    $($crate::JobKind::$kind => {
                        type $d T = $crate::$kind;
                        $d body
                    })+
                }
            };
        }
    };
}

jobs! {
    $
    /// Turn a recording into text.
    Transcribe = "transcribe" {
        slot: Slot::Heavy, rests: true, priority: 5, asked: true, most_starts: 3, given_up: "speech.given_up",
    }
    /// Take in the sound of a call that was cut off.
    TakeIn = "take_in" {
        slot: Slot::Beside, rests: false, priority: 5, asked: false, most_starts: 3, given_up: "live.given_up",
    }
    /// Write the search index anew by the present rules.
    RenewIndex = "renew_index" {
        slot: Slot::Beside, rests: false, priority: 1, asked: false, most_starts: 3, given_up: "job.given_up",
    }
    /// Take the last traces of what went for good.
    Scrub = "scrub" {
        slot: Slot::Beside, rests: false, priority: 3, asked: false, most_starts: 3, given_up: "job.given_up",
    }
    /// Keep texts that lie in rows alone as bytes of their recordings.
    SealTexts = "seal_texts" {
        slot: Slot::Beside, rests: false, priority: 2, asked: false, most_starts: 3, given_up: "job.given_up",
    }
    /// Measure what the sound of recordings tells, where that is not known by the present rules.
    MeasureSound = "measure_sound" {
        slot: Slot::Beside, rests: true, priority: 0, asked: false, most_starts: 3, given_up: "job.given_up",
    }
    /// Remove media files that no row names.
    SweepMedia = "sweep_media" {
        slot: Slot::Alone, rests: false, priority: 5, asked: false, most_starts: 3, given_up: "job.given_up",
    }
}

impl JobKind {
    /// The kind of this name, if this version knows it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl JobWork {
    /// What it is about, see [`JobArgs::about`].
    pub fn about(&self) -> Option<Uuid> {
        by_job!(self, args => args.about())
    }

    /// The case whose lists show it.
    pub fn case(&self) -> Option<CaseId> {
        by_job!(self, args => args.case()).flatten()
    }

    /// Its arguments as they are kept; `None` where this version does not know them.
    pub fn args(&self) -> Option<Value> {
        // Arguments are structs of plain values with string keys: they always become objects.
        by_job!(self, args => serde_json::to_value(args).ok()).flatten()
    }
}
