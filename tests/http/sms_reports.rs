//! What Twilio tells of messages: signed, repeated, in any order; and what others would like to tell.

use crate::{
    harness::phone,
    rest::{answer::Answer, api::Api},
};
use http::{Request, StatusCode};
use mongodb::bson::doc;
use vatra::{
    model::{
        locale::Locale,
        message::{Channel, Message, MessageFailure, MessageState, Report},
        order::Order,
    },
    server::{clock::now, sms::signature},
};

const TOKEN: &str = "token-that-nobody-may-read";
const OURS: &str = "https://shop.example";
const TWILIO: &[(&str, &str)] = &[
    ("SMS_BACKEND", "twilio"),
    ("TWILIO_ACCOUNT_SID", "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("TWILIO_AUTH_TOKEN", TOKEN),
    ("TWILIO_FROM", "+15005550006"),
    ("PUBLIC_URL", OURS),
];

/// A shop with one order, whose code was sent.
async fn sent() -> (Api, Order, Message) {
    let api = Api::open_with(TWILIO).await;
    let bread = api.shop.product("Pâine", 1250, 50).await;
    let order = api.shop.pending(&[(&bread, 1)], &phone()).await;
    let code = stored(&api, &order).await;
    (api, order, code)
}

async fn stored(api: &Api, order: &Order) -> Message {
    api.shop.store.messages.of_order(&order.id).await.unwrap().remove(0)
}

/// The name that the recorder gave to its first message.
fn sid() -> String {
    format!("SM{:032x}", 1)
}

fn fields(status: &str, code: Option<&str>) -> Vec<(String, String)> {
    let sid = sid();
    let all = [("MessageSid", Some(&*sid)), ("MessageStatus", Some(status)), ("ErrorCode", code)];
    all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect()
}

async fn tell(api: &Api, message: &Message, told: &[(String, String)], signed: &str) -> Answer {
    let request = Request::post(format!("/sms/reports/{}", message.id))
        .header("content-type", "application/x-www-form-urlencoded")
        .header(signature::HEADER, signed);
    api.visitor().send(request, &serde_html_form::to_string(told).unwrap()).await
}

fn signed(message: &Message, told: &[(String, String)]) -> String {
    signature::sign(TOKEN, &format!("{OURS}/sms/reports/{}", message.id), told)
}

async fn report(api: &Api, message: &Message, status: &str, code: Option<&str>) {
    let told = fields(status, code);
    let answer = tell(api, message, &told, &signed(message, &told)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
}

#[tokio::test]
async fn reports_come_twice_and_in_any_order() {
    let (api, order, code) = sent().await;
    assert_eq!(code.report, None);
    for (status, expected) in [
        ("queued", Report::Accepted),
        ("sent", Report::Sent),
        ("sending", Report::Sent),
        ("delivered", Report::Delivered),
        ("sent", Report::Delivered),
        ("delivered", Report::Delivered),
        ("failed", Report::Delivered),
        ("a new status of Twilio's", Report::Delivered),
    ] {
        report(&api, &code, status, None).await;
        let message = stored(&api, &order).await;
        assert_eq!((message.report, message.failure), (Some(expected), None), "{status}");
        assert_eq!(message.state, MessageState::Sent);
    }
}

#[tokio::test]
async fn a_code_that_did_not_arrive_may_be_asked_for_at_once() {
    for (error, expected) in [
        ("30003", MessageFailure::Unavailable),
        ("30006", MessageFailure::BadNumber),
        ("30007", MessageFailure::Misconfigured),
        ("39999", MessageFailure::Unavailable),
    ] {
        let (api, order, code) = sent().await;
        assert!(api.shop.verification(&order.id).await.unwrap().unwrap().resend_after > 0);
        report(&api, &code, "undelivered", Some(error)).await;
        let message = stored(&api, &order).await;
        assert_eq!((message.report, message.failure), (Some(Report::Undelivered), Some(expected)), "{error}");
        assert_eq!(api.shop.verification(&order.id).await.unwrap().unwrap().resend_after, 0);
        let seen = serde_json::to_string(&message).unwrap();
        assert!(!seen.contains(&api.shop.code_for(order.customer_phone.as_str())), "{seen}");
    }
}

/// A call tells a code, and Twilio how the call ended.
#[tokio::test]
async fn calls_are_told_of_too() {
    for (status, report, failure) in [
        ("ringing", Report::Sent, None),
        ("completed", Report::Delivered, None),
        ("no-answer", Report::Undelivered, Some(MessageFailure::Unavailable)),
    ] {
        let (api, order, _) = sent().await;
        api.shop.sms.set_speaking();
        let ago = mongodb::bson::DateTime::from_millis(now().0 - 31_000);
        api.shop.set("verifications", doc! {}, doc! { "sent_at": ago }).await;
        let number = order.customer_phone.as_str();
        api.shop.ring_with_code(number, &order.id, Locale::Ro, crate::harness::ADDRESS).await.unwrap();
        let messages = api.shop.store.messages.of_order(&order.id).await.unwrap();
        let call = messages.iter().find(|message| message.channel == Channel::Call).expect("a call");
        let sid = format!("CA{:032x}", 1);
        let told = [("CallSid", &*sid), ("CallStatus", status)];
        let told = told.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let forged = tell(&api, call, &told, "bm90IHNpZ25lZA==").await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        assert_eq!(tell(&api, call, &told, &signed(call, &told)).await.status, StatusCode::NO_CONTENT);
        let message = api.shop.store.messages.by_id(&call.id).await.unwrap().unwrap();
        assert_eq!((message.report, message.failure), (Some(report), failure), "{status}");
        let wait = api.shop.verification(&order.id).await.unwrap().unwrap().resend_after;
        assert_eq!(wait == 0, failure.is_some(), "who was not reached asks again at once: {status}");
    }
}

/// The process that sent it died before it could note so.
#[tokio::test]
async fn a_report_tells_of_a_message_that_nobody_noted_as_sent() {
    let (api, order, code) = sent().await;
    let unnoted = doc! { "$set": { "state": "sending" }, "$unset": { "sid": "", "sent_at": "" } };
    api.shop.raw("messages").update_one(doc! {}, unnoted).await.unwrap();
    report(&api, &code, "sent", None).await;
    let message = stored(&api, &order).await;
    assert_eq!((message.state, message.report), (MessageState::Sent, Some(Report::Sent)));
    assert_eq!(api.shop.send_due(|| now().plus_seconds(100)).await, Ok(0), "it is not sent twice");
}

#[tokio::test]
async fn what_twilio_has_not_signed_changes_nothing() {
    let (api, order, code) = sent().await;
    let told = fields("undelivered", Some("30006"));
    let good = signed(&code, &told);
    let other_address = signature::sign(TOKEN, "https://evil.example/sms/reports/x", &told);
    let other_token = signature::sign("token", &format!("{OURS}/sms/reports/{}", code.id), &told);
    for bad in ["", "x", &other_address, &other_token, &good[..27], &good.to_lowercase()] {
        assert_eq!(tell(&api, &code, &told, bad).await.status, StatusCode::FORBIDDEN, "{bad}");
    }
    let changed = fields("undelivered", Some("30007"));
    assert_eq!(tell(&api, &code, &changed, &good).await.status, StatusCode::FORBIDDEN);
    let unsigned = Request::post(format!("/sms/reports/{}", code.id));
    assert_eq!(api.visitor().send(unsigned, "MessageStatus=failed").await.status, StatusCode::FORBIDDEN);
    let nowhere = Request::post("/sms/reports/x").header(signature::HEADER, good);
    assert_eq!(api.visitor().send(nowhere, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(stored(&api, &order).await, code);
}

/// Signed, but not about this message: of an earlier try, or of nobody's.
#[tokio::test]
async fn a_report_about_another_message_changes_nothing() {
    let (api, order, code) = sent().await;
    for sid in ["SM00000000000000000000000000000009", "", "{$ne}", "SMx"] {
        let mut told = fields("undelivered", Some("30006"));
        told[0].1 = sid.to_owned();
        let answer = tell(&api, &code, &told, &signed(&code, &told)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{sid}");
    }
    assert_eq!(stored(&api, &order).await, code);
}

#[tokio::test]
async fn a_shop_without_twilio_believes_nobody() {
    let api = Api::open_with(&[("PUBLIC_URL", OURS)]).await;
    let bread = api.shop.product("Pâine", 1250, 50).await;
    let order = api.shop.pending(&[(&bread, 1)], &phone()).await;
    let code = stored(&api, &order).await;
    let told = fields("delivered", None);
    assert_eq!(tell(&api, &code, &told, &signed(&code, &told)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(stored(&api, &order).await, code);
}
