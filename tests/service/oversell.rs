use crate::harness::{TestShop, at_once, phone, request};
use vatra::{
    model::{error::AppError, ids::CartId, order::Placed, product::Product},
    server::service::Shop,
};

/// Everybody wants one at the same moment, on these instances by turns.
async fn rush(instances: &[Shop], carts: &[CartId]) -> Vec<Result<Placed, AppError>> {
    at_once(carts.len(), |number| {
        let shop = instances[number % instances.len()].clone();
        let request = request(&carts[number], &phone());
        async move { shop.place_order(request).await }
    })
    .await
}

async fn carts(shop: &TestShop, wanted: &[(&Product, i64)], count: usize) -> Vec<CartId> {
    let mut carts = Vec::new();
    for _ in 0..count {
        carts.push(shop.cart_with(wanted).await);
    }
    carts
}

/// Exactly this many got theirs, all others were told that nothing is left.
fn sold(outcomes: &[Result<Placed, AppError>], expected: usize) {
    for outcome in outcomes {
        if let Err(error) = outcome {
            assert_eq!(error.code().name, "STOCK_001", "{error:?}");
        }
    }
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), expected);
}

async fn fifty_buyers_for_ten(shop: &TestShop, instances: &[Shop]) {
    let bread = shop.product("Pâine", 1250, 10).await;
    let carts = carts(shop, &[(&bread, 1)], 50).await;
    sold(&rush(instances, &carts).await, 10);
    assert_eq!(shop.stock_of(&bread).await, 0);
    assert_eq!((shop.count("orders").await, shop.sms.count()), (10, 10));
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_buyers_at_once_get_ten_pieces() {
    let shop = TestShop::open().await;
    fifty_buyers_for_ten(&shop, &[shop.instance()]).await;
}

/// Without the queue before the shelves, which belongs to one process.
#[tokio::test(flavor = "multi_thread")]
async fn fifty_buyers_at_two_instances_get_ten_pieces() {
    let shop = TestShop::open().await;
    fifty_buyers_for_ten(&shop, &[shop.instance(), shop.second_instance().await]).await;
}

/// Carts in opposite orders want what the others hold: nobody waits for ever, and what adds up
/// before adds up after.
#[tokio::test(flavor = "multi_thread")]
async fn crossing_carts_neither_block_nor_lose_pieces() {
    let shop = TestShop::open().await;
    let instances = [shop.instance(), shop.second_instance().await];
    let (bread, cake) = (shop.product("Pâine", 1250, 15).await, shop.product("Cozonac", 4500, 9).await);
    let mut all = carts(&shop, &[(&bread, 2), (&cake, 1)], 8).await;
    all.extend(carts(&shop, &[(&cake, 2), (&bread, 1)], 8).await);
    let outcomes = rush(&instances, &all).await;
    let placed: Vec<&Placed> = outcomes.iter().flatten().collect();
    sold(&outcomes, placed.len());
    let taken = |product: &Product| -> u32 {
        let lines = placed.iter().flat_map(|placed| &placed.order.items);
        lines.filter(|line| line.product_id == product.id).map(|line| line.quantity.get()).sum()
    };
    assert_eq!(shop.stock_of(&bread).await + taken(&bread), 15);
    assert_eq!(shop.stock_of(&cake).await + taken(&cake), 9);
    assert_eq!(shop.count("orders").await, placed.len() as u64);
    assert!(!placed.is_empty());
    let left = (shop.stock_of(&bread).await, shop.stock_of(&cake).await);
    assert!(left.0 < 2 || left.1 < 2, "both carts could still be served: {left:?}");
}
