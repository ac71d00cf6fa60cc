//! The server functions of the shop: parse, call one service, say where to go next.

// A server function takes each field of its form as an argument.
#![allow(clippy::too_many_arguments)]

use crate::model::{
    cart::Cart,
    category::Category,
    choices::Choices,
    error::AppError,
    ids::{OrderId, ProductId},
    order::{Order, Verification, Waiting},
    page::Page,
    product::Product,
    session::Customer,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// What the home page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Home {
    /// Featured products.
    pub featured: Vec<Product>,
    /// The shelves, each with something on it that is not featured.
    pub shelves: Vec<(Category, Option<Product>)>,
}

/// What the list of products shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shelf {
    /// One page of products.
    pub products: Page<Product>,
    /// The shelves to choose from.
    pub categories: Vec<Category>,
}

/// What the page of a product shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProductDetails {
    /// The product.
    pub product: Product,
    /// Some others of its shelf.
    pub similar: Vec<Product>,
}

/// What the checkout shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckoutDetails {
    /// What is ordered.
    pub cart: Cart,
    /// Whose number is proved already.
    pub customer: Option<Customer>,
    /// Makes placing the order idempotent.
    pub key: String,
    /// Where orders are picked up, where the shop has said it.
    pub pickup: Option<String>,
    /// Days, places and areas.
    pub choices: Choices,
}

/// What the pages of an order show.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderDetails {
    /// The order.
    pub order: Order,
    /// What is known while it waits for its code.
    pub waiting: Waiting,
    /// How many digits the code has.
    pub digits: u32,
    /// Where it is picked up, where the shop has said it.
    pub pickup: Option<String>,
}

/// The orders of a customer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MyOrders {
    /// Whose.
    pub customer: Customer,
    /// Newest first.
    pub orders: Vec<Order>,
}

/// Where to go after a form succeeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// An address of ours.
    pub next: String,
}

/// Featured products and the shelves.
#[server(prefix = "/fn", endpoint = "catalog/home", input = GetUrl)]
pub async fn load_home() -> Result<Home, AppError> {
    use crate::server::{context::Here, service::catalog::CatalogRequest};
    let here = Here::get()?;
    let request =
        CatalogRequest { featured: Some("true".into()), per_page: Some("8".into()), ..Default::default() };
    let featured = here.shop.products(&request, here.visitor.locale).await?.map(Product::shown).items;
    let shelves = here.shop.shelves(here.visitor.locale).await?.into_iter();
    let shelves = shelves.map(|(category, product)| (category, product.map(Product::shown))).collect();
    Ok(Home { featured, shelves })
}

/// One page of the products.
#[server(prefix = "/fn", endpoint = "catalog/products", input = GetUrl)]
pub async fn load_shelf(
    #[server(default)] category: Option<String>,
    #[server(default)] q: Option<String>,
    #[server(default)] sort: Option<String>,
    #[server(default)] without: Option<String>,
    #[server(default)] page: Option<String>,
) -> Result<Shelf, AppError> {
    use crate::server::{context::Here, service::catalog::CatalogRequest};
    let here = Here::get()?;
    let request = CatalogRequest { category, q, sort, without, page, ..Default::default() };
    let products = here.shop.products(&request, here.visitor.locale).await?.map(Product::shown);
    Ok(Shelf { products, categories: here.shop.categories().await? })
}

/// A product and some others of its shelf.
#[server(prefix = "/fn", endpoint = "catalog/product", input = GetUrl)]
pub async fn load_product(slug: String) -> Result<ProductDetails, AppError> {
    use crate::server::context::Here;
    let here = Here::get()?;
    let product = here.shop.product(&slug).await?;
    let similar = here.shop.similar(&product, here.visitor.locale).await?;
    let similar = similar.into_iter().map(Product::shown).collect();
    Ok(ProductDetails { product: product.shown(), similar })
}

/// Pieces in the cart.
#[server(prefix = "/fn", endpoint = "cart/count", input = GetUrl)]
pub async fn count_cart() -> Result<u32, AppError> {
    use crate::server::{
        context::{CartCount, Here},
        service::cart::pieces,
    };
    if let Some(CartCount(count)) = use_context() {
        return Ok(count);
    }
    Ok(pieces(Here::get()?.cart_items().await?.as_deref()))
}

