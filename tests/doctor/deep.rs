//! `vatra doctor --deep`: the data of real orders agree, and each kind of spoiled data is found, alone.

use super::{about, deep_findings};
use crate::harness::{TestShop, checkout_form, database_uri, key, phone};
use mongodb::bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use vatra::{
    model::{
        cancel_reason::CancelForm,
        order::{Actor, Order},
        order_items::ItemsForm,
        phone::Phone,
        phone_order::PhoneOrderForm,
        product::Product,
        session::Customer,
        status::OrderStatus,
        time::Timestamp,
    },
    server::{
        clock::now,
        doctor::Verdict,
        store::{
            deep::{self, Kind},
            migrations,
            progress::CUSTOMERS,
        },
    },
};

fn ina() -> Actor {
    Actor::Admin("ina".into())
}

/// A shop in which everything has happened that can happen to an order.
struct Scene {
    shop: TestShop,
    bread: Product,
    pending: Order,
    confirmed: Order,
    changed: Order,
}

impl Scene {
    async fn open() -> Scene {
        let shop = TestShop::open().await;
        let bread = shop.product("Pâine", 1250, 500).await;
        let cake = shop.product("Cozonac", 4500, 50).await;
        let both = [(&bread, 2), (&cake, 1)];
        let confirmed = shop.confirmed(&shop.cart_with(&both).await, &phone()).await.order;
        let changed = change_and_finish(&shop, &both).await;
        let given_up = shop.confirmed(&shop.cart_with(&both).await, &phone()).await.order;
        let why = CancelForm { reason: "asked".into(), tell: true, ..CancelForm::default() };
        shop.cancel_order(&given_up.id, &why, ina()).await.unwrap();
        by_phone(&shop, &bread).await;
        forgotten(&shop, &both).await;
        // Replaced by another order of the same cart, and not verified in time.
        let cart = shop.cart_with(&both).await;
        shop.place(&cart, &phone()).await;
        shop.place(&cart, &phone()).await;
        shop.cancel_overdue(now().plus_seconds(3600)).await.unwrap();
        let pending = shop.pending(&both, &phone()).await;
        let scene = Scene { shop, bread, pending, confirmed, changed };
        scene.settle().await;
        scene
    }

    /// The jobs have run, and long enough ago that everything is judged.
    async fn settle(&self) {
        let before = doc! { "$set": { "updated_at": date(now().plus_seconds(-3600)) } };
        self.shop.raw("orders").update_many(doc! {}, before).await.unwrap();
        self.shop.count_customers().await.unwrap();
        self.shop.store.progress.reach(CUSTOMERS, now()).await.unwrap();
        self.shop.store.figures.catch_up().await.unwrap();
    }

    async fn kinds(&self) -> Vec<(Kind, String)> {
        let name = self.shop.raw("orders").namespace().db;
        let looked = deep::look(database_uri().await, &name).await.unwrap();
        looked.faults.into_iter().map(|fault| (fault.kind, fault.which)).collect()
    }

    /// Spoils one document behind the back of the validators, and says what is found then.
    async fn spoiled(&self, collection: &str, filter: Document, change: Document) -> Vec<(Kind, String)> {
        let documents = self.shop.raw(collection);
        let before = documents.find_one(filter.clone()).await.unwrap().expect(collection);
        let id = doc! { "_id": before.get("_id").unwrap() };
        documents.update_one(filter, change).await.unwrap();
        let found = self.kinds().await;
        documents.replace_one(id, before).await.unwrap();
        found
    }

    fn order(&self, order: &Order) -> Document {
        doc! { "order_number": order.number.as_str() }
    }
}

fn date(moment: Timestamp) -> DateTime {
    DateTime::from_millis(moment.0)
}

/// Moved on, taken back, changed, finished.
async fn change_and_finish(shop: &TestShop, wanted: &[(&Product, i64)]) -> Order {
    let order = shop.confirmed(&shop.cart_with(wanted).await, &phone()).await.order;
    shop.change_status(&order.id, OrderStatus::Processing, ina(), None).await.unwrap();
    let mut order = shop.undo_step(&order.id, "ina").await.unwrap();
    for pieces in ["5", "1"] {
        let form = ItemsForm {
            version: order.updated_at.0.to_string(),
            quantities: [(wanted[0].0.id.to_string(), pieces.to_owned())].into(),
            ..ItemsForm::default()
        };
        order = shop.change_items(&order.id, &form, ina()).await.unwrap();
    }
    finish(shop, &order).await;
    order
}

async fn finish(shop: &TestShop, order: &Order) {
    for status in [OrderStatus::Processing, OrderStatus::Ready, OrderStatus::Completed] {
        shop.change_status(&order.id, status, ina(), None).await.unwrap();
    }
}

async fn by_phone(shop: &TestShop, product: &Product) {
    let form = PhoneOrderForm {
        checkout: checkout_form(&phone()),
        quantities: [(product.id.to_string(), "3".to_owned())].into(),
        delivery_fee: "15".into(),
        ..PhoneOrderForm::default()
    };
    shop.take_phone_order(&key(), &form, "ina").await.unwrap();
}

async fn forgotten(shop: &TestShop, wanted: &[(&Product, i64)]) {
    let number = phone();
    let order = shop.confirmed(&shop.cart_with(wanted).await, &number).await.order;
    finish(shop, &order).await;
    let customer = Customer { phone: Phone::from_e164(&number).unwrap(), name: "Ana Pop".into() };
    shop.forget(&customer, None).await.unwrap();
}

