//! The audit log: entries come from the HTTP layer and the command line, which know what came of it.

use super::Shop;
use crate::{
    model::{
        audit::{AuditEntry, Outcome},
        error::AppError,
        page::{Page, Paging},
    },
    server::{
        clock::{Edge, day_or_moment},
        store::audit_log::{AuditFilter, Origin},
        trail::{Draft, Who},
    },
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Entries on one page of the log.
const PER_PAGE: u32 = 50;

/// What the log can be asked for. Empty means all.
#[derive(Clone, Debug, Default)]
pub struct AuditRequest {
    /// The name of an admin.
    pub admin: String,
    /// A part of the shop: `orders`.
    pub area: String,
    /// A day of the shop's calendar: `2025-01-13`.
    pub day: String,
    /// The page, from 1.
    pub page: String,
}

impl Shop {
    /// Adds to the log. An entry that cannot be stored goes to the server's log instead: what it
    /// tells of has happened.
    pub async fn record(&self, draft: Draft, outcome: Outcome, origin: Origin) {
        let (action, by) = (draft.action.clone(), draft.who.clone());
        if let Err(error) = self.store.audit_log.add(draft, outcome, origin).await {
            tracing::error!(%error, action, ?by, outcome = outcome.name(), "an entry of the audit log is lost");
        }
    }

    /// Adds what was done at the server's command line.
    pub async fn record_from_terminal(&self, action: &str, kind: &str, name: &str) {
        let draft = Draft::new(Who::terminal(), action.to_owned()).named(kind, name);
        self.record(draft, Outcome::Done, Origin::default()).await;
    }

    /// One page of the log, the newest first. What is no day or no page is no filter.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn audit_log(&self, request: &AuditRequest) -> Result<Page<AuditEntry>, AppError> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |edge| {
            given(&request.day).filter(|day| day.len() == 10).and_then(|day| day_or_moment(&day, edge))
        };
        let filter = AuditFilter {
            admin: given(&request.admin),
            area: given(&request.area),
            from: day(Edge::Begins),
            to: day(Edge::Ends),
        };
        let paging = Paging::new(request.page.trim().parse().unwrap_or(1), PER_PAGE);
        self.store.audit_log.page(&filter, paging).await
    }
}

/// An address without the part that tells one visitor from their neighbours: enough to see that
/// somebody came from elsewhere.
pub fn masked(address: &str) -> Option<String> {
    match address.trim_end_matches("/64").parse().ok()? {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            Some(format!("{}/24", Ipv4Addr::new(a, b, c, 0)))
        }
        IpAddr::V6(address) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & !(u128::MAX >> 48));
            Some(format!("{network}/48"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_masked() {
        assert_eq!(masked("203.0.113.7").as_deref(), Some("203.0.113.0/24"));
        assert_eq!(masked("2001:db8:1:2::/64").as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(masked("somewhere"), None);
    }
}