/// The cart with the prices of now.
#[server(prefix = "/fn", endpoint = "cart/view", input = GetUrl)]
pub async fn load_cart() -> Result<Cart, AppError> {
    crate::server::context::Here::get()?.priced_cart().await
}

/// Puts pieces of a product in the cart; with `fill`, as many as there are when they are fewer.
#[server(prefix = "/fn", endpoint = "cart/add")]
pub async fn add_to_cart(
    product_id: ProductId,
    #[server(default)] quantity: String,
    #[server(default)] fill: bool,
) -> Result<Cart, AppError> {
    use crate::server::{context::Here, service::cart::read_quantity};
    let here = Here::get()?;
    let quantity = read_quantity(if quantity.is_empty() { "1" } else { &quantity })?;
    let (cart, l) = (here.visitor.cart.as_ref(), here.visitor.locale);
    let cart = if fill {
        here.shop.add_what_is_left(cart, &product_id, quantity, l).await?
    } else {
        here.shop.add_to_cart(cart, &product_id, quantity, l).await?
    };
    here.keep_cart(&cart);
    Ok(cart)
}

/// Sets how many pieces of a product are in the cart.
#[server(prefix = "/fn", endpoint = "cart/set")]
pub async fn set_quantity(product_id: ProductId, quantity: String) -> Result<Cart, AppError> {
    use crate::server::{context::Here, service::cart::read_quantity};
    let here = Here::get()?;
    let quantity = read_quantity(&quantity)?;
    let cart = here.shop.set_quantity(here.cart()?, &product_id, quantity, here.visitor.locale).await?;
    here.keep_cart(&cart);
    Ok(cart)
}

/// Takes a product out of the cart; with the number of pieces that it had, the next page offers to
/// put them back.
#[server(prefix = "/fn", endpoint = "cart/remove")]
pub async fn remove_from_cart(
    product_id: ProductId,
    #[server(default)] quantity: String,
) -> Result<Cart, AppError> {
    let here = crate::server::context::Here::get()?;
    let cart = here.shop.remove_from_cart(here.cart()?, &product_id, here.visitor.locale).await?;
    here.keep_cart(&cart);
    if let Ok(pieces) = crate::server::service::cart::read_quantity(&quantity) {
        here.next(&format!("/cart?removed={product_id}&pieces={}", pieces.get()));
    }
    Ok(cart)
}

/// The cart, the customer if known, and a new key for the order.
#[server(prefix = "/fn", endpoint = "checkout/view", input = GetUrl)]
pub async fn load_checkout() -> Result<CheckoutDetails, AppError> {
    let here = crate::server::context::Here::get()?;
    let cart = here.priced_cart().await?;
    let (customer, pickup) = (here.customer().await?, here.shop.facts().await?.oven());
    let choices = here.shop.choices().await?;
    Ok(CheckoutDetails { cart, customer, key: crate::server::secrets::token(), pickup, choices })
}

/// Places the order; with `keep`, of what is short only what is left.
#[server(prefix = "/fn", endpoint = "checkout/place")]
pub async fn place_order(
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] delivery_type: String,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] postal_code: String,
    #[server(default)] address_notes: String,
    #[server(default)] preferred_time: String,
    #[server(default)] special_instructions: String,
    #[server(default)] day: String,
    #[server(default)] pickup_place: String,
    #[server(default)] delivery_area: String,
    #[server(default)] expected_total: Option<crate::model::money::Money>,
    #[server(default)] keep: bool,
    key: crate::model::ids::IdempotencyKey,
) -> Result<Next, AppError> {
    use crate::{
        model::{checkout::CheckoutForm, status::OrderStatus},
        server::{
            context::Here,
            service::checkout::{PlaceOrder, form_key},
        },
    };
    let here = Here::get()?;
    let form = CheckoutForm {
        name,
        phone,
        delivery_type,
        street,
        city,
        postal_code,
        address_notes,
        preferred_time,
        special_instructions,
        day,
        pickup_place,
        delivery_area,
    };
    let (cart, locale) = (here.cart()?.clone(), here.visitor.locale);
    let customer = here.customer().await?;
    if keep {
        // The total is another one then, which is told before anything is ordered.
        here.shop.keep_what_is_left(&cart, locale).await?;
    }
    let key = form_key(&key, &form, expected_total)?;
    let address = here.visitor.address.clone();
    let order = PlaceOrder { cart, form, key, expected_total, locale, customer, address };
    let placed = here.shop.place_order(order).await?;
    let id = &placed.order.id;
    let path = match (placed.order.status, placed.sms_failed) {
        (OrderStatus::Pending, false) => format!("/orders/{id}/verify"),
        (OrderStatus::Pending, true) => format!("/orders/{id}/verify?sms=failed"),
        _ => format!("/orders/{id}?new=1"),
    };
    Ok(here.next(&path))
}

