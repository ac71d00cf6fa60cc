//! Asking the shop for a page in the background.

use js_sys::Reflect;
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Headers, Request, RequestInit, Response, SupportedType, UrlSearchParams};

/// A page that came back.
pub struct Answer {
    /// Was the form taken? Then the shop has sent the browser on to a page.
    pub taken: bool,
    /// The address of the page.
    pub address: String,
    /// The page.
    pub page: Document,
}

/// Nothing came back that could be read.
pub struct Offline;

/// A page of the shop's.
pub async fn get(address: &str) -> Result<Answer, Offline> {
    fetch(address, &RequestInit::new()).await.map_err(|_| Offline)
}

/// The page that a form leads to.
pub async fn post(address: &str, fields: &UrlSearchParams) -> Result<Answer, Offline> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(fields);
    // Arrives even if the page is left meanwhile (Fetch, `keepalive`); `web_sys` has no name for it.
    let _ = Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE);
    fetch(address, &init).await.map_err(|_| Offline)
}

async fn fetch(address: &str, init: &RequestInit) -> Result<Answer, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "text/html")?;
    init.set_headers(&headers);
    let request = Request::new_with_str_and_init(address, init)?;
    let answer: Response = JsFuture::from(window().fetch_with_request(&request)).await?.dyn_into()?;
    let html = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    let page = DomParser::new()?.parse_from_string(&html, SupportedType::TextHtml)?;
    Ok(Answer { taken: answer.ok() && answer.redirected(), address: answer.url(), page })
}
