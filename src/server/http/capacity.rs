//! How many requests are worked on at once. What comes beyond waits in a short line, and what comes
//! beyond that is refused at once, so that a rush slows nobody down for long and ends when it ends
//! (docs/decisions/0041). Kept pages, files and checks of health pass by all this.

use super::{page_cache::same_for_all, refusal::Asked};
use crate::{
    model::error::AppError,
    server::{metrics::metrics, state::AppState},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use tracing::Instrument;

/// The longest that a request stands in line.
const PATIENCE: Duration = Duration::from_secs(2);
/// Whoever is refused is told to come back after one to so many seconds, not all at once.
const RETRY_WITHIN: u32 = 5;

/// How often refusals are told in the log.
const TELL_EVERY: Duration = Duration::from_secs(10);

/// Put beside an answer that says that there is no room: the log has it in sum.
#[derive(Clone, Copy, Debug)]
pub struct NoRoom;

/// What a request is about, by which it may use more or less of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Looking around: at most three quarters of the room, so that a rush of visitors leaves some to
    /// those who order, and to the producer. Each kind has a line of its own for the same reason.
    Browsing,
    /// Carts, orders, the dashboard: at most seven eighths, so that the shop can be looked at even when
    /// nothing can be ordered because the database hangs.
    Ordering,
}

/// The room of one process. Cheap to clone.
#[derive(Clone)]
pub struct Capacity {
    all: Arc<Semaphore>,
    browsing: Door,
    ordering: Door,
    patience: Duration,
    told: Arc<Told>,
}

/// What is told of refusals: not each, or a rush would fill the log.
#[derive(Default)]
struct Told {
    refused: AtomicU64,
    last: Mutex<Option<Instant>>,
}

/// How one kind of request comes in.
#[derive(Clone)]
struct Door {
    /// How many of this kind are worked on at once.
    own: Arc<Semaphore>,
    /// How many may wait.
    line: Arc<Semaphore>,
}

impl Door {
    fn new(own: usize) -> Door {
        Door { own: Arc::new(Semaphore::new(own)), line: Arc::new(Semaphore::new(own * 2)) }
    }
}

