//! Orders that are taken by phone: an admin types them in, and the shop counts on them at once.

use super::{
    Shop,
    order_items::{sum, take_new},
};
use crate::{
    model::{
        day::Day,
        error::{AppError, Shortage},
        field::{FieldError, FieldErrors},
        ids::{CartId, IdempotencyKey, OrderId, OrderNumber, ProductId},
        message::Occasion,
        money::Money,
        order::{Actor, LineItem, Order, Source},
        order_record::Note,
        phone::Phone,
        phone_order::{PhoneOrder, PhoneOrderForm},
        quantity::Quantity,
        status::OrderStatus,
    },
    server::{
        clock::{now, wall},
        metrics::metrics,
        secrets,
        store::{Store, orders::NewOrder, transaction::Aborted},
    },
};
use mongodb::{ClientSession, bson::oid::ObjectId};
use std::{collections::BTreeMap, sync::Arc};

/// The order without its lines, whose prices the transaction reads, and what it is to hold.
struct Wanted {
    order: NewOrder,
    lines: BTreeMap<ProductId, Quantity>,
}

impl Shop {
    /// Places an order for somebody who has called, confirmed by `admin`. The same form with the same
    /// key gives the same order. The number may be a landline's: it is for calling back.
    ///
    /// # Errors
    /// Field errors, [`AppError::Stock`] with what is left of each product.
    pub async fn take_phone_order(
        &self,
        page: &IdempotencyKey,
        form: &PhoneOrderForm,
        admin: &str,
    ) -> Result<Order, AppError> {
        let (typed, phone) = read(form)?;
        let key = key_of(page, form)?;
        if let Some(placed) = self.store.orders.by_key(&key).await? {
            return Ok(placed.order);
        }
        let wanted = wanted(typed, phone, &key, admin)?;
        match self.place_by_phone(wanted).await {
            Ok(order) => {
                self.store.users.remember_customer(&order.customer_phone, &order.customer_name).await?;
                Ok(order)
            }
            // The same form a moment earlier may have emptied the shelf: then its order is the answer.
            Err(error) => {
                let placed = self.store.orders.by_key(&key).await?;
                placed.map(|placed| placed.order).ok_or(error)
            }
        }
    }

    async fn place_by_phone(&self, wanted: Wanted) -> Result<Order, AppError> {
        let about = (&wanted.order).into();
        let message = self.message_about(about, Occasion::Confirmed, None).await?;
        let _turn = self.shelves.turn(wanted.lines.keys()).await;
        let (store, wanted) = (self.store.clone(), Arc::new(wanted));
        self.store
            .transaction(move |session| {
                let (store, wanted, message) = (store.clone(), Arc::clone(&wanted), message.clone());
                Box::pin(async move {
                    let items = take(&store, session, &wanted).await?;
                    let total = sum(&items, wanted.order.delivery_fee)?;
                    let order = NewOrder { items, total, ..wanted.order.clone() };
                    let placed = store.orders.insert(session, order).await?;
                    if let Some(message) = &message {
                        store.messages.queue(session, message).await?;
                    }
                    Ok(placed.order)
                })
            })
            .await
            .inspect(|order| metrics().orders.placed(order))
    }
}

/// Takes every line off its shelf; all that is short is told together.
async fn take(store: &Store, session: &mut ClientSession, wanted: &Wanted) -> Result<Vec<LineItem>, Aborted> {
    let (mut items, mut shortages): (Vec<LineItem>, Vec<Shortage>) = Default::default();
    for (product, quantity) in &wanted.lines {
        match take_new(store, session, product, *quantity, wanted.order.locale).await? {
            Ok(line) => items.push(line),
            Err(short) => shortages.push(short),
        }
    }
    if shortages.is_empty() { Ok(items) } else { Err(AppError::Stock { shortages }.into()) }
}

/// Checks the whole form and reads the number, so that all errors are told together.
fn read(form: &PhoneOrderForm) -> Result<(PhoneOrder, Phone), AppError> {
    let typed = form.parse(Day::of(wall(now())));
    match (typed, super::phone::read(&form.checkout.phone)) {
        (Ok(typed), Some(phone)) => Ok((typed, phone)),
        (typed, None) => {
            let mut errors = match typed {
                Err(AppError::Fields { errors }) => errors,
                _ => FieldErrors::default(),
            };
            if !errors.0.contains_key("phone") {
                errors.add("phone", FieldError::Phone);
            }
            Err(AppError::Fields { errors })
        }
        (Err(error), _) => Err(error),
    }
}

/// A page that is gone back to still holds its old key; with other words it is another order.
fn key_of(page: &IdempotencyKey, form: &PhoneOrderForm) -> Result<IdempotencyKey, AppError> {
    let words = serde_json::to_string(&("phone", page, form)).map_err(|_| AppError::Internal)?;
    IdempotencyKey::parse(&secrets::token_hash(&words)).map_err(|_| AppError::Internal)
}

fn wanted(typed: PhoneOrder, phone: Phone, key: &IdempotencyKey, admin: &str) -> Result<Wanted, AppError> {
    let at = now();
    let note = typed.note.map(|text| Note { by: admin.to_owned(), at, text });
    let order = NewOrder {
        id: OrderId::parse(&ObjectId::new().to_hex()).map_err(|_| AppError::Internal)?,
        number: OrderNumber::from_draw(|signs| rand::random_range(0..signs)),
        key: key.clone(),
        request_hash: key.to_string(),
        // It came from no cart: nobody holds this one.
        cart: CartId::parse(&secrets::token()).map_err(|_| AppError::Internal)?,
        name: typed.checkout.name,
        phone,
        delivery: typed.checkout.delivery,
        preferred_time: typed.checkout.preferred_time,
        special_instructions: typed.checkout.special_instructions,
        day: typed.day,
        place: typed.place,
        locale: typed.locale,
        source: Source::Phone,
        call_back: false,
        items: Vec::new(),
        delivery_fee: typed.delivery_fee,
        total: Money::ZERO,
        status: OrderStatus::Confirmed,
        pending_until: at,
        by: Actor::Admin(admin.to_owned()),
        note,
    };
    Ok(Wanted { order, lines: typed.lines })
}
