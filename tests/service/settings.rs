use crate::harness::TestShop;
use vatra::{
    model::{
        error::AppError,
        opening_hours::{Interval, OpeningHours},
        phone::Phone,
        shop_facts::{ShopFacts, Words},
    },
    server::settings::read,
};

fn demonstration() -> ShopFacts {
    read(include_str!("../../demo/shop.toml"), false).expect("facts")
}

#[tokio::test]
async fn a_shop_that_has_said_nothing_knows_nothing() {
    let shop = TestShop::open().await;
    assert_eq!(*shop.facts().await.unwrap(), ShopFacts::default());
    assert_eq!(shop.page_facts().await.unwrap().openness, None);
}

#[tokio::test]
async fn what_is_set_is_known_at_once_and_to_all() {
    let shop = TestShop::open().await;
    assert_eq!(*shop.facts().await.unwrap(), ShopFacts::default());
    let set = shop.set_facts(demonstration()).await.expect("set");
    assert_eq!(shop.facts().await.unwrap(), set);
    let other = shop.second_instance().await;
    assert_eq!(other.facts().await.unwrap(), set);
    assert_eq!(shop.count("settings").await, 1);
    assert!(shop.page_facts().await.unwrap().openness.is_some());
}

#[tokio::test]
async fn new_facts_replace_all_earlier_ones() {
    let shop = TestShop::open().await;
    shop.set_facts(demonstration()).await.expect("set");
    let name = ShopFacts { name: Some("  Altă vatră ".into()), ..ShopFacts::default() };
    shop.set_facts(name).await.expect("set");
    let expected = ShopFacts { name: Some("Altă vatră".into()), ..ShopFacts::default() };
    assert_eq!(*shop.read_facts().await.unwrap(), expected);
    assert_eq!(shop.count("settings").await, 1);
}

#[tokio::test]
async fn wrong_facts_change_nothing_and_are_told_together() {
    let shop = TestShop::open().await;
    let before = shop.set_facts(demonstration()).await.expect("set");
    let hours = |list: &[&str]| list.iter().map(|text| Interval::parse(text).unwrap()).collect();
    let wrong = ShopFacts {
        email: Some("nowhere".into()),
        phone: Some(Phone::from_e164("+40000000000").unwrap()),
        hours: Some(OpeningHours { monday: hours(&["10:00-12:00", "08:00-09:00"]), ..Default::default() }),
        cut_off: Some(Words { ro: "x".repeat(501), en: None }),
        ..ShopFacts::default()
    };
    let Err(AppError::Fields { errors }) = shop.set_facts(wrong).await else { panic!("accepted") };
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["cut_off.ro", "email", "hours.monday", "phone"]);
    assert_eq!(shop.read_facts().await.unwrap(), before);
}

#[tokio::test]
async fn what_was_known_stands_while_the_database_does_not_answer() {
    let shop = TestShop::open().await;
    let facts = shop.set_facts(demonstration()).await.expect("set");
    let (other, mut cable) = shop.by_cable().await;
    assert_eq!(other.facts().await.unwrap(), facts);
    cable.cut().await;
    assert_eq!(other.read_facts().await.err(), Some(AppError::Database));
    assert_eq!(other.facts().await.unwrap(), facts);
}
