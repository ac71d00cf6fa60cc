//! A way to a server that can be cut, slowed down, silenced, and led elsewhere. With several servers
//! at its end it is the one address before several instances.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

/// How what comes is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it comes.
    Open,
    /// Each piece this much later.
    Slow(Duration),
    /// Not at all: a connection that meets this is dead for ever, and nobody is told.
    Silent,
    /// As it comes, but a connection on which this is said is dead for ever.
    DeafTo(&'static str),
}

/// Passes everything on to a server, until it is cut or dropped.
pub struct Cable {
    from: u16,
    to: Arc<Mutex<Vec<u16>>>,
    way: watch::Sender<Way>,
    running: JoinSet<()>,
}

impl Cable {
    /// To the server of a URI like `mongodb://127.0.0.1:PORT/?...`.
    pub async fn to(uri: &str) -> Cable {
        Cable::between(&[port_of(uri)]).await
    }

    /// To these ports of this machine by turns.
    pub async fn between(ports: &[u16]) -> Cable {
        let (to, way) = (Arc::new(Mutex::new(ports.to_vec())), watch::Sender::new(Way::Open));
        let mut cable = Cable { from: 0, to, way, running: JoinSet::new() };
        cable.join().await;
        cable
    }

    /// The URI of its near end.
    pub fn uri(&self) -> String {
        format!("mongodb://127.0.0.1:{}/?directConnection=true&serverSelectionTimeoutMS=300", self.from)
    }

    /// The port of its near end.
    pub fn port(&self) -> u16 {
        self.from
    }

    /// New connections go to these servers from now on.
    pub fn lead_to(&self, ports: &[u16]) {
        *self.to.lock().unwrap() = ports.to_vec();
    }

    /// From now on everything is passed on so.
    pub fn set_way(&self, way: Way) {
        self.way.send_replace(way);
    }

    /// Nothing gets through any more.
    pub async fn cut(&mut self) {
        self.running.shutdown().await;
    }

    /// Everything gets through again.
    pub async fn join(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.from)).await.unwrap();
        self.from = listener.local_addr().unwrap().port();
        let (to, way) = (Arc::clone(&self.to), self.way.subscribe());
        self.running.spawn(async move {
            let (mut open, turn) = (JoinSet::new(), AtomicUsize::new(0));
            loop {
                let (here, _) = listener.accept().await.unwrap();
                let ports = to.lock().unwrap().clone();
                let port = ports[turn.fetch_add(1, Ordering::Relaxed) % ports.len()];
                open.spawn(connect(here, port, way.clone()));
                // Those that have ended.
                while open.try_join_next().is_some() {}
            }
        });
    }
}

/// The port of a URI.
pub fn port_of(uri: &str) -> u16 {
    uri.split([':', '/']).find_map(|part| part.parse().ok()).expect("a port")
}

/// A server that is not there hangs up, as one that refuses.
async fn connect(mut here: TcpStream, port: u16, way: watch::Receiver<Way>) {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let Ok(mut there) = TcpStream::connect(address).await else { return };
    let _ = (here.set_nodelay(true), there.set_nodelay(true));
    let ((from_here, to_here), (from_there, to_there)) = (here.split(), there.split());
    // When one side is gone the other is told.
    tokio::select! {
        () = pass(from_here, to_there, way.clone()) => {}
        () = pass(from_there, to_here, way) => {}
    }
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, way: watch::Receiver<Way>) {
    let mut piece = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        let now = *way.borrow();
        match now {
            Way::Open => {}
            Way::Slow(pause) => tokio::time::sleep(pause).await,
            Way::Silent => std::future::pending().await,
            Way::DeafTo(word) if says(&piece[..length], word) => std::future::pending().await,
            Way::DeafTo(_) => {}
        }
        if to.write_all(&piece[..length]).await.is_err() {
            break;
        }
    }
}

fn says(piece: &[u8], word: &str) -> bool {
    piece.windows(word.len()).any(|part| part == word.as_bytes())
}
