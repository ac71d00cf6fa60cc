use crate::harness::{TestShop, checkout_form};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        checkout::{CheckoutForm, Delivery},
        order::Order,
        page::Paging,
        status::OrderStatus,
        time::Timestamp,
    },
    server::store::orders::OrderFilter,
};

/// An order by somebody of this name and number.
async fn order(shop: &TestShop, name: &str, phone: &str) -> Order {
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    shop.place_form(&cart, CheckoutForm { name: name.into(), ..checkout_form(phone) }).await.order
}

async fn found(shop: &TestShop, filter: OrderFilter) -> Vec<String> {
    let page = shop.all_orders(&filter, Paging::new(1, 50)).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64);
    page.items.into_iter().map(|order| order.customer_name).collect()
}

async fn searched(shop: &TestShop, text: &str) -> Vec<String> {
    found(shop, OrderFilter { search: Some(text.into()), ..OrderFilter::default() }).await
}

#[tokio::test]
async fn an_order_comes_back_as_it_was_placed() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let form = CheckoutForm {
        delivery_type: "delivery".into(),
        street: "Str. Morii 3".into(),
        city: "Cluj".into(),
        postal_code: "400001".into(),
        address_notes: "poarta verde".into(),
        preferred_time: "după 18".into(),
        special_instructions: "fără sare\nmulțumesc".into(),
        ..checkout_form("0722 123 456")
    };
    let placed = shop.place_form(&cart, form).await.order;
    let Delivery::Delivery(address) = &placed.delivery else { panic!("{:?}", placed.delivery) };
    assert_eq!((address.street.as_str(), address.notes.as_deref()), ("Str. Morii 3", Some("poarta verde")));
    assert_eq!(placed.customer_phone.as_str(), "+40722123456");
    assert_eq!(placed.special_instructions.as_deref(), Some("fără sare\nmulțumesc"));
    assert_eq!(shop.any_order(&placed.id).await.unwrap(), placed);
}

#[tokio::test]
async fn the_newest_stand_first_and_pages_show_each_once() {
    let shop = TestShop::open().await;
    for number in 0..5 {
        order(&shop, &format!("Client {number}"), &format!("072212345{number}")).await;
    }
    let mut seen = Vec::new();
    for number in 1..=3 {
        let page = shop.all_orders(&OrderFilter::default(), Paging::new(number, 2)).await.unwrap();
        assert_eq!((page.total, page.last()), (5, 3));
        seen.extend(page.items.into_iter().map(|order| order.customer_name));
    }
    assert_eq!(seen, ["Client 4", "Client 3", "Client 2", "Client 1", "Client 0"]);
}

#[tokio::test]
async fn orders_are_found_by_name_phone_and_number() {
    let shop = TestShop::open().await;
    let ana = order(&shop, "Ana Pop", "0722 111 222").await;
    order(&shop, "Ion (vecin)", "0733 444 555").await;
    for text in ["ana", "POP", "pop an", "A\0na", "0722 111", "111222", "+40722111222", ana.number.as_str()] {
        assert_eq!(searched(&shop, text).await, ["Ana Pop"], "{text}");
    }
    assert_eq!(searched(&shop, &ana.number.as_str().to_lowercase()).await, ["Ana Pop"]);
    assert_eq!(searched(&shop, "(vecin)").await, ["Ion (vecin)"]);
}

#[tokio::test]
async fn a_search_is_a_text_and_no_pattern() {
    let shop = TestShop::open().await;
    order(&shop, "Ana Pop", "0722 111 222").await;
    for text in [".*", "A.x", "^", "Ana|Ion", "(", "[", "$", "\\", "000"] {
        assert!(searched(&shop, text).await.is_empty(), "{text}");
    }
}

#[tokio::test]
async fn a_status_and_a_time_narrow_the_list() {
    let shop = TestShop::open().await;
    let early = order(&shop, "Ana", "0722 111 222").await;
    let late = order(&shop, "Ion", "0733 444 555").await;
    shop.set("orders", doc! { "customer_name": "Ana" }, doc! { "created_at": DateTime::from_millis(1000) })
        .await;
    let actor = vatra::model::order::Actor::Admin("ina".into());
    shop.change_status(&early.id, OrderStatus::Confirmed, actor, None).await.unwrap();

    let confirmed = OrderFilter { status: Some(OrderStatus::Confirmed), ..OrderFilter::default() };
    assert_eq!(found(&shop, confirmed).await, ["Ana"]);
    let from = OrderFilter { from: Some(Timestamp(1001)), ..OrderFilter::default() };
    assert_eq!(found(&shop, from).await, ["Ion"]);
    let until = OrderFilter { to: Some(late.created_at), ..OrderFilter::default() };
    assert_eq!(found(&shop, until).await, ["Ana"]);
    let at = OrderFilter { from: Some(Timestamp(1000)), to: Some(Timestamp(1001)), ..OrderFilter::default() };
    assert_eq!(found(&shop, at).await, ["Ana"]);
    let mut counts = shop.orders_by_status().await.unwrap();
    counts.sort_by_key(|(status, _)| status.name());
    assert_eq!(counts, [(OrderStatus::Confirmed, 1), (OrderStatus::Pending, 1)]);
}
