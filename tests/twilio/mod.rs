//! Sending through Twilio, against a local Twilio that keeps the published contract.

mod account;
mod contract;
mod server;
mod shop;
mod standing;
mod verify;
mod verifying;
mod voice;

use base64::{Engine, prelude::BASE64_STANDARD};
use contract::{ACCOUNT, Refusal, TOKEN};
use http::Method;
use server::{Behaviour, LocalTwilio, hanging_up, nobody};
use std::{sync::atomic::Ordering, time::Duration};
use vatra::{
    model::phone::Phone,
    server::{
        config::{Twilio, TwilioSender},
        sms::{Outgoing, Sms, SmsError, twilio::TwilioSms},
    },
};

const NUMBER: &str = "+40722123456";
const SENDER: &str = "+15005550006";
const TEXT: &str = "Vatra: codul tău e 47110815. Nu-l da nimănui!";

fn account(base_url: &str) -> Twilio {
    Twilio {
        account_sid: ACCOUNT.into(),
        auth_token: TOKEN.into(),
        sender: TwilioSender::From(SENDER.into()),
        caller: None,
        verify: None,
        base_url: base_url.into(),
    }
}

fn sms(base_url: &str) -> TwilioSms {
    TwilioSms::new(account(base_url)).unwrap()
}

fn phone(number: &str) -> Phone {
    Phone::from_e164(number).unwrap()
}

fn pairs(pairs: &[(&str, &str)]) -> contract::Form {
    pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// What sending one message to a Twilio of this behaviour comes to.
async fn outcome(behaviour: Behaviour) -> Result<(), SmsError> {
    let twilio = LocalTwilio::start(behaviour).await;
    let outcome = sms(&twilio.base_url).send(&phone(NUMBER), TEXT).await;
    assert_eq!(twilio.requests().len(), 1, "sent once, whatever the answer");
    outcome
}

/// The kind of an error, whatever its words.
fn kind<T>(outcome: &Result<T, SmsError>) -> &'static str {
    match outcome {
        Ok(_) => "sent",
        Err(SmsError::BadNumber) => "bad number",
        Err(SmsError::Unavailable(_)) => "unavailable",
        Err(SmsError::Misconfigured(_)) => "misconfigured",
        Err(SmsError::TooOften(_)) => "too often",
    }
}

#[tokio::test]
async fn a_message_arrives_with_exactly_the_right_form() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let text = "Cod: 0042\n100% sigur & gata = ăîșț+👍";
    assert_eq!(sms(&twilio.base_url).send(&phone(NUMBER), text).await, Ok(()));

    let requests = twilio.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {requests:?}") };
    assert_eq!(request.method, Method::POST);
    assert_eq!(request.path, format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json"));
    let credentials = BASE64_STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"));
    assert_eq!(request.headers["authorization"], format!("Basic {credentials}"));
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.form, pairs(&[("To", NUMBER), ("Body", text), ("From", SENDER)]));
}

#[tokio::test]
async fn twilio_is_told_where_to_report() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let address = "https://shop.example/sms/reports/507f1f77bcf86cd799439011";
    let to = phone(NUMBER);
    let outgoing = Outgoing { to: &to, body: TEXT, report_to: Some(address) };
    let handed = sms(&twilio.base_url).hand_over(&outgoing).await.unwrap();
    assert_eq!(handed.sid.as_deref(), Some("SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    let form = pairs(&[("To", NUMBER), ("Body", TEXT), ("From", SENDER), ("StatusCallback", address)]);
    assert_eq!(twilio.requests()[0].form, form);
}

#[tokio::test]
async fn a_messaging_service_takes_the_place_of_the_number() {
    let service = "MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let sender = TwilioSender::MessagingService(service.into());
    let sms = TwilioSms::new(Twilio { sender, ..account(&twilio.base_url) }).unwrap();
    assert_eq!(sms.send(&phone(NUMBER), TEXT).await, Ok(()));
    let form = pairs(&[("To", NUMBER), ("Body", TEXT), ("MessagingServiceSid", service)]);
    assert_eq!(twilio.requests()[0].form, form);
}

#[tokio::test]
async fn fifty_messages_at_once_arrive_once_each() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let sms = sms(&twilio.base_url);
    let numbers: Vec<String> = (0..50).map(|i| format!("+407221234{i:02}")).collect();
    let sends = numbers.iter().map(|number| {
        let (sms, to) = (&sms, phone(number));
        async move { sms.send(&to, TEXT).await }
    });
    assert!(futures::future::join_all(sends).await.iter().all(Result::is_ok));
    let mut arrived: Vec<String> =
        twilio.requests().into_iter().map(|request| request.form[0].1.clone()).collect();
    arrived.sort();
    assert_eq!(arrived, numbers);
}

