//! The rights of who has proved a phone number: to have all that is kept of it, and to be forgotten
//! (GDPR, articles 15, 17 and 20).

use super::{Shop, orders::cancel};
use crate::{
    model::{
        customer::Block,
        error::{AppError, Conflict},
        ids::{BlockId, CartId},
        message::Message,
        order::{Actor, Order},
        phone::Phone,
        session::{Customer, Kept},
        status::OrderStatus,
    },
    server::{
        secrets,
        store::{
            Store, sessions::SessionTimes, transaction::Aborted, users::CustomerRecord,
            verifications::SentCode,
        },
    },
};
use mongodb::ClientSession;

/// All that is kept of a phone number.
pub struct PersonalData {
    /// The number.
    pub phone: Phone,
    /// What is remembered of the customer, with the producer's notes.
    pub customer: Option<CustomerRecord>,
    /// Every order.
    pub orders: Vec<Order>,
    /// Sessions that have not ended.
    pub sessions: Vec<SessionTimes>,
    /// SMS with a code that is still alive. Of those whose code has ended nothing is kept.
    pub codes: Vec<SentCode>,
    /// The block of the number.
    pub block: Option<Block>,
    /// Messages about orders.
    pub messages: Vec<Message>,
}

impl Shop {
    /// All that is kept of the customer's number.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn personal_data(&self, customer: &Customer) -> Result<PersonalData, AppError> {
        let phone = customer.phone.clone();
        Ok(PersonalData {
            customer: self.store.users.customer(&phone).await?,
            orders: self.store.orders.all_of_phone(&phone).await?,
            sessions: self.store.sessions.of_phone(&phone).await?,
            codes: self.store.verifications.of_phone(&phone).await?,
            block: self.block_of(&phone).await?,
            messages: self.store.messages.to(&phone).await?,
            phone,
        })
    }

    /// How much is kept of the customer's number, and whether something stands in the way of
    /// forgetting it.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn kept(&self, customer: &Customer) -> Result<Kept, AppError> {
        let orders = self.store.orders.all_of_phone(&customer.phone).await?;
        let open = orders.iter().filter(|order| is_open(order.status));
        let open = open.map(|order| (order.id.clone(), order.number.clone())).collect();
        Ok(Kept { customer: customer.clone(), orders: orders.len(), open })
    }

    /// Forgets a customer who asks for it. See [`Shop::forget_number`].
    ///
    /// # Errors
    /// A conflict while an order is being worked on: whoever prepares or brings it needs to know
    /// for whom.
    pub async fn forget(&self, customer: &Customer, cart: Option<&CartId>) -> Result<(), AppError> {
        self.forget_number(&customer.phone, cart, Actor::Customer).await
    }

    /// Forgets the customer of a number: record, notes, sessions, codes and carts go, orders that wait
    /// for a code are cancelled, all orders become nobody's, and of a block only the hash stays. All
    /// of it, or nothing.
    ///
    /// # Errors
    /// A conflict while an order is being worked on: whoever prepares or brings it needs to know
    /// for whom.
    pub(super) async fn forget_number(
        &self,
        phone: &Phone,
        cart: Option<&CartId>,
        actor: Actor,
    ) -> Result<(), AppError> {
        let (store, cart) = (self.store.clone(), cart.cloned());
        let forgotten = Forgotten { phone: phone.clone(), block: self.block_id(phone)?, actor };
        self.store
            .transaction(move |session| {
                let (store, forgotten, cart) = (store.clone(), forgotten.clone(), cart.clone());
                Box::pin(async move { forget(&store, session, &forgotten, cart.as_ref()).await })
            })
            .await?;
        // A record that was made at the same moment, of orders that are nobody's now. A new order makes
        // a new one.
        self.store.users.drop_customer(phone).await
    }
}

/// Who is to be forgotten, and who says so.
#[derive(Clone)]
struct Forgotten {
    phone: Phone,
    block: BlockId,
    actor: Actor,
}

/// Confirmed, and not finished: somebody works on it.
const fn is_open(status: OrderStatus) -> bool {
    matches!(status, OrderStatus::Confirmed | OrderStatus::Processing | OrderStatus::Ready)
}

async fn forget(
    store: &Store,
    session: &mut ClientSession,
    forgotten: &Forgotten,
    cart: Option<&CartId>,
) -> Result<(), Aborted> {
    let Forgotten { phone, block, actor } = forgotten;
    let orders = store.orders.of_phone_within(session, phone).await?;
    if orders.iter().any(|stored| is_open(stored.order.status)) {
        return Err(Aborted::Refused(AppError::Conflict { conflict: Conflict::OpenOrders }));
    }
    for stored in &orders {
        if stored.order.status == OrderStatus::Pending {
            cancel(store, session, &stored.order, OrderStatus::Pending, actor.clone(), None).await?;
        }
        store.carts.delete(session, &stored.cart).await?;
        let nobodys = CartId::parse(&secrets::token()).map_err(|_| AppError::Internal)?;
        store.orders.anonymise(session, stored, &nobodys).await?;
    }
    if let Some(cart) = cart {
        store.carts.delete(session, cart).await?;
    }
    store.verifications.forget(session, phone).await?;
    store.messages.forget(session, phone).await?;
    store.sessions.forget(session, phone).await?;
    store.blocks.anonymise(session, block).await?;
    store.users.forget_customer(session, phone).await
}
