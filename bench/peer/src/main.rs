//! `bench-peer ADDRESS FILE...` answers `/1`, `/2`, … with the files as `curl --include` wrote
//! them: the same headers and the same body, from memory, and nothing else.

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue},
    routing::get,
    serve::ListenerExt,
};
use std::{env, error::Error, fs};
use tokio::net::TcpListener;

// As the shop has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the server itself adds to every answer.
const ADDED: [&str; 3] = ["content-length", "date", "connection"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let address = arguments.next().ok_or("ADDRESS is missing")?;
    let mut router = Router::new();
    for (number, file) in (1..).zip(arguments) {
        let (headers, body) = read(&fs::read(&file)?).ok_or_else(|| format!("{file} is no answer"))?;
        router = router.route(&format!("/{number}"), get(move || async move { (headers, body) }));
    }
    let listener = TcpListener::bind(address).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).await?;
    Ok(())
}

fn read(answer: &[u8]) -> Option<(HeaderMap, Bytes)> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let mut headers = HeaderMap::new();
    for line in std::str::from_utf8(&answer[..end]).ok()?.split("\r\n").skip(1) {
        let (name, value) = line.split_once(": ")?;
        if !ADDED.contains(&name.to_ascii_lowercase().as_str()) {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            headers.append(name, HeaderValue::from_str(value).ok()?);
        }
    }
    Some((headers, Bytes::copy_from_slice(&answer[end + 4..])))
}