#[tokio::test]
async fn twilios_magic_numbers_mean_what_it_documents() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    for (to, expected) in [
        ("+15005550001", "bad number"),
        ("+15005550002", "bad number"),
        ("+15005550003", "misconfigured"),
        ("+15005550004", "bad number"),
        ("+15005550009", "bad number"),
    ] {
        assert_eq!(kind(&sms(&twilio.base_url).send(&phone(to), TEXT).await), expected, "to {to}");
    }
    for (from, expected) in [
        ("+15005550001", "misconfigured"),
        ("+15005550007", "misconfigured"),
        ("+15005550008", "unavailable"),
    ] {
        let sender = TwilioSender::From(from.into());
        let sms = TwilioSms::new(Twilio { sender, ..account(&twilio.base_url) }).unwrap();
        assert_eq!(kind(&sms.send(&phone(NUMBER), TEXT).await), expected, "from {from}");
    }
}

#[tokio::test]
async fn each_documented_error_is_told_apart() {
    for (status, code, expected) in [
        (401, 20003, "misconfigured"),
        (404, 20404, "misconfigured"),
        (429, 20429, "unavailable"),
        (400, 21211, "bad number"),
        (400, 21212, "misconfigured"),
        (400, 21214, "bad number"),
        (400, 21217, "bad number"),
        (400, 21265, "bad number"),
        (400, 21266, "bad number"),
        (400, 21401, "misconfigured"),
        (400, 21407, "misconfigured"),
        (400, 21408, "misconfigured"),
        (400, 21421, "misconfigured"),
        (400, 21603, "misconfigured"),
        (400, 21606, "misconfigured"),
        (400, 21608, "misconfigured"),
        (400, 21610, "bad number"),
        (400, 21611, "unavailable"),
        (400, 21612, "bad number"),
        (400, 21614, "bad number"),
        (400, 21635, "bad number"),
        (400, 21659, "misconfigured"),
        (400, 21660, "misconfigured"),
        (400, 21661, "misconfigured"),
        (400, 21705, "misconfigured"),
        // Not in our table: the kind of answer decides.
        (400, 29_999, "misconfigured"),
        (500, 20500, "unavailable"),
        (503, 20503, "unavailable"),
        (500, 21211, "unavailable"),
    ] {
        let refusal = Refusal::new(status, code, "The reason");
        assert_eq!(kind(&outcome(Behaviour::Refuse(refusal)).await), expected, "{status} {code}");
    }
}

#[tokio::test]
async fn the_producer_reads_twilios_code_and_words() {
    let refusal = Refusal::new(400, 21606, "The 'From' number is not yours.");
    let expected = SmsError::Misconfigured("Twilio error 21606: The 'From' number is not yours.".into());
    assert_eq!(outcome(Behaviour::Refuse(refusal)).await, Err(expected));
}

#[tokio::test]
async fn wrong_credentials_are_ours_to_mend() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let other = "AC00000000000000000000000000000000".to_owned();
    for wrong in [
        Twilio { auth_token: "another".into(), ..account(&twilio.base_url) },
        Twilio { account_sid: other, ..account(&twilio.base_url) },
        Twilio { account_sid: "../no/account".into(), ..account(&twilio.base_url) },
    ] {
        let outcome = TwilioSms::new(wrong).unwrap().send(&phone(NUMBER), TEXT).await;
        assert_eq!(kind(&outcome), "misconfigured", "{outcome:?}");
    }
    let last = twilio.requests().pop().unwrap().path;
    assert_eq!(last, "/2010-04-01/Accounts/..%2Fno%2Faccount/Messages.json", "one segment of the path");
}

