//! Customers who order all the time. Whoever is told to try again does so with the same key, until the
//! order is taken.

use super::scene::Scene;
use crate::harness::{Acknowledged, Caller, Failure, key, phone};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

const BUYERS: usize = 6;

/// What became of it all.
#[derive(Default)]
struct Seen {
    acknowledged: Mutex<Vec<Acknowledged>>,
    failures: Mutex<Vec<Failure>>,
    over: AtomicBool,
}

pub struct Load {
    seen: Arc<Seen>,
    buyers: JoinSet<()>,
}

impl Load {
    /// Begins, and waits until it goes well.
    pub async fn begin(scene: &Scene, address: &str) -> Load {
        let (seen, mut buyers) = (Arc::new(Seen::default()), JoinSet::new());
        for _ in 0..BUYERS {
            // Each has connections of their own, as browsers do.
            let (caller, bread) = (Caller::at(address), scene.bread.id.to_string());
            buyers.spawn(buy(Arc::clone(&seen), caller, bread));
        }
        let load = Load { seen, buyers };
        load.until_taken(2 * BUYERS).await;
        load
    }

    /// Waits until so many more orders are taken.
    pub async fn until_taken(&self, more: usize) {
        let count = || self.seen.acknowledged.lock().unwrap().len();
        let wanted = count() + more;
        pausing("orders are taken", || count() >= wanted).await;
    }

    /// Waits until a customer is told so.
    pub async fn until_told(&self, failure: &Failure) {
        let count = || self.seen.failures.lock().unwrap().iter().filter(|told| *told == failure).count();
        let before = count();
        pausing("customers are told", || count() > before).await;
    }

    /// Waits until orders are taken again after what was `done`; says how long that took.
    pub async fn recovers(&self, done: &str) {
        let since = Instant::now();
        self.until_taken(2 * BUYERS).await;
        println!("{done}: orders were taken again after {:.1} s", since.elapsed().as_secs_f32());
    }

    /// Ends when everybody has what they wanted; says what was taken, and what was told meanwhile.
    pub async fn end(mut self) -> (Vec<Acknowledged>, Vec<Failure>) {
        self.seen.over.store(true, Ordering::SeqCst);
        while let Some(buyer) = self.buyers.join_next().await {
            buyer.expect("no panic");
        }
        let seen = &self.seen;
        (std::mem::take(&mut seen.acknowledged.lock().unwrap()), seen.failures.lock().unwrap().clone())
    }
}

async fn buy(seen: Arc<Seen>, caller: Caller, bread: String) {
    while !seen.over.load(Ordering::SeqCst) {
        let (phone, key) = (phone(), key());
        let cart = loop {
            match caller.cart(&bread, 2).await {
                Ok(cart) => break cart,
                Err(failure) => note(&seen, failure).await,
            }
        };
        let order = loop {
            match caller.order(&cart, &phone, &key).await {
                Ok(order) => break order,
                Err(failure) => note(&seen, failure).await,
            }
        };
        seen.acknowledged.lock().unwrap().push(order);
    }
}

/// Whoever is told to try again does so after a moment.
async fn note(seen: &Seen, failure: Failure) {
    seen.failures.lock().unwrap().push(failure);
    tokio::time::sleep(Duration::from_millis(50)).await;
}

/// As `eventually`, with a moment between: the others need the processor.
pub async fn pausing(what: &str, holds: impl Fn() -> bool) {
    let wait = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(150), wait).await.is_ok(), "never: {what}");
}
