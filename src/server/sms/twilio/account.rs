//! Asking Twilio about the account itself (`GET /2010-04-01/Accounts/{Sid}.json`, operation
//! `FetchAccount` of its OpenAPI). Nothing is sent and nothing is paid.

use super::connection::{Connection, TIMEOUT, of_account};
use crate::server::config::Twilio;
use reqwest::{StatusCode, Url};
use serde::Deserialize;

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
    let ready = of_account(account, &[&format!("{}.json", account.account_sid)])
        .and_then(|url| Ok((url, Connection::new(account.clone(), TIMEOUT)?)));
    let (url, connection) = match ready {
        Ok(ready) => ready,
        Err(error) => return Standing::Unknown(error.0),
    };
    match ask(&connection, url).await {
        Ok(standing) => standing,
        Err(error) => Standing::Unknown(error.without_url().to_string()),
    }
}

async fn ask(connection: &Connection, url: Url) -> reqwest::Result<Standing> {
    let answer = connection.get(url).await?;
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
