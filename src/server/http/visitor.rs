//! Reads the visitor once per request, and remembers the language that an address named.

use super::refusal::Asked;
use crate::{
    app::i18n::href,
    model::{languages::Languages, locale::Locale},
    server::{
        state::AppState,
        visitor::{AddressLocale, FullPath, client_address, counted_address},
    },
};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{Method, header};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The middleware.
pub async fn read(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    let address = client_address(peer, request.headers(), &state.shop.config.trusted_proxies);
    let named = request.extensions().get::<AddressLocale>().map(|named| named.0);
    let path = request.extensions().get::<FullPath>().map_or_else(String::new, |path| path.0.clone());
    // The producer's pages are there in all languages.
    let desk = of_desk(request.uri().path());
    let languages = if desk { Languages::default() } else { state.shop.languages().await };
    if let Some(elsewhere) = named.and_then(|l| nearest(&request, l, &languages)) {
        return Redirect::to(&elsewhere).into_response();
    }
    let counted = counted_address(address);
    let visitor = state.cookies.visitor(request.headers(), named, &languages, counted, path);
    let remember = named.filter(|_| visitor.wants_page).map(|named| state.cookies.locale(named));
    request.extensions_mut().insert(visitor);
    Asked::note(&mut request);
    let mut response = next.run(request).await;
    if let Some(cookie) = remember {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn of_desk(path: &str) -> bool {
    let below =
        |start: &str| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    below("/admin") || below("/fn/admin") || below("/api/admin")
}

/// The same page in a language that is offered, when it is asked for in another. The page for when
/// there is no network stays: service workers fetched it before the languages changed.
fn nearest(request: &Request, l: Locale, languages: &Languages) -> Option<String> {
    let uri = request.uri();
    let page = matches!(*request.method(), Method::GET | Method::HEAD) && uri.path() != "/offline";
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    (page && !languages.offers(l)).then(|| href(languages.nearest(l), path).replace("/?", "?"))
}
