//! How long the body of a request may be.

use http_body_util::LengthLimitError;
use std::error::Error;

/// The most bytes of a request's body: a form with every field at its longest, in percent-encoding.
pub const LIMIT: usize = 64 * 1024;

/// Was a body not read because it is too long? Else its sender was too slow, or is gone.
pub fn too_long(error: &axum::Error) -> bool {
    error.source().is_some_and(|source| source.is::<LengthLimitError>())
}
