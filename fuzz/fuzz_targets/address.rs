//! `client_address`: whatever a client writes in front of what the trusted proxy has seen changes
//! nothing, and nobody is taken for a proxy while the proxy has seen an address.
#![no_main]
use arbitrary::Arbitrary;
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use std::net::IpAddr;
use vatra::server::visitor::client_address;

#[derive(Arbitrary, Debug)]
struct Input {
    peer: IpAddr,
    invented: Vec<Vec<u8>>,
    seen: IpAddr,
    port: Option<u16>,
}

fuzz_target!(|input: Input| {
    let proxy = IpAddr::from([10, 0, 0, 1]);
    let mut headers = HeaderMap::new();
    for value in input.invented.iter().filter_map(|value| HeaderValue::from_bytes(value).ok()) {
        headers.append("x-forwarded-for", value);
    }
    // Not through a proxy: the header is not looked at.
    if input.peer.to_canonical() != proxy {
        assert_eq!(client_address(input.peer, &headers, &[proxy]), input.peer.to_canonical());
    }
    // Whatever it says, there is an answer.
    client_address(proxy, &headers, &[proxy]);
    if input.seen.to_canonical() == proxy {
        return;
    }
    let seen = match (input.port, input.seen) {
        (Some(port), IpAddr::V6(six)) => format!("[{six}]:{port}"),
        (Some(port), IpAddr::V4(four)) => format!("{four}:{port}"),
        (None, address) => address.to_string(),
    };
    // As proxies add to it: in a line of its own, or at the end of the last line.
    let mut joined = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .map_or_else(Vec::new, |last| [last.as_bytes(), b", "].concat());
    joined.extend(seen.as_bytes());
    for line in [seen.as_bytes(), &joined] {
        let mut headers = headers.clone();
        headers.append("x-forwarded-for", HeaderValue::from_bytes(line).expect("made of header values"));
        assert_eq!(client_address(proxy, &headers, &[proxy]), input.seen.to_canonical());
    }
});
