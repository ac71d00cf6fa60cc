//! How Twilio is asked: a form, with the account's secret, and an answer in JSON. One call is one try:
//! whether anything is tried again is decided by who asks (`service/outbox.rs`). After a time-out nobody
//! knows whether Twilio took it.

use super::{
    super::SmsError,
    codes::{Meaning, meaning},
};
use crate::server::config::{ConfigError, Twilio};
use reqwest::{Client, Response, StatusCode, Url, redirect::Policy};
use serde::{Deserialize, de::DeserializeOwned};
use std::{error::Error, time::Duration};

/// A customer waits for this; the whole exchange, and reaching Twilio at all.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Twilio's answers are about one KiB. What is larger is not one of them.
const LONGEST_ANSWER: usize = 64 * 1024;

/// As much of Twilio's own words as a log line needs.
const LONGEST_REASON: usize = 200;

/// The body of an error.
#[derive(Deserialize)]
struct Refused {
    code: u32,
    message: Option<String>,
}

/// What Twilio says to a request that it understood.
pub(super) enum Answer<T> {
    /// It did what was asked.
    Done(T),
    /// What was asked for is not there (404 with 20404).
    NotThere,
}

/// One account, asked by one client.
pub(super) struct Connection {
    account: Twilio,
    client: Client,
}

impl Connection {
    /// Prepares the client; nothing is asked yet.
    ///
    /// # Errors
    /// A sentence, when the HTTP client cannot be made.
    pub fn new(account: Twilio, timeout: Duration) -> Result<Connection, ConfigError> {
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
        Ok(Connection { account, client })
    }

    /// The account's settings.
    pub const fn account(&self) -> &Twilio {
        &self.account
    }

    /// Asks for what stands at an address.
    ///
    /// # Errors
    /// The client's.
    pub async fn get(&self, url: Url) -> reqwest::Result<Response> {
        let Twilio { account_sid, auth_token, .. } = &self.account;
        self.client.get(url).basic_auth(account_sid, Some(auth_token)).send().await
    }

    /// Sends a form. `secret` is what no error may repeat: the text or the code.
    ///
    /// # Errors
    /// [`SmsError`]: it was not done, as far as anybody knows.
    pub async fn post<T: DeserializeOwned>(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        secret: &str,
    ) -> Result<T, SmsError> {
        match self.ask(url, form, secret).await? {
            Answer::Done(answer) => Ok(answer),
            Answer::NotThere => Err(self.error(20404, Meaning::Misconfigured, Some("not found"), secret)),
        }
    }

    /// The same, where what is not there is an answer too.
    ///
    /// # Errors
    /// As [`Connection::post`].
    pub async fn ask<T: DeserializeOwned>(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        secret: &str,
    ) -> Result<Answer<T>, SmsError> {
        let Twilio { account_sid, auth_token, .. } = &self.account;
        let request = self.client.post(url.clone()).basic_auth(account_sid, Some(auth_token)).form(form);
        let answer = request.send().await.map_err(|error| broken(&error))?;
        let status = answer.status();
        if status.is_success() {
            return read(answer).await.map(Answer::Done);
        }
        if !status.is_client_error() {
            return Err(SmsError::Unavailable(format!("Twilio answered {}", status.as_u16())));
        }
        let refused: Result<Refused, SmsError> = read(answer).await;
        match refused {
            Ok(Refused { code: 20404, .. }) if status == StatusCode::NOT_FOUND => Ok(Answer::NotThere),
            Ok(Refused { code, message }) => {
                let unknown = match status {
                    StatusCode::TOO_MANY_REQUESTS => Meaning::Unavailable,
                    _ => Meaning::Misconfigured,
                };
                Err(self.error(code, meaning(code).unwrap_or(unknown), message.as_deref(), secret))
            }
            Err(error) => Err(error),
        }
    }

    /// An error of Twilio's as ours. Its words often quote the number and could quote the rest, so
    /// token and text are taken out, and all digits with them: no form of the number or the code is
    /// left. Twilio's code says enough to look it up.
    pub fn error(&self, code: u32, meaning: Meaning, reason: Option<&str>, secret: &str) -> SmsError {
        let mut reason = reason.unwrap_or_default().to_owned();
        for secret in [self.account.auth_token.as_str(), secret].into_iter().filter(|text| !text.is_empty()) {
            reason = reason.replace(secret, "…");
        }
        let reason: String = reason.chars().filter(|sign| !sign.is_numeric()).take(LONGEST_REASON).collect();
        let detail = || format!("Twilio error {code}: {reason}");
        match meaning {
            Meaning::BadNumber => {
                // The error has no place for it, and a sender that reaches nobody looks like this.
                tracing::warn!(code, reason, "Twilio cannot reach a number");
                SmsError::BadNumber
            }
            Meaning::Unavailable => SmsError::Unavailable(detail()),
            Meaning::Misconfigured => SmsError::Misconfigured(detail()),
            Meaning::TooOften => SmsError::TooOften(detail()),
        }
    }
}

