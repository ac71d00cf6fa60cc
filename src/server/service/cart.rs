//! The cart: kept on the server, priced from the catalogue each time it is looked at.

use super::Shop;
use crate::{
    model::{
        cart::{Cart, CartLine, LineNotice, line_notice, total},
        error::{AppError, Conflict, Missing, Shortage},
        field::FieldError,
        ids::{CartId, ProductId},
        locale::Locale,
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
        let items = self.cart_items(id).await?;
        self.cart_of(id, items.as_deref(), l).await
    }

    /// What is in a cart, as it was put there; `None` when there is no such cart.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn cart_items(&self, id: Option<&CartId>) -> Result<Option<Vec<CartItem>>, AppError> {
        match id {
            Some(id) => self.store.carts.items(id).await,
            None => Ok(None),
        }
    }

    /// How many pieces are in the cart: for the badge, without pricing anything.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn cart_count(&self, id: Option<&CartId>) -> Result<u32, AppError> {
        Ok(pieces(self.cart_items(id).await?.as_deref()))
    }

    /// The cart with these things in it, with the prices and the stock of now.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn cart_of(
        &self,
        id: Option<&CartId>,
        items: Option<&[CartItem]>,
        l: Locale,
    ) -> Result<Cart, AppError> {
        match (id, items) {
            (Some(id), Some(items)) => self.price(id, items, l).await,
            _ => Ok(Cart::empty()),
        }
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
        self.put(&id, items, product, wanted, Change::Add(quantity), l).await
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
        self.put(id, items, product, quantity, Change::Set(quantity), l).await
    }

    /// As [`Shop::add_to_cart`]; when there are not enough, as many as there are.
    ///
    /// # Errors
    /// As [`Shop::add_to_cart`], when not even one more can be had.
    pub async fn add_what_is_left(
        &self,
        id: Option<&CartId>,
        product: &ProductId,
        quantity: Quantity,
        l: Locale,
    ) -> Result<Cart, AppError> {
        let refused = match self.add_to_cart(id, product, quantity, l).await {
            Err(AppError::Stock { shortages }) => shortages,
            answer => return answer,
        };
        let left = refused.first().map_or(0, |shortage| shortage.available);
        let inside = self.cart(id, l).await?.line(product).map_or(0, |line| line.quantity.get());
        match Quantity::new(i64::from(left) - i64::from(inside)) {
            Ok(rest) => self.add_to_cart(id, product, rest, l).await,
            Err(_) => Err(AppError::Stock { shortages: refused }),
        }
    }

    /// Makes a cart orderable: of what is short, as many as are left; what is sold out goes.
    ///
    /// # Errors
    /// [`AppError::Database`], or [`AppError::Stock`] when it sold out this very moment.
    pub async fn keep_what_is_left(&self, id: &CartId, l: Locale) -> Result<Cart, AppError> {
        let mut cart = self.cart(Some(id), l).await?;
        for line in cart.lines.clone() {
            cart = match line.notice {
                Some(LineNotice::Short { left }) => {
                    let left = Quantity::new(i64::from(left)).map_err(|_| AppError::Internal)?;
                    self.set_quantity(id, &line.product_id, left, l).await?
                }
                Some(LineNotice::SoldOut | LineNotice::Gone) => {
                    self.remove_from_cart(id, &line.product_id, l).await?
                }
                _ => cart,
            };
        }
        Ok(cart)
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

    /// Checks a change against catalogue, stock and total, then makes it.
    async fn put(
        &self,
        id: &CartId,
        mut items: Vec<CartItem>,
        product: &ProductId,
        wanted: Quantity,
        change: Change,
        l: Locale,
    ) -> Result<Cart, AppError> {
        items.retain(|item| &item.product_id != product);
        let ids = items.iter().map(|item| &item.product_id).chain([product]);
        let mut shelf = Shelf::new(self.store.products.by_ids(ids).await?);
        let price = shelf.get(product).filter(|product| product.active).map(|product| product.price);
        let price = price.ok_or(AppError::missing(Missing::Product))?;
        let short = shelf.available(product) < wanted.get();
        if short {
            self.add_held(&mut shelf, id).await?;
        }
        if shelf.available(product) < wanted.get() {
            return Err(AppError::Stock { shortages: shelf.shortage(product, l).into_iter().collect() });
        }
        items.push(CartItem { product_id: product.clone(), quantity: wanted, seen_price: price });
        priced(id, &items, &shelf, l)?;
        let items = self.store.carts.put(id, product, price, change, self.config.cart_ttl).await?;
        // Unless another request has put in something else meanwhile, all of it was read already.
        if !short && items.iter().all(|item| shelf.get(&item.product_id).is_some()) {
            return self.price_by(shelf, id, &items, l).await;
        }
        self.price(id, &items, l).await
    }

    async fn price(&self, id: &CartId, items: &[CartItem], l: Locale) -> Result<Cart, AppError> {
        let products = self.store.products.by_ids(items.iter().map(|item| &item.product_id)).await?;
        self.price_by(Shelf::new(products), id, items, l).await
    }

    async fn price_by(
        &self,
        mut shelf: Shelf,
        id: &CartId,
        items: &[CartItem],
        l: Locale,
    ) -> Result<Cart, AppError> {
        let cart = priced(id, items, &shelf, l)?;
        if !cart.blocked() {
            return Ok(cart);
        }
        self.add_held(&mut shelf, id).await?;
        priced(id, items, &shelf, l)
    }

    /// Pieces that an order of this very cart holds while it waits for its code are the customer's
    /// own: placing again replaces that order.
    async fn add_held(&self, shelf: &mut Shelf, cart: &CartId) -> Result<(), AppError> {
        for order in self.store.orders.waiting_of_cart(cart).await? {
            for line in order.items {
                shelf.add(&line.product_id, line.quantity.get());
            }
        }
        Ok(())
    }
}

