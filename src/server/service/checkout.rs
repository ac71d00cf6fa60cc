//! Placing an order. Stock is taken and the order stored in one transaction; the same key gives
//! the same order; prices are those of the catalogue.

mod asked;
mod new_order;

pub use asked::form_key;

use super::{
    Shop, blocks,
    calling::CALL_WAIT,
    sms_budget::{Allowed, Budget},
    verification::{Asked, Code},
};
use crate::{
    model::{
        cart::Cart,
        checkout::{Checkout, CheckoutForm, Wanted},
        choices::Choices,
        error::{AppError, Conflict, Missing},
        ids::{CartId, IdempotencyKey, MessageId, OrderId},
        locale::Locale,
        message::{Channel, Occasion},
        money::Money,
        order::{Actor, Order, Placed},
        phone::Phone,
        session::Customer,
        status::OrderStatus,
    },
    server::{
        clock::{now, wall},
        metrics::metrics,
        secrets,
        store::{
            orders::{NewOrder, Step, StoredOrder},
            transaction::Aborted,
            verifications::{SentCode, Subject},
        },
    },
};
use asked::{read, request_hash};
use new_order::{Sum, new_order, shortages};
use std::sync::Arc;

/// How long sending an SMS may take, in seconds.
const SENDING: i64 = 30;

/// What is needed to place an order.
pub struct PlaceOrder {
    /// The cart to order.
    pub cart: CartId,
    /// The form as typed.
    pub form: CheckoutForm,
    /// Made by the client, the same for each try of the same order.
    pub key: IdempotencyKey,
    /// The total that the customer saw; another one is a conflict.
    pub expected_total: Option<Money>,
    /// The language of names and of the SMS.
    pub locale: Locale,
    /// Who has proved a number already.
    pub customer: Option<Customer>,
    /// The address that asks, for the budget of SMS.
    pub address: String,
}

impl Shop {
    /// Places an order. It is pending until its code comes back, or confirmed at once when the
    /// customer has proved this number within the last 24 hours.
    ///
    /// # Errors
    /// Field errors, [`AppError::Stock`], conflicts, [`AppError::RateLimited`]. Failing to send the
    /// SMS is no error: the order is safe, and [`Placed::sms_failed`] says so.
    pub async fn place_order(&self, request: PlaceOrder) -> Result<Placed, AppError> {
        // What is sold is decided by the database, not by what pages show (0016).
        let choices = self.read_facts().await?.choices(wall(now()));
        let (checkout, phone) = read(&request.form, &choices, &self.config.sms_countries)?;
        let hash = request_hash(&request, &checkout, &phone);
        if let Some(placed) = self.replay(&request.key, &hash).await? {
            return Ok(placed);
        }
        match self.place_new(&request, checkout, phone, &choices, &hash).await {
            Ok((order, code)) => self.after_placing(order, code).await,
            // The same key a moment earlier may have emptied the cart or the shelf: then its order
            // is the answer.
            Err(error) => self.replay(&request.key, &hash).await?.ok_or(error),
        }
    }

    async fn place_new(
        &self,
        request: &PlaceOrder,
        checkout: Checkout,
        phone: Phone,
        choices: &Choices,
        hash: &str,
    ) -> Result<(Order, Option<(MessageId, Budget)>), AppError> {
        self.check_not_blocked(&phone).await?;
        let proved = request.customer.as_ref().is_some_and(|customer| customer.phone == phone);
        let wanted = checkout.wanted.clone();
        let (cart, sum) = self.orderable_cart(request, &wanted, choices).await?;
        let total = sum.total;
        // Before anything is counted: of two requests with one key the second finds the first's order then.
        let _turn = self.shelves.turn(cart.lines.iter().map(|line| &line.product_id)).await;
        let new = new_order(request, checkout, phone, &cart, sum, hash.to_owned(), proved)?;
        let (new, code, budget) = self.with_code(new, request, proved).await?;
        let id = code.as_ref().map(|code| code.message.id.clone());
        match self.store_order(new, code).await {
            Ok(stored) => Ok((stored.order, id.map(|id| (id, budget)))),
            Err(error) => {
                self.give_back(&budget).await;
                Err(self.rather(error, request, &wanted, choices, total).await?)
            }
        }
    }

