//! Connections: how many there may be, how long their other ends may take, and how they end. What
//! comes from one goes to [`App`].

use super::App;
use crate::server::metrics::metrics;
use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_io_timeout::TimeoutWriter;
use tower::Service;
use tower_http::timeout::TimeoutBody;

/// How connections are held.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most at once.
    pub connections: usize,
    /// The longest that the head of a request, the next piece of its body, or the taking of a piece of
    /// the answer may be waited for; and how long a connection is kept for the next request. A proxy in
    /// front must give up such connections sooner, or it may send a request on one that just closes.
    pub patience: Duration,
    /// How long requests under way may take after the signal to stop.
    pub farewell: Duration,
}

/// The most bytes of a request's head, and of what hyper reads and writes ahead.
const BUFFER: usize = 64 * 1024;
/// Open files beside connections: the database's connections, files being sent, the log, and those who
/// are being refused.
const OTHER_FILES: u64 = 768;
/// How many of those who are refused are given the time to read why.
const REFUSED_AT_ONCE: usize = 512;
/// How long they are given.
const LINGERING: Duration = Duration::from_secs(1);
/// The pause after the system refused a connection, as when too many files are open.
const PAUSE: Duration = Duration::from_millis(50);

/// Said to whoever comes when there are too many: in one piece, without having read the request.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\nconnection: close\r\n\
cache-control: no-store\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 55\r\n\r\n\
Too many connections just now; try again in 2 seconds.\n";

/// Serves until `stop` ends; then lets what is under way finish.
pub async fn serve(listener: TcpListener, app: App, limits: Limits, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(files_for(limits.connections)));
    let refused = Arc::new(Semaphore::new(REFUSED_AT_ONCE));
    let farewell = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, address)) => match Arc::clone(&room).try_acquire_owned() {
                Ok(place) => hold(stream, address, place, app.clone(), limits, &farewell),
                Err(_) => refuse(stream, &refused),
            },
            Err(error) if of_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // Nobody comes any more: a proxy asks another instance.
    drop(listener);
    if tokio::time::timeout(limits.farewell, farewell.shutdown()).await.is_err() {
        tracing::warn!("some requests were not finished in time");
    }
}

/// Serves one connection until it ends.
fn hold(
    stream: TcpStream,
    address: SocketAddr,
    place: OwnedSemaphorePermit,
    app: App,
    limits: Limits,
    farewell: &GracefulShutdown,
) {
    // A page goes out in two writes; with Nagle's algorithm the second waits for the first's
    // acknowledgement, which the other side delays by up to 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY");
    }
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(limits.patience));
    let service = service_fn(move |request: http::Request<Incoming>| {
        let mut request: Request = request.map(|body| Body::new(TimeoutBody::new(limits.patience, body)));
        request.extensions_mut().insert(ConnectInfo(address));
        app.clone().call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.patience)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let connection = farewell.watch(connection);
    let counted = metrics().connections.opened();
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::trace!(%error, "a connection ended");
        }
        drop((place, counted));
    });
}

/// Tells that there is no room. Closing at once would take the words back: what was sent to us and
/// not read makes the system reset the connection.
fn refuse(stream: TcpStream, refused: &Arc<Semaphore>) {
    metrics().connections.refused.inc();
    let Ok(place) = Arc::clone(refused).try_acquire_owned() else { return };
    tokio::spawn(async move {
        let _ = tokio::time::timeout(LINGERING, tell_full(stream)).await;
        drop(place);
    });
}

async fn tell_full(mut stream: TcpStream) -> io::Result<()> {
    stream.write_all(FULL).await?;
    stream.shutdown().await?;
    let mut rest = [0; 1024];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}

/// Errors of `accept` that tell of a connection which ended before it was taken.
fn of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

/// Asks the system for as many open files as these connections need, and says for how many it has.
fn files_for(connections: usize) -> usize {
    let wanted = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(OTHER_FILES);
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.unwrap_or(u64::MAX);
    let mut now = limit.current.unwrap_or(u64::MAX);
    if now < wanted {
        let more = Rlimit { current: Some(wanted.min(most)), maximum: limit.maximum };
        match setrlimit(Resource::Nofile, more) {
            Ok(()) => now = wanted.min(most),
            Err(error) => tracing::warn!(%error, "the limit of open files cannot be raised"),
        }
    }
    if now >= wanted {
        return connections;
    }
    let left = usize::try_from(now.saturating_sub(OTHER_FILES)).unwrap_or(connections).max(1);
    tracing::warn!(open_files = now, connections = left, "the limit of open files allows fewer connections");
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_is_as_long_as_it_says() {
        let text = std::str::from_utf8(FULL).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        assert_eq!(length.parse(), Ok(body.len()));
        assert!(head.contains("\r\nretry-after: 2\r\n"));
    }

    #[test]
    fn there_are_files_for_the_connections() {
        let limit = getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX);
        assert_eq!(files_for(10), if limit >= 10 + OTHER_FILES { 10 } else { 1 });
        let most = files_for(1 << 40);
        assert!((1..=1 << 40).contains(&most));
    }
}
