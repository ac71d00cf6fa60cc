//! What a server function or a page can reach: the shop, the visitor, and the answer's cookies.
//! The HTTP layer puts the parts into the context; nothing here is a rule.

use super::{
    service::{Shop, auth::Login},
    state::AppState,
    store::carts::CartItem,
    trail,
    visitor::{Cookies, Step, Visitor},
};
use crate::{
    app::{i18n::href, shop::api::Next},
    model::{
        cart::Cart,
        error::{AppError, Missing},
        ids::CartId,
        session::Customer,
    },
};
use http::{HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;

/// Where a form without JavaScript goes after it succeeded.
#[derive(Clone, Debug, Default)]
pub struct FormNext(Arc<Mutex<Option<String>>>);

impl FormNext {
    /// The address, when the server function named one.
    pub fn take(&self) -> Option<String> {
        self.0.lock().ok().and_then(|mut next| next.take())
    }
}

/// How many pieces are in the visitor's cart, when that was asked already.
#[derive(Clone, Copy, Debug)]
pub struct CartCount(pub u32);

/// What is in the visitor's cart, once a part of the page has asked: the others need not ask again.
#[derive(Clone, Default)]
pub struct SeenCart(Arc<OnceCell<Option<Vec<CartItem>>>>);

/// Everything that a server function works with.
pub struct Here {
    /// The rules of the shop.
    pub shop: Shop,
    /// Who is asking.
    pub visitor: Visitor,
    cookies: Cookies,
    answer: ResponseOptions,
    /// The path of the server function.
    path: String,
}

impl Here {
    /// The context of this request.
    ///
    /// # Errors
    /// [`AppError::Internal`] outside of a request: a mistake in the wiring.
    pub fn get() -> Result<Here, AppError> {
        let state = use_context::<AppState>().ok_or(AppError::Internal)?;
        let parts = use_context::<Parts>().ok_or(AppError::Internal)?;
        let visitor = parts.extensions.get::<Visitor>().cloned().ok_or(AppError::Internal)?;
        let answer = use_context::<ResponseOptions>().ok_or(AppError::Internal)?;
        let path = parts.uri.path().to_owned();
        Ok(Here { shop: state.shop.clone(), cookies: state.cookies.clone(), visitor, answer, path })
    }

    /// The customer whose session this is, if any.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn customer(&self) -> Result<Option<Customer>, AppError> {
        self.shop.customer(self.visitor.customer_token.as_deref()).await
    }

    /// The producer or who works there, or an error; renews the cookie when the token was refreshed.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`].
    pub async fn admin(&self) -> Result<Login, AppError> {
        let login = self.shop.login_of(self.visitor.admin_token.as_deref()).await?;
        if let Some(token) = &login.token {
            self.set_cookie(self.cookies.admin(token.clone()));
        }
        Ok(login)
    }

    /// The same, in a form that carries the token of this login. What comes of it is recorded.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`], [`AppError::Forbidden`].
    pub async fn admin_form(&self, csrf: &str) -> Result<Login, AppError> {
        let login = self.admin().await?;
        trail::open(login.who(), trail::action_of_form(&self.path));
        login.check_csrf(csrf)?;
        Ok(login)
    }

    /// An owner: for what not everybody who works here may see.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`], [`AppError::Forbidden`].
    pub async fn owner(&self) -> Result<Login, AppError> {
        let login = self.admin().await?;
        login.check_owner()?;
        Ok(login)
    }

    /// An owner, in a form that carries the token of this login. What comes of it is recorded.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`], [`AppError::Forbidden`].
    pub async fn owner_form(&self, csrf: &str) -> Result<Login, AppError> {
        let login = self.admin_form(csrf).await?;
        login.check_owner()?;
        Ok(login)
    }

    /// The visitor's cart.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none.
    pub fn cart(&self) -> Result<&CartId, AppError> {
        self.visitor.cart.as_ref().ok_or(AppError::missing(Missing::Cart))
    }

    /// What is in the visitor's cart, read once for a whole page.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn cart_items(&self) -> Result<Option<Vec<CartItem>>, AppError> {
        let read = || self.shop.cart_items(self.visitor.cart.as_ref());
        match use_context::<SeenCart>() {
            Some(SeenCart(seen)) => seen.get_or_try_init(read).await.cloned(),
            None => read().await,
        }
    }

    /// The same with the prices and the stock of now.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn priced_cart(&self) -> Result<Cart, AppError> {
        let items = self.cart_items().await?;
        self.shop.cart_of(self.visitor.cart.as_ref(), items.as_deref(), self.visitor.locale).await
    }

    /// Remembers which cart this is.
    pub fn keep_cart(&self, cart: &Cart) {
        if let Some(id) = &cart.id {
            self.set_cookie(self.cookies.cart(id, self.shop.config.cart_ttl.as_secs()));
        }
    }

    /// Remembers the customer's session.
    pub fn keep_customer(&self, token: String) {
        self.set_cookie(self.cookies.customer(token));
    }

    /// Forgets the customer's session.
    pub fn forget_customer(&self) {
        self.set_cookie(self.cookies.no_customer());
    }

    /// Remembers the producer's login.
    pub fn keep_admin(&self, token: String) {
        self.set_cookie(self.cookies.admin(token));
    }

    /// Forgets the producer's login.
    pub fn forget_admin(&self) {
        self.set_cookie(self.cookies.no_admin());
    }

    /// Keeps what the next step needs in this browser alone.
    pub fn keep_step(&self, step: &Step) {
        self.set_cookie(self.cookies.step(step));
    }

    /// The token of a login that waits for its code.
    pub fn code_step(&self) -> Option<&str> {
        match &self.visitor.step {
            Some(Step::Code(token)) => Some(token),
            _ => None,
        }
    }

    /// The token of an invitation that was just made; the browser forgets it.
    pub fn take_invitation(&self) -> Option<String> {
        match &self.visitor.step {
            Some(Step::Invitation(token)) => {
                self.forget_step();
                Some(token.clone())
            }
            _ => None,
        }
    }

    /// Forgets it.
    pub fn forget_step(&self) {
        self.set_cookie(self.cookies.no_step());
    }

    /// Where to go next, in the visitor's language: a form without JavaScript is sent there, an
    /// island reads it from the answer.
    pub fn next(&self, path: &str) -> Next {
        let next = href(self.visitor.locale, path);
        if let Some(form) = use_context::<FormNext>()
            && let Ok(mut place) = form.0.lock()
        {
            *place = Some(next.clone());
        }
        Next { next }
    }

    fn set_cookie(&self, cookie: HeaderValue) {
        self.answer.append_header(header::SET_COOKIE, cookie);
    }
}
