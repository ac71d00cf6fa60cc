//! What SMS and calls may cost, and how many there may be: an hour to a number, for an address and for its
//! network, and a day in all. They cost money, and each disturbs somebody (docs/decisions/0040).

use super::Shop;
use crate::{
    model::{
        error::AppError,
        message::Channel,
        money::Money,
        phone::Phone,
        sms_text::SmsSize,
        suspicion::{Conversion, Suspicion},
    },
    server::{
        clock::now,
        metrics::metrics,
        store::{
            rate_limits::{Change, Limit, Per, Refused, Share},
            verifications::Counted,
        },
    },
};
use std::{collections::HashMap, net::IpAddr, sync::atomic::Ordering};

const HOUR: Per = Per::Seconds(3600);

/// The counters of all SMS and calls of the shop, of what they cost, of the codes that were asked for, and of
/// those that came back.
const ALL: &str = "sms:all";
const COST: &str = "sms:cost";
const ASKED: &str = "codes:asked";
const ENTERED: &str = "codes:entered";

/// For what is counted without a limit.
const NO_LIMIT: Limit = Limit { most: u32::MAX, per: HOUR };

/// What one SMS counts against.
pub(super) type Budget = Vec<Share>;

/// May a code be sent?
pub(super) enum Allowed {
    /// It is counted.
    Yes(Budget),
    /// There is no money left for it today, until in so many seconds.
    Spent(u32),
}

/// What of a day's budget is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// What was spent today.
    pub today: Money,
    /// How codes come back in this hour.
    pub conversion: Conversion,
}

impl Shop {
    /// Counts a code before it is sent, so that many at once cannot slip through. A refused one counts
    /// against nothing.
    ///
    /// # Errors
    /// [`AppError::RateLimited`] when the address must wait, or it, its network or the number had too many.
    pub(super) async fn take_code(
        &self,
        phone: &Phone,
        address: &str,
        cost: Money,
    ) -> Result<Allowed, AppError> {
        self.pace.still_waits(address, now())?;
        let counted = self.counted(address);
        let config = &self.config;
        let own = [
            self.sms_of(phone),
            Share::one(counted.address, Limit { most: config.sms_per_address_per_hour, per: HOUR }),
            Share::one(counted.network, Limit { most: config.sms_per_network_per_hour, per: HOUR }),
        ];
        let (totals, suspicion) = self.suspicion(phone, &own).await?;
        self.pace.ask(
            address,
            suspicion.wait(self.config.sms_delay.as_secs().try_into().unwrap_or(0)),
            now(),
        )?;
        // Who cannot have one must not take from the others' budget, not even for a moment.
        for share in &own {
            share.check(self::counted(&totals, &share.key), now())?;
        }
        let asked = Share::one(ASKED.to_owned(), NO_LIMIT);
        // A machine may use up what strangers have, and never what customers have.
        let before = Money::from_bani(self::counted(&totals, COST).into()).unwrap_or(Money::ZERO);
        match self.take_paid(own, cost, suspicion.is_doubtful(), Some(asked)).await? {
            Ok(budget) => {
                self.tell_of_half(before, cost);
                metrics().sms.asked.inc();
                Ok(Allowed::Yes(budget))
            }
            Err(retry_after) => Ok(Allowed::Spent(retry_after)),
        }
    }

