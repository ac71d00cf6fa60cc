//! Several counters at once, in one message to the database: what an order counts against would else be
//! half of the messages that it takes.

use super::{Limit, NAME, RateLimits, Window, repeatable};
use crate::{
    model::{error::AppError, time::Timestamp},
    server::clock::now,
};
use mongodb::bson::{Document, doc};

/// A counter, and as how much an event counts there.
#[derive(Clone, Debug)]
pub struct Share {
    /// Which counter.
    pub key: String,
    /// How much it may count to.
    pub limit: Limit,
    /// As how much it counts.
    pub weight: u32,
}

impl Share {
    /// An event that counts once.
    pub const fn one(key: String, limit: Limit) -> Share {
        Share { key, limit, weight: 1 }
    }
}

/// A change of a counter that no limit stands against.
#[derive(Clone, Debug)]
pub enum Change {
    /// So much more.
    Add(String, Window, u32),
    /// So much less in the window of this number, if as much was counted.
    TakeBack(String, i64, u32),
}

/// Which of several counters had no room, and the refusal.
#[derive(Debug)]
pub struct Refused {
    /// Its place among them; the first when there are several.
    pub place: usize,
    /// [`AppError::RateLimited`], or why the database did not count.
    pub error: AppError,
}

impl RateLimits {
    /// Counts an event against several counters: against all of them, or against none.
    ///
    /// # Errors
    /// The first counter without room. What the others had counted is taken back before.
    pub async fn count_all(&self, shares: &[Share]) -> Result<(), Refused> {
        // One that counts for more than there ever is would begin a counter that is too full.
        for (place, share) in shares.iter().enumerate() {
            share.check(0, now()).map_err(|error| Refused { place, error })?;
        }
        let mut left: Vec<usize> = (0..shares.len()).collect();
        // As with one counter: of two that begin the same at once, one tries again.
        for _ in 0..3 {
            let full = self.try_all(shares, &left).await.map_err(|error| Refused { place: 0, error })?;
            if full.is_empty() {
                return Ok(());
            }
            left = full;
            for place in &left {
                let Share { key, limit, weight } = &shares[*place];
                if let Err(error) = self.check_for(key, *limit, *weight).await {
                    self.take_back(shares, &left).await;
                    return Err(Refused { place: *place, error });
                }
            }
        }
        self.take_back(shares, &left).await;
        let place = left.first().copied().unwrap_or_default();
        let at = now();
        let error =
            shares.get(place).map_or(AppError::Internal, |share| share.limit.per.window(at).too_many(at));
        Err(Refused { place, error })
    }

    /// The places of those that met the unique index: they have no room, or are just begun by another.
    async fn try_all(&self, shares: &[Share], places: &[usize]) -> Result<Vec<usize>, AppError> {
        let statements = places.iter().filter_map(|place| shares.get(*place)).map(Share::statement).collect();
        let met = self.run(statements).await?;
        Ok(met.into_iter().filter_map(|met| places.get(met).copied()).collect())
    }

    /// Takes back what was counted at all places but these. A failure only leaves less room, so it is no error.
    async fn take_back(&self, shares: &[Share], not: &[usize]) {
        let counted = shares.iter().enumerate().filter(|(place, _)| !not.contains(place));
        let changes: Vec<Change> = counted.map(|(_, share)| share.taken_back()).collect();
        if let Err(error) = self.change_all(&changes).await {
            tracing::warn!(%error, "what was refused stays counted");
        }
    }

    /// Changes counters.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn change_all(&self, changes: &[Change]) -> Result<(), AppError> {
        let mut left: Vec<&Change> = changes.iter().collect();
        // Two instances that begin the same counter: one of the two upserts meets the unique index.
        for _ in 0..3 {
            if left.is_empty() {
                return Ok(());
            }
            let met = self.run(left.iter().map(|change| change.statement()).collect()).await?;
            left = met.into_iter().filter_map(|place| left.get(place).copied()).collect();
        }
        tracing::error!(counters = left.len(), "counters could not be begun");
        Err(AppError::Internal)
    }

    /// Runs statements in any order; says which of them met the unique index.
    async fn run(&self, statements: Vec<Document>) -> Result<Vec<usize>, AppError> {
        if statements.is_empty() {
            return Ok(Vec::new());
        }
        let answer = self
            .database
            .run_command(doc! { "update": NAME, "updates": statements, "ordered": false })
            .await?;
        repeatable(&answer)
    }
}

impl Share {
    /// Counts it if there is room. A counter without room is not found, so another is begun, and meets the
    /// unique index.
    fn statement(&self) -> Document {
        let window = self.limit.per.window(now());
        let room = i64::from(self.limit.most) - i64::from(self.weight);
        doc! {
            "q": { "key": &self.key, "window": window.number, "count": { "$lte": room } },
            "u": {
                "$inc": { "count": i64::from(self.weight) },
                "$setOnInsert": { "expires_at": window.forgotten() },
            },
            "upsert": true,
        }
    }

    /// Is there room beside what was counted?
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub fn check(&self, counted: u32, at: Timestamp) -> Result<(), AppError> {
        let room = self.limit.most.checked_sub(counted).is_some_and(|room| room >= self.weight);
        if room { Ok(()) } else { Err(self.limit.per.window(at).too_many(at)) }
    }

    /// What undoes it, in the window of now.
    pub fn taken_back(&self) -> Change {
        Change::TakeBack(self.key.clone(), self.limit.per.window(now()).number, self.weight)
    }
}

impl Change {
    fn statement(&self) -> Document {
        match self {
            Change::Add(key, window, by) => doc! {
                "q": { "key": key, "window": window.number },
                "u": {
                    "$inc": { "count": i64::from(*by) },
                    "$setOnInsert": { "expires_at": window.forgotten() },
                },
                "upsert": true,
            },
            Change::TakeBack(key, window, by) => doc! {
                "q": { "key": key, "window": window, "count": { "$gte": i64::from(*by) } },
                "u": { "$inc": { "count": -i64::from(*by) } },
            },
        }
    }
}
