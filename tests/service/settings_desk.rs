//! What the producer's pages change of the settings.

use crate::harness::{TestShop, at_once};
use vatra::{
    model::{
        error::{AppError, Conflict},
        settings::{AreaForm, HolidayForm, LanguagesForm, PlaceForm, RulesForm, Section, ShopForm, Turn},
    },
    server::settings::read,
};

const STALE: AppError = AppError::Conflict { conflict: Conflict::Stale };

async fn mark(shop: &TestShop, section: Section) -> String {
    shop.settings().await.expect("settings").mark(section)
}

fn place(name: &str) -> PlaceForm {
    PlaceForm { name_ro: name.into(), active: true, ..PlaceForm::default() }
}

async fn names(shop: &TestShop) -> Vec<String> {
    let facts = shop.read_facts().await.unwrap();
    facts.places.iter().map(|place| format!("{} {}", place.id, place.name.ro)).collect()
}

#[tokio::test]
async fn places_are_added_changed_moved_and_removed() {
    let shop = TestShop::open().await;
    for name in ["La cuptor", "Piața", "La cuptor"] {
        shop.save_place("", &place(name), &mark(&shop, Section::Places).await).await.unwrap();
    }
    assert_eq!(names(&shop).await, ["la-cuptor La cuptor", "piata Piața", "la-cuptor-2 La cuptor"]);
    shop.save_place("la-cuptor-2", &place("Gara"), &mark(&shop, Section::Places).await).await.unwrap();
    for (id, turn) in [("la-cuptor-2", Turn::Up), ("la-cuptor", Turn::Remove), ("piata", Turn::Hide)] {
        shop.turn_place(id, turn, &mark(&shop, Section::Places).await).await.unwrap();
    }
    assert_eq!(names(&shop).await, ["la-cuptor-2 Gara", "piata Piața"]);
    assert_eq!(shop.choices().await.unwrap().places.len(), 1);
    let error = shop.turn_place("luna", Turn::Up, &mark(&shop, Section::Places).await).await.unwrap_err();
    assert_eq!(error.code().status, 404);
}

#[tokio::test]
async fn who_is_second_is_told_and_changes_nothing() {
    let shop = TestShop::open().await;
    let seen = mark(&shop, Section::Rules).await;
    let rules = |days: &str| RulesForm { lead_days: days.into(), ..RulesForm::default() };
    shop.save_rules(&rules("1"), &seen).await.unwrap();
    assert_eq!(shop.save_rules(&rules("2"), &seen).await, Err(STALE));
    assert_eq!(shop.read_facts().await.unwrap().rules.unwrap().lead_days, 1);
    shop.save_rules(&rules("2"), &mark(&shop, Section::Rules).await).await.unwrap();
}

#[tokio::test]
async fn different_parts_are_changed_at_once_and_none_is_lost() {
    let shop = TestShop::open().await;
    let settings = shop.settings().await.unwrap();
    let instance = shop.instance();
    let all = at_once(4, |number| {
        let (shop, settings) = (instance.clone(), settings.clone());
        async move {
            let area = AreaForm { name_ro: "Sate".into(), fee: "15".into(), ..AreaForm::default() };
            match number {
                0 => shop.save_place("", &place("Piața"), &settings.mark(Section::Places)).await,
                1 => shop.save_area("", &area, &settings.mark(Section::Areas)).await,
                2 => {
                    let form = ShopForm { name: "Vatra".into(), ..ShopForm::default() };
                    shop.save_shop(&form, "0722 123 456", &settings.mark(Section::Shop)).await
                }
                _ => {
                    let form = HolidayForm { from: "2999-12-24".into(), ..HolidayForm::default() };
                    shop.add_holiday(&form, &settings.mark(Section::Holidays)).await
                }
            }
        }
    });
    assert_eq!(all.await, vec![Ok(()); 4]);
    let facts = shop.read_facts().await.unwrap();
    assert_eq!((facts.places.len(), facts.areas.len(), facts.holidays.len()), (1, 1, 1));
    assert_eq!(facts.phone.as_ref().map(|phone| phone.as_str()), Some("+40722123456"));
    assert_eq!(facts.name.as_deref(), Some("Vatra"));
}

#[tokio::test]
async fn of_many_who_change_the_same_one_succeeds() {
    let shop = TestShop::open().await;
    let seen = mark(&shop, Section::Languages).await;
    let instance = shop.instance();
    let all = at_once(6, |number| {
        let (shop, seen) = (instance.clone(), seen.clone());
        let form = LanguagesForm { ro: true, en: number % 2 == 0, default: "ro".into() };
        async move { shop.save_languages(&form, &seen).await }
    });
    let all = all.await;
    assert_eq!(all.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{all:?}");
    assert!(all.iter().all(|outcome| outcome.is_ok() || *outcome == Err(STALE)));
}

#[tokio::test]
async fn wrong_fields_have_the_names_of_the_forms() {
    let shop = TestShop::open().await;
    let wrong = |error: Result<(), AppError>| match error {
        Err(AppError::Fields { errors }) => errors.0.into_keys().collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let form = ShopForm {
        street: "Str. Morii".into(),
        latitude: "x".into(),
        email: "x".into(),
        ..ShopForm::default()
    };
    let seen = mark(&shop, Section::Shop).await;
    let names = wrong(shop.save_shop(&form, "12", &seen).await);
    assert_eq!(names, ["address_city", "coordinates_latitude", "coordinates_longitude", "email", "phone"]);
    let area = AreaForm { fee: "mult".into(), ..AreaForm::default() };
    assert_eq!(
        wrong(shop.save_area("", &area, &mark(&shop, Section::Areas).await).await),
        ["fee", "name_ro"]
    );
    let rules = RulesForm { lead_days: "31".into(), cut_off: "25:00".into(), ..RulesForm::default() };
    let names = wrong(shop.save_rules(&rules, &mark(&shop, Section::Rules).await).await);
    assert_eq!(names, ["rules_cut_off", "rules_lead_days"]);
    assert_eq!(shop.count("settings").await, 0);
}

#[tokio::test]
async fn the_demonstrations_settings_are_good() {
    let shop = TestShop::open().await;
    shop.set_facts(read(include_str!("../../demo/shop.toml"), false).unwrap()).await.expect("set");
    let choices = shop.choices().await.unwrap();
    assert!(choices.closed().is_none() && !choices.days().is_empty());
    assert!(choices.places.len() > 1 && choices.areas.len() > 1);
}
