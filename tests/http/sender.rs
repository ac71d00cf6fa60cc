//! Where requests come from.

use axum::extract::ConnectInfo;
use http::{Request, header, request::Builder};
use std::net::{IpAddr, SocketAddr};

/// A request over a connection from this address.
pub fn from(address: &str, request: Builder) -> Builder {
    let address: IpAddr = address.parse().expect("an address");
    request.extension(ConnectInfo(SocketAddr::new(address, 4711)))
}

/// The same by way of a proxy that names these addresses.
pub fn forwarded(proxy: &str, addresses: &str, request: Builder) -> Builder {
    from(proxy, request).header("X-Forwarded-For", addresses)
}

/// A browser that shows what it gets.
pub fn browser(request: Builder) -> Builder {
    request.header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
}

/// A request that is answered without the database.
pub fn cheap() -> Builder {
    Request::get("/api/nothing")
}
