//! The cart: kept on the server, priced from the catalogue each time it is looked at.

use super::Shop;
use crate::{
    model::{
        cart::{Cart, CartLine, LineNotice, line_notice},
        error::{AppError, Conflict, Missing, Shortage},
        field::FieldError,
        ids::{CartId, ProductId},
        locale::Locale,
        money::Money,
        product::Product,
        quantity::Quantity,
    },
    server::{
        secrets,
        store::carts::{CartItem, Change, MAX_LINES},
    },
};
use std::collections::HashMap;

impl Shop {
    /// The cart with the prices and the stock of now; empty when there is none.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn cart(&self, id: Option<&CartId>, l: Locale) -> Result<Cart, AppError> {
        let Some(id) = id else { return Ok(Cart::empty()) };
        match self.store.carts.items(id).await? {
            Some(items) => self.price(id, &items, l).await,
            None => Ok(Cart::empty()),
        }
    }

    /// How many pieces are in the cart: for the badge, without pricing anything.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn cart_count(&self, id: Option<&CartId>) -> Result<u32, AppError> {
        let Some(id) = id else { return Ok(0) };
        let items = self.store.carts.items(id).await?.unwrap_or_default();
        Ok(items.iter().map(|item| item.quantity.get()).sum())
    }

    /// Puts more pieces in; without a cart, or with one that has ended, a new one begins.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for the product, [`AppError::Stock`] when there are not enough.
    pub async fn add_to_cart(
        &self,
        id: Option<&CartId>,
        product: &ProductId,
        quantity: Quantity,
        l: Locale,
    ) -> Result<Cart, AppError> {
        let known = match id {
            Some(id) => self.store.carts.items(id).await?.map(|items| (id.clone(), items)),
            None => None,
        };
        let (id, items) = match known {
            Some(known) => known,
            None => (new_cart_id()?, Vec::new()),
        };
        let inside = items.iter().find(|item| &item.product_id == product);
        if inside.is_none() && items.len() >= MAX_LINES {
            return Err(AppError::Conflict { conflict: Conflict::CartFull });
        }
        let wanted = inside.map_or(quantity, |item| item.quantity.plus(quantity));
        self.put(&id, product, wanted, Change::Add(quantity), l).await
    }

    /// Sets the pieces of a product that is in the cart.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for cart or product, [`AppError::Stock`] when there are not enough.
    pub async fn set_quantity(
        &self,
        id: &CartId,
        product: &ProductId,
        quantity: Quantity,
        l: Locale,
    ) -> Result<Cart, AppError> {
        let items = self.store.carts.items(id).await?.ok_or(AppError::missing(Missing::Cart))?;
        if !items.iter().any(|item| &item.product_id == product) {
            return Err(AppError::missing(Missing::Product));
        }
        self.put(id, product, quantity, Change::Set(quantity), l).await
    }

    /// Takes a product out.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for the cart.
    pub async fn remove_from_cart(
        &self,
        id: &CartId,
        product: &ProductId,
        l: Locale,
    ) -> Result<Cart, AppError> {
        let items = self.store.carts.remove(id, product, self.config.cart_ttl).await?;
        self.price(id, &items.ok_or(AppError::missing(Missing::Cart))?, l).await
    }

    async fn put(
        &self,
        id: &CartId,
        product: &ProductId,
        wanted: Quantity,
        change: Change,
        l: Locale,
    ) -> Result<Cart, AppError> {
        let product = self.product(product.as_str()).await?;
        if product.stock < wanted.get() {
            return Err(AppError::Stock { shortages: vec![shortage(&product, l)] });
        }
        let items =
            self.store.carts.put(id, &product.id, product.price, change, self.config.cart_ttl).await?;
        self.price(id, &items, l).await
    }

    async fn price(&self, id: &CartId, items: &[CartItem], l: Locale) -> Result<Cart, AppError> {
        let products = self.store.products.by_ids(items.iter().map(|item| &item.product_id)).await?;
        let products: HashMap<&ProductId, &Product> =
            products.iter().map(|product| (&product.id, product)).collect();
        let lines: Vec<CartLine> =
            items.iter().filter_map(|item| line(item, products.get(&item.product_id).copied()?, l)).collect();
        let total = lines
            .iter()
            .filter(|line| !matches!(line.notice, Some(LineNotice::Gone | LineNotice::SoldOut)))
            .try_fold(Money::ZERO, |total, line| total.plus(line.total_price))
            .ok_or(AppError::field(
                "quantity",
                FieldError::Range { min: 1, max: i64::from(Quantity::MAX) },
            ))?;
        Ok(Cart { id: Some(id.clone()), lines, total })
    }
}

/// A line with the catalogue's name and price. (A product is never deleted while it may be in a
/// cart; one that is off sale stays as "gone".)
fn line(item: &CartItem, product: &Product, l: Locale) -> Option<CartLine> {
    let notice = if product.active {
        line_notice(item.quantity, product.stock, item.seen_price, product.price)
    } else {
        Some(LineNotice::Gone)
    };
    Some(CartLine {
        product_id: product.id.clone(),
        slug: product.slug.clone(),
        name: product.name(l).to_owned(),
        picture: product.picture().to_owned(),
        quantity: item.quantity,
        unit_price: product.price,
        total_price: product.price.times(item.quantity.get())?,
        notice,
    })
}

fn new_cart_id() -> Result<CartId, AppError> {
    CartId::parse(&secrets::token()).map_err(|_| AppError::Internal)
}

/// How much is left of a product.
pub(crate) fn shortage(product: &Product, l: Locale) -> Shortage {
    Shortage {
        product_id: product.id.clone(),
        name: product.name(l).to_owned(),
        available: if product.active { product.stock } else { 0 },
    }
}

/// A quantity as it stands in a form.
///
/// # Errors
/// A field error.
pub fn read_quantity(text: &str) -> Result<Quantity, AppError> {
    let text = text.trim();
    let pieces = match text.parse::<i64>() {
        Ok(pieces) => {
            Quantity::new(pieces).map_err(|_| FieldError::Range { min: 1, max: i64::from(Quantity::MAX) })
        }
        Err(_) if text.is_empty() => Err(FieldError::Required),
        Err(_) => Err(FieldError::Format),
    };
    pieces.map_err(|error| AppError::field("quantity", error))
}
