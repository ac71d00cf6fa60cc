//! `/api/sms`: the code that proves a phone number.

use super::{
    body::{FromFields, Json},
    caller::{Caller, id, with_cookie},
    envelope::{Failure, Success, success},
    fields::{Fields, rename},
    order_json::{CodeJson, OrderJson},
    refusal::Refusal,
};
use crate::{
    model::{
        error::Missing,
        field::{FieldError, FieldErrors},
        ids::OrderId,
        message::Channel,
    },
    server::state::AppState,
};
use axum::response::Response;
use http::StatusCode;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(verify)).routes(routes!(confirm)).routes(routes!(call))
}

/// What the SMS sender says of a number it refuses.
const NAMES: [(&str, &str); 1] = [("phone", "phone_number")];

/// Which order, and its phone number; read together, so that both are told when both are wrong.
fn whose(fields: &mut Fields<'_>) -> (Option<String>, Option<String>) {
    (fields.required("phone_number"), fields.required("order_id"))
}

/// The order whose code is sent, and its phone number.
#[derive(ToSchema)]
struct VerifyRequest {
    /// A number of the shop's country, or E.164.
    #[schema(max_length = 40, min_length = 1, example = "0722 123 456")]
    phone_number: String,
    #[schema(value_type = OrderId)]
    order_id: String,
    /// How the code comes: `sms`, or `call`, which tells a new one once an SMS has had its chance.
    #[schema(value_type = Option<ChannelJson>)]
    channel: Channel,
}

/// How a code comes.
#[derive(ToSchema)]
#[schema(as = Channel, rename_all = "lowercase")]
#[allow(dead_code)] // what the document shows of `Channel`
enum ChannelJson {
    Sms,
    Call,
}

impl FromFields for VerifyRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<VerifyRequest> {
        let (phone_number, order_id) = whose(fields);
        let channel = match fields.optional::<String>("channel") {
            None => Some(Channel::default()),
            Some(name) => Channel::from_name(&name),
        };
        if channel.is_none() {
            let mut wrong = FieldErrors::default();
            wrong.add("channel", FieldError::Choice);
            fields.also(wrong);
        }
        Some(VerifyRequest { phone_number: phone_number?, order_id: order_id?, channel: channel? })
    }
}

/// The order whose customer is to be called, and its phone number.
#[derive(ToSchema)]
struct CallRequest {
    /// A number of the shop's country, or E.164.
    #[schema(max_length = 40, min_length = 1, example = "0722 123 456")]
    phone_number: String,
    #[schema(value_type = OrderId)]
    order_id: String,
}

impl FromFields for CallRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<CallRequest> {
        let (phone_number, order_id) = whose(fields);
        Some(CallRequest { phone_number: phone_number?, order_id: order_id? })
    }
}

/// The code that came by SMS.
#[derive(ToSchema)]
struct ConfirmRequest {
    #[schema(max_length = 40, min_length = 1, example = "0722 123 456")]
    phone_number: String,
    #[schema(value_type = OrderId)]
    order_id: String,
    #[schema(min_length = 4, max_length = 20, example = "4711")]
    code: String,
}

impl FromFields for ConfirmRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<ConfirmRequest> {
        let (phone_number, order_id) = whose(fields);
        let code = fields.required("code");
        Some(ConfirmRequest { phone_number: phone_number?, order_id: order_id?, code: code? })
    }
}

/// Send the code of an order, or another, by SMS or by a call
#[utoipa::path(
    post, path = "/sms/verify", tag = "Orders", operation_id = "send_code", request_body = VerifyRequest,
    responses(
        (status = 200, description = "Sent.", body = Success<CodeJson>),
        (status = 404, description = "No such order of this number.", body = Failure),
        (status = 409, description = "The order does not wait for a code.", body = Failure)
    )
)]
async fn verify(caller: Caller, Json(body): Json<VerifyRequest>) -> Result<Response, Refusal> {
    let order = id(body.order_id, Missing::Order)?;
    let (phone, address) = (&body.phone_number, &caller.visitor.address);
    let sent = match body.channel {
        Channel::Sms => caller.shop.send_code_again(phone, &order, caller.locale(), address).await,
        Channel::Call => caller.shop.ring_with_code(phone, &order, caller.locale(), address).await,
    };
    let sent = sent.map_err(|error| rename(error, &NAMES))?;
    Ok(success(StatusCode::OK, CodeJson::from(sent)))
}

/// Ask to be called by a person
///
/// For whom no code comes: the order waits with a mark, and the producer calls and confirms it by hand.
#[utoipa::path(
    post, path = "/sms/call", tag = "Orders", operation_id = "ask_for_call", request_body = CallRequest,
    responses(
        (status = 200, description = "The order, which waits for a call.", body = Success<OrderJson>),
        (status = 404, description = "No such order of this number.", body = Failure),
        (status = 409, description = "The order does not wait, or a code was not tried yet.", body = Failure)
    )
)]
async fn call(caller: Caller, Json(body): Json<CallRequest>) -> Result<Response, Refusal> {
    let order = id(body.order_id, Missing::Order)?;
    let (phone, address) = (&body.phone_number, &caller.visitor.address);
    let order = caller.shop.ask_for_call(phone, &order, address).await;
    let order = order.map_err(|error| rename(error, &NAMES))?;
    Ok(success(StatusCode::OK, OrderJson::of(order, None)))
}

/// Confirm an order with its code
///
/// The answer sets the cookie of the customer's session: the next order needs no code.
#[utoipa::path(
    post, path = "/sms/confirm", tag = "Orders", operation_id = "confirm_order", request_body = ConfirmRequest,
    responses(
        (status = 200, description = "The order, confirmed.", body = Success<OrderJson>),
        (status = 404, description = "No such order of this number.", body = Failure),
        (status = 409, description = "The order does not wait for a code.", body = Failure)
    )
)]
async fn confirm(caller: Caller, Json(body): Json<ConfirmRequest>) -> Result<Response, Refusal> {
    let order = id(body.order_id, Missing::Order)?;
    let confirmed = caller.shop.confirm(&body.phone_number, &order, &body.code).await?;
    let response = success(StatusCode::OK, OrderJson::of(confirmed.order, None));
    Ok(with_cookie(response, caller.cookies.customer(confirmed.token)))
}
