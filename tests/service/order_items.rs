//! Changing what is in an order, and the notes on it.

use crate::harness::{TestShop, at_once, bani, phone, request};
use mongodb::bson::doc;
use std::collections::BTreeMap;
use vatra::{
    model::{
        error::{AppError, Conflict},
        field::FieldError,
        locale::Locale,
        order::{Actor, Order},
        order_items::ItemsForm,
        order_record::{Happening, Note},
        product::Product,
        status::OrderStatus::{self, Confirmed, Processing, Ready},
    },
    server::service::Shop,
};

fn ina() -> Actor {
    Actor::Admin("ina".into())
}

/// An order of these products that the shop counts on.
async fn confirmed(shop: &TestShop, wanted: &[(&Product, i64)]) -> Order {
    let order = shop.pending(wanted, &phone()).await;
    shop.change_status(&order.id, Confirmed, ina(), None).await.unwrap()
}

/// The form of an order with these quantities.
fn form(order: &Order, quantities: &[(&Product, &str)]) -> ItemsForm {
    ItemsForm {
        version: order.updated_at.0.to_string(),
        quantities: quantities
            .iter()
            .map(|(product, pieces)| (product.id.to_string(), (*pieces).to_owned()))
            .collect(),
        ..ItemsForm::default()
    }
}

fn adding(order: &Order, product: &Product, pieces: &str) -> ItemsForm {
    ItemsForm { add: product.id.to_string(), add_quantity: pieces.into(), ..form(order, &[]) }
}

fn lines(order: &Order) -> Vec<(&str, u32, i64)> {
    let line = |line: &'_ vatra::model::order::LineItem| (line.quantity.get(), line.total_price.bani());
    order.items.iter().map(|item| (item.product_name.as_str(), line(item).0, line(item).1)).collect()
}

#[tokio::test]
async fn lines_stock_and_total_change_together_and_the_change_is_kept() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 10).await, shop.product("Cozonac", 4500, 5).await);
    let jam = shop.product("Gem", 2000, 3).await;
    let order = confirmed(&shop, &[(&bread, 2), (&cake, 2)]).await;
    // Dearer and off the shelves by now: the order keeps the price of its moment.
    shop.set_product(&bread.id, doc! { "price": 9900_i64, "active": false }).await;
    let both = ItemsForm {
        add: jam.id.to_string(),
        add_quantity: "3".into(),
        ..form(&order, &[(&bread, "5"), (&cake, "0")])
    };
    let changed = shop.change_items(&order.id, &both, ina()).await.unwrap();
    assert_eq!(lines(&changed), [("Pâine", 5, 6250), ("Gem", 3, 6000)]);
    assert_eq!(changed.total, bani(12_250));
    assert!(changed.updated_at > order.updated_at);
    assert_eq!(changed.items[1].food.vat, Some(jam.food.vat));
    let left = [shop.stock_of(&bread).await, shop.stock_of(&cake).await, shop.stock_of(&jam).await];
    assert_eq!(left, [5, 5, 0]);

    let desk = shop.desk_order(&order.id, Locale::Ro).await.unwrap();
    let Happening::Items(change) = &desk.events[0].what else { panic!("{:?}", desk.events) };
    assert_eq!((&change.by, change.total_from, change.total_to), (&ina(), bani(11_500), bani(12_250)));
    let kept: Vec<_> = change.lines.iter().map(|line| (&*line.product_name, line.from, line.to)).collect();
    assert_eq!(kept, [("Pâine", 2, 5), ("Cozonac", 2, 0), ("Gem", 0, 3)]);
    assert_eq!(desk.events.len(), 3, "placed, confirmed, changed");

    // What is cancelled afterwards goes back as it is now.
    shop.change_status(&order.id, OrderStatus::Cancelled, ina(), None).await.unwrap();
    let left = [shop.stock_of(&bread).await, shop.stock_of(&cake).await, shop.stock_of(&jam).await];
    assert_eq!(left, [10, 5, 3]);
}

#[tokio::test]
async fn a_fee_stays_in_the_total() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let order = confirmed(&shop, &[(&bread, 2)]).await;
    let fee = doc! { "delivery_fee": 1500_i64, "total_amount": 4000_i64 };
    shop.set("orders", doc! { "order_number": order.number.as_str() }, fee).await;
    let changed = shop.change_items(&order.id, &form(&order, &[(&bread, "1")]), ina()).await.unwrap();
    assert_eq!((changed.delivery_fee, changed.total), (bani(1500), bani(2750)));
}

