//! Asking Twilio about the account itself (`GET /2010-04-01/Accounts/{Sid}.json`, operation
//! `FetchAccount` of its OpenAPI). Nothing is sent and nothing is paid.

use super::twilio::address;
use crate::server::config::Twilio;
use reqwest::{Client, StatusCode, Url, redirect::Policy};
use serde::Deserialize;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(10);

/// How the account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can send.
    Active {
        /// To verified numbers only?
        trial: bool,
    },
    /// `suspended` or `closed`.
    Stopped(String),
    /// With this status: account or secret are wrong.
    Refused(u16),
    /// Why nothing is known. Without addresses and secrets.
    Unknown(String),
}

/// An account, as far as it is read.
#[derive(Deserialize)]
struct Account {
    status: String,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// Asks.
pub async fn look(account: &Twilio) -> Standing {
    let url = match address(account, &[&format!("{}.json", account.account_sid)]) {
        Ok(url) => url,
        Err(error) => return Standing::Unknown(error.0),
    };
    match ask(account, url).await {
        Ok(standing) => standing,
        Err(error) => Standing::Unknown(error.without_url().to_string()),
    }
}

async fn ask(account: &Twilio, url: Url) -> reqwest::Result<Standing> {
    let client = Client::builder().timeout(TIMEOUT).redirect(Policy::none()).build()?;
    let answer = client.get(url).basic_auth(&account.account_sid, Some(&account.auth_token)).send().await?;
    match answer.status() {
        StatusCode::OK => {
            let Account { status, kind } = answer.json().await?;
            let trial = kind.is_some_and(|kind| kind == "Trial");
            Ok(if status == "active" { Standing::Active { trial } } else { Standing::Stopped(status) })
        }
        status if matches!(status.as_u16(), 401 | 403 | 404) => Ok(Standing::Refused(status.as_u16())),
        status => Ok(Standing::Unknown(format!("it answered with {status}"))),
    }
}
