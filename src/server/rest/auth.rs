//! `/api/auth`: the producer's login. The token is in a cookie that scripts cannot read; the CSRF
//! token is in the answer.

use super::{
    body::{FromFields, Json},
    caller::{Caller, with_cookie},
    envelope::{Failure, Success, success},
    fields::Fields,
    producer::Producer,
    refusal::Refusal,
    schema::Moment,
};
use crate::server::{clock::rfc3339, service::auth::Login, state::AppState};
use axum::response::Response;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(log_in)).routes(routes!(log_out)).routes(routes!(me))
}

/// Who wants to log in.
#[derive(ToSchema)]
struct LoginRequest {
    #[schema(example = "ana")]
    username: String,
    #[schema(format = "password")]
    password: String,
    /// Where the account has a second factor: the six digits, or a recovery code.
    #[schema(max_length = 100, example = "123456")]
    code: Option<String>,
}

impl FromFields for LoginRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<LoginRequest> {
        let (username, password) = (fields.required("username"), fields.required("password"));
        let code = fields.optional("code");
        Some(LoginRequest { username: username?, password: password?, code })
    }
}

/// A login as the API writes it.
#[derive(Serialize, ToSchema)]
#[schema(as = Login)]
struct LoginJson {
    username: String,
    #[schema(example = "admin")]
    role: &'static str,
    /// `owner` or `staff`.
    #[schema(example = "owner")]
    rights: &'static str,
    #[schema(value_type = Moment)]
    expires_at: String,
    /// To be sent in `X-CSRF-Token` with every unsafe request.
    csrf_token: String,
}

impl LoginJson {
    fn of(login: &Login) -> LoginJson {
        LoginJson {
            username: login.admin.username.clone(),
            role: "admin",
            rights: login.admin.rights.name(),
            expires_at: rfc3339(login.expires_at),
            csrf_token: login.admin.csrf_token.clone(),
        }
    }
}

/// Nothing to tell but that it is done.
#[derive(Serialize, ToSchema)]
pub struct Done {}

/// Log in
///
/// The token comes in a cookie that scripts cannot read; the CSRF token is in the answer. An account
/// with a second factor is told that a code is needed (`AUTH_004`, with `reason` `code_required`), or
/// that the one it sent is wrong or used (`code_wrong`): the same request is then sent with a `code`.
#[utoipa::path(
    post, path = "/auth/login", tag = "Login", operation_id = "log_in", request_body = LoginRequest,
    responses(
        (status = 200, description = "Logged in.", body = Success<LoginJson>),
        (status = 401, description = "A wrong name or password, or a code is needed.", body = Failure)
    )
)]
async fn log_in(caller: Caller, Json(body): Json<LoginRequest>) -> Result<Response, Refusal> {
    let (address, code) = (&caller.visitor.address, body.code.as_deref());
    let login = caller.shop.log_in_with(&body.username, &body.password, code, address).await?;
    Ok(caller.keep_admin(Some(&login), success(StatusCode::OK, LoginJson::of(&login))))
}

/// Log out
///
/// Ends this login on the server: its tokens are void everywhere.
#[utoipa::path(
    post, path = "/auth/logout", tag = "Login", operation_id = "log_out",
    security(("admin" = [], "csrf" = [])),
    responses((status = 200, description = "Logged out.", body = Success<Done>))
)]
async fn log_out(producer: Producer) -> Result<Response, Refusal> {
    producer.caller.shop.log_out(&producer.login).await?;
    Ok(with_cookie(success(StatusCode::OK, Done {}), producer.caller.cookies.no_admin()))
}

/// Who is logged in
#[utoipa::path(
    get, path = "/auth/me", tag = "Login", operation_id = "who_am_i", security(("admin" = [])),
    responses((status = 200, description = "The login.", body = Success<LoginJson>))
)]
async fn me(producer: Producer) -> Result<Response, Refusal> {
    Ok(producer.answer(StatusCode::OK, LoginJson::of(&producer.login)))
}
