use crate::harness::{TestShop, at_once, within_one_window};
use vatra::{
    model::error::AppError,
    server::{
        clock::now,
        store::rate_limits::{Change, Limit, Per, RateLimits, Refused, Share},
    },
};

const HOUR: i64 = 3600;
const LIMIT: Limit = Limit { most: 10, per: Per::Seconds(HOUR) };

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_pass_exactly_ten_and_the_refused_count_for_nothing() {
    let (passed, counted, more) = within_one_window(HOUR, async || {
        let shop = TestShop::open().await;
        let limits = &shop.store.rate_limits;
        let passed = count_at_once(limits, 50).await;
        let stored = shop.raw("rate_limits").find_one(mongodb::bson::doc! {}).await.unwrap().unwrap();
        limits.forgive("key", LIMIT).await.unwrap();
        let more = [limits.count("key", LIMIT).await, limits.count("key", LIMIT).await];
        (passed, stored.get_i64("count").unwrap(), more)
    })
    .await;
    let refused = |result: &Result<(), AppError>| matches!(result, Err(AppError::RateLimited { .. }));
    assert_eq!((passed, counted), (10, 10));
    assert!(more[0].is_ok() && refused(&more[1]), "what was taken back can be taken again: {more:?}");
}

#[tokio::test]
async fn two_instances_count_together() {
    let passed = within_one_window(HOUR, async || {
        let shop = TestShop::open().await;
        let other = shop.second_instance().await;
        count_at_once(&shop.store.rate_limits, 6).await + count_at_once(&other.store.rate_limits, 6).await
    })
    .await;
    assert_eq!(passed, 10);
}

#[tokio::test]
async fn whoever_is_refused_learns_when_to_come_back() {
    let refused = within_one_window(HOUR, async || {
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
    let (looked, other) = within_one_window(HOUR, async || {
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

#[tokio::test(flavor = "multi_thread")]
async fn counts_of_several_instances_are_added_up() {
    let shop = TestShop::open().await;
    let limits = &shop.store.rate_limits;
    let window = Per::Seconds(HOUR).window(now());
    let keys: Vec<String> = (0..50).map(|number| format!("key {number}")).collect();
    let counted: Vec<(String, u32)> = keys.iter().cloned().zip(1..).collect();
    let added = at_once(8, |_| {
        let (limits, counted) = (limits.clone(), counted.clone());
        async move { limits.add(window, &counted).await }
    });
    assert_eq!(added.await, vec![Ok(()); 8]);
    let totals = limits.totals(window, &keys).await.unwrap();
    assert_eq!(totals.len(), 50);
    for (key, count) in counted {
        assert_eq!(totals[&key], 8 * count, "{key}");
    }
    let later = Per::Seconds(HOUR).window(now().plus_seconds(HOUR));
    assert_eq!(limits.totals(later, &keys).await, Ok(std::collections::HashMap::new()));
    assert_eq!(limits.add(window, &[]).await, Ok(()));
    let stored = shop.raw("rate_limits").find_one(mongodb::bson::doc! {}).await.unwrap().unwrap();
    let forgotten = stored.get_datetime("expires_at").unwrap().timestamp_millis();
    assert!(forgotten > window.ends * 1000, "not before its window has ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_counts_against_all_its_counters_or_none() {
    let (passed, totals, refusals) = within_one_window(HOUR, async || {
        let shop = TestShop::open().await;
        let limits = &shop.store.rate_limits;
        let wide = Limit { most: 1000, per: LIMIT.per };
        let shares = [
            Share::one("wide".into(), wide),
            Share::one("narrow".into(), LIMIT),
            Share { key: "money".into(), limit: wide, weight: 30 },
        ];
        let counted = at_once(40, |_| {
            let (limits, shares) = (limits.clone(), shares.clone());
            async move { limits.count_all(&shares).await }
        });
        let (passed, refusals): (Vec<_>, Vec<_>) = counted.await.into_iter().partition(Result::is_ok);
        let keys = ["wide", "narrow", "money"].map(String::from);
        let totals = limits.totals(LIMIT.per.window(now()), &keys).await.unwrap();
        (passed.len(), keys.map(|key| totals[&key]), refusals)
    })
    .await;
    assert_eq!((passed, totals), (10, [10, 10, 300]), "what is refused is taken back everywhere");
    for refused in refusals {
        let Err(Refused { place, error }) = refused else { unreachable!() };
        assert!(place == 1 && matches!(error, AppError::RateLimited { .. }), "{place}: {error:?}");
    }
}

#[tokio::test]
async fn nothing_is_begun_that_has_no_room_from_the_beginning() {
    let shop = TestShop::open().await;
    let limits = &shop.store.rate_limits;
    let dear = Share { key: "money".into(), limit: LIMIT, weight: 11 };
    let refused = limits.count_all(&[Share::one("other".into(), LIMIT), dear]).await.unwrap_err();
    assert_eq!(refused.place, 1);
    assert_eq!(shop.count("rate_limits").await, 0);
}

#[tokio::test]
async fn no_more_is_taken_back_than_was_counted() {
    let left = within_one_window(HOUR, async || {
        let shop = TestShop::open().await;
        let limits = &shop.store.rate_limits;
        let window = LIMIT.per.window(now());
        let (much, little) = (Change::Add("much".into(), window, 5), Change::Add("little".into(), window, 2));
        limits.change_all(&[much, little]).await.unwrap();
        let back = ["much", "little", "nothing"].map(|key| Change::TakeBack(key.into(), window.number, 3));
        limits.change_all(&back).await.unwrap();
        let mut left: Vec<_> = limits
            .totals(window, &["much", "little", "nothing"].map(String::from))
            .await
            .unwrap()
            .into_iter()
            .collect();
        left.sort_unstable();
        left
    })
    .await;
    assert_eq!(left, [("little".to_owned(), 2), ("much".to_owned(), 2)]);
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
