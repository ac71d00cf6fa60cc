//! The rules of days, places and areas.

use super::*;
use crate::model::{
    closing::Closed,
    opening_hours::{Interval, Weekday},
    order_rules::OrderRules,
};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn words(text: &str) -> Words {
    Words { ro: text.into(), en: None }
}

fn money(bani: i64) -> Money {
    Money::from_bani(bani).unwrap()
}

/// Thursday, 26 November 2026.
fn at(hour: u8) -> WallTime {
    WallTime { year: 2026, month: 11, day: 26, hour, minute: 0 }
}

/// Open from Tuesday to Saturday; orders until six for the next day.
fn bakery() -> ShopFacts {
    let mut hours = OpeningHours::default();
    for weekday in [Weekday::Tuesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday] {
        *hours.of_mut(weekday) = vec![Interval::parse("08:00-19:00").unwrap()];
    }
    let cut_off = "18:00".to_owned().try_into().ok();
    let rules = OrderRules { lead_days: 1, cut_off, days_ahead: 7, ..OrderRules::default() };
    ShopFacts { hours: Some(hours), rules: Some(rules), ..ShopFacts::default() }
}

fn days(facts: &ShopFacts, clock: WallTime) -> Vec<String> {
    facts.choices(clock).days().iter().map(ToString::to_string).collect()
}

fn holiday(from: &str, to: &str) -> Holiday {
    Holiday { from: day(from), to: day(to), text: Some(words("Suntem la bunici.")) }
}

fn wanted(kind: DeliveryType) -> Wanted {
    Wanted { kind, day: None, place: None, area: None }
}

fn area(id: &str, fee: i64, minimum: i64) -> DeliveryArea {
    DeliveryArea {
        id: Slug::parse(id).unwrap(),
        name: words(id),
        fee: money(fee),
        minimum: Some(money(minimum)),
        free_from: Some(money(20_000)),
        towns: None,
        active: true,
    }
}

fn place(id: &str) -> PickupPlace {
    PickupPlace { id: Slug::parse(id).unwrap(), name: words(id), address: None, hint: None, active: true }
}

#[test]
fn a_shop_that_has_said_nothing_asks_for_no_day() {
    let choices = ShopFacts::default().choices(at(10));
    assert_eq!(choices.days, Days::Any);
    let chosen = choices.choose(&wanted(DeliveryType::Pickup), money(100)).unwrap();
    assert_eq!(chosen, Chosen { day: None, place: None, fee: Money::ZERO });
    let some_day = Wanted { day: Some(day("2026-11-27")), ..wanted(DeliveryType::Pickup) };
    assert_eq!(choices.choose(&some_day, money(100)).unwrap().day, None, "nobody has promised it");
}

#[test]
fn open_days_from_the_earliest_on() {
    assert_eq!(days(&bakery(), at(17)), ["2026-11-27", "2026-11-28", "2026-12-01", "2026-12-03"]);
    assert_eq!(days(&bakery(), at(18)), ["2026-11-28", "2026-12-01", "2026-12-03", "2026-12-04"]);
}

#[test]
fn today_only_while_it_can_be_ready_before_closing() {
    let rules = |lead_hours| Some(OrderRules { lead_hours, ..OrderRules::default() });
    let facts = |lead_hours| ShopFacts { rules: rules(lead_hours), ..bakery() };
    assert_eq!(days(&facts(2), at(16))[0], "2026-11-26");
    assert_eq!(days(&facts(2), at(17))[0], "2026-11-27", "ready at seven, when it closes");
    assert_eq!(days(&facts(0), at(20))[0], "2026-11-27");
}

#[test]
fn a_holiday_takes_its_days_away_and_no_more() {
    let facts = ShopFacts { holidays: vec![holiday("2026-11-27", "2026-11-30")], ..bakery() };
    let choices = facts.choices(at(10));
    assert_eq!(days(&facts, at(10)), ["2026-12-01", "2026-12-03"]);
    assert_eq!((choices.holidays.len(), choices.closed()), (1, None));
}

#[test]
fn a_long_holiday_closes_the_shop_until_it_is_over() {
    let facts = ShopFacts { holidays: vec![holiday("2026-11-25", "2026-12-20")], ..bakery() };
    let closing = facts.choices(at(10)).closed().cloned().expect("closed");
    assert_eq!(closing.until, Some(day("2026-12-22")), "the 21st is a Monday");
    assert_eq!(closing.text.unwrap().ro, "Suntem la bunici.");
    let error = facts.choices(at(10)).choose(&wanted(DeliveryType::Pickup), money(100)).unwrap_err();
    let conflict = Conflict::ShopClosed { until: Some(day("2026-12-22")) };
    assert_eq!(error, AppError::Conflict { conflict });
}

