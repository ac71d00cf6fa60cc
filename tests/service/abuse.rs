//! Machines that make the shop send SMS.

use crate::harness::{ADDRESS, TestShop, phone, request, within_one_window};
use futures::{StreamExt, stream};
use std::time::Duration;
use vatra::{
    model::{error::AppError, locale::Locale::Ro, money::Money, product::Product, sms_watch::SmsAlarm},
    server::service::{Shop, checkout::PlaceOrder},
};

const HOUR: i64 = 3600;

async fn spent(shop: &Shop) -> i64 {
    shop.sms_watch().await.unwrap().spent.bani()
}

#[tokio::test]
async fn the_days_money_is_never_exceeded_and_rings_at_half() {
    let (costs, alarms, last) = within_one_window(HOUR, async || {
        // Five SMS of 40 bani.
        let settings = [("SMS_BUDGET_LEI_PER_DAY", "2"), ("SMS_PRICE_BANI", "40")];
        let shop = TestShop::open_with(&settings).await;
        let bread = shop.product("Pâine", 1250, 50).await;
        let (mut costs, mut alarms, mut last) = (Vec::new(), Vec::new(), None);
        for _ in 0..6 {
            let cart = shop.cart_with(&[(&bread, 1)]).await;
            last = Some(shop.place(&cart, &phone()).await.order);
            costs.push(spent(&shop).await);
            alarms.push(shop.sms_watch().await.unwrap().alarms());
        }
        (costs, alarms, last.unwrap())
    })
    .await;
    assert_eq!(costs, [40, 80, 120, 160, 200, 200]);
    assert!(alarms[..2].iter().all(Vec::is_empty), "{alarms:?}");
    assert_eq!((&alarms[2], &alarms[4]), (&vec![SmsAlarm::Half], &vec![SmsAlarm::Spent]));
    assert!(last.call_back, "who orders then is called");
}

#[tokio::test]
async fn a_call_costs_more_and_a_long_text_as_many_sms_as_it_fills() {
    let (rung, refused) = within_one_window(HOUR, async || {
        let settings =
            [("SMS_BUDGET_LEI_PER_DAY", "2"), ("SMS_PRICE_BANI", "40"), ("CALL_PRICE_BANI", "100")];
        let shop = TestShop::open_with(&settings).await;
        shop.sms.set_speaking();
        let bread = shop.product("Pâine", 1250, 50).await;
        let order = shop.pending(&[(&bread, 1)], &phone()).await;
        let number = order.customer_phone.as_str();
        shop.sms.set_broken(true);
        assert!(shop.send_code_again(number, &order.id, Ro, ADDRESS).await.is_err());
        shop.sms.set_broken(false);
        shop.ring_with_code(number, &order.id, Ro, ADDRESS).await.unwrap();
        let rung = spent(&shop).await;
        let other = shop.pending(&[(&bread, 1)], &phone()).await;
        let number = other.customer_phone.as_str();
        shop.sms.set_broken(true);
        let _ = shop.send_code_again(number, &other.id, Ro, ADDRESS).await;
        shop.sms.set_broken(false);
        (rung, shop.ring_with_code(number, &other.id, Ro, ADDRESS).await.map(drop))
    })
    .await;
    assert_eq!(rung, 140);
    assert!(matches!(refused, Err(AppError::RateLimited { .. })), "20 bani are left: {refused:?}");
}

#[tokio::test]
async fn codes_that_are_entered_count_for_no_address() {
    let placed = within_one_window(HOUR, async || {
        let shop =
            TestShop::open_with(&[("SMS_PER_ADDRESS_PER_HOUR", "3"), ("SMS_DELAY_SECONDS", "60")]).await;
        let bread = shop.product("Pâine", 1250, 50).await;
        let mut placed = Vec::new();
        // Eight customers behind one address of their carrier.
        for _ in 0..8 {
            let number = phone();
            let cart = shop.cart_with(&[(&bread, 1)]).await;
            let order = match shop.place_order(request(&cart, &number)).await {
                Ok(order) => order.order,
                Err(error) => return Err(error),
            };
            placed.push(shop.confirm(&number, &order.id, &shop.code_for(&number)).await?.order.status);
        }
        Ok(placed)
    })
    .await;
    assert_eq!(placed.map(|placed| placed.len()), Ok(8));
}

#[tokio::test]
async fn who_lets_codes_lie_waits_longer_and_longer() {
    let (free, waits, elsewhere) = within_one_window(HOUR, async || {
        let shop = TestShop::open_with(&[("SMS_DELAY_SECONDS", "60")]).await;
        let mut free = 0;
        let mut waits = Vec::new();
        for _ in 0..8 {
            match shop.begin_sign_in(&phone(), Ro, ADDRESS).await {
                Ok(_) => free += 1,
                Err(AppError::RateLimited { retry_after }) => waits.push(retry_after),
                Err(error) => panic!("{error:?}"),
            }
        }
        (free, waits, shop.begin_sign_in(&phone(), Ro, "198.51.100.7").await.is_ok())
    })
    .await;
    assert_eq!((free, waits.len(), elsewhere), (5, 3, true));
    assert!(waits.iter().all(|wait| (1..=60).contains(wait)), "{waits:?}");
}

