//! How the shop is doing.

use super::{
    Shop,
    catalog::given,
    patience::{EVERYTHING, within},
};
use crate::{
    model::{
        day::Day,
        error::AppError,
        fault::Job,
        field::{FieldError, FieldErrors},
        figures::{Figures, Preset, Range, Seller, Step, Totals, buckets},
        locale::Locale,
    },
    server::clock::today,
};
use std::{collections::HashMap, time::Duration};

/// How often the job looks: so that a page has little left to sum up.
const EVERY: Duration = Duration::from_secs(60);

/// How many of the best sellers are shown.
const BEST: usize = 10;

/// Figures as asked for in an address.
#[derive(Clone, Debug, Default)]
pub struct FiguresRequest {
    /// See [`Preset::name`].
    pub range: Option<String>,
    /// For [`Preset::Own`]: the first day.
    pub from: Option<String>,
    /// For [`Preset::Own`]: the last day.
    pub to: Option<String>,
    /// See [`Step::name`]; the one that fits when not given.
    pub step: Option<String>,
}

/// How many of what was sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sellers {
    /// For a page.
    Best,
    /// For a file.
    All,
}

impl Shop {
    /// The figures that an address asks for, as the orders are now.
    ///
    /// # Errors
    /// Field errors.
    pub async fn figures(
        &self,
        request: &FiguresRequest,
        sellers: Sellers,
        l: Locale,
    ) -> Result<Figures, AppError> {
        let (preset, range, step) = parse(request, today())?;
        let store = &self.store.figures;
        store.catch_up().await?;
        let whole = range.before().map_or(range, |before| Range { from: before.from, to: range.to });
        let (days, sold) = futures::try_join!(store.totals(whole), store.sold(range))?;
        let sum = |of: Option<Range>| {
            let of = days.iter().filter(|(day, _)| of.is_some_and(|of| of.has(*day)));
            of.fold(Totals::default(), |sum, (_, totals)| sum.plus(*totals))
        };
        Ok(Figures {
            range,
            preset,
            step,
            buckets: buckets(range, step, &days),
            now: sum(Some(range)),
            before: sum(range.before()),
            sellers: self.named(sold, sellers, l).await?,
        })
    }

    /// The best first, called as the catalogue calls them now.
    async fn named(
        &self,
        mut sold: Vec<Seller>,
        sellers: Sellers,
        l: Locale,
    ) -> Result<Vec<Seller>, AppError> {
        sold.sort_by(|a, b| {
            (b.revenue, b.pieces, &a.name, &a.id).cmp(&(a.revenue, a.pieces, &b.name, &b.id))
        });
        if sellers == Sellers::Best {
            sold.truncate(BEST);
        }
        let products = self.store.products.by_ids(sold.iter().map(|seller| &seller.id)).await?;
        let names: HashMap<_, _> =
            products.iter().map(|product| (&product.id, product.text.name(l))).collect();
        for seller in &mut sold {
            if let Some(name) = names.get(&seller.id) {
                seller.name = (*name).to_owned();
            }
        }
        Ok(sold)
    }

    /// Runs the job until the process ends.
    pub async fn watch_figures(self) {
        let mut clock = tokio::time::interval(EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            let summed = within(EVERYTHING, "figures", self.store.figures.catch_up()).await;
            match self.job_ended(Job::Figures, summed) {
                Ok(days) => tracing::debug!(days, "summed up"),
                Err(error) => tracing::warn!(%error, "figures could not be summed up"),
            }
        }
    }
}

fn parse(request: &FiguresRequest, today: Day) -> Result<(Preset, Range, Step), AppError> {
    let mut errors = FieldErrors::default();
    let preset = given(&request.range)
        .and_then(|name| errors.check("range", Preset::from_name(name).ok_or(FieldError::Choice)))
        .unwrap_or_default();
    let step = given(&request.step)
        .and_then(|name| errors.check("step", Step::from_name(name).ok_or(FieldError::Choice)));
    let range = if preset == Preset::Own { own(request, &mut errors) } else { Some(preset.until(today)) };
    match (range, errors.is_empty()) {
        (Some(range), true) => Ok((preset, range, step.unwrap_or(Step::fitting(range.days())))),
        _ => Err(AppError::Fields { errors }),
    }
}

/// From a day to a day; of one day, when only one is given. Given the wrong way round, they are turned.
fn own(request: &FiguresRequest, errors: &mut FieldErrors) -> Option<Range> {
    let mut day = |field: &str, value: &Option<String>| {
        given(value).and_then(|text| errors.check(field, Day::parse(text).ok_or(FieldError::Format)))
    };
    let (from, to) = (day("from", &request.from), day("to", &request.to));
    let Some((from, to)) = from.zip(to).or_else(|| from.or(to).map(|day| (day, day))) else {
        errors.add("from", FieldError::Required);
        return None;
    };
    let range = Range { from: from.min(to), to: from.max(to) };
    if range.days() > Range::MAX {
        errors.add("to", FieldError::Range { min: 1, max: Range::MAX });
    }
    Some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(range: &str, from: &str, to: &str) -> Result<Range, Vec<String>> {
        let text = |text: &str| Some(text.to_owned());
        let request = FiguresRequest { range: text(range), from: text(from), to: text(to), step: None };
        match parse(&request, Day::parse("2026-11-26").unwrap()) {
            Ok((_, range, _)) => Ok(range),
            Err(AppError::Fields { errors }) => Err(errors.0.keys().cloned().collect()),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn ranges_are_read() {
        let range = |from, to| Range { from: Day::parse(from).unwrap(), to: Day::parse(to).unwrap() };
        assert_eq!(parsed("7", "", ""), Ok(range("2026-11-20", "2026-11-26")));
        assert_eq!(parsed("", "", ""), Ok(range("2026-10-28", "2026-11-26")));
        assert_eq!(parsed("own", "2026-01-05", "2026-01-01"), Ok(range("2026-01-01", "2026-01-05")));
        assert_eq!(parsed("own", "2026-01-05", ""), Ok(range("2026-01-05", "2026-01-05")));
        assert_eq!(parsed("own", "", ""), Err(vec!["from".into()]));
        assert_eq!(parsed("own", "5 ianuarie", "{}"), Err(vec!["from".into(), "to".into()]));
        assert_eq!(parsed("own", "2024-01-01", "2026-01-01"), Err(vec!["to".into()]));
        assert_eq!(parsed("forever", "", ""), Err(vec!["range".into()]));
    }
}
