//! How many SMS may be sent: an hour to a number, for an address and for its network, and a day in all. They
//! cost money, and each disturbs somebody.

use super::Shop;
use crate::{
    model::{error::AppError, phone::Phone},
    server::store::rate_limits::{Limit, Per},
};
use std::net::IpAddr;

const HOUR: Per = Per::Seconds(3600);

/// What one SMS counts against.
pub(super) type Budget = Vec<(String, Limit)>;

impl Shop {
    /// Counts an SMS before it is sent, so that many at once cannot slip through. A refused one
    /// counts against nothing.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub(super) async fn take_sms(&self, phone: &Phone, address: &str) -> Result<Budget, AppError> {
        self.take(self.sms_budget(phone, address)).await
    }

    /// The same for a message that no visitor asked for: it counts for its number and for the day.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub(super) async fn take_message(&self, phone: &Phone) -> Result<Budget, AppError> {
        self.take(vec![self.sms_of(phone), self.sms_of_the_day()]).await
    }

    pub(super) async fn take(&self, budget: Budget) -> Result<Budget, AppError> {
        for (place, (key, limit)) in budget.iter().enumerate() {
            if let Err(error) = self.store.rate_limits.count(key, *limit).await {
                warn(key, &error);
                self.give_back(&budget[..place]).await;
                return Err(error);
            }
        }
        Ok(budget)
    }

    /// Is nothing left of the day's SMS?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub(super) async fn day_is_used_up(&self) -> Result<bool, AppError> {
        let (key, limit) = self.sms_of_the_day();
        match self.store.rate_limits.check(&key, limit).await {
            Ok(()) => Ok(false),
            Err(AppError::RateLimited { .. }) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// The SMS was not sent after all. A failure only makes the budget smaller, so it is no error.
    pub(super) async fn give_back(&self, budget: &[(String, Limit)]) {
        for (key, limit) in budget {
            if let Err(error) = self.store.rate_limits.forgive(key, *limit).await {
                tracing::warn!(%error, "an SMS that was not sent stays counted");
            }
        }
    }

    /// The counters need know neither numbers nor addresses.
    fn sms_key(&self, parts: &[&str]) -> String {
        format!("sms:{}", self.config.session_key.mac(parts))
    }

    fn sms_of(&self, phone: &Phone) -> (String, Limit) {
        let limit = Limit { most: self.config.sms_per_phone_per_hour, per: HOUR };
        (self.sms_key(&["sms", phone.as_str()]), limit)
    }

    fn sms_of_the_day(&self) -> (String, Limit) {
        (ALL.to_owned(), Limit { most: self.config.sms_per_day, per: Per::Day })
    }

    fn sms_budget(&self, phone: &Phone, address: &str) -> Budget {
        let limit = Limit { most: self.config.sms_per_address_per_hour, per: HOUR };
        let of_address = (self.sms_key(&["sms of address", address]), limit);
        let limit = Limit { most: self.config.sms_per_network_per_hour, per: HOUR };
        let of_network = (self.sms_key(&["sms of network", &network(address)]), limit);
        vec![self.sms_of(phone), of_address, of_network, self.sms_of_the_day()]
    }
}

/// The network of an address, as it is counted: who rents one address easily rents its neighbours. What is
/// no address is a network of its own.
fn network(address: &str) -> String {
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

/// The counter of all SMS of the shop.
const ALL: &str = "sms:all";

/// That the day's budget is used up concerns every customer: the producer must learn of it.
fn warn(key: &str, error: &AppError) {
    if key == ALL && matches!(error, AppError::RateLimited { .. }) {
        tracing::warn!("SMS_PER_DAY is used up: no code can be sent before midnight");
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
