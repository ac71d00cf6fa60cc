//! `vatra ready`: does the server of this machine answer that it can work? For whoever watches over it
//! and has no other program, as in a container.

use super::{config::ConfigError, serve};
use std::{net::SocketAddr, time::Duration};

/// Longer than the server itself waits for its database before it says no.
const PATIENCE: Duration = Duration::from_secs(7);

/// Asks the server that listens at `LEPTOS_SITE_ADDR`.
///
/// # Errors
/// A sentence: nobody answers, or what was answered.
pub async fn ask() -> Result<(), ConfigError> {
    let address = format!("http://{}/readyz", nearest(serve::pages_config()?.site_addr));
    let failed = |error: reqwest::Error| ConfigError(format!("{address} does not answer: {error}."));
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().map_err(failed)?;
    let answer = client.get(&address).send().await.map_err(failed)?;
    match answer.status() {
        status if status.is_success() => Ok(()),
        status => Err(ConfigError(format!("{address} answers {status}."))),
    }
}

/// Who listens on all addresses is asked on this machine's own.
fn nearest(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    let own: std::net::IpAddr = match address {
        SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
        SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(own, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_addresses_are_asked_at_home() {
        for (listens, asked) in [
            ("0.0.0.0:3000", "127.0.0.1:3000"),
            ("[::]:80", "[::1]:80"),
            ("192.0.2.7:3000", "192.0.2.7:3000"),
        ] {
            assert_eq!(nearest(listens.parse().unwrap()).to_string(), asked);
        }
    }
}
