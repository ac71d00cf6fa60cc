//! Who calls, with what a handler needs to serve them.

use super::refusal::Refusal;
use crate::{
    model::{
        error::{AppError, Missing},
        ids::{CartId, IdError},
        locale::Locale,
        session::Customer,
    },
    server::{
        service::{Shop, auth::Login},
        state::AppState,
        visitor::{Cookies, Visitor},
    },
};
use axum::{
    extract::{FromRequestParts, Path},
    response::Response,
};
use http::{HeaderValue, header, request::Parts};
use serde::de::DeserializeOwned;

/// The caller of one request.
pub struct Caller {
    /// The rules of the shop.
    pub shop: Shop,
    /// What the request tells about its sender.
    pub visitor: Visitor,
    /// To remember something with the sender.
    pub cookies: Cookies,
}

impl Caller {
    /// The language of the answer.
    pub const fn locale(&self) -> Locale {
        self.visitor.locale
    }

    /// The customer whose session this is, if any.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn customer(&self) -> Result<Option<Customer>, AppError> {
        self.shop.customer(self.visitor.customer_token.as_deref()).await
    }

    /// The producer.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`].
    pub async fn admin(&self) -> Result<Login, AppError> {
        self.shop.login_of(self.visitor.admin_token.as_deref()).await
    }

    /// The producer, if it is one.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn admin_if_any(&self) -> Result<Option<Login>, AppError> {
        match self.admin().await {
            Ok(login) => Ok(Some(login)),
            Err(AppError::SessionExpired) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Remembers with the sender which cart this is.
    pub fn keep_cart(&self, cart: Option<&CartId>, response: Response) -> Response {
        match cart {
            Some(id) => with_cookie(response, self.cookies.cart(id, self.shop.config.cart_ttl.as_secs())),
            None => response,
        }
    }

    /// Hands out the admin's new token, when there is one.
    pub fn keep_admin(&self, login: Option<&Login>, response: Response) -> Response {
        match login.and_then(|login| login.token.as_ref()) {
            Some(token) => with_cookie(response, self.cookies.admin(token.clone())),
            None => response,
        }
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Caller, Refusal> {
        let visitor = parts.extensions.get::<Visitor>().cloned().ok_or(AppError::Internal)?;
        Ok(Caller { shop: state.shop.clone(), visitor, cookies: state.cookies.clone() })
    }
}

/// The variable parts of an address. One that cannot be read leads nowhere.
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<At<T>, Refusal> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(place)) => Ok(At(place)),
            Err(_) => Err(AppError::missing(Missing::Page).into()),
        }
    }
}

/// An id from outside: one that is none of its kind names nothing.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn id<T: TryFrom<String, Error = IdError>>(text: String, what: Missing) -> Result<T, AppError> {
    T::try_from(text).map_err(|_| AppError::missing(what))
}

/// Adds a cookie to an answer.
pub fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
