//! Changes of the cart that are shown before the shop has answered, and undone when it refuses.

use super::cart_news::tell_cart;
use crate::{
    app::{
        post::{CallError, get, send},
        queue::turn,
    },
    model::{
        cart::{Cart, CartLine},
        ids::ProductId,
        locale::Locale,
        quantity::Quantity,
    },
};
use leptos::{prelude::*, task::spawn_local};

/// Where a number of pieces is set.
pub const SET: &str = "/fn/cart/set";
/// Where a line is taken out.
pub const REMOVE: &str = "/fn/cart/remove";
const ADD: &str = "/fn/cart/add";

/// What the islands of the cart share.
#[derive(Clone, Copy)]
pub struct CartChanges {
    l: Locale,
    /// The cart as it is shown.
    pub cart: RwSignal<Cart>,
    /// Why the last change was refused.
    pub error: RwSignal<Option<String>>,
    /// What was taken out last, while that can be undone.
    pub removed: RwSignal<Option<CartLine>>,
    /// How many changes were asked for, and of which product: only the last of each matters.
    asked: StoredValue<Vec<ProductId>>,
}

impl CartChanges {
    /// For a cart that is shown.
    pub fn new(l: Locale, cart: RwSignal<Cart>) -> CartChanges {
        CartChanges {
            l,
            cart,
            error: RwSignal::new(None),
            removed: RwSignal::new(None),
            asked: StoredValue::new(Vec::new()),
        }
    }

    /// Sets the pieces of a line.
    pub fn set(self, product: &ProductId, quantity: Quantity) {
        self.removed.set(None);
        self.expect(product, Some(quantity));
        self.ask(SET, product, Some(quantity));
    }

    /// Takes a line out.
    pub fn remove(self, product: &ProductId) {
        let line = self.cart.with_untracked(|cart| cart.line(product).cloned());
        self.expect(product, None);
        self.removed.set(line);
        self.ask(REMOVE, product, None);
    }

    /// Puts back what was taken out last.
    pub fn undo(self) {
        if let Some(line) = self.removed.get_untracked() {
            self.removed.set(None);
            self.ask(ADD, &line.product_id, Some(line.quantity));
        }
    }

    fn expect(self, product: &ProductId, quantity: Option<Quantity>) {
        self.error.set(None);
        if let Some(expected) = self.cart.with_untracked(|cart| cart.expected(product, quantity)) {
            self.cart.set(expected);
        }
    }

    fn ask(self, path: &'static str, product: &ProductId, quantity: Option<Quantity>) {
        let product = product.clone();
        let place = self.asked.with_value(Vec::len);
        self.asked.update_value(|asked| asked.push(product.clone()));
        spawn_local(async move {
            let _turn = turn().await;
            let later = |asked: &Vec<ProductId>| asked.iter().skip(place + 1).any(|later| *later == product);
            if path == SET && self.asked.with_value(later) {
                return;
            }
            let quantity = quantity.map(|quantity| quantity.get().to_string());
            let mut fields = vec![("product_id", product.as_str())];
            fields.extend(quantity.as_deref().map(|quantity| ("quantity", quantity)));
            match send::<Cart>(path, &fields).await {
                Ok(cart) => self.show(cart, place),
                Err(refused) => self.refuse(&refused, place).await,
            }
        });
    }

    /// What the shop answered, unless more was asked for meanwhile: its answer comes, too.
    fn show(self, cart: Cart, place: usize) {
        if self.asked.with_value(Vec::len) == place + 1 {
            tell_cart(&cart, self.l);
            self.cart.set(cart);
        }
    }

    async fn refuse(self, refused: &CallError, place: usize) {
        self.error.set(Some(refused.message(self.l)));
        self.removed.set(None);
        if let Ok(cart) = get::<Cart>("/fn/cart/view").await {
            self.show(cart, place);
        }
    }
}
