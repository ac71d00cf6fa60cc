//! The database: reachable, fit for transactions, with all its indexes, and of this program's age.

use super::{Finding, deep};
use crate::{
    model::time::Timestamp,
    server::{
        clock,
        config::{Config, Database},
        store::{
            checkup::{self, Checkup, Deployment},
            embedded::Embedded,
        },
    },
};

const ABOUT: &str = "database";

/// What was found, and the clocks, for the doctor to compare.
pub(super) struct Checked {
    pub findings: Vec<Finding>,
    /// The database's and ours.
    pub clocks: Option<(Timestamp, Timestamp)>,
}

/// With `deep`, also whether all data agree.
pub(super) async fn look(config: &Config, deep: bool) -> Checked {
    match &config.database {
        Database::Uri(uri) => check(uri, &config.database_name, "", deep).await,
        Database::Embedded => match Embedded::start(&config.data_dir.join("db")).await {
            Ok(mut server) => {
                let program = format!("{}, embedded, ", server.program);
                let checked = check(&server.uri, &config.database_name, &program, deep).await;
                server.stop();
                // Its clock is ours.
                Checked { clocks: None, ..checked }
            }
            Err(error) => failed(
                format!("the embedded one cannot be started: {}", error.0),
                "A shop that is running holds it: then ask its /readyz. Else its log says why.",
            ),
        },
    }
}

fn failed(found: String, remedy: &str) -> Checked {
    Checked { findings: vec![Finding::wrong(ABOUT, found, remedy)], clocks: None }
}

async fn check(uri: &str, name: &str, kind: &str, deep: bool) -> Checked {
    match checkup::look(uri, name).await {
        Ok(checkup) => {
            let mut findings = judge(&checkup, kind);
            // What a migration has yet to change does not agree before it.
            if deep && checkup.waiting.is_empty() && checkup.unknown.is_empty() {
                findings.extend(deep::look(uri, name).await);
            }
            Checked { findings, clocks: checkup.clocks }
        }
        Err(error) => failed(
            error.0,
            "Is it running, does MONGODB_URI name it, may this user read it? A firewall shows as a time-out.",
        ),
    }
}

fn judge(checkup: &Checkup, kind: &str) -> Vec<Finding> {
    let Checkup { version, took, orders, .. } = checkup;
    let place = match &checkup.deployment {
        Deployment::ReplicaSet(name) => format!("replica set {name}"),
        Deployment::Router => "sharded cluster".to_owned(),
        Deployment::Standalone => {
            return vec![Finding::wrong(
                ABOUT,
                format!("{kind}version {version}, standalone: it has no transactions"),
                "Start mongod with --replSet rs0 and run rs.initiate() once in mongosh.",
            )];
        }
    };
    let found = format!("{kind}version {version}, {place}, {took:.1?} away, {orders} orders");
    let mut findings =
        vec![Finding::good(ABOUT, found), indexes(&checkup.missing_indexes, &checkup.waiting), age(checkup)];
    findings.extend(checkup.transaction_lifetime.map(transactions));
    findings.push(backup(checkup.backup, clock::of_this_machine()));
    findings
}

/// One each night, with some hours for a slow one.
fn backup(last: Option<Timestamp>, now: Timestamp) -> Finding {
    const LATE_HOURS: i64 = 36;
    let hours = last.map(|last| now.seconds_since(last) / 3600);
    let remedy = "Take one with vatra backup, and set up the timer that takes one each night (docs/operating.md, \
                  Backups).";
    match hours {
        Some(hours @ ..=LATE_HOURS) => Finding::good("backup", format!("{} hours old", hours.max(0))),
        Some(hours) => Finding::doubtful("backup", format!("the last one is {hours} hours old"), remedy),
        None => Finding::doubtful("backup", "none was taken yet", remedy),
    }
}

