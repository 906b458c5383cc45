//! The store on a real database: what it keeps, tells, refuses and takes away.

mod bin;
mod commits;
mod common;
mod contacts;
mod crashes;
mod evidence;
mod found;
mod gate;
mod issues;
mod jobs;
mod library;
mod lines;
mod lists;
mod live;
mod media;
mod observations;
mod paths;
mod payloads;
mod purge;
mod quiet;
mod reading;
mod renewal;
mod rescue;
mod search;
mod sessions;
mod transcripts;
