//! What happens to orders, told to the producer's pages as it happens (HTML, "Server-sent events").

use super::refusal::Asked;
use crate::{
    model::{error::AppError, news::Position},
    server::{
        service::order_feed::{Listening, Told},
        state::AppState,
        visitor::Visitor,
    },
};
use axum::{
    extract::{Query, Request, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, stream::unfold};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Deserialize;
use std::{convert::Infallible, time::Duration};

/// Where pages listen.
pub const EVENTS: &str = "/admin/events";

/// How often something is sent when there is nothing to tell: whatever stands between keeps the
/// connection, and a listener who went away is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// How often it is looked whether the login still holds.
const LOOK: Duration = Duration::from_secs(5);
/// How soon a browser that lost the connection comes back.
const AGAIN: Duration = Duration::from_secs(2);

/// Not kept by anybody, and by nginx not held back until there is enough of it.
const HEADERS: [(HeaderName, HeaderValue); 2] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
];

/// How far a page has been told.
#[derive(Deserialize)]
pub struct Asking {
    since: Option<String>,
}

/// Tells for as long as the login holds.
pub async fn listen(
    State(state): State<AppState>,
    Query(asking): Query<Asking>,
    request: Request,
) -> Response {
    let asked = Asked::of(&request);
    let token = request.extensions().get::<Visitor>().and_then(|visitor| visitor.admin_token.clone());
    match begin(&state, token, since(request.headers(), &asking)).await {
        Ok(events) => {
            let keep_alive = KeepAlive::new().interval(SIGN_OF_LIFE);
            (HEADERS, Sse::new(events).keep_alive(keep_alive)).into_response()
        }
        Err(error) => asked.refused(&state, &error),
    }
}

/// A browser that comes back says where it was; its page says where it began.
fn since(headers: &HeaderMap, asking: &Asking) -> Option<Position> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    last.and_then(Position::parse).or_else(|| Position::parse(asking.since.as_deref()?))
}

async fn begin(
    state: &AppState,
    token: Option<String>,
    since: Option<Position>,
) -> Result<impl Stream<Item = Result<Event, Infallible>> + use<>, AppError> {
    state.shop.login_of(token.as_deref()).await?;
    let listening = state.shop.listen_to_orders(since).await?;
    let listener = Listener { state: state.clone(), token, listening };
    Ok(unfold(listener, |mut listener| async move {
        let told = listener.next().await?;
        Some((Ok(event(&told)), listener))
    }))
}

/// One connection.
struct Listener {
    state: AppState,
    token: Option<String>,
    listening: Listening,
}

impl Listener {
    /// What is told next, for as long as the login holds.
    async fn next(&mut self) -> Option<Told> {
        loop {
            let told = tokio::time::timeout(LOOK, self.listening.next()).await;
            if self.logged_out().await {
                return None;
            }
            if let Ok(told) = told {
                return told;
            }
        }
    }

    /// A database that is away ends no login; it has nothing to tell either.
    async fn logged_out(&self) -> bool {
        matches!(self.state.shop.login_of(self.token.as_deref()).await, Err(AppError::SessionExpired))
    }
}

fn event(told: &Told) -> Event {
    let event =
        |name: &str, position: &Position| Event::default().event(name).id(position.to_string()).retry(AGAIN);
    match told {
        Told::Listening(at) => event("listening", at).data("{}"),
        Told::News(at, news) => event("order", at).data(serde_json::to_string(news).unwrap_or_default()),
        Told::Everything(at) => event("everything", at).data("{}"),
    }
}
