//! Twilio's Messages API: one message is one POST.
//!
//! One call is one try: whether a message is tried again is decided by who hands it over
//! (`service/outbox.rs`). After a time-out nobody knows whether Twilio took it.

use super::{Handed, Outgoing, Sms, SmsError};
use crate::{
    model::message::MessageFailure,
    server::config::{ConfigError, Twilio, TwilioSender},
};
use async_trait::async_trait;
use reqwest::{Client, Response, StatusCode, Url, redirect::Policy};
use serde::{Deserialize, de::DeserializeOwned};
use std::{error::Error, time::Duration};

/// A customer waits for this; the whole exchange, and reaching Twilio at all.
const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Twilio's answers are about one KiB. What is larger is not one of them.
const LONGEST_ANSWER: usize = 64 * 1024;

/// As much of Twilio's own words as a log line needs.
const LONGEST_REASON: usize = 200;

/// What an error code means for a message of ours.
#[derive(Clone, Copy)]
enum Meaning {
    BadNumber,
    Unavailable,
    Misconfigured,
}
use Meaning::{BadNumber, Misconfigured, Unavailable};

/// The codes that a message can meet, from Twilio's error dictionary
/// (<https://www.twilio.com/docs/api/errors>, one page for each code). Twilio adds codes; for one
/// that is not here, the kind of answer decides.
const CODES: &[(u32, Meaning)] = &[
    (20003, Misconfigured), // wrong account SID or token
    (20404, Misconfigured), // no such account
    (20429, Unavailable),   // too many requests at once
    (21211, BadNumber),     // not a valid number
    (21212, Misconfigured), // the sender is not a valid number
    (21214, BadNumber),     // cannot be reached
    (21217, BadNumber),     // does not appear to be valid
    (21265, BadNumber),     // a short code
    (21266, BadNumber),     // the sender's own number
    (21401, Misconfigured), // the sender cannot send SMS
    (21407, Misconfigured), // the sender's type does not support SMS
    (21408, Misconfigured), // the account may not send to this country
    (21421, Misconfigured), // a number of the account or its messaging service is invalid
    (21603, Misconfigured), // no sender
    (21606, Misconfigured), // the sender is not the account's
    (21608, Misconfigured), // a trial account sends to verified numbers only
    (21610, BadNumber),     // its owner has answered STOP
    (21611, Unavailable),   // the sender's queue is full
    (21612, BadNumber),     // no route to this number from our sender
    (21614, BadNumber),     // not a mobile number
    (21635, BadNumber),     // a landline
    (21659, Misconfigured), // the sender is not a number of Twilio's
    (21660, Misconfigured), // the sender is another account's
    (21661, Misconfigured), // the sender cannot send SMS
    (21705, Misconfigured), // no such messaging service
    (30001, Unavailable),   // queue overflow
    (30002, Misconfigured), // account suspended
    (30003, Unavailable),   // the phone is off or out of reach
    (30004, BadNumber),     // blocked by its owner or carrier
    (30005, BadNumber),     // unknown to its carrier
    (30006, BadNumber),     // a landline, or an unreachable carrier
    (30007, Misconfigured), // filtered as spam
    (30008, Unavailable),   // unknown fault of a carrier
];

/// A message as Twilio took it.
#[derive(Deserialize)]
struct Accepted {
    sid: String,
    status: String,
    error_code: Option<u32>,
    error_message: Option<String>,
}

/// The body of an error.
#[derive(Deserialize)]
struct Refused {
    code: u32,
    message: Option<String>,
}

/// Sends through one account.
pub struct TwilioSms {
    account: Twilio,
    endpoint: Url,
    client: Client,
}

impl TwilioSms {
    /// Prepares the one client that all messages share; nothing is sent yet.
    ///
    /// # Errors
    /// A sentence, when the base URL is none or the HTTP client cannot be made.
    pub fn new(account: Twilio) -> Result<TwilioSms, ConfigError> {
        TwilioSms::with_timeout(account, TIMEOUT)
    }

