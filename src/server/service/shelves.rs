//! A queue before the shelves. Two orders for the same product in one process wait for each other
//! here instead of colliding in the database, where the loser would start its transaction again.
//! It is only a kindness: the conditional update in the transaction is what keeps stock right,
//! also between instances.

use crate::model::ids::ProductId;
use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

const COUNT: usize = 128;

/// The queues; products share them by hash, so that their number is fixed.
#[derive(Clone)]
pub struct Shelves(Arc<[Arc<Mutex<()>>]>);

impl Default for Shelves {
    fn default() -> Shelves {
        Shelves((0..COUNT).map(|_| Arc::new(Mutex::new(()))).collect())
    }
}

impl Shelves {
    /// Waits for the turn at all these products' shelves; the turn ends when the guards are dropped.
    pub async fn turn<'a>(&self, products: impl Iterator<Item = &'a ProductId>) -> Vec<OwnedMutexGuard<()>> {
        // In one order for everybody, so that nobody waits in a circle.
        let places: BTreeSet<usize> = products.map(place).collect();
        let mut guards = Vec::with_capacity(places.len());
        for place in places {
            guards.push(Arc::clone(&self.0[place]).lock_owned().await);
        }
        guards
    }
}

fn place(product: &ProductId) -> usize {
    let mut hasher = DefaultHasher::new();
    product.hash(&mut hasher);
    usize::try_from(hasher.finish() % COUNT as u64).unwrap_or(0)
}
