//! Answers to first visits: whoever brings no cookie and asks for a page that is kept gets the same
//! bytes and headers as everybody. They are remembered as they went out, so that such a request
//! passes one step instead of all (docs/decisions/0017). It counts against the limit like any other.

use super::{
    encoding::Encoding,
    origin::site_origin,
    page_cache::{Shows, same_for_all},
    visitor::sender,
};
use crate::server::{
    clock::now,
    state::AppState,
    visitor::{AddressLocale, FullPath, wants_page},
};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, Method, StatusCode, header};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

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

/// The answers of one process. Cheap to clone.
#[derive(Clone, Default)]
pub struct FirstVisits(Arc<RwLock<Kept>>);

#[derive(Default)]
struct Kept {
    /// Face and rest of all that is in it.
    shown: (u64, u64),
    answers: HashMap<Asked, Arc<(HeaderMap, Bytes)>>,
}

/// All of a request that its answer depends on.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    path: String,
    origin: String,
    encoding: Encoding,
    /// Is the language remembered?
    page: bool,
}

impl FirstVisits {
    fn get(&self, shown: (u64, u64), asked: &Asked) -> Option<Arc<(HeaderMap, Bytes)>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (kept.shown == shown).then(|| kept.answers.get(asked).cloned()).flatten()
    }

    fn keep(&self, asked: Asked, headers: HeaderMap, shown: Shown) {
        let now = (shown.face, shown.besides);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.shown != now || kept.answers.len() >= MOST {
            *kept = Kept { shown: now, ..Kept::default() };
        }
        kept.answers.insert(asked, Arc::new((headers, shown.body)));
    }
}

/// The middleware.
pub async fn answer(
    State((state, visits)): State<(AppState, FirstVisits)>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(asked) = first_visit(&state, &request) else { return next.run(request).await };
    if let Ok(catalogue) = state.shop.catalogue().await {
        let shown = (catalogue.face, state.shop.facts_hash().await);
        if let Some(known) = visits.get(shown, &asked)
            && state.shop.admit(&sender(&state, &request), now()).is_ok()
        {
            let mut response = Response::new(Body::from(known.1.clone()));
            response.headers_mut().clone_from(&known.0);
            return response;
        }
    }
    request.extensions_mut().insert(Remembered);
    let mut response = next.run(request).await;
    if let Some(shown) = response.extensions_mut().remove::<Shown>()
        && response.status() == StatusCode::OK
    {
        visits.keep(asked, response.headers().clone(), shown);
    }
    response
}

/// A request whose answer depends on nothing else than what is remembered of it. The language must
/// stand in the address.
fn first_visit(state: &AppState, request: &Request) -> Option<Asked> {
    let headers = request.headers();
    let own = [header::COOKIE, header::IF_NONE_MATCH].iter().any(|name| headers.contains_key(name));
    if own || request.method() != Method::GET || request.extensions().get::<AddressLocale>().is_none() {
        return None;
    }
    let shows = same_for_all(request.uri())?;
    (shows == Shows::Catalogue).then(|| Asked {
        path: request.extensions().get::<FullPath>().map_or_else(String::new, |path| path.0.clone()),
        origin: site_origin(&state.shop.config, headers).0,
        encoding: Encoding::of(headers),
        page: wants_page(headers),
    })
}
