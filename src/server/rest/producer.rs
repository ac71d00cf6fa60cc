//! The producer as a caller. A handler that takes one is for the producer alone, and its unsafe
//! requests carry the login's CSRF token: both are checked here, before the body is read.

use super::{caller::Caller, envelope::success, refusal::Refusal};
use crate::{
    model::{audit::area, ids::UserId},
    server::{service::auth::Login, state::AppState, trail},
};
use axum::{
    extract::{FromRequestParts, MatchedPath, RawPathParams},
    response::Response,
};
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

/// The producer, when everything is theirs to do: for what not everybody who works there may see.
pub struct Owner(pub Producer);

impl FromRequestParts<AppState> for Owner {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Owner, Refusal> {
        let producer = Producer::from_request_parts(parts, state).await?;
        producer.login.check_owner()?;
        Ok(Owner(producer))
    }
}

/// Opens the record of this request: what comes of it is added by `http::audit`.
async fn record(parts: &mut Parts, state: &AppState, login: &Login) {
    let route = parts.extensions.get::<MatchedPath>().map(|route| route.as_str().to_owned());
    let action = trail::action_of_operation(&parts.method, route.as_deref().unwrap_or_default());
    let kind = trail::singular(area(&action)).to_owned();
    trail::open(login.who(), action);
    if let Ok(places) = RawPathParams::from_request_parts(parts, state).await
        && let Some((_, id)) = places.iter().find(|(name, id)| *name == "id" && UserId::parse(id).is_ok())
    {
        trail::about(&kind, id);
    }
}

impl FromRequestParts<AppState> for Producer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Producer, Refusal> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let login = caller.admin().await?;
        if !parts.method.is_safe() {
            record(parts, state, &login).await;
            let token = parts.headers.get(CSRF).and_then(|token| token.to_str().ok());
            login.check_csrf(token.unwrap_or_default())?;
        }
        Ok(Producer { caller, login })
    }
}
