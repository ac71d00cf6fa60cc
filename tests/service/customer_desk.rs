//! Customers as the producer finds them, reads of them and forgets them.

use crate::harness::{TestShop, checkout_form, phone};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        checkout::CheckoutForm,
        customer::{CustomerRow, CustomerSort},
        error::{AppError, Conflict, Missing},
        field::FieldError,
        ids::CustomerId,
        order::{Actor, Order},
        page::Paging,
        phone::Phone,
        product::Product,
        status::OrderStatus::{Cancelled, Completed, Processing, Ready},
    },
    server::{
        clock::now,
        store::{orders::NO_PHONE, users::customers::CustomerQuery},
    },
};

const PHONE: &str = "+40722123456";

/// An order of this name and number, confirmed.
async fn order(shop: &TestShop, bread: &Product, name: &str, phone: &str, pieces: i64) -> Order {
    let cart = shop.cart_with(&[(bread, pieces)]).await;
    let form = CheckoutForm { name: name.into(), ..checkout_form(phone) };
    let placed = shop.place_form(&cart, form).await.order;
    shop.confirm(phone, &placed.id, &shop.code_for(phone)).await.expect("confirmed").order
}

fn id(order: &Order) -> CustomerId {
    CustomerId::parse(order.id.as_str()).unwrap()
}

/// So many seconds from now, as the database keeps it.
fn from_now(seconds: i64) -> DateTime {
    DateTime::from_millis(now().plus_seconds(seconds).0)
}

async fn asked(shop: &TestShop, search: &str, sort: CustomerSort) -> Vec<CustomerRow> {
    let query = CustomerQuery { search: search.into(), sort };
    let page = shop.customers(&query, Paging::new(1, 25)).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64, "{search}");
    page.items
}

async fn found(shop: &TestShop, search: &str) -> Vec<String> {
    asked(shop, search, CustomerSort::Name).await.into_iter().map(|row| row.name).collect()
}

async fn sorted(shop: &TestShop, sort: CustomerSort) -> Vec<String> {
    asked(shop, "", sort).await.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn only_what_was_sold_counts() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let first = order(&shop, &bread, "Ana", PHONE, 1).await;
    let last = order(&shop, &bread, "Ana Pop", PHONE, 2).await;
    let cancelled = order(&shop, &bread, "Ana Pop", PHONE, 4).await;
    shop.change_status(&cancelled.id, Cancelled, Actor::Shop, None).await.unwrap();
    shop.pending(&[(&bread, 8)], PHONE).await;
    let rows = asked(&shop, "", CustomerSort::Recent).await;
    assert_eq!(rows.len(), 1);
    let figures = rows[0].figures;
    assert_eq!((figures.orders, figures.spent.bani(), figures.cancelled), (2, 3000, 1));
    assert_eq!((figures.first, figures.last), (Some(first.placed), Some(last.placed)));
    assert_eq!((rows[0].name.as_str(), rows[0].phone.as_str()), ("Ana Pop", PHONE));
}

#[tokio::test]
async fn an_order_that_waits_makes_no_customer_yet_but_has_a_page() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let waiting = shop.pending(&[(&bread, 1)], PHONE).await;
    assert!(asked(&shop, "", CustomerSort::Recent).await.is_empty());
    let file = shop.customer_file(&id(&waiting), Paging::new(1, 10)).await.unwrap();
    assert!(file.memory.is_none());
    assert_eq!((file.phone.as_str(), file.orders.total, file.figures.orders), (PHONE, 1, 0));
}

