//! What has changed in the catalogue since it was last read into memory. Whatever writes products
//! or categories leaves a mark here when it ends, however it ends: a write whose outcome is not
//! known, or whose caller went away, may have happened.

use mongodb::{ClientSession, bson::oid::ObjectId};
use std::{
    collections::{BTreeSet, HashMap},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// From this many products on, reading all of them is no dearer than reading those.
const MANY: usize = 1000;

/// What is to be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Everything.
    pub all: bool,
    /// The categories: they are few, so they are read together.
    pub categories: bool,
    /// These products.
    pub products: BTreeSet<ObjectId>,
}

impl Marks {
    /// Everything.
    pub fn all() -> Marks {
        Marks { all: true, ..Marks::default() }
    }

    /// The categories.
    pub fn categories() -> Marks {
        Marks { categories: true, ..Marks::default() }
    }

    /// One product.
    pub fn product(id: ObjectId) -> Marks {
        Marks { products: BTreeSet::from([id]), ..Marks::default() }
    }

    fn add(&mut self, more: Marks) {
        self.products.extend(more.products);
        self.all |= more.all || self.products.len() > MANY;
        self.categories |= more.categories;
        if self.all {
            self.products.clear();
        }
    }
}

/// The marks of one process. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Changes(Arc<Shared>);

struct Shared {
    marks: Mutex<Marks>,
    /// What transactions that have not ended yet wrote, by their session.
    unsettled: Mutex<HashMap<String, Marks>>,
    /// How many marks were ever made.
    count: watch::Sender<u64>,
}

impl Default for Changes {
    fn default() -> Changes {
        let (marks, unsettled) = Default::default();
        Changes(Arc::new(Shared { marks, unsettled, count: watch::Sender::new(0) }))
    }
}

impl Changes {
    /// Something changed.
    pub fn mark(&self, marks: Marks) {
        let mut held = lock(&self.0.marks);
        held.add(marks);
        // Within the lock, so that who takes the marks knows which count they belong to.
        self.0.count.send_modify(|count| *count += 1);
    }

    /// How many marks were ever made: whoever has read what was marked up to this number is
    /// up to date.
    pub fn count(&self) -> u64 {
        *self.0.count.borrow()
    }

    /// Tells of each mark.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.count.subscribe()
    }

    /// Takes what is marked, to read it. Dropped without [`Taken::done`], it is marked again.
    pub fn take(&self) -> Taken {
        let mut held = lock(&self.0.marks);
        Taken { marks: mem::take(&mut *held), count: self.count(), changes: self.clone() }
    }

    /// Marks this when the guard is dropped: after the write, whatever became of it.
    pub(super) fn after(&self, marks: Marks) -> After {
        After { changes: self.clone(), what: What::Known(marks) }
    }

    /// The transaction of this session writes this.
    pub(super) fn within(&self, session: &ClientSession, marks: Marks) {
        lock(&self.0.unsettled).entry(session.id().to_string()).or_default().add(marks);
    }

    /// Marks what the transactions of this session wrote when the guard is dropped.
    pub(super) fn after_transaction(&self, session: &ClientSession) -> After {
        After { changes: self.clone(), what: What::WrittenBy(session.id().to_string()) }
    }
}

/// Marks when it is dropped.
#[must_use]
pub(super) struct After {
    changes: Changes,
    what: What,
}

enum What {
    Known(Marks),
    WrittenBy(String),
}

impl Drop for After {
    fn drop(&mut self) {
        let marks = match &mut self.what {
            What::Known(marks) => mem::take(marks),
            What::WrittenBy(session) => lock(&self.changes.0.unsettled).remove(session).unwrap_or_default(),
        };
        if marks != Marks::default() {
            self.changes.mark(marks);
        }
    }
}

/// Marks that are being dealt with.
pub struct Taken {
    /// What is to be read.
    pub marks: Marks,
    /// What [`Changes::count`] was.
    pub count: u64,
    changes: Changes,
}

impl Taken {
    /// All of it was read.
    pub fn done(mut self) {
        self.marks = Marks::default();
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        // The same marks as before, so the count stays.
        lock(&self.changes.0.marks).add(mem::take(&mut self.marks));
    }
}

/// Nothing can panic while this is held.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> ObjectId {
        let mut bytes = [0; 12];
        bytes[4..].copy_from_slice(&(number as u64).to_be_bytes());
        ObjectId::from_bytes(bytes)
    }

    #[test]
    fn what_is_taken_and_not_read_is_marked_again() {
        let changes = Changes::default();
        changes.mark(Marks::product(id(1)));
        let taken = changes.take();
        assert_eq!((&taken.marks, taken.count), (&Marks::product(id(1)), 1));
        changes.mark(Marks::product(id(2)));
        drop(taken);
        let taken = changes.take();
        assert_eq!((taken.marks.products.len(), taken.count), (2, 2));
        taken.done();
        assert_eq!(changes.take().marks, Marks::default());
    }

    #[test]
    fn a_write_is_marked_when_it_ends_and_not_before() {
        let changes = Changes::default();
        let written = changes.after(Marks::categories());
        assert_eq!(changes.count(), 0);
        drop(written);
        assert_eq!(changes.count(), 1);
        assert_eq!(changes.take().marks, Marks::categories());
    }

    #[test]
    fn many_products_are_all_of_them() {
        let changes = Changes::default();
        (0..=MANY).for_each(|number| changes.mark(Marks::product(id(number))));
        assert_eq!(changes.take().marks, Marks::all());
    }
}