#[tokio::test]
async fn a_product_that_is_in_the_order_already_is_no_new_line() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let order = confirmed(&shop, &[(&bread, 2)]).await;
    shop.set_product(&bread.id, doc! { "price": 2000_i64 }).await;
    let changed = shop.change_items(&order.id, &adding(&order, &bread, "3"), ina()).await.unwrap();
    assert_eq!(lines(&changed), [("Pâine", 5, 6250)], "at the price of its line");
    assert_eq!(shop.stock_of(&bread).await, 5);
}

#[tokio::test]
async fn what_is_short_is_named_with_what_is_left_and_nothing_changes() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 4).await, shop.product("Cozonac", 4500, 2).await);
    let hidden = shop.product("Gem", 2000, 9).await;
    let order = confirmed(&shop, &[(&bread, 2), (&cake, 1)]).await;
    shop.set_product(&hidden.id, doc! { "active": false }).await;
    let too_many = ItemsForm { add: hidden.id.to_string(), ..form(&order, &[(&bread, "5"), (&cake, "0")]) };
    let error = shop.change_items(&order.id, &too_many, ina()).await.unwrap_err();
    let AppError::Stock { shortages } = &error else { panic!("{error:?}") };
    let short: Vec<_> = shortages.iter().map(|short| (&*short.name, short.available)).collect();
    assert_eq!(short, [("Pâine", 2), ("Gem", 0)]);
    assert_eq!(error.code().name, "STOCK_001");
    assert_eq!(shop.any_order(&order.id).await, Ok(order));
    assert_eq!([shop.stock_of(&bread).await, shop.stock_of(&cake).await], [2, 1]);
}

#[tokio::test]
async fn a_form_that_is_older_than_the_order_is_told_so() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let order = confirmed(&shop, &[(&bread, 2)]).await;
    let stale = Err(AppError::Conflict { conflict: Conflict::Stale });
    let first = shop.change_items(&order.id, &form(&order, &[(&bread, "3")]), ina()).await.unwrap();
    assert_eq!(shop.change_items(&order.id, &form(&order, &[(&bread, "4")]), ina()).await, stale);
    // A note is no change of the order.
    shop.add_note(&order.id, "sună înainte", "ina").await.unwrap();
    let second = shop.change_items(&order.id, &form(&first, &[(&bread, "4")]), ina()).await.unwrap();
    // A step is.
    shop.change_status(&order.id, Processing, ina(), None).await.unwrap();
    assert_eq!(shop.change_items(&order.id, &form(&second, &[(&bread, "1")]), ina()).await, stale);
    assert_eq!(shop.stock_of(&bread).await, 6);
}

#[tokio::test]
async fn only_what_is_confirmed_or_being_prepared_can_be_changed() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let pending = shop.pending(&[(&bread, 2)], &phone()).await;
    let mut late = confirmed(&shop, &[(&bread, 2)]).await;
    for step in [Processing, Ready] {
        late = shop.change_status(&late.id, step, ina(), None).await.unwrap();
    }
    let refused = Err(AppError::Conflict { conflict: Conflict::NotEditable });
    for order in [pending, late] {
        assert_eq!(shop.change_items(&order.id, &form(&order, &[(&bread, "3")]), ina()).await, refused);
    }
    assert_eq!(shop.stock_of(&bread).await, 46);
}

#[tokio::test]
async fn one_line_stays_and_strange_lines_are_refused() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 50).await, shop.product("Cozonac", 4500, 5).await);
    let order = confirmed(&shop, &[(&bread, 2)]).await;
    let wrong = |result: Result<Order, AppError>| match result {
        Err(AppError::Fields { errors }) => errors.0,
        other => panic!("{other:?}"),
    };
    let none = shop.change_items(&order.id, &form(&order, &[(&bread, "0")]), ina()).await;
    assert_eq!(wrong(none)["quantities"], [FieldError::Required]);
    let strange = shop.change_items(&order.id, &form(&order, &[(&cake, "1")]), ina()).await;
    assert_eq!(wrong(strange)["quantities"], [FieldError::Choice]);
    let many = shop.change_items(&order.id, &adding(&order, &bread, "998"), ina()).await;
    assert!(wrong(many).contains_key("add_quantity"));
    let same = shop.change_items(&order.id, &form(&order, &[(&bread, "2")]), ina()).await;
    assert_eq!(same, Ok(order), "the same is no change");
}

