//! Reads the visitor once per request, and remembers the language that an address named.

use super::refusal::Asked;
use crate::server::{
    state::AppState,
    visitor::{AddressLocale, FullPath, client_address, counted_address},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::header;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The address that a request counts against.
pub fn sender(state: &AppState, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    counted_address(client_address(peer, request.headers(), &state.shop.config.trusted_proxies))
}

/// The middleware.
pub async fn read(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let address = sender(&state, &request);
    let named = request.extensions().get::<AddressLocale>().map(|named| named.0);
    let path = request.extensions().get::<FullPath>().map_or_else(String::new, |path| path.0.clone());
    let visitor = state.cookies.visitor(request.headers(), named, address, path);
    let remember = named.filter(|_| visitor.wants_page).map(|named| state.cookies.locale(named));
    request.extensions_mut().insert(visitor);
    Asked::note(&mut request);
    let mut response = next.run(request).await;
    if let Some(cookie) = remember {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
