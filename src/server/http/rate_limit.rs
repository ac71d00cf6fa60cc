//! Counts requests, and refuses what is too much. Files and the checks of health do not come here.

use super::refusal::Asked;
use crate::server::{clock::now, state::AppState, visitor::Visitor};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

/// The middleware.
pub async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>();
    match visitor.map_or(Ok(()), |visitor| state.shop.admit(&visitor.address, now())) {
        Ok(()) => next.run(request).await,
        Err(error) => Asked::of(&request).refused(&state, &error),
    }
}
