//! Text that comes from outside as bytes; what it is read as says [`qinting_domain::text_bytes`].

use crate::{AppError, AppResult, codes};
use qinting_domain::text_bytes::decoded;

/// Text that came as bytes. A byte order mark is not part of it.
///
/// # Errors
/// `text.encoding`: neither UTF-8 nor an encoding that can be told with certainty.
pub fn read(bytes: &[u8]) -> AppResult<String> {
    decoded(bytes).ok_or_else(|| AppError::new(codes::TEXT_ENCODING))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_told_is_refused() {
        assert_eq!(read("退货".as_bytes()).expect("text"), "退货");
        let refused = read(b"caf\xE9").expect_err("no text");
        assert_eq!(refused.code(), codes::TEXT_ENCODING);
    }
}