/// The database takes anything.
async fn without_validators(shop: &TestShop) {
    for (name, ..) in migrations::definitions() {
        let loose = doc! { "collMod": name, "validator": {} };
        shop.store.database().run_command(loose).await.unwrap();
    }
}

#[tokio::test]
async fn the_data_of_real_orders_agree() {
    let scene = Scene::open().await;
    assert_eq!(scene.kinds().await, []);
    let name = scene.shop.raw("orders").namespace().db;
    let folder = tempfile::tempdir().unwrap();
    let found = deep_findings(database_uri().await, &name, folder.path()).await;
    assert_eq!(about(&found, "data").verdict, Verdict::Good);
    assert!(about(&found, "data").found.starts_with("8 orders, 2 products"), "{}", about(&found, "data"));
}

#[tokio::test]
async fn each_kind_of_spoiled_data_is_found_alone() {
    let scene = Scene::open().await;
    without_validators(&scene.shop).await;
    let (pending, confirmed, changed) =
        (scene.order(&scene.pending), scene.order(&scene.confirmed), scene.order(&scene.changed));
    let bread = doc! { "slug": scene.bread.slug.as_str() };
    let code = doc! { "kind": "code" };
    let bought = doc! { "role": "customer", "orders": 1_i64 };
    let day = doc! { "orders": { "$gt": 0_i64 } };
    let set = |field: &str, value: Bson| doc! { "$set": { field: value } };
    let spoils: [(Kind, &str, &Document, Document); 14] = [
        (Kind::Unreadable, "orders", &confirmed, set("customer_name", 7.into())),
        (Kind::Unreadable, "products", &bread, set("sort_ro", Bson::Null)),
        (Kind::LineTotal, "orders", &confirmed, set("items.0.unit_price", 1_i64.into())),
        (Kind::Total, "orders", &confirmed, set("delivery_fee", 500_i64.into())),
        (Kind::Changes, "orders", &changed, set("desk.changes.0.total_to", 1_i64.into())),
        (Kind::History, "orders", &confirmed, set("history.0.status", "processing".into())),
        (Kind::Proof, "orders", &confirmed, doc! { "$unset": { "verified_at": "" } }),
        (Kind::Overdue, "orders", &pending, set("pending_until", date(Timestamp(0)).into())),
        (Kind::BelowZero, "products", &bread, set("stock_quantity", (-1_i64).into())),
        (Kind::Category, "products", &bread, set("category_id", ObjectId::new().into())),
        (Kind::Message, "messages", &code, set("order_id", ObjectId::new().into())),
        (
            Kind::Waiting,
            "messages",
            &code,
            doc! { "$set": { "state": "queued", "due_at": date(Timestamp(0)) } },
        ),
        (Kind::Customer, "users", &bought, set("spent", 1_i64.into())),
        (Kind::Day, "daily_figures", &day, set("revenue", 1_i64.into())),
    ];
    for (kind, collection, filter, change) in spoils {
        let found = scene.spoiled(collection, filter.clone(), change.clone()).await;
        assert!(matches!(&found[..], [(only, _)] if *only == kind), "{change}: {found:?}");
    }
    assert_eq!(scene.kinds().await, [], "all is as it was");
}

#[tokio::test]
async fn a_shelf_that_moved_without_an_order_is_found_both_ways() {
    let scene = Scene::open().await;
    let bread = doc! { "slug": scene.bread.slug.as_str() };
    let moved = |pieces: i64| doc! { "$inc": { "stock_quantity": -pieces, "taken": pieces } };
    let found = scene.spoiled("products", bread.clone(), moved(2)).await;
    assert_eq!(found, [(Kind::Stock, format!("{} (2 taken that no order holds)", scene.bread.slug))]);
    let found = scene.spoiled("products", bread.clone(), moved(-2)).await;
    assert_eq!(found, [(Kind::Stock, format!("{} (2 held that were not taken)", scene.bread.slug))]);
    // What the producer puts on the shelf is no order's.
    scene.shop.set_product(&scene.bread.id, doc! { "stock_quantity": 7_i64 }).await;
    assert_eq!(scene.kinds().await, []);
    // The remedy of the report.
    scene.shop.raw("products").update_one(bread, moved(2)).await.unwrap();
    migrations::run_again(scene.shop.store.database()).await.unwrap();
    assert_eq!(scene.kinds().await, []);
}

#[tokio::test]
async fn what_stands_twice_is_found_where_no_index_forbids_it() {
    let scene = Scene::open().await;
    let orders = scene.shop.raw("orders");
    for index in ["idempotency_key_1", "order_number_1"] {
        orders.drop_index(index).await.unwrap();
    }
    let other = scene.shop.order_document(&scene.confirmed.id).await;
    for field in ["idempotency_key", "order_number"] {
        let value = other.get(field).unwrap().clone();
        let change = doc! { "$set": { field: value } };
        let found = scene.spoiled("orders", scene.order(&scene.changed), change).await;
        assert!(matches!(&found[..], [(Kind::Twice, _)]), "{field}: {found:?}");
    }
}

#[tokio::test]
async fn an_order_that_is_lost_is_missed_by_all_that_tell_of_it() {
    let scene = Scene::open().await;
    scene.shop.raw("orders").delete_one(scene.order(&scene.confirmed)).await.unwrap();
    let mut kinds: Vec<Kind> = scene.kinds().await.into_iter().map(|(kind, _)| kind).collect();
    kinds.dedup();
    assert_eq!(kinds, [Kind::Stock, Kind::Message, Kind::Customer, Kind::Day]);
}
