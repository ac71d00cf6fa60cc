//! The form of every answer of the JSON API.

use super::{
    money::Decimal,
    schema::{Code, Moment},
};
use crate::{
    model::{
        error::{AppError, Conflict, Shortage},
        field::{FieldError, FieldErrors},
        locale::Locale,
    },
    server::{
        clock::{now, rfc3339},
        error::{add_retry_after, status},
    },
};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;
use serde_json::{json, value::RawValue};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What went well.
#[derive(Serialize, ToSchema)]
pub struct Success<T> {
    /// Always true.
    #[schema(example = true)]
    success: bool,
    data: T,
    #[schema(value_type = Moment)]
    timestamp: String,
}

/// What was refused.
#[derive(Serialize, ToSchema)]
pub struct Failure {
    /// Always false.
    #[schema(example = false)]
    success: bool,
    error: Told,
    #[schema(value_type = Moment)]
    timestamp: String,
}

/// Why it was refused.
#[derive(Serialize, ToSchema)]
struct Told {
    /// For programs.
    #[schema(value_type = Code)]
    code: &'static str,
    /// For people, in the language of `Accept-Language`.
    #[schema(example = "The data is not valid.")]
    message: String,
    /// Wrong fields with their messages, what is short, how long to wait: depends on the code.
    #[schema(value_type = Object)]
    details: Box<RawValue>,
}

#[derive(Serialize)]
struct TotalChanged {
    reason: &'static str,
    total_amount: Decimal,
}

#[derive(Serialize)]
struct BelowMinimum {
    reason: &'static str,
    minimum_amount: Decimal,
    missing_amount: Decimal,
}

/// `{"success":true,"data":…,"timestamp":…}`. Written as it is, never by way of a
/// [`serde_json::Value`], which would make floats of the amounts.
pub fn success<T: Serialize>(status: StatusCode, data: T) -> Response {
    (status, axum::Json(Success { success: true, data, timestamp: rfc3339(now()) })).into_response()
}

/// `{"success":false,"error":{"code","message","details"},"timestamp":…}` with the error's status.
pub fn failure(error: &AppError, l: Locale) -> Response {
    let code = error.code();
    let told = Told { code: code.name, message: error.message(l), details: details(error, l) };
    let body = Failure { success: false, error: told, timestamp: rfc3339(now()) };
    let mut response = (status(error), axum::Json(body)).into_response();
    response.extensions_mut().insert(code);
    add_retry_after(response.headers_mut(), error);
    response
}

/// What a program can use: field messages, what is short, how long to wait.
fn details(error: &AppError, l: Locale) -> Box<RawValue> {
    match error {
        AppError::Fields { errors } => raw(&field_messages(errors, l)),
        AppError::Stock { shortages } => {
            raw(&json!({ "shortages": shortages.iter().map(shortage).collect::<Vec<_>>() }))
        }
        AppError::Conflict { conflict: Conflict::TotalChanged { total } } => {
            raw(&TotalChanged { reason: "total_changed", total_amount: Decimal(*total) })
        }
        AppError::Conflict { conflict: Conflict::BelowMinimum { minimum, missing } } => raw(&BelowMinimum {
            reason: "below_minimum",
            minimum_amount: Decimal(*minimum),
            missing_amount: Decimal(*missing),
        }),
        AppError::Conflict { conflict } => raw(conflict),
        AppError::SecondFactor { wrong } => {
            raw(&json!({ "reason": if *wrong { "code_wrong" } else { "code_required" } }))
        }
        AppError::WrongCode { tries_left } => raw(&json!({ "tries_left": tries_left })),
        AppError::RateLimited { retry_after } | AppError::Busy { retry_after } => {
            raw(&json!({ "retry_after": retry_after }))
        }
        AppError::NotFound { what } => raw(&json!({ "what": what })),
        _ => raw(&json!({})),
    }
}

fn field_messages(errors: &FieldErrors, l: Locale) -> BTreeMap<&str, Vec<String>> {
    let messages = |errors: &[FieldError]| errors.iter().map(|error| error.message(l)).collect();
    errors.0.iter().map(|(field, errors)| (field.as_str(), messages(errors))).collect()
}

fn shortage(short: &Shortage) -> serde_json::Value {
    json!({ "product_id": short.product_id, "product": short.name, "available": short.available })
}

fn raw<T: Serialize>(value: &T) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::money::Money;

    #[tokio::test]
    async fn amounts_keep_both_decimals() {
        let price = Decimal(Money::from_bani(1250).unwrap());
        let total = Conflict::TotalChanged { total: price.0 };
        for (answer, amount) in [
            (success(StatusCode::OK, price), "\"data\":12.50,"),
            (failure(&AppError::Conflict { conflict: total }, Locale::Ro), "\"total_amount\":12.50}"),
        ] {
            let body = axum::body::to_bytes(answer.into_body(), 1000).await.unwrap();
            let text = String::from_utf8(body.to_vec()).unwrap();
            assert!(text.contains(amount), "{text}");
        }
    }
}
