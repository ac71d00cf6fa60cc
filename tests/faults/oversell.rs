//! A hundred times, up to a thousand people want one of ten pieces at the same moment, at two instances.

use crate::harness::{TestShop, at_once, phone, request};
use mongodb::bson::doc;
use std::time::Instant;
use vatra::model::{ids::CartId, product::Product};

const PIECES: i64 = 10;

/// How many want one in each round: most often fifteen, sometimes hundreds, once a thousand.
fn buyers(round: usize) -> usize {
    match round {
        50 => 1000,
        round if round % 50 == 5 => 200,
        _ => 15,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_rounds_sell_exactly_what_there_is() {
    let shop = TestShop::open_with(&[("SMS_PER_ADDRESS_PER_HOUR", "1000000")]).await;
    let instances = [shop.instance(), shop.second_instance().await];
    let bread = shop.product("Pâine", 1250, 10).await;
    let (mut carts, started) = (Vec::new(), Instant::now());
    for round in 0..100 {
        shop.set_product(&bread.id, doc! { "stock_quantity": PIECES }).await;
        let wanted = buyers(round);
        fill(&shop, &bread, &mut carts, wanted).await;
        let outcomes = at_once(wanted, |number| {
            let (shop, request) = (instances[number % 2].clone(), request(&carts[number], &phone()));
            async move { shop.place_order(request).await }
        })
        .await;
        let refusals = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        for refusal in refusals {
            assert_eq!(refusal.code().name, "STOCK_001", "round {round}: {refusal:?}");
        }
        let sold: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
        assert_eq!(sold.iter().filter(|sold| **sold).count(), 10, "round {round}");
        assert_eq!(shop.stock_of(&bread).await, 0, "round {round}");
        // A cart that was ordered is spent; the others try again in the next round.
        let mut sold = sold.into_iter().chain(std::iter::repeat(false));
        carts.retain(|_| !sold.next().unwrap_or_default());
    }
    println!("100 rounds in {:.1} s", started.elapsed().as_secs_f32());
    assert_eq!((shop.count("orders").await, shop.sms.count()), (1000, 1000));
    assert_eq!(shop.faults().await, []);
}

/// As many carts as are wanted, each with one piece.
async fn fill(shop: &TestShop, bread: &Product, carts: &mut Vec<CartId>, wanted: usize) {
    while carts.len() < wanted {
        carts.push(shop.cart_with(&[(bread, 1)]).await);
    }
}
