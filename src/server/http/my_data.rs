//! A customer's own data as a file.

use super::refusal::Asked;
use crate::{
    model::error::AppError,
    server::{
        clock::{now, rfc3339},
        rest::order_json::OrderJson,
        service::privacy::PersonalData,
        state::AppState,
        visitor::Visitor,
    },
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use serde_json::{Value, json};

/// The address of the file.
pub const DOWNLOAD: &str = "/my-data/download";

const FILE: HeaderValue = HeaderValue::from_static("attachment; filename=\"vatra-my-data.json\"");

/// The file of who has proved a number, or a page that says how to.
pub async fn download(State(state): State<AppState>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let token = request.extensions().get::<Visitor>().and_then(|visitor| visitor.customer_token.clone());
    match data(&state, token.as_deref()).await {
        Ok(data) => {
            let headers = [
                (header::CONTENT_DISPOSITION, FILE),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, axum::Json(written(data))).into_response()
        }
        Err(error) => asked.refused(&state, &error),
    }
}

async fn data(state: &AppState, token: Option<&str>) -> Result<PersonalData, AppError> {
    let customer = state.shop.customer(token).await?;
    state.shop.personal_data(&customer.ok_or(AppError::SessionExpired)?).await
}

/// Orders are written as the API writes them, with their history besides.
fn written(data: PersonalData) -> Value {
    let orders: Vec<Value> = data
        .orders
        .into_iter()
        .map(|order| {
            let history: Vec<Value> = order
                .history
                .iter()
                .map(|step| json!({ "status": step.status, "at": step.at.iso(), "note": step.note }))
                .collect();
            let mut order = json!(OrderJson::of(order, None));
            order["history"] = json!(history);
            order
        })
        .collect();
    let codes = data.codes.iter().map(|code| {
        json!({
            "kind": "code",
            "sent_at": rfc3339(code.sent_at),
            "expires_at": rfc3339(code.expires_at),
        })
    });
    let messages = data.messages.iter().map(|message| {
        json!({
            "kind": message.occasion,
            "body": message.body,
            "state": message.state,
            "queued_at": rfc3339(message.queued_at),
            "sent_at": message.sent_at.map(rfc3339),
        })
    });
    json!({
        "written_at": rfc3339(now()),
        "phone_number": data.phone,
        "customer": data.customer.map(|customer| json!({
            "name": customer.name,
            "created_at": rfc3339(customer.created_at),
            "updated_at": rfc3339(customer.updated_at),
            "kept_until": rfc3339(customer.expires_at),
        })),
        "orders": orders,
        "sessions": data.sessions.iter().map(|session| json!({
            "created_at": rfc3339(session.created_at),
            "expires_at": rfc3339(session.expires_at),
        })).collect::<Vec<_>>(),
        "messages": codes.chain(messages).collect::<Vec<_>>(),
    })
}