/// The products of a cart with what is left of each for this customer.
struct Shelf(HashMap<ProductId, Product>);

impl Shelf {
    fn new(products: Vec<Product>) -> Shelf {
        Shelf(products.into_iter().map(|product| (product.id.clone(), product)).collect())
    }

    fn get(&self, id: &ProductId) -> Option<&Product> {
        self.0.get(id)
    }

    fn available(&self, id: &ProductId) -> u32 {
        self.get(id).filter(|product| product.active).map_or(0, |product| product.stock)
    }

    fn add(&mut self, id: &ProductId, pieces: u32) {
        if let Some(product) = self.0.get_mut(id) {
            product.stock = product.stock.saturating_add(pieces);
        }
    }

    fn shortage(&self, id: &ProductId, l: Locale) -> Option<Shortage> {
        let product = self.get(id)?;
        Some(Shortage {
            product_id: id.clone(),
            name: product.name(l).to_owned(),
            available: self.available(id),
        })
    }
}

/// How many pieces these are.
pub fn pieces(items: Option<&[CartItem]>) -> u32 {
    items.unwrap_or_default().iter().map(|item| item.quantity.get()).sum()
}

/// What these items cost now; a field error when it is more than money can count.
fn priced(id: &CartId, items: &[CartItem], shelf: &Shelf, l: Locale) -> Result<Cart, AppError> {
    let most = || AppError::field("quantity", FieldError::Range { min: 1, max: i64::from(Quantity::MAX) });
    let lines: Option<Vec<CartLine>> =
        items.iter().filter_map(|item| Some(line(item, shelf.get(&item.product_id)?, l))).collect();
    let lines = lines.ok_or_else(most)?;
    let total = total(&lines).ok_or_else(most)?;
    Ok(Cart { id: Some(id.clone()), lines, total })
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
        picture: product.thumb(),
        quantity: item.quantity,
        unit_price: product.price,
        total_price: product.price.times(item.quantity.get())?,
        food: product.food.of_line(),
        notice,
    })
}

fn new_cart_id() -> Result<CartId, AppError> {
    CartId::parse(&secrets::token()).map_err(|_| AppError::Internal)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn only_whole_numbers_in_range_are_quantities(text in strange::nearly("[+-]?0{0,2}[0-9]{1,4}")) {
            let typed = text.trim().trim_start_matches('+').trim_start_matches('0');
            match read_quantity(&text) {
                Ok(quantity) => prop_assert_eq!(quantity.get().to_string(), typed, "{:?}", text),
                Err(error) => prop_assert_eq!(error.code().status, 400),
            }
        }
    }
}
