//! Customers who have proved their phone number: 24 hours during which no code is asked again.

use super::Shop;
use crate::{
    model::{
        error::{AppError, Missing},
        ids::{CartId, OrderId},
        order::Order,
        session::Customer,
        status::OrderStatus,
    },
    server::{clock::now, secrets, store::orders::StoredOrder},
};

/// How long a proved number stays proved, in seconds.
pub const SESSION: i64 = 24 * 3600;

impl Shop {
    pub(super) async fn open_session(&self, customer: &Customer) -> Result<String, AppError> {
        let token = secrets::token();
        let until = now().plus_seconds(SESSION);
        self.store.sessions.insert(secrets::token_hash(&token), customer, until).await?;
        self.store.users.remember_customer(&customer.phone, &customer.name).await?;
        Ok(token)
    }

    /// Whose token this is; `None` when it has ended.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn customer(&self, token: Option<&str>) -> Result<Option<Customer>, AppError> {
        match token {
            Some(token) => self.store.sessions.customer(&secrets::token_hash(token)).await,
            None => Ok(None),
        }
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn close_session(&self, token: &str) -> Result<(), AppError> {
        self.store.sessions.delete(&secrets::token_hash(token)).await
    }

    /// The orders of a customer's phone, newest first.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn orders_of(&self, customer: &Customer) -> Result<Vec<Order>, AppError> {
        self.store.orders.of_phone(&customer.phone).await
    }

    /// An order for whoever may see it: the customer of its phone, or whoever holds the cart that
    /// it came from as long as it is not confirmed. To all others it does not exist.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn order_for(
        &self,
        id: &OrderId,
        customer: Option<&Customer>,
        cart: Option<&CartId>,
    ) -> Result<Order, AppError> {
        let stored = self.store.orders.by_id(id).await?;
        if may_see(&stored, customer, cart) {
            Ok(stored.order)
        } else {
            Err(AppError::missing(Missing::Order))
        }
    }
}

fn may_see(stored: &StoredOrder, customer: Option<&Customer>, cart: Option<&CartId>) -> bool {
    let proved = customer.is_some_and(|customer| customer.phone == stored.order.customer_phone);
    // Once confirmed, the session of the proved number is the only key.
    let unproved = matches!(stored.order.status, OrderStatus::Pending | OrderStatus::Cancelled);
    let holds_cart = cart.is_some_and(|cart| secrets::same(cart.as_str(), stored.cart.as_str()));
    proved || (unproved && holds_cart)
}
