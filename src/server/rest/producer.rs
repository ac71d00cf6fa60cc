//! The producer as a caller. A handler that takes one is for the producer alone, and its unsafe
//! requests carry the login's CSRF token: both are checked here, before the body is read.

use super::{caller::Caller, envelope::success, refusal::Refusal};
use crate::server::{service::auth::Login, state::AppState};
use axum::{extract::FromRequestParts, response::Response};
use http::{StatusCode, request::Parts};
use serde::Serialize;

/// Every unsafe request of an admin carries the login's token here.
pub const CSRF: &str = "X-CSRF-Token";

/// The producer.
pub struct Producer {
    /// The caller.
    pub caller: Caller,
    /// The login.
    pub login: Login,
}

impl Producer {
    /// A success. It hands out the new token when the login was refreshed.
    pub fn answer<T: Serialize>(&self, status: StatusCode, data: T) -> Response {
        self.caller.keep_admin(Some(&self.login), success(status, data))
    }
}

impl FromRequestParts<AppState> for Producer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Producer, Refusal> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let login = caller.admin().await?;
        if !parts.method.is_safe() {
            let token = parts.headers.get(CSRF).and_then(|token| token.to_str().ok());
            login.check_csrf(token.unwrap_or_default())?;
        }
        Ok(Producer { caller, login })
    }
}
