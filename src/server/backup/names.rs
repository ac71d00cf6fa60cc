//! What backups are called in their folder, and which of them have had their time.

use crate::{model::time::Timestamp, server::clock::rfc3339};
use jiff::civil::Date;
use std::collections::BTreeSet;

const BEFORE: &str = "vatra-";
const AFTER: &str = ".backup.age";

/// The name of a backup of this moment: `vatra-20261127T050000Z.backup.age`.
pub fn name(at: Timestamp) -> String {
    let moment: String = rfc3339(at).chars().filter(|sign| !matches!(sign, '-' | ':')).collect();
    format!("{BEFORE}{moment}{AFTER}")
}

/// The day (in UTC) of a backup of this name; none for whatever else lies there.
fn day(name: &str) -> Option<Date> {
    let moment = name.strip_prefix(BEFORE)?.strip_suffix(AFTER)?;
    let (date, time) = moment.strip_suffix('Z')?.split_once('T')?;
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(date, 8) || !digits(time, 6) {
        return None;
    }
    Date::new(date[..4].parse().ok()?, date[4..6].parse().ok()?, date[6..].parse().ok()?).ok()
}

/// Is this the name of a backup?
pub fn is_name(name: &str) -> bool {
    day(name).is_some()
}

/// The names of backups that need not be kept: all but those of the newest `days` days that have
/// one, and the newest of each of the newest `weeks` weeks (from Monday, UTC) that have one.
pub fn expired(names: &[String], days: usize, weeks: usize) -> Vec<String> {
    let mut all: Vec<(Date, &String)> = names.iter().filter_map(|name| Some((day(name)?, name))).collect();
    // By name is by time: all parts have their full width.
    all.sort_by(|a, b| b.1.cmp(a.1));
    let (mut kept_days, mut kept_weeks) = (BTreeSet::new(), BTreeSet::new());
    let mut gone = Vec::new();
    for (day, name) in all {
        let week = day.iso_week_date();
        let week = (week.year(), week.week());
        let of_a_day = kept_days.contains(&day) || (kept_days.len() < days && kept_days.insert(day));
        let of_a_week = kept_weeks.len() < weeks && kept_weeks.insert(week);
        if !of_a_day && !of_a_week {
            gone.push(name.clone());
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(days: &[&str]) -> Vec<String> {
        days.iter().map(|day| format!("vatra-{day}.backup.age")).collect()
    }

    #[test]
    fn a_name_tells_its_moment() {
        assert_eq!(name(Timestamp(1_736_764_200_000)), "vatra-20250113T103000Z.backup.age");
        assert_eq!(day(&name(Timestamp(1_736_764_200_000))), Date::new(2025, 1, 13).ok());
    }

    #[test]
    fn the_newest_days_and_weeks_stay_and_nothing_else_is_touched() {
        let all = names(&[
            "20261127T050000Z",
            "20261127T040000Z",
            "20261126T050000Z",
            "20261125T050000Z",
            "20261122T050000Z",
            "20261116T050000Z",
            "20261115T050000Z",
        ]);
        assert_eq!(
            expired(&all, 2, 0),
            names(&["20261125T050000Z", "20261122T050000Z", "20261116T050000Z", "20261115T050000Z"])
        );
        assert_eq!(expired(&all, 2, 3), names(&["20261125T050000Z", "20261116T050000Z"]));
        let mut strange = names(&["20261327T050000Z", "2026112T050000Z", "20261127", "é0261127T05000Z"]);
        strange.extend(["orders.csv".to_owned(), ".vatra-20201127T050000Z.backup.age.part".to_owned()]);
        assert_eq!(expired(&strange, 0, 0), Vec::<String>::new());
    }
}
