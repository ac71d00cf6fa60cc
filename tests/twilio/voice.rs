//! Calls that tell a code.

use super::{
    ACCOUNT, NUMBER, SENDER, account,
    contract::{Refusal, value},
    kind, phone,
    server::{Behaviour, LocalTwilio},
};
use vatra::{
    model::locale::Locale,
    server::{
        config::Twilio,
        sms::{Handed, Sms, SmsError, Spoken, twilio::TwilioSms},
    },
};

const CODE: &str = "47110815";

fn voice(base_url: &str, caller: Option<&str>) -> TwilioSms {
    TwilioSms::new(Twilio { caller: caller.map(Into::into), ..account(base_url) }).unwrap()
}

async fn call(sms: &TwilioSms, to: &str, report_to: Option<&str>) -> Result<Handed, SmsError> {
    sms.call(&Spoken { to: &phone(to), code: CODE, l: Locale::Ro, report_to }).await
}

#[tokio::test]
async fn a_call_says_the_code_digit_by_digit() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let sms = voice(&twilio.base_url, Some(SENDER));
    assert!(sms.calls());
    let address = "https://shop.example/sms/reports/507f1f77bcf86cd799439011";
    let handed = call(&sms, NUMBER, Some(address)).await.unwrap();
    assert!(handed.sid.is_some_and(|sid| sid.starts_with("CA")));

    let requests = twilio.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {requests:?}") };
    assert_eq!(request.path, format!("/2010-04-01/Accounts/{ACCOUNT}/Calls.json"));
    let field = |name| value(&request.form, name).unwrap_or_default().to_owned();
    assert_eq!(
        (field("To"), field("From"), field("StatusCallback")),
        (NUMBER.into(), SENDER.into(), address.into())
    );
    let says = field("Twiml");
    assert!(says.contains("4, 7, 1, 1, 0, 8, 1, 5") && says.contains("ro-RO"), "{says}");
}

#[tokio::test]
async fn each_answer_is_told_apart() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    for (to, expected) in [
        (NUMBER, "sent"),
        ("+15005550001", "bad number"),
        ("+15005550002", "bad number"),
        ("+15005550003", "misconfigured"),
        ("+15005550004", "bad number"),
    ] {
        let sms = voice(&twilio.base_url, Some(SENDER));
        assert_eq!(kind(&call(&sms, to, None).await), expected, "to {to}");
    }
    for (status, code, expected) in [
        (401, 20003, "misconfigured"),
        (429, 20429, "unavailable"),
        (400, 21201, "bad number"),
        (400, 21210, "misconfigured"),
        (400, 21219, "misconfigured"),
        (400, 21220, "unavailable"),
        (400, 13224, "bad number"),
        (400, 13227, "misconfigured"),
        (503, 20503, "unavailable"),
    ] {
        let refusing = LocalTwilio::start(Behaviour::Refuse(Refusal::new(status, code, "The reason"))).await;
        let outcome = call(&voice(&refusing.base_url, Some(SENDER)), NUMBER, None).await;
        assert_eq!(kind(&outcome), expected, "{status} {code}");
    }
}

#[tokio::test]
async fn who_has_no_caller_calls_nobody() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let sms = voice(&twilio.base_url, None);
    assert!(!sms.calls());
    assert_eq!(kind(&call(&sms, NUMBER, None).await), "misconfigured");
    assert!(twilio.requests().is_empty());
}

#[tokio::test]
async fn the_code_of_a_call_is_in_no_error_and_in_no_log() {
    let logs = crate::harness::Logs::capture();
    let words = format!("cannot say {CODE} to {NUMBER}");
    let refusing = LocalTwilio::start(Behaviour::Refuse(Refusal::new(400, 21216, words.clone()))).await;
    let broken = LocalTwilio::start(Behaviour::Refuse(Refusal::new(400, 21210, words))).await;
    let mut told = String::new();
    for twilio in [refusing, broken] {
        told += &format!("{:?}", call(&voice(&twilio.base_url, Some(SENDER)), NUMBER, None).await);
    }
    assert!(told.contains("cannot say"), "{told}");
    let written = logs.text();
    assert!(written.contains("21216"), "{written}");
    for secret in [CODE, "722123456"] {
        assert!(!told.contains(secret) && !written.contains(secret), "{secret}: {told} {written}");
    }
}
