//! Calling server functions from an island: the form itself is sent, as the browser would send it
//! without JavaScript, and the answer is read as JSON. The generated client of a server function
//! would do the same with 36 to 46 KB more of WASM (docs/decisions/0004).

use crate::model::{cart::Cart, error::AppError};
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CustomEvent, CustomEventInit, FormData, Headers, HtmlFormElement, Request, RequestInit, Response,
    SubmitEvent, UrlSearchParams,
};

/// An island's failure: an answer of the shop's, or no answer at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The shop refused.
    Refused(AppError),
    /// Nothing came back that could be read.
    Offline,
}

impl CallError {
    /// The sentence for the visitor.
    pub fn message(&self, l: crate::model::locale::Locale) -> String {
        match self {
            CallError::Refused(error) => error.message(l),
            CallError::Offline => crate::model::text::error::offline(l).to_owned(),
        }
    }
}

/// Sends a form's fields to its action, with the button that was pressed.
///
/// # Errors
/// [`CallError`].
pub async fn submit<T: DeserializeOwned>(event: &SubmitEvent) -> Result<T, CallError> {
    let form = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlFormElement>().ok())
        .ok_or(CallError::Offline)?;
    let fields = FormData::new_with_form(&form).map_err(|_| CallError::Offline)?;
    // `action` and `submitter` are read as properties of the element, not of its controls.
    let action = form.get_attribute("action").unwrap_or_default();
    let params = UrlSearchParams::new().map_err(|_| CallError::Offline)?;
    for entry in js_sys::try_iter(&fields).ok().flatten().into_iter().flatten().flatten() {
        let pair = js_sys::Array::from(&entry);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            params.append(&name, &value);
        }
    }
    if let Some(button) = event.submitter()
        && let (Some(name), Some(value)) = (button.get_attribute("name"), button.get_attribute("value"))
    {
        params.append(&name, &value);
    }
    post(&action, &params).await
}

/// Sends named values.
///
/// # Errors
/// [`CallError`].
pub async fn send<T: DeserializeOwned>(path: &str, fields: &[(&str, &str)]) -> Result<T, CallError> {
    let params = UrlSearchParams::new().map_err(|_| CallError::Offline)?;
    for (name, value) in fields {
        params.append(name, value);
    }
    post(path, &params).await
}

/// Asks for something.
///
/// # Errors
/// [`CallError`].
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, CallError> {
    call(path, &RequestInit::new()).await
}

async fn post<T: DeserializeOwned>(path: &str, params: &UrlSearchParams) -> Result<T, CallError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(params);
    call(path, &init).await
}

async fn call<T: DeserializeOwned>(path: &str, init: &RequestInit) -> Result<T, CallError> {
    let offline = |_: JsValue| CallError::Offline;
    let headers = Headers::new().map_err(offline)?;
    headers.set("Accept", "application/json").map_err(offline)?;
    // The language that the page is in; the address of a server function has none.
    let document = leptos::prelude::document().document_element();
    let language = document.and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    headers.set("Accept-Language", &language).map_err(offline)?;
    init.set_headers(&headers);
    let request = Request::new_with_str_and_init(path, init).map_err(offline)?;
    let answer = JsFuture::from(leptos::prelude::window().fetch_with_request(&request));
    let answer: Response = answer.await.map_err(offline)?.dyn_into().map_err(offline)?;
    let text = JsFuture::from(answer.text().map_err(offline)?).await.map_err(offline)?;
    let text = text.as_string().ok_or(CallError::Offline)?;
    if answer.ok() {
        serde_json::from_str(&text).map_err(|_| CallError::Offline)
    } else {
        Err(serde_json::from_str(&text).map_or(CallError::Offline, CallError::Refused))
    }
}

/// The name of the event by which islands tell each other of the cart.
pub const CART_CHANGED: &str = "vatra:cart";
/// The event that asks for the drawer. It is cancelled by the drawer when it opens.
pub const OPEN_CART: &str = "vatra:open-cart";

/// Tells all islands of this page what the cart is now.
pub fn tell_cart(cart: &Cart) {
    let init = CustomEventInit::new();
    let text = serde_json::to_string(cart).unwrap_or_default();
    init.set_detail(&JsValue::from_str(&text));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(CART_CHANGED, &init) {
        let _ = leptos::prelude::window().dispatch_event(&event);
    }
}

/// The cart that an event tells of.
pub fn told_cart(event: &CustomEvent) -> Option<Cart> {
    serde_json::from_str(&event.detail().as_string()?).ok()
}

/// Asks for the drawer; says whether somebody opened it.
pub fn ask_for_drawer() -> bool {
    let init = CustomEventInit::new();
    init.set_cancelable(true);
    CustomEvent::new_with_event_init_dict(OPEN_CART, &init)
        .ok()
        .and_then(|event| leptos::prelude::window().dispatch_event(&event).ok())
        .is_some_and(|nobody_cancelled| !nobody_cancelled)
}

/// Goes to another page.
pub fn go(address: &str) {
    let _ = leptos::prelude::window().location().set_href(address);
}
