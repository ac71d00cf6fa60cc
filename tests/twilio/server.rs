//! A local Twilio on a real socket. It keeps the contract, or breaks it in the way a test asks for,
//! and remembers every request.

use super::{
    account,
    contract::{self, Asked, Form, Refusal},
    verifying::Verifications,
};
use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header::LOCATION},
    response::{IntoResponse, Response},
};
use futures::stream::{self, StreamExt};
use serde_json::json;
use std::{
    future::pending,
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpSocket},
    task::AbortHandle,
};

/// How the local Twilio answers a request that keeps the contract.
#[derive(Clone, Debug)]
pub enum Behaviour {
    /// Like Twilio.
    Honest,
    /// With this error.
    Refuse(Refusal),
    /// It takes the message and says at once what became of it.
    Accept { status: &'static str, error_code: Option<u32> },
    /// Like Twilio, of whose accounts this one has this status and type.
    Account { status: &'static str, kind: &'static str },
    /// With these bytes.
    Say(u16, String),
    /// With a redirect to another path of its own.
    Redirect(u16),
    /// Never.
    Silent,
    /// It begins an answer and then says nothing more.
    Stall,
    /// It begins an answer and then closes the connection.
    BreakOff,
    /// It begins an answer and never ends it.
    Endless,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub form: Form,
}

struct Shared {
    behaviour: Behaviour,
    requests: Mutex<Vec<Received>>,
    verifications: Verifications,
}

/// Stops with its test.
pub struct LocalTwilio {
    pub base_url: String,
    shared: Arc<Shared>,
    task: AbortHandle,
}

impl LocalTwilio {
    pub async fn start(behaviour: Behaviour) -> LocalTwilio {
        let (listener, base_url) = listen().await;
        let shared = Arc::new(Shared {
            behaviour,
            requests: Mutex::default(),
            verifications: Verifications::default(),
        });
        let router = Router::new().fallback(answer).with_state(shared.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await });
        LocalTwilio { base_url, shared, task: task.abort_handle() }
    }

    /// The code that Verify has sent to a number.
    pub fn code_for(&self, to: &str) -> String {
        self.shared.verifications.code_for(to)
    }

    /// Every request so far, also those that it refused.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.requests.lock().unwrap().clone()
    }
}

impl Drop for LocalTwilio {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server that closes each connection as soon as something arrives, and how many it had.
pub async fn hanging_up() -> (String, Arc<AtomicUsize>) {
    let (listener, base_url) = listen().await;
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let _ = socket.read(&mut [0; 1024]).await;
        }
    });
    (base_url, connections)
}

/// An address where nothing listens, for as long as the socket is kept: its port is taken.
pub fn nobody() -> (String, TcpSocket) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
    (format!("http://{}", socket.local_addr().expect("an address")), socket)
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    (listener, base_url)
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.to_string();
    let standing = match shared.behaviour {
        Behaviour::Account { status, kind } => (status, kind),
        _ => ("active", "Full"),
    };
    match account::fetched(&method, &path, &headers, standing) {
        Some(Ok(account)) => return Json(account).into_response(),
        Some(Err(refusal)) => return refusal.into_response(),
        None => {}
    }
    let form = contract::read(&method, &path, &headers, &body);
    let received =
        Received { method, path, headers, form: form.clone().map(|(_, form)| form).unwrap_or_default() };
    shared.requests.lock().unwrap().push(received);
    match form {
        Ok((asked, form)) => behave(&shared, asked, &form).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn behave(shared: &Shared, asked: Asked, form: &Form) -> Response {
    let begun = stream::iter([io::Result::Ok(Bytes::from_static(b"{\"sid\": "))]);
    let judge = || match asked {
        Asked::Message | Asked::Call => contract::judge(asked, form),
        Asked::Verification => shared.verifications.begin(form),
        Asked::Check => shared.verifications.check(form),
    };
    match &shared.behaviour {
        Behaviour::Honest | Behaviour::Account { .. } => match judge() {
            Ok(message) => (StatusCode::CREATED, Json(message)).into_response(),
            Err(refusal) => refusal.into_response(),
        },
        Behaviour::Refuse(refusal) => refusal.clone().into_response(),
        Behaviour::Accept { status, error_code } => match judge() {
            Ok(mut message) => {
                message["status"] = json!(status);
                message["error_code"] = json!(error_code);
                message["error_message"] = error_code.map(|code| format!("Meaning of {code}")).into();
                (StatusCode::CREATED, Json(message)).into_response()
            }
            Err(refusal) => refusal.into_response(),
        },
        Behaviour::Say(status, text) => (code(*status), text.clone()).into_response(),
        Behaviour::Redirect(status) => (code(*status), [(LOCATION, "/elsewhere")]).into_response(),
        Behaviour::Silent => pending().await,
        Behaviour::Stall => created(Body::from_stream(begun.chain(stream::pending()))),
        Behaviour::BreakOff => {
            created(Body::from_stream(begun.chain(stream::iter([Err(io::ErrorKind::BrokenPipe.into())]))))
        }
        Behaviour::Endless => {
            let spaces = Bytes::from_static(&[b' '; 8192]);
            created(Body::from_stream(stream::repeat_with(move || io::Result::Ok(spaces.clone()))))
        }
    }
}

fn created(body: Body) -> Response {
    (StatusCode::CREATED, body).into_response()
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status")
}
