//! Codes that Twilio makes and checks.

use super::{
    NUMBER, account,
    contract::{Refusal, SERVICE},
    kind, pairs, phone,
    server::{Behaviour, LocalTwilio, nobody},
};
use vatra::{
    model::{locale::Locale, message::Channel},
    server::{
        config::{Twilio, VerifyService},
        sms::{Checked, Sms, SmsError, Verifier, twilio::TwilioSms},
    },
};

pub fn with_verify(base_url: &str) -> Twilio {
    let verify = VerifyService { sid: SERVICE.into(), base_url: base_url.into() };
    Twilio { verify: Some(verify), ..account(base_url) }
}

fn sms(base_url: &str) -> TwilioSms {
    TwilioSms::new(with_verify(base_url)).unwrap()
}

fn verifier(sms: &TwilioSms) -> &dyn Verifier {
    sms.verifier().expect("a verifier")
}

async fn begin(base_url: &str, channel: Channel) -> Result<Option<String>, SmsError> {
    let sms = sms(base_url);
    verifier(&sms).begin(&phone(NUMBER), channel, Locale::En).await.map(|handed| handed.sid)
}

#[tokio::test]
async fn a_code_is_sent_and_checked_as_the_document_says() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let sms = sms(&twilio.base_url);
    let (verifier, to) = (verifier(&sms), phone(NUMBER));
    let sid = verifier.begin(&to, Channel::Sms, Locale::Ro).await.unwrap().sid.unwrap();
    let code = twilio.code_for(NUMBER);
    assert_eq!(verifier.check(&to, Some(&sid), "0000").await, Ok(Checked::Wrong));
    assert_eq!(verifier.check(&to, Some(&sid), &code).await, Ok(Checked::Right));
    assert_eq!(verifier.check(&to, Some(&sid), &code).await, Ok(Checked::Over), "it serves once");

    let requests = twilio.requests();
    assert_eq!(requests[0].path, format!("/v2/Services/{SERVICE}/Verifications"));
    assert_eq!(requests[0].form, pairs(&[("To", NUMBER), ("Channel", "sms"), ("Locale", "ro")]));
    assert_eq!(requests[1].path, format!("/v2/Services/{SERVICE}/VerificationCheck"));
    assert_eq!(requests[1].form, pairs(&[("VerificationSid", &sid), ("Code", "0000")]));
}

#[tokio::test]
async fn a_call_tells_the_same_code_and_a_number_is_enough_to_check_it() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let first = begin(&twilio.base_url, Channel::Sms).await.unwrap();
    assert_eq!(begin(&twilio.base_url, Channel::Call).await.unwrap(), first);
    let sms = sms(&twilio.base_url);
    let code = twilio.code_for(NUMBER);
    assert_eq!(verifier(&sms).check(&phone(NUMBER), None, &code).await, Ok(Checked::Right));
    assert!(sms.calls());
}

#[tokio::test]
async fn after_five_codes_no_more_go_out_and_after_five_checks_none_is_right() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let sms = sms(&twilio.base_url);
    let (verifier, to) = (verifier(&sms), phone(NUMBER));
    for _ in 0..5 {
        assert!(verifier.begin(&to, Channel::Sms, Locale::Ro).await.is_ok());
    }
    let sixth = verifier.begin(&to, Channel::Sms, Locale::Ro).await;
    assert_eq!(sixth, Err(SmsError::TooOften("Twilio error 60203: Max send attempts reached".into())));
    for _ in 0..5 {
        assert_eq!(verifier.check(&to, None, "0000").await, Ok(Checked::Wrong));
    }
    assert_eq!(verifier.check(&to, None, &twilio.code_for(NUMBER)).await, Ok(Checked::Over), "60202");
}

#[tokio::test]
async fn each_documented_error_is_told_apart() {
    for (status, code, expected) in [
        (401, 20003, "misconfigured"),
        (404, 20404, "misconfigured"),
        (429, 20429, "unavailable"),
        (400, 60200, "misconfigured"),
        (429, 60202, "too often"),
        (429, 60203, "too often"),
        (400, 60205, "bad number"),
        (429, 60207, "too often"),
        (429, 60212, "unavailable"),
        (403, 60410, "bad number"),
        (403, 60605, "misconfigured"),
        (400, 29_999, "misconfigured"),
        (500, 20500, "unavailable"),
        (503, 60203, "unavailable"),
    ] {
        let twilio = LocalTwilio::start(Behaviour::Refuse(Refusal::new(status, code, "The reason"))).await;
        assert_eq!(kind(&begin(&twilio.base_url, Channel::Sms).await), expected, "{status} {code}");
    }
}

#[tokio::test]
async fn junk_silence_and_nobody_are_no_verdict() {
    for text in ["", "{", "null", "<html>", r#"{"status":"approved"}"#] {
        for status in [200, 201, 400, 404, 429, 502] {
            let twilio = LocalTwilio::start(Behaviour::Say(status, text.into())).await;
            let sms = sms(&twilio.base_url);
            let checked = verifier(&sms).check(&phone(NUMBER), None, "4711").await;
            assert_eq!(kind(&checked), "unavailable", "{status} {text:?}");
        }
    }
    for behaviour in [Behaviour::BreakOff, Behaviour::Endless, Behaviour::Redirect(307)] {
        let twilio = LocalTwilio::start(behaviour.clone()).await;
        let sms = sms(&twilio.base_url);
        let checked = verifier(&sms).check(&phone(NUMBER), None, "4711").await;
        assert_eq!(kind(&checked), "unavailable", "{behaviour:?}");
    }
    let (base_url, _port) = nobody();
    assert_eq!(kind(&begin(&base_url, Channel::Sms).await), "unavailable");
}