    /// The same with another limit for the whole exchange, for tests that need not wait.
    ///
    /// # Errors
    /// As [`TwilioSms::new`].
    pub fn with_timeout(account: Twilio, timeout: Duration) -> Result<TwilioSms, ConfigError> {
        let client = Client::builder()
            .user_agent(concat!("vatra/", env!("CARGO_PKG_VERSION")))
            .timeout(timeout)
            .connect_timeout(CONNECT_TIMEOUT.min(timeout))
            // A redirect would carry the token and the code to whoever it names.
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| {
                ConfigError(format!("Twilio's HTTP client cannot be made: {}.", root(&error)))
            })?;
        Ok(TwilioSms {
            endpoint: address(&account, &[&account.account_sid, "Messages.json"])?,
            account,
            client,
        })
    }

    async fn post(&self, message: &Outgoing<'_>) -> Result<Response, reqwest::Error> {
        let sender = match &self.account.sender {
            TwilioSender::From(number) => ("From", number.as_str()),
            TwilioSender::MessagingService(sid) => ("MessagingServiceSid", sid.as_str()),
        };
        let mut form = vec![("To", message.to.as_str()), ("Body", message.body), sender];
        form.extend(message.report_to.map(|address| ("StatusCallback", address)));
        self.client
            .post(self.endpoint.clone())
            .basic_auth(&self.account.account_sid, Some(&self.account.auth_token))
            .form(&form)
            .send()
            .await
    }

    /// An error of Twilio's as ours. Its words often quote the number and could quote the rest, so
    /// token and text are taken out, and all digits with them: no form of the number or the code is
    /// left. Twilio's code says enough to look it up.
    fn error(&self, code: u32, meaning: Meaning, reason: Option<&str>, body: &str) -> SmsError {
        let mut reason = reason.unwrap_or_default().to_owned();
        for secret in [self.account.auth_token.as_str(), body].into_iter().filter(|text| !text.is_empty()) {
            reason = reason.replace(secret, "…");
        }
        let reason: String = reason.chars().filter(|sign| !sign.is_numeric()).take(LONGEST_REASON).collect();
        match meaning {
            BadNumber => {
                // The error has no place for it, and a sender that reaches nobody looks like this.
                tracing::warn!(code, reason, "Twilio cannot send to a number");
                SmsError::BadNumber
            }
            Unavailable => SmsError::Unavailable(format!("Twilio error {code}: {reason}")),
            Misconfigured => SmsError::Misconfigured(format!("Twilio error {code}: {reason}")),
        }
    }
}

#[async_trait]
impl Sms for TwilioSms {
    async fn hand_over(&self, outgoing: &Outgoing<'_>) -> Result<Handed, SmsError> {
        let body = outgoing.body;
        let answer = self.post(outgoing).await.map_err(|error| broken(&error))?;
        let status = answer.status();
        if status.is_success() {
            let message: Accepted = read(answer).await?;
            if !matches!(message.status.as_str(), "failed" | "undelivered" | "canceled") {
                tracing::info!(sid = message.sid, "SMS handed to Twilio");
                return Ok(Handed { sid: Some(message.sid).filter(|sid| is_sid(sid)) });
            }
            let code = message.error_code.unwrap_or_default();
            let meaning = meaning(code).unwrap_or(Unavailable);
            return Err(self.error(code, meaning, message.error_message.as_deref(), body));
        }
        if !status.is_client_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Err(SmsError::Unavailable(format!("Twilio answered {}", status.as_u16())));
        }
        let refused: Refused = read(answer).await?;
        let meaning = meaning(refused.code).unwrap_or(Misconfigured);
        Err(self.error(refused.code, meaning, refused.message.as_deref(), body))
    }
}

/// The address of what stands below the accounts.
///
/// # Errors
/// A sentence, when `TWILIO_BASE_URL` is no address.
pub(super) fn address(account: &Twilio, below: &[&str]) -> Result<Url, ConfigError> {
    let wrong = || {
        let base = &account.base_url;
        ConfigError(format!(
            "TWILIO_BASE_URL is {base:?} but must be an address like https://api.twilio.com."
        ))
    };
    let mut url = Url::parse(&account.base_url).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(wrong());
    }
    let mut path = url.path_segments_mut().map_err(|()| wrong())?;
    path.pop_if_empty().extend(["2010-04-01", "Accounts"]).extend(below);
    drop(path);
    Ok(url)
}