#[tokio::test]
async fn names_are_found_without_case_and_diacritics_and_numbers_by_their_digits() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    order(&shop, &bread, "Ștefan Țăran", "+40722123456", 1).await;
    order(&shop, &bread, "Ana-Maria Pop", "+40733999888", 1).await;
    for search in ["stefan", "ȘTEFAN", "taran", "țăran ștef", " Stef ", "0722 123 456", "+40722123", "456"]
    {
        assert_eq!(found(&shop, search).await, ["Ștefan Țăran"], "{search}");
    }
    for search in ["maria", "pop ana", "999888", "Pop 888"] {
        assert_eq!(found(&shop, search).await, ["Ana-Maria Pop"], "{search}");
    }
    assert_eq!(found(&shop, "").await.len(), 2);
    for search in ["efan", "ana stefan", "Ana 456", "07", "+", "***", "$where", "12345678"] {
        assert!(found(&shop, search).await.is_empty(), "{search}");
    }
}

#[tokio::test]
async fn lists_are_sorted_by_what_was_counted() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let often = phone();
    for _ in 0..3 {
        order(&shop, &bread, "Maria", &often, 1).await;
    }
    order(&shop, &bread, "Ana", &phone(), 9).await;
    order(&shop, &bread, "Ștefan", &phone(), 2).await;
    assert_eq!(shop.count_customers().await, Ok(3));
    assert_eq!(sorted(&shop, CustomerSort::Name).await, ["Ana", "Maria", "Ștefan"]);
    assert_eq!(sorted(&shop, CustomerSort::Recent).await, ["Ștefan", "Ana", "Maria"]);
    assert_eq!(sorted(&shop, CustomerSort::Orders).await[0], "Maria");
    assert_eq!(sorted(&shop, CustomerSort::Spent).await, ["Ana", "Maria", "Ștefan"]);
}

#[tokio::test]
async fn what_changes_later_is_counted_the_next_time() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let big = order(&shop, &bread, "Ana", &phone(), 9).await;
    order(&shop, &bread, "Maria", &phone(), 2).await;
    shop.count_customers().await.unwrap();
    assert_eq!(sorted(&shop, CustomerSort::Spent).await, ["Ana", "Maria"]);
    shop.change_status(&big.id, Cancelled, Actor::Shop, None).await.unwrap();
    shop.second_instance().await.count_customers().await.unwrap();
    assert_eq!(sorted(&shop, CustomerSort::Spent).await, ["Maria", "Ana"]);
    let rows = asked(&shop, "ana", CustomerSort::Spent).await;
    assert_eq!((rows[0].figures.orders, rows[0].figures.spent.bani()), (0, 0));
}

#[tokio::test]
async fn who_orders_by_phone_is_remembered_too_and_who_was_long_ago_is_not() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    order(&shop, &bread, "Vasile", PHONE, 1).await;
    let long_ago = phone();
    let old = order(&shop, &bread, "Demult", &long_ago, 1).await;
    let then = from_now(-4 * 365 * 24 * 3600);
    let filter = doc! { "order_number": old.number.as_str() };
    shop.set("orders", filter, doc! { "created_at": then }).await;
    // As after an order that an admin typed in: there is no record.
    shop.raw("users").delete_many(doc! { "role": "customer" }).await.unwrap();
    shop.count_customers().await.unwrap();
    assert_eq!(found(&shop, "").await, ["Vasile"]);
    let rows = asked(&shop, "vasile", CustomerSort::Recent).await;
    let file = shop.customer_file(&rows[0].id, Paging::new(1, 10)).await.unwrap();
    assert!(file.memory.is_some());
    assert_eq!(file.figures.orders, 1);
}

#[tokio::test]
async fn every_customer_is_on_one_page() {
    let shop = TestShop::open().await;
    let at = from_now(0);
    let people: Vec<_> = (0..60)
        .map(|number| {
            doc! {
                "role": "customer", "phone_number": format!("+4072200{number:04}"), "name": "Ana",
                "sort_name": "ana", "search_words": ["ana"], "orders": 1_i64, "spent": 100_i64,
                "last_order_at": at, "created_at": at, "updated_at": at,
                "expires_at": from_now(3600),
            }
        })
        .collect();
    shop.raw("users").insert_many(people).await.unwrap();
    for sort in CustomerSort::ALL {
        let query = CustomerQuery { search: "ana".into(), sort };
        let mut seen = std::collections::HashSet::new();
        for page in 1..=3 {
            let page = shop.customers(&query, Paging::new(page, 25)).await.unwrap();
            assert_eq!((page.total, page.last()), (60, 3));
            seen.extend(page.items.into_iter().map(|row| row.phone));
        }
        assert_eq!(seen.len(), 60, "{sort:?}: equal customers have one order");
    }
}