/// Orders, waits when told to, and enters the code. `None` when the shop is to call.
async fn customer(shop: &TestShop, bread: &Product, number: &str, address: String) -> Option<()> {
    let cart = shop.cart_with(&[(bread, 1)]).await;
    let placed = loop {
        match shop.place_order(PlaceOrder { address: address.clone(), ..request(&cart, number) }).await {
            Ok(placed) => break placed,
            Err(AppError::RateLimited { retry_after }) => {
                assert!(retry_after <= 20, "nobody honest waits for {retry_after} s");
                tokio::time::sleep(Duration::from_secs(retry_after.into())).await;
            }
            Err(error) => panic!("{number}: {error:?}"),
        }
    };
    if placed.order.call_back {
        return None;
    }
    shop.confirm(number, &placed.order.id, &shop.code_for(number)).await.unwrap();
    Some(())
}

/// A machine that asks for codes to one number after the other. A patient one waits as told, once.
async fn machine(shop: Shop, bread_cart: Option<PlaceOrder>, number: usize, asks: usize) {
    let address = format!("10.{}.{}.9", number / 250, number % 250);
    let patient = number.is_multiple_of(20);
    let mut waited = false;
    for _ in 0..asks {
        match shop.begin_sign_in(&phone(), Ro, &address).await {
            Err(AppError::RateLimited { retry_after }) if patient && !waited && retry_after <= 5 => {
                waited = true;
                tokio::time::sleep(Duration::from_secs(retry_after.into())).await;
            }
            Ok(_) | Err(AppError::RateLimited { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    if let Some(order) = bread_cart {
        match shop.place_order(PlaceOrder { address, ..order }).await {
            Ok(_) | Err(AppError::RateLimited { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// 1,000 addresses, each in a network of its own, 100 requests each, of which one is an order.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_requests_never_pass_the_budget_while_customers_order() {
    let settings = [
        ("SMS_BUDGET_LEI_PER_DAY", "40"),
        ("SMS_PRICE_BANI", "40"),
        ("SMS_DELAY_SECONDS", "2"),
        ("SMS_PER_ADDRESS_PER_HOUR", "20"),
        ("SMS_PER_NETWORK_PER_HOUR", "60"),
        ("SMS_PER_DAY", "500"),
    ];
    let shop = TestShop::open_with(&settings).await;
    let bread = shop.product("Pâine", 1250, 5000).await;
    let known: Vec<String> = (0..10).map(|_| phone()).collect();
    for (at, number) in known.iter().enumerate() {
        assert_eq!(customer(&shop, &bread, number, format!("172.16.{at}.1")).await, Some(()));
    }

    let machines = async {
        let machines = stream::iter(0..1000_usize).map(|number| {
            let (shop, bread) = (&shop, &bread);
            async move {
                let cart = shop.cart_with(&[(bread, 1)]).await;
                let order = request(&cart, &phone());
                tokio::spawn(machine(shop.instance(), Some(order), number, 99)).await.unwrap();
            }
        });
        machines.buffer_unordered(64).collect::<Vec<()>>().await;
    };
    let customers = async {
        let strangers: Vec<String> = (0..10).map(|_| phone()).collect();
        let all = known.iter().chain(&strangers).enumerate();
        let all = all.map(|(at, number)| customer(&shop, &bread, number, format!("172.17.{at}.1")));
        futures::future::join_all(all).await
    };
    let ((), during) = tokio::join!(machines, customers);
    let (known_ones, strangers) = during.split_at(known.len());
    assert!(known_ones.iter().all(Option::is_some), "who has ordered before gets a code: {known_ones:?}");
    assert_eq!(strangers.len(), 10, "all others got a code, or wait to be called");

    // When all is over, too.
    for (at, regular) in known.iter().take(3).enumerate() {
        let number = phone();
        customer(&shop, &bread, &number, format!("172.18.{at}.1")).await;
        assert_eq!(customer(&shop, &bread, regular, format!("172.19.{at}.1")).await, Some(()));
    }
    let watch = shop.sms_watch().await.unwrap();
    let sent = i64::try_from(shop.sms.count()).unwrap() * 40;
    assert!(watch.spent <= Money::from_bani(4000).unwrap(), "{watch:?}");
    assert!(sent <= 4000, "{sent} bani were really spent");
    assert_eq!(sent, watch.spent.bani(), "and each was counted");
}
