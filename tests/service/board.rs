//! The board of the day, and several orders at once.

use crate::harness::{TestShop, checkout_form, phone};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        board::Board,
        checkout::CheckoutForm,
        error::{AppError, Missing},
        ids::OrderId,
        order::{Actor, Order},
        product::Product,
        status::OrderStatus::{self, Cancelled, Completed, Confirmed, Pending, Processing, Ready},
    },
    server::service::board::{BoardRequest, TOGETHER},
};

fn ina() -> Actor {
    Actor::Admin("ina".into())
}

async fn ready() -> (TestShop, Product) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 500).await;
    (shop, bread)
}

async fn order_in(shop: &TestShop, bread: &Product, status: OrderStatus) -> Order {
    let mut order = shop.pending(&[(bread, 2)], &phone()).await;
    while order.status != status {
        let next = if status == Cancelled { Cancelled } else { order.status.forward().unwrap() };
        order = shop.change_status(&order.id, next, ina(), None).await.unwrap();
    }
    order
}

fn numbers(orders: &[Order]) -> Vec<String> {
    orders.iter().map(|order| order.number.to_string()).collect()
}

fn lane(board: &Board, status: OrderStatus) -> Vec<String> {
    numbers(&board.lane(status).expect("a lane").orders)
}

fn unknown() -> OrderId {
    OrderId::parse("65a1b2c3d4e5f60718293000").unwrap()
}

#[tokio::test]
async fn each_order_stands_in_its_lane_and_what_ended_today_below() {
    let (shop, bread) = ready().await;
    let mut orders = Vec::new();
    for status in OrderStatus::ALL {
        orders.push(order_in(&shop, &bread, status).await);
    }
    let old = order_in(&shop, &bread, Completed).await;
    let long_ago = doc! { "updated_at": DateTime::from_millis(1000) };
    shop.set("orders", doc! { "order_number": old.number.as_str() }, long_ago).await;
    let board = shop.board(&BoardRequest::default()).await.unwrap();
    for order in &orders[..4] {
        assert_eq!(lane(&board, order.status), [order.number.to_string()]);
    }
    assert_eq!(numbers(&board.ended), [orders[5].number.to_string(), orders[4].number.to_string()]);
    assert_eq!(board.new_orders(), 0, "an admin confirmed them");
    shop.confirmed(&shop.cart_with(&[(&bread, 1)]).await, &phone()).await;
    assert_eq!(shop.board(&BoardRequest::default()).await.unwrap().new_orders(), 1);
}

#[tokio::test]
async fn what_is_wanted_first_stands_first() {
    let (shop, bread) = ready().await;
    let mut placed = Vec::new();
    for day in ["2099-01-02", "2099-01-01", ""] {
        let order = order_in(&shop, &bread, Confirmed).await;
        if !day.is_empty() {
            shop.set("orders", doc! { "order_number": order.number.as_str() }, doc! { "day": day }).await;
        }
        placed.push(order.number.to_string());
    }
    let board = shop.board(&BoardRequest::default()).await.unwrap();
    assert_eq!(lane(&board, Confirmed), [placed[2].clone(), placed[1].clone(), placed[0].clone()]);
    let day = BoardRequest { day: Some("2099-01-01".into()), ..BoardRequest::default() };
    assert_eq!(lane(&shop.board(&day).await.unwrap(), Confirmed), [placed[1].clone()]);
}

#[tokio::test]
async fn filters_and_the_search_narrow_it() {
    let (shop, bread) = ready().await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let form = CheckoutForm {
        name: "Ștefan Țone".into(),
        delivery_type: "delivery".into(),
        street: "Str. Morii 3".into(),
        city: "Cluj".into(),
        ..checkout_form("0722 111 222")
    };
    let brought = shop.place_form(&cart, form).await.order.number.to_string();
    let fetched = order_in(&shop, &bread, Pending).await.number.to_string();
    let asked = async |delivery: &str, q: &str| {
        let request = BoardRequest { delivery: Some(delivery.into()), day: None, q: Some(q.into()) };
        lane(&shop.board(&request).await.unwrap(), Pending)
    };
    assert_eq!(asked("delivery", "").await, std::slice::from_ref(&brought));
    assert_eq!(asked("pickup", "").await, [fetched]);
    for q in ["stefan", "ȘTE", "tone ste", "0722 111", "111222", &brought, &brought.replace('-', "")] {
        assert_eq!(asked("", q).await, std::slice::from_ref(&brought), "{q}");
    }
    assert!(asked("pickup", "stefan").await.is_empty());
    for (delivery, day) in [("by air", ""), ("", "tomorrow")] {
        let request = BoardRequest { delivery: Some(delivery.into()), day: Some(day.into()), q: None };
        assert!(matches!(shop.board(&request).await, Err(AppError::Fields { .. })));
    }
}

#[tokio::test]
async fn of_several_each_is_judged_on_its_own() {
    let (shop, bread) = ready().await;
    let confirmed = order_in(&shop, &bread, Confirmed).await;
    let done = order_in(&shop, &bread, Completed).await;
    let working = order_in(&shop, &bread, Processing).await;
    let ids = [confirmed.id.clone(), done.id.clone(), unknown(), working.id.clone()];
    let judged = shop.change_each(&ids, Ready, "ina").await.unwrap();
    assert_eq!(judged.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), ids);
    let codes: Vec<_> = judged
        .iter()
        .map(|one| one.outcome.as_ref().map(|order| order.status).map_err(|error| error.code().name))
        .collect();
    assert_eq!(codes, [Err("CONFLICT_001"), Err("CONFLICT_001"), Err("DB_002"), Ok(Ready)]);
    assert_eq!(judged[2].outcome, Err(AppError::missing(Missing::Order)));
    assert_eq!(shop.any_order(&confirmed.id).await.unwrap().status, Confirmed);

    let back = shop.undo_each(&[working.id.clone(), done.id.clone()], "ina").await.unwrap();
    assert_eq!(back[0].outcome.as_ref().unwrap().status, Processing);
    assert_eq!(back[1].outcome.as_ref().unwrap().status, Ready);
    assert!(shop.undo_each(&[working.id], "ion").await.unwrap()[0].outcome.is_err());
}

#[tokio::test]
async fn cancelling_several_gives_the_stock_of_each_back_once() {
    let (shop, bread) = ready().await;
    let mut ids = Vec::new();
    for status in [Pending, Confirmed, Ready, Completed] {
        ids.push(order_in(&shop, &bread, status).await.id);
    }
    let stock = shop.stock_of(&bread).await;
    let twice = [ids.clone(), ids].concat();
    let judged = shop.change_each(&twice, Cancelled, "ina").await.unwrap();
    assert_eq!(judged.iter().filter(|one| one.outcome.is_ok()).count(), 3);
    assert_eq!(shop.stock_of(&bread).await, stock + 6);
}

#[tokio::test]
async fn none_and_too_many_are_refused() {
    let (shop, _) = ready().await;
    let refused = async |ids: &[OrderId]| shop.change_each(ids, Ready, "ina").await.unwrap_err().code().name;
    assert_eq!(refused(&[]).await, "VAL_001");
    assert_eq!(refused(&vec![unknown(); TOGETHER + 1]).await, "VAL_003");
    assert_eq!(shop.change_each(&vec![unknown(); TOGETHER], Ready, "ina").await.unwrap().len(), TOGETHER);
}