/// So long are the shelves of a killed server's transaction locked (docs/decisions/0038).
fn transactions(lifetime: i64) -> Finding {
    const LONG: i64 = 15;
    let found = format!("what a killed server was selling is locked for {lifetime} s");
    match lifetime {
        ..=LONG => Finding::good("transactions", found),
        _ => Finding::doubtful(
            "transactions",
            found,
            "Start every mongod with --setParameter transactionLifetimeLimitSeconds=15; on Atlas it is one of \
             the cluster's advanced settings.",
        ),
    }
}

fn indexes(missing: &[String], waiting: &[i32]) -> Finding {
    match missing {
        [] => Finding::good("indexes", "all are there"),
        // The start makes them with the migrations.
        missing if !waiting.is_empty() => Finding::doubtful(
            "indexes",
            format!("{} are not there yet", missing.len()),
            "The next start of the shop makes them.",
        ),
        missing => Finding::wrong(
            "indexes",
            format!("missing: {}", missing.join(", ")),
            "Somebody dropped them: delete the newest entry of the collection migrations and start the shop, \
             which makes them again.",
        ),
    }
}

fn age(checkup: &Checkup) -> Finding {
    let list = |steps: &[i32]| steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match (checkup.unknown.as_slice(), checkup.waiting.as_slice()) {
        ([], []) => Finding::good("migrations", "all were run"),
        ([], waiting) => Finding::doubtful(
            "migrations",
            format!("not run yet: {}", list(waiting)),
            "The next start of the shop runs them. Make a backup first.",
        ),
        (unknown, _) => Finding::wrong(
            "migrations",
            format!("a newer Vatra was here: it ran {}", list(unknown)),
            "Start that version or a newer one; this one may not understand the data.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::doctor::Verdict::{self, Doubtful, Good, Wrong};
    use std::time::Duration;

    fn checkup() -> Checkup {
        Checkup {
            version: "7.0".into(),
            deployment: Deployment::ReplicaSet("rs0".into()),
            took: Duration::from_millis(2),
            clocks: None,
            missing_indexes: Vec::new(),
            waiting: Vec::new(),
            unknown: Vec::new(),
            orders: 3,
            transaction_lifetime: None,
            backup: Some(clock::of_this_machine()),
        }
    }

    fn verdicts(checkup: &Checkup) -> Vec<Verdict> {
        judge(checkup, "").into_iter().map(|finding| finding.verdict).collect()
    }

    #[test]
    fn what_is_missing_is_wrong_unless_the_next_start_makes_it() {
        assert_eq!(verdicts(&checkup()), [Good, Good, Good, Good]);
        assert_eq!(verdicts(&Checkup { deployment: Deployment::Standalone, ..checkup() }), [Wrong]);
        let lost = Checkup { missing_indexes: vec!["orders.number_1".into()], ..checkup() };
        assert_eq!(verdicts(&lost), [Good, Wrong, Good, Good]);
        assert_eq!(verdicts(&Checkup { waiting: vec![16], ..lost }), [Good, Doubtful, Doubtful, Good]);
        assert_eq!(verdicts(&Checkup { unknown: vec![99], ..checkup() }), [Good, Good, Wrong, Good]);
        let lifetime = |seconds| Checkup { transaction_lifetime: Some(seconds), ..checkup() };
        assert_eq!(verdicts(&lifetime(15)), [Good, Good, Good, Good, Good]);
        assert_eq!(verdicts(&lifetime(60)), [Good, Good, Good, Doubtful, Good]);
    }

    #[test]
    fn a_backup_grows_old_in_a_day_and_a_half() {
        let now = Timestamp(1_800_000_000_000);
        let verdict =
            |hours: Option<i64>| backup(hours.map(|hours| now.plus_seconds(-hours * 3600)), now).verdict;
        assert_eq!([Some(-1), Some(0), Some(36)].map(verdict), [Good, Good, Good]);
        assert_eq!([Some(37), Some(9000), None].map(verdict), [Doubtful, Doubtful, Doubtful]);
    }
}
