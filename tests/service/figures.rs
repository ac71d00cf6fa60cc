//! Figures against sets that were added up by hand.

use crate::harness::{TestShop, at_once, phone};
use futures::TryStreamExt;
use mongodb::bson::{DateTime, Document, doc, oid::ObjectId};
use vatra::{
    model::{
        day::Day,
        error::AppError,
        figures::{Figures, Step},
        locale::Locale::Ro,
        order::Order,
        phone::Phone,
        product::Product,
        session::Customer,
        status::OrderStatus::{self, Cancelled, Completed, Confirmed, Pending, Processing, Ready},
    },
    server::service::figures::{FiguresRequest, Sellers},
};

fn at(moment: &str) -> DateTime {
    DateTime::parse_rfc3339_str(moment).expect("a moment")
}

fn id(order: &Order) -> Document {
    doc! { "_id": ObjectId::parse_str(order.id.as_str()).unwrap() }
}

/// An order of so many loaves at 12.50 lei, placed at a moment, that has come so far.
async fn order(
    shop: &TestShop,
    bread: &Product,
    phone: &str,
    placed: &str,
    loaves: i64,
    status: OrderStatus,
) -> Order {
    let order = shop.pending(&[(bread, loaves)], phone).await;
    shop.set("orders", id(&order), doc! { "created_at": at(placed), "status": status.name() }).await;
    order
}

async fn figures(shop: &TestShop, from: &str, to: &str, step: Step) -> Figures {
    let request = FiguresRequest {
        range: Some("own".into()),
        from: Some(from.into()),
        to: Some(to.into()),
        step: Some(step.name().into()),
    };
    shop.figures(&request, Sellers::All, Ro).await.expect("figures")
}

/// Orders and revenue of each step.
fn steps(figures: &Figures) -> Vec<(i64, i64)> {
    figures.buckets.iter().map(|bucket| (bucket.totals.orders, bucket.totals.revenue)).collect()
}

async fn open() -> (TestShop, Product) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 900).await;
    (shop, bread)
}

/// Sums as they are kept, without when they were made.
async fn kept(shop: &TestShop) -> Vec<Document> {
    let sums = shop.raw("daily_figures");
    let found = sums.find(doc! { "_id": { "$ne": "state" } }).sort(doc! { "_id": 1 });
    let mut days: Vec<Document> = found.await.unwrap().try_collect().await.unwrap();
    for day in &mut days {
        day.remove("as_of");
        let products = day.get_array_mut("products").unwrap();
        products.sort_by_key(ToString::to_string);
    }
    days
}

/// The same sums made anew from all orders.
async fn anew(shop: &TestShop) -> Vec<Document> {
    shop.raw("daily_figures").delete_many(doc! {}).await.unwrap();
    shop.store.figures.catch_up().await.unwrap();
    kept(shop).await
}

#[tokio::test]
async fn a_day_begins_and_ends_at_the_shops_midnight_also_when_the_clocks_change() {
    let (shop, bread) = open().await;
    let place = async |placed, loaves| {
        order(&shop, &bread, &phone(), placed, loaves, Confirmed).await;
    };
    // The night of 25 October 2026 has 25 hours: 23:59 and 00:01 in summer time, 23:59 and 00:01 in winter time.
    place("2026-10-24T20:59:00Z", 1).await;
    place("2026-10-24T21:01:00Z", 2).await;
    place("2026-10-25T21:59:00Z", 4).await;
    place("2026-10-25T22:01:00Z", 8).await;
    let days = figures(&shop, "2026-10-24", "2026-10-26", Step::Day).await;
    assert_eq!(steps(&days), [(1, 1250), (2, 7500), (1, 10_000)]);
    // 25 October 2026 is a Sunday.
    let weeks = figures(&shop, "2026-10-24", "2026-10-26", Step::Week).await;
    assert_eq!(steps(&weeks), [(3, 8750), (1, 10_000)]);

    // 29 March 2026 has 23 hours.
    place("2026-03-28T21:59:00Z", 1).await;
    place("2026-03-28T22:01:00Z", 2).await;
    place("2026-03-29T20:59:00Z", 4).await;
    place("2026-03-29T21:01:00Z", 8).await;
    let days = figures(&shop, "2026-03-28", "2026-03-30", Step::Day).await;
    assert_eq!(steps(&days), [(1, 1250), (2, 7500), (1, 10_000)]);
    let months = figures(&shop, "2026-03-01", "2026-10-31", Step::Month).await;
    assert_eq!(steps(&months), [(4, 18_750), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (4, 18_750)]);
}

