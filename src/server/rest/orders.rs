//! `/api/orders`

use super::{
    body::{FromFields, Json},
    caller::{At, Caller, id},
    envelope::{Failure, Success, success},
    fields::{Fields, rename},
    order_json::OrderJson,
    refusal::Refusal,
};
use crate::{
    model::{
        checkout::{CheckoutForm, DeliveryType},
        day::Day,
        error::{AppError, Missing},
        field::FieldError,
        ids::{CartId, IdempotencyKey, OrderId, Slug},
        order::Order,
    },
    server::{service::checkout::PlaceOrder, state::AppState},
};
use axum::{extract::FromRequestParts, response::Response};
use http::{StatusCode, request::Parts};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(place)).routes(routes!(show))
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

/// The order of a cart. Prices and totals are the shop's: there is no field for them.
#[derive(ToSchema)]
#[allow(dead_code)] // What the document says of the body; it is read into the form of the checkout.
struct OrderRequest {
    session_id: CartId,
    #[schema(max_length = 100, min_length = 1, example = "Ana Pop")]
    customer_name: String,
    /// A number of the shop's country, or E.164.
    #[schema(max_length = 40, min_length = 1, example = "0722 123 456")]
    customer_phone: String,
    delivery_type: DeliveryType,
    /// Needed for a delivery.
    delivery_address: Option<AddressRequest>,
    /// In the customer's words.
    #[schema(max_length = 100, example = "tomorrow after 10")]
    preferred_time: Option<String>,
    #[schema(max_length = 500)]
    special_instructions: Option<String>,
    /// The day on which the customer gets it; one that the shop offers. The earliest when none is
    /// said.
    day: Option<Day>,
    /// The id of a place of pickup, for a pickup where the shop has several. The first when none is
    /// said.
    #[schema(max_length = 120, example = "la-cuptor")]
    pickup_place: Option<Slug>,
    /// The id of an area, for a delivery where the shop has said to which areas it brings orders.
    /// Its fee is added to the total.
    #[schema(max_length = 120, example = "sate")]
    delivery_area: Option<Slug>,
}

/// Where an order is to be brought to; not looked at when it is picked up.
#[derive(ToSchema)]
#[allow(dead_code)] // As above.
struct AddressRequest {
    /// Needed for a delivery, at most 200 characters.
    #[schema(example = "Strada Morii 5")]
    street: Option<String>,
    /// Needed for a delivery, at most 100 characters.
    #[schema(example = "Sibiu")]
    city: Option<String>,
    /// At most 20 characters.
    #[schema(example = "550001")]
    postal_code: Option<String>,
    /// For the driver, at most 200 characters.
    notes: Option<String>,
}

struct PlaceRequest {
    session_id: String,
    form: CheckoutForm,
}

impl FromFields for PlaceRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<PlaceRequest> {
        let session_id = fields.required("session_id");
        let form = read_form(fields);
        fields.also_of(form.parse().map_err(|error| rename(error, &NAMES)));
        Some(PlaceRequest { session_id: session_id?, form })
    }
}

fn read_form(fields: &mut Fields<'_>) -> CheckoutForm {
    let mut form = CheckoutForm {
        name: fields.text("customer_name"),
        phone: fields.text("customer_phone"),
        delivery_type: fields.text("delivery_type"),
        preferred_time: fields.text("preferred_time"),
        special_instructions: fields.text("special_instructions"),
        day: fields.text("day"),
        pickup_place: fields.text("pickup_place"),
        delivery_area: fields.text("delivery_area"),
        ..CheckoutForm::default()
    };
    fields.inside("delivery_address", |address| {
        form.street = address.text("street");
        form.city = address.text("city");
        form.postal_code = address.text("postal_code");
        form.address_notes = address.text("notes");
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

/// Order what is in a cart
///
/// Takes the stock. The answer says whether a code sent by SMS has to be entered; the same key
/// gives the same order again.
#[utoipa::path(
    post, path = "/orders", tag = "Orders", operation_id = "place_order",
    params(("Idempotency-Key" = IdempotencyKey, Header, description = "Makes it safe to send the order again.")),
    request_body = OrderRequest,
    responses(
        (status = 201, description = "The order.", body = Success<OrderJson>),
        (status = 200, description = "The order, placed before under this key.", body = Success<OrderJson>),
        (status = 404, description = "No such cart.", body = Failure),
        (status = 409, description = "Not enough stock, an empty cart, the shop is closed, less than an area asks for, or the key belongs to another order.", body = Failure)
    )
)]
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

/// An order
///
/// For the customer of its phone, the browser that placed it, and admins.
#[utoipa::path(
    get, path = "/orders/{id}", tag = "Orders", operation_id = "show_order",
    security((), ("admin" = [])), params(("id" = OrderId, Path, description = "The order's id.")),
    responses(
        (status = 200, description = "The order.", body = Success<OrderJson>),
        (status = 401, description = "Nobody has shown who they are.", body = Failure)
    )
)]
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