#[tokio::test]
async fn the_record_and_any_order_lead_to_the_same_customer() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let order = order(&shop, &bread, "Ana", PHONE, 1).await;
    let row = asked(&shop, "", CustomerSort::Recent).await.remove(0);
    assert_ne!(row.id, id(&order));
    let by_record = shop.customer_file(&row.id, Paging::new(1, 10)).await.unwrap();
    let by_order = shop.customer_file(&id(&order), Paging::new(1, 10)).await.unwrap();
    assert_eq!(by_record.orders, by_order.orders);
    assert_eq!((by_record.phone, by_record.memory), (by_order.phone, by_order.memory));
    let nobody = CustomerId::parse("507f1f77bcf86cd799439011").unwrap();
    let missing = Err(AppError::missing(Missing::Customer));
    assert_eq!(shop.customer_file(&nobody, Paging::new(1, 10)).await, missing);
    shop.create_admin("ina", "coptorul cu lemne").await.unwrap();
    let admin = shop.store.users.admin("ina").await.unwrap().unwrap();
    let admin = CustomerId::parse(admin.id.as_str()).unwrap();
    assert_eq!(shop.customer_file(&admin, Paging::new(1, 10)).await, missing, "an admin is no customer");
}

#[tokio::test]
async fn notes_say_who_and_when_and_can_be_taken_back() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let order = order(&shop, &bread, "Ana", PHONE, 1).await;
    let customer = id(&order);
    shop.add_note_on(&customer, "Vrea pâinea bine coaptă.", "ina").await.unwrap();
    shop.add_note_on(&customer, "  Sună la poartă.\r\nDe două ori. ", "ion").await.unwrap();
    let notes = async || {
        let file = shop.customer_file(&customer, Paging::new(1, 10)).await.unwrap();
        file.memory.unwrap().notes
    };
    let both = notes().await;
    let told: Vec<_> = both.iter().map(|note| (note.text.as_str(), note.by.as_str())).collect();
    assert_eq!(told, [("Sună la poartă.\nDe două ori.", "ion"), ("Vrea pâinea bine coaptă.", "ina")]);
    shop.remove_note(&customer, &both[0].id).await.unwrap();
    assert_eq!(notes().await, both[1..]);
    for (text, error) in [("  ", FieldError::Required), ("a\u{202e}b", FieldError::Characters)] {
        assert_eq!(shop.add_note_on(&customer, text, "ina").await, Err(AppError::field("note", error)));
    }
    for _ in 1..100 {
        shop.add_note_on(&customer, "x", "ina").await.unwrap();
    }
    let full = Err(AppError::field("note", FieldError::Range { min: 0, max: 100 }));
    assert_eq!(shop.add_note_on(&customer, "x", "ina").await, full, "none is lost for a new one");
    assert_eq!(notes().await.len(), 100);
}

#[tokio::test]
async fn a_new_order_keeps_the_notes() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let first = order(&shop, &bread, "Ana", PHONE, 1).await;
    shop.add_note_on(&id(&first), "Fără semințe.", "ina").await.unwrap();
    let second = order(&shop, &bread, "Ana Pop", PHONE, 1).await;
    let file = shop.customer_file(&id(&second), Paging::new(1, 10)).await.unwrap();
    assert_eq!((file.name.as_str(), file.memory.unwrap().notes.len()), ("Ana Pop", 1));
    assert_eq!(found(&shop, "pop").await, ["Ana Pop"], "the words of the last name");
}

