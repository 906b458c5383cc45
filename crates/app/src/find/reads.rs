//! What is asked of the database here.

use super::{IndexState, SearchQuery, SearchResults};
use crate::error::AppResult;
use crate::port::reads;

reads! {
    $ hand_find_reads
    /// Search.
    FindReads {
        /// One search over transcripts, observations, issues, and cases.
        search(query: &SearchQuery) -> SearchResults;
        /// How far the search index is brought to the present rules.
        index_state() -> IndexState;
    }
}
