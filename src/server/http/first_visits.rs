//! Answers to first visits: whoever brings no cookie and asks for a page that is kept gets the same
//! bytes and headers as everybody. They are remembered as they went out, so that such a request
//! passes one step instead of all (docs/decisions/0017): this stands before the routes, as a step
//! among them would cost more than the answer. It counts against the limit like any other request.

use super::{encoding::Encoding, health, locale, origin::site_origin, visitor::sender};
use crate::server::{clock::now, metrics::metrics, state::AppState, visitor::wants_page};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    response::Response,
};
use futures::future::{BoxFuture, Either, Ready, ready};
use http::{HeaderMap, Method, StatusCode, header};
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, PoisonError, RwLock},
    task::{Context, Poll},
    time::Instant,
};
use tower::Service;

/// How many answers are remembered. Their bytes are those of kept pages.
const MOST: usize = 1000;

/// Put beside a request whose answer will be remembered when it tells what it [`Shown`].
#[derive(Clone, Copy, Debug)]
pub struct Remembered;

/// What an answer shows, as numbers that change with it. Put beside an answer that was kept.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Of the catalogue.
    pub face: u64,
    /// Of the rest.
    pub besides: u64,
    /// The answer's body.
    pub body: Bytes,
}

/// The shop with all that a request passes through.
#[derive(Clone)]
pub struct App {
    state: AppState,
    visits: Arc<RwLock<Kept>>,
    routes: Router,
}

#[derive(Default)]
struct Kept {
    /// Face and rest of all that is in it.
    shown: (u64, u64),
    answers: HashMap<Asked, Answer>,
}

/// All of a request that its answer depends on.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    /// Path and query as they came, the language in them.
    path: String,
    origin: String,
    encoding: Encoding,
    /// Is the language remembered?
    page: bool,
}

type Answer = Arc<(HeaderMap, Bytes)>;

impl App {
    /// These routes, behind what answers first visits.
    pub fn new(state: AppState, routes: Router) -> App {
        App { state, visits: Arc::default(), routes }
    }

    /// What is remembered for a request, if it still is what the shop would say, and the sender may
    /// ask.
    fn known(&self, asked: &Asked, request: &Request) -> Option<Answer> {
        let shown = self.state.shop.shown_now()?;
        let known = {
            let kept = self.visits.read().unwrap_or_else(PoisonError::into_inner);
            (kept.shown == shown).then(|| kept.answers.get(asked).cloned()).flatten()?
        };
        let shop = &self.state.shop;
        let admitted = !shop.counts_requests() || shop.admit(&sender(&self.state, request), now()).is_ok();
        admitted.then_some(known)
    }
}

impl Service<Request> for App {
    type Response = Response;
    type Error = Infallible;
    type Future =
        Either<Ready<Result<Response, Infallible>>, BoxFuture<'static, Result<Response, Infallible>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router is always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let began = Instant::now();
        let asked = first_visit(&self.state, &request);
        if let Some(asked) = &asked {
            if let Some(known) = self.known(asked, &request) {
                let mut response = Response::new(Body::from(known.1.clone()));
                response.headers_mut().clone_from(&known.0);
                health::name(&mut response);
                metrics().requests.remembered(began);
                metrics().cache.remembered.inc();
                return Either::Left(ready(Ok(response)));
            }
            request.extensions_mut().insert(Remembered);
        }
        let answer = self.routes.call(locale::strip(request));
        let visits = Arc::clone(&self.visits);
        Either::Right(Box::pin(async move {
            let mut response = answer.await?;
            if let Some(shown) = response.extensions_mut().remove::<Shown>()
                && response.status() == StatusCode::OK
                && let Some(asked) = asked
            {
                keep(&visits, asked, response.headers().clone(), shown);
            }
            Ok(response)
        }))
    }
}

fn keep(visits: &RwLock<Kept>, asked: Asked, headers: HeaderMap, shown: Shown) {
    let now = (shown.face, shown.besides);
    let mut kept = visits.write().unwrap_or_else(PoisonError::into_inner);
    if kept.shown != now || kept.answers.len() >= MOST {
        *kept = Kept { shown: now, ..Kept::default() };
    }
    kept.answers.insert(asked, Arc::new((headers, shown.body)));
}

/// A request whose answer depends on nothing else than what is remembered of it.
fn first_visit(state: &AppState, request: &Request) -> Option<Asked> {
    let headers = request.headers();
    let own = [header::COOKIE, header::IF_NONE_MATCH, header::ORIGIN];
    if request.method() != Method::GET || own.iter().any(|name| headers.contains_key(name)) {
        return None;
    }
    Some(Asked {
        path: request.uri().path_and_query()?.as_str().to_owned(),
        origin: site_origin(&state.shop.config, headers).0,
        encoding: Encoding::of(headers),
        page: wants_page(headers),
    })
}
