//! Calling server functions from an island: the form itself is sent, as the browser would send it
//! without JavaScript, and the answer is read as JSON. The generated client of a server function
//! would do the same with 36 to 46 KB more of WASM (docs/decisions/0004).

use super::told::Told;
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, Headers, HtmlFormElement, Request, RequestInit, Response, SubmitEvent, UrlSearchParams,
};

/// An island's failure: an answer of the shop's, or no answer at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The shop refused.
    Refused(Box<Told>),
    /// Nothing came back that could be read.
    Offline,
}

impl CallError {
    /// The sentence for the visitor.
    pub fn message(&self, l: crate::model::locale::Locale) -> String {
        match self {
            CallError::Refused(told) => told.message.clone(),
            CallError::Offline => crate::model::text::error::offline(l).to_owned(),
        }
    }
}

/// A form as it was filled in when it was sent.
pub struct Form {
    action: String,
    fields: UrlSearchParams,
}

impl Form {
    /// The fields of the form that is being sent, with the button that was pressed.
    pub fn of(event: &SubmitEvent) -> Option<Form> {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok())?;
        // `action` and `submitter` are read as properties of the element, not of its controls.
        let action = form.get_attribute("action").unwrap_or_default();
        let filled = FormData::new_with_form(&form).ok()?;
        let fields = UrlSearchParams::new().ok()?;
        for entry in js_sys::try_iter(&filled).ok().flatten().into_iter().flatten().flatten() {
            let pair = js_sys::Array::from(&entry);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                fields.append(&name, &value);
            }
        }
        if let Some(button) = event.submitter()
            && let (Some(name), Some(value)) = (button.get_attribute("name"), button.get_attribute("value"))
        {
            fields.append(&name, &value);
        }
        Some(Form { action, fields })
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> Option<String> {
        self.fields.get(name)
    }

    /// Sends it.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn send<T: DeserializeOwned>(&self) -> Result<T, CallError> {
        post(&self.action, &self.fields).await
    }
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
    post(&on_this_page(path), &params).await
}

/// Asks for something.
///
/// # Errors
/// [`CallError`].
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, CallError> {
    call(&on_this_page(path), &RequestInit::new()).await
}

/// The page, which says the language, as forms do in their action.
fn on_this_page(path: &str) -> String {
    let page = leptos::prelude::window().location().pathname().unwrap_or_default();
    format!("{path}?page={page}")
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
        Err(serde_json::from_str(&text).map_or(CallError::Offline, |told| CallError::Refused(Box::new(told))))
    }
}

/// Goes to another page.
pub fn go(address: &str) {
    let _ = leptos::prelude::window().location().set_href(address);
}
