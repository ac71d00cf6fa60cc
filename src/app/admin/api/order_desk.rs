//! The producer's work on one order: notes, what is in it, giving it up, its messages, and orders
//! that come by phone.
// The fields of a form; the macro repeats them where an attribute on the function does not reach.
#![allow(clippy::too_many_arguments)]

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{
        day::Day,
        error::AppError,
        ids::{IdempotencyKey, MessageId, OrderId},
        money::Money,
        order_record::Offer,
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an empty order by phone begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PhoneOrderStart {
    /// All that is on sale, by name.
    pub offers: Vec<Offer>,
    /// Makes placing the order idempotent.
    pub key: String,
    /// The first day that it can be for.
    pub today: Day,
    /// Where customers can pick up, in the language of the page.
    pub places: Vec<String>,
    /// Where orders are brought to, and what that costs.
    pub areas: Vec<(String, Money)>,
}

/// Adds a note for the desk.
#[server(prefix = "/fn", endpoint = "admin/orders/note")]
pub async fn add_note(
    order_id: OrderId,
    #[server(default)] text: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin_form(&csrf).await?.admin.username;
    here.shop.add_note(&order_id, &text, &admin).await?;
    Ok(here.next(&format!("/admin/orders/{order_id}?done=note")))
}

/// Changes what is in an order. `shown` is what the fields held: it tells the page of a refused form
/// which of them were touched.
#[server(prefix = "/fn", endpoint = "admin/orders/items")]
pub async fn change_items(
    order_id: OrderId,
    #[server(default)] version: String,
    #[server(default)] quantities: BTreeMap<String, String>,
    #[server(default)] shown: BTreeMap<String, String>,
    #[server(default)] add: String,
    #[server(default)] add_quantity: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::{order::Actor, order_items::ItemsForm};
    let here = crate::server::context::Here::get()?;
    let actor = Actor::Admin(here.admin_form(&csrf).await?.admin.username);
    drop(shown);
    let form = ItemsForm { version, quantities, add, add_quantity };
    here.shop.change_items(&order_id, &form, actor).await?;
    Ok(here.next(&format!("/admin/orders/{order_id}?done=items")))
}

/// Gives an order up, with a reason.
#[server(prefix = "/fn", endpoint = "admin/orders/cancel")]
pub async fn cancel_order(
    order_id: OrderId,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    #[server(default)] tell: Option<String>,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::{cancel_reason::CancelForm, order::Actor};
    let here = crate::server::context::Here::get()?;
    let actor = Actor::Admin(here.admin_form(&csrf).await?.admin.username);
    let form = CancelForm { reason, words, tell: tell.is_some() };
    here.shop.cancel_order(&order_id, &form, actor).await?;
    Ok(here.next(&format!("/admin/orders/{order_id}?done=cancelled")))
}

/// Sends a message that failed once more.
#[server(prefix = "/fn", endpoint = "admin/messages/again")]
pub async fn send_again(message_id: MessageId, #[server(default)] csrf: String) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    let message = here.shop.send_again(&message_id).await?;
    let page =
        message.order.map_or(String::from("/admin/messages"), |order| format!("/admin/orders/{order}"));
    Ok(here.next(&format!("{page}?done=message")))
}

/// An empty order by phone.
#[server(prefix = "/fn", endpoint = "admin/orders/start", input = GetUrl)]
pub async fn start_phone_order() -> Result<Signed<PhoneOrderStart>, AppError> {
    use crate::server::{
        clock::{now, wall},
        context::Here,
        secrets,
    };
    let here = Here::get()?;
    let admin = here.admin().await?.admin;
    let offers = here.shop.offers(here.visitor.locale).await?;
    let today = Day::of(wall(now()));
    let (facts, l) = (here.shop.facts().await?, here.visitor.locale);
    let places = facts.places.iter().filter(|place| place.active);
    let areas = facts.areas.iter().filter(|area| area.active);
    let data = PhoneOrderStart {
        offers,
        key: secrets::token(),
        today,
        places: places.map(|place| place.name.get(l).to_owned()).collect(),
        areas: areas.map(|area| (area.name.get(l).to_owned(), area.fee)).collect(),
    };
    Ok(Signed { admin, data })
}

/// Takes an order that came by phone.
#[server(prefix = "/fn", endpoint = "admin/orders/place")]
pub async fn take_phone_order(
    key: IdempotencyKey,
    #[server(default)] quantities: BTreeMap<String, String>,
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
    #[server(default)] place: String,
    #[server(default)] delivery_fee: String,
    #[server(default)] language: String,
    #[server(default)] note: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::{checkout::CheckoutForm, phone_order::PhoneOrderForm};
    let here = crate::server::context::Here::get()?;
    let admin = here.admin_form(&csrf).await?.admin.username;
    let checkout = CheckoutForm {
        name,
        phone,
        delivery_type,
        street,
        city,
        postal_code,
        address_notes,
        preferred_time,
        special_instructions,
        ..CheckoutForm::default()
    };
    let form = PhoneOrderForm { checkout, quantities, day, place, delivery_fee, language, note };
    let order = here.shop.take_phone_order(&key, &form, &admin).await?;
    Ok(here.next(&format!("/admin/orders/{}?done=new", order.id)))
}
