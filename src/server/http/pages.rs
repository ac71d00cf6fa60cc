//! Rendering pages. A page is sent whole, when all that it shows is known: it is small, its status
//! is right, and it goes out in one write.

use super::{
    first_visits::{Remembered, Shown},
    origin::site_origin,
    own_scripts::{Sealed, seal},
    page_cache::{Key, Page, PageCache, Shows, same_for_all},
    security::page_policy,
};
use crate::{
    app::{
        forms::{FormReplay, PagePath},
        shell::shell,
        status::PageStatus,
    },
    model::error::AppError,
    server::{
        context::{CartCount, SeenCart},
        service::Shop,
        state::AppState,
        visitor::{AddressLocale, Visitor},
    },
};
use axum::{
    Extension,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    response::Response,
};
use http::{HeaderValue, Method, StatusCode, header};
use leptos::{nonce::use_nonce, prelude::provide_context};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, OnceLock},
    time::Duration,
};

/// The longest that a page waits for the number in its cart button.
const COUNTING: Duration = Duration::from_secs(1);

/// A page for its address: as it was kept, or rendered.
pub async fn render(
    State(state): State<AppState>,
    Extension(cache): Extension<PageCache>,
    request: Request,
) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>() else {
        return render_page(state, request, None).await;
    };
    let Some(shows) = same_for_all(request.uri()) else {
        return render_page(state, request, None).await;
    };
    // Pages show why there is no catalogue, or nothing about the shop.
    let (Ok(catalogue), Ok(besides)) = (state.shop.catalogue().await, besides(&state.shop, shows).await)
    else {
        return render_page(state, request, None).await;
    };
    let count = tokio::time::timeout(COUNTING, state.shop.cart_count(visitor.cart.as_ref())).await;
    // Without the database the catalogue is still shown, and no number.
    let Ok(Ok(count)) = count else { return rendered(state, request, None, Some(CartCount(0))).await };
    let key = Key {
        path: visitor.path.clone(),
        locale: visitor.locale,
        origin: site_origin(&state.shop.config, request.headers()).0,
        count,
        besides,
    };
    let asked = request.headers().clone();
    // The language must stand in the address, else it was read from the visitor's headers.
    let remembered = shows == Shows::Catalogue
        && request.extensions().get::<Remembered>().is_some()
        && request.extensions().get::<AddressLocale>().is_some();
    let render = || async {
        let response = rendered(state, request, None, Some(CartCount(count))).await;
        if response.status() != StatusCode::OK || response.headers().contains_key(header::SET_COOKIE) {
            return Err(Box::new(response));
        }
        let (parts, body) = response.into_parts();
        Ok(Page::new(parts.headers, whole(body).await))
    };
    match cache.page(catalogue.face, key, render).await {
        Ok(page) => {
            let mut response = page.answer(&asked);
            if remembered {
                let body = page.body_for(&asked);
                response.extensions_mut().insert(Shown { face: catalogue.face, besides, body });
            }
            response
        }
        Err(response) => *response,
    }
}

/// What a kept page shows beside the catalogue, as a hash.
async fn besides(shop: &Shop, shows: Shows) -> Result<u64, AppError> {
    match shows {
        // The first page tells machines where the shop is.
        Shows::Catalogue => Ok(shop.facts_hash().await),
        Shows::Facts => {
            let mut hasher = DefaultHasher::new();
            format!("{:?}", shop.page_facts().await?).hash(&mut hasher);
            Ok(hasher.finish())
        }
    }
}

/// The page of an address, with a refused form on it when there is one.
pub async fn render_page(state: AppState, request: Request, replay: Option<FormReplay>) -> Response {
    rendered(state, request, replay, None).await
}

async fn rendered(
    state: AppState,
    request: Request,
    replay: Option<FormReplay>,
    count: Option<CartCount>,
) -> Response {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let refused = replay.as_ref().map(|replay| replay.error().code());
    let status = PageStatus::default();
    let decided = status.clone();
    let files = state.files.clone();
    let origin = site_origin(&state.shop.config, request.headers());
    let languages = state.shop.languages().await;
    let mark = Arc::new(OnceLock::new());
    let marked = Arc::clone(&mark);
    let context = move || {
        provide_context(state.clone());
        provide_context(status.clone());
        provide_context(origin.clone());
        provide_context(languages.clone());
        provide_context(SeenCart::default());
        if let Some(visitor) = &visitor {
            provide_context(visitor.locale);
            provide_context(PagePath(visitor.path.clone()));
        }
        if let Some(replay) = &replay {
            provide_context(replay.clone());
        }
        if let Some(count) = count {
            provide_context(count);
        }
        if let Some(nonce) = use_nonce() {
            let _ = marked.set(nonce.to_string());
        }
    };
    let handler = leptos_axum::render_app_async_with_context(context, move || shell(files.clone()));
    let mut response = handler(request).await;
    // A page that cannot be shown outweighs the form on it; a redirect of the page's stays.
    let of_form = refused.map_or(200, |code| code.status);
    let status = if decided.get() == 200 { of_form } else { decided.get() };
    if let Some(code) = decided.code().or(refused) {
        response.extensions_mut().insert(code);
    }
    if response.status() == StatusCode::OK
        && let Ok(status) = StatusCode::from_u16(status)
    {
        *response.status_mut() = status;
    }
    // A page shows the visitor's own cart and form: nobody else may keep it.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    sealed(response, mark.get().map_or("", String::as_str)).await
}

/// The page without the marks of its scripts, under a policy that names them.
async fn sealed(response: Response, mark: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let html = String::from_utf8(whole(body).await.into());
    let html = html.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let Sealed { html, hashes } = seal(&html, mark);
    if let Ok(policy) = HeaderValue::from_str(&page_policy(&hashes)) {
        parts.headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Response::from_parts(parts, Body::from(html))
}

/// All bytes of a page, which is in memory already.
async fn whole(body: Body) -> Bytes {
    to_bytes(body, usize::MAX).await.unwrap_or_default()
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
