//! A customer's data as a file: for the customer, and for the producer to hand over.

use super::refusal::Asked;
use crate::{
    model::{
        error::{AppError, Missing},
        field::FieldError,
        ids::CustomerId,
    },
    server::{
        clock::{now, rfc3339},
        rest::order_json::OrderJson,
        service::privacy::PersonalData,
        state::AppState,
        trail,
        visitor::Visitor,
    },
};
use axum::{
    Form,
    extract::{FromRequest, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

/// The address of the file.
pub const DOWNLOAD: &str = "/my-data/download";

const FILE: HeaderValue = HeaderValue::from_static("attachment; filename=\"vatra-my-data.json\"");

/// The file of who has proved a number, or a page that says how to.
pub async fn download(State(state): State<AppState>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let token = request.extensions().get::<Visitor>().and_then(|visitor| visitor.customer_token.clone());
    match data(&state, token.as_deref()).await {
        Ok(data) => file(data, FILE),
        Err(error) => asked.refused(&state, &error),
    }
}

fn file(data: PersonalData, name: HeaderValue) -> Response {
    let headers =
        [(header::CONTENT_DISPOSITION, name), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (headers, axum::Json(written(data))).into_response()
}

/// Where the producer has the data of a customer.
pub const EXPORT: &str = "/admin/customers/export";

const HANDED_OVER: HeaderValue =
    HeaderValue::from_static("attachment; filename=\"vatra-customer-data.json\"");

/// Whose data the producer wants.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    customer: String,
    #[serde(default)]
    csrf: String,
}

/// The same file for the producer, by a form with the token of the login: it reveals much.
pub async fn export(State(state): State<AppState>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let visitor = request.extensions().get::<Visitor>().cloned();
    let wanted = Form::<Wanted>::from_request(request, &state).await;
    let login = match state.shop.login_of(visitor.and_then(|visitor| visitor.admin_token).as_deref()).await {
        Ok(login) => login,
        Err(error) => return asked.refused(&state, &error),
    };
    let wanted = match wanted {
        Ok(Form(wanted)) => wanted,
        Err(refused) if refused.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return (StatusCode::PAYLOAD_TOO_LARGE, "").into_response();
        }
        Err(_) => return asked.refused(&state, &AppError::field("customer", FieldError::Format)),
    };
    let data = async {
        trail::open(login.who(), "customers.export");
        login.check_csrf(&wanted.csrf)?;
        login.check_owner()?;
        let id = CustomerId::parse(&wanted.customer).map_err(|_| AppError::missing(Missing::Customer))?;
        state.shop.data_of_customer(&id).await
    };
    let mut response = match data.await {
        Ok(data) => file(data, HANDED_OVER),
        Err(error) => asked.refused(&state, &error),
    };
    if let Some(token) = login.token {
        response.headers_mut().append(header::SET_COOKIE, state.cookies.admin(token));
    }
    response
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
            "kind": message.kind,
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
            "notes": customer.notes.iter().map(|note| json!({
                "text": note.text,
                "at": note.at.iso(),
            })).collect::<Vec<_>>(),
        })),
        "blocked": data.block.map(|block| json!({ "reason": block.reason, "at": block.at.iso() })),
        "orders": orders,
        "sessions": data.sessions.iter().map(|session| json!({
            "created_at": rfc3339(session.created_at),
            "expires_at": rfc3339(session.expires_at),
        })).collect::<Vec<_>>(),
        "messages": codes.chain(messages).collect::<Vec<_>>(),
    })
}