/// Room for one request, until it is dropped.
#[derive(Debug)]
pub struct Place(#[expect(dead_code, reason = "held, not read")] [OwnedSemaphorePermit; 2]);

impl Capacity {
    /// Room for so many requests, and twice as many in line.
    pub fn new(requests: usize) -> Capacity {
        let for_visitors = (requests / 8).max(1);
        Capacity {
            all: Arc::new(Semaphore::new(requests)),
            browsing: Door::new((requests * 3 / 4).max(1)),
            ordering: Door::new(requests.saturating_sub(for_visitors).max(1)),
            patience: PATIENCE,
            told: Arc::default(),
        }
    }

    /// A place, at once or after a moment in line.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the line is full, or did not move.
    async fn enter(&self, kind: Kind) -> Result<Place, AppError> {
        let door = self.door(kind);
        if let (Ok(own), Ok(all)) =
            (Arc::clone(&door.own).try_acquire_owned(), Arc::clone(&self.all).try_acquire_owned())
        {
            return Ok(Place([own, all]));
        }
        let _in_line = door.line.try_acquire().map_err(|_| busy())?;
        let _counted = metrics().connections.in_line();
        let wait = async {
            let own = Arc::clone(&door.own).acquire_owned().await?;
            Ok::<_, AcquireError>(Place([own, Arc::clone(&self.all).acquire_owned().await?]))
        };
        tokio::time::timeout(self.patience, wait).await.ok().and_then(Result::ok).ok_or_else(busy)
    }

    fn door(&self, kind: Kind) -> &Door {
        match kind {
            Kind::Browsing => &self.browsing,
            Kind::Ordering => &self.ordering,
        }
    }
}

fn busy() -> AppError {
    AppError::Busy { retry_after: rand::random_range(1..=RETRY_WITHIN) }
}

/// Work that is finished also when its sender goes away. Dropped in the middle of a question to the database
/// it would cost the connection, and after a rush all of them at once: the next visitor then waited for 18
/// seconds (measured with the embedded database). It keeps its place for as long.
async fn to_its_end(place: Place, work: impl Future<Output = Response> + Send + 'static) -> Response {
    let work = async move {
        let response = work.await;
        drop(place);
        response
    };
    match tokio::spawn(work.in_current_span()).await {
        Ok(response) => response,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        // Only when the whole process ends.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The middleware.
pub async fn take_place(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.capacity.enter(Kind::of(&request)).await {
        Ok(place) => to_its_end(place, next.run(request)).await,
        Err(error) => {
            state.capacity.told.tell();
            let mut response = Asked::of(&request).refused(&state, &error);
            response.extensions_mut().insert(NoRoom);
            response
        }
    }
}

impl Told {
    fn tell(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= TELL_EVERY) {
            *last = Some(Instant::now());
            let refused = self.refused.swap(0, Ordering::Relaxed);
            tracing::warn!(refused, "more requests than are worked on at once: some were told to come back");
        }
    }
}

impl Kind {
    fn of(request: &Request) -> Kind {
        let (method, path) = (request.method(), request.uri().path());
        let safe = matches!(*method, Method::GET | Method::HEAD);
        let catalogue = ["/api/products", "/api/categories"].iter().any(|start| path.starts_with(start));
        if safe && (catalogue || same_for_all(request.uri()).is_some()) {
            Kind::Browsing
        } else {
            Kind::Ordering
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn kind(method: &str, path: &str) -> Kind {
        Kind::of(&Request::builder().method(method).uri(path).body(Body::empty()).unwrap())
    }

    #[test]
    fn who_orders_goes_before_who_looks_around() {
        for path in
            ["/", "/products?q=a", "/products/paine", "/contact", "/api/products", "/api/categories/x"]
        {
            assert_eq!(kind("GET", path), Kind::Browsing, "{path}");
        }
        for (method, path) in [
            ("GET", "/cart"),
            ("GET", "/checkout"),
            ("GET", "/admin"),
            ("GET", "/api/admin/products"),
            ("GET", "/orders/1/verify"),
            ("POST", "/fn/cart/add"),
            ("POST", "/api/orders"),
            ("POST", "/"),
            ("POST", "/api/admin/products/1/images"),
        ] {
            assert_eq!(kind(method, path), Kind::Ordering, "{method} {path}");
        }
    }

    /// A line that is either left at once or never.
    fn with_patience(requests: usize, patience: Duration) -> Capacity {
        Capacity { patience, ..Capacity::new(requests) }
    }

    #[tokio::test]
    async fn visitors_leave_room_for_orders() {
        let capacity = with_patience(4, Duration::ZERO);
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(capacity.enter(Kind::Browsing).await.unwrap());
        }
        let browsing = capacity.enter(Kind::Browsing).await;
        assert!(matches!(browsing, Err(AppError::Busy { retry_after: 1..=5 })), "{browsing:?}");
        held.push(capacity.enter(Kind::Ordering).await.unwrap());
        assert!(capacity.enter(Kind::Ordering).await.is_err());
        assert_eq!(capacity.ordering.line.available_permits(), 6, "nobody is in line any more");
        held.clear();
        assert!(capacity.enter(Kind::Browsing).await.is_ok());
    }

    #[tokio::test]
    async fn orders_leave_room_for_visitors() {
        let capacity = with_patience(4, Duration::ZERO);
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(capacity.enter(Kind::Ordering).await.unwrap());
        }
        assert!(capacity.enter(Kind::Ordering).await.is_err());
        assert!(capacity.enter(Kind::Browsing).await.is_ok());
    }

    #[tokio::test]
    async fn the_line_is_short_and_moves() {
        let capacity = with_patience(1, Duration::MAX);
        let held = capacity.enter(Kind::Ordering).await.unwrap();
        let in_line = [1, 2].map(|_| {
            let capacity = capacity.clone();
            tokio::spawn(async move { capacity.enter(Kind::Ordering).await.map(drop) })
        });
        while capacity.ordering.line.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        // At once: those in line would wait for ever.
        assert!(capacity.enter(Kind::Ordering).await.is_err());
        drop(held);
        for waiting in in_line {
            assert_eq!(waiting.await.unwrap(), Ok(()));
        }
    }
}
