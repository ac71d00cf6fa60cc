//! The database as the driver sees it: its commands, and the connections of its pool.

use super::{Counters, Durations, counter, counters, durations, gauge};
use mongodb::{
    event::{EventHandler, cmap::CmapEvent, command::CommandEvent},
    options::ClientOptions,
};
use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

/// Commands that have a name in the figures; whatever else there is counts as `other`.
const COMMANDS: [&str; 14] = [
    "find",
    "getMore",
    "aggregate",
    "count",
    "insert",
    "update",
    "delete",
    "findAndModify",
    "commitTransaction",
    "abortTransaction",
    "ping",
    "hello",
    "endSessions",
    "other",
];

/// Commands, connections and transactions.
pub struct Database {
    commands: Counters<2>,
    seconds: Durations<1>,
    open: Gauge,
    in_use: Gauge,
    opened: Counter,
    closed: Counter,
    not_given: Counter,
    cleared: Counter,
    /// Transactions that were committed.
    pub committed: Counter,
    /// Transactions in which a rule said no.
    pub refused: Counter,
    /// Transactions in which the database failed.
    pub failed: Counter,
    /// Transactions that met another one and were tried again.
    pub again: Counter,
}

impl Database {
    pub(super) fn new(to: &mut Registry) -> Database {
        let commands: Counters<2> =
            counters(to, "vatra_database_commands", "Commands to the database by how they ended");
        let seconds: Durations<1> = durations(
            to,
            "vatra_database_command_duration_seconds",
            "Time of commands that succeeded",
            steps,
        );
        for command in COMMANDS {
            let command = ("command", command);
            for outcome in ["ok", "failed"] {
                drop(commands.get_or_create(&[command, ("outcome", outcome)]));
            }
            drop(seconds.get_or_create(&[command]));
        }
        let ended: Counters<1> = counters(to, "vatra_transactions", "Transactions by how they ended");
        let outcome = |name| ended.get_or_create(&[("outcome", name)]).clone();
        let (committed, refused, failed) = (outcome("committed"), outcome("refused"), outcome("failed"));
        Database {
            commands,
            seconds,
            open: gauge(to, "vatra_database_connections", "Connections of the pool"),
            in_use: gauge(to, "vatra_database_connections_in_use", "Connections that work"),
            opened: counter(to, "vatra_database_connections_opened", "Connections that were opened"),
            closed: counter(to, "vatra_database_connections_closed", "Connections that were closed"),
            not_given: counter(to, "vatra_database_checkouts_failed", "Requests for a connection in vain"),
            cleared: counter(
                to,
                "vatra_database_pool_cleared",
                "How often the pool began anew after an error",
            ),
            committed,
            refused,
            failed,
            again: counter(to, "vatra_transactions_again", "Transactions that were tried again"),
        }
    }

    fn command(&self, name: &str, succeeded: Option<Duration>) {
        let known = COMMANDS.into_iter().find(|known| *known == name).unwrap_or("other");
        let command = ("command", known);
        let outcome = if succeeded.is_some() { "ok" } else { "failed" };
        self.commands.get_or_create(&[command, ("outcome", outcome)]).inc();
        // What is told by a change stream may be long in coming, and rightly so.
        if let Some(took) = succeeded.filter(|_| known != "getMore") {
            self.seconds.get_or_create(&[command]).observe(took.as_secs_f64());
        }
    }

    fn pool(&self, event: &CmapEvent) {
        match event {
            CmapEvent::ConnectionCreated(_) => {
                self.open.inc();
                self.opened.inc();
            }
            CmapEvent::ConnectionClosed(_) => {
                self.open.dec();
                self.closed.inc();
            }
            CmapEvent::ConnectionCheckedOut(_) => {
                self.in_use.inc();
            }
            CmapEvent::ConnectionCheckedIn(_) => {
                self.in_use.dec();
            }
            CmapEvent::ConnectionCheckoutFailed(_) => {
                self.not_given.inc();
            }
            CmapEvent::PoolCleared(_) => {
                self.cleared.inc();
            }
            _ => {}
        }
    }
}

static WATCHED: AtomicBool = AtomicBool::new(false);

/// From now on connections are made so that their commands are counted. To tell of a command, the driver
/// reads what it carries once more: that costs something, and is done only where somebody looks.
pub fn watch() {
    WATCHED.store(true, Ordering::Relaxed);
}

/// Has a client with these options count, if that is wanted.
pub fn count(options: &mut ClientOptions) {
    if !WATCHED.load(Ordering::Relaxed) {
        return;
    }
    let figures = &super::metrics().database;
    options.command_event_handler = Some(EventHandler::callback(|event: CommandEvent| match &event {
        CommandEvent::Succeeded(ended) => figures.command(&ended.command_name, Some(ended.duration)),
        CommandEvent::Failed(ended) => figures.command(&ended.command_name, None),
        _ => {}
    }));
    options.cmap_event_handler = Some(EventHandler::callback(|event: CmapEvent| figures.pool(&event)));
}

fn steps() -> Histogram {
    Histogram::new([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
}
