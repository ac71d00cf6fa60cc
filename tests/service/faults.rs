//! What goes wrong is counted by hour, for all instances, and written down when it can be.

use crate::{
    harness::{TestShop, phone},
    rest::api::{Visitor, app},
};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        error::AppError,
        fault::{Class, Fault, Job, Place},
    },
    server::clock::now,
};

const PAGE: Place = Place::Request(Class::Page);

fn told(faults: &[Fault]) -> Vec<(&str, &str, u64, Option<&str>)> {
    faults
        .iter()
        .map(|fault| (fault.code.as_str(), fault.place.as_str(), fault.count, fault.request_id.as_deref()))
        .collect()
}

#[tokio::test]
async fn what_instances_count_adds_up() {
    let shop = TestShop::open().await;
    let other = shop.second_instance().await;
    assert!(!shop.failed_lately().await.unwrap());
    for _ in 0..3 {
        shop.note_fault("DB_001", PAGE, Some("one"));
    }
    shop.note_fault("INTERNAL", Place::Job(Job::Figures), None);
    other.note_fault("DB_001", PAGE, Some("two"));
    assert_eq!(shop.fault_report().await.unwrap().day, [], "nothing is written for each");
    assert_eq!((shop.write_faults().await, other.write_faults().await), (Ok(2), Ok(1)));
    assert_eq!(shop.write_faults().await, Ok(0), "and nothing twice");
    let faults = other.fault_report().await.unwrap();
    let expected = [("DB_001", "page", 4, Some("two")), ("INTERNAL", "job_figures", 1, None)];
    assert_eq!(told(&faults.day), expected);
    assert_eq!(faults.day, faults.month);
    assert!(shop.failed_lately().await.unwrap());
}

#[tokio::test]
async fn instances_that_begin_an_hour_at_once_lose_nothing() {
    let shop = TestShop::open().await;
    let instances =
        [shop.second_instance().await, shop.second_instance().await, shop.second_instance().await];
    for instance in &instances {
        instance.note_fault("DB_001", PAGE, None);
    }
    let written = futures::future::join_all(instances.iter().map(|instance| instance.write_faults())).await;
    assert!(written.iter().all(|written| *written == Ok(1)), "{written:?}");
    let faults = shop.fault_report().await.unwrap();
    // At the turn of an hour there are two.
    assert_eq!(told(&faults.day), [("DB_001", "page", 3, None)]);
}

#[tokio::test]
async fn an_outage_is_written_down_afterwards() {
    let shop = TestShop::open().await;
    let (instance, mut cable) = shop.by_cable().await;
    cable.cut().await;
    instance.note_fault("DB_001", PAGE, Some("during"));
    assert_eq!(instance.write_faults().await, Err(AppError::Database));
    instance.note_fault("DB_001", PAGE, Some("later"));
    assert_eq!(instance.write_faults().await, Err(AppError::Database));
    cable.join().await;
    crate::harness::eventually("it is written", async || instance.write_faults().await.is_ok()).await;
    assert_eq!(told(&shop.fault_report().await.unwrap().day), [("DB_001", "page", 2, Some("later"))]);
}

#[tokio::test]
async fn a_probe_that_hears_no_is_no_fault() {
    let shop = TestShop::open().await;
    let (instance, mut cable) = shop.by_cable().await;
    let app = app(instance.clone());
    let visitor = Visitor::of(&app);
    cable.cut().await;
    for path in ["/readyz", "/api/products"] {
        assert_eq!(visitor.get(path).await.status, 503, "{path}");
    }
    cable.join().await;
    crate::harness::eventually("it is written", async || instance.write_faults().await.is_ok()).await;
    let faults = shop.fault_report().await.unwrap().day;
    let places: Vec<_> = faults.iter().map(|fault| (fault.place.as_str(), fault.count)).collect();
    assert_eq!(places, [("api", 1)]);
}

#[tokio::test]
async fn the_day_and_the_month_are_told_apart_and_older_ones_are_gone() {
    let shop = TestShop::open().await;
    shop.note_fault("INTERNAL", PAGE, Some("now"));
    shop.write_faults().await.unwrap();
    let ago = |hours: i64| DateTime::from_millis(now().0 - hours * 3_600_000);
    for (hours, code) in [(30, "DB_001"), (31 * 24, "PANIC")] {
        let at = ago(hours);
        let count = doc! {
            "hour": at, "code": code, "place": "page", "count": 2_i64, "last_at": at,
            "expires_at": ago(hours - 30 * 24 - 1),
        };
        shop.raw("error_counts").insert_one(count).await.unwrap();
    }
    let faults = shop.fault_report().await.unwrap();
    assert_eq!(told(&faults.day), [("INTERNAL", "page", 1, Some("now"))]);
    let expected = [("DB_001", "page", 2, None), ("INTERNAL", "page", 1, Some("now"))];
    assert_eq!(told(&faults.month), expected);
    let stored = shop.raw("error_counts").find_one(doc! { "code": "INTERNAL" }).await.unwrap().unwrap();
    let hour = stored.get_datetime("hour").unwrap().timestamp_millis();
    assert_eq!(hour % 3_600_000, 0);
    let ends = stored.get_datetime("expires_at").unwrap().timestamp_millis();
    assert_eq!(ends - hour, (30 * 24 + 1) * 3_600_000);
}

#[tokio::test]
async fn a_message_that_is_given_up_is_counted_and_rings_no_alarm_of_the_server() {
    let shop = TestShop::open().await;
    shop.note_fault("SMS_BAD_NUMBER", Place::Message, None);
    shop.write_faults().await.unwrap();
    assert!(!shop.failed_lately().await.unwrap());
    // As the worker counts it: a code that could not leave until it was of no use.
    shop.sms.set_broken(true);
    let bread = shop.product("Pâine", 1250, 5).await;
    shop.pending(&[(&bread, 1)], &phone()).await;
    shop.send_due(|| now().plus_seconds(3600)).await.unwrap();
    shop.write_faults().await.unwrap();
    let faults = shop.fault_report().await.unwrap();
    let given_up: Vec<_> = faults.day.iter().filter(|fault| fault.place == "message").collect();
    assert!(given_up.len() > 1, "{faults:?}");
}
