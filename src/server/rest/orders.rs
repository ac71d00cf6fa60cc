//! `/api/orders`

use super::{
    body::{FromFields, Json},
    caller::{At, Caller, id},
    envelope::success,
    fields::{Fields, rename},
    order_json::OrderJson,
    refusal::Refusal,
};
use crate::{
    model::{
        checkout::CheckoutForm,
        error::{AppError, Missing},
        field::FieldError,
        ids::{IdempotencyKey, OrderId},
        order::Order,
    },
    server::{service::checkout::PlaceOrder, state::AppState},
};
use axum::{
    Router,
    extract::FromRequestParts,
    response::Response,
    routing::{get, post},
};
use http::{StatusCode, request::Parts};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/orders", post(place)).route("/orders/{id}", get(show))
}

/// The checkout's fields and what the API calls them.
const NAMES: [(&str, &str); 6] = [
    ("name", "customer_name"),
    ("phone", "customer_phone"),
    ("street", "delivery_address.street"),
    ("city", "delivery_address.city"),
    ("postal_code", "delivery_address.postal_code"),
    ("address_notes", "delivery_address.notes"),
];

struct PlaceRequest {
    session_id: String,
    form: CheckoutForm,
}

impl FromFields for PlaceRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<PlaceRequest> {
        let session_id = fields.required("session_id");
        let form = read_form(fields);
        // The service checks again; here it is only so that all errors are told together.
        if let Err(AppError::Fields { errors }) = form.parse().map_err(|error| rename(error, &NAMES)) {
            fields.also(errors);
        }
        Some(PlaceRequest { session_id: session_id?, form })
    }
}

fn read_form(fields: &mut Fields<'_>) -> CheckoutForm {
    fn text(fields: &mut Fields<'_>, name: &str) -> String {
        fields.optional(name).unwrap_or_default()
    }
    let mut form = CheckoutForm {
        name: text(fields, "customer_name"),
        phone: text(fields, "customer_phone"),
        delivery_type: text(fields, "delivery_type"),
        preferred_time: text(fields, "preferred_time"),
        special_instructions: text(fields, "special_instructions"),
        ..CheckoutForm::default()
    };
    fields.inside("delivery_address", |address| {
        form.street = text(address, "street");
        form.city = text(address, "city");
        form.postal_code = text(address, "postal_code");
        form.address_notes = text(address, "notes");
    });
    form
}

/// The header `Idempotency-Key`, which makes it safe to send an order again.
struct Key(IdempotencyKey);

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Key, Refusal> {
        const NAME: &str = "Idempotency-Key";
        let value = parts.headers.get(NAME).filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| AppError::field(NAME, FieldError::Required))?;
        let key = value.to_str().ok().and_then(|text| IdempotencyKey::parse(text).ok());
        Ok(Key(key.ok_or_else(|| AppError::field(NAME, FieldError::Format))?))
    }
}

async fn place(
    caller: Caller,
    Key(key): Key,
    Json(PlaceRequest { session_id, form }): Json<PlaceRequest>,
) -> Result<Response, Refusal> {
    let (cart, customer) = (id(session_id, Missing::Cart)?, caller.customer().await?);
    let (locale, address) = (caller.locale(), caller.visitor.address.clone());
    let request = PlaceOrder { cart, form, key, expected_total: None, locale, customer, address };
    let placed = caller.shop.place_order(request).await.map_err(|error| rename(error, &NAMES))?;
    let status = if placed.replayed { StatusCode::OK } else { StatusCode::CREATED };
    Ok(success(status, OrderJson::placed(placed)))
}

async fn show(caller: Caller, At(order): At<String>) -> Result<Response, Refusal> {
    let id = id(order, Missing::Order)?;
    let admin = caller.admin_if_any().await?;
    let order = match &admin {
        Some(_) => caller.shop.any_order(&id).await?,
        None => own_order(&caller, &id).await?,
    };
    let verification = caller.shop.verification(&order.id).await?;
    let response = success(StatusCode::OK, OrderJson::of(order, verification));
    Ok(caller.keep_admin(admin.as_ref(), response))
}

/// An order of the caller's. Who has shown nothing at all is told to; to all others an order that
/// is not theirs does not exist.
async fn own_order(caller: &Caller, id: &OrderId) -> Result<Order, AppError> {
    let (customer, cart) = (caller.customer().await?, caller.visitor.cart.as_ref());
    if customer.is_none() && cart.is_none() {
        return Err(AppError::SessionExpired);
    }
    caller.shop.order_for(id, customer.as_ref(), cart).await
}