#[test]
fn closed_by_hand_until_a_day_or_until_it_is_opened() {
    let closed = |until: Option<&str>| Some(Closed { until: until.map(day), text: None });
    let facts = |until| ShopFacts { closed: closed(until), ..bakery() };
    assert_eq!(facts(None).choices(at(10)).closed().map(|closing| closing.until), Some(None));
    let until = |facts: ShopFacts| facts.choices(at(10)).closed().map(|closing| closing.until);
    assert_eq!(until(facts(Some("2026-11-30"))), Some(Some(day("2026-12-01"))), "Monday is closed");
    assert_eq!(until(facts(Some("2026-11-26"))), None, "open again since this morning");
    assert_eq!(facts(None).openness(at(10)), None);
    let nothing_said = ShopFacts { closed: closed(None), ..ShopFacts::default() };
    assert!(nothing_said.choices(at(10)).closed().is_some());
}

#[test]
fn another_day_than_those_offered_is_refused() {
    let choices = bakery().choices(at(10));
    let wish = |text: &str| Wanted { day: Some(day(text)), ..wanted(DeliveryType::Pickup) };
    assert_eq!(choices.choose(&wish("2026-11-28"), money(1)).unwrap().day, Some(day("2026-11-28")));
    for text in ["2026-11-26", "2026-11-30", "2027-11-27"] {
        let error = choices.choose(&wish(text), money(1)).unwrap_err();
        assert_eq!(error, AppError::field("day", FieldError::Choice), "{text}");
    }
    let none = choices.choose(&wanted(DeliveryType::Pickup), money(1)).unwrap();
    assert_eq!(none.day, Some(day("2026-11-27")), "the earliest");
}

#[test]
fn a_place_is_one_of_those_offered() {
    let pick = |places: Vec<PickupPlace>, id: Option<&str>| {
        let facts = ShopFacts { places, ..ShopFacts::default() };
        let place = id.map(|id| Slug::parse(id).unwrap());
        let wanted = Wanted { place, ..wanted(DeliveryType::Pickup) };
        facts.choices(at(10)).choose(&wanted, money(1)).map(|chosen| chosen.place)
    };
    let both = || vec![place("cuptor"), place("piata")];
    assert_eq!(pick(vec![], None), Ok(None));
    assert_eq!(pick(vec![place("cuptor")], None), Ok(Some("cuptor".into())));
    assert_eq!(pick(both(), Some("piata")), Ok(Some("piata".into())));
    assert_eq!(pick(both(), None), Ok(Some("cuptor".into())), "the first is chosen in the form, too");
    assert_eq!(pick(both(), Some("gara")), Err(AppError::field("pickup_place", FieldError::Choice)));
    let off = PickupPlace { active: false, ..place("piata") };
    assert_eq!(pick(vec![place("cuptor"), off], None), Ok(Some("cuptor".into())));
}

#[test]
fn an_area_has_its_fee_and_its_least_worth() {
    let facts = ShopFacts { areas: vec![area("oras", 1000, 5000)], ..ShopFacts::default() };
    let choices = facts.choices(at(10));
    let bring = |id: Option<&str>, worth| {
        let area = id.map(|id| Slug::parse(id).unwrap());
        choices.choose(&Wanted { area, ..wanted(DeliveryType::Delivery) }, money(worth))
    };
    let chosen = bring(Some("oras"), 5000).unwrap();
    assert_eq!((chosen.place.as_deref(), chosen.fee), (Some("oras"), money(1000)));
    assert_eq!(bring(Some("oras"), 20_000).unwrap().fee, Money::ZERO);
    let conflict = Conflict::BelowMinimum { minimum: money(5000), missing: money(1) };
    assert_eq!(bring(Some("oras"), 4999), Err(AppError::Conflict { conflict }));
    assert_eq!(bring(None, 5000), Err(AppError::field("delivery_area", FieldError::Required)));
    assert_eq!(bring(Some("luna"), 5000), Err(AppError::field("delivery_area", FieldError::Choice)));
}

proptest! {
    #[test]
    fn every_day_to_choose_is_one_on_which_somebody_is_there(
        lead_days in 0..=10_u8, lead_hours in 0..=72_u8, days_ahead in 7..=60_u8, hour in 0..24_u8,
        from in 0..40_usize, length in 0..40_usize, open in proptest::collection::vec(0..7_usize, 0..4),
    ) {
        let mut hours = OpeningHours::default();
        for weekday in open {
            *hours.of_mut(Weekday::ALL[weekday]) = vec![Interval::parse("08:00-13:00").unwrap()];
        }
        let today = Day::of(at(hour));
        let holiday = Holiday { from: today.later(from), to: today.later(from + length), text: None };
        let rules = OrderRules { lead_days, lead_hours, days_ahead, ..OrderRules::default() };
        let facts = ShopFacts {
            hours: Some(hours), rules: Some(rules), holidays: vec![holiday.clone()], ..ShopFacts::default()
        };
        let choices = facts.choices(at(hour));
        let (first, _) = rules.earliest(at(hour));
        for day in choices.days() {
            prop_assert!(*day >= first && !holiday.covers(*day) && facts.open_on(*day));
        }
        match &choices.days {
            Days::OneOf(days) => prop_assert!(!days.is_empty() && days.is_sorted()),
            Days::Closed(closing) => {
                let until = closing.until.expect("a holiday ends");
                prop_assert!(facts.open_on(until) && until > first);
            }
            Days::Any => prop_assert!(false, "hours are known"),
        }
    }
}
