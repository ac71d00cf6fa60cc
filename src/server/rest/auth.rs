//! `/api/auth`: the producer's login. The token is in a cookie that scripts cannot read; the CSRF
//! token is in the answer.

use super::{
    body::{FromFields, Json},
    caller::{Caller, with_cookie},
    envelope::success,
    fields::Fields,
    refusal::Refusal,
};
use crate::server::{clock::rfc3339, service::auth::Login, state::AppState};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/auth/login", post(log_in))
        .route("/auth/logout", post(log_out))
        .route("/auth/me", get(me))
}

/// Every unsafe request of an admin carries the login's token here.
pub(super) const CSRF: &str = "X-CSRF-Token";

struct LoginRequest {
    username: String,
    password: String,
}

impl FromFields for LoginRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<LoginRequest> {
        let (username, password) = (fields.required("username"), fields.required("password"));
        Some(LoginRequest { username: username?, password: password? })
    }
}

/// A login as the API writes it.
#[derive(Serialize)]
struct LoginJson {
    username: String,
    role: &'static str,
    expires_at: String,
    csrf_token: String,
}

impl LoginJson {
    fn of(login: &Login) -> LoginJson {
        LoginJson {
            username: login.admin.username.clone(),
            role: "admin",
            expires_at: rfc3339(login.expires_at),
            csrf_token: login.admin.csrf_token.clone(),
        }
    }
}

/// Nothing to tell but that it is done.
#[derive(Serialize)]
struct Done {}

async fn log_in(caller: Caller, Json(body): Json<LoginRequest>) -> Result<Response, Refusal> {
    let login = caller.shop.log_in(&body.username, &body.password, &caller.visitor.address).await?;
    Ok(caller.keep_admin(Some(&login), success(StatusCode::OK, LoginJson::of(&login))))
}

async fn log_out(caller: Caller, headers: HeaderMap) -> Result<Response, Refusal> {
    let login = caller.admin().await?;
    login.check_csrf(headers.get(CSRF).and_then(|token| token.to_str().ok()).unwrap_or_default())?;
    caller.shop.log_out(&login).await?;
    Ok(with_cookie(success(StatusCode::OK, Done {}), caller.cookies.no_admin()))
}

async fn me(caller: Caller) -> Result<Response, Refusal> {
    let login = caller.admin().await?;
    Ok(caller.keep_admin(Some(&login), success(StatusCode::OK, LoginJson::of(&login))))
}