    /// How an order is proved: it is already, by a code that is counted here, or by a call when there is no
    /// money left for a code. Form and cart are good: only now does anybody cost the shop an SMS.
    async fn with_code(
        &self,
        mut new: NewOrder,
        request: &PlaceOrder,
        proved: bool,
    ) -> Result<(NewOrder, Option<Code>, Budget), AppError> {
        if proved {
            return Ok((new, None, Budget::new()));
        }
        let asked = Asked { l: request.locale, address: &request.address, channel: Channel::Sms };
        let code = self.new_code(&Subject::Order(new.id.clone()), &new.phone, asked)?;
        match self.take_code(&new.phone, &request.address, self.cost_of_code(Channel::Sms)).await? {
            Allowed::Yes(budget) => Ok((new, Some(code), budget)),
            Allowed::Spent(_) => {
                self.take_call(&new.phone, &request.address).await?;
                new.call_back = true;
                new.pending_until = now().plus_seconds(CALL_WAIT);
                Ok((new, None, Budget::new()))
            }
        }
    }

    /// The cart of now says better than the shelf what is short or dearer.
    async fn rather(
        &self,
        error: AppError,
        request: &PlaceOrder,
        wanted: &Wanted,
        choices: &Choices,
        total: Money,
    ) -> Result<AppError, AppError> {
        match error {
            AppError::Stock { .. } => self.why_not(request, wanted, choices, total).await,
            error => Ok(error),
        }
    }

    /// The cart, if it can be ordered so, and what was chosen.
    async fn orderable_cart(
        &self,
        request: &PlaceOrder,
        wanted: &Wanted,
        choices: &Choices,
    ) -> Result<(Cart, Sum), AppError> {
        let cart = self.cart(Some(&request.cart), request.locale).await?;
        if cart.lines.is_empty() {
            return Err(AppError::Conflict { conflict: Conflict::EmptyCart });
        }
        if cart.blocked() {
            return Err(shortages(&cart));
        }
        let sum = Sum::of(choices, wanted, cart.total)?;
        match request.expected_total {
            Some(expected) if expected != sum.total => {
                Err(AppError::Conflict { conflict: Conflict::TotalChanged { total: sum.total } })
            }
            _ => Ok((cart, sum)),
        }
    }

    /// After a shelf refused: what has changed since the cart was read?
    async fn why_not(
        &self,
        request: &PlaceOrder,
        wanted: &Wanted,
        choices: &Choices,
        total: Money,
    ) -> Result<AppError, AppError> {
        let cart = self.cart(Some(&request.cart), request.locale).await?;
        if cart.blocked() {
            return Ok(shortages(&cart));
        }
        let now = Sum::of(choices, wanted, cart.total)?.total;
        if now != total {
            return Ok(AppError::Conflict { conflict: Conflict::TotalChanged { total: now } });
        }
        Ok(AppError::Stock { shortages: Vec::new() })
    }

    async fn replay(&self, key: &IdempotencyKey, hash: &str) -> Result<Option<Placed>, AppError> {
        let Some(stored) = self.store.orders.by_key(key).await? else { return Ok(None) };
        if !secrets::same(&stored.request_hash, hash) {
            return Err(AppError::Conflict { conflict: Conflict::KeyReused });
        }
        if stored.order.status != OrderStatus::Pending {
            return Ok(Some(Placed {
                order: stored.order,
                verification: None,
                sms_failed: false,
                replayed: true,
            }));
        }
        let sent = self.store.verifications.of(&Subject::Order(stored.order.id.clone())).await?;
        // A code that is just being sent has not failed.
        let young = now().seconds_since(stored.order.created_at) < SENDING;
        let sms_failed = stored.order.call_back || sent.as_ref().map_or(!young, SentCode::failed);
        let verification = self.verification(&stored.order.id).await?;
        Ok(Some(Placed { order: stored.order, verification, sms_failed, replayed: true }))
    }

