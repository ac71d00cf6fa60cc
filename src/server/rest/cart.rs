//! `/api/cart`. Whoever knows a cart's id holds the cart; a browser also gets it as a cookie.

use super::{
    body::{FromFields, Json},
    caller::{At, Caller, id},
    envelope::{Failure, Success, success},
    fields::Fields,
    food_json::{AllergensJson, NetJson, UnitPriceJson, unit_price},
    money::Decimal,
    refusal::Refusal,
};
use crate::{
    model::{
        cart::{Cart, CartLine, LineNotice},
        error::{AppError, Missing},
        ids::{CartId, ProductId},
        quantity::Quantity,
        vat::VatRate,
    },
    server::state::AppState,
};
use axum::response::Response;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(add)).routes(routes!(show)).routes(routes!(set, remove))
}

/// What is put into which cart.
#[derive(ToSchema)]
struct AddRequest {
    /// Without one: the cart of the cookie; without that, a new one.
    #[schema(value_type = Option<CartId>)]
    session_id: Option<String>,
    #[schema(value_type = ProductId)]
    product_id: String,
    quantity: Quantity,
}

impl FromFields for AddRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<AddRequest> {
        let session_id = fields.optional("session_id");
        let (product_id, quantity) = (fields.required("product_id"), fields.required("quantity"));
        Some(AddRequest { session_id, product_id: product_id?, quantity: quantity? })
    }
}

/// How many there are to be of a product.
#[derive(ToSchema)]
struct SetRequest {
    quantity: Quantity,
}

impl FromFields for SetRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<SetRequest> {
        Some(SetRequest { quantity: fields.required("quantity")? })
    }
}

/// A cart as the API writes it.
#[derive(Serialize, ToSchema)]
#[schema(as = Cart)]
struct CartJson {
    session_id: Option<CartId>,
    items: Vec<ItemJson>,
    total_amount: Decimal,
}

/// A product in a cart.
#[derive(Serialize, ToSchema)]
#[schema(as = CartItem)]
struct ItemJson {
    product_id: ProductId,
    product_name: String,
    quantity: Quantity,
    unit_price: Decimal,
    total_price: Decimal,
    net_content: Option<NetJson>,
    unit_price_per_measure: Option<UnitPriceJson>,
    allergens: AllergensJson,
    vat_rate: Option<VatRate>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<NoticeJson>,
}

/// What has changed about a line since it was put in.
#[derive(Serialize, ToSchema)]
#[schema(as = CartNotice)]
#[serde(tag = "reason", rename_all = "snake_case")]
enum NoticeJson {
    PriceChanged { was: Decimal },
    Short { left: u32 },
    SoldOut,
    Gone,
}

impl From<Cart> for CartJson {
    fn from(cart: Cart) -> CartJson {
        let items = cart.lines.into_iter().map(ItemJson::from).collect();
        CartJson { session_id: cart.id, items, total_amount: Decimal(cart.total) }
    }
}

impl From<CartLine> for ItemJson {
    fn from(line: CartLine) -> ItemJson {
        ItemJson {
            product_id: line.product_id,
            product_name: line.name,
            quantity: line.quantity,
            unit_price: Decimal(line.unit_price),
            total_price: Decimal(line.total_price),
            net_content: line.food.net.map(NetJson::from),
            unit_price_per_measure: unit_price(line.food.net, line.unit_price),
            allergens: line.food.allergens.into(),
            vat_rate: line.food.vat,
            notice: line.notice.map(NoticeJson::from),
        }
    }
}

impl From<LineNotice> for NoticeJson {
    fn from(notice: LineNotice) -> NoticeJson {
        match notice {
            LineNotice::PriceChanged { was } => NoticeJson::PriceChanged { was: Decimal(was) },
            LineNotice::Short { left } => NoticeJson::Short { left },
            LineNotice::SoldOut => NoticeJson::SoldOut,
            LineNotice::Gone => NoticeJson::Gone,
        }
    }
}

/// Put a product into a cart
#[utoipa::path(
    post, path = "/cart", tag = "Cart", operation_id = "add_to_cart", request_body = AddRequest,
    responses(
        (status = 201, description = "The cart.", body = Success<CartJson>),
        (status = 404, description = "No such product or cart.", body = Failure),
        (status = 409, description = "Not enough stock, or no more different products fit in.", body = Failure)
    )
)]
async fn add(caller: Caller, Json(body): Json<AddRequest>) -> Result<Response, Refusal> {
    let named = body.session_id.map(|session| id::<CartId>(session, Missing::Cart)).transpose()?;
    let product = id(body.product_id, Missing::Product)?;
    let cart = named.as_ref().or(caller.visitor.cart.as_ref());
    let cart = caller.shop.add_to_cart(cart, &product, body.quantity, caller.locale()).await?;
    Ok(kept(&caller, StatusCode::CREATED, cart))
}

/// A cart
#[utoipa::path(
    get, path = "/cart/{session}", tag = "Cart", operation_id = "show_cart",
    params(("session" = CartId, Path, description = "The cart's id.")),
    responses((status = 200, description = "The cart, at the prices of now.", body = Success<CartJson>))
)]
async fn show(caller: Caller, At(session): At<String>) -> Result<Response, Refusal> {
    let session = id(session, Missing::Cart)?;
    let cart = caller.shop.cart(Some(&session), caller.locale()).await?;
    if cart.id.is_none() {
        return Err(AppError::missing(Missing::Cart).into());
    }
    Ok(success(StatusCode::OK, CartJson::from(cart)))
}

/// Change how many of a product are in a cart
#[utoipa::path(
    put, path = "/cart/{session}/items/{product_id}", tag = "Cart", operation_id = "set_quantity",
    params(
        ("session" = CartId, Path, description = "The cart's id."),
        ("product_id" = ProductId, Path, description = "A product in it.")
    ),
    request_body = SetRequest,
    responses(
        (status = 200, description = "The cart.", body = Success<CartJson>),
        (status = 409, description = "Not enough stock.", body = Failure)
    )
)]
async fn set(
    caller: Caller,
    item: At<(String, String)>,
    body: Json<SetRequest>,
) -> Result<Response, Refusal> {
    let (session, product) = read(item)?;
    let cart = caller.shop.set_quantity(&session, &product, body.0.quantity, caller.locale()).await?;
    Ok(kept(&caller, StatusCode::OK, cart))
}

/// Take a product out of a cart
#[utoipa::path(
    delete, path = "/cart/{session}/items/{product_id}", tag = "Cart", operation_id = "remove_from_cart",
    params(
        ("session" = CartId, Path, description = "The cart's id."),
        ("product_id" = ProductId, Path, description = "A product in it.")
    ),
    responses((status = 200, description = "The cart.", body = Success<CartJson>))
)]
async fn remove(caller: Caller, item: At<(String, String)>) -> Result<Response, Refusal> {
    let (session, product) = read(item)?;
    let cart = caller.shop.remove_from_cart(&session, &product, caller.locale()).await?;
    Ok(kept(&caller, StatusCode::OK, cart))
}

fn read(At((session, product)): At<(String, String)>) -> Result<(CartId, ProductId), AppError> {
    Ok((id(session, Missing::Cart)?, id(product, Missing::Product)?))
}

/// Each change renews the cart's time on the server, so it renews the cookie's too.
fn kept(caller: &Caller, status: StatusCode, cart: Cart) -> Response {
    let cookie = cart.id.clone();
    caller.keep_cart(cookie.as_ref(), success(status, CartJson::from(cart)))
}