/// An order and its code.
#[server(prefix = "/fn", endpoint = "orders/view", input = GetUrl)]
pub async fn load_order(id: OrderId) -> Result<OrderDetails, AppError> {
    let here = crate::server::context::Here::get()?;
    let customer = here.customer().await?;
    let order = here.shop.order_for(&id, customer.as_ref(), here.visitor.cart.as_ref()).await?;
    let waiting = here.shop.waiting(&order).await?;
    let pickup = here.shop.facts().await?.pickup_of(&order);
    Ok(OrderDetails { order, waiting, digits: here.shop.config.otp_digits, pickup })
}

/// Confirms an order with its code.
#[server(prefix = "/fn", endpoint = "orders/confirm")]
pub async fn confirm_order(order_id: OrderId, #[server(default)] code: String) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let order = here.shop.order_for(&order_id, None, here.visitor.cart.as_ref()).await?;
    let confirmed = here.shop.confirm_order(order, &code).await?;
    here.keep_customer(confirmed.token);
    Ok(here.next(&format!("/orders/{order_id}?new=1")))
}

/// Sends another code.
#[server(prefix = "/fn", endpoint = "orders/resend")]
pub async fn resend_code(order_id: OrderId) -> Result<Verification, AppError> {
    let here = crate::server::context::Here::get()?;
    let order = here.shop.order_for(&order_id, None, here.visitor.cart.as_ref()).await?;
    let (phone, visitor) = (order.customer_phone.as_str(), &here.visitor);
    let sent = here.shop.send_code_again(phone, &order_id, visitor.locale, &visitor.address).await?;
    here.next(&format!("/orders/{order_id}/verify?sms=again"));
    Ok(sent)
}

/// Has a call tell a new code.
#[server(prefix = "/fn", endpoint = "orders/ring")]
pub async fn ring_with_code(order_id: OrderId) -> Result<Verification, AppError> {
    let here = crate::server::context::Here::get()?;
    let order = here.shop.order_for(&order_id, None, here.visitor.cart.as_ref()).await?;
    let (phone, visitor) = (order.customer_phone.as_str(), &here.visitor);
    let rung = here.shop.ring_with_code(phone, &order_id, visitor.locale, &visitor.address).await?;
    here.next(&format!("/orders/{order_id}/verify"));
    Ok(rung)
}

/// Asks to be called by a person.
#[server(prefix = "/fn", endpoint = "orders/call")]
pub async fn ask_for_call(order_id: OrderId) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let order = here.shop.order_for(&order_id, None, here.visitor.cart.as_ref()).await?;
    here.shop.ask_for_call(order.customer_phone.as_str(), &order_id, &here.visitor.address).await?;
    Ok(here.next(&format!("/orders/{order_id}/verify")))
}

/// The orders of the customer of this session.
#[server(prefix = "/fn", endpoint = "orders/mine", input = GetUrl)]
pub async fn load_my_orders() -> Result<MyOrders, AppError> {
    let here = crate::server::context::Here::get()?;
    let customer = here.customer().await?.ok_or(AppError::SessionExpired)?;
    Ok(MyOrders { orders: here.shop.orders_of(&customer).await?, customer })
}

/// Puts the products of an old order in the cart.
#[server(prefix = "/fn", endpoint = "orders/again")]
pub async fn order_again(order_id: OrderId) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let customer = here.customer().await?.ok_or(AppError::SessionExpired)?;
    let cart = here.visitor.cart.as_ref();
    let cart = here.shop.order_again(&customer, &order_id, cart, here.visitor.locale).await?;
    here.keep_cart(&cart);
    Ok(here.next("/cart"))
}

/// Ends the customer's session.
#[server(prefix = "/fn", endpoint = "session/end")]
pub async fn sign_out() -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    if let Some(token) = &here.visitor.customer_token {
        here.shop.close_session(token).await?;
    }
    here.forget_customer();
    Ok(here.next("/"))
}
