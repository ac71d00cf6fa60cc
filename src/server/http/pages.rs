//! Rendering pages. A page is sent whole, when all that it shows is known: it is small, its status
//! is right, and it goes out in one write.

use super::origin::site_origin;
use crate::{
    app::{
        forms::{FormReplay, PagePath},
        shell::shell,
        status::PageStatus,
    },
    server::{http::security::page_policy, state::AppState, visitor::Visitor},
};
use axum::{
    body::Body,
    extract::{Request, State},
    response::Response,
};
use http::{HeaderValue, Method, StatusCode, header};
use leptos::{
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::ResponseOptions;

/// A page for its address.
pub async fn render(State(state): State<AppState>, request: Request) -> Response {
    render_page(state, request, None).await
}

/// The page of an address, with a refused form on it when there is one.
pub async fn render_page(state: AppState, request: Request, replay: Option<FormReplay>) -> Response {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let refused = replay.as_ref().map(|replay| replay.error().code().status);
    let status = PageStatus::default();
    let decided = status.clone();
    let files = state.files.clone();
    let origin = site_origin(&state.shop.config, request.headers());
    let context = move || {
        provide_context(state.clone());
        provide_context(status.clone());
        provide_context(origin.clone());
        if let Some(visitor) = &visitor {
            provide_context(visitor.locale);
            provide_context(PagePath(visitor.path.clone()));
        }
        if let Some(replay) = &replay {
            provide_context(replay.clone());
        }
        set_policy();
    };
    let handler = leptos_axum::render_app_async_with_context(context, move || shell(files.clone()));
    let mut response = handler(request).await;
    // A page that cannot be shown outweighs the form on it; a redirect of the page's stays.
    let status = if decided.get() == 200 { refused.unwrap_or(200) } else { decided.get() };
    if response.status() == StatusCode::OK
        && let Ok(status) = StatusCode::from_u16(status)
    {
        *response.status_mut() = status;
    }
    // A page shows the visitor's own cart and form: nobody else may keep it.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// The policy of this page, with the nonce that its scripts carry.
fn set_policy() {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    if let (Some(answer), Ok(policy)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&page_policy(&nonce)))
    {
        answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// A request for the page on which a form stands, as the browser would have made it.
pub fn page_request(form: &http::request::Parts, path: &str) -> Option<Request> {
    let mut request = Request::builder().method(Method::GET).uri(path).body(Body::empty()).ok()?;
    *request.headers_mut() = form.headers.clone();
    for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE] {
        request.headers_mut().remove(name);
    }
    if let Some(visitor) = form.extensions.get::<Visitor>() {
        request.extensions_mut().insert(Visitor { path: path.to_owned(), ..visitor.clone() });
    }
    Some(request)
}