    /// Stores an order and what is to be told of it: its code, or that it is confirmed.
    async fn store_order(&self, new: NewOrder, code: Option<Code>) -> Result<StoredOrder, AppError> {
        crate::server::failpoint::reached("order.before");
        let number = (self.block_id(&new.phone)?, self.refusal_of_blocked().await);
        let message = match new.status {
            OrderStatus::Confirmed => self.message_about((&new).into(), Occasion::Confirmed, None).await?,
            _ => None,
        };
        let (store, new, code) = (self.store.clone(), Arc::new(new), code.map(Arc::new));
        self.store
            .transaction(move |session| {
                let (store, new, message) = (store.clone(), Arc::clone(&new), message.clone());
                let code = code.clone();
                let (number, refusal) = number.clone();
                Box::pin(async move {
                    // Blocked since it was looked at? No order may follow a block that was told done.
                    blocks::check_within(&store, session, &number, &refusal).await?;
                    if !store.carts.claim(session, &new.cart).await? {
                        return Err(Aborted::Refused(AppError::Conflict { conflict: Conflict::EmptyCart }));
                    }
                    // An order of the same cart that still waits for its code is replaced by this one.
                    for old in store.orders.pending_of_cart(session, &new.cart).await? {
                        super::orders::cancel(
                            &store,
                            session,
                            &old.order,
                            OrderStatus::Pending,
                            Actor::Shop,
                            None,
                        )
                        .await?;
                    }
                    for line in &new.items {
                        let taken = store.products.take_stock(
                            session,
                            &line.product_id,
                            line.quantity,
                            line.unit_price,
                        );
                        if !taken.await? {
                            return Err(Aborted::Refused(AppError::Stock { shortages: Vec::new() }));
                        }
                    }
                    crate::server::failpoint::reached("order.stock_taken");
                    if new.status == OrderStatus::Confirmed {
                        store.carts.delete(session, &new.cart).await?;
                    }
                    if let Some(message) = &message {
                        store.messages.queue(session, message).await?;
                    }
                    if let Some(code) = &code {
                        code.begin(&store, session).await?;
                    }
                    store.orders.insert(session, NewOrder::clone(&new)).await
                })
            })
            .await
            .inspect(|stored| metrics().orders.placed(&stored.order))
    }

    async fn after_placing(
        &self,
        order: Order,
        code: Option<(MessageId, Budget)>,
    ) -> Result<Placed, AppError> {
        crate::server::failpoint::reached("order.committed");
        if order.call_back {
            return Ok(Placed { order, verification: None, sms_failed: true, replayed: false });
        }
        let Some((code, budget)) = code else {
            self.store.users.remember_customer(&order.customer_phone, &order.customer_name).await?;
            return Ok(Placed { order, verification: None, sms_failed: false, replayed: false });
        };
        let sms_failed = match self.send_code_now(code, budget).await {
            Ok(()) => false,
            Err(error) => {
                tracing::warn!(order = %order.number, %error, "placed, but its code was not sent");
                true
            }
        };
        crate::server::failpoint::reached("order.sms_sent");
        let verification = self.verification(&order.id).await?;
        Ok(Placed { order, verification, sms_failed, replayed: false })
    }

    /// The code was right: pending becomes confirmed, and the cart is emptied with it.
    pub(super) async fn confirm_verified(&self, order: &Order) -> Result<Order, AppError> {
        let number = (self.block_id(&order.customer_phone)?, self.refusal_of_blocked().await);
        let message = self.message_about(order.into(), Occasion::Confirmed, None).await?;
        let (store, id) = (self.store.clone(), order.id.clone());
        self.store
            .transaction(move |session| {
                let (store, id, message) = (store.clone(), id.clone(), message.clone());
                let (number, refusal) = number.clone();
                Box::pin(async move {
                    blocks::check_within(&store, session, &number, &refusal).await?;
                    let step = Step {
                        from: OrderStatus::Pending,
                        to: OrderStatus::Confirmed,
                        actor: Actor::Customer,
                        note: None,
                    };
                    let stored = store
                        .orders
                        .step(session, &id, &step)
                        .await?
                        .ok_or(AppError::Conflict { conflict: Conflict::NotPending })?;
                    store.carts.delete(session, &stored.cart).await?;
                    crate::server::failpoint::reached("confirm.stepped");
                    if let Some(message) = &message {
                        store.messages.queue(session, message).await?;
                    }
                    Ok(stored.order)
                })
            })
            .await
            .inspect(|order| metrics().orders.moved(order))
    }

    /// Puts the products of an old order into the cart again; those that are gone stay out.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the order is not the customer's.
    pub async fn order_again(
        &self,
        customer: &Customer,
        order: &OrderId,
        cart: Option<&CartId>,
        l: Locale,
    ) -> Result<Cart, AppError> {
        let order = self.order_for(order, Some(customer), None).await?;
        let mut current = self.cart(cart, l).await?;
        for line in order.items {
            match self.add_to_cart(current.id.as_ref().or(cart), &line.product_id, line.quantity, l).await {
                Ok(changed) => current = changed,
                Err(AppError::Stock { .. } | AppError::NotFound { what: Missing::Product }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(current)
    }
}