#[tokio::test]
async fn who_is_forgotten_is_on_no_list_and_leaves_a_hash_when_blocked() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let done = order(&shop, &bread, "Zamfira Tainica", PHONE, 1).await;
    for status in [Processing, Ready, Completed] {
        shop.change_status(&done.id, status, Actor::Shop, None).await.unwrap();
    }
    let customer = id(&done);
    shop.add_note_on(&customer, "Zamfira Tainica nu a venit.", "ina").await.unwrap();
    shop.block_customer(&customer, "Zamfira Tainica glumește", "ina").await.unwrap();
    shop.count_customers().await.unwrap();
    let erasure = shop.erasure(&customer).await.unwrap();
    assert!(erasure.blocked && erasure.kept.open.is_empty() && erasure.kept.orders == 1);
    shop.forget_customer(&customer, Actor::Admin("ina".into())).await.unwrap();

    shop.count_customers().await.unwrap();
    assert!(found(&shop, "").await.is_empty());
    for collection in ["orders", "users", "blocks", "progress"] {
        use futures::TryStreamExt;
        let all: Vec<mongodb::bson::Document> =
            shop.raw(collection).find(doc! {}).await.unwrap().try_collect().await.unwrap();
        let text = format!("{all:?}");
        for secret in ["Zamfira", "Tainica", "722123456"] {
            assert!(!text.contains(secret), "{secret} in {collection}: {text}");
        }
    }
    let block = shop.raw("blocks").find_one(doc! {}).await.unwrap().expect("still blocked");
    assert_eq!(block.keys().map(String::as_str).collect::<Vec<_>>(), ["_id", "at"]);
    let missing = Err(AppError::missing(Missing::Customer));
    assert_eq!(shop.customer_file(&customer, Paging::new(1, 10)).await, missing, "{NO_PHONE} is nobody");
    let blocked = shop.blocked_numbers(Paging::new(1, 10)).await.unwrap();
    assert!(blocked.items[0].customer.is_none() && blocked.items[0].block.reason.is_none());
    shop.unblock_number("0722 123 456").await.unwrap();
    assert_eq!(shop.count("blocks").await, 0);
}

#[tokio::test]
async fn an_open_order_stands_in_the_way_of_the_producer_too() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    let open = order(&shop, &bread, "Ana", PHONE, 1).await;
    shop.add_note_on(&id(&open), "Rămâne.", "ina").await.unwrap();
    let kept = shop.erasure(&id(&open)).await.unwrap().kept;
    assert_eq!(kept.open, [(open.id.clone(), open.number.clone())]);
    let refused = shop.forget_customer(&id(&open), Actor::Admin("ina".into())).await;
    assert_eq!(refused, Err(AppError::Conflict { conflict: Conflict::OpenOrders }));
    let file = shop.customer_file(&id(&open), Paging::new(1, 10)).await.unwrap();
    assert_eq!(file.memory.unwrap().notes.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_forgotten_while_orders_are_counted_does_not_come_back() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1000, 900).await;
    for _ in 0..8 {
        let mine = phone();
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let done = shop.confirmed(&cart, &mine).await.order;
        for status in [Processing, Ready, Completed] {
            shop.change_status(&done.id, status, Actor::Shop, None).await.unwrap();
        }
        // Nobody remembers this one, so counting would make a record.
        shop.raw("users").delete_many(doc! { "role": "customer" }).await.unwrap();
        let (counting, forgetting) = (shop.instance(), shop.instance());
        let customer = id(&done);
        let counted = tokio::spawn(async move { counting.count_customers().await });
        let forgotten = tokio::spawn(async move { forgetting.forget_customer(&customer, Actor::Shop).await });
        counted.await.unwrap().unwrap();
        forgotten.await.unwrap().unwrap();
        let phone = Phone::from_e164(&mine).unwrap();
        assert_eq!(shop.store.users.customer(&phone).await.unwrap(), None);
    }
}