#[tokio::test]
async fn a_message_that_failed_at_once_is_not_sent() {
    for (status, error_code, expected) in [
        ("queued", None, "sent"),
        ("accepted", None, "sent"),
        ("sent", None, "sent"),
        ("failed", Some(30001), "unavailable"),
        ("failed", Some(30002), "misconfigured"),
        ("undelivered", Some(30003), "unavailable"),
        ("undelivered", Some(30004), "bad number"),
        ("failed", Some(30005), "bad number"),
        ("failed", Some(30006), "bad number"),
        ("undelivered", Some(30007), "misconfigured"),
        ("undelivered", Some(30008), "unavailable"),
        ("failed", Some(39_999), "unavailable"),
        ("failed", None, "unavailable"),
        ("canceled", None, "unavailable"),
    ] {
        let outcome = outcome(Behaviour::Accept { status, error_code }).await;
        assert_eq!(kind(&outcome), expected, "{status} {error_code:?}");
    }
}

#[tokio::test]
async fn an_unreadable_answer_is_no_success() {
    for text in ["", "{", "null", "[]", "{}", "<html>Welcome to the hotel</html>", r#"{"sid":null}"#] {
        for status in [200, 201, 400, 404, 429, 500, 502] {
            let outcome = outcome(Behaviour::Say(status, text.into())).await;
            assert_eq!(kind(&outcome), "unavailable", "{status} {text:?}");
        }
    }
}

#[tokio::test]
async fn no_more_than_64_kib_of_an_answer_is_read() {
    let too_large = SmsError::Unavailable("Twilio answered 201 with more than 64 KiB".into());
    assert_eq!(outcome(Behaviour::Endless).await, Err(too_large.clone()));

    let message = r#"{"sid":"SM1","status":"queued"}"#;
    let padded = |size: usize| Behaviour::Say(201, message.to_owned() + &" ".repeat(size - message.len()));
    assert_eq!(outcome(padded(64 * 1024)).await, Ok(()));
    assert_eq!(outcome(padded(64 * 1024 + 1)).await, Err(too_large));
}

/// The local Twilio never ends its answer, so only the client's limit can end this.
#[tokio::test]
async fn silence_ends_at_the_time_limit_and_is_not_tried_again() {
    for behaviour in [Behaviour::Silent, Behaviour::Stall] {
        let twilio = LocalTwilio::start(behaviour.clone()).await;
        let limit = Duration::from_millis(300);
        let sms = TwilioSms::with_timeout(account(&twilio.base_url), limit).unwrap();
        let outcome = sms.send(&phone(NUMBER), TEXT).await;
        assert_eq!(kind(&outcome), "unavailable", "{behaviour:?}");
        assert!(format!("{outcome:?}").contains("in time"), "{outcome:?}");
        // On a busy machine the limit may come before the request does.
        assert!(twilio.requests().len() <= 1, "{behaviour:?}");
    }
}

#[tokio::test]
async fn a_broken_connection_is_not_tried_again() {
    assert_eq!(kind(&outcome(Behaviour::BreakOff).await), "unavailable");

    let (base_url, connections) = hanging_up().await;
    assert_eq!(kind(&sms(&base_url).send(&phone(NUMBER), TEXT).await), "unavailable");
    assert_eq!(connections.load(Ordering::SeqCst), 1);

    let (base_url, _port) = nobody();
    let outcome = sms(&base_url).send(&phone(NUMBER), TEXT).await;
    assert_eq!(kind(&outcome), "unavailable", "{outcome:?}");
}

/// `outcome` counts the requests: nothing reaches the other address.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let outcome = outcome(Behaviour::Redirect(status)).await;
        assert_eq!(outcome, Err(SmsError::Unavailable(format!("Twilio answered {status}"))));
    }
}