/// An address below one of Twilio's.
///
/// # Errors
/// A sentence, when the setting of this name is no address.
pub(super) fn address(setting: &str, base: &str, below: &[&str]) -> Result<Url, ConfigError> {
    let wrong =
        || ConfigError(format!("{setting} is {base:?} but must be an address like https://api.twilio.com."));
    let mut url = Url::parse(base).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(wrong());
    }
    let mut path = url.path_segments_mut().map_err(|()| wrong())?;
    path.pop_if_empty().extend(below);
    drop(path);
    Ok(url)
}

/// An address below the accounts.
///
/// # Errors
/// A sentence, when `TWILIO_BASE_URL` is no address.
pub(super) fn of_account(account: &Twilio, below: &[&str]) -> Result<Url, ConfigError> {
    let path = [&["2010-04-01", "Accounts"][..], below].concat();
    address("TWILIO_BASE_URL", &account.base_url, &path)
}

/// A name of Twilio's for something of these kinds, as its document has it: anything else is kept nowhere.
pub(super) fn is_sid(text: &str, kinds: &[&str]) -> bool {
    let digits = kinds.iter().find_map(|kind| text.strip_prefix(kind));
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
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
    use crate::{model::strange, server::config::TwilioSender};
    use proptest::prelude::*;

    fn connection(auth_token: &str) -> Connection {
        let account = Twilio {
            account_sid: "AC1".into(),
            auth_token: auth_token.into(),
            sender: TwilioSender::From("+40700000000".into()),
            caller: None,
            verify: None,
            base_url: "https://api.twilio.example".into(),
        };
        Connection::new(account, TIMEOUT).unwrap()
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Named {
        sid: String,
    }

    fn answered(body: Vec<u8>) -> Result<Named, SmsError> {
        futures::executor::block_on(read(Response::from(http::Response::new(body))))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_logged_of_an_answer_holds_no_secret(
            token in "[0-9a-f]{32}",
            code in "[0-9]{4,8}",
            (before, between) in (strange::text(20), strange::text(120)),
            which in 0..3usize,
        ) {
            let meaning = [Meaning::Misconfigured, Meaning::Unavailable, Meaning::TooOften][which];
            let body = format!("Codul este {code}");
            let reason = format!("{before}{token}{between}{body} +40722123456");
            let error = connection(&token).error(30001, meaning, Some(&reason), &body);
            let (SmsError::Unavailable(text) | SmsError::Misconfigured(text) | SmsError::TooOften(text)) = error
            else { panic!("{error:?}") };
            let told = text.strip_prefix("Twilio error 30001: ").unwrap();
            prop_assert!(told.chars().count() <= LONGEST_REASON);
            prop_assert!(!told.contains(char::is_numeric) && !told.contains("Codul este"), "{:?}", told);
        }

        #[test]
        fn an_answer_is_understood_or_not_repeated(sid in strange::text(8), junk in strange::nearly("[a-z0-9 +]{10,30}")) {
            let good = serde_json::json!({ "sid": sid, "status": "queued", "more": junk }).to_string();
            prop_assert_eq!(answered(good.into_bytes()), Ok(Named { sid }));
            let (bad, long) = (junk.clone().into_bytes(), vec![b' '; LONGEST_ANSWER + 1]);
            for answer in [answered(bad).err(), answered(long).err()] {
                let Some(SmsError::Unavailable(told)) = answer else { panic!("{answer:?}") };
                prop_assert!(told.starts_with("Twilio answered 200 with"));
                prop_assert!(junk.len() < 10 || !told.contains(&junk));
            }
        }
    }

    #[test]
    fn names_are_of_their_kind() {
        let digits = "0123456789abcdef0123456789ABCDEF";
        assert!(is_sid(&format!("CA{digits}"), &["SM", "CA"]));
        for wrong in [format!("VE{digits}"), format!("CA{digits}0"), "CA".into(), digits.to_owned()] {
            assert!(!is_sid(&wrong, &["SM", "CA"]), "{wrong}");
        }
    }
}
