//! The published models, and where they come from.

use qinting_desk::error::{AppError, AppResult, codes};
use serde::Deserialize;

/// One published model.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Published {
    pub(crate) id: String,
    pub(crate) name: String,
    /// File name, on the shelf as at the source.
    pub(crate) file: String,
    /// Exact size.
    pub(crate) bytes: u64,
    /// SHA-1 of the whole file, lower-case hex.
    pub(crate) sha1: String,
    pub(crate) languages: Vec<String>,
    /// Rough minutes of audio per minute of work on two cores.
    pub(crate) speed_hint: f32,
}

#[derive(Deserialize)]
struct Catalogue {
    models: Vec<Published>,
}

/// The catalogue that ships with the program.
pub(crate) fn published() -> AppResult<Vec<Published>> {
    let parsed: Result<Catalogue, _> =
        serde_json::from_str(include_str!("../../assets/models.json"));
    Ok(parsed
        .map_err(|e| {
            AppError::new(codes::INTERNAL)
                .with("ref", "catalogue")
                .because(e)
        })?
        .models)
}

/// Where a mirror (`https://host`) keeps a file.
pub(crate) fn address(mirror: &str, file: &str) -> String {
    format!(
        "{}/ggerganov/whisper.cpp/resolve/main/{file}",
        mirror.trim().trim_end_matches('/')
    )
}

/// The host of an address, for people to read.
pub(crate) fn host_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#'])
        .next()
        .unwrap_or(rest)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_model_can_be_checked() {
        let all = published().unwrap();
        assert_eq!(all.len(), 8);
        for model in &all {
            assert_eq!(model.file, format!("ggml-{}.bin", model.id));
            assert_eq!(model.sha1.len(), 40, "{}", model.id);
            assert!(
                model.sha1.bytes().all(|b| b.is_ascii_hexdigit()),
                "{}",
                model.id
            );
            assert!(model.bytes > 70_000_000, "{}", model.id);
            assert!(model.speed_hint > 0.0, "{}", model.id);
        }
    }

    #[test]
    fn a_mirror_with_or_without_a_closing_slash_leads_to_the_same_file() {
        let want = "https://hf-mirror.com/ggerganov/whisper.cpp/resolve/main/ggml-tiny.bin";
        assert_eq!(address("https://hf-mirror.com", "ggml-tiny.bin"), want);
        assert_eq!(address(" https://hf-mirror.com/ ", "ggml-tiny.bin"), want);
        assert_eq!(host_of(want), "hf-mirror.com");
    }
}
