//! The catalogue in memory, kept as fresh as the database (docs/decisions/0016).

use super::snapshot::Snapshot;
use crate::{
    model::error::AppError,
    server::{metrics::metrics, service::Shop, store::Store},
};
use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, watch};
use tracing::Instrument;

/// How old the catalogue may be while the changes of others are not told.
const UNTOLD: Duration = Duration::from_secs(2);
/// How long visitors wait for the database before they are shown what was last known.
const PATIENCE: Duration = Duration::from_secs(5);
/// After a failure it is tried again this often.
const AGAIN: Duration = Duration::from_millis(500);

/// Are changes made by others told?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// Nobody listens: what is in memory serves only those who asked before it was read.
    Off,
    /// They are.
    Told,
    /// They should be, but the database does not tell them at the moment.
    Lost,
}

/// The catalogue of one process.
#[derive(Clone)]
pub struct Memory(Arc<Inner>);

struct Inner {
    state: RwLock<State>,
    /// Who reads from the database; the others wait for what they find.
    turn: Mutex<()>,
    watch: watch::Sender<Watch>,
}

#[derive(Default)]
struct State {
    known: Option<Known>,
    failed: Option<Failed>,
}

/// What is known of the catalogue.
#[derive(Clone)]
pub struct Known {
    /// Products and categories.
    pub snapshot: Arc<Snapshot>,
    /// Counts how often pages would look different. It means something in this process only.
    pub face: u64,
    /// All that was marked up to this number is in it (`store/changes.rs`).
    count: u64,
    /// When reading all of it last began.
    since: Instant,
}

/// The database did not answer.
#[derive(Clone, Copy)]
struct Failed {
    at: Instant,
    /// What was marked then. A later mark means that the database was heard of again.
    count: u64,
}

impl Default for Memory {
    fn default() -> Memory {
        let watch = watch::Sender::new(Watch::Off);
        Memory(Arc::new(Inner { state: RwLock::default(), turn: Mutex::default(), watch }))
    }
}

impl Shop {
    /// The catalogue: not older than any write of this instance that had ended before this was
    /// asked. While the database does not answer, what was last known.
    ///
    /// # Errors
    /// [`AppError::Database`] when nothing is known yet.
    pub async fn catalogue(&self) -> Result<Known, AppError> {
        let (asked, count) = (Instant::now(), self.store.changes.count());
        let memory = &self.memory;
        if let Some(known) = memory.fresh(asked, count) {
            return Ok(known);
        }
        if let Some(known) = memory.during_failure(count) {
            memory.try_aside(&self.store);
            return Ok(known);
        }
        let _turn = memory.0.turn.lock().await;
        // Somebody else may have read it meanwhile, or have tried.
        match memory.fresh(asked, count).or_else(|| memory.during_failure(count)) {
            Some(known) => Ok(known),
            None => memory.read(&self.store).await,
        }
    }

    /// The same if it is known without asking the database.
    pub fn catalogue_now(&self) -> Option<Known> {
        self.memory.fresh(Instant::now(), self.store.changes.count())
    }

    /// How long ago all of it was last read, if it ever was.
    pub fn catalogue_age(&self) -> Option<Duration> {
        self.memory.state(|state| state.known.as_ref().map(|known| known.since.elapsed()))
    }

    /// Are changes made by others told? Tells also when that changes.
    pub fn catalogue_watch(&self) -> watch::Receiver<Watch> {
        self.memory.0.watch.subscribe()
    }
}

impl Memory {
    /// Changes made by others are told, or not.
    pub(super) fn set_watch(&self, watch: Watch) -> Watch {
        self.0.watch.send_replace(watch)
    }

    fn fresh(&self, asked: Instant, count: u64) -> Option<Known> {
        let fresh = |known: &Known| {
            known.count >= count
                && match *self.0.watch.borrow() {
                    Watch::Off => known.since >= asked,
                    Watch::Told => true,
                    Watch::Lost => known.since.elapsed() < UNTOLD,
                }
        };
        self.state(|state| state.known.as_ref().filter(|known| fresh(known)).cloned())
    }

    /// What was last known, while the database does not answer.
    fn during_failure(&self, count: u64) -> Option<Known> {
        self.state(|state| {
            let failed = state.failed.filter(|failed| failed.count >= count);
            failed.and_then(|_| state.known.clone())
        })
    }

    /// Tries again without anybody waiting for it.
    fn try_aside(&self, store: &Store) {
        if self.state(|state| state.failed.is_none_or(|failed| failed.at.elapsed() < AGAIN)) {
            return;
        }
        let (memory, store) = (self.clone(), store.clone());
        let reading = async move {
            if let Ok(_turn) = memory.0.turn.try_lock() {
                let _ = memory.read(&store).await;
            }
        };
        tokio::spawn(reading.in_current_span());
    }

    /// Reads what is marked. Only for who has the turn.
    async fn read(&self, store: &Store) -> Result<Known, AppError> {
        let known = self.state(|state| state.known.clone());
        let taken = store.changes.take();
        let count = taken.count;
        let reading = renew(store, known.clone(), &taken.marks, *self.0.watch.borrow());
        let result = match &known {
            // The request's own limit of time ends what nobody can be shown anything instead of.
            None => reading.await,
            Some(_) => tokio::time::timeout(PATIENCE, reading).await.unwrap_or(Err(AppError::Database)),
        };
        let figures = &metrics().cache;
        let counted = if result.is_ok() { &figures.read } else { &figures.unread };
        counted.inc();
        let mut state = self.0.state.write().unwrap_or_else(PoisonError::into_inner);
        match (result, known) {
            (Ok(fresh), _) => {
                taken.done();
                let fresh = Known { count, ..fresh };
                *state = State { known: Some(fresh.clone()), failed: None };
                Ok(fresh)
            }
            (Err(error), Some(known)) => {
                if state.failed.is_none() {
                    tracing::warn!(?error, "the catalogue cannot be read; the shop shows what it last knew");
                }
                state.failed = Some(Failed { at: Instant::now(), count });
                Ok(known)
            }
            (Err(error), None) => Err(error),
        }
    }

    fn state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.0.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is known now, after what is marked was read; everything, when nothing was known or when
/// others' changes are not told.
async fn renew(
    store: &Store,
    known: Option<Known>,
    marks: &crate::server::store::changes::Marks,
    watch: Watch,
) -> Result<Known, AppError> {
    let began = Instant::now();
    let (old, face, since) = match known {
        Some(known) => (known.snapshot, known.face, known.since),
        None => (Arc::default(), 0, began),
    };
    let whole = face == 0 || marks.all || watch != Watch::Told;
    let (snapshot, since) = if whole {
        // In an order that does not change, so that two readings can be compared.
        let mut read = store.products.on_sale(None).await?;
        read.on_sale.sort_unstable_by(|one, other| one.product.id.cmp(&other.product.id));
        (Snapshot::whole(read, store.categories.list(false).await?), began)
    } else {
        let mut snapshot = Snapshot::clone(&old);
        if !marks.products.is_empty() {
            let read = store.products.on_sale(Some(&marks.products)).await?;
            snapshot = snapshot.with_products(&marks.products, read);
        }
        if marks.categories {
            snapshot = snapshot.with_categories(store.categories.list(false).await?);
        }
        (snapshot, since)
    };
    let face = if face > 0 && old.looks_like(&snapshot) { face } else { face + 1 };
    Ok(Known { snapshot: Arc::new(snapshot), face, count: 0, since })
}