#[tokio::test]
async fn what_counts_is_what_was_verified_and_not_given_up() {
    let (shop, bread) = open().await;
    let moment = "2026-05-05T10:00:00Z";
    for (loaves, status) in
        [(1, Confirmed), (2, Processing), (3, Ready), (4, Completed), (5, Pending), (6, Cancelled)]
    {
        order(&shop, &bread, &phone(), moment, loaves, status).await;
    }
    let found = figures(&shop, "2026-05-05", "2026-05-05", Step::Day).await;
    assert_eq!((found.now.orders, found.now.revenue), (4, 12_500));
    assert_eq!((found.now.cancelled, found.now.lost), (1, 7500));
    assert_eq!(found.now.average(), Some(3125));
    assert_eq!(found.sellers.len(), 1);
    assert_eq!((found.sellers[0].pieces, found.sellers[0].revenue), (10, 12_500));
}

#[tokio::test]
async fn a_range_stands_beside_as_many_days_before_it() {
    let (shop, bread) = open().await;
    for (placed, loaves) in [
        ("2026-06-01T10:00:00Z", 1),
        ("2026-06-03T10:00:00Z", 2),
        ("2026-06-04T10:00:00Z", 4),
        ("2026-06-06T10:00:00Z", 8),
        ("2026-06-07T10:00:00Z", 16),
    ] {
        order(&shop, &bread, &phone(), placed, loaves, Completed).await;
    }
    let found = figures(&shop, "2026-06-04", "2026-06-06", Step::Day).await;
    assert_eq!((found.now.orders, found.now.revenue), (2, 15_000));
    assert_eq!((found.before.orders, found.before.revenue), (2, 3750));
}

#[tokio::test]
async fn who_ordered_before_comes_back() {
    let (shop, bread) = open().await;
    let (ana, ion) = (phone(), phone());
    let first = order(&shop, &bread, &ana, "2026-07-01T10:00:00Z", 1, Completed).await;
    order(&shop, &bread, &ana, "2026-07-01T11:00:00Z", 1, Completed).await;
    order(&shop, &bread, &ana, "2026-07-08T10:00:00Z", 1, Completed).await;
    order(&shop, &bread, &ion, "2026-07-02T10:00:00Z", 1, Cancelled).await;
    order(&shop, &bread, &ion, "2026-07-08T12:00:00Z", 1, Confirmed).await;
    let newcomers = async || {
        let found = figures(&shop, "2026-07-01", "2026-07-08", Step::Day).await;
        let days: Vec<(i64, i64)> =
            found.buckets.iter().map(|bucket| (bucket.totals.known, bucket.totals.newcomers)).collect();
        [days[0], days[1], days[7]]
    };
    // Ion's cancelled order was none.
    assert_eq!(newcomers().await, [(2, 1), (0, 0), (2, 1)]);
    let whole = figures(&shop, "2026-07-01", "2026-07-08", Step::Day).await;
    assert_eq!(whole.now.returning(), Some(500));

    // Both of Ana's orders of the first day are cancelled: the third becomes her first.
    shop.raw("orders")
        .update_many(
            doc! { "customer_phone": &ana },
            doc! { "$set": { "updated_at": at("2020-01-01T00:00:00Z") } },
        )
        .await
        .unwrap();
    shop.store.figures.catch_up().await.unwrap();
    let change = doc! { "status": "cancelled", "updated_at": DateTime::now() };
    shop.set("orders", id(&first), change.clone()).await;
    assert_eq!(newcomers().await, [(1, 1), (0, 0), (2, 1)]);
    shop.set("orders", doc! { "created_at": at("2026-07-01T11:00:00Z") }, change).await;
    assert_eq!(newcomers().await, [(0, 0), (0, 0), (2, 2)]);
    // And the first counts again.
    shop.set("orders", id(&first), doc! { "status": "ready", "updated_at": DateTime::now() }).await;
    assert_eq!(newcomers().await, [(1, 1), (0, 0), (2, 1)]);
    assert_eq!(kept(&shop).await, anew(&shop).await);
}

