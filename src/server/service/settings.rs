//! What the shop says of itself, kept in memory: every page shows some of it.

mod changing;
mod desk;

use super::{Shop, phone};
use crate::{
    model::{
        choices::Choices,
        day::Day,
        error::AppError,
        field::{FieldError, FieldErrors},
        languages::Languages,
        shop_facts::{ShopFacts, ShopPageFacts},
    },
    server::{
        clock::{now, wall},
        visitor::Cookies,
    },
};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tracing::Instrument;

/// Another instance's change is seen after this long.
const FRESH: Duration = Duration::from_secs(5);

/// The longest that a visitor waits for the languages of a shop that was just started, and for facts of
/// which older ones are known.
const PATIENCE: Duration = Duration::from_secs(1);

/// After that was in vain, nobody waits again for so long.
const AGAIN: Duration = Duration::from_secs(2);

/// The facts as last read.
#[derive(Clone, Default)]
pub(super) struct KeptFacts(Arc<RwLock<Option<Read>>>, Arc<AtomicBool>, Arc<RwLock<Option<Instant>>>);

/// When they were read, what they were, and a hash of that.
type Read = (Instant, Arc<ShopFacts>, u64);

impl KeptFacts {
    fn get(&self) -> Option<(Instant, Arc<ShopFacts>)> {
        self.0.read().ok().and_then(|kept| kept.as_ref().map(|(read, facts, _)| (*read, Arc::clone(facts))))
    }

    /// Is nobody else reading them again aside?
    fn begin(&self) -> bool {
        !self.1.swap(true, Ordering::Relaxed)
    }

    fn end(&self) {
        self.1.store(false, Ordering::Relaxed);
    }

    /// Was reading them in vain a moment ago?
    fn failed_lately(&self) -> bool {
        self.2.read().is_ok_and(|failed| failed.is_some_and(|failed| failed.elapsed() < AGAIN))
    }

    fn has_failed(&self) {
        if let Ok(mut failed) = self.2.write() {
            *failed = Some(Instant::now());
        }
    }

    fn hash(&self) -> u64 {
        self.0.read().ok().and_then(|kept| kept.as_ref().map(|(_, _, hash)| *hash)).unwrap_or_default()
    }

    fn fresh_hash(&self) -> Option<u64> {
        let kept = self.0.read().ok()?;
        kept.as_ref().filter(|(read, ..)| read.elapsed() < FRESH).map(|(_, _, hash)| *hash)
    }

    fn keep(&self, facts: &Arc<ShopFacts>) {
        if let Ok(mut kept) = self.0.write() {
            let hash = match &*kept {
                Some((_, known, hash)) if known == facts => *hash,
                _ => {
                    let mut hasher = DefaultHasher::new();
                    serde_json::to_string(facts).unwrap_or_default().hash(&mut hasher);
                    hasher.finish()
                }
            };
            *kept = Some((Instant::now(), Arc::clone(facts), hash));
        }
    }
}

impl Shop {
    /// What the shop says of itself, at most a few seconds old. While the database does not answer,
    /// what was known last stands.
    ///
    /// # Errors
    /// [`AppError::Database`] when nothing was ever read.
    pub async fn facts(&self) -> Result<Arc<ShopFacts>, AppError> {
        let kept = self.facts.get();
        if let Some((read, facts)) = &kept
            && read.elapsed() < FRESH
        {
            return Ok(Arc::clone(facts));
        }
        let Some((_, known)) = kept else { return self.read_facts().await };
        if self.facts.failed_lately() {
            return Ok(known);
        }
        match tokio::time::timeout(PATIENCE, self.read_facts()).await {
            Ok(Ok(facts)) => Ok(facts),
            _ => {
                self.facts.has_failed();
                Ok(known)
            }
        }
    }

    /// What pages of the catalogue show now, as two numbers, if that is known without asking: of the
    /// catalogue, and of the facts.
    pub fn shown_now(&self) -> Option<(u64, u64)> {
        let hash = self.facts.fresh_hash()?;
        Some((self.catalogue_now()?.face, hash))
    }

    /// Another number for other facts; reads them again like [`Shop::facts`].
    pub async fn facts_hash(&self) -> u64 {
        // When they cannot be read, those known last stand.
        let _ = self.facts().await;
        self.facts.hash()
    }

    /// The same as the database has it now.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn read_facts(&self) -> Result<Arc<ShopFacts>, AppError> {
        let facts = Arc::new(self.store.settings.facts().await?.unwrap_or_default());
        self.facts.keep(&facts);
        Ok(facts)
    }

    /// Puts these facts in the place of all earlier ones, and returns them as kept.
    ///
    /// # Errors
    /// Field errors.
    pub async fn set_facts(&self, facts: ShopFacts) -> Result<Arc<ShopFacts>, AppError> {
        let facts = Arc::new(checked(facts)?);
        self.store.settings.replace_facts(&facts).await?;
        self.facts.keep(&facts);
        Ok(facts)
    }

    /// What customers can choose from now.
    ///
    /// # Errors
    /// As [`Shop::facts`].
    pub async fn choices(&self) -> Result<Choices, AppError> {
        Ok(self.facts().await?.choices(wall(now())))
    }

    /// The languages that are offered, as last read: no visitor waits for them. While nothing is
    /// known of the shop, all.
    pub async fn languages(&self) -> Languages {
        let facts = match self.facts.get() {
            Some((read, facts)) => {
                if read.elapsed() >= FRESH && self.facts.begin() {
                    let shop = self.clone();
                    let reading = async move {
                        let _ = shop.read_facts().await;
                        shop.facts.end();
                    };
                    tokio::spawn(reading.in_current_span());
                }
                Some(facts)
            }
            None => tokio::time::timeout(PATIENCE, self.facts()).await.ok().and_then(Result::ok),
        };
        facts.and_then(|facts| facts.languages.clone()).unwrap_or_default()
    }

    /// All that the pages about the shop show.
    ///
    /// # Errors
    /// As [`Shop::facts`].
    pub async fn page_facts(&self) -> Result<ShopPageFacts, AppError> {
        let facts = self.facts().await?;
        let clock = wall(now());
        let (openness, closing) = (facts.openness(clock), facts.closing(clock));
        let holidays = facts.coming_holidays(Day::of(clock));
        let cart_hours = u32::try_from(self.config.cart_ttl.as_secs() / 3600).unwrap_or(u32::MAX);
        let cookies = Cookies::new(&self.config).facts(cart_hours);
        Ok(ShopPageFacts {
            facts: ShopFacts::clone(&facts),
            openness,
            closing,
            holidays,
            cookies,
            cart_hours,
        })
    }
}

/// All facts in their good form, with the phone number as it is dialled.
fn checked(mut facts: ShopFacts) -> Result<ShopFacts, AppError> {
    let known = facts.phone.take();
    let read = known.as_ref().map(|number| phone::read(number.as_str()).ok_or(FieldError::Phone));
    let (number, checked) = (read.transpose(), facts.checked());
    let mut errors = checked.as_ref().err().cloned().unwrap_or_else(FieldErrors::default);
    let number = errors.check("phone", number).flatten();
    let (true, Ok(facts)) = (errors.is_empty(), checked) else {
        return Err(AppError::Fields { errors });
    };
    Ok(ShopFacts { phone: number, ..facts })
}
