//! The form of every answer of the JSON API.

use crate::{
    model::{
        error::{AppError, Conflict},
        locale::Locale,
    },
    server::clock::{now, rfc3339},
};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};

/// `{"success":true,"data":…,"timestamp":…}`
pub fn success<T: Serialize>(status: StatusCode, data: T) -> Response {
    let body = json!({ "success": true, "data": data, "timestamp": rfc3339(now()) });
    (status, axum::Json(body)).into_response()
}

/// `{"success":false,"error":{"code","message","details"},"timestamp":…}` with the error's status.
pub fn failure(error: &AppError, l: Locale) -> Response {
    let code = error.code();
    let body = json!({
        "success": false,
        "error": { "code": code.name, "message": error.message(l), "details": details(error, l) },
        "timestamp": rfc3339(now()),
    });
    let status = StatusCode::from_u16(code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(body)).into_response();
    if let AppError::RateLimited { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response
}

/// What a program can use: field messages, what is short, how long to wait.
fn details(error: &AppError, l: Locale) -> Value {
    match error {
        AppError::Fields { errors } => errors
            .0
            .iter()
            .map(|(field, errors)| {
                let messages = errors.iter().map(|error| Value::from(error.message(l))).collect();
                (field.clone(), Value::Array(messages))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        AppError::Stock { shortages } => json!({ "shortages": shortages.iter().map(|short| {
            json!({ "product_id": short.product_id, "product": short.name, "available": short.available })
        }).collect::<Vec<_>>() }),
        AppError::Conflict { conflict: Conflict::TotalChanged { total } } => {
            json!({ "reason": "total_changed", "total_amount": super::money::Decimal(*total) })
        }
        AppError::Conflict { conflict } => json!(conflict),
        AppError::WrongCode { tries_left } => json!({ "tries_left": tries_left }),
        AppError::RateLimited { retry_after } => json!({ "retry_after": retry_after }),
        AppError::NotFound { what } => json!({ "what": what }),
        _ => json!({}),
    }
}
