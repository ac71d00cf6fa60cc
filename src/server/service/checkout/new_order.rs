//! A new order, made of a cart and a form.

use super::{
    super::verification::{GRACE, LIFETIME},
    PlaceOrder,
};
use crate::{
    model::{
        cart::{Cart, CartLine, LineNotice},
        checkout::{Checkout, Wanted},
        choices::{Choices, Chosen},
        error::AppError,
        ids::{OrderId, OrderNumber},
        money::Money,
        order::{Actor, LineItem, Source},
        phone::Phone,
        status::OrderStatus,
    },
    server::{clock::now, store::orders::NewOrder},
};
use mongodb::bson::oid::ObjectId;

/// What an order comes to.
pub(super) struct Sum {
    pub chosen: Chosen,
    pub total: Money,
}

impl Sum {
    pub fn of(choices: &Choices, wanted: &Wanted, worth: Money) -> Result<Sum, AppError> {
        let chosen = choices.choose(wanted, worth)?;
        let total = worth.plus(chosen.fee).ok_or(AppError::Internal)?;
        Ok(Sum { chosen, total })
    }
}

pub(super) fn new_order(
    request: &PlaceOrder,
    checkout: Checkout,
    phone: Phone,
    cart: &Cart,
    sum: Sum,
    request_hash: String,
    proved: bool,
) -> Result<NewOrder, AppError> {
    Ok(NewOrder {
        id: OrderId::parse(&ObjectId::new().to_hex()).map_err(|_| AppError::Internal)?,
        number: OrderNumber::from_draw(|signs| rand::random_range(0..signs)),
        key: request.key.clone(),
        request_hash,
        cart: request.cart.clone(),
        name: checkout.name,
        phone,
        delivery: checkout.delivery,
        preferred_time: checkout.preferred_time,
        special_instructions: checkout.special_instructions,
        day: sum.chosen.day,
        place: sum.chosen.place,
        locale: request.locale,
        source: Source::Web,
        items: cart.lines.iter().map(line_item).collect(),
        delivery_fee: sum.chosen.fee,
        total: sum.total,
        status: if proved { OrderStatus::Confirmed } else { OrderStatus::Pending },
        pending_until: now().plus_seconds(LIFETIME + GRACE),
        call_back: false,
        by: Actor::Customer,
        note: None,
    })
}

fn line_item(line: &CartLine) -> LineItem {
    LineItem {
        product_id: line.product_id.clone(),
        product_name: line.name.clone(),
        quantity: line.quantity,
        unit_price: line.unit_price,
        total_price: line.total_price,
        food: line.food,
    }
}

/// What is short in a cart.
pub(super) fn shortages(cart: &Cart) -> AppError {
    let short = cart.lines.iter().filter_map(|line| {
        let available = match line.notice? {
            LineNotice::Short { left } => left,
            LineNotice::SoldOut | LineNotice::Gone => 0,
            LineNotice::PriceChanged { .. } => return None,
        };
        Some(crate::model::error::Shortage {
            product_id: line.product_id.clone(),
            name: line.name.clone(),
            available,
        })
    });
    AppError::Stock { shortages: short.collect() }
}