#[tokio::test]
async fn no_secret_reaches_an_error_or_the_log() {
    let logs = crate::harness::Logs::capture();
    let echo = format!("{TOKEN} may not send {TEXT:?} ({TEXT}) to {NUMBER} (0722 123 456, code 47110815).");
    let echo = |status, code| Behaviour::Refuse(Refusal::new(status, code, echo.clone()));
    let leak = r#"{"sid":"+40722123456 47110815"}"#;
    let mut told = String::new();
    for behaviour in [
        Behaviour::Honest,
        echo(401, 20003),
        echo(400, 21211),
        echo(400, 21408),
        echo(400, 21611),
        echo(429, 20429),
        echo(500, 20500),
        Behaviour::Say(201, leak.into()),
        Behaviour::Say(400, leak.into()),
        Behaviour::BreakOff,
        Behaviour::Redirect(307),
    ] {
        told += &format!("{:?}\n", outcome(behaviour).await);
    }
    let (refusing, _port) = nobody();
    for base_url in [refusing, hanging_up().await.0] {
        told += &format!("{:?}\n", sms(&base_url).send(&phone(NUMBER), TEXT).await);
    }
    let written = logs.text();
    assert!(written.contains("21211"), "the log was captured: {written}");
    assert!(told.contains("may not send"), "Twilio's words were kept: {told}");
    let credentials = BASE64_STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"));
    for secret in [TOKEN, &credentials, "722123456", "722 123", "47110815", TEXT] {
        assert!(!told.contains(secret), "{secret} in an error: {told}");
        assert!(!written.contains(secret), "{secret} in the log: {written}");
    }
}

#[tokio::test]
async fn the_base_url_may_have_a_path_and_must_be_one() {
    for wrong in ["", "api.twilio.com", "ftp://api.twilio.com", "mailto:sms@twilio.com"] {
        let error = TwilioSms::new(account(wrong)).err().unwrap();
        assert!(error.0.starts_with("TWILIO_BASE_URL"), "{wrong}: {error}");
    }
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    for (under, before) in [("/", ""), ("/mock", "/mock"), ("/mock/", "/mock")] {
        let _ = sms(&format!("{}{under}", twilio.base_url)).send(&phone(NUMBER), TEXT).await;
        let path = twilio.requests().pop().unwrap().path;
        assert_eq!(path, format!("{before}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"));
    }
}

/// The other tests are worth as much as this server is strict.
#[tokio::test]
async fn the_local_twilio_refuses_what_the_contract_does_not_know() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let address = format!("{}/2010-04-01/Accounts/{ACCOUNT}/Messages.json", twilio.base_url);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for (fields, code) in [
        (&[("To", NUMBER), ("Body", TEXT), ("From", SENDER)][..], None),
        (&[("To", NUMBER), ("Body", TEXT), ("From", SENDER), ("Colour", "red")], Some(20001)),
        (&[("To", NUMBER), ("To", NUMBER), ("Body", TEXT), ("From", SENDER)], Some(20001)),
        (&[("Body", TEXT), ("From", SENDER)], Some(21604)),
        (&[("To", NUMBER), ("Body", TEXT)], Some(21603)),
        (&[("To", NUMBER), ("From", SENDER)], Some(21602)),
        (&[("To", NUMBER), ("Body", TEXT), ("MessagingServiceSid", "MG1")], Some(21705)),
        (&[("To", "0722123456"), ("Body", TEXT), ("From", SENDER)], Some(21211)),
    ] {
        let post = client.post(&address).basic_auth(ACCOUNT, Some(TOKEN)).form(fields);
        let answer: serde_json::Value = post.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["code"].as_u64(), code, "{fields:?}: {answer}");
    }
    let json = client.post(&address).basic_auth(ACCOUNT, Some(TOKEN)).json(&[1]);
    assert_eq!(json.send().await.unwrap().status(), 415);
    assert_eq!(client.post(&address).form(&[("To", NUMBER)]).send().await.unwrap().status(), 401);
    let get = client.get(&address).basic_auth(ACCOUNT, Some(TOKEN));
    assert_eq!(get.send().await.unwrap().status(), 405);
}
