//! How things stand, asked when somebody looks: of the database, which all instances share, and of what
//! this process has in memory.

use super::{Gauges, gauge, gauges};
use crate::{
    model::{board::Board, error::AppError, sms_watch::SmsAlarm},
    server::{
        clock::now,
        service::{Shop, catalog::Watch},
        store::progress::BACKUP,
    },
};
use prometheus_client::{metrics::gauge::Gauge, registry::Registry};
use std::time::Duration;

/// How long the database may take to tell. Whoever asks waits longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is watched by [`SmsAlarm`], by name.
const ALARMS: [(SmsAlarm, &str); 4] = [
    (SmsAlarm::Refused, "refused"),
    (SmsAlarm::Spent, "spent"),
    (SmsAlarm::Half, "half"),
    (SmsAlarm::Unanswered, "unanswered"),
];

/// How things stand.
pub struct Standing {
    database_up: Gauge,
    orders: Gauges<1>,
    oldest: Gauges<1>,
    waiting: Gauge,
    waited: Gauge,
    spent: Gauge,
    budget: Gauge,
    alarms: Gauges<1>,
    catalogue_age: Gauge,
    streams: Gauges<1>,
    listeners: Gauge,
    backup: Gauge,
    disk_free: Gauge,
    disk_size: Gauge,
}

impl Standing {
    pub(super) fn new(to: &mut Registry) -> Standing {
        let standing = Standing {
            database_up: gauge(to, "vatra_database_up", "Does the database answer? 1 or 0"),
            orders: gauges(
                to,
                "vatra_orders_open",
                "Orders that are to be worked on, by status, in the database",
            ),
            oldest: gauges(
                to,
                "vatra_orders_oldest_seconds",
                "How long ago the oldest of those orders was placed",
            ),
            waiting: gauge(to, "vatra_outbox_waiting", "Messages that wait to be sent, in the database"),
            waited: gauge(to, "vatra_outbox_oldest_seconds", "How long the oldest of them has waited"),
            spent: gauge(to, "vatra_sms_spent_bani", "What SMS and calls have cost today, in bani"),
            budget: gauge(to, "vatra_sms_budget_bani", "What they may cost in a day, in bani"),
            alarms: gauges(to, "vatra_sms_alarm", "What the board rings for about SMS: 1 or 0"),
            catalogue_age: gauge(
                to,
                "vatra_catalogue_age_seconds",
                "How long ago all of the catalogue was last read; changes are read besides",
            ),
            streams: gauges(to, "vatra_change_stream_up", "Are the changes of others told? 1 or 0"),
            listeners: gauge(to, "vatra_events_listeners", "Open pages that are told of orders"),
            backup: gauge(
                to,
                "vatra_backup_last_timestamp_seconds",
                "Up to when the last backup holds everything; 0 before the first",
            ),
            disk_free: gauge(to, "vatra_disk_free_bytes", "Free room where this shop keeps its files"),
            disk_size: gauge(to, "vatra_disk_size_bytes", "All room there"),
        };
        // So that each of them is there before anything happened.
        for status in Board::OPEN {
            let status = [("status", status.name())];
            drop(standing.orders.get_or_create(&status));
            drop(standing.oldest.get_or_create(&status));
        }
        for (_, alarm) in ALARMS {
            drop(standing.alarms.get_or_create(&[("alarm", alarm)]));
        }
        standing
    }

    /// Looks anew. While the database does not answer, what it knows stays as it was.
    pub async fn look(&self, shop: &Shop) {
        self.look_inside(shop);
        let answered = tokio::time::timeout(PATIENCE, self.ask(shop)).await;
        self.database_up.set(i64::from(matches!(answered, Ok(Ok(())))));
    }

    fn look_inside(&self, shop: &Shop) {
        if let Some(age) = shop.catalogue_age() {
            self.catalogue_age.set(whole(age.as_secs()));
        }
        let streams = [("catalogue", shop.catalogue_watch()), ("orders", shop.feed.watch())];
        for (stream, watch) in streams {
            let told = *watch.borrow() == Watch::Told;
            self.streams.get_or_create(&[("stream", stream)]).set(i64::from(told));
        }
        self.listeners.set(i64::try_from(shop.feed.listeners()).unwrap_or(i64::MAX));
        if let Ok(disk) = rustix::fs::statvfs(&shop.config.data_dir) {
            self.disk_free.set(whole(disk.f_bavail.saturating_mul(disk.f_frsize)));
            self.disk_size.set(whole(disk.f_blocks.saturating_mul(disk.f_frsize)));
        }
    }

    async fn ask(&self, shop: &Shop) -> Result<(), AppError> {
        shop.store.ping().await?;
        let at = now();
        for status in Board::OPEN {
            let (count, oldest) = shop.store.orders.standing_in(status).await?;
            let labels = [("status", status.name())];
            self.orders.get_or_create(&labels).set(whole(count));
            self.oldest
                .get_or_create(&labels)
                .set(oldest.map_or(0, |oldest| at.seconds_since(oldest).max(0)));
        }
        let (count, oldest) = shop.store.messages.waiting().await?;
        self.waiting.set(whole(count));
        self.waited.set(oldest.map_or(0, |oldest| at.seconds_since(oldest).max(0)));
        self.backup.set(shop.store.progress.of(BACKUP).await?.0 / 1000);
        let watch = shop.sms_watch().await?;
        self.spent.set(watch.spent.bani());
        self.budget.set(watch.budget.bani());
        let rings = watch.alarms();
        for (alarm, name) in ALARMS {
            self.alarms.get_or_create(&[("alarm", name)]).set(i64::from(rings.contains(&alarm)));
        }
        Ok(())
    }
}

/// A number as a figure holds it.
fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
