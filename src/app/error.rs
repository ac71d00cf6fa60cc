//! The project's one error, as server functions carry it.

use crate::model::{
    error::AppError,
    field::{FieldError, FieldErrors},
};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> AppError {
        match error {
            ServerFnErrorErr::MissingArg(field) => AppError::field(&field, FieldError::Required),
            // serde does not say which field it was.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::Deserialization(_) => {
                let mut errors = FieldErrors::default();
                errors.add("form", FieldError::Format);
                AppError::Fields { errors }
            }
            _ => AppError::Internal,
        }
    }
}
