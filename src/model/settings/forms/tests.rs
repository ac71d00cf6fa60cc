use super::*;
use crate::model::strange;
use proptest::prelude::*;

fn errors(read: impl FnOnce(&mut FieldErrors)) -> Vec<String> {
    let mut errors = FieldErrors::default();
    read(&mut errors);
    errors.0.into_keys().collect()
}

fn week(fields: &[(&str, &str)]) -> HoursForm {
    HoursForm(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

#[test]
fn hours_are_put_in_order_and_may_end_at_midnight() {
    let form = week(&[
        ("monday_0_opens", "15:00"),
        ("monday_0_closes", "00:00"),
        ("monday_1_opens", "08:00"),
        ("monday_1_closes", "13:00"),
        ("tuesday_0_opens", ""),
        ("holiday_0_opens", "junk"),
    ]);
    let mut errors = FieldErrors::default();
    let hours = form.hours(&mut errors).unwrap();
    let monday: Vec<_> = hours.monday.iter().map(ToString::to_string).collect();
    assert_eq!(monday, ["08:00-13:00", "15:00-24:00"]);
    assert!(errors.is_empty() && hours.tuesday.is_empty());
    assert_eq!(week(&[]).hours(&mut errors), None);
}

#[test]
fn half_a_stretch_is_named_by_its_day() {
    let half = week(&[("friday_0_opens", "08:00"), ("sunday_0_opens", "9"), ("sunday_0_closes", "8")]);
    assert_eq!(errors(|e| drop(half.hours(e))), ["hours_friday", "hours_sunday"]);
}

#[test]
fn an_empty_address_and_an_empty_place_are_none() {
    let mut facts = ShopFacts::default();
    let form = ShopForm { name: " Vatra ".into(), latitude: " ".into(), ..ShopForm::default() };
    assert!(errors(|e| form.apply(&mut facts, e)).is_empty());
    assert!(facts.address.is_none() && facts.coordinates.is_none());
    let form = ShopForm { latitude: "46.77".into(), longitude: "east".into(), ..form };
    assert_eq!(errors(|e| form.apply(&mut facts, e)), ["coordinates_longitude"]);
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let id = || Slug::parse("oras").unwrap();
    let form =
        AreaForm { name_ro: "Oraș".into(), fee: "12,50".into(), minimum: "0".into(), ..AreaForm::default() };
    let mut none = FieldErrors::default();
    let area = form.area(id(), &mut none);
    assert!(none.is_empty());
    assert_eq!((area.fee.bani(), area.minimum, area.free_from), (1250, None, None));
    let form = AreaForm { name_ro: String::new(), fee: "mult".into(), free_from: "99999999".into(), ..form };
    assert_eq!(errors(|e| drop(form.area(id(), e))), ["fee", "free_from", "name.ro"]);
}

#[test]
fn a_holiday_of_one_day_needs_one_day() {
    let form = HolidayForm { from: "2026-12-24".into(), ..HolidayForm::default() };
    let holiday = form.holiday(&mut FieldErrors::default()).unwrap();
    assert_eq!((holiday.from, holiday.text), (holiday.to, None));
    assert_eq!(errors(|e| drop(HolidayForm::default().holiday(e))), ["from"]);
    let backwards = HolidayForm { to: "2026-12-23".into(), ..form };
    assert_eq!(errors(|e| drop(backwards.holiday(e))), ["to"]);
}

#[test]
fn closed_until_a_day_that_is_to_come() {
    let today = Day::parse("2026-11-26").unwrap();
    let form = ClosedForm { closed: true, until: "2026-11-26".into(), ..ClosedForm::default() };
    assert_eq!(errors(|e| drop(form.closed(today, e))), ["closed_until"]);
    assert_eq!(ClosedForm::default().closed(today, &mut FieldErrors::default()), None);
}

#[test]
fn the_only_language_is_the_default() {
    let form = LanguagesForm { en: true, default: "ro".into(), ..LanguagesForm::default() };
    let languages = form.languages(&mut FieldErrors::default());
    assert_eq!((languages.offered, languages.default), (vec![Locale::En], Locale::En));
    assert_eq!(
        errors(|e| drop(LanguagesForm { ro: true, default: "de".into(), ..form }.languages(e))),
        ["languages_default"]
    );
}

proptest! {
    #[test]
    fn any_text_is_rules_or_an_error(text in strange::nearly("[0-9]{0,4}|[0-9]{1,2}:[0-9]{2}")) {
        let form = RulesForm {
            lead_days: text.clone(), lead_hours: text.clone(), cut_off: text.clone(), days_ahead: text,
        };
        let mut errors = FieldErrors::default();
        let rules = form.rules(&mut errors);
        rules.check(&mut errors, "rules_");
        if errors.is_empty() {
            prop_assert!(rules.lead_days <= OrderRules::MOST_DAYS && rules.days_ahead >= OrderRules::AHEAD.0);
        }
    }
}
