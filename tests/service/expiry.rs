use crate::harness::{TestShop, at_once, phone};
use vatra::{
    model::{
        error::{AppError, Conflict},
        order::Actor,
        status::OrderStatus,
        time::Timestamp,
    },
    server::{clock::now, service::verification::LIFETIME},
};

/// When every code of now has ended and the time of grace after it.
fn later() -> Timestamp {
    now().plus_seconds(LIFETIME + 60)
}

#[tokio::test]
async fn what_is_overdue_is_cancelled_and_gives_its_stock_back() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 5).await, shop.product("Cozonac", 4500, 5).await);
    let order = shop.pending(&[(&bread, 2), (&cake, 1)], "0722 123 456").await;
    assert_eq!(shop.cancel_overdue(now()).await, Ok(0), "not before its time");
    assert_eq!(shop.cancel_overdue(later()).await, Ok(1));
    assert_eq!((shop.stock_of(&bread).await, shop.stock_of(&cake).await), (5, 5));
    let cancelled = shop.any_order(&order.id).await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_eq!(cancelled.history.last().unwrap().actor, Actor::Shop);
    let code = shop.code_for("+40722123456");
    let error = shop.confirm("0722 123 456", &order.id, &code).await.err();
    assert_eq!(error, Some(AppError::Conflict { conflict: Conflict::NotPending }));
}

#[tokio::test]
async fn the_cart_of_a_cancelled_order_can_be_ordered_again() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 2).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    shop.place(&cart, "0722 123 456").await;
    assert_eq!(shop.cancel_overdue(later()).await, Ok(1));
    shop.confirmed(&cart, "0722 123 456").await;
    assert_eq!(shop.stock_of(&bread).await, 0);
}

#[tokio::test]
async fn only_orders_that_wait_are_cancelled() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let admin = || Actor::Admin("ina".into());
    let mut kept = Vec::new();
    for steps in [&[][..], &[OrderStatus::Processing], &[OrderStatus::Processing, OrderStatus::Ready]] {
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let order = shop.confirmed(&cart, &phone()).await.order;
        for step in steps {
            shop.change_status(&order.id, *step, admin(), None).await.unwrap();
        }
        kept.push((order.id.clone(), shop.any_order(&order.id).await.unwrap().status));
    }
    assert_eq!(shop.cancel_overdue(later()).await, Ok(0));
    for (id, status) in kept {
        assert_eq!(shop.any_order(&id).await.unwrap().status, status);
    }
    assert_eq!(shop.stock_of(&bread).await, 47);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_jobs_at_once_give_the_stock_back_once() {
    let shop = TestShop::open().await;
    let instances = [shop.instance(), shop.second_instance().await];
    let bread = shop.product("Pâine", 1250, 20).await;
    for _ in 0..4 {
        shop.pending(&[(&bread, 3)], &phone()).await;
    }
    assert_eq!(shop.stock_of(&bread).await, 8);
    let jobs = at_once(5, |number| {
        let shop = instances[number % 2].clone();
        async move { shop.cancel_overdue(later()).await }
    });
    let cancelled: usize = jobs.await.into_iter().map(|job| job.expect("no error")).sum();
    assert_eq!(cancelled, 4, "each order is cancelled by one of them");
    assert_eq!(shop.stock_of(&bread).await, 20);
    assert_eq!(shop.orders_by_status().await.unwrap(), [(OrderStatus::Cancelled, 4)]);
}

/// The code and the end of time come together: one of them wins, and the stock agrees.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_at_the_last_moment_confirms_or_is_too_late() {
    let shop = TestShop::open().await;
    for round in 0..8 {
        let bread = shop.product(&format!("Pâine {round}"), 1250, 5).await;
        let phone = phone();
        let order = shop.pending(&[(&bread, 2)], &phone).await;
        let code = shop.code_for(&phone);
        let both = at_once(2, |number| {
            let (shop, id) = (shop.instance(), order.id.clone());
            let (phone, code) = (phone.clone(), code.clone());
            async move {
                match number {
                    0 => shop.confirm(&phone, &id, &code).await.map(|_| 1),
                    _ => shop.cancel_overdue(later()).await,
                }
            }
        });
        let both = both.await;
        let confirmed = both[0].is_ok();
        if let Err(error) = &both[0] {
            assert_eq!(*error, AppError::Conflict { conflict: Conflict::NotPending });
        }
        assert_eq!(both[1], Ok(usize::from(!confirmed)));
        let status = shop.any_order(&order.id).await.unwrap().status;
        let expected = if confirmed { OrderStatus::Confirmed } else { OrderStatus::Cancelled };
        assert_eq!((status, shop.stock_of(&bread).await), (expected, if confirmed { 3 } else { 5 }));
    }
}

/// The job has seen several orders as overdue when their codes come: none that is confirmed is lost.
#[tokio::test(flavor = "multi_thread")]
async fn the_job_never_cancels_what_was_confirmed_meanwhile() {
    const ORDERS: usize = 12;
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 100).await;
    let mut orders = Vec::new();
    for _ in 0..ORDERS {
        let phone = phone();
        orders.push((shop.pending(&[(&bread, 1)], &phone).await.id, shop.code_for(&phone), phone));
    }
    let all = at_once(ORDERS + 1, |number| {
        let (shop, order) = (shop.instance(), orders.get(number).cloned());
        async move {
            match order {
                Some((id, code, phone)) => shop.confirm(&phone, &id, &code).await.map(|_| 0),
                None => shop.cancel_overdue(later()).await,
            }
        }
    });
    let mut all = all.await;
    let cancelled = all.pop().expect("the job").expect("no error");
    let confirmed = all.iter().filter(|result| result.is_ok()).count();
    assert_eq!(confirmed + cancelled, ORDERS, "each is one or the other");
    for ((id, ..), result) in orders.iter().zip(&all) {
        let expected = if result.is_ok() { OrderStatus::Confirmed } else { OrderStatus::Cancelled };
        assert_eq!(shop.any_order(id).await.unwrap().status, expected);
    }
    assert_eq!(shop.stock_of(&bread).await, 100 - u32::try_from(confirmed).unwrap());
}
