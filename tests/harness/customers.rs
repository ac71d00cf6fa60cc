//! What customers type and do.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::sync::Barrier;
use vatra::{
    model::{
        checkout::CheckoutForm,
        ids::{CartId, IdempotencyKey},
        locale::Locale,
        money::Money,
        quantity::Quantity,
    },
    server::service::checkout::PlaceOrder,
};

/// An amount.
pub fn bani(bani: i64) -> Money {
    Money::from_bani(bani).unwrap()
}

/// A quantity.
pub fn pieces(pieces: i64) -> Quantity {
    Quantity::new(pieces).unwrap()
}

/// A number that no other caller of this process gets.
fn unique() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A Romanian mobile number of somebody else each time.
pub fn phone() -> String {
    format!("+40722{:06}", 100_000 + unique() % 900_000)
}

/// A new idempotency key.
pub fn key() -> IdempotencyKey {
    IdempotencyKey::parse(&format!("test-key-{}", unique())).unwrap()
}

/// Pickup, with everything that is needed.
pub fn checkout_form(phone: &str) -> CheckoutForm {
    CheckoutForm {
        name: "Ana Pop".into(),
        phone: phone.into(),
        delivery_type: "pickup".into(),
        ..CheckoutForm::default()
    }
}

/// Where the customers of tests sit.
pub const ADDRESS: &str = "192.0.2.1";

/// An order of this cart under a new key, by somebody who has proved nothing.
pub fn request(cart: &CartId, phone: &str) -> PlaceOrder {
    PlaceOrder {
        cart: cart.clone(),
        form: checkout_form(phone),
        key: key(),
        expected_total: None,
        locale: Locale::Ro,
        customer: None,
        address: ADDRESS.into(),
    }
}

/// The same order under this key.
pub fn reserved(cart: &CartId, phone: &str, key: &IdempotencyKey) -> PlaceOrder {
    PlaceOrder { key: key.clone(), ..request(cart, phone) }
}

/// Another code than this one.
pub fn wrong(code: &str) -> String {
    let first = if code.starts_with('0') { "1" } else { "0" };
    format!("{first}{}", &code[1..])
}

/// Starts all at the same moment and waits for all.
pub async fn at_once<T, F>(count: usize, work: impl Fn(usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let start = Arc::new(Barrier::new(count));
    let begin = |number| {
        let (start, work) = (Arc::clone(&start), work(number));
        tokio::spawn(async move {
            start.wait().await;
            work.await
        })
    };
    let running: Vec<_> = (0..count).map(begin).collect();
    let mut outcomes = Vec::with_capacity(count);
    for task in running {
        outcomes.push(task.await.expect("no panic"));
    }
    outcomes
}
