//! How a handler refuses: it says what is wrong, and [`in_words`] tells it in the visitor's language.

use super::envelope;
use crate::{
    model::{
        error::{AppError, Missing},
        field::FieldError,
    },
    server::visitor::Visitor,
};
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};

/// An error, and the status when it is not the one of its code.
#[derive(Clone, Debug)]
pub struct Refusal {
    error: AppError,
    status: Option<StatusCode>,
}

impl Refusal {
    /// Wrong in one place of the request, with a status that HTTP has for just this.
    pub fn with_status(status: StatusCode, place: &str, error: FieldError) -> Refusal {
        Refusal { error: AppError::field(place, error), status: Some(status) }
    }
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Refusal {
        Refusal { error, status: None }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Middleware: gives every refusal its envelope. No answer of the API may be kept by others: most
/// are about one visitor, all are in one visitor's language.
pub async fn in_words(request: Request, next: Next) -> Response {
    let l = request.extensions().get::<Visitor>().map(|visitor| visitor.locale).unwrap_or_default();
    let mut response = next.run(request).await;
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        let (told, body) = envelope::failure(&refusal.error, l).into_parts();
        *response.status_mut() = refusal.status.unwrap_or(told.status);
        *response.body_mut() = body;
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().extend(told.headers);
        response.extensions_mut().extend(told.extensions);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An address below `/api` that leads nowhere.
pub async fn unknown_address() -> Refusal {
    AppError::missing(Missing::Page).into()
}

/// An address that does not take this method. `OPTIONS` asks which it takes: axum adds `Allow`.
pub async fn wrong_method(method: Method) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    Refusal::with_status(StatusCode::METHOD_NOT_ALLOWED, "method", FieldError::Choice).into_response()
}
