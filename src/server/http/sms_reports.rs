//! Where Twilio tells what became of messages.

use crate::{
    model::{error::AppError, ids::MessageId},
    server::{service::reports::REPORTS, sms::signature, state::AppState},
};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    routing::post,
};
use http::{HeaderMap, StatusCode};

/// A report has some 300 bytes.
const LONGEST: usize = 16 * 1024;

/// The address of a report.
pub const REPORT: &str = "/sms/reports/{id}";

/// The route. It stands outside of what visitors pass through: a report has no cookies and no
/// language, and those of a busy evening come from few addresses.
pub fn router() -> Router<AppState> {
    debug_assert!(REPORT.starts_with(REPORTS));
    Router::new().route(REPORT, post(take)).layer(DefaultBodyLimit::max(LONGEST))
}

async fn take(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let signed = headers.get(signature::HEADER).and_then(|value| value.to_str().ok());
    let fields: Option<Vec<(String, String)>> = serde_html_form::from_bytes(&body).ok();
    let (Ok(id), Some(signed), Some(fields)) = (MessageId::parse(&id), signed, fields) else {
        return StatusCode::FORBIDDEN;
    };
    match state.shop.take_report(&id, &fields, signed).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(AppError::Forbidden) => StatusCode::FORBIDDEN,
        // Then Twilio may say it again.
        Err(error) => StatusCode::from_u16(error.code().status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE),
    }
}
