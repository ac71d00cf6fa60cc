use crate::harness::{TestShop, at_once, within_one_window};
use vatra::{
    model::error::AppError,
    server::store::rate_limits::{Limit, RateLimits},
};

const LIMIT: Limit = Limit { most: 10, seconds: 3600 };

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_pass_exactly_ten() {
    let (passed, counted) = within_one_window(LIMIT.seconds, async || {
        let shop = TestShop::open().await;
        let passed = count_at_once(&shop.store.rate_limits, 50).await;
        let stored = shop.raw("rate_limits").find_one(mongodb::bson::doc! {}).await.unwrap().unwrap();
        (passed, stored.get_i64("count").unwrap())
    })
    .await;
    assert_eq!((passed, counted), (10, 50));
}

#[tokio::test]
async fn two_instances_count_together() {
    let passed = within_one_window(LIMIT.seconds, async || {
        let shop = TestShop::open().await;
        let other = shop.second_instance().await;
        count_at_once(&shop.store.rate_limits, 6).await + count_at_once(&other.store.rate_limits, 6).await
    })
    .await;
    assert_eq!(passed, 10);
}

#[tokio::test]
async fn whoever_is_refused_learns_when_to_come_back() {
    let refused = within_one_window(LIMIT.seconds, async || {
        let shop = TestShop::open().await;
        count_at_once(&shop.store.rate_limits, 10).await;
        let check = shop.store.rate_limits.check("key", LIMIT).await;
        [check, shop.store.rate_limits.count("key", LIMIT).await]
    })
    .await;
    for refusal in refused {
        let Err(AppError::RateLimited { retry_after }) = refusal else { panic!("{refusal:?}") };
        assert!((1..=3600).contains(&retry_after), "{retry_after}");
    }
}

#[tokio::test]
async fn looking_counts_nothing_and_keys_do_not_mix() {
    let (looked, other) = within_one_window(LIMIT.seconds, async || {
        let shop = TestShop::open().await;
        let limits = &shop.store.rate_limits;
        for _ in 0..20 {
            limits.check("key", LIMIT).await.unwrap();
        }
        let looked = count_at_once(limits, 10).await;
        (looked, limits.count("another key", LIMIT).await)
    })
    .await;
    assert_eq!((looked, other), (10, Ok(())));
}

/// How many of these passed.
async fn count_at_once(limits: &RateLimits, times: usize) -> usize {
    let counted = at_once(times, |_| {
        let limits = limits.clone();
        async move { limits.count("key", LIMIT).await }
    });
    let counted = counted.await;
    let refused = |result: &Result<(), AppError>| matches!(result, Err(AppError::RateLimited { .. }));
    assert!(counted.iter().all(|result| result.is_ok() || refused(result)), "{counted:?}");
    counted.iter().filter(|result| result.is_ok()).count()
}