/// Admins and customers at two instances, all at the same moment: what adds up before adds up after.
#[tokio::test(flavor = "multi_thread")]
async fn edits_and_checkouts_at_once_never_oversell() {
    let shop = TestShop::open().await;
    let instances = [shop.instance(), shop.second_instance().await];
    let (bread, cake) = (shop.product("Pâine", 1250, 20).await, shop.product("Cozonac", 4500, 12).await);
    let mut orders = Vec::new();
    for _ in 0..4 {
        orders.push(confirmed(&shop, &[(&bread, 1), (&cake, 1)]).await);
    }
    let mut carts = Vec::new();
    for _ in 0..6 {
        carts.push(shop.cart_with(&[(&cake, 1), (&bread, 2)]).await);
    }
    let edits: Vec<(usize, ItemsForm)> = (0..4)
        .flat_map(|number| {
            let order = &orders[number];
            [
                (number, form(order, &[(&bread, "6"), (&cake, "3")])),
                (number, form(order, &[(&bread, "4"), (&cake, "0")])),
            ]
        })
        .collect();
    let outcomes = at_once(edits.len() + carts.len(), |number| {
        let shop: Shop = instances[number % 2].clone();
        let edit = edits.get(number).map(|(order, form)| (orders[*order].id.clone(), form.clone()));
        let cart = number.checked_sub(edits.len()).map(|place| request(&carts[place], &phone()));
        async move {
            match (edit, cart) {
                (Some((order, form)), _) => shop.change_items(&order, &form, ina()).await.map(drop),
                (None, Some(cart)) => shop.place_order(cart).await.map(drop),
                (None, None) => Ok(()),
            }
        }
    });
    let outcomes = outcomes.await;
    for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(["STOCK_001", "CONFLICT_001"].contains(&error.code().name), "{error:?}");
    }
    for pair in outcomes[..edits.len()].chunks(2) {
        assert!(pair.iter().filter(|outcome| outcome.is_ok()).count() <= 1, "one of two forms is stale");
    }
    let mut held: BTreeMap<String, u32> = BTreeMap::new();
    let all = shop.all_orders(&Default::default(), vatra::model::page::Paging::new(1, 100)).await.unwrap();
    for order in &all.items {
        let sum = order.items.iter().map(|line| line.total_price.bani()).sum::<i64>();
        assert_eq!(order.total.bani(), sum, "{order:?}");
        for line in &order.items {
            *held.entry(line.product_name.clone()).or_default() += line.quantity.get();
        }
    }
    assert_eq!(shop.stock_of(&bread).await + held["Pâine"], 20);
    assert_eq!(shop.stock_of(&cake).await + held["Cozonac"], 12);
}

#[tokio::test]
async fn notes_say_who_and_when_and_reach_no_customer() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let order = confirmed(&shop, &[(&bread, 1)]).await;
    shop.add_note(&order.id, " Plătește cu cardul.\r\nE grăbit. ", "ina").await.unwrap();
    shop.add_note(&order.id, "A sunat.", "dan").await.unwrap();
    let desk = shop.desk_order(&order.id, Locale::Ro).await.unwrap();
    let notes: Vec<_> = desk.notes.iter().map(|(_, note)| (&*note.by, &*note.text)).collect();
    assert_eq!(notes, [("ina", "Plătește cu cardul.\nE grăbit."), ("dan", "A sunat.")]);
    assert!(matches!(&desk.events[0].what, Happening::Note(note) if note.by == "dan"));
    let seen = serde_json::to_string(&shop.any_order(&order.id).await.unwrap()).unwrap();
    assert!(!seen.contains("cardul"), "{seen}");

    let wrong = |error| AppError::field("note", error);
    assert_eq!(shop.add_note(&order.id, " ", "ina").await, Err(wrong(FieldError::Required)));
    let long = "x".repeat(1001);
    assert_eq!(shop.add_note(&order.id, &long, "ina").await, Err(wrong(FieldError::TooLong { max: 1000 })));
    for _ in 2..Note::MOST {
        shop.add_note(&order.id, "încă una", "ina").await.unwrap();
    }
    let full = Err(wrong(FieldError::TooMany { max: Note::MOST }));
    assert_eq!(shop.add_note(&order.id, "prea mult", "ina").await, full);
}
