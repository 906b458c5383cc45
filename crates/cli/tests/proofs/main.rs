//! The program as it is typed, a process each.

mod call;
mod demo;
mod demo_kill;
mod demo_text;
mod drill;
mod findings;
mod import;
mod import_facts;
mod kill;
mod live;
mod logs;
mod mending;
mod odd;
mod places;
mod plan;
mod plan_odd;
mod private;
mod purge;
mod quiet;
mod speech;
mod terminal;
mod verify;
mod workspace;
