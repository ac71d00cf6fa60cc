//! How it goes with SMS today, for whoever works at the desk (docs/decisions/0040).

use super::{locale::Locale, money::Money, suspicion::Conversion, text};
use serde::{Deserialize, Serialize};

/// What is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsWatch {
    /// Does the provider refuse the shop?
    pub refused: bool,
    /// What SMS and calls have cost today, by the shop's own prices.
    pub spent: Money,
    /// What they may cost.
    pub budget: Money,
    /// What one SMS costs.
    pub price: Money,
    /// The codes of this hour.
    pub conversion: Conversion,
}

/// What the producer must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsAlarm {
    /// Nothing leaves until the producer mends it.
    Refused,
    /// The day's money is spent: who orders is called.
    Spent,
    /// Half of it is.
    Half,
    /// Many codes are asked for, and few come back.
    Unanswered,
}

impl SmsWatch {
    /// What is to be told; nothing on a good day.
    pub fn alarms(&self) -> Vec<SmsAlarm> {
        let spent = self.spent.plus(self.price).is_none_or(|next| next > self.budget);
        let half = !spent && self.spent.bani() >= self.budget.bani() / 2;
        [
            (self.refused, SmsAlarm::Refused),
            (spent, SmsAlarm::Spent),
            (half, SmsAlarm::Half),
            (self.conversion.is_poor(), SmsAlarm::Unanswered),
        ]
        .into_iter()
        .filter_map(|(rings, alarm)| rings.then_some(alarm))
        .collect()
    }

    /// An alarm in words.
    pub fn message(&self, alarm: SmsAlarm, l: Locale) -> String {
        let lei = |money: Money| format!("{money} lei");
        match alarm {
            SmsAlarm::Refused => text::outbox::refused(l).to_owned(),
            SmsAlarm::Spent => text::outbox::spent(l, lei(self.budget)),
            SmsAlarm::Half => text::outbox::half(l, lei(self.spent), lei(self.budget)),
            SmsAlarm::Unanswered => {
                text::outbox::unanswered(l, self.conversion.asked, self.conversion.entered)
            }
        }
    }

    /// The figures of the day in a sentence.
    pub fn summary(&self, l: Locale) -> String {
        let Conversion { asked, entered } = self.conversion;
        text::outbox::summary(
            l,
            format!("{} lei", self.spent),
            format!("{} lei", self.budget),
            asked,
            entered,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(spent: i64, asked: u32) -> SmsWatch {
        let money = |bani| Money::from_bani(bani).unwrap();
        let conversion = Conversion { asked, entered: 1 };
        SmsWatch { refused: false, spent: money(spent), budget: money(1000), price: money(40), conversion }
    }

    #[test]
    fn it_rings_at_half_and_at_the_end() {
        for (spent, alarms) in [
            (499, vec![]),
            (500, vec![SmsAlarm::Half]),
            (960, vec![SmsAlarm::Half]),
            (961, vec![SmsAlarm::Spent]),
            (1000, vec![SmsAlarm::Spent]),
        ] {
            assert_eq!(watch(spent, 2).alarms(), alarms, "{spent}");
        }
    }

    #[test]
    fn it_rings_when_codes_do_not_come_back() {
        assert_eq!(watch(0, 60).alarms(), [SmsAlarm::Unanswered]);
        for l in Locale::ALL {
            assert!(watch(0, 60).message(SmsAlarm::Unanswered, l).contains("60"));
            assert!(watch(740, 60).summary(l).contains("7"), "{}", watch(740, 60).summary(l));
        }
    }
}
