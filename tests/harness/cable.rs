//! A way to the database that can be cut.

use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// Passes everything on to the database, until it is cut or dropped.
pub struct Cable {
    from: u16,
    to: u16,
    running: JoinSet<()>,
}

impl Cable {
    /// To the server of a URI like `mongodb://127.0.0.1:PORT/?...`.
    pub async fn to(uri: &str) -> Cable {
        let to = uri.split([':', '/']).find_map(|part| part.parse().ok()).expect("a port");
        let mut cable = Cable { from: 0, to, running: JoinSet::new() };
        cable.join().await;
        cable
    }

    /// The URI of its near end.
    pub fn uri(&self) -> String {
        format!("mongodb://127.0.0.1:{}/?directConnection=true&serverSelectionTimeoutMS=300", self.from)
    }

    /// Nothing gets through any more.
    pub async fn cut(&mut self) {
        self.running.shutdown().await;
    }

    /// Everything gets through again.
    pub async fn join(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.from)).await.unwrap();
        self.from = listener.local_addr().unwrap().port();
        let to = self.to;
        self.running.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (mut here, _) = listener.accept().await.unwrap();
                open.spawn(async move {
                    let mut there = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut here, &mut there).await;
                });
            }
        });
    }
}
