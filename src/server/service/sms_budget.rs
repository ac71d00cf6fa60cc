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
            rate_limits::{Limit, Per},
            verifications::Counted,
        },
    },
};
use std::{collections::HashMap, net::IpAddr};

const HOUR: Per = Per::Seconds(3600);

/// The counters of all SMS and calls of the shop, of what they cost, of the codes that were asked for, and of
/// those that came back.
const ALL: &str = "sms:all";
const COST: &str = "sms:cost";
const ASKED: &str = "codes:asked";
const ENTERED: &str = "codes:entered";

/// For what is counted without a limit.
const NO_LIMIT: Limit = Limit { most: u32::MAX, per: HOUR };

/// One counter that an SMS counts against, and as how much.
#[derive(Clone, Debug)]
pub(super) struct Share {
    key: String,
    limit: Limit,
    weight: u32,
}

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
        let suspicion = self.suspicion(phone, &counted).await?;
        self.pace.ask(
            address,
            suspicion.wait(self.config.sms_delay.as_secs().try_into().unwrap_or(0)),
            now(),
        )?;
        let config = &self.config;
        let own = vec![
            self.sms_of(phone),
            Share::one(counted.address, Limit { most: config.sms_per_address_per_hour, per: HOUR }),
            Share::one(counted.network, Limit { most: config.sms_per_network_per_hour, per: HOUR }),
        ];
        let mut own = self.take(own).await?;
        // A machine may use up what strangers have, and never what customers have.
        match self.take_money(cost, suspicion.is_doubtful()).await {
            Ok(shared) => own.extend(shared),
            Err(error) => {
                self.give_back(&own).await;
                let AppError::RateLimited { retry_after } = error else { return Err(error) };
                return Ok(Allowed::Spent(retry_after));
            }
        }
        own.extend(self.take(vec![Share::one(ASKED.to_owned(), NO_LIMIT)]).await?);
        metrics().sms.asked.inc();
        Ok(Allowed::Yes(own))
    }

    /// The same for a message that no visitor asked for: it counts for its number and for the day.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub(super) async fn take_message(&self, phone: &Phone, cost: Money) -> Result<Budget, AppError> {
        let mut own = self.take(vec![self.sms_of(phone)]).await?;
        match self.take_money(cost, false).await {
            Ok(shared) => {
                own.extend(shared);
                Ok(own)
            }
            Err(error) => {
                self.give_back(&own).await;
                Err(error)
            }
        }
    }

    async fn take_money(&self, cost: Money, doubtful: bool) -> Result<Budget, AppError> {
        let budget = self.take(self.of_the_day(cost, doubtful)).await;
        match &budget {
            Ok(_) => self.tell_of_half(cost).await,
            // That the day's budget is used up concerns every customer: the producer must learn of it.
            Err(AppError::RateLimited { .. }) => {
                tracing::warn!(doubtful, "the day's SMS are used up: who orders is called");
            }
            Err(_) => {}
        }
        budget
    }

    /// Told once, by whoever crosses it. The desk shows it all day (see [`Shop::spent`]).
    async fn tell_of_half(&self, cost: Money) {
        let Ok(today) = self.spent_today().await else { return };
        let half = half(self.config.sms_budget).bani();
        if today.bani() >= half && today.bani() - cost.bani() < half {
            tracing::warn!(spent = %today.decimal(), "half of the day's budget for SMS is used");
        }
    }

    pub(super) async fn take(&self, budget: Budget) -> Result<Budget, AppError> {
        for (place, share) in budget.iter().enumerate() {
            if let Err(error) = self.store.rate_limits.count_by(&share.key, share.limit, share.weight).await {
                self.give_back(&budget[..place]).await;
                return Err(error);
            }
        }
        Ok(budget)
    }

    /// The SMS was not sent after all. A failure only makes the budget smaller, so it is no error.
    pub(super) async fn give_back(&self, budget: &[Share]) {
        for Share { key, limit, weight } in budget {
            let window = limit.per.window(now()).number;
            if let Err(error) = self.store.rate_limits.forgive_in(key, window, *weight).await {
                tracing::warn!(%error, "an SMS that was not sent stays counted");
            }
        }
    }

    /// A code was entered: whoever asked for it, `sends` times, is a customer. A failure only makes the
    /// limits tighter, so it is no error.
    pub(super) async fn code_was_entered(&self, counted: Option<&Counted>, sends: u32) {
        let limits = &self.store.rate_limits;
        metrics().sms.entered.inc();
        let mut done = limits.count(ENTERED, NO_LIMIT).await;
        if let Some(Counted { address, network, window }) = counted {
            for key in [address, network] {
                done = done.and(limits.forgive_in(key, *window, sends).await);
            }
        }
        if let Err(error) = done {
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

    async fn suspicion(&self, phone: &Phone, counted: &Counted) -> Result<Suspicion, AppError> {
        let keys = [&counted.address, &counted.network].map(Clone::clone);
        let keys = [keys, [ASKED.to_owned(), ENTERED.to_owned()]].concat();
        let totals = self.store.rate_limits.totals(HOUR.window(now()), &keys).await?;
        let conversion = conversion(&totals);
        let known = conversion.is_poor() && self.store.users.customer(phone).await?.is_some();
        let of_address = self::counted(&totals, &counted.address);
        let of_network = self::counted(&totals, &counted.network);
        Ok(Suspicion { of_address, of_network, conversion, known })
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

    fn of_the_day(&self, cost: Money, doubtful: bool) -> Budget {
        let budget = if doubtful { half(self.config.sms_budget) } else { self.config.sms_budget };
        let bani = |money: Money| u32::try_from(money.bani()).unwrap_or(u32::MAX);
        let money = Limit { most: bani(budget), per: Per::Day };
        vec![
            Share::one(ALL.to_owned(), Limit { most: self.config.sms_per_day, per: Per::Day }),
            Share { key: COST.to_owned(), limit: money, weight: bani(cost) },
        ]
    }
}

impl Share {
    pub(super) const fn one(key: String, limit: Limit) -> Share {
        Share { key, limit, weight: 1 }
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