/// `SM…` or `MM…`, as the document has it: anything else is kept nowhere.
pub fn is_sid(text: &str) -> bool {
    let digits = text.strip_prefix("SM").or_else(|| text.strip_prefix("MM"));
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// What the code in a report says of a message that did not arrive.
pub fn failure(code: u32) -> MessageFailure {
    match meaning(code).unwrap_or(Unavailable) {
        BadNumber => MessageFailure::BadNumber,
        Unavailable => MessageFailure::Unavailable,
        Misconfigured => MessageFailure::Misconfigured,
    }
}

fn meaning(code: u32) -> Option<Meaning> {
    CODES.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning)
}

async fn read<T: DeserializeOwned>(mut answer: Response) -> Result<T, SmsError> {
    let status = answer.status().as_u16();
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > LONGEST_ANSWER {
            return Err(SmsError::Unavailable(format!("Twilio answered {status} with more than 64 KiB")));
        }
        bytes.extend_from_slice(&chunk);
    }
    // serde's error may quote the answer, and so the number: it is left out.
    serde_json::from_slice(&bytes)
        .map_err(|_| SmsError::Unavailable(format!("Twilio answered {status} with something unreadable")))
}

fn broken(error: &reqwest::Error) -> SmsError {
    let what = if error.is_timeout() { "no answer from Twilio in time" } else { "no answer from Twilio" };
    SmsError::Unavailable(format!("{what}: {}", root(error)))
}

/// The innermost cause, like "connection refused". The outer ones name the URL, and with it the
/// account.
fn root(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    // An error without a cause is the outermost one.
    if std::ptr::addr_eq(cause, error) { "no cause given".to_owned() } else { cause.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn sender(auth_token: &str) -> TwilioSms {
        let sender = TwilioSender::From("+40700000000".into());
        let (account_sid, base_url) = ("AC1".into(), "https://api.twilio.example".into());
        TwilioSms::new(Twilio { account_sid, auth_token: auth_token.into(), sender, base_url }).unwrap()
    }

    fn answered<T: DeserializeOwned>(body: Vec<u8>) -> Result<T, SmsError> {
        futures::executor::block_on(read(Response::from(http::Response::new(body))))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_logged_of_an_answer_holds_no_secret(
            token in "[0-9a-f]{32}",
            code in "[0-9]{4,8}",
            (before, between) in (strange::text(20), strange::text(120)),
            ours: bool,
        ) {
            let meaning = if ours { Misconfigured } else { Unavailable };
            let body = format!("Codul este {code}");
            let reason = format!("{before}{token}{between}{body} +40722123456");
            let error = sender(&token).error(30001, meaning, Some(&reason), &body);
            let (SmsError::Unavailable(text) | SmsError::Misconfigured(text)) = error else { panic!("{error:?}") };
            let told = text.strip_prefix("Twilio error 30001: ").unwrap();
            prop_assert!(told.chars().count() <= LONGEST_REASON);
            prop_assert!(!told.contains(char::is_numeric) && !told.contains("Codul este"), "{:?}", told);
        }

        #[test]
        fn an_answer_is_understood_or_not_repeated(sid in strange::text(8), junk in strange::nearly("[a-z0-9 +]{10,30}")) {
            let good = serde_json::json!({ "sid": sid, "status": "queued", "more": junk }).to_string();
            prop_assert_eq!(answered::<Accepted>(good.into_bytes()).map(|message| message.sid), Ok(sid));
            let (bad, long) = (junk.clone().into_bytes(), vec![b' '; LONGEST_ANSWER + 1]);
            for answer in [answered::<Accepted>(bad).err(), answered::<Accepted>(long).err()] {
                let Some(SmsError::Unavailable(told)) = answer else { panic!("{answer:?}") };
                prop_assert!(told.starts_with("Twilio answered 200 with"));
                prop_assert!(junk.len() < 10 || !told.contains(&junk));
            }
        }
    }
}
