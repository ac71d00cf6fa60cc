use crate::harness::{TestShop, at_once, phone};
use vatra::{
    model::{
        error::{AppError, Conflict, Missing},
        ids::OrderId,
        locale::Locale,
        order::{Actor, Order},
        product::Product,
        status::{OrderStatus, TRANSITIONS},
    },
    server::clock::{now, wall},
};

fn ina() -> Actor {
    Actor::Admin("ina".into())
}

/// A new order of two breads, brought to this status on the way that the table allows.
async fn order_in(shop: &TestShop, bread: &Product, status: OrderStatus) -> Order {
    let mut order = shop.pending(&[(bread, 2)], &phone()).await;
    let forward =
        [OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Ready, OrderStatus::Completed];
    let way: Vec<OrderStatus> = match status {
        OrderStatus::Pending => Vec::new(),
        OrderStatus::Cancelled => vec![OrderStatus::Cancelled],
        status => forward[..=forward.iter().position(|step| *step == status).unwrap()].to_vec(),
    };
    for step in way {
        order = shop.change_status(&order.id, step, ina(), None).await.unwrap();
    }
    assert_eq!(order.status, status);
    order
}

async fn ready() -> (TestShop, Product) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 500).await;
    (shop, bread)
}

#[tokio::test]
async fn every_step_of_the_table_is_allowed() {
    let (shop, bread) = ready().await;
    for (from, to) in TRANSITIONS {
        let order = order_in(&shop, &bread, from).await;
        let before = shop.stock_of(&bread).await;
        let moved = shop.change_status(&order.id, to, ina(), None).await.unwrap();
        assert_eq!(moved.status, to, "{from:?}");
        assert_eq!(shop.any_order(&order.id).await, Ok(moved));
        let given_back = if to == OrderStatus::Cancelled { 2 } else { 0 };
        assert_eq!(shop.stock_of(&bread).await, before + given_back, "{from:?} to {to:?}");
    }
}

#[tokio::test]
async fn every_other_step_is_a_conflict_and_changes_nothing() {
    let (shop, bread) = ready().await;
    let mut refused = 0;
    for from in OrderStatus::ALL {
        let order = order_in(&shop, &bread, from).await;
        let before = shop.stock_of(&bread).await;
        for to in OrderStatus::ALL.into_iter().filter(|to| !TRANSITIONS.contains(&(from, *to))) {
            let error = shop.change_status(&order.id, to, ina(), None).await.unwrap_err();
            let conflict = Conflict::Transition { from: from.name().into(), to: to.name().into() };
            assert_eq!(error, AppError::Conflict { conflict });
            refused += 1;
        }
        assert_eq!(shop.any_order(&order.id).await, Ok(order));
        assert_eq!(shop.stock_of(&bread).await, before);
    }
    assert_eq!(refused, 36 - TRANSITIONS.len());
}

#[tokio::test]
async fn an_order_that_is_not_there_cannot_be_moved() {
    let (shop, _) = ready().await;
    let unknown = OrderId::parse("65a1b2c3d4e5f60718293000").unwrap();
    let error = shop.change_status(&unknown, OrderStatus::Confirmed, ina(), None).await;
    assert_eq!(error, Err(AppError::missing(Missing::Order)));
    assert_eq!(shop.any_order(&unknown).await, Err(AppError::missing(Missing::Order)));
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_five_times_at_once_gives_the_stock_back_once() {
    let (shop, bread) = ready().await;
    let instances = [shop.instance(), shop.second_instance().await];
    for from in [OrderStatus::Pending, OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Ready] {
        let before = shop.stock_of(&bread).await;
        let order = order_in(&shop, &bread, from).await;
        let outcomes = at_once(5, |number| {
            let (shop, id) = (instances[number % 2].clone(), order.id.clone());
            async move { shop.change_status(&id, OrderStatus::Cancelled, ina(), None).await }
        });
        let outcomes = outcomes.await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:#?}");
        for error in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!(error.code().name, "CONFLICT_001");
        }
        assert_eq!(shop.stock_of(&bread).await, before);
        let cancelled = shop.any_order(&order.id).await.unwrap();
        let steps = cancelled.history.iter().filter(|entry| entry.status == OrderStatus::Cancelled);
        assert_eq!(steps.count(), 1);
    }
}

/// Two people at two screens: one moves the order on, the other gives it up.
#[tokio::test(flavor = "multi_thread")]
async fn two_different_steps_at_once_leave_a_history_that_the_table_allows() {
    let (shop, bread) = ready().await;
    for _ in 0..6 {
        let before = shop.stock_of(&bread).await;
        let order = order_in(&shop, &bread, OrderStatus::Confirmed).await;
        let steps = [OrderStatus::Processing, OrderStatus::Cancelled];
        let outcomes = at_once(2, |number| {
            let (shop, id) = (shop.instance(), order.id.clone());
            async move { shop.change_status(&id, steps[number], ina(), None).await.map(drop) }
        });
        assert!(outcomes.await.iter().any(Result::is_ok));
        let order = shop.any_order(&order.id).await.unwrap();
        for pair in order.history.windows(2) {
            assert!(pair[0].status.may_become(pair[1].status), "{:?}", order.history);
        }
        assert_eq!(order.history.last().unwrap().status, order.status);
        let taken = if order.status == OrderStatus::Cancelled { 0 } else { 2 };
        assert_eq!(shop.stock_of(&bread).await, before - taken);
    }
}

#[tokio::test]
async fn the_history_says_who_when_and_why() {
    let (shop, bread) = ready().await;
    let before = wall(now());
    let order = order_in(&shop, &bread, OrderStatus::Confirmed).await;
    let note = Some("cuptorul s-a stricat".to_owned());
    shop.change_status(&order.id, OrderStatus::Cancelled, ina(), note.clone()).await.unwrap();
    let history = shop.any_order(&order.id).await.unwrap().history;
    let told: Vec<_> =
        history.iter().map(|entry| (entry.status, entry.actor.clone(), entry.note.clone())).collect();
    assert_eq!(
        told,
        [
            (OrderStatus::Pending, Actor::Customer, None),
            (OrderStatus::Confirmed, ina(), None),
            (OrderStatus::Cancelled, ina(), note),
        ]
    );
    let after = wall(now());
    assert!(history.iter().all(|entry| entry.at == before || entry.at == after), "{history:?}");
}

#[tokio::test]
async fn a_producer_who_confirms_empties_the_cart_as_the_code_would() {
    let (shop, bread) = ready().await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let order = shop.place(&cart, "0722 123 456").await.order;
    shop.change_status(&order.id, OrderStatus::Confirmed, ina(), None).await.unwrap();
    assert_eq!(shop.cart(Some(&cart), Locale::Ro).await.unwrap().lines, []);
}

#[tokio::test]
async fn a_note_that_is_too_long_changes_nothing() {
    let (shop, bread) = ready().await;
    let order = order_in(&shop, &bread, OrderStatus::Confirmed).await;
    let stock = shop.stock_of(&bread).await;
    let note = Some("x".repeat(501));
    let error = shop.change_status(&order.id, OrderStatus::Cancelled, ina(), note).await;
    assert!(matches!(error, Err(AppError::Fields { .. })), "{error:?}");
    assert_eq!(shop.any_order(&order.id).await, Ok(order));
    assert_eq!(shop.stock_of(&bread).await, stock);
}
