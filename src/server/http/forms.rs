//! Server functions, called by an island or by a plain form.
//!
//! An island reads JSON, with the status of the error. A plain form is sent on to the next page
//! when it succeeded (303, so that reloading does not send it again); when it was refused, the
//! page it stands on comes back with what was typed and what was wrong.

use super::{
    body,
    pages::{page_request, render_page},
};
use crate::{
    app::forms::FormReplay,
    model::{
        error::{AppError, Missing},
        locale::Locale,
    },
    server::{
        context::FormNext,
        error::{add_retry_after, status},
        http::locale,
        state::AppState,
        trail,
        visitor::Visitor,
    },
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts};
use leptos::prelude::provide_context;

/// Runs the server function of this address.
pub async fn handle(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(mut visitor) = parts.extensions.get::<Visitor>().cloned() else {
        return json_error(&AppError::Internal);
    };
    let page = page_of(&parts.uri, &parts.headers);
    if let Some(l) = page.as_deref().and_then(locale::of_path) {
        // The form speaks the language of its page.
        visitor.locale = l;
        parts.extensions.insert(visitor.clone());
    }
    let page = page.unwrap_or_else(|| format!("/{}", visitor.locale.tag()));
    if !known(&parts) {
        return refuse(&AppError::missing(Missing::Page), &visitor, state, &parts, &Bytes::new(), &page)
            .await;
    }
    // Server functions read the body themselves.
    let body = match to_bytes(body, body::LIMIT).await {
        Ok(body) => body,
        Err(error) if body::too_long(&error) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let next = FormNext::default();
    let answer = run(state.clone(), &parts, body.clone(), visitor.locale, next.clone()).await;
    trail::about_form(&serde_html_form::from_bytes::<Vec<(String, String)>>(&body).unwrap_or_default());
    match read_error(answer).await {
        Err(error) => refuse(&error, &visitor, state, &parts, &body, &page).await,
        Ok(answer) if visitor.wants_page => see_other(answer, &next.take().unwrap_or(page)),
        Ok(answer) => answer,
    }
}

fn known(parts: &Parts) -> bool {
    leptos::server_fn::axum::get_server_fn_service(parts.uri.path(), parts.method.clone()).is_some()
}

/// Runs it as for an island, whoever asks: what a form needs is added here.
async fn run(state: AppState, parts: &Parts, body: Bytes, l: Locale, next: FormNext) -> Response {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = parts.method.clone();
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let context = move || {
        provide_context(state.clone());
        provide_context(l);
        provide_context(next.clone());
    };
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

/// The language of an answer: a form speaks that of its page.
pub(super) fn language(request: &Request, visitor: Option<&Visitor>) -> Locale {
    let form = request.uri().path().starts_with("/fn/");
    let page = form.then(|| page_of(request.uri(), request.headers())).flatten();
    let of_page = page.as_deref().and_then(locale::of_path);
    of_page.or(visitor.map(|visitor| visitor.locale)).unwrap_or_default()
}

/// Tells a refusal from an answer by the status that Leptos gives it.
async fn read_error(answer: Response) -> Result<Response, AppError> {
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return Ok(answer);
    }
    let body = to_bytes(answer.into_body(), body::LIMIT).await.unwrap_or_default();
    Err(serde_json::from_slice(&body).unwrap_or(AppError::Internal))
}

async fn refuse(
    error: &AppError,
    visitor: &Visitor,
    state: AppState,
    parts: &Parts,
    body: &Bytes,
    page: &str,
) -> Response {
    let fields = serde_html_form::from_bytes::<Vec<(String, String)>>(body).unwrap_or_default();
    refuse_fields(error, visitor, state, parts, fields, page).await
}

/// The page that the form stands on, with these fields as they were typed, or the error as JSON.
pub(super) async fn refuse_fields(
    error: &AppError,
    visitor: &Visitor,
    state: AppState,
    parts: &Parts,
    fields: Vec<(String, String)>,
    page: &str,
) -> Response {
    if !visitor.wants_page {
        return json_error(error);
    }
    let replay = FormReplay::new(parts.uri.path().to_owned(), fields, error.clone());
    match page_request(parts, page).map(locale::strip) {
        Some(request) => {
            let mut response = render_page(state, request, Some(replay)).await;
            add_retry_after(response.headers_mut(), error);
            response
        }
        None => json_error(error),
    }
}

/// The error as an island reads it.
pub(super) fn json_error(error: &AppError) -> Response {
    let mut response = (status(error), axum::Json(error)).into_response();
    response.extensions_mut().insert(error.code());
    add_retry_after(response.headers_mut(), error);
    response
}

pub(super) fn see_other(answer: Response, address: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let location = HeaderValue::from_str(address).unwrap_or_else(|_| HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, location);
    for cookie in answer.headers().get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}

/// The path of the page that the form stands on: as its action says, else as the browser says.
/// The host is left out, so that this never leads to another site.
pub(crate) fn page_of(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let query = uri.query().unwrap_or_default();
    let fields = serde_html_form::from_str::<Vec<(String, String)>>(query).unwrap_or_default();
    let named = fields.into_iter().find(|(name, _)| name == "page").map(|(_, page)| page);
    let referrer = || {
        let referrer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
        Some(referrer.path_and_query()?.as_str().to_owned())
    };
    named.or_else(referrer).filter(|path| is_page(path))
}

fn is_page(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/fn/")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && path.parse::<http::uri::PathAndQuery>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::forms::escape, model::strange};
    use proptest::prelude::*;
    use url::Url;

    fn page(uri: &str, referrer: &str) -> Option<String> {
        let request = http::Request::post(uri).header(header::REFERER, referrer).body(()).unwrap();
        page_of(request.uri(), request.headers())
    }

    #[test]
    fn the_page_is_named_or_came_from() {
        let cart = "http://shop.example/ro/cart?x=1";
        assert_eq!(page("/fn/cart/add", cart).as_deref(), Some("/ro/cart?x=1"));
        assert_eq!(page("/fn/cart/add?page=/en/products%3Fq%3Da", cart).as_deref(), Some("/en/products?q=a"));
    }

    #[test]
    fn it_never_leads_elsewhere() {
        for named in [
            "//evil.example",
            "https://evil.example/",
            "/fn/cart/add",
            "/\\evil.example",
            "/a%0d%0ab",
            "/p%C3%A2ine",
        ] {
            assert_eq!(page(&format!("/fn/cart/add?page={named}"), "junk"), None, "{named}");
        }
        assert_eq!(page("/fn/cart/add", "https://evil.example//evil.example"), None);
    }

    proptest! {
        #[test]
        fn no_form_leads_to_another_site(
            named in strange::nearly("(https?:)?/{0,3}(evil\\.example|ro)?(/[a-z./\\\\]{0,8})?([?#][a-z/.:]{0,8})?"),
        ) {
            let form = Request::post(format!("/fn/cart/add?page={}", escape(&named))).body(()).unwrap();
            let (parts, ()) = form.into_parts();
            if let Some(path) = page_of(&parts.uri, &parts.headers) {
                prop_assert!(path.starts_with('/') && !path.starts_with("//"));
                let response = see_other(Response::new(Body::empty()), &path);
                let to = response.headers()[header::LOCATION].to_str().unwrap();
                let to = Url::parse("https://shop.example/fn/cart/add").unwrap().join(to).unwrap();
                prop_assert_eq!(to.origin().ascii_serialization(), "https://shop.example");
                // The same page can be shown again when the form is refused.
                prop_assert!(page_request(&parts, &path).map(locale::strip).is_some(), "{:?}", path);
            }
        }

        #[test]
        fn no_referrer_leads_to_another_site(referrer in strange::nearly("https?://[a-z.]{1,8}/{0,3}[a-z]{0,5}(\\?[a-z/]{0,5})?")) {
            let Ok(header) = HeaderValue::from_str(&referrer) else { return Ok(()) };
            let form = Request::post("/fn/cart/add").header(header::REFERER, header).body(()).unwrap();
            if let Some(path) = page_of(form.uri(), form.headers()) {
                let to = Url::parse("https://shop.example/fn/cart/add").unwrap().join(&path).unwrap();
                prop_assert_eq!(to.origin().ascii_serialization(), "https://shop.example");
            }
        }
    }
}
