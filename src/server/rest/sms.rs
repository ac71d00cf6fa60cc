//! `/api/sms`: the code that proves a phone number.

use super::{
    body::{FromFields, Json},
    caller::{Caller, id, with_cookie},
    envelope::success,
    fields::{Fields, rename},
    order_json::{CodeJson, OrderJson},
    refusal::Refusal,
};
use crate::{model::error::Missing, server::state::AppState};
use axum::{Router, response::Response, routing::post};
use http::StatusCode;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/sms/verify", post(verify)).route("/sms/confirm", post(confirm))
}

/// What the SMS sender says of a number it refuses.
const NAMES: [(&str, &str); 1] = [("phone", "phone_number")];

struct VerifyRequest {
    phone_number: String,
    order_id: String,
}

impl FromFields for VerifyRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<VerifyRequest> {
        let (phone_number, order_id) = (fields.required("phone_number"), fields.required("order_id"));
        Some(VerifyRequest { phone_number: phone_number?, order_id: order_id? })
    }
}

struct ConfirmRequest {
    order: VerifyRequest,
    code: String,
}

impl FromFields for ConfirmRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<ConfirmRequest> {
        let (order, code) = (VerifyRequest::from_fields(fields), fields.required("code"));
        Some(ConfirmRequest { order: order?, code: code? })
    }
}

async fn verify(caller: Caller, Json(body): Json<VerifyRequest>) -> Result<Response, Refusal> {
    let order = id(body.order_id, Missing::Order)?;
    let (phone, address) = (&body.phone_number, &caller.visitor.address);
    let sent = caller.shop.send_code_again(phone, &order, caller.locale(), address).await;
    let sent = sent.map_err(|error| rename(error, &NAMES))?;
    Ok(success(StatusCode::OK, CodeJson::from(sent)))
}

async fn confirm(caller: Caller, Json(body): Json<ConfirmRequest>) -> Result<Response, Refusal> {
    let order = id(body.order.order_id, Missing::Order)?;
    let confirmed = caller.shop.confirm(&body.order.phone_number, &order, &body.code).await?;
    let response = success(StatusCode::OK, OrderJson::of(confirmed.order, None));
    Ok(with_cookie(response, caller.cookies.customer(confirmed.token)))
}