    /// The same for a message that no visitor asked for: it counts for its number and for the day.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub(super) async fn take_message(&self, phone: &Phone, cost: Money) -> Result<Budget, AppError> {
        let spent = |retry_after| AppError::RateLimited { retry_after };
        let budget = self.take_paid([self.sms_of(phone)], cost, false, None).await?.map_err(spent)?;
        self.tell_of_half(self.spent_today().await?, Money::ZERO);
        Ok(budget)
    }

    /// Counts an SMS for its receiver and sender, then for the day and its money, and what else there is, in
    /// one message to the database. The inner error is that the day's SMS are used up, for so many seconds.
    async fn take_paid<const OWN: usize>(
        &self,
        own: [Share; OWN],
        cost: Money,
        doubtful: bool,
        also: Option<Share>,
    ) -> Result<Result<Budget, u32>, AppError> {
        let budget: Budget = own.into_iter().chain(self.of_the_day(cost, doubtful)).chain(also).collect();
        match self.store.rate_limits.count_all(&budget).await {
            Ok(()) => Ok(Ok(budget)),
            Err(Refused { place, error: AppError::RateLimited { retry_after } }) if place >= OWN => {
                // That the day's budget is used up concerns every customer: the producer must learn of it.
                tracing::warn!(doubtful, "the day's SMS are used up: who orders is called");
                Ok(Err(retry_after))
            }
            Err(refused) => Err(refused.error),
        }
    }

    /// Each instance tells it once a day. The desk shows it all day (see [`Shop::spent`]).
    fn tell_of_half(&self, before: Money, cost: Money) {
        let spent = before.bani() + cost.bani();
        let today = Per::Day.window(now()).number;
        if spent >= half(self.config.sms_budget).bani()
            && self.half_told.swap(today, Ordering::Relaxed) != today
        {
            tracing::warn!(spent_bani = spent, "half of the day's budget for SMS is used");
        }
    }

    /// Counts something that costs nothing.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub(super) async fn take(&self, budget: &[Share]) -> Result<(), AppError> {
        self.store.rate_limits.count_all(budget).await.map_err(|refused| refused.error)
    }

    /// The SMS was not sent after all. A failure only makes the budget smaller, so it is no error.
    pub(super) async fn give_back(&self, budget: &[Share]) {
        let changes: Vec<Change> = budget.iter().map(Share::taken_back).collect();
        if let Err(error) = self.store.rate_limits.change_all(&changes).await {
            tracing::warn!(%error, "an SMS that was not sent stays counted");
        }
    }

    /// A code was entered: whoever asked for it, `sends` times, is a customer. A failure only makes the
    /// limits tighter, so it is no error.
    pub(super) async fn code_was_entered(&self, counted: Option<&Counted>, sends: u32) {
        metrics().sms.entered.inc();
        let mut changes = vec![Change::Add(ENTERED.to_owned(), HOUR.window(now()), 1)];
        if let Some(Counted { address, network, window }) = counted {
            let keys = [address, network].into_iter();
            changes.extend(keys.map(|key| Change::TakeBack(key.clone(), *window, sends)));
        }
        if let Err(error) = self.store.rate_limits.change_all(&changes).await {
            tracing::warn!(%error, "a code that was entered stays counted");
        }
    }

    /// What an SMS with this text costs.
    pub(super) fn cost_of(&self, text: &str) -> Money {
        let segments = SmsSize::of(text).segments.max(1);
        self.config.sms_price.times(segments).unwrap_or(self.config.sms_price)
    }

    /// What a code costs; its text fits in one SMS.
    pub(super) fn cost_of_code(&self, channel: Channel) -> Money {
        match channel {
            Channel::Sms => self.config.sms_price,
            Channel::Call => self.config.call_price,
        }
    }

    /// Is there nothing left today for a call?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub(super) async fn nothing_left(&self) -> Result<bool, AppError> {
        for Share { key, limit, weight } in self.of_the_day(self.config.call_price, false) {
            match self.store.rate_limits.check_for(&key, limit, weight).await {
                Err(AppError::RateLimited { .. }) => return Ok(true),
                checked => checked?,
            }
        }
        Ok(false)
    }

    /// What was spent today, and how codes come back.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn spent(&self) -> Result<Spent, AppError> {
        let keys = [ASKED.to_owned(), ENTERED.to_owned()];
        let hour = self.store.rate_limits.totals(HOUR.window(now()), &keys).await?;
        Ok(Spent { today: self.spent_today().await?, conversion: conversion(&hour) })
    }

    async fn spent_today(&self) -> Result<Money, AppError> {
        let day = self.store.rate_limits.totals(Per::Day.window(now()), &[COST.to_owned()]).await?;
        Money::from_bani(counted(&day, COST).into()).map_err(|_| AppError::Internal)
    }

    /// What is known of who asks, and the counters that say so, with those of the day.
    async fn suspicion(
        &self,
        phone: &Phone,
        [of_phone, of_address, of_network]: &[Share; 3],
    ) -> Result<(HashMap<String, u32>, Suspicion), AppError> {
        let own = [of_phone, of_address, of_network].map(|share| (share.key.as_str(), HOUR));
        let all = [own.as_slice(), &[(ASKED, HOUR), (ENTERED, HOUR), (COST, Per::Day)]].concat();
        let totals = self.store.rate_limits.totals_now(&all).await?;
        let conversion = conversion(&totals);
        let known = conversion.is_poor() && self.store.users.customer(phone).await?.is_some();
        let of_address = counted(&totals, &of_address.key);
        let of_network = counted(&totals, &of_network.key);
        Ok((totals, Suspicion { of_address, of_network, conversion, known }))
    }

    /// The counters of an address, which need not know it.
    pub(super) fn counted(&self, address: &str) -> Counted {
        Counted {
            address: self.sms_key(&["sms of address", address]),
            network: self.sms_key(&["sms of network", &network(address)]),
            window: HOUR.window(now()).number,
        }
    }

    fn sms_key(&self, parts: &[&str]) -> String {
        format!("sms:{}", self.config.session_key.mac(parts))
    }

    fn sms_of(&self, phone: &Phone) -> Share {
        let limit = Limit { most: self.config.sms_per_phone_per_hour, per: HOUR };
        Share::one(self.sms_key(&["sms", phone.as_str()]), limit)
    }

    fn of_the_day(&self, cost: Money, doubtful: bool) -> [Share; 2] {
        let budget = if doubtful { half(self.config.sms_budget) } else { self.config.sms_budget };
        let bani = |money: Money| u32::try_from(money.bani()).unwrap_or(u32::MAX);
        let money = Limit { most: bani(budget), per: Per::Day };
        [
            Share::one(ALL.to_owned(), Limit { most: self.config.sms_per_day, per: Per::Day }),
            Share { key: COST.to_owned(), limit: money, weight: bani(cost) },
        ]
    }
}

/// What a counter says among those that were read.
fn counted(totals: &HashMap<String, u32>, key: &str) -> u32 {
    totals.get(key).copied().unwrap_or_default()
}

fn conversion(totals: &HashMap<String, u32>) -> Conversion {
    Conversion { asked: counted(totals, ASKED), entered: counted(totals, ENTERED) }
}

/// Half of a sum, to the benefit of the customers.
fn half(sum: Money) -> Money {
    Money::from_bani(sum.bani() / 2).unwrap_or(sum)
}

/// The network of an address, as it is counted: who rents one address easily rents its neighbours. What is
/// no address is a network of its own.
pub(super) fn network(address: &str) -> String {
    let bare = address.split('/').next().unwrap_or(address);
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_network() {
        assert_eq!(network("192.0.2.1"), network("192.0.2.254"));
        assert_ne!(network("192.0.2.1"), network("192.0.3.1"));
        // As the edge writes them.
        assert_eq!(network("2001:db8:1:2::/64"), network("2001:db8:1:ffff::/64"));
        assert_ne!(network("2001:db8:1:2::/64"), network("2001:db8:2:2::/64"));
        assert_eq!(network("nowhere"), "nowhere");
    }
}