/// The sums of a shop in which things happen are those that all its orders give.
#[tokio::test]
async fn sums_that_were_kept_up_to_date_are_those_made_anew() {
    let (shop, bread) = open().await;
    let second = shop.second_instance().await;
    let honey = shop.product("Miere", 3000, 900).await;
    let phones = [phone(), phone(), phone()];
    let mut orders = Vec::new();
    for number in 0..18_usize {
        let product = if number % 3 == 0 { &honey } else { &bread };
        let placed = format!("2026-08-{:02}T{:02}:30:00Z", 1 + (number * 7) % 9, (number * 5) % 24);
        orders.push(order(&shop, product, &phones[number % 3], &placed, 1, Confirmed).await);
    }
    shop.store.figures.catch_up().await.unwrap();
    let old = doc! { "$set": { "updated_at": at("2020-01-01T00:00:00Z") } };
    let statuses = ["cancelled", "completed", "ready", "confirmed", "pending"];
    for round in 0..30_usize {
        // What changed before was summed up long ago.
        shop.raw("orders").update_many(doc! {}, old.clone()).await.unwrap();
        let order = &orders[(round * 11) % orders.len()];
        let change = doc! { "status": statuses[(round * 7) % 5], "updated_at": DateTime::now() };
        shop.set("orders", id(order), change).await;
        let instance = if round % 2 == 0 { &*shop } else { &second };
        let summed = instance.store.figures.catch_up().await.unwrap();
        assert!(summed <= 3, "only what has changed: {summed} days");
        if round % 10 == 9 {
            let kept = kept(&shop).await;
            assert_eq!(kept, anew(&shop).await, "round {round}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_made_at_the_same_time_are_right() {
    let (shop, bread) = open().await;
    let second = shop.second_instance().await;
    let mut orders = Vec::new();
    for number in 0..6 {
        orders.push(
            order(&shop, &bread, &phone(), &format!("2026-09-0{}T10:00:00Z", 1 + number % 2), 1, Confirmed)
                .await,
        );
    }
    let ids: Vec<Document> = orders.iter().map(id).collect();
    let work = at_once(12, |number| {
        let (shop, second, ids) = (shop.instance(), second.clone(), ids.clone());
        async move {
            if number < 6 {
                let change = doc! { "$set": { "status": "cancelled", "updated_at": DateTime::now() } };
                let orders = shop.store.database().collection::<Document>("orders");
                orders.update_one(ids[number].clone(), change).await.unwrap();
                Ok(0)
            } else {
                let instance = if number % 2 == 0 { shop } else { second };
                instance.store.figures.catch_up().await
            }
        }
    });
    assert!(work.await.iter().all(Result::is_ok));
    let found = figures(&shop, "2026-09-01", "2026-09-02", Step::Day).await;
    assert_eq!((found.now.orders, found.now.cancelled), (0, 6));
    assert_eq!(kept(&shop).await, anew(&shop).await);
}

#[tokio::test]
async fn who_was_forgotten_is_neither_new_nor_back() {
    let (shop, bread) = open().await;
    let ana = phone();
    order(&shop, &bread, &ana, "2026-07-01T10:00:00Z", 1, Completed).await;
    order(&shop, &bread, &ana, "2026-07-02T10:00:00Z", 1, Completed).await;
    let before = figures(&shop, "2026-07-01", "2026-07-02", Step::Day).await.now;
    assert_eq!((before.orders, before.known, before.newcomers), (2, 2, 1));
    let customer = Customer { phone: Phone::from_e164(&ana).unwrap(), name: "Ana".into() };
    shop.forget(&customer, None).await.unwrap();
    let after = figures(&shop, "2026-07-01", "2026-07-02", Step::Day).await.now;
    assert_eq!((after.orders, after.revenue), (before.orders, before.revenue));
    assert_eq!((after.known, after.newcomers, after.returning()), (0, 0, None));
    let kept = format!("{:?}", kept(&shop).await);
    assert!(!kept.contains(&ana), "no number is in the sums");
}

#[tokio::test]
async fn a_range_without_orders_is_all_zeros() {
    let (shop, _) = open().await;
    let found = figures(&shop, "2020-01-01", "2020-01-31", Step::Week).await;
    assert_eq!(found.buckets.len(), 5);
    assert_eq!((found.now, found.before), Default::default());
    assert_eq!((found.now.average(), found.sellers.len()), (None, 0));
    let last = figures(&shop, "9999-12-30", "9999-12-31", Step::Day).await;
    assert_eq!(steps(&last), [(0, 0), (0, 0)]);
    let first = figures(&shop, "1970-01-01", "1970-01-02", Step::Day).await;
    assert_eq!(first.buckets[0].from, Day::parse("1970-01-01").unwrap());
}

#[tokio::test]
async fn a_range_that_is_none_is_refused() {
    let (shop, _) = open().await;
    for (range, from, to, step) in [
        ("ever", "", "", ""),
        ("own", "2026-13-01", "", ""),
        ("own", "2020-01-01", "2026-01-01", ""),
        ("7", "", "", "hour"),
    ] {
        let text = |text: &str| Some(text.to_owned());
        let request = FiguresRequest { range: text(range), from: text(from), to: text(to), step: text(step) };
        let refused = shop.figures(&request, Sellers::Best, Ro).await;
        assert!(matches!(refused, Err(AppError::Fields { .. })), "{range} {from} {to} {step}");
    }
}

#[tokio::test]
async fn best_sellers_are_called_as_the_catalogue_calls_them_now() {
    let (shop, bread) = open().await;
    let honey = shop.product("Miere", 3000, 900).await;
    order(&shop, &bread, &phone(), "2026-07-01T10:00:00Z", 2, Completed).await;
    order(&shop, &honey, &phone(), "2026-07-02T10:00:00Z", 1, Completed).await;
    shop.set_product(&bread.id, doc! { "name": "Pâine cu maia" }).await;
    shop.delete_product(&honey.id).await.unwrap();
    let found = figures(&shop, "2026-07-01", "2026-07-31", Step::Month).await;
    let named: Vec<(&str, i64)> =
        found.sellers.iter().map(|seller| (seller.name.as_str(), seller.revenue)).collect();
    assert_eq!(named, [("Miere", 3000), ("Pâine cu maia", 2500)]);
}
